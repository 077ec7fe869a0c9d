//! Sums due, payments, corrections.

use super::{detail, detail_of, submission};
use crate::app::App;
use crate::enforcement::forms::{CorrectForm, DueForm, PaymentForm};
use crate::enforcement::types::{Posting, PostingId};
use crate::enforcement::views::{Detail, Of};
use crate::enforcement::{actions, pages, urls};
use crate::error::Problem;
use crate::matters::MatterId;
use crate::people::SignedIn;
use crate::web::form::Complaints;
use crate::web::{Flash, Form, Frame, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::web::Path;
use maud::Markup;

pub async fn due_page(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    let detail = detail(&app, &by, id.into_inner()).await?;
    let form = DueForm { submission: submission(), ..DueForm::default() };
    Ok(pages::due(&frame, &detail, &form, &Complaints::default()))
}

pub async fn due(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<DueForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let draft = match form.check(act.now.today()) {
        Ok(draft) => draft,
        Err(complaints) => {
            let detail = detail(&app, &by, id).await?;
            return Ok(unprocessable(pages::due(&frame, &detail, &form, &complaints)));
        }
    };
    app.write(move |conn| actions::fix_due(conn, &act, id, &draft)).await?;
    Ok(see_other_saying(&urls::of_matter(id), &Flash::done("应执行金额已经记录。")))
}

pub async fn payment_page(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
) -> Result<Markup, Problem> {
    let detail = detail(&app, &by, id.into_inner()).await?;
    let form = PaymentForm { submission: submission(), ..PaymentForm::default() };
    Ok(pages::payment(&frame, &detail, &form, &Complaints::default()))
}

pub async fn payment(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<PaymentForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let draft = match form.check(act.now.today()) {
        Ok(draft) => draft,
        Err(complaints) => {
            let detail = detail(&app, &by, id).await?;
            return Ok(unprocessable(pages::payment(&frame, &detail, &form, &complaints)));
        }
    };
    app.write(move |conn| actions::record_payment(conn, &act, id, &draft)).await?;
    Ok(see_other_saying(&urls::of_matter(id), &Flash::done("到账已经登记。")))
}

fn posting(detail: &Detail, id: PostingId) -> Result<&Posting, Problem> {
    detail.postings.iter().map(|(posting, _)| posting).find(|one| one.id == id).ok_or(Problem::NotFound)
}

pub async fn correct_page(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<PostingId>,
) -> Result<Markup, Problem> {
    let id = id.into_inner();
    let detail = detail_of(&app, &by, Of::Posting(id)).await?;
    let form = CorrectForm { submission: submission(), ..CorrectForm::default() };
    Ok(pages::correct_posting(&frame, (&detail, posting(&detail, id)?), &form, &Complaints::default()))
}

pub async fn correct(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<PostingId>,
    form: Form<CorrectForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let (instead, reason, own) = match form.check() {
        Ok(checked) => checked,
        Err(complaints) => {
            let detail = detail_of(&app, &by, Of::Posting(id)).await?;
            let old = posting(&detail, id)?;
            return Ok(unprocessable(pages::correct_posting(&frame, (&detail, old), &form, &complaints)));
        }
    };
    let matter =
        app.write(move |conn| actions::correct_posting(conn, &act, id, instead, (&reason, &own))).await?;
    let flash = Flash::done("更正已经记录，原来的一笔保留。");
    Ok(see_other_saying(&urls::of_matter(matter), &flash))
}
