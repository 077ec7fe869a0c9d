//! Task sheets are issued, measures added, results recorded.

use super::{Eligible, eligible, leave, owners};
use crate::db::Conn;
use crate::enforcement::types::{Measure, MeasureId, MeasureResult, Outcome, ResultId, SheetId, TaskSheet};
use crate::enforcement::{mails, rules, store};
use crate::error::Problem;
use crate::mail::{self, Content, MailKind, NewMail};
use crate::matters::{self, Matter, MatterId};
use crate::people::types::Staff;
use crate::people::{self, Act, Permission, StaffId};
use crate::time::Moment;
use crate::web::formats::plain_date;
use chrono::{Datelike, NaiveDate};

/// A measure as it is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasureDraft {
    pub text: String,
    pub owner: StaffId,
    pub due_on: NaiveDate,
}

/// A task sheet as it is issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetDraft {
    pub task: String,
    /// The leader who issues it.
    pub issuer: StaffId,
    pub due_on: NaiveDate,
    pub measures: Vec<MeasureDraft>,
    /// One for each form that was opened, so that a form sent twice issues one sheet.
    pub submission: String,
}

/// Issues a task sheet (下达任务单) about a matter, which so becomes an enforcement matter.
///
/// # Errors
///
/// `Forbidden`; `NotFound` for a matter that the person may not see; `Refused` by the rules, or where issuer or owner may
/// not see the matter.
pub fn issue(conn: &mut Conn, act: &Act, id: MatterId, draft: &SheetDraft) -> Result<SheetId, Problem> {
    act.require(Permission::IssueTaskSheet)?;
    let matter = matters::find(conn, &act.by.scope, id)?;
    if let Some(made) = store::sheet_of_submission(conn, id, &draft.submission)? {
        return Ok(made);
    }
    let due: Vec<NaiveDate> = draft.measures.iter().map(|measure| measure.due_on).collect();
    rules::issue(matter.stage, act.now.today(), draft.due_on, &due)?;
    let Eligible { issuers, owners: allowed, .. } = eligible(conn, act, &matter)?;
    let issuer = issuers
        .into_iter()
        .find(|one| one.id == draft.issuer)
        .ok_or_else(|| Problem::refused("任务单由看得到这件事项的院长、副院长下达，请重新选择下达人。"))?;
    let sheet = sheet(conn, act, &matter, draft)?;
    store::insert_sheet(conn, &sheet)?;
    let mut told = Vec::new();
    for (position, measure) in (1_i64..).zip(&draft.measures) {
        let owner = one_of(&allowed, measure.owner)?;
        put(conn, act, (&sheet, position), measure, &format!("{}.{position}", draft.submission))?;
        told.push((owner.clone(), measure.due_on));
    }
    let text = issued_text(&sheet, &issuer, &told, &draft.measures);
    let count = draft.measures.len().to_string();
    let values = [("number", sheet.number.as_str()), ("to", issuer.name.as_str()), ("count", count.as_str())];
    leave(conn, act, &matter, "enforcement.sheet_issued", text, &values)?;
    tell(conn, act, &matter, &sheet, &told)?;
    if sheet.entered_by != sheet.issued_by {
        let content = mails::to_issuer(&sheet, &matter.number);
        queue(conn, act, (&issuer, &matter), content, format!("task-sheet-issuer:{}", sheet.id))?;
    }
    Ok(sheet.id)
}

fn sheet(conn: &mut Conn, act: &Act, matter: &Matter, draft: &SheetDraft) -> Result<TaskSheet, Problem> {
    let year = i64::from(act.now.today().year());
    let seq = matters::store::next_number(conn, matter.court_id, "task_sheet", year)?;
    let home = people::court(conn, matter.court_id)?;
    Ok(TaskSheet {
        id: SheetId::new(act.now),
        court_id: matter.court_id,
        matter_id: matter.id,
        number: matters::rules::number("{short}执任〔{year}〕{seq:4}号", &home.short_name, year, seq),
        year,
        seq,
        task: draft.task.clone(),
        issued_by: draft.issuer,
        entered_by: act.by.person()?,
        issued_at: act.now.utc(),
        due_on: draft.due_on,
        submission: draft.submission.clone(),
    })
}

