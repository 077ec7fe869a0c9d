//! The list of week leaders.

use super::heard;
use crate::app::App;
use crate::error::Problem;
use crate::people::forms::WeekForm;
use crate::people::types::WeekLeaderId;
use crate::people::{SignedIn, actions, pages, store, urls};
use crate::web::form::Complaints;
use crate::web::{Flash, Form, Frame, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::web::Path;
use chrono::Days;
use maud::Markup;
use serde::Deserialize;

/// How far ahead the list is shown.
const AHEAD: Days = Days::new(400);

async fn draw(
    app: &App,
    by: &SignedIn,
    frame: &Frame,
    form: &WeekForm,
    told: &Complaints,
) -> Result<Markup, Problem> {
    let (court, today) = (by.court()?, app.moment().today());
    let (entries, leaders, names) = app
        .read(move |conn| {
            let last = today.checked_add_days(AHEAD).unwrap_or(today);
            let entries = store::week_leaders_between(conn, court, today, last)?;
            let ids: Vec<_> = entries.iter().map(|entry| entry.staff_id).collect();
            let names: Vec<_> = store::names_of(conn, &ids)?.into_iter().collect();
            Ok((entries, store::leaders(conn, court)?, names))
        })
        .await?;
    let page = pages::week_leaders::Weeks { today, entries: &entries, leaders: &leaders, names: &names };
    Ok(pages::week_leaders::weeks(frame, &page, form, told))
}

pub async fn list(app: App, by: SignedIn, frame: Frame) -> Result<Markup, Problem> {
    draw(&app, &by, &frame, &WeekForm::default(), &Complaints::default()).await
}

pub async fn enter(
    app: App,
    by: SignedIn,
    frame: Frame,
    form: Form<WeekForm>,
) -> Result<HttpResponse, Problem> {
    let outcome = match form.check() {
        Err(told) => Err(told),
        Ok((who, from, to)) => {
            let act = app.act(&by);
            heard(app.write(move |conn| actions::enter_week_leader(conn, &act, who, from, to)).await)?
        }
    };
    match outcome {
        Ok(_) => Ok(see_other_saying(urls::WEEK_LEADERS, &Flash::done("带班值周领导已经登记。"))),
        Err(told) => Ok(unprocessable(draw(&app, &by, &frame, &form, &told).await?)),
    }
}

/// A button and no more.
#[derive(Debug, Deserialize)]
pub struct Pressed {}

pub async fn remove(
    app: App,
    by: SignedIn,
    id: Path<i64>,
    _form: Form<Pressed>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), WeekLeaderId(id.into_inner()));
    app.write(move |conn| actions::remove_week_leader(conn, &act, id)).await?;
    Ok(see_other_saying(urls::WEEK_LEADERS, &Flash::done("已经删除。")))
}
