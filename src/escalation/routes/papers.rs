//! The papers of a tier: plan, report, and how a measure stands.

use super::{answered, blank, conflict, load};
use crate::app::App;
use crate::error::Problem;
use crate::escalation::forms::{NewsForm, PlanForm, ReportForm};
use crate::escalation::types::{Measure, MeasureId};
use crate::escalation::views::Detail;
use crate::escalation::{actions, pages, urls};
use crate::matters::MatterId;
use crate::people::SignedIn;
use crate::web::{Flash, Form, Frame, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::web::Path;
use maud::Markup;

/// The plan as it stands, to be changed.
pub(super) fn plan_of(detail: &Detail) -> PlanForm {
    detail.plan.as_ref().map_or_else(PlanForm::default, |plan| PlanForm {
        number: plan.number,
        crux: plan.crux.clone(),
        approach: plan.approach.clone(),
        division_of_work: plan.division_of_work.clone(),
    })
}

/// The report as it stands, to be changed; for a first one what the matter itself says.
pub(super) fn report_of(detail: &Detail) -> ReportForm {
    match &detail.report {
        Some(report) => ReportForm {
            number: report.number,
            case_facts: report.case_facts.clone(),
            course: report.course.clone(),
            obstacles: report.obstacles.clone(),
            opinion: report.opinion.clone(),
        },
        None => ReportForm { course: detail.matter.summary.clone(), ..ReportForm::default() },
    }
}

pub async fn plan_page(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    let detail = load(&app, &by, id.into_inner()).await?;
    let typed = plan_of(&detail);
    Ok(blank(|told| pages::plan(&frame, &detail, &typed, told)))
}

pub async fn plan(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<PlanForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let detail = load(&app, &by, id).await?;
    let draft = match form.check(detail.tier) {
        Ok(draft) => draft,
        Err(told) => return Ok(unprocessable(pages::plan(&frame, &detail, &form, &told))),
    };
    let number = form.number;
    let done = app.write(move |conn| actions::write_plan(conn, &act, id, number, &draft)).await;
    if matches!(done, Err(Problem::Stale)) {
        return conflict::plan(&frame, &load(&app, &by, id).await?, &form);
    }
    match answered(done, |told| pages::plan(&frame, &detail, &form, told))? {
        Ok(_) => Ok(see_other_saying(&urls::of(id), &Flash::done("化解方案已经保存。"))),
        Err(page) => Ok(page),
    }
}

pub async fn report_page(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
) -> Result<Markup, Problem> {
    let detail = load(&app, &by, id.into_inner()).await?;
    let typed = report_of(&detail);
    Ok(blank(|told| pages::report(&frame, &detail, &typed, told)))
}

pub async fn report(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<ReportForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let detail = load(&app, &by, id).await?;
    let draft = match form.check() {
        Ok(draft) => draft,
        Err(told) => return Ok(unprocessable(pages::report(&frame, &detail, &form, &told))),
    };
    let number = form.number;
    let done = app.write(move |conn| actions::report(conn, &act, id, number, &draft)).await;
    if matches!(done, Err(Problem::Stale)) {
        return conflict::report(&frame, &load(&app, &by, id).await?, &form);
    }
    match answered(done, |told| pages::report(&frame, &detail, &form, told))? {
        Ok(_) => Ok(see_other_saying(&urls::of(id), &Flash::done("案件情况汇报已经保存，可以打印。"))),
        Err(page) => Ok(page),
    }
}

fn measure_of(detail: &Detail, id: MeasureId) -> Result<&Measure, Problem> {
    let mut all = detail.measures.iter().map(|one| &one.measure);
    all.find(|measure| measure.id == id).ok_or(Problem::NotFound)
}

/// How a measure stands, to be changed.
pub(super) fn measure_form(one: &Measure) -> NewsForm {
    NewsForm { version: one.version, state: one.state.code().to_owned(), result: one.result.clone() }
}

pub async fn news_page(
    app: App,
    by: SignedIn,
    frame: Frame,
    path: Path<(MatterId, MeasureId)>,
) -> Result<Markup, Problem> {
    let (id, measure) = path.into_inner();
    let detail = load(&app, &by, id).await?;
    let one = measure_of(&detail, measure)?;
    let typed = measure_form(one);
    Ok(blank(|told| pages::news(&frame, &detail, one, &typed, told)))
}

pub async fn news(
    app: App,
    by: SignedIn,
    frame: Frame,
    path: Path<(MatterId, MeasureId)>,
    form: Form<NewsForm>,
) -> Result<HttpResponse, Problem> {
    let ((id, measure), act) = (path.into_inner(), app.act(&by));
    let detail = load(&app, &by, id).await?;
    let one = measure_of(&detail, measure)?;
    let news = match form.check() {
        Ok(news) => news,
        Err(told) => return Ok(unprocessable(pages::news(&frame, &detail, one, &form, &told))),
    };
    let version = form.version;
    let done = app.write(move |conn| actions::set_measure(conn, &act, (id, measure), version, &news)).await;
    if matches!(done, Err(Problem::Stale)) {
        let now = load(&app, &by, id).await?;
        return conflict::news(&frame, &now, measure_of(&now, measure)?, &form);
    }
    match answered(done, |told| pages::news(&frame, &detail, one, &form, told))? {
        Ok(()) => Ok(see_other_saying(&urls::of(id), &Flash::done("措施进展已经登记。"))),
        Err(page) => Ok(page),
    }
}
