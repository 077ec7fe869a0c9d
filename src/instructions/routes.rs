//! Who calls what of the instructions' pages.

use super::actions;
use super::boxes::{self, Offering};
use super::forms::{AskForm, GiveForm, InstructionQuery, SayForm};
use super::pages::{self, Forms, RegisterPage};
use super::rules::Step;
use super::types::InstructionId;
use super::views::{self, Listed};
use super::{sheets, urls};
use crate::app::{App, Export};
use crate::calendar;
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::MatterId;
use crate::people::{Access, Act, Permission, Routes, SignedIn};
use crate::web::conflict::Beside;
use crate::web::form::Complaints;
use crate::web::listing::{Cursor, MOST_EXPORTED, PAGE};
use crate::web::{Flash, Form, Frame, Listing, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::web::{Path, Query};
use maud::Markup;

pub fn routes(routes: &mut Routes) {
    let view = Access::May(Permission::ViewMatters);
    let ask = Access::May(Permission::RequestInstruction);
    let give = Access::May(Permission::GiveInstruction);
    routes.get(urls::LIST, view, register);
    routes.get(urls::EXPORT, Access::May(Permission::ExportRegister), export);
    routes.get("/instructions/ask/{matter}", ask, asking);
    routes.post("/instructions/ask/{matter}", ask, asked);
    routes.get("/instructions/give/{matter}", give, instructing);
    routes.post("/instructions/give/{matter}", give, instructed);
    routes.get("/instructions/{id}", view, show);
    routes.get("/instructions/{id}/sheet", view, sheet);
    routes.post("/instructions/{id}/give", give, given);
    routes.post("/instructions/{id}/return", give, returned);
    routes.post("/instructions/{id}/withdraw", ask, withdrawn);
    routes.post("/instructions/{id}/finish", view, finished);
    routes.post("/instructions/{id}/confirm", view, confirmed);
    routes.post("/instructions/{id}/send-back", view, sent_back);
    routes.post("/instructions/{id}/hand-on", view, handed_on);
}

fn page_of(
    conn: &mut Conn,
    act: &Act,
    query: &InstructionQuery,
    (after, size): (Option<Cursor<InstructionId>>, i64),
) -> Result<Listing<Listed>, Problem> {
    let near = calendar::working_days(conn)?.near(act.now.today());
    views::page(conn, act, &query.filter(act.by.staff_id, &near), query.order(), after, size)
}

async fn register(
    app: App,
    by: SignedIn,
    frame: Frame,
    query: Query<InstructionQuery>,
) -> Result<Markup, Problem> {
    let (act, query) = (app.act(&by), query.into_inner());
    let asked = query.clone();
    let listing = app.read(move |conn| page_of(conn, &act, &asked, (asked.after(), PAGE))).await?;
    let may_export = by.may(Permission::ExportRegister);
    Ok(pages::register(&frame, &RegisterPage { listing: &listing, query: &query, may_export }))
}

async fn export(app: App, by: SignedIn, query: Query<InstructionQuery>) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let all = move |conn: &mut Conn, act: &Act| page_of(conn, act, &query, (None, MOST_EXPORTED));
    app.export(&by, Export::of("领导批示台账"), all, sheets::instructions).await
}

async fn offering(
    app: &App,
    by: &SignedIn,
    matter: MatterId,
    offer: fn(&mut Conn, &Act, MatterId) -> Result<Offering, Problem>,
) -> Result<Offering, Problem> {
    let act = app.act(by);
    app.read(move |conn| offer(conn, &act, matter)).await
}

async fn asking(app: App, by: SignedIn, frame: Frame, matter: Path<MatterId>) -> Result<Markup, Problem> {
    let offer = offering(&app, &by, matter.into_inner(), boxes::asking).await?;
    Ok(pages::ask(&frame, &offer, &AskForm::default(), &Complaints::default()))
}

async fn asked(
    app: App,
    by: SignedIn,
    frame: Frame,
    matter: Path<MatterId>,
    form: Form<AskForm>,
) -> Result<HttpResponse, Problem> {
    let (act, matter) = (app.act(&by), matter.into_inner());
    let asked = match form.check() {
        Ok(asked) => asked,
        Err(complaints) => {
            let offer = offering(&app, &by, matter, boxes::asking).await?;
            return Ok(unprocessable(pages::ask(&frame, &offer, &form, &complaints)));
        }
    };
    let id = app.write(move |conn| actions::ask(conn, &act, matter, &asked)).await?;
    Ok(see_other_saying(&urls::instruction(id), &Flash::done("请示已经报出，领导会收到邮件。")))
}

