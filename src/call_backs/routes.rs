//! Who calls what of the call-backs' pages.

use super::forms::{AgainForm, AskForm, AskingQuery};
use super::types::{AskingId, AskingKind};
use super::views::{self, AgainPage, AskingPage, Listed};
use super::{actions, pages, sheets, urls};
use crate::app::{App, Export};
use crate::calendar;
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::MatterId;
use crate::matters::urls::matter;
use crate::people::{Access, Act, Permission, Routes, SignedIn};
use crate::time::Moment;
use crate::web::form::Complaints;
use crate::web::formats::plain_date;
use crate::web::listing::{Cursor, MOST_EXPORTED, PAGE};
use crate::web::{Flash, Form, Frame, Listing, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::web::{Path, Query};
use maud::Markup;

/// Those who ask, and the leaders; not the handlers, who might be asked about.
const LOOK: Access = Access::Any(&[Permission::AskSatisfaction, Permission::ExportRegister]);
pub fn routes(routes: &mut Routes) {
    let ask = Access::May(Permission::AskSatisfaction);
    let record = Access::May(Permission::RecordProgress);
    routes.get(urls::LIST, LOOK, register);
    routes.get(urls::EXPORT, Access::May(Permission::ExportRegister), export);
    routes.get("/matters/{id}/ask-satisfaction", ask, satisfaction_page);
    routes.post("/matters/{id}/ask-satisfaction", ask, satisfaction);
    routes.get("/matters/{id}/call-back", ask, call_back_page);
    routes.post("/matters/{id}/call-back", ask, call_back);
    routes.get("/matters/{id}/answer-again", record, again_page);
    routes.post("/matters/{id}/answer-again", record, again);
}

fn page_of(
    conn: &mut Conn,
    act: &Act,
    query: &AskingQuery,
    (after, size): (Option<Cursor<AskingId>>, i64),
) -> Result<Listing<Listed>, Problem> {
    let near = calendar::working_days(conn)?.near(act.now.today());
    views::page(conn, act, &query.filter(&near), after, size)
}

async fn register(
    app: App,
    by: SignedIn,
    frame: Frame,
    query: Query<AskingQuery>,
) -> Result<Markup, Problem> {
    let (act, query) = (app.act(&by), query.into_inner());
    let asked = query.clone();
    let listing = app.read(move |conn| page_of(conn, &act, &asked, (asked.after(), PAGE))).await?;
    Ok(pages::register(&frame, &listing, &query, by.may(Permission::ExportRegister)))
}

async fn export(app: App, by: SignedIn, query: Query<AskingQuery>) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let all = move |conn: &mut Conn, act: &Act| page_of(conn, act, &query, (None, MOST_EXPORTED));
    app.export(&by, Export::of("满意度与回访"), all, sheets::askings).await
}

async fn asking(app: &App, by: &SignedIn, id: MatterId, kind: AskingKind) -> Result<AskingPage, Problem> {
    let act = app.act(by);
    app.read(move |conn| views::asking(conn, &act, id, kind)).await
}

async fn satisfaction_page(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
) -> Result<Markup, Problem> {
    let page = asking(&app, &by, id.into_inner(), AskingKind::Satisfaction).await?;
    Ok(pages::ask(&frame, &page, &AskForm::default(), &Complaints::default()))
}

async fn call_back_page(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    let page = asking(&app, &by, id.into_inner(), AskingKind::CallBack).await?;
    Ok(pages::ask(&frame, &page, &AskForm::default(), &Complaints::default()))
}

async fn asked(
    app: App,
    by: SignedIn,
    frame: Frame,
    (id, kind): (MatterId, AskingKind),
    form: &AskForm,
) -> Result<HttpResponse, Problem> {
    let act = app.act(&by);
    let answer = match form.check() {
        Ok(answer) => answer,
        Err(complaints) => {
            let page = asking(&app, &by, id, kind).await?;
            return Ok(unprocessable(pages::ask(&frame, &page, form, &complaints)));
        }
    };
    app.write(move |conn| actions::ask(conn, &act, id, kind, &answer)).await?;
    Ok(see_other_saying(urls::LIST, &Flash::done("已经记录。下面是还没有询问的。")))
}

async fn satisfaction(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<AskForm>,
) -> Result<HttpResponse, Problem> {
    asked(app, by, frame, (id.into_inner(), AskingKind::Satisfaction), &form).await
}

async fn call_back(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<AskForm>,
) -> Result<HttpResponse, Problem> {
    asked(app, by, frame, (id.into_inner(), AskingKind::CallBack), &form).await
}

async fn again_for(app: &App, by: &SignedIn, id: MatterId) -> Result<AgainPage, Problem> {
    let act = app.act(by);
    app.read(move |conn| views::again(conn, &act, id)).await
}

async fn again_page(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    let page = again_for(&app, &by, id.into_inner()).await?;
    let text = page.replies.last().map_or_else(String::new, |reply| {
        let on = plain_date(Moment::from_utc(reply.given_at).today());
        format!("您反映的事项，本院已于{on}作出答复（{}），请以该答复为准。", page.matter.number)
    });
    Ok(pages::again(&frame, &page, &AgainForm { text, ..AgainForm::default() }, &Complaints::default()))
}

async fn again(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<AgainForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let (manner, text) = match form.check() {
        Ok(answer) => answer,
        Err(complaints) => {
            let page = again_for(&app, &by, id).await?;
            return Ok(unprocessable(pages::again(&frame, &page, &form, &complaints)));
        }
    };
    app.write(move |conn| actions::answer_again(conn, &act, id, (manner, &text))).await?;
    Ok(see_other_saying(&matter(id), &Flash::done("已经记录答复。")))
}
