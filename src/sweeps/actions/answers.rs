//! A case gets its answer: nothing, look again next month, tier one.

use super::cases::{put, workable_row};
use super::monthly;
use crate::audit::{self, Subject};
use crate::db::{Conn, next_id};
use crate::error::Problem;
use crate::escalation::actions::{SignDraft, mark_sign};
use crate::escalation::types::Cause;
use crate::matters::actions::TypedCase;
use crate::matters::case_number::CaseNumber;
use crate::matters::{self, MatterId};
use crate::people::Act;
use crate::sweeps::rules;
use crate::sweeps::store;
use crate::sweeps::types::{Answer, Answering, CaseLine, GivenAnswer, RowId, RowKind, Sweep, SweepRow};

/// Answers about a case (排查结论), or answers anew. "Look again" puts it on the next month's sheet at once, "tier one" marks
/// a sign in the same transaction; an answer that takes "look again" back takes the case off that sheet again, as long as
/// nothing else has been said of it there.
///
/// # Errors
///
/// `Forbidden`, `NotFound`; `Refused` for what is on tier one; `Stale` when somebody has answered since `version`.
pub fn answer(conn: &mut Conn, act: &Act, id: RowId, version: i64, given: &Answering) -> Result<(), Problem> {
    let (row, sweep) = workable_row(conn, act, id)?;
    let sign = match row.sign_id {
        Some(sign) => matters::find_all(conn, &act.by.scope, &[sign])?.pop().map(|sign| sign.number),
        None => None,
    };
    rules::may_answer(row.answer, sign.as_deref())?;
    if row.version != version {
        return Err(Problem::Stale);
    }
    let sign_id = match given.answer {
        Answer::TierOne => Some(to_tier_one(conn, act, (&row, &sweep), &given.note)?),
        Answer::Nothing | Answer::Again => None,
    };
    let entry = GivenAnswer {
        id: next_id(act.now),
        row_id: id,
        answer: given.answer,
        note: given.note.clone(),
        sign_id,
        answered_by: act.by.person()?,
        answered_at: act.now.utc(),
    };
    if !store::answer(conn, version, &entry)? {
        return Err(Problem::Stale);
    }
    match (row.answer, given.answer) {
        (Some(Answer::Again), Answer::Again) => {}
        (_, Answer::Again) => carry(conn, act, (&row, &sweep))?,
        (Some(Answer::Again), Answer::Nothing | Answer::TierOne) => take_back(conn, id)?,
        (Some(Answer::Nothing | Answer::TierOne) | None, Answer::Nothing | Answer::TierOne) => {}
    }
    let values =
        [("case", row.case_number.as_str()), ("answer", given.answer.code()), ("note", given.note.as_str())];
    audit::record(conn, act, "sweep.answered", Subject::Sweep(sweep.id.0), &values)
}

/// The case's sign: a new one, or the open one that it has already.
fn to_tier_one(
    conn: &mut Conn,
    act: &Act,
    (row, sweep): (&SweepRow, &Sweep),
    text: &str,
) -> Result<MatterId, Problem> {
    if let Some(open) = store::open_sign(conn, row.court_id, &row.case_number)? {
        return Ok(open);
    }
    let read = CaseNumber::parse(&row.case_number).ok();
    let kind = read.as_ref().and_then(|number| number.kind_code());
    let draft = SignDraft {
        how: Cause::Swept,
        row: row.id.0,
        text: text.to_owned(),
        division_id: Some(sweep.division_id),
        case: Some(TypedCase { number: row.case_number.clone(), verified: true, reason: None }),
        case_stage: rules::stage_of(kind, row.kind == RowKind::Filed),
    };
    mark_sign(conn, act, &draft)
}

/// Puts the case on the sheet of the month in which it is looked at again.
fn carry(conn: &mut Conn, act: &Act, (row, sweep): (&SweepRow, &Sweep)) -> Result<(), Problem> {
    let day = rules::next_look(sweep.to_on, act.now.today());
    let (next, _) = monthly(conn, act, (sweep.court_id, sweep.division_id), day)?;
    if next.id == sweep.id {
        return Ok(());
    }
    let line = CaseLine {
        case_number: row.case_number.clone(),
        kind: RowKind::Again,
        cause: row.cause.clone(),
        parties: row.parties.clone(),
        judge: row.judge.clone(),
        happened_on: row.happened_on,
    };
    put(conn, act, &next, (&line, Some(row.id))).map(drop)
}

fn take_back(conn: &mut Conn, from: RowId) -> Result<(), Problem> {
    if let Some(there) = store::carried_untouched(conn, from)? {
        store::delete_row(conn, there)?;
    }
    Ok(())
}
