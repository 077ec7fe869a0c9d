//! Who calls what of a referral's pages.

use super::forms::{AnswerForm, ReferForm};
use super::pages::{self, AnswerPage, ReferPage};
use super::types::Referral;
use super::views::{self, Candidate, Place};
use super::{actions, store};
use crate::app::App;
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::life::{self, Found};
use crate::matters::stages::{Event, Relation};
use crate::matters::{self, MatterId, urls};
use crate::people::{self, Access, Act, Permission, Role, Routes, SignedIn};
use crate::web::form::Complaints;
use crate::web::{Flash, Form, Frame, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::web::Path;
use maud::Markup;

pub fn routes(routes: &mut Routes) {
    let refer = Access::May(Permission::ReferMatter);
    let take = Access::May(Permission::TakeReferral);
    routes.get("/matters/{id}/refer", refer, refer_page);
    routes.post("/matters/{id}/refer", refer, send);
    routes.get("/matters/{id}/take-over", take, take_over_page);
    routes.post("/matters/{id}/take-over", take, take_over);
    routes.get("/matters/{id}/send-back", take, send_back_page);
    routes.post("/matters/{id}/send-back", take, send_back);
    routes.get("/matters/{id}/withdraw-referral", refer, withdraw_page);
    routes.post("/matters/{id}/withdraw-referral", refer, withdraw);
}

/// What the form of a referral shows.
struct Choices {
    found: Found,
    places: Vec<Place>,
}

fn choices(conn: &mut Conn, act: &Act, id: MatterId) -> Result<Choices, Problem> {
    let found = life::find_for(conn, act, id, Event::Refer)?;
    let places = views::places(conn, act, &found.matter)?;
    Ok(Choices { found, places })
}

fn draw_refer(frame: &Frame, choices: &Choices, form: &ReferForm, complaints: &Complaints) -> Markup {
    let officer = choices.found.relations.contains(&Relation::Officer);
    let matter = &choices.found.matter;
    pages::refer(frame, &ReferPage { matter, places: &choices.places, officer, form, complaints })
}

async fn refer_page(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let choices = app.read(move |conn| choices(conn, &act, id)).await?;
    Ok(draw_refer(&frame, &choices, &ReferForm::default(), &Complaints::default()))
}

async fn send(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<ReferForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let to = match form.check() {
        Ok(to) => to,
        Err(complaints) => {
            let choices = app.read(move |conn| choices(conn, &act, id)).await?;
            return Ok(unprocessable(draw_refer(&frame, &choices, &form, &complaints)));
        }
    };
    let version = form.version;
    let done = app.write(move |conn| actions::refer(conn, &act, id, version, &to)).await;
    if let Some(page) = matters::conflict(&app, &by, &frame, (id, Event::Refer), &*form, &done).await? {
        return Ok(page);
    }
    done?;
    Ok(see_other_saying(&urls::matter(id), &Flash::done("已经转办。对方接办之前，仍由现在的责任人负责。")))
}

/// What the form that answers a referral shows.
struct Received {
    found: Found,
    referral: Referral,
    sender: String,
    colleagues: Vec<Candidate>,
}

fn received(conn: &mut Conn, act: &Act, id: MatterId, event: Event) -> Result<Received, Problem> {
    let found = life::find_for(conn, act, id, event)?;
    let referral = store::pending(conn, id)?.ok_or(Problem::Stale)?;
    let sender =
        people::names_of(conn, &[referral.sender_id])?.remove(&referral.sender_id).unwrap_or_default();
    let heads =
        act.by.roles.contains(&Role::DivisionHead) && act.by.division_id == Some(referral.division_id);
    let mut colleagues = Vec::new();
    if heads && event == Event::TakeOver {
        let here = views::places(conn, act, &found.matter)?
            .into_iter()
            .filter(|place| place.division.id == referral.division_id);
        colleagues = here.flat_map(|place| place.people).collect();
        colleagues.retain(|one| Some(one.staff.id) != act.by.staff_id);
    }
    Ok(Received { found, referral, sender, colleagues })
}

fn draw(
    draw: fn(&Frame, &AnswerPage) -> Markup,
    frame: &Frame,
    received: &Received,
    form: &AnswerForm,
    complaints: &Complaints,
) -> Markup {
    let page = AnswerPage {
        matter: &received.found.matter,
        referral: &received.referral,
        sender: &received.sender,
        colleagues: &received.colleagues,
        form,
        complaints,
    };
    draw(frame, &page)
}

async fn answer_page(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: MatterId,
    event: Event,
    page: fn(&Frame, &AnswerPage) -> Markup,
) -> Result<Markup, Problem> {
    let act = app.act(&by);
    let received = app.read(move |conn| received(conn, &act, id, event)).await?;
    Ok(draw(page, &frame, &received, &AnswerForm::default(), &Complaints::default()))
}

async fn take_over_page(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    answer_page(app, by, frame, id.into_inner(), Event::TakeOver, pages::take_over).await
}

async fn send_back_page(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    answer_page(app, by, frame, id.into_inner(), Event::SendBack, pages::send_back).await
}

async fn withdraw_page(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    answer_page(app, by, frame, id.into_inner(), Event::Withdraw, pages::withdraw).await
}

/// The form again, with what is wrong.
async fn again(
    app: App,
    by: SignedIn,
    frame: Frame,
    (id, event, form): (MatterId, Event, &AnswerForm),
    page: fn(&Frame, &AnswerPage) -> Markup,
    complaints: Complaints,
) -> Result<HttpResponse, Problem> {
    let act = app.act(&by);
    let received = app.read(move |conn| received(conn, &act, id, event)).await?;
    Ok(unprocessable(draw(page, &frame, &received, form, &complaints)))
}

async fn take_over(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<AnswerForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id, version) = (app.act(&by), id.into_inner(), form.version);
    let pass_to = match form.pass_to() {
        Ok(pass_to) => pass_to,
        Err(complaints) => {
            let about = (id, Event::TakeOver, &*form);
            return again(app, by, frame, about, pages::take_over, complaints).await;
        }
    };
    let done = app.write(move |conn| actions::take_over(conn, &act, id, version, pass_to)).await;
    if let Some(page) = matters::conflict(&app, &by, &frame, (id, Event::TakeOver), &*form, &done).await? {
        return Ok(page);
    }
    done?;
    Ok(see_other_saying(&urls::matter(id), &Flash::done("已经接办，从现在起由您负责。")))
}

