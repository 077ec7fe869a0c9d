//! The papers of a tier: the report on the matter, the plan, and its measures.

use super::group::{fit, working};
use super::{note, posts_of};
use crate::audit::{self, Subject};
use crate::db::Conn;
use crate::deadlines::{self, Code};
use crate::error::Problem;
use crate::escalation::store;
use crate::escalation::types::{Measure, MeasureId, MeasureState, Plan, PlanId, Report, ReportId, Role};
use crate::matters::mails::{Notice, tell};
use crate::matters::{self, Matter, MatterId};
use crate::people::{self, Act, StaffId};
use crate::web::formats::plain_date;
use chrono::NaiveDate;

/// A report on a matter, as it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportDraft {
    pub case_facts: String,
    pub course: String,
    pub obstacles: String,
    pub opinion: String,
}

/// Keeps a report on the matter (案件情况汇报) as its next version. `number`: of the version that the page showed, 0 for none.
///
/// # Errors
///
/// `NotFound`; `Refused` for who doesn't work on it; `Stale` when there is a newer version.
pub fn report(
    conn: &mut Conn,
    act: &Act,
    id: MatterId,
    number: i64,
    draft: &ReportDraft,
) -> Result<ReportId, Problem> {
    let (matter, group) = working(conn, act, id)?;
    let before = store::newest_report(conn, id)?.map_or(0, |report| report.number);
    if before != number {
        return Err(Problem::Stale);
    }
    let report = Report {
        id: ReportId::new(act.now),
        court_id: matter.court_id,
        matter_id: id,
        tier: group.tier,
        number: number + 1,
        case_facts: draft.case_facts.clone(),
        course: draft.course.clone(),
        obstacles: draft.obstacles.clone(),
        opinion: draft.opinion.clone(),
        by_id: act.by.person()?,
        at: act.now.utc(),
    };
    store::insert_report(conn, &report)?;
    note(
        conn,
        act,
        &matter,
        format!("案件情况汇报（第{}稿）。下一步意见：{}", report.number, report.opinion),
    )?;
    let number = report.number.to_string();
    audit::record(conn, act, "tier.reported", Subject::Matter(id.0), &[("number", &number)])?;
    Ok(report.id)
}

/// A plan, as it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanDraft {
    pub crux: String,
    pub approach: String,
    pub division_of_work: String,
}

/// Keeps a plan (化解方案) as its next version; see [`report`].
///
/// # Errors
///
/// As [`report`].
pub fn write_plan(
    conn: &mut Conn,
    act: &Act,
    id: MatterId,
    number: i64,
    draft: &PlanDraft,
) -> Result<PlanId, Problem> {
    let (matter, group) = working(conn, act, id)?;
    let before = store::newest_plan(conn, id)?.map_or(0, |plan| plan.number);
    if before != number {
        return Err(Problem::Stale);
    }
    let plan = Plan {
        id: PlanId::new(act.now),
        court_id: matter.court_id,
        matter_id: id,
        tier: group.tier,
        number: number + 1,
        crux: draft.crux.clone(),
        approach: draft.approach.clone(),
        division_of_work: draft.division_of_work.clone(),
        by_id: act.by.person()?,
        at: act.now.utc(),
    };
    store::insert_plan(conn, &plan)?;
    note(conn, act, &matter, format!("化解方案（第{}稿）：{}", plan.number, plan.approach))?;
    planned(conn, act, &matter)?;
    let number = plan.number.to_string();
    audit::record(conn, act, "tier.planned", Subject::Matter(id.0), &[("number", &number)])?;
    Ok(plan.id)
}

/// A plan is there when it is written and has a measure.
fn planned(conn: &mut Conn, act: &Act, matter: &Matter) -> Result<(), Problem> {
    let tier = matter.tier;
    let plan = store::newest_plan(conn, matter.id)?.filter(|plan| Some(plan.tier.number()) == tier);
    if plan.is_some() && !store::measures_of(conn, matter.id)?.is_empty() {
        deadlines::meet(conn, matter.id.0, Code::TierPlan, act.now.today())?;
        matters::refresh_next(conn, matter)?;
    }
    Ok(())
}

