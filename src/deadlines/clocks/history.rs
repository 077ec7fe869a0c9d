//! What happened to a clock between its start and its end, and what it has come to.

use super::rule_of;
use crate::audit::{self, Subject};
use crate::calendar;
use crate::db::Conn;
use crate::deadlines::rules::derive_of;
use crate::deadlines::rules::replay::{projected, replay_kept, state};
use crate::deadlines::store;
use crate::deadlines::types::{
    Clock, ClockEvent, ClockEventId, ClockId, Event, EventKind, Explanation, ExtensionRequest, RequestId,
    RequestState, Rule, State,
};
use crate::error::Problem;
use crate::people::Act;
use chrono::NaiveDate;

/// A clock with its rule, what happened to it, and what that comes to.
#[derive(Clone, Debug)]
pub struct History {
    pub clock: Clock,
    pub rule: Rule,
    /// In order.
    pub events: Vec<ClockEvent>,
    pub state: State,
}

/// One clock's history. The caller checks that the person may see its matter.
///
/// # Errors
///
/// `NotFound` when there is no such clock.
pub fn history(conn: &mut Conn, id: ClockId) -> Result<History, Problem> {
    let clock = store::clock(conn, id)?.ok_or(Problem::NotFound)?;
    let events = store::events_of(conn, &[id])?;
    of_clock(conn, clock, events)
}

/// The histories of a matter's clocks, by due date. The caller checks that the person may see the matter.
///
/// # Errors
///
/// When they can't be read.
pub fn histories(conn: &mut Conn, matter_id: i64) -> Result<Vec<History>, Problem> {
    let clocks = store::of_matter(conn, matter_id)?;
    let ids: Vec<ClockId> = clocks.iter().map(|clock| clock.id).collect();
    let events = store::events_of(conn, &ids)?;
    let own = |id: ClockId| events.iter().filter(move |event| event.clock_id == id).cloned().collect();
    clocks
        .into_iter()
        .map(|clock| {
            let events = own(clock.id);
            of_clock(conn, clock, events)
        })
        .collect()
}

/// The request for an extension of this clock that waits for a decision.
///
/// # Errors
///
/// When it can't be read.
pub fn waiting_request(conn: &mut Conn, id: ClockId) -> Result<Option<ExtensionRequest>, Problem> {
    let Some(clock) = store::clock(conn, id)? else { return Ok(None) };
    let requests = store::requests_of(conn, clock.matter_id)?;
    Ok(requests.into_iter().find(|request| request.clock_id == id && request.state == RequestState::Asked))
}

fn of_clock(conn: &mut Conn, clock: Clock, events: Vec<ClockEvent>) -> Result<History, Problem> {
    let rule = rule_of(conn, &clock)?;
    let state = replay_kept(&clock, rule.count(), &events, &*calendar::working_days(conn)?)?;
    Ok(History { clock, rule, events, state })
}

/// Why a clock is due when it is (这个日期怎么来的). The caller checks that the person may see the matter.
///
/// # Errors
///
/// `NotFound` when there is no such clock.
pub fn explain(conn: &mut Conn, id: ClockId) -> Result<Explanation, Problem> {
    let History { clock, rule, events, state } = history(conn, id)?;
    let derivation = derive_of(&state.course, rule.count(), &*calendar::working_days(conn)?)?;
    Ok(Explanation { clock, rule, derivation, events, original: state.original })
}

/// What happens to a clock, as it is to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewEvent<'a> {
    pub event: Event,
    /// Why, in the words of whoever does it.
    pub note: &'a str,
    /// Who allowed it: a name, or a body outside.
    pub allowed_by: &'a str,
    pub request: Option<RequestId>,
}

