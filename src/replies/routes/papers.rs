//! The paper, its approval and its service.

use crate::app::App;
use crate::error::Problem;
use crate::files;
use crate::matters::stages::Event;
use crate::matters::{self, MatterId, urls};
use crate::people::SignedIn;
use crate::replies::forms::{DecideForm, Decision, ReceiptForm, ServeForm};
use crate::replies::views::{self, Whole};
use crate::replies::{actions, approvals, pages};
use crate::time::Moment;
use crate::web::form::Complaints;
use crate::web::{Flash, Form, Frame, Upload, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::web::{Path, block};
use maud::Markup;

pub async fn paper(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let whole = app.read(move |conn| views::whole(conn, &act, id)).await?;
    Ok(pages::paper(&frame, &whole))
}

pub async fn approvals(app: App, by: SignedIn, frame: Frame) -> Result<Markup, Problem> {
    let act = app.act(&by);
    let waiting = app.read(move |conn| approvals::list(conn, &act)).await?;
    Ok(pages::approvals(&frame, &waiting))
}

async fn whole(app: &App, by: &SignedIn, id: MatterId, event: Event) -> Result<Whole, Problem> {
    let act = app.act(by);
    app.read(move |conn| views::whole_for(conn, &act, id, event)).await
}

pub async fn decide_page(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
) -> Result<Markup, Problem> {
    let whole = whole(&app, &by, id.into_inner(), Event::ApproveReply).await?;
    Ok(pages::decide(&frame, &whole, &DecideForm::default(), &Complaints::default()))
}

pub async fn decide(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<DecideForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id, version) = (app.act(&by), id.into_inner(), form.version);
    let decision = match form.check() {
        Ok(decision) => decision,
        Err(complaints) => {
            let whole = whole(&app, &by, id, Event::ApproveReply).await?;
            return Ok(unprocessable(pages::decide(&frame, &whole, &form, &complaints)));
        }
    };
    let said = match decision {
        Decision::Approve => "已经批准，三个工作日内送达信访人。",
        Decision::Return(_) => "已经退回，并通知了起草人。",
    };
    let done = app.write(move |conn| actions::decide(conn, &act, id, version, &decision)).await;
    if matches!(done, Err(Problem::Stale))
        && let Ok(whole) = whole(&app, &by, id, Event::ApproveReply).await
    {
        // Another text waits than the one that was read: it is read before it is decided on.
        let form = DecideForm { decision: String::new(), ..form.0 };
        let page = pages::decide(&frame, &whole, &form, &Complaints::of_stale());
        return Ok(crate::web::html(actix_web::http::StatusCode::CONFLICT, page));
    }
    if let Some(page) = matters::conflict(&app, &by, &frame, (id, Event::ApproveReply), &*form, &done).await?
    {
        return Ok(page);
    }
    done?;
    Ok(see_other_saying(&urls::matter(id), &Flash::done(said)))
}

pub async fn serve_page(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    let whole = whole(&app, &by, id.into_inner(), Event::ServeReply).await?;
    let form = ServeForm {
        served_on: app.moment().today().to_string(),
        recipient: whole.petitioners.clone(),
        ..ServeForm::default()
    };
    Ok(pages::serve(&frame, &whole, &form, &Complaints::default()))
}

pub async fn serve(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    upload: Upload,
) -> Result<HttpResponse, Problem> {
    let (act, id, form) = (app.act(&by), id.into_inner(), upload.form::<ServeForm>()?);
    let whole = whole(&app, &by, id, Event::ServeReply).await?;
    let today = act.now.today();
    let approved_on = whole.shown.draft.decided_at.map_or(today, |at| Moment::from_utc(at).today());
    let service = match form.check(approved_on, today, !upload.files.is_empty()) {
        Ok(service) => service,
        Err(complaints) => return Ok(unprocessable(pages::serve(&frame, &whole, &form, &complaints))),
    };
    let (dir, keys) = (app.config().data.clone(), app.keys().clone());
    let limit = usize::try_from(app.config().number("upload.max_mb")).unwrap_or(20) * 1024 * 1024;
    let kept = block(move || {
        let keep = |file: &crate::web::UploadedFile| files::keep(&dir, &keys, &file.name, &file.bytes, limit);
        upload.files.iter().map(keep).collect::<Result<Vec<_>, _>>()
    })
    .await
    .map_err(Problem::internal)??;
    let versions = (form.version, form.reply_version);
    let done = app.write(move |conn| actions::serve(conn, &act, id, versions, &service, kept)).await;
    if let Some(page) = matters::conflict(&app, &by, &frame, (id, Event::ServeReply), &form, &done).await? {
        return Ok(page);
    }
    done?;
    Ok(see_other_saying(&urls::matter(id), &Flash::done("已经记录送达。请在三十日内办结。")))
}

pub async fn receipt_page(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
) -> Result<Markup, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let (matter, draft) = app.read(move |conn| actions::receivable(conn, &act, id)).await?;
    let form = ReceiptForm { version: draft.version, ..ReceiptForm::default() };
    Ok(pages::receipt(&frame, (&matter, &draft), &form, &Complaints::default()))
}

pub async fn receipt(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    upload: Upload,
) -> Result<HttpResponse, Problem> {
    let (act, id, form) = (app.act(&by), id.into_inner(), upload.form::<ReceiptForm>()?);
    let reading = act.clone();
    let (matter, draft) = app.read(move |conn| actions::receivable(conn, &reading, id)).await?;
    let today = act.now.today();
    let (on, proof) = match form.check(draft.served_on.unwrap_or(today), today) {
        Ok(checked) => checked,
        Err(told) => return Ok(unprocessable(pages::receipt(&frame, (&matter, &draft), &form, &told))),
    };
    if form.version != draft.version {
        let form = ReceiptForm { version: draft.version, ..form };
        let page = pages::receipt(&frame, (&matter, &draft), &form, &Complaints::of_stale());
        return Ok(crate::web::html(actix_web::http::StatusCode::CONFLICT, page));
    }
    let papers = app.keep_files(upload.files).await?;
    let at = (id, form.version);
    app.write(move |conn| actions::receive(conn, &act, at, (on, &proof), papers)).await?;
    Ok(see_other_saying(&urls::matter(id), &Flash::done("签收日期已经补记。")))
}
