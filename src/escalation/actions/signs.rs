//! Signs (苗头): a case that may bring somebody, before anybody came. A sign is a matter of its own kind with its own numbers,
//! without a contact, in tier one; the note of what was done is its reply, and its first contact makes it a petition.

use super::group::working;
use super::{Raise, facts, note, raise, rules_of};
use crate::audit::{self, Subject};
use crate::db::Conn;
use crate::deadlines::{self, Code};
use crate::error::Problem;
use crate::escalation::rules::{Fact, Refusal};
use crate::escalation::store;
use crate::escalation::types::Cause;
use crate::matters::actions::{TypedCase, query_code};
use crate::matters::life::{self, Change};
use crate::matters::stages::{self, Event, Guard};
use crate::matters::types::{
    CaseStage, CloseReason, EntryKind, Matter, MatterId, MatterKind, ReplyManner, Stage,
};
use crate::matters::{self, rules as numbering};
use crate::people::{self, Act, DivisionId, Permission};
use crate::referrals::actions as referrals;
use chrono::Datelike;

/// The series of the signs' numbers, and how they are written.
const SERIES: &str = "sign";
const PATTERN: &str = "{short}苗〔{year}〕{seq:4}号";
/// The most characters of a sign's title.
const TITLE: usize = 60;

/// A sign, as it is marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignDraft {
    /// How it was found: [`Cause::Marked`], [`Cause::Swept`] or [`Cause::Assessed`].
    pub how: Cause,
    /// Of the sweep's or assessment's row; 0 of what was marked by hand.
    pub row: i64,
    /// What was noticed.
    pub text: String,
    /// The division whose case it is; the marker's own where none is named.
    pub division_id: Option<DivisionId>,
    pub case: Option<TypedCase>,
    pub case_stage: CaseStage,
}

/// Marks a sign (标记苗头): it is in tier one at once, with its work group and its clock. The head of the division answers for
/// it, or whoever marked it where there is none.
///
/// # Errors
///
/// `Forbidden`; `Refused` where the court has no such rule in use.
pub fn mark_sign(conn: &mut Conn, act: &Act, draft: &SignDraft) -> Result<MatterId, Problem> {
    act.require(Permission::MarkSign)?;
    let matter = row(conn, act, draft)?;
    matters::store::insert(conn, &matter)?;
    if let Some(case) = &draft.case {
        matters::store::insert_cases(conn, &[case_row(act, &matter, case)])?;
    }
    let numbers: Vec<&str> = draft.case.iter().map(|case| case.number.as_str()).collect();
    matters::index(conn, &matter, &[], &numbers)?;
    let text = format!("{}，编号{}。{}", draft.how.label(), matter.number, matter.summary);
    matters::note(conn, act, &matter, EntryKind::Registered, text)?;
    let values = [("number", matter.number.as_str()), ("how", draft.how.code())];
    audit::record(conn, act, "sign.marked", Subject::Matter(matter.id.0), &values)?;
    let fact = Fact::Sign { how: draft.how, row: if draft.row == 0 { matter.id.0 } else { draft.row } };
    let all = rules_of(conn, act, &matter)?;
    let rule = all.iter().find(|rule| rule.cause == draft.how && rule.in_use);
    let rule = rule.ok_or_else(|| Problem::refused("本院没有启用这一类苗头的规则，请与信访专干联系。"))?;
    let by = Raise {
        to: rule.tier,
        cause: draft.how,
        key: fact.key(),
        rule: Some(rule),
        facts: matter.claim.clone(),
    };
    raise(conn, act, &matter, &by)?;
    Ok(matter.id)
}

/// Marks a sign as [`mark_sign`] does, once for a form: the same form sent twice answers with what the first made.
///
/// # Errors
///
/// As [`mark_sign`]; `Stale` where the two came at the same moment.
pub fn mark_sign_once(
    conn: &mut Conn,
    act: &Act,
    draft: &SignDraft,
    submission: &str,
) -> Result<MatterId, Problem> {
    if let Some(made) = store::made_by_form(conn, submission)? {
        return Ok(made);
    }
    let id = mark_sign(conn, act, draft)?;
    if store::keep_form(conn, submission, id)? { Ok(id) } else { Err(Problem::Stale) }
}

