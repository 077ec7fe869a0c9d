//! Who calls what of the supervisions' pages.

use super::actions;
use super::boxes::{self, Issuing};
use super::forms::{AnswerForm, IssueForm, SupervisionQuery};
use super::pages::{self, RegisterPage};
use super::types::{Manner, Supervision, SupervisionId};
use super::views::{self, Listed};
use super::{sheets, store, urls};
use crate::app::{App, Export};
use crate::calendar;
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::{self, MatterId};
use crate::people::{self, Access, Act, Permission, Routes, SignedIn};
use crate::web::conflict::{Beside, Both, fields_of};
use crate::web::form::Complaints;
use crate::web::formats::plain_date;
use crate::web::listing::{Cursor, MOST_EXPORTED, PAGE};
use crate::web::{Flash, Form, Frame, Listing, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::web::{Path, Query};
use maud::Markup;

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
    (after, size): (Option<Cursor<SupervisionId>>, i64),
) -> Result<Listing<Listed>, Problem> {
    let near = calendar::working_days(conn)?.near(act.now.today());
    views::page(conn, act, &query.filter(act.by.staff_id, &near), query.order(), after, size)
}

async fn register(
    app: App,
    by: SignedIn,
    frame: Frame,
    query: Query<SupervisionQuery>,
) -> Result<Markup, Problem> {
    let (act, query) = (app.act(&by), query.into_inner());
    let asked = query.clone();
    let listing = app.read(move |conn| page_of(conn, &act, &asked, (asked.after(), PAGE))).await?;
    let may_export = by.may(Permission::ExportRegister);
    let may_supervise = by.may(Permission::Supervise);
    Ok(pages::register(&frame, &RegisterPage { listing: &listing, query: &query, may_export, may_supervise }))
}

async fn export(app: App, by: SignedIn, query: Query<SupervisionQuery>) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let all = move |conn: &mut Conn, act: &Act| page_of(conn, act, &query, (None, MOST_EXPORTED));
    app.export(&by, Export::of("督办台账"), all, sheets::supervisions).await
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
    let done = app.write(move |conn| actions::issue(conn, &act, matter, after, &notice)).await;
    if matches!(done, Err(Problem::Stale)) {
        return both(&app, &by, &frame, matter, &form).await;
    }
    let id = done?;
    let flash = Flash::done("督办已经发出，收件人会收到邮件。需要纸质文书的，请打印督办函。");
    Ok(see_other_saying(&urls::supervision(id), &flash))
}

/// What there is to see of a demand made meanwhile, where no further one may be made.
fn stands(theirs: &Supervision, addressee: String, why: String, mine: String) -> [(&'static str, String); 6] {
    [
        ("方式", theirs.manner.label().to_owned()),
        ("收件人", addressee),
        ("要求", theirs.demand.clone()),
        ("答复期限", plain_date(theirs.due_on)),
        ("为什么现在不能再发", why),
        ("您写的要求", mine),
    ]
}

/// A demand where somebody else has made one meanwhile: theirs beside the one that was typed.
async fn both(
    app: &App,
    by: &SignedIn,
    frame: &Frame,
    matter: MatterId,
    mine: &IssueForm,
) -> Result<HttpResponse, Problem> {
    let act = app.act(by);
    let (theirs, people, refused) = app
        .read(move |conn| {
            let found = matters::find(conn, &act.by.scope, matter)?;
            let latest = store::latest_of(conn, found.id)?.ok_or(Problem::NotFound)?;
            let people = people::staff_in_court(conn, found.court_id)?;
            let refused = match boxes::issuing(conn, &act, matter) {
                Err(Problem::Refused(why)) => Some(why),
                other => other.map(|_| None)?,
            };
            Ok((latest, people, refused))
        })
        .await?;
    let named = |id: &str| people.iter().find(|one| one.id.to_string() == id).map(|one| one.name.clone());
    let words = |name: &str, value: &str| match name {
        "manner" => Manner::from_code(value).map(|manner| manner.label().to_owned()),
        "addressee" | "signer" => named(value),
        _ => None,
    };
    let (title, keep) =
        (format!("{}（{}）", theirs.number, theirs.round.label()), urls::supervision(theirs.id));
    if let Some(why) = refused {
        let addressee = named(&theirs.addressee_id.to_string()).unwrap_or_default();
        let now = stands(&theirs, addressee, why.to_string(), mine.demand.clone());
        let (help, meant) = ("supervision", "发出督办");
        return Ok(Beside { title: &title, help, keep: &keep, meant, now: &now, again: None }.answer(frame));
    }
    let page = Both {
        title: &title,
        help: "supervision",
        keep: &keep,
        action: &urls::issue(matter),
        mine: fields_of(mine)?,
        theirs: fields_of(&IssueForm::of(&theirs))?,
        labels: &[
            ("manner", "方式"),
            ("addressee", "收件人"),
            ("signer", "签发人"),
            ("demand", "要求"),
            ("spoken", "电话或现场情况"),
        ],
        fresh: vec![("after", theirs.id.to_string())],
        words: &words,
    };
    Ok(page.answer(frame))
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
