//! Who calls what of the reviews' pages.

use super::forms::{HandOverForm, OutcomeForm, RequestForm};
use super::types::ReviewRequest;
use super::views::{self, Requesting};
use super::{ReviewRequestId, actions, pages, urls};
use crate::app::App;
use crate::error::Problem;
use crate::matters::stages::Event;
use crate::matters::urls::matter as matter_url;
use crate::matters::{self, Matter, MatterId};
use crate::people::{Access, Permission, Routes, SignedIn};
use crate::web::form::Complaints;
use crate::web::{Flash, Form, Frame, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::web::{Path, Query};
use maud::Markup;
use serde::Deserialize;

pub fn routes(routes: &mut Routes) {
    let receive = Access::May(Permission::RegisterMatter);
    let close = Access::May(Permission::CloseMatter);
    routes.get(urls::ABOVE, Access::May(Permission::ExportRegister), register);
    routes.get("/matters/{id}/request-review", receive, request_page);
    routes.post("/matters/{id}/request-review", receive, request);
    routes.get("/matters/{id}/hand-file-over", close, hand_over_page);
    routes.post("/matters/{id}/hand-file-over", close, hand_over);
    routes.get("/matters/{id}/decide-review", close, decide_page);
    routes.post("/matters/{id}/decide-review", close, decide);
    routes.get("/matters/{id}/review-outcome", close, outcome_page);
    routes.post("/matters/{id}/review-outcome", close, outcome);
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct After {
    after: String,
}

async fn register(app: App, by: SignedIn, frame: Frame, query: Query<After>) -> Result<Markup, Problem> {
    let act = app.act(&by);
    let after = query.after.parse::<ReviewRequestId>().ok();
    let (open, listing) =
        app.read(move |conn| Ok((views::open(conn, &act)?, views::sent_up(conn, &act, after)?))).await?;
    Ok(pages::register(&frame, &open, &listing, after.is_none()))
}

async fn requesting(app: &App, by: &SignedIn, id: MatterId) -> Result<Requesting, Problem> {
    let act = app.act(by);
    app.read(move |conn| views::requesting(conn, &act, id)).await
}

async fn request_page(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    let page = requesting(&app, &by, id.into_inner()).await?;
    let today = app.moment().today().to_string();
    let form = RequestForm {
        requested_on: today.clone(),
        received_on: today,
        above: page.above.clone(),
        ..RequestForm::default()
    };
    Ok(pages::request(&frame, &page, &form, &Complaints::default()))
}

async fn request(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<RequestForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let page = requesting(&app, &by, id).await?;
    let asked = match form.check(page.served_on, act.now.today()) {
        Ok(asked) => asked,
        Err(complaints) => return Ok(unprocessable(pages::request(&frame, &page, &form, &complaints))),
    };
    app.write(move |conn| actions::request(conn, &act, id, &asked).map(drop)).await?;
    Ok(see_other_saying(&matter_url(id), &Flash::done("已经登记申请，请在收到之日起五个工作日内移送案卷。")))
}

async fn open(
    app: &App,
    by: &SignedIn,
    id: MatterId,
    event: Event,
) -> Result<(Matter, ReviewRequest), Problem> {
    let act = app.act(by);
    app.read(move |conn| views::open_for(conn, &act, id, event)).await
}

async fn hand_over_page(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    let (matter, request) = open(&app, &by, id.into_inner(), Event::HandFileOver).await?;
    Ok(pages::hand_over(&frame, (&matter, &request), &HandOverForm::default(), &Complaints::default()))
}

async fn hand_over(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<HandOverForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id, version) = (app.act(&by), id.into_inner(), form.version);
    let note = match form.check() {
        Ok(note) => note,
        Err(complaints) => {
            let (matter, request) = open(&app, &by, id, Event::HandFileOver).await?;
            return Ok(unprocessable(pages::hand_over(&frame, (&matter, &request), &form, &complaints)));
        }
    };
    let done = app.write(move |conn| actions::hand_over(conn, &act, id, version, &note)).await;
    if let Some(page) = matters::conflict(&app, &by, &frame, (id, Event::HandFileOver), &*form, &done).await?
    {
        return Ok(page);
    }
    done?;
    Ok(see_other_saying(&matter_url(id), &Flash::done("已经记录移送。")))
}

async fn outcome_page(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    let (matter, request) = open(&app, &by, id.into_inner(), Event::ReviewOutcome).await?;
    Ok(pages::outcome(&frame, (&matter, &request), &OutcomeForm::default(), &Complaints::default()))
}

async fn outcome(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<OutcomeForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id, version) = (app.act(&by), id.into_inner(), form.version);
    let (matter, request) = open(&app, &by, id, Event::ReviewOutcome).await?;
    let decided = match form.check(request.requested_on, act.now.today()) {
        Ok(decided) => decided,
        Err(complaints) => {
            return Ok(unprocessable(pages::outcome(&frame, (&matter, &request), &form, &complaints)));
        }
    };
    let done = app.write(move |conn| actions::decide(conn, &act, id, version, &decided)).await;
    if let Some(page) =
        matters::conflict(&app, &by, &frame, (id, Event::ReviewOutcome), &*form, &done).await?
    {
        return Ok(page);
    }
    done?;
    Ok(see_other_saying(&matter_url(id), &Flash::done("已经登记结果。")))
}

async fn here(app: &App, by: &SignedIn, id: MatterId) -> Result<(Matter, ReviewRequest), Problem> {
    let act = app.act(by);
    app.read(move |conn| views::here(conn, &act, id)).await
}

async fn decide_page(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    let (matter, request) = here(&app, &by, id.into_inner()).await?;
    let decided_on = app.moment().today().to_string();
    let form = OutcomeForm { decided_on, ..OutcomeForm::default() };
    Ok(pages::decide(&frame, (&matter, &request), &form, &Complaints::default()))
}

async fn decide(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<OutcomeForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id, version) = (app.act(&by), id.into_inner(), form.version);
    let (matter, request) = here(&app, &by, id).await?;
    let decided = match form.check(request.requested_on, act.now.today()) {
        Ok(decided) => decided,
        Err(complaints) => {
            return Ok(unprocessable(pages::decide(&frame, (&matter, &request), &form, &complaints)));
        }
    };
    let done = app.write(move |conn| actions::decide_here(conn, &act, id, version, &decided)).await;
    if let Some(page) = matters::conflict(&app, &by, &frame, (id, Event::DecideReview), &*form, &done).await?
    {
        return Ok(page);
    }
    done?;
    Ok(see_other_saying(&matter_url(id), &Flash::done("已经作出意见，并记入下级法院的事项。")))
}