/// Lets something happen to a clock: keeps the event, and puts what follows from it on the clock's row. The caller has
/// asked the rules, tells the timeline, and refreshes the matter's next date.
///
/// # Errors
///
/// `Refused` when it cannot follow on what went before.
pub fn happen(conn: &mut Conn, act: &Act, history: &History, new: NewEvent<'_>) -> Result<Clock, Problem> {
    let course = history.state.course.clone().then(new.event)?;
    let after = state(course, history.rule.count(), &*calendar::working_days(conn)?)?;
    let now = projected(&history.clock, &after);
    store::insert_event(conn, &row(act, &history.clock, &now, new)?)?;
    store::project(conn, &now)?;
    Ok(now)
}

fn row(act: &Act, before: &Clock, after: &Clock, new: NewEvent<'_>) -> Result<ClockEvent, Problem> {
    let today = act.now.today();
    type Columns = (EventKind, NaiveDate, Option<NaiveDate>);
    let (kind, on_day, other_day): Columns = match new.event {
        Event::Paused { from, until, .. } => (EventKind::Paused, from, Some(until)),
        Event::Resumed { on } => (EventKind::Resumed, on, None),
        Event::Extended { .. } => (EventKind::Extended, today, None),
        Event::DueNamed { on } => (EventKind::DueNamed, on, None),
        Event::StartCorrected { to } => (EventKind::StartCorrected, to, Some(before.starts_on)),
        Event::Reopened => (EventKind::Reopened, today, before.met_on),
        Event::Met { .. } | Event::Cancelled => {
            return Err(Problem::internal("a clock's end is kept on its row"));
        }
    };
    let (days, reason) = match new.event {
        Event::Extended { days } => (Some(i64::from(days)), None),
        Event::Paused { reason, .. } => (None, Some(reason)),
        Event::Resumed { .. }
        | Event::DueNamed { .. }
        | Event::StartCorrected { .. }
        | Event::Met { .. }
        | Event::Cancelled
        | Event::Reopened => (None, None),
    };
    Ok(ClockEvent {
        id: ClockEventId::new(act.now),
        court_id: before.court_id,
        matter_id: before.matter_id,
        clock_id: before.id,
        kind,
        on_day,
        other_day,
        days,
        reason,
        note: new.note.to_owned(),
        due_before: before.due_on,
        due_after: after.due_on,
        at: act.now.utc(),
        by_id: act.by.staff_id,
        by_name: act.by.name.clone(),
        allowed_by: new.allowed_by.to_owned(),
        request_id: new.request,
    })
}

/// Lets a clock that was met or cancelled run again, as when a merge is undone or a reply turns out not to have been
/// given. A step within another action, which tells the timeline and refreshes the matter's next date.
///
/// # Errors
///
/// `NotFound`; `Refused` when the clock still runs.
pub fn reopen(conn: &mut Conn, act: &Act, id: ClockId, why: &str) -> Result<Clock, Problem> {
    let history = history(conn, id)?;
    let new = NewEvent { event: Event::Reopened, note: why, allowed_by: &act.by.name, request: None };
    let clock = happen(conn, act, &history, new)?;
    audit::record(conn, act, "clock.reopened", Subject::Clock(id.0), &[("reason", why)])?;
    Ok(clock)
}

/// Lets a clock be due on the day that a body outside named (指定期限), in place of whatever was reckoned. A step within
/// another action, which tells the timeline and refreshes the matter's next date.
///
/// # Errors
///
/// `NotFound`; `Refused` when the clock has ended, or the day lies before its start.
pub fn name_due(
    conn: &mut Conn,
    act: &Act,
    id: ClockId,
    on: NaiveDate,
    note: &str,
    by: &str,
) -> Result<Clock, Problem> {
    let history = history(conn, id)?;
    let clock = happen(
        conn,
        act,
        &history,
        NewEvent { event: Event::DueNamed { on }, note, allowed_by: by, request: None },
    )?;
    let due_on = on.to_string();
    audit::record(conn, act, "clock.due_named", Subject::Clock(id.0), &[("due_on", &due_on), ("by", by)])?;
    Ok(clock)
}
