//! Measures change hands: because a leader says so, or because their owner no longer sees the matter.

use super::tasks::{one_of, tell};
use super::{leave, owners};
use crate::db::Conn;
use crate::enforcement::types::{Measure, MeasureId, TaskSheet};
use crate::enforcement::{rules, store};
use crate::error::Problem;
use crate::matters::types::Stage;
use crate::matters::{Matter, MatterId, audience};
use crate::people::types::Staff;
use crate::people::{self, Act, Permission, StaffId};

/// Gives an open measure that is still at `version` to somebody else (改由他人负责), as when its owner leaves.
///
/// # Errors
///
/// `Forbidden`, `NotFound`; `Refused` where it is done or the matter closed, or the new owner may not see the matter;
/// `Stale`.
pub fn pass_on(
    conn: &mut Conn,
    act: &Act,
    id: MeasureId,
    version: i64,
    (to, reason): (StaffId, &str),
) -> Result<MatterId, Problem> {
    act.require(Permission::IssueTaskSheet)?;
    let (measure, matter) = store::measure(conn, &act.by.scope, id)?;
    rules::pass_on(matter.stage, measure.done_on, measure.owner_id == to)?;
    let allowed = owners(conn, act, &matter)?;
    let owner = one_of(&allowed, to)?;
    let (sheet, _) = store::sheet(conn, &act.by.scope, measure.sheet_id)?;
    give(conn, act, &matter, (&sheet, &Measure { version, ..measure }), (owner, reason))?;
    Ok(matter.id)
}

/// Gives each open measure of an open matter to whoever answers for it, where its owner doesn't see the matter any more: the
/// hand that showed it to them has ended, they are complained of, or they have left. Where that person may own none, it goes
/// back to the leader who set the task, or else to the first who may. A step within whatever changed who sees the matter.
///
/// # Errors
///
/// When it can't be written.
pub fn follow(conn: &mut Conn, act: &Act, matter: &Matter) -> Result<(), Problem> {
    if matter.stage == Stage::Closed {
        return Ok(());
    }
    let mut left = Vec::new();
    for measure in store::open_measures_of(conn, matter.id)? {
        let owner = people::staff_of_any_court(conn, measure.owner_id)?;
        if !audience::sees(conn, &owner, act.now, matter.id)? {
            left.push(measure);
        }
    }
    if left.is_empty() {
        return Ok(());
    }
    let (allowed, sheets) = (owners(conn, act, matter)?, store::sheets_of(conn, matter.id)?);
    let of = |id: StaffId| allowed.iter().find(|one| one.id == id);
    for measure in &left {
        let sheet = sheets.iter().find(|sheet| sheet.id == measure.sheet_id).ok_or(Problem::NotFound)?;
        let next = of(matter.accountable_id).or_else(|| of(sheet.issued_by)).or(allowed.first());
        if let Some(next) = next {
            give(conn, act, matter, (sheet, measure), (next, "原负责人不再经办这件事项。"))?;
        }
    }
    Ok(())
}

fn give(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    (sheet, measure): (&TaskSheet, &Measure),
    (to, reason): (&Staff, &str),
) -> Result<(), Problem> {
    if !store::pass_on(conn, measure.id, measure.version, to.id)? {
        return Err(Problem::Stale);
    }
    let before = people::staff_of_any_court(conn, measure.owner_id)?.name;
    let text = format!("措施“{}”由{before}改由{}负责：{reason}", measure.text, to.name);
    let values = [("from", before.as_str()), ("to", to.name.as_str()), ("reason", reason)];
    leave(conn, act, matter, "enforcement.measure_passed_on", text, &values)?;
    tell(conn, act, matter, sheet, &[(to.clone(), measure.due_on)])
}
