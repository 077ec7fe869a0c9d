//! Where a matter has been heard: a notice kept, a visitor's word confirmed.

use super::{answered, blank, load};
use crate::app::App;
use crate::error::Problem;
use crate::escalation::forms::{HeardForm, TextForm};
use crate::escalation::types::EscalationId;
use crate::escalation::{actions, pages, urls};
use crate::matters::{self, MatterId};
use crate::people::SignedIn;
use crate::web::{Flash, Form, Frame, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::web::Path;
use maud::Markup;

fn flash(raised: Option<EscalationId>) -> Flash {
    match raised {
        Some(_) => Flash::done("已经记录，事项按规则升级，有关人员会收到邮件。"),
        None => Flash::done("已经记录。按现行规则，这件事项的级别不变。"),
    }
}

pub async fn confirm(
    app: App,
    by: SignedIn,
    path: Path<(MatterId, i64)>,
    _form: Form<TextForm>,
) -> Result<HttpResponse, Problem> {
    let ((id, row), act) = (path.into_inner(), app.act(&by));
    let raised = app.write(move |conn| actions::confirm_heard(conn, &act, id, row, "")).await?;
    Ok(see_other_saying(&matters::urls::matter(id), &flash(raised)))
}

pub async fn page(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    let detail = load(&app, &by, id.into_inner()).await?;
    Ok(blank(|told| pages::heard(&frame, &detail, &HeardForm::default(), told)))
}

pub async fn record(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<HeardForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let detail = load(&app, &by, id).await?;
    let draft = match form.check(act.now.today()) {
        Ok(draft) => draft,
        Err(told) => return Ok(unprocessable(pages::heard(&frame, &detail, &form, &told))),
    };
    let done = app.write(move |conn| actions::record_heard(conn, &act, id, &draft)).await;
    match answered(done, |told| pages::heard(&frame, &detail, &form, told))? {
        Ok(raised) => Ok(see_other_saying(&urls::of(id), &flash(raised))),
        Err(page) => Ok(page),
    }
}
