//! Ending a matter, and opening it again.

use crate::app::App;
use crate::enforcement;
use crate::error::Problem;
use crate::matters::stages::Event;
use crate::matters::{self, Matter, MatterId, life, urls};
use crate::people::SignedIn;
use crate::replies::forms::{CloseForm, ConcludeForm, ReasonForm, ReopenForm};
use crate::replies::{actions, pages};
use crate::web::form::Complaints;
use crate::web::{Flash, Form, Frame, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::web::Path;
use maud::Markup;

async fn found(app: &App, by: &SignedIn, id: MatterId, event: Event) -> Result<Matter, Problem> {
    let act = app.act(by);
    app.read(move |conn| Ok(life::find_for(conn, &act, id, event)?.matter)).await
}

/// A matter that `event` may end, and what of its enforcement is left to do.
async fn ending(
    app: &App,
    by: &SignedIn,
    id: MatterId,
    event: Event,
) -> Result<(Matter, Option<String>), Problem> {
    let act = app.act(by);
    app.read(move |conn| {
        let matter = life::find_for(conn, &act, id, event)?.matter;
        let hint = enforcement::closing_hint(conn, &matter)?;
        Ok((matter, hint))
    })
    .await
}

pub async fn close_page(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    let (matter, hint) = ending(&app, &by, id.into_inner(), Event::Close).await?;
    Ok(pages::close(&frame, (&matter, hint.as_deref()), &CloseForm::default(), &Complaints::default()))
}

pub async fn close(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<CloseForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id, version) = (app.act(&by), id.into_inner(), form.version);
    let end = match form.check() {
        Ok(end) => end,
        Err(complaints) => {
            let (matter, hint) = ending(&app, &by, id, Event::Close).await?;
            let page = pages::close(&frame, (&matter, hint.as_deref()), &form, &complaints);
            return Ok(unprocessable(page));
        }
    };
    let done = app.write(move |conn| actions::close(conn, &act, id, version, (end.0, end.1, &end.2))).await;
    if let Some(page) = matters::conflict(&app, &by, &frame, (id, Event::Close), &*form, &done).await? {
        return Ok(page);
    }
    done?;
    Ok(see_other_saying(&urls::matter(id), &Flash::done("已经办结。")))
}

pub async fn withdraw_page(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
) -> Result<Markup, Problem> {
    let (matter, hint) = ending(&app, &by, id.into_inner(), Event::PetitionerWithdraws).await?;
    Ok(pages::withdraw(&frame, (&matter, hint.as_deref()), &ReasonForm::default(), &Complaints::default()))
}

pub async fn withdraw(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<ReasonForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id, version) = (app.act(&by), id.into_inner(), form.version);
    let reason = match form.check() {
        Ok(reason) => reason,
        Err(complaints) => {
            let (matter, hint) = ending(&app, &by, id, Event::PetitionerWithdraws).await?;
            let page = pages::withdraw(&frame, (&matter, hint.as_deref()), &form, &complaints);
            return Ok(unprocessable(page));
        }
    };
    let done = app.write(move |conn| actions::withdraw(conn, &act, id, version, &reason)).await;
    if let Some(page) =
        matters::conflict(&app, &by, &frame, (id, Event::PetitionerWithdraws), &*form, &done).await?
    {
        return Ok(page);
    }
    done?;
    Ok(see_other_saying(&urls::matter(id), &Flash::done("已经记录撤回，事项办结。")))
}

pub async fn conclude_page(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
) -> Result<Markup, Problem> {
    let (matter, hint) = ending(&app, &by, id.into_inner(), Event::Conclude).await?;
    Ok(pages::conclude(&frame, (&matter, hint.as_deref()), &ConcludeForm::default(), &Complaints::default()))
}

pub async fn conclude(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<ConcludeForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id, version) = (app.act(&by), id.into_inner(), form.version);
    let end = match form.check() {
        Ok(end) => end,
        Err(complaints) => {
            let (matter, hint) = ending(&app, &by, id, Event::Conclude).await?;
            let page = pages::conclude(&frame, (&matter, hint.as_deref()), &form, &complaints);
            return Ok(unprocessable(page));
        }
    };
    let done = app.write(move |conn| actions::conclude(conn, &act, id, version, (&end.0, &end.1))).await;
    if let Some(page) = matters::conflict(&app, &by, &frame, (id, Event::Conclude), &*form, &done).await? {
        return Ok(page);
    }
    done?;
    Ok(see_other_saying(&urls::matter(id), &Flash::done("已经记录终结。")))
}

pub async fn reopen_page(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
) -> Result<Markup, Problem> {
    let matter = found(&app, &by, id.into_inner(), Event::Reopen).await?;
    Ok(pages::reopen(&frame, &matter, &ReopenForm::default(), &Complaints::default()))
}

pub async fn reopen(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<ReopenForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id, version) = (app.act(&by), id.into_inner(), form.version);
    let reason = match form.check() {
        Ok(reason) => reason,
        Err(complaints) => {
            let matter = found(&app, &by, id, Event::Reopen).await?;
            return Ok(unprocessable(pages::reopen(&frame, &matter, &form, &complaints)));
        }
    };
    let done = app.write(move |conn| actions::reopen(conn, &act, id, version, &reason)).await;
    if let Some(page) = matters::conflict(&app, &by, &frame, (id, Event::Reopen), &*form, &done).await? {
        return Ok(page);
    }
    done?;
    Ok(see_other_saying(&urls::matter(id), &Flash::done("已经恢复办理，答复期限从今天起算。")))
}