async fn instructing(
    app: App,
    by: SignedIn,
    frame: Frame,
    matter: Path<MatterId>,
) -> Result<Markup, Problem> {
    let offer = offering(&app, &by, matter.into_inner(), boxes::instructing).await?;
    Ok(pages::instruct(&frame, &offer, &GiveForm::default(), &Complaints::default()))
}

async fn instructed(
    app: App,
    by: SignedIn,
    frame: Frame,
    matter: Path<MatterId>,
    form: Form<GiveForm>,
) -> Result<HttpResponse, Problem> {
    let (act, matter) = (app.act(&by), matter.into_inner());
    let given = match form.check(act.now.today()) {
        Ok(given) => given,
        Err(complaints) => {
            let offer = offering(&app, &by, matter, boxes::instructing).await?;
            return Ok(unprocessable(pages::instruct(&frame, &offer, &form, &complaints)));
        }
    };
    let id = app.write(move |conn| actions::instruct(conn, &act, matter, &given)).await?;
    Ok(see_other_saying(&urls::instruction(id), &Flash::done("批示已经发出，承办人会收到邮件。")))
}

/// The page of one instruction, with a form as it was typed where something was wrong with it.
async fn draw(
    app: &App,
    by: &SignedIn,
    frame: &Frame,
    id: InstructionId,
    typed: (Option<GiveForm>, Option<SayForm>),
    told: &Complaints,
) -> Result<Markup, Problem> {
    let act = app.act(by);
    let detail = app.read(move |conn| views::detail(conn, &act, id)).await?;
    let version = detail.shown.row.version;
    let give = typed.0.unwrap_or(GiveForm { version, ..GiveForm::default() });
    let say = typed.1.unwrap_or(SayForm { version, ..SayForm::default() });
    Ok(pages::detail(frame, &detail, &Forms { give: &give, say: &say, told }))
}

async fn show(app: App, by: SignedIn, frame: Frame, id: Path<InstructionId>) -> Result<Markup, Problem> {
    draw(&app, &by, &frame, id.into_inner(), (None, None), &Complaints::default()).await
}

async fn sheet(app: App, by: SignedIn, frame: Frame, id: Path<InstructionId>) -> Result<Markup, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let detail = app.read(move |conn| views::detail(conn, &act, id)).await?;
    Ok(pages::sheet(&frame, &detail))
}

async fn given(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<InstructionId>,
    form: Form<GiveForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let given = match form.check(act.now.today()) {
        Ok(given) => given,
        Err(told) => {
            let typed = (Some(form.0.clone()), None);
            return Ok(unprocessable(draw(&app, &by, &frame, id, typed, &told).await?));
        }
    };
    let version = form.version;
    let done = app.write(move |conn| actions::give(conn, &act, (id, version), &given)).await;
    if matches!(done, Err(Problem::Stale)) {
        return stale(&app, &by, &frame, id, (Some(form.0), None)).await;
    }
    done?;
    Ok(see_other_saying(&urls::instruction(id), &Flash::done("批示已经发出，承办人会收到邮件。")))
}

/// The page as it stands now, with what was typed, where somebody else was there first: whoever still wants to sends it
/// again.
async fn stale(
    app: &App,
    by: &SignedIn,
    frame: &Frame,
    id: InstructionId,
    typed: (Option<GiveForm>, Option<SayForm>),
) -> Result<HttpResponse, Problem> {
    let act = app.act(by);
    let version = app.read(move |conn| Ok(views::detail(conn, &act, id)?.shown.row.version)).await?;
    let give = typed.0.map(|form| GiveForm { version, ..form });
    let say = typed.1.map(|form| SayForm { version, ..form });
    let told = Complaints::of_stale();
    let page = draw(app, by, frame, id, (give, say), &told).await?;
    Ok(crate::web::html(actix_web::http::StatusCode::CONFLICT, page))
}

