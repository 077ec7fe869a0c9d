//! The court and its divisions.

use super::{conflicts, heard};
use crate::app::App;
use crate::error::Problem;
use crate::people::actions;
use crate::people::forms::{CourtForm, DivisionForm};
use crate::people::pages::courts as pages;
use crate::people::types::DivisionId;
use crate::people::{SignedIn, store, urls};
use crate::web::form::Complaints;
use crate::web::{Flash, Form, Frame, html, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;

pub async fn divisions(app: App, by: SignedIn, frame: Frame) -> Result<HttpResponse, Problem> {
    let court = by.court()?;
    let divisions = app.read(move |conn| Ok(store::every_division(conn, court)?)).await?;
    Ok(html(StatusCode::OK, pages::divisions(&frame, &divisions)))
}

pub async fn new_division_page(app: App, by: SignedIn, frame: Frame) -> Result<HttpResponse, Problem> {
    let court = by.court()?;
    let divisions = app.read(move |conn| Ok(store::every_division(conn, court)?)).await?;
    let position = divisions.iter().map(|one| one.position).max().unwrap_or(0) + 1;
    let form = DivisionForm::empty(position);
    Ok(html(StatusCode::OK, pages::division(&frame, None, &form, &Complaints::default())))
}

pub async fn add_division(
    app: App,
    by: SignedIn,
    frame: Frame,
    form: Form<DivisionForm>,
) -> Result<HttpResponse, Problem> {
    save(&app, &by, &frame, None, &form).await
}

pub async fn division(app: App, by: SignedIn, frame: Frame, id: Path<i64>) -> Result<HttpResponse, Problem> {
    let (court, id) = (by.court()?, DivisionId(id.into_inner()));
    let division = app.read(move |conn| Ok(store::division(conn, court, id)?)).await?;
    let form = DivisionForm::of(&division);
    Ok(html(StatusCode::OK, pages::division(&frame, Some(id), &form, &Complaints::default())))
}

pub async fn save_division(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<i64>,
    form: Form<DivisionForm>,
) -> Result<HttpResponse, Problem> {
    save(&app, &by, &frame, Some(DivisionId(id.into_inner())), &form).await
}

async fn save(
    app: &App,
    by: &SignedIn,
    frame: &Frame,
    id: Option<DivisionId>,
    form: &DivisionForm,
) -> Result<HttpResponse, Problem> {
    let court = by.court()?;
    let outcome = match form.check() {
        Err(told) => Err(told),
        Ok((version, draft)) => {
            let (act, existing) = (app.act(by), id.map(|id| (id, version)));
            let done =
                app.write(move |conn| actions::save_division(conn, &act, court, existing, &draft)).await;
            if let (Err(Problem::Stale), Some(id)) = (&done, id) {
                let now = app.read(move |conn| Ok(store::division(conn, court, id)?)).await?;
                return conflicts::division(frame, form, (id, &now));
            }
            heard(done)?
        }
    };
    Ok(match outcome {
        Ok(_) => see_other_saying(urls::DIVISIONS, &Flash::done("庭室已保存。")),
        Err(told) => unprocessable(pages::division(frame, id, form, &told)),
    })
}

pub async fn court(app: App, by: SignedIn, frame: Frame) -> Result<HttpResponse, Problem> {
    let court = by.court()?;
    let court = app.read(move |conn| Ok(store::court(conn, court)?)).await?;
    Ok(html(StatusCode::OK, pages::court(&frame, &CourtForm::of(&court), &Complaints::default())))
}

pub async fn save_court(
    app: App,
    by: SignedIn,
    frame: Frame,
    form: Form<CourtForm>,
) -> Result<HttpResponse, Problem> {
    let court = by.court()?;
    let parent = app.read(move |conn| Ok(store::court(conn, court)?.parent_id)).await?;
    let outcome = match form.check(parent) {
        Err(told) => Err(told),
        Ok((version, draft)) => {
            let act = app.act(&by);
            let done = app.write(move |conn| actions::save_court(conn, &act, court, version, &draft)).await;
            if matches!(done, Err(Problem::Stale)) {
                let now = app.read(move |conn| Ok(store::court(conn, court)?)).await?;
                return conflicts::court(&frame, &form, &now);
            }
            heard(done)?
        }
    };
    Ok(match outcome {
        Ok(()) => {
            app.forget_sessions();
            see_other_saying(urls::COURT, &Flash::done("本院信息已保存。"))
        }
        Err(told) => unprocessable(pages::court(&frame, &form, &told)),
    })
}
