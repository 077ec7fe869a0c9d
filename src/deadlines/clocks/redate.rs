//! When the calendar changes, open clocks are reckoned anew.

use super::{rule_of, store};
use crate::calendar;
use crate::db::Conn;
use crate::deadlines::rules::replay::{projected, replay_kept};
use crate::deadlines::types::{Clock, ClockEvent, ClockId};
use crate::error::Problem;
use crate::matters;
use crate::people::Act;
use chrono::NaiveDate;

/// How many clocks are read at a time.
const BATCH: i64 = 500;

/// A clock whose date moved because the calendar changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    pub clock: Clock,
    pub before: NaiveDate,
}

/// Replays every open clock that a change of the days from `first` to `last` can touch, tells each moved date on its
/// matter's timeline, and returns those that moved. Part of putting a calendar in force.
///
/// # Errors
///
/// When they can't be read or written.
pub fn redate(conn: &mut Conn, act: &Act, first: NaiveDate, last: NaiveDate) -> Result<Vec<Moved>, Problem> {
    let mut moved = Vec::new();
    let mut after = None;
    loop {
        let clocks = store::open_between_for_job(conn, (first, last), after, BATCH)?;
        let Some(end) = clocks.last() else { return Ok(moved) };
        after = Some(end.id);
        let ids: Vec<ClockId> = clocks.iter().map(|clock| clock.id).collect();
        let events = store::events_of(conn, &ids)?;
        for clock in clocks {
            let own: Vec<ClockEvent> = events.iter().filter(|e| e.clock_id == clock.id).cloned().collect();
            moved.extend(redate_one(conn, act, &clock, &own)?);
        }
    }
}

/// The clock, if its due date moved.
fn redate_one(
    conn: &mut Conn,
    act: &Act,
    clock: &Clock,
    events: &[ClockEvent],
) -> Result<Option<Moved>, Problem> {
    let count = rule_of(conn, clock)?.count();
    let state = replay_kept(clock, count, events, &*calendar::working_days(conn)?)?;
    let now = projected(clock, &state);
    if now == *clock {
        return Ok(None);
    }
    store::project(conn, &now)?;
    if now.due_on == clock.due_on {
        return Ok(None);
    }
    let moved = Moved { before: clock.due_on, clock: now };
    matters::due::tell_moved(conn, act, &moved)?;
    Ok(Some(moved))
}
