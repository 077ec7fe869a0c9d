//! A case is assessed, the proposal decided, the questionnaire changed by two people.

use super::change::{Content, TARGET, questions, write};
use super::rules::{self, Refusal};
use super::store::{self, Decided};
use super::types::{Assessment, AssessmentId, AssessmentState, QuestionnaireId, Step};
use crate::audit::{self, Subject};
use crate::db::Conn;
use crate::error::Problem;
use crate::escalation::actions::{SignDraft, mark_sign};
use crate::escalation::types::Cause;
use crate::matters::actions::TypedCase;
use crate::matters::case_number::CaseNumber;
use crate::people::{Act, Permission};
use crate::proposals::actions::{self as proposals, New};
use crate::proposals::{ProposalId, ProposalKind};
use crate::sweeps::{self, reach};

/// An assessment as it is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Canonical.
    pub case_number: String,
    pub cause: String,
    pub step: Step,
    /// The edition that was on the page.
    pub questionnaire: QuestionnaireId,
    /// The keys of what was ticked.
    pub ticked: Vec<String>,
    pub note: String,
    pub submission: String,
}

/// What is decided about a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Whether the case goes to tier one.
    pub listed: bool,
    pub measures: String,
    pub reason: String,
}

/// Assesses a case (评估), once however often it is sent. It belongs to the division of whoever assesses it.
///
/// # Errors
///
/// `Forbidden`; `Refused` for who is in no division; `Stale` when the edition on the page holds no more.
pub fn assess(conn: &mut Conn, act: &Act, draft: &Draft) -> Result<Assessment, Problem> {
    act.require(Permission::AssessCases)?;
    let (court, by) = (act.by.court()?, act.by.person()?);
    let division_id = act.by.division_id.ok_or(Refusal::NoDivision)?;
    let edition = store::in_force(conn, court, act.now.today())?;
    if edition.id != draft.questionnaire {
        return Err(Problem::Stale);
    }
    let questions = questions(&edition)?;
    let points = rules::points(&questions, &draft.ticked);
    let known: Vec<&str> = questions
        .iter()
        .map(|one| one.key.as_str())
        .filter(|key| draft.ticked.iter().any(|t| t == key))
        .collect();
    let row = Assessment {
        id: AssessmentId::new(act.now),
        court_id: court,
        division_id,
        case_number: draft.case_number.clone(),
        cause: draft.cause.clone(),
        step: draft.step,
        questionnaire_id: edition.id,
        answers: known.join(","),
        points,
        threshold: edition.threshold,
        measures: rules::measures(&questions, &draft.ticked).join("\n"),
        note: draft.note.clone(),
        state: rules::comes_to(points, edition.threshold),
        assessed_by: by,
        assessed_at: act.now.utc(),
        decided_by: None,
        decided_at: None,
        reason: String::new(),
        sign_id: None,
        submission: draft.submission.clone(),
        version: 0,
    };
    if !store::insert(conn, &row)? {
        return Ok(store::of_submission(conn, &draft.submission, by)?);
    }
    let points = points.to_string();
    let values = [
        ("case", row.case_number.as_str()),
        ("step", row.step.code()),
        ("points", &*points),
        ("state", row.state.code()),
    ];
    audit::record(conn, act, "assessment.made", Subject::Assessment(row.id.0), &values)?;
    Ok(row)
}

