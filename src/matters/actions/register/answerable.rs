//! Who answers for a new matter, and which leader supervises it.

use super::NewMatter;
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::rules::{Outcome, Refusal};
use crate::people::{self, CourtId, DivisionKind, Role, StaffId};
use chrono::NaiveDate;

/// Who answers for it from now on: for a complaint about conduct, inspection; for what was led into litigation, the head
/// of filing; else whoever received it first, until somebody else has accepted it.
pub(super) fn accountable(
    conn: &mut Conn,
    court: CourtId,
    me: StaffId,
    conduct: bool,
    outcome: &Outcome,
    complained_of: &[StaffId],
) -> Result<StaffId, Problem> {
    if conduct {
        let inspectors = people::with_role(conn, court, Role::Inspector)?;
        let free = inspectors.iter().find(|inspector| !complained_of.contains(&inspector.id));
        if let Some(inspector) = free {
            return Ok(inspector.id);
        }
        // The inspector named: the president (2-domain 2.3).
        let presidents = people::with_role(conn, court, Role::President)?;
        let free = presidents.iter().find(|president| !complained_of.contains(&president.id));
        return Ok(free.map_or(me, |president| president.id));
    }
    if outcome.to_head_of_filing {
        let head = people::head_of(conn, court, DivisionKind::Filing)?;
        return head.map(|head| head.id).ok_or_else(|| Refusal::NoHeadOfFiling.into());
    }
    Ok(me)
}

/// The leader who supervises it, from the portfolio, unless the complaint is about them.
pub(super) fn supervising(
    conn: &mut Conn,
    court: CourtId,
    new: &NewMatter,
    today: NaiveDate,
) -> Result<Option<StaffId>, Problem> {
    let leader = people::supervising_leader(conn, court, new.division_id, today)?;
    Ok(leader.filter(|leader| !new.complained_of.contains(leader)))
}
