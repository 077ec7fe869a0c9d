//! Lets the script happen: each thing by whoever did it, at its moment.

use super::super::script::{self, DemoMatter, Screening};
use super::casework;
use super::cast::Cast;
use super::entering::{self, Known, key_of};
use super::office::Office;
use super::plan::{self, Event, Planned};
use super::replying;
use super::steps::{self, Sent};
use super::sweeping;
use super::tiers;
use crate::calendar;
use crate::call_backs;
use crate::crypto::Keys;
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::actions::{register, screen, send_for_screening};
use crate::matters::{MatterId, rules, store};
use crate::people::{Act, CourtId, Rows, Scope};
use crate::petitioners::PetitionerId;
use crate::time::Moment;
use chrono::TimeDelta;
use std::collections::HashMap;
use std::sync::Arc;

/// How long a referral lies before somebody takes it over.
const TAKING_OVER: TimeDelta = TimeDelta::minutes(50);

struct Telling {
    keys: Arc<Keys>,
    cast: Cast,
    matters: Vec<DemoMatter>,
    known: Known,
    made: HashMap<usize, (MatterId, PetitionerId)>,
}

/// Lets everything happen up to `now`.
pub(super) fn tell(conn: &mut Conn, keys: Arc<Keys>, now: Moment, court: CourtId) -> Result<(), Problem> {
    let matters = script::matters();
    let days = calendar::working_days(conn)?;
    let planned = plan::plan(&matters, now, &days);
    let mut office = Office::plan(now, &days);
    let cast = Cast::load(conn, court)?;
    let mut telling = Telling { keys, cast, matters, known: Known::new(), made: HashMap::new() };
    for one in planned {
        office.until(conn, one.at, &telling.cast, &telling.keys, &telling.keyed())?;
        telling.happen(conn, one)?;
    }
    office.until(conn, now, &telling.cast, &telling.keys, &telling.keyed())?;
    tiers::mark(conn, &telling.cast, &telling.keys, now)?;
    sweeping::happen(conn, &telling.cast, &telling.keys, now)?;
    casework::bind(conn, &telling.cast, &telling.keys, &telling.keyed(), now)?;
    call_backs::jobs::draw(conn, &Act::system("系统", now, telling.keys.clone())).map(drop)
}

/// The program itself sees all of the court.
pub(super) fn whole(court: CourtId) -> Scope {
    Scope { court_id: Some(court), staff_id: None, rows: Rows::Court, conduct: true }
}

fn is_conduct(m: &DemoMatter) -> bool {
    !m.against.is_empty() || m.category.starts_with("conduct")
}

impl Telling {
    /// The matters that there are by now, by their keys.
    fn keyed(&self) -> HashMap<&'static str, MatterId> {
        let key = |(index, (id, _)): (&usize, &(MatterId, PetitionerId))| {
            self.matters.get(*index).map(|m| (m.key, *id))
        };
        self.made.iter().filter_map(key).collect()
    }

    fn happen(&mut self, conn: &mut Conn, one: Planned) -> Result<(), Problem> {
        let Some(m) = self.matters.get(one.matter).copied() else { return Ok(()) };
        if one.event == Event::Registered {
            return self.registered(conn, one, &m);
        }
        let Some((id, first)) = self.made.get(&one.matter).copied() else {
            return Err(Problem::internal(format!("{} goes on before it begins", m.key)));
        };
        match one.event {
            Event::Registered => Ok(()),
            Event::Screened => self.screened(conn, one.at, &m, id),
            Event::Step(nth) => match m.steps.get(nth).copied() {
                Some(script::Step::Contact { channel, by, text, .. }) => {
                    let act = self.cast.act(conn, by, one.at, &self.keys)?;
                    let entered = entering::further(&m, nth, channel, text, one.at, (id, first));
                    register(conn, &act, &entered).map(drop)
                }
                Some(script::Step::Note { by, kind, text, .. }) => {
                    let act = self.cast.act(conn, by, one.at, &self.keys)?;
                    steps::note(conn, &act, &whole(self.cast.court), id, kind, text)
                }
                Some(script::Step::Deadline { by, what, why, .. }) => {
                    let act = self.cast.act(conn, by, one.at, &self.keys)?;
                    steps::deadline(conn, &act, id, what, why)
                }
                Some(script::Step::Reply { by, deed, .. }) => {
                    let act = self.cast.act(conn, by, one.at, &self.keys)?;
                    replying::happen(conn, &act, id, &deed)
                }
                Some(script::Step::Close { by, reason, reply, .. }) => {
                    let act = self.cast.act(conn, by, one.at, &self.keys)?;
                    steps::close(conn, &act, &whole(self.cast.court), id, reason, reply)
                }
                None => Ok(()),
            },
        }
    }

    fn registered(&mut self, conn: &mut Conn, one: Planned, m: &DemoMatter) -> Result<(), Problem> {
        let act = self.cast.act(conn, m.receiver, one.at, &self.keys)?;
        let decided = if plan::on_the_spot(m) { entering::screening(m) } else { rules::Screening::Undecided };
        let entered = entering::registration(m, one.matter, one.at, &self.cast, &self.known, decided)?;
        let made = register(conn, &act, &entered)?;
        let matter = store::find(conn, &whole(self.cast.court), made.matter_id)?;
        let took_part = store::participants(conn, &matter)?;
        for (who, participant) in m.who.iter().zip(&took_part) {
            self.known.insert(key_of(who), participant.petitioner_id);
        }
        let first = took_part.first().map(|participant| participant.petitioner_id);
        let first = first.ok_or_else(|| Problem::internal(format!("nobody came about {}", m.key)))?;
        self.made.insert(one.matter, (made.matter_id, first));
        Ok(())
    }

    /// Sends a decided matter to its handler; one of which nothing more is told still waits for them.
    fn screened(&self, conn: &mut Conn, at: Moment, m: &DemoMatter, id: MatterId) -> Result<(), Problem> {
        let (by, handler) = match m.screening {
            Screening::Waiting => return Ok(()),
            Screening::Sent { .. } => {
                let act = self.cast.act(conn, m.receiver, at, &self.keys)?;
                let version = store::find(conn, &whole(self.cast.court), id)?.version;
                return send_for_screening(conn, &act, id, version);
            }
            Screening::Accepted { by, handler, .. } => (by, Some(handler)),
            Screening::Litigation { by, .. }
            | Screening::Elsewhere { by, .. }
            | Screening::Answered { by, .. } => (by, None),
        };
        // A complaint about conduct is seen by few: whoever received it decides.
        let by = if is_conduct(m) { m.receiver } else { by };
        let act = self.cast.act(conn, by, at, &self.keys)?;
        let matter = store::find(conn, &whole(self.cast.court), id)?;
        screen(conn, &act, id, matter.version, &entering::screening(m))?;
        match handler {
            Some(handler) => {
                let taker = self.cast.act(conn, handler, at.plus(TAKING_OVER), &self.keys)?;
                steps::assign(conn, &act, id, (&taker, self.sent(m)))
            }
            None => Ok(()),
        }
    }

    /// One of which more is told was taken over; of those that wait, every other one waits for a division.
    fn sent(&self, m: &DemoMatter) -> Sent {
        let waits = |one: &&DemoMatter| {
            matches!(one.screening, Screening::Accepted { .. }) && one.steps.is_empty() && !is_conduct(one)
        };
        match self.matters.iter().filter(waits).position(|one| one.key == m.key) {
            None => Sent::TakenOver,
            Some(nth) if nth % 2 == 0 => Sent::WaitsForDivision,
            Some(_) => Sent::Waits,
        }
    }
}