/// Decides whether a case that was assessed goes to tier one (决定是否列入), with a reason. Yes marks a sign in the same
/// transaction.
///
/// # Errors
///
/// `Forbidden`, `NotFound`; `Refused` for another division's, and for what is not to be decided; `Stale`.
pub fn decide(
    conn: &mut Conn,
    act: &Act,
    id: AssessmentId,
    version: i64,
    decision: &Decision,
) -> Result<(), Problem> {
    act.require(Permission::AssessCases)?;
    let row = store::find(conn, act.by.court()?, &reach(&act.by), id)?;
    if act.by.division_id != Some(row.division_id) {
        return Err(Refusal::NotYours.into());
    }
    if row.version != version {
        return Err(Problem::Stale);
    }
    rules::may_decide(row.state)?;
    let sign_id = if decision.listed { Some(sign(conn, act, &row, decision)?) } else { None };
    let decided = Decided {
        state: if decision.listed { AssessmentState::Listed } else { AssessmentState::NotListed },
        measures: &decision.measures,
        reason: &decision.reason,
        sign_id,
        by: act.by.person()?,
        at: act.now.utc(),
    };
    if !store::decide(conn, id, version, &decided)? {
        return Err(Problem::Stale);
    }
    let values = [
        ("case", row.case_number.as_str()),
        ("state", decided.state.code()),
        ("reason", decision.reason.as_str()),
    ];
    audit::record(conn, act, "assessment.decided", Subject::Assessment(id.0), &values)
}

fn sign(
    conn: &mut Conn,
    act: &Act,
    row: &Assessment,
    decision: &Decision,
) -> Result<crate::matters::MatterId, Problem> {
    if let Some(open) = sweeps::open_sign(conn, row.court_id, &row.case_number)? {
        return Ok(open);
    }
    let read = CaseNumber::parse(&row.case_number).ok();
    let kind = read.as_ref().and_then(|number| number.kind_code());
    let text = format!(
        "{}风险评估{}分（建议分值{}分）。{}\n措施：\n{}",
        row.step.label(),
        row.points,
        row.threshold,
        decision.reason,
        decision.measures
    );
    let draft = SignDraft {
        how: Cause::Assessed,
        row: row.id.0,
        text,
        division_id: Some(row.division_id),
        case: Some(TypedCase { number: row.case_number.clone(), verified: true, reason: None }),
        case_stage: sweeps::rules::stage_of(kind, row.step == Step::Filing),
    };
    mark_sign(conn, act, &draft)
}

/// Proposes the court's own edition of the questionnaire (拟订).
///
/// # Errors
///
/// `Forbidden`; `Refused` for a day that has passed.
pub fn propose_questionnaire(
    conn: &mut Conn,
    act: &Act,
    content: &Content,
    reason: &str,
) -> Result<ProposalId, Problem> {
    if content.effective_from < act.now.today() {
        return Err(Refusal::Passed.into());
    }
    let new = New {
        kind: ProposalKind::Questionnaire,
        target: TARGET,
        court_id: Some(act.by.court()?),
        content: serde_json::to_string(content).map_err(Problem::internal)?,
        reason,
    };
    proposals::propose(conn, act, new)
}

/// Puts a proposed edition in force (生效), today at the earliest. Assessments that were made keep theirs.
///
/// # Errors
///
/// As [`proposals::let_through`].
pub fn put_in_force(conn: &mut Conn, act: &Act, id: ProposalId, version: i64) -> Result<(), Problem> {
    let proposal = proposals::let_through(conn, act, ProposalKind::Questionnaire, id, version)?;
    let content = Content::read(&proposal)?;
    let court = act.by.court()?;
    let mut from = content.effective_from.max(act.now.today());
    let own = store::own_editions(conn, court)?;
    let edition = own.first().map_or(1, |newest| newest.edition) + 1;
    if let Some(current) = own.iter().find(|one| one.effective_to.is_none()) {
        from = from.max(current.effective_from.succ_opt().unwrap_or(from));
        let last = from.pred_opt().ok_or_else(|| Problem::internal("no day before the first"))?;
        if !store::end_edition(conn, current, last)? {
            return Err(Problem::Stale);
        }
    }
    let row = content.row(act.now, court, (edition, from))?;
    store::insert_questionnaire(conn, &row)?;
    let (from, edition, threshold) = (from.to_string(), edition.to_string(), content.threshold.to_string());
    let asked = write(&content.questions)?;
    let values =
        [("edition", &*edition), ("threshold", &*threshold), ("from", &*from), ("questions", &*asked)];
    audit::record(conn, act, "assessment.questionnaire_in_force", Subject::Rule(row.id.0), &values)
}
