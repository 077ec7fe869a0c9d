//! Who calls what of the reviews' pages.

use super::forms::{DecideForm, OpenForm, PersonForm, ReviewQuery, StatementForm};
use super::pages::{self, Forms, RegisterPage};
use super::types::{ReviewId, State};
use super::{actions, sheets, urls, views};
use crate::app::{App, Export};
use crate::audit::Subject;
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::MatterId;
use crate::people::{self, Access, Act, Permission, Routes, SignedIn, StaffId};
use crate::time::Moment;
use crate::web::conflict::Beside;
use crate::web::form::Complaints;
use crate::web::formats::moment;
use crate::web::listing::{MOST_EXPORTED, PAGE};
use crate::web::{Flash, Form, Frame, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::web::{Path, Query};
use maud::Markup;

pub fn routes(routes: &mut Routes) {
    let see = Access::May(Permission::SeeAccountability);
    routes.get(urls::LIST, see, register);
    routes.get(urls::EXPORT, see, export);
    routes.get(urls::FINDINGS, see, findings);
    routes.get(urls::MINE, Access::SignedIn, mine);
    routes.post("/accountability/mine/{id}/statement", Access::SignedIn, stated);
    routes.get("/accountability/of/{matter}", see, opening);
    routes.post("/accountability/of/{matter}", see, open);
    routes.get("/accountability/{id}", see, show);
    routes.post("/accountability/{id}/people", see, add_person);
    routes.post("/accountability/{id}/people/{staff}", see, find_about);
    routes.post("/accountability/{id}/people/{staff}/notify", see, notify);
    routes.post("/accountability/{id}/decide", see, decide);
}

async fn register(
    app: App,
    by: SignedIn,
    frame: Frame,
    query: Query<ReviewQuery>,
) -> Result<Markup, Problem> {
    let (act, query) = (app.act(&by), query.into_inner());
    let asked = query.clone();
    let (listing, divisions) = app
        .read(move |conn| {
            let listing = views::page(conn, &act, &asked.filter(), asked.after(), PAGE)?;
            Ok((listing, people::division_list(conn, act.by.court()?)?))
        })
        .await?;
    Ok(pages::register(&frame, &RegisterPage { listing: &listing, query: &query, divisions: &divisions }))
}

async fn export(app: App, by: SignedIn, query: Query<ReviewQuery>) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let subject = Subject::Accountability(0);
    let export = Export { what: "责任倒查台账", action: "accountability.exported", subject };
    let all = move |conn: &mut Conn, act: &Act| views::page(conn, act, &query.filter(), None, MOST_EXPORTED);
    app.export(&by, export, all, sheets::reviews).await
}

async fn findings(app: App, by: SignedIn, frame: Frame) -> Result<Markup, Problem> {
    let act = app.act(&by);
    let (counted, divisions) = app.read(move |conn| views::counted(conn, &act)).await?;
    Ok(pages::findings(&frame, &counted, &divisions))
}

async fn mine(app: App, by: SignedIn, frame: Frame) -> Result<Markup, Problem> {
    let act = app.act(&by);
    let own = app.read(move |conn| views::own(conn, &act)).await?;
    Ok(pages::mine(&frame, &own, &StatementForm::default(), &Complaints::default()))
}

async fn stated(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<ReviewId>,
    form: Form<StatementForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let statement = match form.check() {
        Ok(statement) => statement,
        Err(told) => {
            let own = app.read(move |conn| views::own(conn, &act)).await?;
            return Ok(unprocessable(pages::mine(&frame, &own, &form, &told)));
        }
    };
    app.write(move |conn| actions::state(conn, &act, id, &statement)).await?;
    Ok(see_other_saying(urls::MINE, &Flash::done("您的意见已经提交。")))
}

async fn opening(app: App, by: SignedIn, frame: Frame, matter: Path<MatterId>) -> Result<Markup, Problem> {
    let (act, matter) = (app.act(&by), matter.into_inner());
    let opening = app.read(move |conn| views::opening(conn, &act, matter)).await?;
    Ok(pages::open(&frame, &opening, &OpenForm::default(), &Complaints::default()))
}

async fn open(
    app: App,
    by: SignedIn,
    frame: Frame,
    matter: Path<MatterId>,
    form: Form<OpenForm>,
) -> Result<HttpResponse, Problem> {
    let (act, matter) = (app.act(&by), matter.into_inner());
    let (staff, grounds) = match form.check() {
        Ok(both) => both,
        Err(told) => {
            let opening = app.read(move |conn| views::opening(conn, &act, matter)).await?;
            return Ok(unprocessable(pages::open(&frame, &opening, &form, &told)));
        }
    };
    let id = app.write(move |conn| actions::open(conn, &act, matter, staff, &grounds)).await?;
    Ok(see_other_saying(&urls::review(id), &Flash::done("责任倒查已经开展。被核查人在送达以前看不到。")))
}

/// The page of one review, with a form as it was typed where something was wrong with it.
async fn draw(
    app: &App,
    by: &SignedIn,
    frame: &Frame,
    id: ReviewId,
    typed: (Option<DecideForm>, Option<(StaffId, PersonForm)>),
    told: &Complaints,
) -> Result<Markup, Problem> {
    let act = app.act(by);
    let detail = app.read(move |conn| views::detail(conn, &act, id)).await?;
    let today = app.moment().today();
    let decide =
        typed.0.unwrap_or_else(|| DecideForm { decided_on: today.to_string(), ..DecideForm::default() });
    Ok(pages::detail(frame, &detail, &Forms { decide: &decide, person: typed.1.as_ref(), told }))
}

