//! A clock that somebody acts on, as they saw it.

use super::deciding::stands_in;
use crate::audit::{self, Subject};
use crate::db::Conn;
use crate::deadlines::clocks::{History, NewEvent, happen, history};
use crate::deadlines::rules::allowed::{Case, Who};
use crate::deadlines::store;
use crate::deadlines::types::{Clock, ClockId, ExtensionRequest, RequestState};
use crate::error::Problem;
use crate::matters::{self, EntryKind, Matter, MatterId};
use crate::people::Act;
use crate::web::formats::plain_date;
use chrono::NaiveDate;

/// The last event that the person had seen of the clock; 0 when there was none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen(pub i64);

impl Seen {
    /// What somebody sees who sees this history.
    pub fn of(history: &History) -> Self {
        Seen(history.events.last().map_or(0, |event| event.id.0))
    }
}

/// A clock that somebody acts on: its history, its matter.
pub(super) struct Desk {
    pub history: History,
    pub matter: Matter,
    pub requests: Vec<ExtensionRequest>,
    /// The person decides where the president would.
    pub stands_in: bool,
}

impl Desk {
    /// Opens the clock for whoever may see its matter.
    pub fn open(conn: &mut Conn, act: &Act, id: ClockId) -> Result<Self, Problem> {
        let history = history(conn, id)?;
        let matter = matters::find(conn, &act.by.scope, MatterId(history.clock.matter_id))?;
        let mut requests = store::requests_of(conn, history.clock.matter_id)?;
        requests.retain(|request| request.clock_id == id);
        let waiting = requests.iter().find(|request| request.state == RequestState::Asked);
        let stands_in = stands_in(conn, act, &matter, waiting.map(|request| request.asked_by))?;
        Ok(Desk { history, matter, requests, stands_in })
    }

    /// As [`Desk::open`], if nothing has happened to it since it was seen.
    pub fn open_as_seen(conn: &mut Conn, act: &Act, id: ClockId, seen: Seen) -> Result<Self, Problem> {
        let desk = Desk::open(conn, act, id)?;
        if Seen::of(&desk.history) == seen { Ok(desk) } else { Err(Problem::Stale) }
    }

    pub fn case(&self, today: NaiveDate) -> Case<'_> {
        let History { clock, rule, state, .. } = &self.history;
        Case { code: clock.code, rule, state, today }
    }

    pub fn who<'a>(&self, act: &'a Act) -> Result<Who<'a>, Problem> {
        Ok(Who {
            me: act.by.person()?,
            roles: &act.by.roles,
            accountable: self.matter.accountable_id,
            stands_in: self.stands_in,
        })
    }

    pub fn waiting(&self) -> Option<&ExtensionRequest> {
        self.requests.iter().find(|request| request.state == RequestState::Asked)
    }

    /// Lets it happen, and tells what came of it: on the timeline, on the matter's row, in the trail.
    pub fn happen(
        &self,
        conn: &mut Conn,
        act: &Act,
        new: NewEvent<'_>,
        told: (&str, &str),
    ) -> Result<Clock, Problem> {
        let before = &self.history.clock;
        let after = happen(conn, act, &self.history, new)?;
        let (action, text) = told;
        let moved = if before.due_on == after.due_on {
            format!("到期日仍是{}。", plain_date(after.due_on))
        } else {
            format!("到期日由{}调整为{}。", plain_date(before.due_on), plain_date(after.due_on))
        };
        let text = format!("“{}”{text}{moved}理由：{}", self.history.rule.name, new.note);
        matters::note(conn, act, &self.matter, EntryKind::Deadline, text)?;
        matters::refresh_next(conn, &self.matter)?;
        let (was, is) = (before.due_on.to_string(), after.due_on.to_string());
        let values = [
            ("code", before.code.code()),
            ("before", was.as_str()),
            ("after", is.as_str()),
            ("allowed_by", new.allowed_by),
            ("reason", new.note),
        ];
        audit::record(conn, act, action, Subject::Clock(before.id.0), &values)?;
        Ok(after)
    }
}
