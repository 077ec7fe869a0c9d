//! Who is asked to decide on an extension, and is told so.

use super::desk::Desk;
use crate::db::Conn;
use crate::deadlines::rules::allowed::ranks;
use crate::deadlines::types::{Approver, RequestId};
use crate::error::Problem;
use crate::matters::mails::{Notice, tell as tell_of};
use crate::matters::types::HandPart;
use crate::matters::{self, Matter, audience};
use crate::people::types::Staff;
use crate::people::{self, Act, Role, StaffId};

/// Whether this person decides where the president would, because the president answers for the matter or asked: nobody
/// decides in their own cause. It is the first of the vice presidents, the executive one before the others.
///
/// # Errors
///
/// When the database is away.
pub(in crate::deadlines) fn stands_in(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    asked_by: Option<StaffId>,
) -> Result<bool, Problem> {
    let Some(me) = act.by.staff_id.filter(|_| act.by.roles.contains(&Role::VicePresident)) else {
        return Ok(false);
    };
    let presidents = people::with_role(conn, matter.court_id, Role::President)?;
    let own = |one: &Staff| one.id == matter.accountable_id || Some(one.id) == asked_by;
    Ok(presidents.iter().any(own) && stand_in(conn, matter)?.is_some_and(|one| one.id == me))
}

fn stand_in(conn: &mut Conn, matter: &Matter) -> Result<Option<Staff>, Problem> {
    Ok(people::with_role(conn, matter.court_id, Role::VicePresident)?.into_iter().next())
}

/// Whom a request goes to: those of the lowest rank that may decide, of whom somebody sees the matter and neither asks
/// nor answers for it; where that should be the president and can't, who stands in.
///
/// # Errors
///
/// When the database is away.
pub(super) fn asked(conn: &mut Conn, act: &Act, desk: &Desk) -> Result<Vec<Staff>, Problem> {
    let matter = &desk.matter;
    let Some(approver) = desk.history.rule.extension_by else { return Ok(Vec::new()) };
    for rank in [Approver::DivisionHead, Approver::VicePresident, Approver::President] {
        let mut found = at(conn, rank, matter)?;
        found.retain(|one| Some(one.id) != act.by.staff_id && one.id != matter.accountable_id);
        let mut fit = Vec::new();
        for one in found {
            let roles = people::roles_of(conn, one.id)?;
            if roles.iter().any(|role| ranks(approver).contains(role)) {
                fit.push(one);
            }
        }
        let seeing = audience::who_see(conn, fit, act.now, matter.id)?;
        if !seeing.is_empty() {
            return Ok(seeing);
        }
    }
    let instead = stand_in(conn, matter)?.filter(|one| Some(one.id) != act.by.staff_id);
    audience::who_see(conn, instead, act.now, matter.id)
}

/// Who is asked at this rank: the head of the division that handles the matter, the supervising leader, the president.
fn at(conn: &mut Conn, rank: Approver, matter: &Matter) -> Result<Vec<Staff>, Problem> {
    Ok(match rank {
        Approver::DivisionHead | Approver::Sender => {
            let handles = matters::hands_of(conn, matter)?;
            let handles = handles.iter().find(|hand| hand.part == HandPart::Division);
            let division = match handles.and_then(|hand| hand.division_id) {
                Some(division) => Some(division),
                None => people::staff_of_any_court(conn, matter.accountable_id)?.division_id,
            };
            match division {
                Some(division) => {
                    people::head_of_division(conn, matter.court_id, division)?.into_iter().collect()
                }
                None => Vec::new(),
            }
        }
        Approver::VicePresident => match matter.supervising_leader_id {
            Some(leader) => vec![people::staff_of_any_court(conn, leader)?],
            None => people::with_role(conn, matter.court_id, Role::VicePresident)?,
        },
        Approver::President => people::with_role(conn, matter.court_id, Role::President)?,
    })
}

/// Tells those who were asked.
pub(super) fn tell(
    conn: &mut Conn,
    act: &Act,
    desk: &Desk,
    request: RequestId,
    asked: &[Staff],
) -> Result<(), Problem> {
    let key = format!("extension-asked:{request}");
    let text = "有一份延期申请等您决定。期限届满以前没有批准的，不能再延期，请尽快批准，或者写明理由不批准。";
    for one in asked {
        let notice = Notice { subject: "延期申请待决定", text, key: &key, urgent: false };
        tell_of(conn, act, &desk.matter, one.id, notice)?;
    }
    Ok(())
}
