//! Who answers for a new matter, and which leader supervises it.

use super::NewMatter;
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::rules::{Outcome, Refusal};
use crate::people::{self, CourtId, DivisionKind, Role, StaffId};
use chrono::NaiveDate;

/// Who answers for it from now on: for a complaint about conduct, inspection; for what was led into litigation, the head
/// of filing; else whoever received it first, until somebody else has accepted it.
pub(in crate::matters) fn accountable(
    conn: &mut Conn,
    court: CourtId,
    me: StaffId,
    conduct: bool,
    outcome: &Outcome,
    complained_of: &[StaffId],
) -> Result<StaffId, Problem> {
    if conduct {
        return Ok(inspection(conn, court, complained_of)?.unwrap_or(me));
    }
    if outcome.to_head_of_filing {
        let head = people::head_of(conn, court, DivisionKind::Filing)?;
        return head.map(|head| head.id).ok_or_else(|| Refusal::NoHeadOfFiling.into());
    }
    Ok(me)
}

/// Who answers for a complaint about conduct: an inspector; the president where the inspectors are named (2.3); `None` where
/// nobody is left, and it has to be reported to the court above.
///
/// # Errors
///
/// When the database is away.
pub fn inspection(
    conn: &mut Conn,
    court: CourtId,
    complained_of: &[StaffId],
) -> Result<Option<StaffId>, Problem> {
    for role in [Role::Inspector, Role::President] {
        let holders = people::with_role(conn, court, role)?;
        if let Some(free) = holders.iter().find(|one| !complained_of.contains(&one.id)) {
            return Ok(Some(free.id));
        }
    }
    Ok(None)
}

/// The leader who supervises it, from the portfolio; where the complaint is about them, who stands in.
pub(in crate::matters) fn supervising(
    conn: &mut Conn,
    court: CourtId,
    new: &NewMatter,
    today: NaiveDate,
) -> Result<Option<StaffId>, Problem> {
    Ok(people::supervising_leader(conn, court, new.division_id, today, &new.complained_of)?)
}
