//! Handing an undecided matter to the petition office.

use super::conflict;
use crate::app::App;
use crate::error::Problem;
use crate::matters::life;
use crate::matters::pages;
use crate::matters::stages::Event;
use crate::matters::types::MatterId;
use crate::matters::{actions, urls};
use crate::people::SignedIn;
use crate::web::{Flash, Form, Frame, see_other_saying};
use actix_web::HttpResponse;
use actix_web::web::Path;
use maud::Markup;
use serde::{Deserialize, Serialize};

/// Which version of the matter the person was looking at.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub struct Version {
    version: i64,
}

pub async fn page(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let found = app.read(move |conn| life::find_for(conn, &act, id, Event::SendForScreening)).await?;
    Ok(pages::send_for_screening(&frame, &found.matter))
}

pub async fn send(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<Version>,
) -> Result<HttpResponse, Problem> {
    let (act, id, version) = (app.act(&by), id.into_inner(), form.version);
    let done = app.write(move |conn| actions::send_for_screening(conn, &act, id, version)).await;
    if let Some(page) = conflict(&app, &by, &frame, (id, Event::SendForScreening), &*form, &done).await? {
        return Ok(page);
    }
    done?;
    Ok(see_other_saying(&urls::matter(id), &Flash::done("已经送信访专干甄别。")))
}
