//! The list of week leaders (带班值周领导), kept by the petition office until the duty roster says it.

use super::within;
use crate::audit::{self, Subject};
use crate::db::Conn;
use crate::error::Problem;
use crate::people::act::Act;
use crate::people::permissions::Permission;
use crate::people::rules::{self, WeekRefusal};
use crate::people::store;
use crate::people::types::{StaffId, WeekLeader, WeekLeaderId};
use chrono::NaiveDate;

/// Enters who leads the duty from a day to a day.
///
/// # Errors
///
/// `Forbidden`, `NotFound`; `Refused` for who is no leader, for days that are taken, and for a list that runs backwards.
pub fn enter_week_leader(
    conn: &mut Conn,
    act: &Act,
    id: StaffId,
    from_on: NaiveDate,
    to_on: NaiveDate,
) -> Result<WeekLeaderId, Problem> {
    act.require(Permission::RunTiers)?;
    let staff = store::staff_of_any_court(conn, id)?;
    within(act, staff.court_id)?;
    let around = store::week_leaders_between(conn, staff.court_id, from_on, to_on)?;
    rules::may_lead((staff.post, staff.active), from_on, to_on, &around)?;
    let row =
        WeekLeader { id: WeekLeaderId::new(act.now), court_id: staff.court_id, staff_id: id, from_on, to_on };
    store::insert_week_leader(conn, &row)?;
    let (from, to) = (from_on.to_string(), to_on.to_string());
    let values = [("name", staff.name.as_str()), ("from", &from), ("to", &to)];
    audit::record(conn, act, "week_leader.entered", Subject::Staff(id.0), &values)?;
    Ok(row.id)
}

/// Takes an entry out of the list that isn't over.
///
/// # Errors
///
/// `Forbidden`, `NotFound`; `Refused` for days that have passed.
pub fn remove_week_leader(conn: &mut Conn, act: &Act, id: WeekLeaderId) -> Result<(), Problem> {
    act.require(Permission::RunTiers)?;
    let row = store::week_leader(conn, act.by.court()?, id)?;
    if row.to_on < act.now.today() {
        return Err(WeekRefusal::Passed.into());
    }
    if !store::delete_week_leader(conn, id)? {
        return Err(Problem::NotFound);
    }
    let (from, to) = (row.from_on.to_string(), row.to_on.to_string());
    let values = [("from", from.as_str()), ("to", &to)];
    audit::record(conn, act, "week_leader.removed", Subject::Staff(row.staff_id.0), &values)
}
