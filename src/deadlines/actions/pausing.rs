//! Pausing a clock, and letting it go on.

use super::desk::{Desk, Seen};
use crate::db::Conn;
use crate::deadlines::clocks::NewEvent;
use crate::deadlines::rules::allowed::WantedPause;
#[cfg(doc)]
use crate::deadlines::rules::allowed::{Case, Who};
use crate::deadlines::types::{Clock, ClockId};
use crate::error::Problem;
use crate::people::{Act, Permission};
use crate::web::formats::plain_date;
use chrono::NaiveDate;

/// Pauses a clock (中止计算) for a listed reason, until a day on which it goes on by itself at the latest.
///
/// # Errors
///
/// `Forbidden`, `NotFound`, `Stale`; `Refused` by the rules: see [`Who::may_pause`] and [`Case::pause`].
pub fn pause(
    conn: &mut Conn,
    act: &Act,
    (id, seen): (ClockId, Seen),
    wanted: WantedPause,
    note: &str,
) -> Result<Clock, Problem> {
    act.require(Permission::PauseClock)?;
    let desk = Desk::open_as_seen(conn, act, id, seen)?;
    let case = desk.case(act.now.today());
    desk.who(act)?.may_pause(&case)?;
    let event = case.pause(wanted)?;
    let text = format!(
        "自{}起中止计算（{}），至迟自{}起恢复，由{}批准。",
        plain_date(wanted.from),
        wanted.reason.label(),
        plain_date(wanted.until),
        act.by.name
    );
    let new = NewEvent { event, note, allowed_by: &act.by.name, request: None };
    desk.happen(conn, act, new, ("clock.paused", &text))
}

/// Lets a paused clock go on (恢复计算) before it does so by itself.
///
/// # Errors
///
/// `Forbidden`, `NotFound`, `Stale`; `Refused` by the rules: see [`Case::resume`].
pub fn resume(
    conn: &mut Conn,
    act: &Act,
    (id, seen): (ClockId, Seen),
    on: NaiveDate,
    note: &str,
) -> Result<Clock, Problem> {
    act.require(Permission::PauseClock)?;
    let desk = Desk::open_as_seen(conn, act, id, seen)?;
    let event = desk.case(act.now.today()).resume(on)?;
    let new = NewEvent { event, note, allowed_by: &act.by.name, request: None };
    desk.happen(conn, act, new, ("clock.resumed", &format!("自{}起恢复计算。", plain_date(on))))
}
