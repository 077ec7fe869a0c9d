//! The steps that an instruction goes through after it was asked for.

use super::opening::{told_instruction, with_instruction};
use super::{Given, note, parties, tell};
use crate::db::Conn;
use crate::error::Problem;
use crate::instructions::rules::{self, Step};
use crate::instructions::types::{Instruction, InstructionId};
use crate::instructions::{mails, store};
use crate::matters::{Matter, audience};
use crate::people::{Act, Permission, StaffId};

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

fn save(conn: &mut Conn, row: &Instruction) -> Result<(), Problem> {
    if store::save(conn, row)? { Ok(()) } else { Err(Problem::Stale) }
}

/// Answers a request with an instruction (批示).
///
/// # Errors
///
/// `Forbidden`, `NotFound`, `Stale`; `Refused` where it isn't this leader's to answer, or as `instruct`.
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

/// Gives an instruction that is being carried out to another owner, with why (改由他人落实): the first has left, or was
/// moved. The day until which it is to be done stays.
///
/// # Errors
///
/// `Forbidden`, `NotFound`, `Stale`; `Refused` by the rules, or for somebody who may not see the matter.
pub fn hand_on(
    conn: &mut Conn,
    act: &Act,
    at: (InstructionId, i64),
    (to, reason): (StaffId, &str),
) -> Result<(), Problem> {
    act.require(Permission::ViewMatters)?;
    let (row, matter) = load(conn, act, at, Step::HandOn)?;
    if row.owner_id == Some(to) {
        return Err(Problem::refused("这份批示现在就由这个人落实，请选择其他人员。"));
    }
    let owner = audience::seeing(conn, to, &matter, act.now)?;
    let before = row.owner_id;
    let row = Instruction { owner_id: Some(to), ..row };
    save(conn, &row)?;
    let text = format!("批示（{}）改由{}落实。理由：{reason}", row.number, owner.name);
    note(conn, act, &matter, &row, "instruction.handed_on", text)?;
    tell(conn, act, &matter, &row, vec![to], mails::given(&row, &matter.number))?;
    tell(conn, act, &matter, &row, before.into_iter().collect(), mails::handed_on(&row, &matter.number))
}