async fn send_back(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<AnswerForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id, version) = (app.act(&by), id.into_inner(), form.version);
    let reason = match form.reason() {
        Ok(reason) => reason,
        Err(complaints) => {
            let about = (id, Event::SendBack, &*form);
            return again(app, by, frame, about, pages::send_back, complaints).await;
        }
    };
    let done = app.write(move |conn| actions::send_back(conn, &act, id, version, &reason)).await;
    if let Some(page) = matters::conflict(&app, &by, &frame, (id, Event::SendBack), &*form, &done).await? {
        return Ok(page);
    }
    done?;
    Ok(see_other_saying("/", &Flash::done("已经退回，并通知了转办人。")))
}

async fn withdraw(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<AnswerForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id, version) = (app.act(&by), id.into_inner(), form.version);
    let reason = match form.reason() {
        Ok(reason) => reason,
        Err(complaints) => {
            let about = (id, Event::Withdraw, &*form);
            return again(app, by, frame, about, pages::withdraw, complaints).await;
        }
    };
    let done = app.write(move |conn| actions::withdraw(conn, &act, id, version, &reason)).await;
    if let Some(page) = matters::conflict(&app, &by, &frame, (id, Event::Withdraw), &*form, &done).await? {
        return Ok(page);
    }
    done?;
    Ok(see_other_saying(&urls::matter(id), &Flash::done("转办已经撤回。")))
}
