//! What is done with leaders' instructions, each in one transaction: may they → load → rule → save → timeline → trail →
//! mail.

use super::rules::{self, Parties, Refusal, Step};
use super::types::{Instruction, InstructionId, State};
use super::{mails, store};
use crate::audit::{self, Subject};
use crate::db::Conn;
use crate::error::Problem;
use crate::mail::{self, MailKind, NewMail};
use crate::matters::types::Stage;
use crate::matters::{self, EntryKind, Matter, MatterId, audience};
use crate::people::types::Staff;
use crate::people::{self, Act, Permission, Role, StaffId};
use crate::web::formats::plain_date;
use chrono::{Datelike, NaiveDate};

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
pub(super) fn leaders(conn: &mut Conn, act: &Act, matter: &Matter) -> Result<Vec<Staff>, Problem> {
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
pub(super) fn owners(conn: &mut Conn, act: &Act, matter: &Matter) -> Result<Vec<Staff>, Problem> {
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

fn open_matter(conn: &mut Conn, act: &Act, id: MatterId) -> Result<Matter, Problem> {
    let matter = matters::find(conn, &act.by.scope, id)?;
    if matter.stage == Stage::Closed { Err(Refusal::MatterClosed.into()) } else { Ok(matter) }
}

/// A new row, numbered; everything that nobody has said yet is empty.
fn blank(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    leader: StaffId,
    state: State,
) -> Result<Instruction, Problem> {
    let year = i64::from(act.now.today().year());
    let seq = matters::store::next_number(conn, matter.court_id, "instruction", year)?;
    let home = people::court(conn, matter.court_id)?;
    Ok(Instruction {
        id: InstructionId::new(act.now),
        court_id: matter.court_id,
        matter_id: matter.id,
        number: matters::rules::number("{short}批〔{year}〕{seq:4}号", &home.short_name, year, seq),
        year,
        seq,
        state,
        leader_id: leader,
        asked_by: None,
        asked_at: None,
        question: String::new(),
        proposal: String::new(),
        text: String::new(),
        owner_id: None,
        due_on: None,
        given_at: None,
        evidence: String::new(),
        done_at: None,
        confirmed_by: None,
        confirmed_at: None,
        remark: String::new(),
        version: 0,
    })
}

/// Asks a leader what is to be done (请示).
///
/// # Errors
///
/// `Forbidden`, `NotFound`; `Refused` where the leader may not see the matter, or it is closed.
pub fn ask(conn: &mut Conn, act: &Act, id: MatterId, asked: &Asked) -> Result<InstructionId, Problem> {
    act.require(Permission::RequestInstruction)?;
    let matter = open_matter(conn, act, id)?;
    let me = act.by.person()?;
    if asked.leader == me {
        return Err(Refusal::ToYourself.into());
    }
    let leaders = leaders(conn, act, &matter)?;
    let leader = leaders.into_iter().find(|one| one.id == asked.leader).ok_or(Refusal::NoLeader)?;
    let row = Instruction {
        asked_by: Some(me),
        asked_at: Some(act.now.utc()),
        question: asked.question.clone(),
        proposal: asked.proposal.clone(),
        ..blank(conn, act, &matter, leader.id, State::Asked)?
    };
    store::insert(conn, &row)?;
    let text =
        format!("向{}请示（{}）：{}\n拟办意见：{}", leader.name, row.number, row.question, row.proposal);
    note(conn, act, &matter, &row, "instruction.asked", text)?;
    tell(conn, act, &matter, &row, vec![leader.id], mails::asked(&row, &matter.number))?;
    Ok(row.id)
}

/// Instructs without having been asked (批示).
///
/// # Errors
///
/// `Forbidden`, `NotFound`; `Refused` where the owner may not see the matter, the day is past, or it is closed.
pub fn instruct(conn: &mut Conn, act: &Act, id: MatterId, given: &Given) -> Result<InstructionId, Problem> {
    act.require(Permission::GiveInstruction)?;
    let matter = open_matter(conn, act, id)?;
    let blank = blank(conn, act, &matter, act.by.person()?, State::Given)?;
    let row = with_instruction(conn, act, &matter, blank, given)?;
    store::insert(conn, &row)?;
    told_instruction(conn, act, &matter, &row)?;
    Ok(row.id)
}

fn with_instruction(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    row: Instruction,
    given: &Given,
) -> Result<Instruction, Problem> {
    rules::due(given.due_on, act.now.today())?;
    audience::seeing(conn, given.owner, matter, act.now)?;
    Ok(Instruction {
        text: given.text.clone(),
        owner_id: Some(given.owner),
        due_on: Some(given.due_on),
        given_at: Some(act.now.utc()),
        ..row
    })
}

fn told_instruction(conn: &mut Conn, act: &Act, matter: &Matter, row: &Instruction) -> Result<(), Problem> {
    let (Some(owner), Some(due_on)) = (row.owner_id, row.due_on) else {
        return Err(Problem::internal("an instruction without an owner"));
    };
    let owner_name = people::staff_of_any_court(conn, owner)?.name;
    let until = plain_date(due_on);
    let text = format!("批示（{}）：{}\n由{owner_name}在{until}以前落实。", row.number, row.text);
    note(conn, act, matter, row, "instruction.given", text)?;
    let told = std::iter::once(owner).chain(row.asked_by).collect();
    tell(conn, act, matter, row, told, mails::given(row, &matter.number))
}

/// Loads an instruction for a step that this person makes, and says to which state it leads.
fn load(
    conn: &mut Conn,
    act: &Act,
    (id, version): (InstructionId, i64),
    step: Step,
) -> Result<(Instruction, Matter), Problem> {
    let me = act.by.person()?;
    let (row, matter) = store::find(conn, &act.by.scope, id)?;
    if row.version != version {
        return Err(Problem::Stale);
    }
    let parties = parties(&row, me, act);
    let state = rules::step(row.state, step, &parties)?;
    Ok((Instruction { state, ..row }, matter))
}

/// How the person who acts stands to an instruction.
pub(super) fn parties(row: &Instruction, me: StaffId, act: &Act) -> Parties {
    Parties {
        me,
        leader: row.leader_id,
        asker: row.asked_by,
        owner: row.owner_id,
        office: act.by.roles.contains(&Role::PetitionOfficer),
    }
}

fn save(conn: &mut Conn, row: &Instruction) -> Result<(), Problem> {
    if store::save(conn, row)? { Ok(()) } else { Err(Problem::Stale) }
}

/// Answers a request with an instruction (批示).
///
/// # Errors
///
/// `Forbidden`, `NotFound`, `Stale`; `Refused` where it isn't this leader's to answer, or as [`instruct`].
pub fn give(conn: &mut Conn, act: &Act, at: (InstructionId, i64), given: &Given) -> Result<(), Problem> {
    act.require(Permission::GiveInstruction)?;
    let (row, matter) = load(conn, act, at, Step::Give)?;
    let row = with_instruction(conn, act, &matter, row, given)?;
    save(conn, &row)?;
    told_instruction(conn, act, &matter, &row)
}

/// Sends a request back to whoever asked, with why (退回请示).
///
/// # Errors
///
/// `Forbidden`, `NotFound`, `Stale`, `Refused`.
pub fn return_to_asker(
    conn: &mut Conn,
    act: &Act,
    at: (InstructionId, i64),
    remark: &str,
) -> Result<(), Problem> {
    act.require(Permission::GiveInstruction)?;
    let (row, matter) = load(conn, act, at, Step::Return)?;
    let row = Instruction { remark: remark.to_owned(), ..row };
    save(conn, &row)?;
    note(conn, act, &matter, &row, "instruction.returned", format!("退回请示（{}）：{remark}", row.number))?;
    let told = row.asked_by.into_iter().collect();
    tell(conn, act, &matter, &row, told, mails::returned(&row, &matter.number))
}

/// Takes a request back (撤回请示).
///
/// # Errors
///
/// `Forbidden`, `NotFound`, `Stale`, `Refused`.
pub fn withdraw(conn: &mut Conn, act: &Act, at: (InstructionId, i64)) -> Result<(), Problem> {
    act.require(Permission::RequestInstruction)?;
    let (row, matter) = load(conn, act, at, Step::Withdraw)?;
    save(conn, &row)?;
    note(conn, act, &matter, &row, "instruction.withdrawn", format!("撤回请示（{}）。", row.number))
}

/// The owner says that it is done, and how that shows (落实).
///
/// # Errors
///
/// `Forbidden`, `NotFound`, `Stale`, `Refused`.
pub fn finish(conn: &mut Conn, act: &Act, at: (InstructionId, i64), evidence: &str) -> Result<(), Problem> {
    act.require(Permission::ViewMatters)?;
    let (row, matter) = load(conn, act, at, Step::Finish)?;
    let row = Instruction { evidence: evidence.to_owned(), done_at: Some(act.now.utc()), ..row };
    save(conn, &row)?;
    note(conn, act, &matter, &row, "instruction.done", format!("批示已落实（{}）：{evidence}", row.number))?;
    let told = row.asked_by.into_iter().chain([row.leader_id]).collect();
    tell(conn, act, &matter, &row, told, mails::done(&row, &matter.number))
}

/// Somebody other than the owner agrees that it is done (确认落实).
///
/// # Errors
///
/// `Forbidden`, `NotFound`, `Stale`, `Refused`.
pub fn confirm(conn: &mut Conn, act: &Act, at: (InstructionId, i64)) -> Result<(), Problem> {
    act.require(Permission::ViewMatters)?;
    let (row, matter) = load(conn, act, at, Step::Confirm)?;
    let row = Instruction { confirmed_by: Some(act.by.person()?), confirmed_at: Some(act.now.utc()), ..row };
    save(conn, &row)?;
    note(conn, act, &matter, &row, "instruction.confirmed", format!("批示落实情况已确认（{}）。", row.number))
}

/// Somebody other than the owner says why it isn't done yet (退回重办).
///
/// # Errors
///
/// `Forbidden`, `NotFound`, `Stale`, `Refused`.
pub fn send_back(conn: &mut Conn, act: &Act, at: (InstructionId, i64), remark: &str) -> Result<(), Problem> {
    act.require(Permission::ViewMatters)?;
    let (row, matter) = load(conn, act, at, Step::SendBack)?;
    let row = Instruction { remark: remark.to_owned(), ..row };
    save(conn, &row)?;
    note(
        conn,
        act,
        &matter,
        &row,
        "instruction.sent_back",
        format!("批示退回重办（{}）：{remark}", row.number),
    )?;
    let told = row.owner_id.into_iter().collect();
    tell(conn, act, &matter, &row, told, mails::sent_back(&row, &matter.number))
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
pub(super) fn tell(
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
        };
        mail::queue(conn, act.now, mail)?;
    }
    Ok(())
}
