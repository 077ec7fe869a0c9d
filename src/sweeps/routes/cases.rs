//! Cases: one after another, listed, and one by itself.

use super::answered;
use crate::app::{App, Export};
use crate::crypto::random_token;
use crate::db::Conn;
use crate::error::Problem;
use crate::people::{Act, Permission, SignedIn};
use crate::sweeps::forms::{AnswerForm, ClosingForm, RowQuery, TriageQuery, VisitForm};
use crate::sweeps::pages::{CaseTyped, RowsPage};
use crate::sweeps::types::{RowId, SweepId};
use crate::sweeps::views::{self, ListedRow, RowPage, Triage};
use crate::sweeps::{actions, pages, sheets, urls};
use crate::web::form::Complaints;
use crate::web::listing::{MOST_EXPORTED, PAGE};
use crate::web::{Flash, Form, Frame, Listing, see_other, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::web::{Path, Query};
use maud::Markup;

pub async fn rows(app: App, by: SignedIn, frame: Frame, query: Query<RowQuery>) -> Result<Markup, Problem> {
    let (act, query) = (app.act(&by), query.into_inner());
    let asked = query.clone();
    let (listing, divisions) = app
        .read(move |conn| {
            let listing = views::rows(conn, &act, &asked.filter(), asked.after(), PAGE)?;
            Ok((listing, views::divisions(conn, &act)?))
        })
        .await?;
    let may_export = by.may(Permission::ExportRegister);
    Ok(pages::rows(&frame, &RowsPage { listing: &listing, query: &query, divisions: &divisions, may_export }))
}

pub async fn export(app: App, by: SignedIn, query: Query<RowQuery>) -> Result<HttpResponse, Problem> {
    let filter = query.filter();
    let all = move |conn: &mut Conn, act: &Act| -> Result<Listing<ListedRow>, Problem> {
        views::rows(conn, act, &filter, None, MOST_EXPORTED)
    };
    app.export(&by, Export::of("排查的案件"), all, sheets::rows).await
}

async fn next(app: &App, by: &SignedIn, id: SweepId, query: TriageQuery) -> Result<Triage, Problem> {
    let act = app.act(by);
    app.read(move |conn| views::triage(conn, &act, id, &query)).await
}

pub async fn triage(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<SweepId>,
    query: Query<TriageQuery>,
) -> Result<Markup, Problem> {
    let page = next(&app, &by, id.into_inner(), query.into_inner()).await?;
    Ok(pages::triage(&frame, &page, &AnswerForm::default(), &Complaints::default()))
}

async fn load(app: &App, by: &SignedIn, id: RowId) -> Result<RowPage, Problem> {
    let act = app.act(by);
    app.read(move |conn| views::row(conn, &act, id)).await
}

/// What the page's forms hold before anything is typed.
fn blank(page: &RowPage, today: String) -> (AnswerForm, VisitForm, ClosingForm) {
    let answer = AnswerForm { from: "row".to_owned(), ..AnswerForm::default() };
    let visit = VisitForm { submission: random_token(), visited_on: today, ..VisitForm::default() };
    (answer, visit, ClosingForm::of(page.closing.as_ref().map(|(one, _)| one)))
}

/// Which form of a case's page was sent, as it was typed.
enum Sent<'a> {
    Nothing,
    Answer(&'a AnswerForm),
    Visit(&'a VisitForm),
    Closing(&'a ClosingForm),
}

fn draw(frame: &Frame, page: &RowPage, today: String, sent: &Sent<'_>, told: &Complaints) -> Markup {
    let (answer, visit, closing) = blank(page, today);
    let none = Complaints::default();
    let mut typed =
        CaseTyped { answer: &answer, visit: &visit, closing: &closing, told: (&none, &none, &none) };
    match sent {
        Sent::Nothing => {}
        Sent::Answer(form) => (typed.answer, typed.told.0) = (form, told),
        Sent::Visit(form) => (typed.visit, typed.told.1) = (form, told),
        Sent::Closing(form) => (typed.closing, typed.told.2) = (form, told),
    }
    pages::case(frame, page, &typed)
}

pub async fn show(app: App, by: SignedIn, frame: Frame, id: Path<RowId>) -> Result<Markup, Problem> {
    let page = load(&app, &by, id.into_inner()).await?;
    let today = app.moment().today().to_string();
    Ok(draw(&frame, &page, today, &Sent::Nothing, &Complaints::default()))
}

pub async fn answer(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<RowId>,
    form: Form<AnswerForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let sweep = load(&app, &by, id).await?.sweep.id;
    let (done, checked) = match form.check() {
        Ok(given) => {
            let version = form.version;
            let done = app.write(move |conn| actions::answer(conn, &act, id, version, &given)).await;
            (done, None)
        }
        Err(told) => (Ok(()), Some(told)),
    };
    // As it stands now, also after a refusal: with what somebody else has answered meanwhile.
    if form.from == "row" {
        let page = load(&app, &by, id).await?;
        let today = app.moment().today().to_string();
        let again = |told: &Complaints| draw(&frame, &page, today, &Sent::Answer(&form), told);
        return settled(done, checked, again, &urls::row(id), Some("结论已经保存。"));
    }
    let query = TriageQuery { row: id.to_string(), ..TriageQuery::default() };
    let page = next(&app, &by, sweep, query).await?;
    let again = |told: &Complaints| pages::triage(&frame, &page, &form, told);
    settled(done, checked, again, &urls::triage_after(sweep, id), None)
}

fn settled(
    done: Result<(), Problem>,
    checked: Option<Complaints>,
    again: impl FnOnce(&Complaints) -> Markup,
    to: &str,
    says: Option<&str>,
) -> Result<HttpResponse, Problem> {
    if let Some(told) = checked {
        return Ok(unprocessable(again(&told)));
    }
    match (answered(done, again)?, says) {
        (Ok(()), Some(words)) => Ok(see_other_saying(to, &Flash::done(words))),
        (Ok(()), None) => Ok(see_other(to)),
        (Err(page), _) => Ok(page),
    }
}

pub async fn visit(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<RowId>,
    form: Form<VisitForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let page = load(&app, &by, id).await?;
    let today = act.now.today();
    let (done, checked) = match form.check(today) {
        Ok(draft) => (app.write(move |conn| actions::visit(conn, &act, id, &draft)).await, None),
        Err(told) => (Ok(()), Some(told)),
    };
    let again = |told: &Complaints| draw(&frame, &page, today.to_string(), &Sent::Visit(&form), told);
    settled(done, checked, again, &urls::row(id), Some("走访已经记录。"))
}

pub async fn closing(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<RowId>,
    form: Form<ClosingForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    load(&app, &by, id).await?;
    let today = act.now.today();
    let (done, checked) = match form.check() {
        Ok(draft) => {
            let version = form.version;
            let done = app.write(move |conn| actions::record_closing(conn, &act, id, version, &draft)).await;
            (done, None)
        }
        Err(told) => (Ok(()), Some(told)),
    };
    let page = load(&app, &by, id).await?;
    let again = |told: &Complaints| draw(&frame, &page, today.to_string(), &Sent::Closing(&form), told);
    settled(done, checked, again, &urls::row(id), Some("结案情况已经保存。"))
}
