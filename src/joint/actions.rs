//! Asks somebody to help, ends it; names who decided the case.

use crate::audit::{self, Subject};
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::life::{self, Found};
use crate::matters::mails::{Notice, tell};
use crate::matters::stages::Event;
use crate::matters::types::{EntryKind, Hand, HandId, HandPart};
use crate::matters::{self, Matter, MatterId};
use crate::people::types::Staff;
use crate::people::{self, Act, Permission, Role, StaffId};

/// Those whom one may ask to help with a matter, or name as its case judge: who handles matters, and isn't complained of.
///
/// # Errors
///
/// When the database is away.
pub fn candidates(conn: &mut Conn, matter: &Matter) -> Result<Vec<Staff>, Problem> {
    let barred = matters::barred(conn, matter)?;
    let handlers = people::who_may(conn, matter.court_id, Permission::RecordProgress)?;
    let mut all = people::staff_in_court(conn, matter.court_id)?;
    all.retain(|one| handlers.contains(&one.id) && !barred.contains(&one.id));
    Ok(all)
}

/// Those whom one may ask to help: of a complaint about conduct, nobody but inspection, as only they may know of it.
///
/// # Errors
///
/// When the database is away.
pub fn helpers(conn: &mut Conn, matter: &Matter) -> Result<Vec<Staff>, Problem> {
    let mut all = candidates(conn, matter)?;
    if matter.conduct {
        let inspectors = people::with_role(conn, matter.court_id, Role::Inspector)?;
        all.retain(|one| inspectors.iter().any(|inspector| inspector.id == one.id));
    }
    Ok(all)
}

fn chosen(candidates: Vec<Staff>, id: StaffId) -> Result<Staff, Problem> {
    let found = candidates.into_iter().find(|one| one.id == id);
    found.ok_or_else(|| Problem::refused("不能选择这个人，请在名单里另选。"))
}

/// Asks somebody to help (协办): they see the matter and record on it; who answers for it stays the same.
///
/// # Errors
///
/// `NotFound`, `Forbidden`, `Stale`; `Refused` by the stage, or for somebody who helps already or may not.
pub fn ask_help(
    conn: &mut Conn,
    act: &Act,
    id: MatterId,
    version: i64,
    (helper, task): (StaffId, &str),
) -> Result<(), Problem> {
    let found = life::find_for(conn, act, id, Event::AskHelp)?;
    let staff = chosen(helpers(conn, &found.matter)?, helper)?;
    if has(&found, HandPart::Helper, helper) || helper == found.matter.accountable_id {
        return Err(Problem::refused("这个人已经在办这件事项，请选择其他人员。"));
    }
    if has(&found, HandPart::CaseJudge, helper) && !act.by.roles.contains(&Role::PetitionOfficer) {
        return Err(Problem::refused("所选人员是原案承办人，由信访专干决定是否请其协办。"));
    }
    insert(conn, act, &found.matter, HandPart::Helper, &staff, task)?;
    let text = format!("请{}协办：{task}", staff.name);
    matters::note(conn, act, &found.matter, EntryKind::Referral, text)?;
    let key = format!("help:{}", act.now.today());
    let text = "请您协办一件信访事项，具体要求请在事项页查看。";
    tell(conn, act, &found.matter, helper, Notice { subject: "请您协办", text, key: &key, urgent: false })?;
    audit::record(conn, act, "matter.help_asked", Subject::Matter(id.0), &[("helper", &staff.name)])?;
    life::move_on(conn, act, &found.matter, version, life::Change::default())
}

/// Ends somebody's help (结束协办).
///
/// # Errors
///
/// As [`ask_help`]; `NotFound` for somebody who doesn't help.
pub fn end_help(
    conn: &mut Conn,
    act: &Act,
    id: MatterId,
    version: i64,
    helper: StaffId,
) -> Result<(), Problem> {
    let found = life::find_for(conn, act, id, Event::AskHelp)?;
    if matters::end_hands(conn, id, HandPart::Helper, Some(helper), act.now.today())? == 0 {
        return Err(Problem::NotFound);
    }
    let name = people::staff_of_any_court(conn, helper)?.name;
    matters::note(conn, act, &found.matter, EntryKind::Referral, format!("{name}协办结束。"))?;
    audit::record(conn, act, "matter.help_ended", Subject::Matter(id.0), &[("helper", &name)])?;
    life::move_on(conn, act, &found.matter, version, life::Change::default())
}

/// Names who decided the case that a matter is about (原案承办人). One who handles the matter already, answers for it or is
/// asked to take it over doesn't stay so unless the officer says why in `excuse`.
///
/// # Errors
///
/// As [`ask_help`].
pub fn name_case_judge(
    conn: &mut Conn,
    act: &Act,
    id: MatterId,
    version: i64,
    (judge, excuse): (StaffId, &str),
) -> Result<(), Problem> {
    let found = life::find_for(conn, act, id, Event::NameCaseJudge)?;
    let staff = chosen(candidates(conn, &found.matter)?, judge)?;
    if has(&found, HandPart::CaseJudge, judge) {
        return Err(Problem::refused("这个人已经登记为原案承办人。"));
    }
    let parts = [HandPart::Handler, HandPart::Addressee];
    let handles = found.matter.accountable_id == judge
        || parts.iter().any(|part| has(&found, *part, judge))
        || waits_for_division_of(conn, &found, judge)?;
    if handles && excuse.is_empty() {
        return Err(Problem::refused(
            "这个人现在就承办这件事项，或者正等他接办。原案承办人一般不能办理反映该案的信访：请先转办给其他人再登记；确需由其继续办理的，请写明理由。",
        ));
    }
    insert(conn, act, &found.matter, HandPart::CaseJudge, &staff, if handles { excuse } else { "" })?;
    let why = if handles { format!("由其继续承办的理由：{excuse}") } else { String::new() };
    let text = format!("登记原案承办人：{}。{why}", staff.name);
    matters::note(conn, act, &found.matter, EntryKind::Accountable, text)?;
    audit::record(conn, act, "matter.case_judge_named", Subject::Matter(id.0), &[("judge", &staff.name)])?;
    life::move_on(conn, act, &found.matter, version, life::Change::default())
}

/// Whether a referral waits for the division that this person heads.
fn waits_for_division_of(conn: &mut Conn, found: &Found, who: StaffId) -> Result<bool, Problem> {
    let waits = |hand: &&Hand| hand.part == HandPart::Addressee && hand.staff_id.is_none();
    let Some(division) = found.hands.iter().find(waits).and_then(|hand| hand.division_id) else {
        return Ok(false);
    };
    let head = people::head_of_division(conn, found.matter.court_id, division)?;
    Ok(head.is_some_and(|head| head.id == who))
}

fn has(found: &Found, part: HandPart, who: StaffId) -> bool {
    found.hands.iter().any(|hand| hand.part == part && hand.staff_id == Some(who))
}

fn insert(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    part: HandPart,
    staff: &Staff,
    note: &str,
) -> Result<(), Problem> {
    let hand = Hand {
        id: HandId::new(act.now),
        court_id: matter.court_id,
        matter_id: matter.id,
        part,
        division_id: None,
        staff_id: Some(staff.id),
        note: note.to_owned(),
        since: act.now.today(),
        until: None,
    };
    Ok(matters::insert_hand(conn, &hand)?)
}
