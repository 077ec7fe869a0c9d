//! Reports heard, parties met.

use super::{leaders, leave, owners};
use crate::db::Conn;
use crate::enforcement::store;
use crate::enforcement::types::{Talk, TalkId, TalkKind};
use crate::error::Problem;
use crate::matters::{self, Matter, MatterId};
use crate::people::types::Staff;
use crate::people::{self, Act, Permission, StaffId};
use crate::web::formats::plain_date;
use chrono::NaiveDate;

/// What somebody heard, as it is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub kind: TalkKind,
    pub held_on: NaiveDate,
    /// The leader who heard the report, or who met the party.
    pub staff: StaffId,
    /// Which party; empty of a report.
    pub party: String,
    pub said: String,
    pub decided: String,
    /// One for each form that was opened.
    pub submission: String,
}

/// Records a report heard (听取汇报) or a party met (约见当事人).
///
/// # Errors
///
/// `Forbidden`, `NotFound`; `Refused` where whoever heard it is nobody who may have.
pub fn record_talk(conn: &mut Conn, act: &Act, id: MatterId, said: &Said) -> Result<(), Problem> {
    act.require(Permission::ManageEnforcement)?;
    let matter = matters::find(conn, &act.by.scope, id)?;
    keep(conn, act, &matter, said, None)
}

/// Corrects such a record by a new one that names it (更正). The old one stays as it was. Whoever heard it then may have left
/// or be complained of since: that they heard it remains true.
///
/// # Errors
///
/// As [`record_talk`]; `Stale` where it has been corrected already.
pub fn correct_talk(conn: &mut Conn, act: &Act, id: TalkId, said: &Said) -> Result<MatterId, Problem> {
    act.require(Permission::ManageEnforcement)?;
    let (old, matter) = store::talk(conn, &act.by.scope, id)?;
    let all = store::talks_of(conn, matter.id)?;
    match all.iter().find(|other| other.corrects_id == Some(id)) {
        Some(newer) if newer.submission == said.submission => return Ok(matter.id),
        Some(_) => return Err(Problem::Stale),
        None => {}
    }
    keep(conn, act, &matter, &Said { kind: old.kind, ..said.clone() }, Some(&old))?;
    Ok(matter.id)
}

fn keep(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    said: &Said,
    corrects: Option<&Talk>,
) -> Result<(), Problem> {
    let who = match corrects.filter(|old| old.staff_id == said.staff) {
        Some(old) => people::staff_of_any_court(conn, old.staff_id)?,
        None => hearer(conn, act, matter, said)?,
    };
    let corrects_id = corrects.map(|old| old.id);
    let talk = Talk {
        id: TalkId::new(act.now),
        court_id: matter.court_id,
        matter_id: matter.id,
        kind: said.kind,
        held_on: said.held_on,
        staff_id: said.staff,
        party: said.party.clone(),
        said: said.said.clone(),
        decided: said.decided.clone(),
        by_id: act.by.person()?,
        at: act.now.utc(),
        corrects_id,
        submission: said.submission.clone(),
    };
    if !store::insert_talk(conn, &talk)? {
        return Ok(());
    }
    let corrected = if corrects_id.is_some() { "更正：" } else { "" };
    let day = plain_date(said.held_on);
    let (head, action, decided) = match said.kind {
        TalkKind::ReportHeard => {
            (format!("{}听取汇报（{day}）", who.name), "enforcement.report_heard", "决定")
        }
        TalkKind::PartyMet => {
            (format!("{}约见{}（{day}）", who.name, said.party), "enforcement.party_met", "答复")
        }
    };
    let answer =
        if said.decided.is_empty() { String::new() } else { format!("\n{decided}：{}", said.decided) };
    let text = format!("{corrected}{head}：{}{answer}", said.said);
    leave(conn, act, matter, action, text, &[("to", &who.name)])
}

fn hearer(conn: &mut Conn, act: &Act, matter: &Matter, said: &Said) -> Result<Staff, Problem> {
    let (allowed, refusal) = match said.kind {
        TalkKind::ReportHeard => {
            (leaders(conn, act, matter)?, "听取汇报的应是看得到这件事项的院领导，请重新选择。")
        }
        TalkKind::PartyMet => (
            owners(conn, act, matter)?,
            "约见当事人的应是看得到这件事项的承办人、庭长、院领导、信访专干或者督察人员，请重新选择。",
        ),
    };
    allowed.into_iter().find(|one| one.id == said.staff).ok_or_else(|| Problem::refused(refusal))
}