fn row(conn: &mut Conn, act: &Act, draft: &SignDraft) -> Result<Matter, Problem> {
    let (court, me, today) = (act.by.court()?, act.by.person()?, act.now.today());
    let home = people::court(conn, court)?;
    let year = i64::from(today.year());
    let seq = matters::store::next_number(conn, court, SERIES, year)?;
    let division_id = draft.division_id.or(act.by.division_id);
    let head = match division_id {
        Some(division) => people::head_of_division(conn, court, division)?.map(|head| head.id),
        None => None,
    };
    Ok(Matter {
        id: MatterId::new(act.now),
        court_id: court,
        kind: MatterKind::Sign,
        number: numbering::number(PATTERN, &home.short_name, year, seq),
        year,
        seq,
        petitioner_line: MatterKind::Sign.label().to_owned(),
        anonymous: false,
        category_code: category(draft.case_stage).to_owned(),
        case_stage: draft.case_stage,
        claim: draft.text.chars().take(TITLE).collect(),
        summary: draft.text.clone(),
        conduct: false,
        division_id,
        stage: Stage::Handling,
        close_reason: None,
        track: None,
        tier: None,
        first_receiver_id: me,
        accountable_id: head.unwrap_or(me),
        supervising_leader_id: people::supervising_leader(conn, court, division_id, today, &[])?,
        received_at: act.now.utc(),
        registered_at: act.now.utc(),
        closed_at: None,
        // Until its clock is started, in this same transaction.
        next_due_on: Some(today),
        next_clock_id: None,
        contact_count: 0,
        last_contact_at: act.now.utc(),
        people_count: 0,
        query_code: query_code(),
        version: 0,
        to_archive_since: None,
    })
}

/// What a sign is about, until somebody comes and says.
fn category(stage: CaseStage) -> &'static str {
    match stage {
        CaseStage::Filing => "filing",
        CaseStage::Enforcement => "enforcement",
        CaseStage::Review => "judgment",
        CaseStage::Trial | CaseStage::Compensation | CaseStage::Other => "procedure",
    }
}

fn case_row(act: &Act, matter: &Matter, case: &TypedCase) -> matters::types::MatterCase {
    matters::types::MatterCase {
        id: crate::db::next_id(act.now),
        court_id: matter.court_id,
        matter_id: matter.id,
        number: case.number.clone(),
        verified: case.verified,
        reason: case.reason.clone(),
        position: 0,
    }
}

/// Ends a sign that was solved before anybody came: the note of what was done is its reply (苗头化解).
///
/// # Errors
///
/// `NotFound`, `Stale`; `Refused` for who doesn't work on it, and for what is no sign.
pub fn settle_sign(
    conn: &mut Conn,
    act: &Act,
    id: MatterId,
    version: i64,
    done: &str,
) -> Result<(), Problem> {
    let (matter, _) = working(conn, act, id)?;
    if matter.kind != MatterKind::Sign {
        return Err(Refusal::NotASign.into());
    }
    if matter.version != version {
        return Err(Problem::Stale);
    }
    let standing = life::stand(conn, act, matter.clone())?.standing;
    for guard in [Guard::NothingReferred, Guard::NoReportOwed] {
        if !standing.holds(guard) {
            return Err(stages::Refusal::Unless(Event::Close, guard).into());
        }
    }
    matters::reply(conn, act, &matter, ReplyManner::NoneOwed, done)?;
    matters::note(conn, act, &matter, EntryKind::Closed, format!("苗头已经化解：{done}"))?;
    audit::record(conn, act, "sign.settled", Subject::Matter(id.0), &[])?;
    let change =
        Change { stage: Some(Stage::Closed), close_reason: Some(CloseReason::Settled), ..Change::default() };
    life::move_on(conn, act, &matter, version, change)
}

/// Makes a sign the petition that its first contact is: a step of registering that contact. `matter` says already who came.
/// Its history, its tier and its group stay; it gets a petition's number and is screened like one. What it owes whoever came
/// is for their contact to say.
///
/// # Errors
///
/// When it can't be written; `Refused` where a clock's rule isn't in use.
pub fn becomes_petition(conn: &mut Conn, act: &Act, matter: &Matter) -> Result<Matter, Problem> {
    let court = people::court(conn, matter.court_id)?;
    let year = i64::from(act.now.today().year());
    let seq = matters::store::next_number(conn, court.id, "matter", year)?;
    let settled = matter.stage == Stage::Closed;
    let now = Matter {
        kind: MatterKind::Petition,
        number: numbering::number(&court.number_pattern, &court.short_name, year, seq),
        year,
        seq,
        stage: Stage::Registered,
        close_reason: None,
        closed_at: None,
        to_archive_since: None,
        next_due_on: matter.next_due_on.or(Some(act.now.today())),
        ..matter.clone()
    };
    store::set_petition(conn, &now)?;
    referrals::lapse(conn, act, &now, "苗头已有人反映，转为信访事项，重新甄别")?;
    let today = act.now.today();
    let codes = [Code::Screening, Code::ScreeningLatest];
    let wanted: Vec<_> = codes.iter().map(|code| (*code, today)).collect();
    deadlines::start_all(conn, act, now.court_id, now.id.0, &wanted)?;
    note(conn, act, &now, format!("苗头{}已有人反映，转为信访事项，编号{}。", matter.number, now.number))?;
    let values = [("sign", matter.number.as_str()), ("number", now.number.as_str())];
    audit::record(conn, act, "sign.became_petition", Subject::Matter(now.id.0), &values)?;
    if settled {
        facts::reopened(conn, act, &now)?;
    }
    matters::refresh_next(conn, &now)?;
    matters::of_job(conn, now.id).map_err(Problem::from)
}
