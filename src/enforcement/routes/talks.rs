//! Reports heard, parties met.

use super::{offering, offering_of, submission};
use crate::app::App;
use crate::enforcement::forms::TalkForm;
use crate::enforcement::pages::{self, TalkPage};
use crate::enforcement::types::{Talk, TalkId, TalkKind};
use crate::enforcement::views::{Of, Offering};
use crate::enforcement::{actions, urls};
use crate::error::Problem;
use crate::matters::MatterId;
use crate::people::SignedIn;
use crate::web::form::Complaints;
use crate::web::{Flash, Form, Frame, html, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use maud::Markup;

async fn blank(
    (app, by, frame): (&App, &SignedIn, &Frame),
    id: MatterId,
    kind: TalkKind,
) -> Result<Markup, Problem> {
    let offering = offering(app, by, id).await?;
    let typed = TalkForm { submission: submission(), ..TalkForm::default() };
    let page = TalkPage { offering: &offering, kind, old: None, typed: &typed };
    Ok(pages::talk(frame, &page, &Complaints::default()))
}

async fn record(
    (app, by, frame): (&App, &SignedIn, &Frame),
    id: MatterId,
    kind: TalkKind,
    typed: &TalkForm,
) -> Result<HttpResponse, Problem> {
    let act = app.act(by);
    let said = match typed.check(kind, act.now.today()) {
        Ok(said) => said,
        Err(complaints) => {
            let offering = offering(app, by, id).await?;
            let page = TalkPage { offering: &offering, kind, old: None, typed };
            return Ok(unprocessable(pages::talk(frame, &page, &complaints)));
        }
    };
    app.write(move |conn| actions::record_talk(conn, &act, id, &said)).await?;
    Ok(see_other_saying(&urls::of_matter(id), &Flash::done("已经记录。")))
}

pub async fn report_page(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
) -> Result<Markup, Problem> {
    blank((&app, &by, &frame), id.into_inner(), TalkKind::ReportHeard).await
}

pub async fn report(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<TalkForm>,
) -> Result<HttpResponse, Problem> {
    record((&app, &by, &frame), id.into_inner(), TalkKind::ReportHeard, &form).await
}

pub async fn party_page(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    blank((&app, &by, &frame), id.into_inner(), TalkKind::PartyMet).await
}

pub async fn party(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<TalkForm>,
) -> Result<HttpResponse, Problem> {
    record((&app, &by, &frame), id.into_inner(), TalkKind::PartyMet, &form).await
}

fn talk(offering: &Offering, id: TalkId) -> Result<&Talk, Problem> {
    let mut all = offering.detail.talks.iter().map(|(talk, _)| talk);
    all.find(|talk| talk.id == id).ok_or(Problem::NotFound)
}

pub async fn correct_page(app: App, by: SignedIn, frame: Frame, id: Path<TalkId>) -> Result<Markup, Problem> {
    let id = id.into_inner();
    let offering = offering_of(&app, &by, Of::Talk(id)).await?;
    let old = talk(&offering, id)?;
    let typed = TalkForm {
        submission: submission(),
        held_on: old.held_on.to_string(),
        staff: old.staff_id.to_string(),
        party: old.party.clone(),
        said: old.said.clone(),
        decided: old.decided.clone(),
    };
    let page = TalkPage { offering: &offering, kind: old.kind, old: Some(old), typed: &typed };
    Ok(pages::talk(&frame, &page, &Complaints::default()))
}

pub async fn correct(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<TalkId>,
    form: Form<TalkForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let offering = offering_of(&app, &by, Of::Talk(id)).await?;
    let old = talk(&offering, id)?;
    let said = match form.check(old.kind, act.now.today()) {
        Ok(said) => said,
        Err(complaints) => {
            let page = TalkPage { offering: &offering, kind: old.kind, old: Some(old), typed: &form };
            return Ok(unprocessable(pages::talk(&frame, &page, &complaints)));
        }
    };
    let done = app.write(move |conn| actions::correct_talk(conn, &act, id, &said)).await;
    if let Err(Problem::Stale) = done {
        let offering = offering_of(&app, &by, Of::Talk(id)).await?;
        let newer = offering.detail.newest_of(id);
        let page = TalkPage { offering: &offering, kind: old.kind, old: newer, typed: &form };
        return Ok(html(StatusCode::CONFLICT, pages::talk_conflict(&frame, &page)));
    }
    let matter = done?;
    Ok(see_other_saying(&urls::of_matter(matter), &Flash::done("更正已经记录，原来的记录保留。")))
}
