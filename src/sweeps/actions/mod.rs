//! What a person can do about sheets. Each is one transaction: may they, load, rule, save, trail.

mod answers;
mod cases;

pub use answers::answer;
pub use cases::{enter, record_closing, type_case, visit};

use super::rules::{self, reach};
use super::store;
use super::types::{Opening, Sweep, SweepId, SweepKind, SweepState};
use crate::audit::{self, Subject};
use crate::calendar;
use crate::db::Conn;
use crate::error::Problem;
use crate::people::{Act, CourtId, DivisionId, Permission, StaffId};
use chrono::NaiveDate;

/// A sheet that this person works on.
///
/// # Errors
///
/// `Forbidden`; `NotFound` where they don't see it; `Refused` where it is another division's.
pub fn workable(conn: &mut Conn, act: &Act, id: SweepId) -> Result<Sweep, Problem> {
    act.require(Permission::SweepCases)?;
    let sweep = store::find(conn, act.by.court()?, &reach(&act.by), id)?;
    if rules::works_on(&act.by, sweep.division_id) { Ok(sweep) } else { Err(rules::Refusal::NotYours.into()) }
}

/// Opens sheets for a period (开始排查), one for each division; those that are there already stay. Returns them, and how many
/// are new.
///
/// # Errors
///
/// `Forbidden`; `Refused` for a wrong period, and for another division's.
pub fn open(conn: &mut Conn, act: &Act, opening: &Opening) -> Result<usize, Problem> {
    act.require(Permission::SweepCases)?;
    rules::may_open((opening.from_on, opening.to_on, opening.due_on), act.now.today())?;
    let (court, by) = (act.by.court()?, act.by.person()?);
    let mut made = 0;
    for division in &opening.divisions {
        if !rules::works_on(&act.by, *division) {
            return Err(rules::Refusal::NotYours.into());
        }
        made += usize::from(open_one(conn, act, (court, *division, Some(by)), opening)?);
    }
    if made == 0 {
        return Err(Problem::refused("这些庭室这一期间的排查表已经有了，请在列表中打开。"));
    }
    Ok(made)
}

fn open_one(
    conn: &mut Conn,
    act: &Act,
    (court_id, division_id, opened_by): (CourtId, DivisionId, Option<StaffId>),
    opening: &Opening,
) -> Result<bool, Problem> {
    let sweep = Sweep {
        id: SweepId::new(act.now),
        court_id,
        division_id,
        kind: opening.kind,
        name: opening.name.clone(),
        from_on: opening.from_on,
        to_on: opening.to_on,
        due_on: opening.due_on,
        opened_by,
        opened_at: act.now.utc(),
        state: SweepState::Open,
        finished_by: None,
        finished_at: None,
        version: 0,
    };
    if !store::insert(conn, &sweep)? {
        return Ok(false);
    }
    let (division, from) = (division_id.to_string(), opening.from_on.to_string());
    let values = [("kind", opening.kind.code()), ("division", &*division), ("from", &*from)];
    audit::record(conn, act, "sweep.opened", Subject::Sweep(sweep.id.0), &values)?;
    Ok(true)
}

/// The sheet of a division for the month that a day is in, opened by itself where there is none; says whether it is new.
///
/// # Errors
///
/// When it can't be written.
pub fn monthly(
    conn: &mut Conn,
    act: &Act,
    (court, division): (CourtId, DivisionId),
    day: NaiveDate,
) -> Result<(Sweep, bool), Problem> {
    let (from_on, to_on) = rules::month_of(day);
    let opening = Opening {
        kind: SweepKind::Monthly,
        name: String::new(),
        from_on,
        to_on,
        due_on: to_on,
        divisions: Vec::new(),
    };
    let new = open_one(conn, act, (court, division, None), &opening)?;
    let sweep = store::monthly(conn, division, from_on)?;
    Ok((sweep.ok_or_else(|| Problem::internal("no sheet where one was just opened"))?, new))
}

/// Says that a sheet is done (排查完毕): every case of the period is on it and answered.
///
/// # Errors
///
/// `Refused` while something is unanswered, or the period goes on; `Stale`.
pub fn finish(conn: &mut Conn, act: &Act, id: SweepId, version: i64) -> Result<(), Problem> {
    let sweep = workable(conn, act, id)?;
    store::lock(conn, id)?;
    if sweep.version != version {
        return Err(Problem::Stale);
    }
    let unanswered = store::unanswered(conn, id)?;
    let soon = calendar::working_days(conn)?.near(act.now.today()).soon;
    rules::may_finish(sweep.state, unanswered, sweep.to_on, soon)?;
    if !store::finish(conn, id, version, (act.by.person()?, act.now.utc()))? {
        return Err(Problem::Stale);
    }
    audit::record(conn, act, "sweep.finished", Subject::Sweep(id.0), &[])
}
