//! Signs marked and solved; a tier given up, or held.

use super::{Asked, answered, blank, conflict, load, submission};
use crate::app::App;
use crate::error::Problem;
use crate::escalation::forms::{GiveUpForm, HoldForm, SignForm, TextForm};
use crate::escalation::pages::{self, SignPage};
use crate::escalation::types::EscalationId;
use crate::escalation::views::Detail;
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
    let typed = SignForm { submission: submission(), ..SignForm::default() };
    sign((&app, &by, &frame), &typed, &Complaints::default()).await
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
    let (act, key) = (app.act(&by), form.submission.clone());
    let done = app
        .write(move |conn| {
            let id = actions::mark_sign_once(conn, &act, &draft, &key)?;
            let seen = !matters::find_all(conn, &act.by.scope, &[id])?.is_empty();
            Ok((id, seen))
        })
        .await;
    let (id, seen) = match done {
        Err(Problem::Refused(sentence)) => {
            let mut told = Complaints::default();
            told.add("", sentence);
            return Ok(unprocessable(sign((&app, &by, &frame), &form, &told).await?));
        }
        done => done?,
    };
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
    let typed = TextForm { version: detail.matter.version, ..TextForm::default() };
    Ok(blank(|told| pages::settle(&frame, &detail, &typed, told)))
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
    if matches!(done, Err(Problem::Stale)) {
        return Ok(conflict::settle(&frame, &load(&app, &by, id).await?, &form));
    }
    match answered(done, |told| pages::settle(&frame, &detail, &form, told))? {
        Ok(()) => Ok(see_other_saying(&urls::of(id), &Flash::done("苗头已经办结。"))),
        Err(page) => Ok(page),
    }
}

/// The stay in a tier that the page shows.
fn stay_of(detail: &Detail) -> EscalationId {
    detail.group.as_ref().map_or(EscalationId(0), |group| group.escalation_id)
}

pub async fn give_up_page(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
) -> Result<Markup, Problem> {
    let detail = load(&app, &by, id.into_inner()).await?;
    let typed = GiveUpForm { stay: stay_of(&detail).0, ..GiveUpForm::default() };
    Ok(blank(|told| pages::give_up(&frame, &detail, &typed, told)))
}

pub async fn give_up(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<GiveUpForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let detail = load(&app, &by, id).await?;
    let text = match form.check() {
        Ok(text) => text,
        Err(told) => return Ok(unprocessable(pages::give_up(&frame, &detail, &form, &told))),
    };
    let stay = EscalationId(form.stay);
    let done = app.write(move |conn| actions::give_up(conn, &act, (id, stay), &text)).await;
    if matches!(done, Err(Problem::Stale)) {
        let now = load(&app, &by, id).await?;
        return Ok(conflict::stay(&frame, &now, ("升级", &form.text)));
    }
    match answered(done, |told| pages::give_up(&frame, &detail, &form, told))? {
        Ok(_) => Ok(see_other_saying(&urls::of(id), &Flash::done("事项已经升级，有关人员会收到邮件。"))),
        Err(page) => Ok(page),
    }
}

pub async fn hold_page(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    let detail = load(&app, &by, id.into_inner()).await?;
    if !detail.may.run {
        return Err(Problem::Forbidden);
    }
    let typed = HoldForm { stay: stay_of(&detail).0, ..HoldForm::default() };
    Ok(blank(|told| pages::hold(&frame, &detail, &typed, told)))
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
    let stay = EscalationId(form.stay);
    let done = app.write(move |conn| actions::hold(conn, &act, (id, stay), until, &text)).await;
    if matches!(done, Err(Problem::Stale)) {
        let now = load(&app, &by, id).await?;
        return Ok(conflict::stay(&frame, &now, ("暂缓升级", &form.text)));
    }
    match answered(done, |told| pages::hold(&frame, &detail, &form, told))? {
        Ok(()) => {
            Ok(see_other_saying(&urls::of(id), &Flash::done("已经暂缓升级。到期没有化解的，自动升级。")))
        }
        Err(page) => Ok(page),
    }
}
