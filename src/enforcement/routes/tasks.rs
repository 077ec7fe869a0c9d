//! Task sheets, measures, results.

use super::{detail_of, offering, offering_of, submission};
use crate::app::App;
use crate::enforcement::forms::{MeasureForm, OwnerForm, ResultForm, SheetForm};
use crate::enforcement::types::{MeasureId, SheetId};
use crate::enforcement::views::Of;
use crate::enforcement::{actions, pages, urls};
use crate::error::Problem;
use crate::matters::MatterId;
use crate::people::{Role, SignedIn};
use crate::web::form::Complaints;
use crate::web::{Flash, Form, Frame, html, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use maud::Markup;

/// Lines of a new sheet.
const LINES: usize = 2;

pub async fn issue_page(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    let offering = offering(&app, &by, id.into_inner()).await?;
    let leads = by.roles.contains(&Role::President) || by.roles.contains(&Role::VicePresident);
    let issuer = by.staff_id.filter(|_| leads).or(offering.detail.matter.supervising_leader_id);
    let form = SheetForm {
        submission: submission(),
        issuer: issuer.map_or_else(String::new, |id| id.to_string()),
        measure: vec![String::new(); LINES],
        owner: vec![String::new(); LINES],
        until: vec![String::new(); LINES],
        ..SheetForm::default()
    };
    Ok(pages::issue(&frame, &offering, &form, &Complaints::default()))
}

pub async fn issue(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<SheetForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id, mut form) = (app.act(&by), id.into_inner(), form.0);
    if form.change_rows() {
        let offering = offering(&app, &by, id).await?;
        return Ok(unprocessable(pages::issue(&frame, &offering, &form, &Complaints::default())));
    }
    let draft = match form.check(act.now.today()) {
        Ok(draft) => draft,
        Err(complaints) => {
            let offering = offering(&app, &by, id).await?;
            return Ok(unprocessable(pages::issue(&frame, &offering, &form, &complaints)));
        }
    };
    app.write(move |conn| actions::issue(conn, &act, id, &draft)).await?;
    let flash = Flash::done("任务单已经下达，措施负责人会收到邮件。需要纸质文书的，请打印任务单。");
    Ok(see_other_saying(&urls::of_matter(id), &flash))
}

pub async fn paper(app: App, by: SignedIn, frame: Frame, id: Path<SheetId>) -> Result<Markup, Problem> {
    let id = id.into_inner();
    let detail = detail_of(&app, &by, Of::Sheet(id)).await?;
    let shown = detail.sheet(id).ok_or(Problem::NotFound)?;
    Ok(pages::paper(&frame, &detail, shown))
}

pub async fn measure_page(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<SheetId>,
) -> Result<Markup, Problem> {
    let form = MeasureForm { submission: submission(), ..MeasureForm::default() };
    draw_measure(&app, &by, &frame, (id.into_inner(), &form), &Complaints::default()).await
}

async fn draw_measure(
    app: &App,
    by: &SignedIn,
    frame: &Frame,
    (id, form): (SheetId, &MeasureForm),
    told: &Complaints,
) -> Result<Markup, Problem> {
    let offering = offering_of(app, by, Of::Sheet(id)).await?;
    let shown = offering.detail.sheet(id).ok_or(Problem::NotFound)?;
    Ok(pages::add_measure(frame, (&offering, shown), form, told))
}

pub async fn add_measure(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<SheetId>,
    form: Form<MeasureForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let (draft, own) = match form.check(act.now.today()) {
        Ok(checked) => checked,
        Err(complaints) => {
            return Ok(unprocessable(draw_measure(&app, &by, &frame, (id, &form), &complaints).await?));
        }
    };
    let matter = app.write(move |conn| actions::add_measure(conn, &act, id, &draft, &own)).await?;
    Ok(see_other_saying(&urls::of_matter(matter), &Flash::done("措施已经追加，负责人会收到邮件。")))
}

async fn draw_owner(
    app: &App,
    by: &SignedIn,
    frame: &Frame,
    (id, form): (MeasureId, Option<&OwnerForm>),
    told: &Complaints,
) -> Result<Markup, Problem> {
    let offering = offering_of(app, by, Of::Measure(id)).await?;
    let shown = offering.detail.measure(id).ok_or(Problem::NotFound)?;
    let blank = OwnerForm { version: shown.measure.version, ..OwnerForm::default() };
    Ok(pages::pass_on(frame, (&offering, shown), form.unwrap_or(&blank), told))
}

pub async fn owner_page(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MeasureId>,
) -> Result<Markup, Problem> {
    draw_owner(&app, &by, &frame, (id.into_inner(), None), &Complaints::default()).await
}

pub async fn pass_on(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MeasureId>,
    form: Form<OwnerForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id, version) = (app.act(&by), id.into_inner(), form.version);
    let (to, reason) = match form.check() {
        Ok(checked) => checked,
        Err(complaints) => {
            let page = draw_owner(&app, &by, &frame, (id, Some(&form)), &complaints).await?;
            return Ok(unprocessable(page));
        }
    };
    let done = app.write(move |conn| actions::pass_on(conn, &act, id, version, (to, &reason))).await;
    if let Err(Problem::Stale) = done {
        let offering = offering_of(&app, &by, Of::Measure(id)).await?;
        let shown = offering.detail.measure(id).ok_or(Problem::NotFound)?;
        return Ok(html(StatusCode::CONFLICT, pages::owner_conflict(&frame, (&offering, shown), &form)));
    }
    Ok(see_other_saying(&urls::of_matter(done?), &Flash::done("负责人已经更换，新的负责人会收到邮件。")))
}

pub async fn result_page(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MeasureId>,
) -> Result<Markup, Problem> {
    let id = id.into_inner();
    let detail = detail_of(&app, &by, Of::Measure(id)).await?;
    let shown = detail.measure(id).ok_or(Problem::NotFound)?;
    let form = ResultForm { version: shown.measure.version, ..ResultForm::default() };
    Ok(pages::result(&frame, (&detail, shown), &form, &Complaints::default()))
}

pub async fn result(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MeasureId>,
    form: Form<ResultForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let draft = match form.check(act.now.today()) {
        Ok(checked) => checked,
        Err(complaints) => {
            let detail = detail_of(&app, &by, Of::Measure(id)).await?;
            let shown = detail.measure(id).ok_or(Problem::NotFound)?;
            return Ok(unprocessable(pages::result(&frame, (&detail, shown), &form, &complaints)));
        }
    };
    let version = form.version;
    let done = app.write(move |conn| actions::record_result(conn, &act, id, version, &draft)).await;
    if let Err(Problem::Stale) = done {
        let detail = detail_of(&app, &by, Of::Measure(id)).await?;
        let shown = detail.measure(id).ok_or(Problem::NotFound)?;
        return Ok(html(StatusCode::CONFLICT, pages::conflict(&frame, (&detail, shown), &form)));
    }
    Ok(see_other_saying(&urls::of_matter(done?), &Flash::done("措施结果已经登记。")))
}
