//! Where a matter has been heard: a notice kept, a visitor's word confirmed or refuted.

use super::{answered, blank, load, submission};
use crate::app::App;
use crate::error::Problem;
use crate::escalation::forms::{HeardForm, HintForm, HintOutcome, HintQuery};
use crate::escalation::types::EscalationId;
use crate::escalation::views::{self, Detail};
use crate::escalation::{actions, pages, urls};
use crate::matters::types::HeardAt;
use crate::matters::{self, MatterId};
use crate::people::SignedIn;
use crate::web::conflict::Beside;
use crate::web::{Flash, Form, Frame, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::web::{Path, Query};
use maud::Markup;

fn flash(raised: Option<EscalationId>) -> Flash {
    match raised {
        Some(_) => Flash::done("已经记录，事项按规则升级，有关人员会收到邮件。"),
        None => Flash::done("已经记录。按现行规则，这件事项的级别现在不变。"),
    }
}

pub async fn hints(app: App, by: SignedIn, frame: Frame, query: Query<HintQuery>) -> Result<Markup, Problem> {
    let (act, after) = (app.act(&by), query.after.parse().ok());
    let listing = app.read(move |conn| views::hints(conn, &act, after)).await?;
    Ok(pages::hints(&frame, &listing, &query))
}

/// The matter, for whoever runs the mechanism for it.
async fn run(app: &App, by: &SignedIn, id: MatterId) -> Result<Detail, Problem> {
    let detail = load(app, by, id).await?;
    if detail.may.hear { Ok(detail) } else { Err(Problem::Forbidden) }
}

async fn said(app: &App, id: MatterId, row: i64) -> Result<HeardAt, Problem> {
    app.read(move |conn| views::heard_row(conn, id, row)).await
}

pub async fn hint_page(
    app: App,
    by: SignedIn,
    frame: Frame,
    path: Path<(MatterId, i64)>,
) -> Result<HttpResponse, Problem> {
    let (id, row) = path.into_inner();
    let detail = run(&app, &by, id).await?;
    let heard = said(&app, id, row).await?;
    if !views::is_hint(&heard) {
        return Ok(too_late(&frame, id, &heard, ""));
    }
    let page = blank(|told| pages::hint(&frame, (&detail, &heard), &HintForm::default(), told));
    Ok(crate::web::html(actix_web::http::StatusCode::OK, page))
}

/// Somebody else answered it before.
fn too_late(frame: &Frame, id: MatterId, heard: &HeardAt, typed: &str) -> HttpResponse {
    let state = if heard.refuted { "查无此事" } else { heard.source.label() };
    let now = [("核实结果", state.to_owned()), ("您填写的", typed.to_owned())];
    let keep = matters::urls::matter(id);
    Beside {
        title: "外出反映", help: "tiers#heard", keep: &keep, meant: "核实", now: &now, again: None
    }
    .answer(frame)
}

pub async fn answer_hint(
    app: App,
    by: SignedIn,
    frame: Frame,
    path: Path<(MatterId, i64)>,
    form: Form<HintForm>,
) -> Result<HttpResponse, Problem> {
    let ((id, row), act) = (path.into_inner(), app.act(&by));
    let detail = run(&app, &by, id).await?;
    let heard = said(&app, id, row).await?;
    let (outcome, text) = match form.check() {
        Ok(checked) => checked,
        Err(told) => return Ok(unprocessable(pages::hint(&frame, (&detail, &heard), &form, &told))),
    };
    let done = app
        .write(move |conn| match outcome {
            HintOutcome::Confirmed => actions::confirm_heard(conn, &act, id, row, &text).map(flash),
            HintOutcome::Refuted => actions::refute_heard(conn, &act, id, row, &text)
                .map(|()| Flash::done("已经记为查无此事，事项的级别不变。")),
        })
        .await;
    if matches!(done, Err(Problem::Stale)) {
        return Ok(too_late(&frame, id, &said(&app, id, row).await?, &form.text));
    }
    match answered(done, |told| pages::hint(&frame, (&detail, &heard), &form, told))? {
        Ok(flash) => Ok(see_other_saying(&matters::urls::matter(id), &flash)),
        Err(page) => Ok(page),
    }
}

pub async fn page(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    let detail = run(&app, &by, id.into_inner()).await?;
    let typed = HeardForm { submission: submission(), ..HeardForm::default() };
    Ok(blank(|told| pages::heard(&frame, &detail, &typed, told)))
}

pub async fn record(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<HeardForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let detail = run(&app, &by, id).await?;
    let draft = match form.check(act.now.today()) {
        Ok(draft) => draft,
        Err(told) => return Ok(unprocessable(pages::heard(&frame, &detail, &form, &told))),
    };
    let key = form.submission.clone();
    let done = app.write(move |conn| actions::record_heard_once(conn, &act, id, (&draft, &key))).await;
    match answered(done, |told| pages::heard(&frame, &detail, &form, told))? {
        Ok(raised) => Ok(see_other_saying(&urls::of(id), &flash(raised))),
        Err(page) => Ok(page),
    }
}
