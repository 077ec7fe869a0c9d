//! Asking a leader, and instructing without being asked.

use super::{Asked, Given, leaders, note, tell};
use crate::db::Conn;
use crate::error::Problem;
use crate::instructions::rules::{self, Refusal};
use crate::instructions::types::{Instruction, InstructionId, State};
use crate::instructions::{mails, store};
use crate::matters::types::Stage;
use crate::matters::{self, Matter, MatterId, audience};
use crate::people::{self, Act, Permission, StaffId};
use crate::web::formats::plain_date;
use chrono::Datelike;

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

pub(super) fn with_instruction(
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

pub(super) fn told_instruction(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    row: &Instruction,
) -> Result<(), Problem> {
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