/// Gives the open measures of whoever doesn't sit in the matter's group any more to `to`; to its head, where nobody took
/// their place.
pub(super) fn keep_owned(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    to: Option<StaffId>,
) -> Result<(), Problem> {
    let Some(group) = store::group_of(conn, matter.id)? else { return Ok(()) };
    let members = store::members_of(conn, group.id)?;
    let head = members.iter().find(|one| one.role == Role::Head).map(|one| one.staff_id);
    let Some(to) = to.or(head) else { return Ok(()) };
    let lost = |one: &Measure| {
        one.done_on.is_none() && !members.iter().any(|member| member.staff_id == one.owner_id)
    };
    for measure in store::measures_of(conn, matter.id)?.iter().filter(|one| lost(one)) {
        store::set_measure_owner(conn, measure.id, to)?;
        let name = people::staff_of_any_court(conn, to)?.name;
        let text = format!("化解措施“{}”的负责人不再参加工作组，改由{name}负责。", measure.text);
        note(conn, act, matter, text)?;
        let text = "化解方案有一项措施改由您负责。请打开事项，在“化解方案”里查看要求和期限。";
        let key = format!("tier-measure:{}:{}", measure.id, measure.version + 1);
        let notice = Notice { subject: "化解措施", text, key: &key, urgent: false };
        tell(conn, act, matter, to, notice)?;
    }
    Ok(())
}

/// A measure, as it is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasureDraft {
    pub text: String,
    pub owner: StaffId,
    pub due_on: NaiveDate,
    /// Made with the form: the same form sent twice is kept once.
    pub submission: String,
}

/// Adds a measure to the plan (增加措施). Its owner is told, and sees the matter if they sit in the group.
///
/// # Errors
///
/// `NotFound`; `Refused` for who doesn't work on it, and for an owner who may not know of it.
pub fn add_measure(
    conn: &mut Conn,
    act: &Act,
    id: MatterId,
    draft: &MeasureDraft,
) -> Result<MeasureId, Problem> {
    let (matter, group) = working(conn, act, id)?;
    if let Some(made) = store::measure_of_submission(conn, id, &draft.submission)? {
        return Ok(made);
    }
    let posts = posts_of(conn, act, &matter)?;
    let name = fit(conn, &matter, &posts, draft.owner)?;
    if !store::members_of(conn, group.id)?.iter().any(|one| one.staff_id == draft.owner) {
        return Err(Problem::refused("措施由工作组成员负责。请先把这位同志加入工作组，或者改选工作组成员。"));
    }
    let measure = Measure {
        id: MeasureId::new(act.now),
        court_id: matter.court_id,
        matter_id: id,
        text: draft.text.clone(),
        owner_id: draft.owner,
        due_on: draft.due_on,
        state: MeasureState::ToDo,
        result: String::new(),
        done_on: None,
        added_by: act.by.person()?,
        added_at: act.now.utc(),
        version: 0,
        submission: draft.submission.clone(),
    };
    store::insert_measure(conn, &measure)?;
    let due = plain_date(draft.due_on);
    note(conn, act, &matter, format!("化解措施：{}（{name}，{due}以前）", draft.text))?;
    planned(conn, act, &matter)?;
    let key = format!("tier-measure:{}", measure.id);
    let text = format!("化解方案有一项措施由您负责，应在{due}以前完成。请打开事项，在“化解方案”里登记进展。");
    tell(
        conn,
        act,
        &matter,
        draft.owner,
        Notice { subject: "化解措施", text: &text, key: &key, urgent: false },
    )?;
    audit::record(
        conn,
        act,
        "tier.measure_added",
        Subject::Matter(id.0),
        &[("owner", &name), ("due", &due)],
    )?;
    Ok(measure.id)
}

/// How a measure stands now, as it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasureNews {
    pub state: MeasureState,
    pub result: String,
}

/// Says how a measure stands (登记进展), if it is still at `version`. What is done needs its result.
///
/// # Errors
///
/// `NotFound`, `Stale`; `Refused` for who doesn't work on it, and for one done without a result.
pub fn set_measure(
    conn: &mut Conn,
    act: &Act,
    (id, measure): (MatterId, MeasureId),
    version: i64,
    news: &MeasureNews,
) -> Result<(), Problem> {
    let (matter, _) = working(conn, act, id)?;
    let before = store::measure(conn, id, measure)?;
    if news.state == MeasureState::Done && news.result.trim().is_empty() {
        return Err(Problem::refused("措施完成的，请写明结果。"));
    }
    let done_on = (news.state == MeasureState::Done).then(|| act.now.today());
    let now = Measure { state: news.state, result: news.result.clone(), done_on, ..before };
    if !store::save_measure(conn, &now, version)? {
        return Err(Problem::Stale);
    }
    let owner = people::staff_of_any_court(conn, now.owner_id)?.name;
    let text = format!("化解措施“{}”（{owner}）：{}。{}", now.text, now.state.label(), now.result);
    note(conn, act, &matter, text)?;
    audit::record(conn, act, "tier.measure_set", Subject::Matter(id.0), &[("state", now.state.code())])
}
