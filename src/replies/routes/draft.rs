//! Writing a reply.

use crate::app::App;
use crate::error::Problem;
use crate::matters::stages::Event;
use crate::matters::{self, MatterId, urls};
use crate::people::SignedIn;
use crate::replies::forms::DraftForm;
use crate::replies::views::{self, Writing};
use crate::replies::{actions, pages};
use crate::web::form::Complaints;
use crate::web::{Flash, Form, Frame, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::web::Path;
use maud::Markup;

async fn writing(app: &App, by: &SignedIn, id: MatterId) -> Result<Writing, Problem> {
    let act = app.act(by);
    app.read(move |conn| views::writing(conn, &act, id)).await
}

pub async fn page(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    let writing = writing(&app, &by, id.into_inner()).await?;
    let form = DraftForm::of(&writing.content, writing.base);
    Ok(pages::draft(&frame, &writing, &form, &Complaints::default()))
}

pub async fn save(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<DraftForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id, mut form) = (app.act(&by), id.into_inner(), form.0);
    if form.change_rows() {
        let writing = writing(&app, &by, id).await?;
        return Ok(unprocessable(pages::draft(&frame, &writing, &form, &Complaints::default())));
    }
    let content = match form.check() {
        Ok(content) => content,
        Err(complaints) => {
            let writing = writing(&app, &by, id).await?;
            return Ok(unprocessable(pages::draft(&frame, &writing, &form, &complaints)));
        }
    };
    let (base, submit) = (form.base(), form.wants_submitting());
    let done = app.write(move |conn| actions::save(conn, &act, id, base, &content, submit).map(drop)).await;
    if let Some(page) = matters::conflict(&app, &by, &frame, (id, Event::DraftReply), &form, &done).await? {
        return Ok(page);
    }
    done?;
    let said =
        if submit { "已经送审，并通知了批准人。" } else { "已经保存，还没有送审。" };
    Ok(see_other_saying(&urls::matter(id), &Flash::done(said)))
}

pub async fn keep(
    app: App,
    by: SignedIn,
    id: Path<MatterId>,
    form: Form<DraftForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    app.write(move |conn| actions::keep(conn, &act, id, form.base(), &form.as_typed())).await?;
    Ok(HttpResponse::NoContent().finish())
}
