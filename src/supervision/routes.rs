//! Who calls what of the supervisions' pages.

use super::actions;
use super::boxes::{self, Issuing};
use super::forms::{AnswerForm, IssueForm, SupervisionQuery};
use super::pages::{self, RegisterPage};
use super::types::SupervisionId;
use super::views::{self, Listed};
use super::{sheets, urls};
use crate::app::App;
use crate::audit::{self, Subject};
use crate::calendar;
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::MatterId;
use crate::matters::views::{Listing, MOST_EXPORTED, PAGE};
use crate::people::{Access, Act, Permission, Routes, SignedIn};
use crate::sheets::XLSX;
use crate::web::form::Complaints;
use crate::web::{Flash, Form, Frame, download, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::web::{Path, Query};
use maud::Markup;

/// Working days within which an answer counts as soon due.
const SOON: u32 = 3;

pub fn routes(routes: &mut Routes) {
    let view = Access::May(Permission::ViewMatters);
    let supervise = Access::May(Permission::Supervise);
    routes.get(urls::LIST, view, register);
    routes.get(urls::EXPORT, Access::May(Permission::ExportRegister), export);
    routes.get("/supervision/of/{matter}", supervise, new);
    routes.post("/supervision/of/{matter}", supervise, issue);
    routes.get("/supervision/{id}", view, show);
    routes.get("/supervision/{id}/letter", view, letter);
    routes.post("/supervision/{id}/answer", Access::May(Permission::AnswerSupervision), answer);
}

fn page_of(
    conn: &mut Conn,
    act: &Act,
    query: &SupervisionQuery,
    size: i64,
) -> Result<Listing<Listed>, Problem> {
    let today = act.now.today();
    let soon = calendar::working_days(conn)?.after(today, SOON).unwrap_or(today);
    let filter = query.filter(act.by.staff_id, today, soon);
    views::page(conn, act, &filter, query.order(), query.after(), size)
}

async fn register(
    app: App,
    by: SignedIn,
    frame: Frame,
    query: Query<SupervisionQuery>,
) -> Result<Markup, Problem> {
    let (act, query) = (app.act(&by), query.into_inner());
    let asked = query.clone();
    let listing = app.read(move |conn| page_of(conn, &act, &asked, PAGE)).await?;
    let may_export = by.may(Permission::ExportRegister);
    let may_supervise = by.may(Permission::Supervise);
    Ok(pages::register(&frame, &RegisterPage { listing: &listing, query: &query, may_export, may_supervise }))
}

async fn export(app: App, by: SignedIn, query: Query<SupervisionQuery>) -> Result<HttpResponse, Problem> {
    let (act, query) = (app.act(&by), query.into_inner());
    let bytes = app
        .write(move |conn| {
            let listing = page_of(conn, &act, &query, MOST_EXPORTED)?;
            let values = [("what", "督办台账"), ("rows", &*listing.rows.len().to_string())];
            audit::record(conn, &act, "register.exported", Subject::Register(0), &values)?;
            sheets::supervisions(&listing.rows, &act)
        })
        .await?;
    Ok(download("督办台账.xlsx", XLSX, bytes))
}

async fn issuing(app: &App, by: &SignedIn, matter: MatterId) -> Result<Issuing, Problem> {
    let act = app.act(by);
    app.read(move |conn| boxes::issuing(conn, &act, matter)).await
}

async fn new(app: App, by: SignedIn, frame: Frame, matter: Path<MatterId>) -> Result<Markup, Problem> {
    let issuing = issuing(&app, &by, matter.into_inner()).await?;
    Ok(pages::issue(&frame, &issuing, &issuing.form, &Complaints::default()))
}

async fn issue(
    app: App,
    by: SignedIn,
    frame: Frame,
    matter: Path<MatterId>,
    form: Form<IssueForm>,
) -> Result<HttpResponse, Problem> {
    let (act, matter) = (app.act(&by), matter.into_inner());
    let notice = match form.check() {
        Ok(notice) => notice,
        Err(complaints) => {
            let issuing = issuing(&app, &by, matter).await?;
            return Ok(unprocessable(pages::issue(&frame, &issuing, &form, &complaints)));
        }
    };
    let after = form.after();
    let id = app.write(move |conn| actions::issue(conn, &act, matter, after, &notice)).await?;
    let flash = Flash::done("督办已经发出，收件人会收到邮件。需要纸质文书的，请打印督办函。");
    Ok(see_other_saying(&urls::supervision(id), &flash))
}

async fn show(app: App, by: SignedIn, frame: Frame, id: Path<SupervisionId>) -> Result<Markup, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let detail = app.read(move |conn| views::detail(conn, &act, id)).await?;
    let form = AnswerForm { version: detail.shown.row.version, ..AnswerForm::default() };
    Ok(pages::detail(&frame, &detail, &form, &Complaints::default()))
}

async fn letter(app: App, by: SignedIn, frame: Frame, id: Path<SupervisionId>) -> Result<Markup, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let detail = app.read(move |conn| views::detail(conn, &act, id)).await?;
    Ok(pages::letter(&frame, &detail))
}

async fn answer(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<SupervisionId>,
    form: Form<AnswerForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let text = match form.check() {
        Ok(text) => text,
        Err(complaints) => {
            let detail = app.read(move |conn| views::detail(conn, &act, id)).await?;
            return Ok(unprocessable(pages::detail(&frame, &detail, &form, &complaints)));
        }
    };
    let version = form.version;
    let reading = act.clone();
    let done = app.write(move |conn| actions::answer(conn, &act, id, version, &text)).await;
    if matches!(done, Err(Problem::Stale)) {
        let detail = app.read(move |conn| views::detail(conn, &reading, id)).await?;
        let form = AnswerForm { version: detail.shown.row.version, ..form.0 };
        let page = pages::detail(&frame, &detail, &form, &Complaints::of_stale());
        return Ok(crate::web::html(actix_web::http::StatusCode::CONFLICT, page));
    }
    done?;
    Ok(see_other_saying(&urls::supervision(id), &Flash::done("答复已经记录，督办人会收到邮件。")))
}