pub(super) fn one_of(allowed: &[Staff], id: StaffId) -> Result<&Staff, Problem> {
    allowed.iter().find(|one| one.id == id).ok_or_else(|| {
        Problem::refused("选择的措施负责人看不到这件事项，请改选承办人、庭长、主管领导或者信访专干。")
    })
}

/// Writes a measure down; says whether it wasn't there yet.
fn put(
    conn: &mut Conn,
    act: &Act,
    (sheet, position): (&TaskSheet, i64),
    draft: &MeasureDraft,
    submission: &str,
) -> Result<bool, Problem> {
    let measure = Measure {
        id: MeasureId::new(act.now),
        sheet_id: sheet.id,
        matter_id: sheet.matter_id,
        position,
        text: draft.text.clone(),
        owner_id: draft.owner,
        due_on: draft.due_on,
        added_by: act.by.person()?,
        added_at: act.now.utc(),
        done_on: None,
        version: 0,
        submission: submission.to_owned(),
    };
    Ok(store::add_measure(conn, &measure)?)
}

fn issued_text(
    sheet: &TaskSheet,
    issuer: &Staff,
    owners: &[(Staff, NaiveDate)],
    measures: &[MeasureDraft],
) -> String {
    let mut text = format!(
        "{}下达执行任务单（{}），时限{}：{}",
        issuer.name,
        sheet.number,
        plain_date(sheet.due_on),
        sheet.task
    );
    for (nth, ((owner, due), measure)) in (1..).zip(owners.iter().zip(measures)) {
        text.push_str(&format!("\n{nth}. {}（{}，{}以前）", measure.text, owner.name, plain_date(*due)));
    }
    text
}

/// Tells each owner once, with how many measures and the first day.
pub(super) fn tell(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    sheet: &TaskSheet,
    owners: &[(Staff, NaiveDate)],
) -> Result<(), Problem> {
    let mut told: Vec<StaffId> = Vec::new();
    for (owner, _) in owners.iter().filter(|(owner, _)| Some(owner.id) != act.by.staff_id) {
        if told.contains(&owner.id) {
            continue;
        }
        told.push(owner.id);
        let theirs: Vec<NaiveDate> =
            owners.iter().filter(|(other, _)| other.id == owner.id).map(|(_, due)| *due).collect();
        let first = theirs.iter().min().copied().unwrap_or(sheet.due_on);
        let content = mails::to_owner(sheet, &matter.number, theirs.len(), first);
        let key = format!("task-sheet:{}:{}:{}", sheet.id, owner.id, act.now.utc());
        queue(conn, act, (owner, matter), content, key)?;
    }
    Ok(())
}

fn queue(
    conn: &mut Conn,
    act: &Act,
    (to, about): (&Staff, &Matter),
    content: Content,
    key: String,
) -> Result<(), Problem> {
    let Some(address) = to.mail.clone() else { return Ok(()) };
    let mail = NewMail {
        court_id: Some(to.court_id.0),
        kind: MailKind::Notice,
        recipient_id: Some(to.id.0),
        recipient: address,
        content,
        dedupe_key: Some(key),
        urgent: false,
        not_before: None,
        matter_id: Some(about.id.0),
    };
    mail::queue(conn, act.now, mail).map(drop)
}

