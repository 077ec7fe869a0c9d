//! One matter, and its screening.

use super::conflict;
use crate::app::App;
use crate::error::Problem;
use crate::matters::forms::ScreenForm;
use crate::matters::pages::{self, DetailPage};
use crate::matters::stages::Event;
use crate::matters::types::MatterId;
use crate::matters::views::{self, Detail};
use crate::matters::{actions, urls};
use crate::people::{Permission, SignedIn};
use crate::web::form::Complaints;
use crate::web::{Flash, Form, Frame, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::web::Path;
use chrono::NaiveDate;
use maud::Markup;

pub async fn show(app: App, by: SignedIn, frame: Frame, key: Path<String>) -> Result<Markup, Problem> {
    let act = app.act(&by);
    let today = act.now.today();
    let detail = app.read(move |conn| views::detail(conn, &act, &key)).await?;
    Ok(draw(&frame, &by, &detail, today, &ScreenForm::default(), &Complaints::default()))
}

fn draw(
    frame: &Frame,
    by: &SignedIn,
    detail: &Detail,
    today: NaiveDate,
    form: &ScreenForm,
    complaints: &Complaints,
) -> Markup {
    let events = detail.found.events(by);
    let undecided = events.contains(&Event::Screen);
    let page = DetailPage {
        detail,
        today,
        may_register: by.may(Permission::RegisterMatter),
        screening: undecided.then_some((form, complaints)),
        events: &events,
        me: by.staff_id,
        may_attach: by.may(Permission::AttachPaper),
    };
    pages::detail(frame, &page)
}

pub async fn screen(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<ScreenForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let screening = match form.check(act.now.today()) {
        Ok(screening) => screening,
        Err(complaints) => {
            let today = act.now.today();
            let detail = app.read(move |conn| views::detail(conn, &act, &id.to_string())).await?;
            return Ok(unprocessable(draw(&frame, &by, &detail, today, &form, &complaints)));
        }
    };
    let version = form.version;
    let done = app.write(move |conn| actions::screen(conn, &act, id, version, &screening)).await;
    if let Some(page) = conflict(&app, &by, &frame, (id, Event::Screen), &*form, &done).await? {
        return Ok(page);
    }
    done?;
    Ok(see_other_saying(&urls::matter(id), &Flash::done("甄别结果已经记录。")))
}

pub async fn stages(frame: Frame) -> Markup {
    pages::stages(&frame)
}
