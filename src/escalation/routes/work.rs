//! What the leader and the group do, written down.

use super::{answered, blank, load, submission};
use crate::app::App;
use crate::error::Problem;
use crate::escalation::forms::{ActForm, MeasureForm, MeetingForm};
use crate::escalation::{actions, pages, urls};
use crate::matters::MatterId;
use crate::people::SignedIn;
use crate::web::{Flash, Form, Frame, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::web::Path;
use maud::Markup;

pub async fn act_page(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    let detail = load(&app, &by, id.into_inner()).await?;
    let typed = ActForm { submission: submission(), ..ActForm::default() };
    Ok(blank(|told| pages::act(&frame, &detail, &typed, told)))
}

pub async fn act(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<ActForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let detail = load(&app, &by, id).await?;
    let draft = match form.check(act.now.today()) {
        Ok(draft) => draft,
        Err(told) => return Ok(unprocessable(pages::act(&frame, &detail, &form, &told))),
    };
    let done = app.write(move |conn| actions::record_act(conn, &act, id, &draft)).await;
    match answered(done, |told| pages::act(&frame, &detail, &form, told))? {
        Ok(_) => Ok(see_other_saying(&urls::of(id), &Flash::done("已经记录。"))),
        Err(page) => Ok(page),
    }
}

pub async fn meeting_page(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
) -> Result<Markup, Problem> {
    let detail = load(&app, &by, id.into_inner()).await?;
    let typed = MeetingForm { submission: submission(), ..MeetingForm::default() };
    Ok(blank(|told| pages::meeting(&frame, &detail, &typed, told)))
}

pub async fn meeting(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<MeetingForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let detail = load(&app, &by, id).await?;
    let draft = match form.check(act.now.today()) {
        Ok(draft) => draft,
        Err(told) => return Ok(unprocessable(pages::meeting(&frame, &detail, &form, &told))),
    };
    let done = app.write(move |conn| actions::hold_meeting(conn, &act, id, &draft)).await;
    match answered(done, |told| pages::meeting(&frame, &detail, &form, told))? {
        Ok(_) => Ok(see_other_saying(&urls::of(id), &Flash::done("已经记录。"))),
        Err(page) => Ok(page),
    }
}

pub async fn measure_page(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
) -> Result<Markup, Problem> {
    let detail = load(&app, &by, id.into_inner()).await?;
    let typed = MeasureForm { submission: submission(), ..MeasureForm::default() };
    Ok(blank(|told| pages::measure(&frame, &detail, &typed, told)))
}

pub async fn measure(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<MeasureForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let detail = load(&app, &by, id).await?;
    let draft = match form.check(act.now.today()) {
        Ok(draft) => draft,
        Err(told) => return Ok(unprocessable(pages::measure(&frame, &detail, &form, &told))),
    };
    let done = app.write(move |conn| actions::add_measure(conn, &act, id, &draft)).await;
    match answered(done, |told| pages::measure(&frame, &detail, &form, told))? {
        Ok(_) => Ok(see_other_saying(&urls::of(id), &Flash::done("措施已经增加，负责人会收到邮件。"))),
        Err(page) => Ok(page),
    }
}
