//! Who calls what of the entries' pages.

use super::forms::{CorrectForm, NoteForm};
use super::{actions, pages};
use crate::app::App;
use crate::error::Problem;
use crate::matters::life;
use crate::matters::stages::Event;
use crate::matters::types::EntryId;
use crate::matters::{MatterId, urls};
use crate::people::{Access, Permission, Routes, SignedIn};
use crate::web::form::Complaints;
use crate::web::{Flash, Form, Frame, Upload, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::web::Path;
use maud::Markup;

pub fn routes(routes: &mut Routes) {
    let record = Access::May(Permission::RecordProgress);
    routes.get("/matters/{id}/note", record, note_page);
    routes.upload("/matters/{id}/note", record, note);
    routes.get("/matters/{id}/entries/{entry}/correct", record, correct_page);
    routes.post("/matters/{id}/entries/{entry}/correct", record, correct);
}

async fn note_page(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let found = app.read(move |conn| life::find_for(conn, &act, id, Event::Note)).await?;
    Ok(pages::note(&frame, &found.matter, &NoteForm::default(), &Complaints::default()))
}

async fn note(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    upload: Upload,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let looking = act.clone();
    let found = app.read(move |conn| life::find_for(conn, &looking, id, Event::Note)).await?;
    let form: NoteForm = upload.form()?;
    let noted = match form.check(act.now.today()) {
        Ok(noted) => noted,
        Err(complaints) => return Ok(unprocessable(pages::note(&frame, &found.matter, &form, &complaints))),
    };
    let papers = app.keep_files(upload.files).await?;
    app.write(move |conn| actions::note(conn, &act, id, &noted, papers)).await?;
    Ok(see_other_saying(&urls::matter(id), &Flash::done("已经记录。")))
}

async fn correct_page(
    app: App,
    by: SignedIn,
    frame: Frame,
    path: Path<(MatterId, EntryId)>,
) -> Result<Markup, Problem> {
    let (act, (id, entry)) = (app.act(&by), path.into_inner());
    let (found, old) = app.read(move |conn| actions::correctable(conn, &act, id, entry)).await?;
    Ok(pages::correct(&frame, &found.matter, &old, &CorrectForm::default(), &Complaints::default()))
}

async fn correct(
    app: App,
    by: SignedIn,
    frame: Frame,
    path: Path<(MatterId, EntryId)>,
    form: Form<CorrectForm>,
) -> Result<HttpResponse, Problem> {
    let (act, (id, entry)) = (app.act(&by), path.into_inner());
    let text = match form.check() {
        Ok(text) => text,
        Err(complaints) => {
            let (found, old) = app.read(move |conn| actions::correctable(conn, &act, id, entry)).await?;
            return Ok(unprocessable(pages::correct(&frame, &found.matter, &old, &form, &complaints)));
        }
    };
    app.write(move |conn| actions::correct(conn, &act, id, entry, &text)).await?;
    Ok(see_other_saying(&urls::matter(id), &Flash::done("更正已经记录，原来的记录保留。")))
}
