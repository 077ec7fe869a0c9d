//! A tier follows whoever answers for its matter, and ends when it is answered.

use super::group::replace;
use super::posts_of;
use crate::db::Conn;
use crate::deadlines;
use crate::error::Problem;
use crate::escalation::store;
use crate::escalation::types::{Seat, Tier};
use crate::matters::Matter;
use crate::people::{Act, StaffId};
use chrono::NaiveDate;

/// Lets whoever answers for a matter from now on be responsible in its tier too, unless the president named somebody else: a
/// step of taking a matter over. `before`: the matter as it was.
///
/// # Errors
///
/// When it can't be written.
pub fn answerable_changed(conn: &mut Conn, act: &Act, before: &Matter, to: StaffId) -> Result<(), Problem> {
    let from = before.accountable_id;
    let now = Matter { accountable_id: to, ..before.clone() };
    let Some(group) = store::group_of(conn, before.id)? else { return Ok(()) };
    if from == to || !posts_of(conn, act, &now)?.may_know(to) {
        return Ok(());
    }
    if let Some(charge) = store::charge_of(conn, before.id)?.filter(|charge| charge.responsible_id == from) {
        store::set_charge_holder(conn, charge.id, false, to)?;
    }
    let seats = store::members_of(conn, group.id)?;
    for seat in seats.iter().filter(|one| one.seat == Seat::Responsible && one.staff_id == from) {
        replace(conn, act, &now, seat, Some(to), "责任人变更")?;
        store::hold_own(conn, group.id)?;
    }
    Ok(())
}

/// Ends the time of a matter in its tier, in which it was answered (期内化解并答复): a step of serving the reply. Opened again,
/// it begins anew.
///
/// # Errors
///
/// When it can't be written.
pub fn answered(conn: &mut Conn, matter: &Matter, on: NaiveDate) -> Result<(), Problem> {
    let Some(tier) = matter.tier.and_then(Tier::of) else { return Ok(()) };
    deadlines::meet(conn, matter.id.0, tier.clock(), on).map(drop)
}
