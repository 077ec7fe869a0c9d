//! What is done with leaders' instructions, each in one transaction: may they → load → rule → save → timeline → trail →
//! mail.

mod opening;
mod steps;

pub use opening::{ask, instruct};
pub use steps::{confirm, finish, give, hand_on, return_to_asker, send_back, withdraw};

use super::rules::Parties;
use super::types::Instruction;
use crate::audit::{self, Subject};
use crate::db::Conn;
use crate::error::Problem;
use crate::mail::{self, MailKind, NewMail};
use crate::matters::{self, EntryKind, Matter, audience};
use crate::people::types::Staff;
use crate::people::{self, Act, Permission, Role, StaffId};
use chrono::NaiveDate;

/// What a leader is asked (请示).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub leader: StaffId,
    pub question: String,
    /// What whoever asks would do (拟办意见).
    pub proposal: String,
}

/// What a leader instructs (批示).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    pub text: String,
    pub owner: StaffId,
    pub due_on: NaiveDate,
}

/// The leaders who may be asked about a matter: those who may instruct and see it. Who is complained of in it never is.
///
/// # Errors
///
/// When the database is away.
pub(in crate::instructions) fn leaders(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
) -> Result<Vec<Staff>, Problem> {
    let mut leaders = Vec::new();
    for role in [Role::President, Role::VicePresident] {
        if role.permissions().contains(&Permission::GiveInstruction) {
            leaders.extend(people::with_role(conn, matter.court_id, role)?);
        }
    }
    leaders.sort_by_key(|one| (one.post, one.rank, one.id));
    audience::who_see(conn, leaders, act.now, matter.id)
}

/// Who may be told to carry an instruction out: whoever answers for the matter, the supervising leader, the petition
/// officers and inspection, those of them who see it.
///
/// # Errors
///
/// When the database is away.
pub(in crate::instructions) fn owners(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
) -> Result<Vec<Staff>, Problem> {
    let mut owners = audience::answerable(conn, matter, act.now)?;
    let mut others = Vec::new();
    if let Some(leader) = matter.supervising_leader_id {
        others.push(people::staff_of_any_court(conn, leader)?);
    }
    others.extend(people::petition_officers(conn, matter.court_id)?);
    others.extend(people::with_role(conn, matter.court_id, Role::Inspector)?);
    others.retain(|one| !owners.iter().any(|known| known.id == one.id));
    owners.extend(audience::who_see(conn, others, act.now, matter.id)?);
    Ok(owners)
}

/// How the person who acts stands to an instruction.
pub(in crate::instructions) fn parties(row: &Instruction, me: StaffId, act: &Act) -> Parties {
    Parties {
        me,
        leader: row.leader_id,
        asker: row.asked_by,
        owner: row.owner_id,
        office: act.by.roles.contains(&Role::PetitionOfficer),
    }
}

/// An entry of the timeline, and a line of the trail.
fn note(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    row: &Instruction,
    action: &str,
    text: String,
) -> Result<(), Problem> {
    matters::note(conn, act, matter, EntryKind::Instruction, text)?;
    let values = [("matter", matter.number.as_str()), ("number", &row.number), ("state", row.state.code())];
    audit::record(conn, act, action, Subject::Matter(matter.id.0), &values)
}

/// Queues a mail to those of `told` who see the matter and aren't the one who acts.
fn tell(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    row: &Instruction,
    told: Vec<StaffId>,
    content: mail::Content,
) -> Result<(), Problem> {
    let others = told.into_iter().filter(|one| act.by.staff_id != Some(*one));
    let staff = others.map(|one| people::staff_of_any_court(conn, one)).collect::<Result<Vec<_>, _>>()?;
    for one in audience::who_see(conn, staff, act.now, matter.id)? {
        let Some(address) = one.mail.clone() else { continue };
        let mail = NewMail {
            court_id: Some(one.court_id.0),
            kind: MailKind::Notice,
            recipient_id: Some(one.id.0),
            recipient: address,
            content: content.clone(),
            dedupe_key: Some(format!("instruction:{}:{}:{}", row.id, row.version, one.id)),
            urgent: false,
            not_before: None,
            matter_id: Some(matter.id.0),
        };
        mail::queue(conn, act.now, mail)?;
    }
    Ok(())
}
