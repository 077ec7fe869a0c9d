//! Who calls what of the pages of assignments from above.

use super::actions;
use super::forms::{AssignmentQuery, StepForm, TakeForm};
use super::pages::{self, RegisterPage};
use super::types::{AssignmentEventId, AssignmentId, Step};
use super::views::{self, Listed, Stepping};
use super::{sheets, urls};
use crate::app::{App, Export};
use crate::calendar;
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::stages::Event;
use crate::matters::urls::matter as matter_url;
use crate::matters::{self, Matter, MatterId, life};
use crate::people::{Access, Act, Permission, Routes, SignedIn};
use crate::web::form::Complaints;
use crate::web::listing::{Cursor, MOST_EXPORTED, PAGE};
use crate::web::{Flash, Form, Frame, Listing, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::web::{Path, Query};
use maud::Markup;

pub fn routes(routes: &mut Routes) {
    let view = Access::May(Permission::ViewMatters);
    let register = Access::May(Permission::RegisterMatter);
    let object = Access::May(Permission::ReferMatter);
    let report = Access::May(Permission::RecordProgress);
    routes.get(urls::LIST, view, list);
    routes.get(urls::EXPORT, Access::May(Permission::ExportRegister), export);
    routes.get("/matters/{id}/take-assignment", register, take_page);
    routes.post("/matters/{id}/take-assignment", register, take);
    routes.get("/matters/{id}/object-above", object, object_page);
    routes.post("/matters/{id}/object-above", object, object_step);
    routes.get("/matters/{id}/report-above", report, report_page);
    routes.post("/matters/{id}/report-above", report, report_step);
    routes.get("/matters/{id}/answer-from-above", register, answer_page);
    routes.post("/matters/{id}/answer-from-above", register, answer_step);
    routes.get("/matters/{id}/reports-above/{event}", view, paper);
}

fn page_of(
    conn: &mut Conn,
    act: &Act,
    query: &AssignmentQuery,
    (after, size): (Option<Cursor<AssignmentId>>, i64),
) -> Result<Listing<Listed>, Problem> {
    let near = calendar::working_days(conn)?.near(act.now.today());
    views::page(conn, act, &query.filter(act.by.staff_id, &near), query.order(), after, size)
}

async fn list(
    app: App,
    by: SignedIn,
    frame: Frame,
    query: Query<AssignmentQuery>,
) -> Result<Markup, Problem> {
    let (act, query) = (app.act(&by), query.into_inner());
    let asked = query.clone();
    let listing = app.read(move |conn| page_of(conn, &act, &asked, (asked.after(), PAGE))).await?;
    let may_export = by.may(Permission::ExportRegister);
    let may_register = by.may(Permission::RegisterMatter);
    Ok(pages::register(&frame, &RegisterPage { listing: &listing, query: &query, may_export, may_register }))
}

async fn export(app: App, by: SignedIn, query: Query<AssignmentQuery>) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let all = move |conn: &mut Conn, act: &Act| page_of(conn, act, &query, (None, MOST_EXPORTED));
    app.export(&by, Export::of("上级交办台账"), all, sheets::assignments).await
}

async fn taking(app: &App, by: &SignedIn, id: MatterId) -> Result<Matter, Problem> {
    let act = app.act(by);
    let found = app.read(move |conn| life::find_for(conn, &act, id, Event::TakeAssignment)).await?;
    Ok(found.matter)
}

async fn take_page(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    let matter = taking(&app, &by, id.into_inner()).await?;
    Ok(pages::take(&frame, &matter, &TakeForm::default(), &Complaints::default()))
}

async fn take(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<TakeForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let new = match form.check(act.now.today()) {
        Ok(new) => new,
        Err(complaints) => {
            let matter = taking(&app, &by, id).await?;
            return Ok(unprocessable(pages::take(&frame, &matter, &form, &complaints)));
        }
    };
    app.write(move |conn| actions::take(conn, &act, id, &new).map(drop)).await?;
    Ok(see_other_saying(&matter_url(id), &Flash::done("已经登记上级交办，责任人和主管领导会收到邮件。")))
}

async fn form_of(app: &App, by: &SignedIn, id: MatterId, event: Event) -> Result<Stepping, Problem> {
    let act = app.act(by);
    app.read(move |conn| views::stepping(conn, &act, id, event)).await
}

async fn step_page(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    event: Event,
) -> Result<Markup, Problem> {
    let page = form_of(&app, &by, id.into_inner(), event).await?;
    let form = StepForm { step: suggested(&page), ..StepForm::default() };
    Ok(pages::stepping(&frame, event, &page, &form, &Complaints::default()))
}

/// The only step there is; else none is chosen beforehand.
fn suggested(page: &Stepping) -> String {
    match page.open.as_slice() {
        [(_, steps)] => match steps.as_slice() {
            [only] => only.code().to_owned(),
            _ => String::new(),
        },
        _ => String::new(),
    }
}

async fn step(
    app: App,
    by: SignedIn,
    frame: Frame,
    (id, event): (MatterId, Event),
    form: Form<StepForm>,
) -> Result<HttpResponse, Problem> {
    let act = app.act(&by);
    let steps: Vec<Step> =
        Step::ALL.iter().copied().filter(|step| actions::event_of(*step) == event).collect();
    let (about, new) = match form.check(&steps, act.now.today()) {
        Ok(read) => read,
        Err(complaints) => {
            let page = form_of(&app, &by, id, event).await?;
            return Ok(unprocessable(pages::stepping(&frame, event, &page, &form, &complaints)));
        }
    };
    let done = app.write(move |conn| actions::step(conn, &act, id, about, &new)).await;
    if let Some(page) = matters::conflict(&app, &by, &frame, (id, event), &*form, &done).await? {
        return Ok(page);
    }
    done?;
    Ok(see_other_saying(&matter_url(id), &Flash::done("已经登记。")))
}

async fn object_page(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    step_page(app, by, frame, id, Event::ObjectAbove).await
}

async fn object_step(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<StepForm>,
) -> Result<HttpResponse, Problem> {
    step(app, by, frame, (id.into_inner(), Event::ObjectAbove), form).await
}

async fn report_page(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    step_page(app, by, frame, id, Event::ReportAbove).await
}

async fn report_step(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<StepForm>,
) -> Result<HttpResponse, Problem> {
    step(app, by, frame, (id.into_inner(), Event::ReportAbove), form).await
}

async fn answer_page(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    step_page(app, by, frame, id, Event::AnswerFromAbove).await
}

async fn answer_step(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<StepForm>,
) -> Result<HttpResponse, Problem> {
    step(app, by, frame, (id.into_inner(), Event::AnswerFromAbove), form).await
}

async fn paper(
    app: App,
    by: SignedIn,
    frame: Frame,
    path: Path<(MatterId, AssignmentEventId)>,
) -> Result<Markup, Problem> {
    let (act, (id, event)) = (app.act(&by), path.into_inner());
    let report = app.read(move |conn| views::report(conn, &act, id, event)).await?;
    Ok(pages::report(&frame, &report))
}
