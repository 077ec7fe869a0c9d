//! Drafts: kept while typing and when a session lapses, gone on with, thrown away.

use super::opening;
use crate::app::App;
use crate::error::Problem;
use crate::intake::forms::IntakeForm;
use crate::intake::types::DraftId;
use crate::intake::{actions, finding, urls};
use crate::people::{Lapsed, SignedIn, StaffId};
use crate::web::{Flash, Form, Frame, see_other, see_other_saying};
use actix_web::HttpResponse;
use actix_web::web::Path;
use maud::Markup;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// Who sent the form: somebody signed in, or somebody whose session has just lapsed.
pub fn sender(by: Option<&SignedIn>, lapsed: Option<Lapsed>) -> Result<StaffId, Problem> {
    match (by, lapsed) {
        (Some(by), _) => by.person(),
        (None, Some(lapsed)) => Ok(lapsed.staff_id),
        (None, None) => Err(Problem::SignedOut),
    }
}

/// Keeps the form as this person's draft.
pub async fn keep(app: &App, me: StaffId, form: IntakeForm) -> Result<DraftId, Problem> {
    let (keys, now) = (app.keys().clone(), app.moment());
    app.write(move |conn| actions::save_draft(conn, &keys, me, &form, now)).await
}

/// Signing in first leads on to the draft.
pub fn sign_in_for(draft: DraftId) -> HttpResponse {
    let next = utf8_percent_encode(&urls::draft(draft), NON_ALPHANUMERIC).to_string();
    let said =
        Flash::notice("登录已过期，您填写的内容已经存为草稿；重新登录后会回到这份草稿，选好的附件也还在。");
    see_other_saying(&format!("/sign-in?next={next}"), &said)
}

pub async fn save(
    app: App,
    by: Option<SignedIn>,
    lapsed: Option<Lapsed>,
    form: Form<IntakeForm>,
) -> Result<HttpResponse, Problem> {
    let me = sender(by.as_ref(), lapsed)?;
    let id = keep(&app, me, form.0).await?;
    if by.is_none() {
        return Ok(sign_in_for(id));
    }
    Ok(HttpResponse::NoContent().insert_header(("x-draft", id.to_string())).finish())
}

pub async fn resume(app: App, by: SignedIn, frame: Frame, id: Path<DraftId>) -> Result<Markup, Problem> {
    let act = app.act(&by);
    let form = app.read(move |conn| finding::draft(conn, &act, id.into_inner())).await?;
    opening::draw(&app, &by, &frame, form).await
}

pub async fn discard(app: App, by: SignedIn, id: Path<DraftId>) -> Result<HttpResponse, Problem> {
    let act = app.act(&by);
    app.write(move |conn| actions::discard_draft(conn, &act, id.into_inner())).await?;
    Ok(see_other(urls::INTAKE))
}
