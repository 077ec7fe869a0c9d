//! Signs marked and solved; a tier given up, or held.

use super::{Asked, answered, blank, load};
use crate::app::App;
use crate::error::Problem;
use crate::escalation::forms::{HoldForm, SignForm, TextForm};
use crate::escalation::pages::{self, SignPage};
use crate::escalation::{actions, urls};
use crate::matters::{self, MatterId};
use crate::people::{self, SignedIn};
use crate::web::form::Complaints;
use crate::web::{Flash, Form, Frame, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::web::Path;
use maud::Markup;

async fn sign((app, by, frame): Asked<'_>, typed: &SignForm, told: &Complaints) -> Result<Markup, Problem> {
    let court = by.court()?;
    let divisions = app.read(move |conn| Ok(people::division_list(conn, court)?)).await?;
    Ok(pages::sign(frame, &SignPage { divisions: &divisions, typed }, told))
}

pub async fn new(app: App, by: SignedIn, frame: Frame) -> Result<Markup, Problem> {
    sign((&app, &by, &frame), &SignForm::default(), &Complaints::default()).await
}

pub async fn mark(
    app: App,
    by: SignedIn,
    frame: Frame,
    form: Form<SignForm>,
) -> Result<HttpResponse, Problem> {
    let draft = match form.check() {
        Ok(draft) => draft,
        Err(told) => return Ok(unprocessable(sign((&app, &by, &frame), &form, &told).await?)),
    };
    let act = app.act(&by);
    let (id, seen) = app
        .write(move |conn| {
            let id = actions::mark_sign(conn, &act, &draft)?;
            let seen = !matters::find_all(conn, &act.by.scope, &[id])?.is_empty();
            Ok((id, seen))
        })
        .await?;
    let to = if seen { urls::of(id) } else { urls::LIST.to_owned() };
    Ok(see_other_saying(&to, &Flash::done("苗头已经标记，进入一级，工作组会收到邮件。")))
}

pub async fn settle_page(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
) -> Result<Markup, Problem> {
    let detail = load(&app, &by, id.into_inner()).await?;
    Ok(blank(|told| pages::settle(&frame, &detail, &TextForm::default(), told)))
}

pub async fn settle(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<TextForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let detail = load(&app, &by, id).await?;
    let text = match form.check() {
        Ok(text) => text,
        Err(told) => return Ok(unprocessable(pages::settle(&frame, &detail, &form, &told))),
    };
    let version = form.version;
    let done = app.write(move |conn| actions::settle_sign(conn, &act, id, version, &text)).await;
    match answered(done, |told| pages::settle(&frame, &detail, &form, told))? {
        Ok(()) => Ok(see_other_saying(&urls::of(id), &Flash::done("苗头已经办结。"))),
        Err(page) => Ok(page),
    }
}

pub async fn give_up_page(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
) -> Result<Markup, Problem> {
    let detail = load(&app, &by, id.into_inner()).await?;
    Ok(blank(|told| pages::give_up(&frame, &detail, &TextForm::default(), told)))
}

pub async fn give_up(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<TextForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let detail = load(&app, &by, id).await?;
    let text = match form.check() {
        Ok(text) => text,
        Err(told) => return Ok(unprocessable(pages::give_up(&frame, &detail, &form, &told))),
    };
    let done = app.write(move |conn| actions::give_up(conn, &act, id, &text)).await;
    match answered(done, |told| pages::give_up(&frame, &detail, &form, told))? {
        Ok(_) => Ok(see_other_saying(&urls::of(id), &Flash::done("事项已经升级，有关人员会收到邮件。"))),
        Err(page) => Ok(page),
    }
}

pub async fn hold_page(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    let detail = load(&app, &by, id.into_inner()).await?;
    Ok(blank(|told| pages::hold(&frame, &detail, &HoldForm::default(), told)))
}

pub async fn hold(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<HoldForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let detail = load(&app, &by, id).await?;
    let (until, text) = match form.check() {
        Ok(checked) => checked,
        Err(told) => return Ok(unprocessable(pages::hold(&frame, &detail, &form, &told))),
    };
    let done = app.write(move |conn| actions::hold(conn, &act, id, until, &text)).await;
    match answered(done, |told| pages::hold(&frame, &detail, &form, told))? {
        Ok(()) => {
            Ok(see_other_saying(&urls::of(id), &Flash::done("已经暂缓升级。到期没有化解的，自动升级。")))
        }
        Err(page) => Ok(page),
    }
}