/// Adds a measure to a task sheet (追加措施).
///
/// # Errors
///
/// `Forbidden`, `NotFound`; `Refused` by the rules or where the owner may not see the matter.
pub fn add_measure(
    conn: &mut Conn,
    act: &Act,
    id: SheetId,
    draft: &MeasureDraft,
    submission: &str,
) -> Result<MatterId, Problem> {
    act.require(Permission::IssueTaskSheet)?;
    let (sheet, matter) = store::sheet(conn, &act.by.scope, id)?;
    rules::add(matter.stage, act.now.today(), sheet.due_on, draft.due_on)?;
    let allowed = owners(conn, act, &matter)?;
    let owner = one_of(&allowed, draft.owner)?.clone();
    let last = store::measures_of(conn, matter.id)?;
    let last = last.iter().filter(|one| one.sheet_id == id).map(|one| one.position).max();
    if !put(conn, act, (&sheet, last.map_or(1, |last| last + 1)), draft, submission)? {
        return Ok(matter.id);
    }
    let text = format!(
        "执行任务单（{}）追加措施：{}（{}，{}以前）",
        sheet.number,
        draft.text,
        owner.name,
        plain_date(draft.due_on)
    );
    let values = [("number", sheet.number.as_str()), ("to", owner.name.as_str())];
    leave(conn, act, &matter, "enforcement.measure_added", text, &values)?;
    tell(conn, act, &matter, &sheet, &[(owner, draft.due_on)])?;
    Ok(matter.id)
}

/// How a measure went, as it is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultDraft {
    pub outcome: Outcome,
    /// When it was done, or turned out so.
    pub on: NaiveDate,
    pub text: String,
}

/// Records how a measure went (登记措施结果) that is still at `version`: the first time as its result, later as the next one,
/// or as a correction of the newest, which stays. The same result sent twice is recorded once.
///
/// # Errors
///
/// `Forbidden`, `NotFound`; `Refused` by [`rules::ended`]; `Stale` when somebody else was first.
pub fn record_result(
    conn: &mut Conn,
    act: &Act,
    id: MeasureId,
    version: i64,
    draft: &ResultDraft,
) -> Result<MatterId, Problem> {
    act.require(Permission::ManageEnforcement)?;
    let me = act.by.person()?;
    let (measure, matter) = store::measure(conn, &act.by.scope, id)?;
    let newest = store::results_of(conn, &[id])?.pop();
    let ResultDraft { outcome, on, text } = draft.clone();
    if measure.version != version {
        let again = |one: &MeasureResult| {
            (one.by_id, one.outcome, one.done_on, &one.text) == (me, outcome, on, &text)
        };
        return if newest.as_ref().is_some_and(again) { Ok(matter.id) } else { Err(Problem::Stale) };
    }
    let days = (Moment::from_utc(measure.added_at).today(), on, act.now.today());
    let ended = rules::ended(outcome, act.by.may(Permission::IssueTaskSheet), days)?;
    if !store::mark_ended(conn, id, version, ended)? {
        return Err(Problem::Stale);
    }
    let corrects_id = newest.as_ref().map(|one| one.id);
    let (id, at) = (ResultId::new(act.now), act.now.utc());
    let result =
        MeasureResult { id, measure_id: measure.id, text, done_on: on, by_id: me, at, corrects_id, outcome };
    store::insert_result(conn, &result)?;
    let corrects = newest.is_some_and(|one| one.outcome != Outcome::GoingOn);
    let action = if corrects { "enforcement.result_corrected" } else { "enforcement.result_recorded" };
    leave(conn, act, &matter, action, said(&measure, &result, corrects), &[("outcome", outcome.code())])?;
    Ok(matter.id)
}

/// What the timeline says of a result.
fn said(measure: &Measure, result: &MeasureResult, corrects: bool) -> String {
    let how = match result.outcome {
        Outcome::Done if result.done_on > measure.due_on => "逾期完成",
        Outcome::Done | Outcome::GoingOn | Outcome::GivenUp => result.outcome.label(),
    };
    let corrected = if corrects { "更正结果：" } else { "" };
    format!("{corrected}措施“{}”{how}（{}）：{}", measure.text, plain_date(result.done_on), result.text)
}