/// The page as it stands now, with what was typed, where somebody else was there first.
async fn stale(
    app: &App,
    by: &SignedIn,
    frame: &Frame,
    id: ReviewId,
    typed: (Option<DecideForm>, Option<(StaffId, PersonForm)>),
) -> Result<HttpResponse, Problem> {
    let page = draw(app, by, frame, id, typed, &Complaints::of_stale()).await?;
    Ok(crate::web::html(actix_web::http::StatusCode::CONFLICT, page))
}

async fn show(app: App, by: SignedIn, frame: Frame, id: Path<ReviewId>) -> Result<Markup, Problem> {
    draw(&app, &by, &frame, id.into_inner(), (None, None), &Complaints::default()).await
}

async fn add_person(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<ReviewId>,
    form: Form<PersonForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id, version) = (app.act(&by), id.into_inner(), form.version);
    let staff = match form.staff() {
        Ok(staff) => staff,
        Err(told) => return Ok(unprocessable(draw(&app, &by, &frame, id, (None, None), &told).await?)),
    };
    let done = app.write(move |conn| actions::add_person(conn, &act, (id, version), staff)).await;
    if matches!(done, Err(Problem::Stale)) {
        return stale(&app, &by, &frame, id, (None, None)).await;
    }
    done?;
    Ok(see_other_saying(&urls::review(id), &Flash::done("已经添加被核查人。")))
}

async fn find_about(
    app: App,
    by: SignedIn,
    frame: Frame,
    path: Path<(ReviewId, StaffId)>,
    form: Form<PersonForm>,
) -> Result<HttpResponse, Problem> {
    let (act, (id, staff), version) = (app.act(&by), path.into_inner(), form.version);
    let (finding, measure) = match form.finding() {
        Ok(found) => found,
        Err(told) => {
            let typed = (None, Some((staff, form.0.clone())));
            return Ok(unprocessable(draw(&app, &by, &frame, id, typed, &told).await?));
        }
    };
    let done = app
        .write(move |conn| actions::find_about(conn, &act, (id, version), staff, (&finding, &measure)))
        .await;
    if matches!(done, Err(Problem::Stale)) {
        return stale(&app, &by, &frame, id, (None, Some((staff, form.0)))).await;
    }
    done?;
    Ok(see_other_saying(&urls::review(id), &Flash::done("核查意见已经保存。")))
}

async fn notify(
    app: App,
    by: SignedIn,
    frame: Frame,
    path: Path<(ReviewId, StaffId)>,
    form: Form<PersonForm>,
) -> Result<HttpResponse, Problem> {
    let (act, (id, staff), version) = (app.act(&by), path.into_inner(), form.version);
    let done = app.write(move |conn| actions::notify(conn, &act, (id, version), staff)).await;
    if matches!(done, Err(Problem::Stale)) {
        return notified_late(&app, &by, &frame, (id, staff)).await;
    }
    done?;
    Ok(see_other_saying(&urls::review(id), &Flash::done("已经送达，本人登录后在“今日”页面看到。")))
}

/// Telling somebody of a review that has changed meanwhile: what would be told now.
async fn notified_late(
    app: &App,
    by: &SignedIn,
    frame: &Frame,
    (id, staff): (ReviewId, StaffId),
) -> Result<HttpResponse, Problem> {
    let act = app.act(by);
    let detail = app.read(move |conn| views::detail(conn, &act, id)).await?;
    let person = detail.persons.iter().find(|(person, _)| person.staff_id == staff);
    let (person, name) = person.ok_or(Problem::NotFound)?;
    let told = person.notified_at.map(|at| moment(Moment::from_utc(at)));
    let now = [
        ("状态", detail.row.state.label().to_owned()),
        ("送达给", name.clone()),
        ("对本人的认定", person.finding.clone()),
        ("处理", person.measure.clone()),
        ("已经送达", told.clone().unwrap_or_default()),
    ];
    let action = urls::notify(id, staff);
    let again = (action.as_str(), vec![("version", detail.row.version.to_string())]);
    let page = Beside {
        title: "责任倒查",
        help: "accountability",
        keep: &urls::review(id),
        meant: "送达本人",
        now: &now,
        again: (told.is_none() && detail.row.state == State::Decided).then_some(again),
    };
    Ok(page.answer(frame))
}

async fn decide(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<ReviewId>,
    form: Form<DecideForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id, version) = (app.act(&by), id.into_inner(), form.version);
    let decision = match form.check(act.now.today()) {
        Ok(decision) => decision,
        Err(told) => {
            let typed = (Some(form.0.clone()), None);
            return Ok(unprocessable(draw(&app, &by, &frame, id, typed, &told).await?));
        }
    };
    let done = app.write(move |conn| actions::decide(conn, &act, (id, version), &decision)).await;
    if matches!(done, Err(Problem::Stale)) {
        return stale(&app, &by, &frame, id, (Some(form.0), None)).await;
    }
    done?;
    Ok(see_other_saying(&urls::review(id), &Flash::done("已经认定。请逐人送达。")))
}
