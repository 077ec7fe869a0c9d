//! Whom a matter complains about, where that comes out only later: they see nothing of it from then on, and it goes to
//! inspection (2.3).

use crate::audit::{self, Subject};
use crate::db::Conn;
use crate::error::Problem;
use crate::handover;
use crate::matters::actions::register::answerable;
use crate::matters::life::{self, Change};
use crate::matters::mails::{Notice, tell};
use crate::matters::stages::Event;
use crate::matters::types::{EntryKind, HandPart};
use crate::matters::{self, Matter, MatterId};
use crate::people::types::Staff;
use crate::people::{self, Act, StaffId};
use crate::referrals;

/// Whom one may name: everybody in service but those named already, and oneself.
///
/// # Errors
///
/// When the database is away.
pub fn candidates(conn: &mut Conn, act: &Act, matter: &Matter) -> Result<Vec<Staff>, Problem> {
    let named = matters::barred(conn, matter)?;
    let mut all = people::staff_in_court(conn, matter.court_id)?;
    all.retain(|one| !named.contains(&one.id) && act.by.staff_id != Some(one.id));
    Ok(all)
}

/// Names a member of staff whom a matter complains about (登记被反映人员): whatever they hold of it is taken from them, nobody
/// but inspection and the president sees it any more, and inspection answers for it. Its clocks run on.
///
/// # Errors
///
/// `NotFound`, `Forbidden`, `Stale`; `Refused` by the stage, and for somebody who can't be named.
pub fn name_complained(
    conn: &mut Conn,
    act: &Act,
    id: MatterId,
    version: i64,
    (who, said): (StaffId, &str),
) -> Result<(), Problem> {
    let found = life::find_for(conn, act, id, Event::NameComplained)?;
    let matter = &found.matter;
    if matter.version != version {
        return Err(Problem::Stale);
    }
    if !candidates(conn, act, matter)?.iter().any(|one| one.id == who) {
        return Err(Problem::refused("不能选择这个人，请在名单里另选。反映您本人的，请交给同事登记。"));
    }
    matters::store::insert_bars(conn, id, &[who])?;
    let away = matters::barred(conn, matter)?;
    let to = answerable::inspection(conn, matter.court_id, &away)?.unwrap_or(matter.accountable_id);
    let today = act.now.today();
    let leader = people::supervising_leader(conn, matter.court_id, matter.division_id, today, &away)?;
    handover::actions::take_away(conn, act, (id, who), (to, leader.unwrap_or(to)))?;
    if !matter.conduct {
        leave_to_inspection(conn, act, matter)?;
    }
    if matter.supervising_leader_id == Some(who) {
        matters::store::set_supervising(conn, id, leader)?;
    }
    matters::store::set_conduct(conn, id)?;
    let text = format!("登记被反映人员，按检举控告由监察办理。反映的内容：{said}");
    matters::note(conn, act, matter, EntryKind::Accountable, text)?;
    audit::record(conn, act, "matter.complained_named", Subject::Matter(id.0), &[])?;
    let now = matters::of_job(conn, id)?;
    life::move_on(conn, act, &now, now.version, Change { accountable: Some(to), ..Change::default() })?;
    let key = format!("complained:{version}");
    let text = "一件信访事项反映了本院人员，按检举控告由您负责。请查看反映的内容，依规办理。";
    tell(conn, act, &now, to, Notice { subject: "检举控告转您办理", text, key: &key, urgent: true })
}

/// Ends the part of whoever worked on it as an ordinary petition: the referral that waits, the division, handler and helpers.
fn leave_to_inspection(conn: &mut Conn, act: &Act, matter: &Matter) -> Result<(), Problem> {
    referrals::actions::lapse(conn, act, matter, "事项按检举控告转监察办理")?;
    for part in [HandPart::Addressee, HandPart::Division, HandPart::Handler, HandPart::Helper] {
        matters::end_hands(conn, matter.id, part, None, act.now.today())?;
    }
    Ok(())
}