/// A button about an instruction that has moved on: how it stands now, beside what was meant.
async fn late(
    app: &App,
    by: &SignedIn,
    frame: &Frame,
    id: InstructionId,
    (step, meant, path): (Step, &str, &str),
) -> Result<HttpResponse, Problem> {
    let act = app.act(by);
    let detail = app.read(move |conn| views::detail(conn, &act, id)).await?;
    let row = &detail.shown.row;
    let now = [
        ("状态", row.state.label().to_owned()),
        ("批示", row.text.clone()),
        ("承办人", detail.shown.owner.clone().unwrap_or_default()),
        ("落实情况", row.evidence.clone()),
        ("退回说明", row.remark.clone()),
        ("确认人", detail.shown.confirmed_by.clone().unwrap_or_default()),
    ];
    let (keep, title) = (urls::instruction(id), format!("批示 {}", row.number));
    let action = urls::step(id, path);
    let again = (action.as_str(), vec![("version", row.version.to_string())]);
    let again = detail.steps.contains(&step).then_some(again);
    Ok(Beside { title: &title, help: "instructions", keep: &keep, meant, now: &now, again }.answer(frame))
}

/// An action that takes an instruction at a version, and what was said.
type Say = fn(&mut Conn, &Act, (InstructionId, i64), &str) -> Result<(), Problem>;

/// A step with something said: what it is read as, and the action that it makes.
struct Saying {
    read: fn(&SayForm) -> Result<String, Complaints>,
    act: Say,
    done: &'static str,
}

async fn say(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: InstructionId,
    form: Form<SayForm>,
    saying: Saying,
) -> Result<HttpResponse, Problem> {
    let act = app.act(&by);
    let said = match (saying.read)(&form) {
        Ok(said) => said,
        Err(told) => {
            let typed = (None, Some(form.0.clone()));
            return Ok(unprocessable(draw(&app, &by, &frame, id, typed, &told).await?));
        }
    };
    let version = form.version;
    let done = app.write(move |conn| (saying.act)(conn, &act, (id, version), &said)).await;
    if matches!(done, Err(Problem::Stale)) {
        return stale(&app, &by, &frame, id, (None, Some(form.0))).await;
    }
    done?;
    Ok(see_other_saying(&urls::instruction(id), &Flash::done(saying.done)))
}

async fn returned(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<InstructionId>,
    form: Form<SayForm>,
) -> Result<HttpResponse, Problem> {
    let saying = Saying {
        read: SayForm::remark,
        act: actions::return_to_asker,
        done: "请示已经退回，请示人会收到邮件。",
    };
    say(app, by, frame, id.into_inner(), form, saying).await
}

async fn finished(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<InstructionId>,
    form: Form<SayForm>,
) -> Result<HttpResponse, Problem> {
    let saying =
        Saying {
            read: SayForm::evidence, act: actions::finish, done: "落实情况已经记录，等待确认。"
        };
    say(app, by, frame, id.into_inner(), form, saying).await
}

async fn sent_back(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<InstructionId>,
    form: Form<SayForm>,
) -> Result<HttpResponse, Problem> {
    let saying =
        Saying {
            read: SayForm::remark, act: actions::send_back, done: "已经退回，承办人会收到邮件。"
        };
    say(app, by, frame, id.into_inner(), form, saying).await
}

async fn handed_on(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<InstructionId>,
    form: Form<SayForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let (to, reason) = match form.another() {
        Ok(another) => another,
        Err(told) => {
            let typed = (None, Some(form.0.clone()));
            return Ok(unprocessable(draw(&app, &by, &frame, id, typed, &told).await?));
        }
    };
    let version = form.version;
    let done = app.write(move |conn| actions::hand_on(conn, &act, (id, version), (to, &reason))).await;
    if matches!(done, Err(Problem::Stale)) {
        return stale(&app, &by, &frame, id, (None, Some(form.0))).await;
    }
    done?;
    Ok(see_other_saying(&urls::instruction(id), &Flash::done("已经改由他人落实，双方都会收到邮件。")))
}

async fn withdrawn(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<InstructionId>,
    form: Form<SayForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id, version) = (app.act(&by), id.into_inner(), form.version);
    let done = app.write(move |conn| actions::withdraw(conn, &act, (id, version))).await;
    if matches!(done, Err(Problem::Stale)) {
        return late(&app, &by, &frame, id, (Step::Withdraw, "撤回请示", "withdraw")).await;
    }
    done?;
    Ok(see_other_saying(&urls::instruction(id), &Flash::done("请示已经撤回。")))
}

async fn confirmed(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<InstructionId>,
    form: Form<SayForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id, version) = (app.act(&by), id.into_inner(), form.version);
    let done = app.write(move |conn| actions::confirm(conn, &act, (id, version))).await;
    if matches!(done, Err(Problem::Stale)) {
        return late(&app, &by, &frame, id, (Step::Confirm, "确认落实", "confirm")).await;
    }
    done?;
    Ok(see_other_saying(&urls::instruction(id), &Flash::done("已经确认落实。")))
}
