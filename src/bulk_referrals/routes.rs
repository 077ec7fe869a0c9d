//! Who calls what of bulk referrals.

use super::forms::BulkForm;
use super::pages::{self, ChoosePage};
use super::types::{BatchId, Previewed, Ticked};
use super::{actions, urls, views};
use crate::app::App;
use crate::crypto::random_token;
use crate::error::Problem;
use crate::matters::MatterId;
use crate::people::{Access, Permission, Role, Routes, SignedIn};
use crate::referrals::forms::Destination;
use crate::referrals::views::{self as referring, Place};
use crate::web::form::Complaints;
use crate::web::{Form, Frame, see_other, unprocessable};
use actix_web::HttpResponse;
use actix_web::web::Path;
use maud::Markup;
use std::collections::HashMap;

pub fn routes(routes: &mut Routes) {
    let refer = Access::May(Permission::ReferMatter);
    routes.post(urls::CHOOSE, refer, choose);
    routes.post(urls::PREVIEW, refer, preview);
    routes.post(urls::SEND, refer, send);
    routes.get("/bulk-referrals/{id}", refer, result);
}

async fn load(
    app: &App,
    by: &SignedIn,
    ticked: Vec<Ticked>,
    to: Option<Destination>,
    excuses: HashMap<MatterId, String>,
) -> Result<(Vec<Previewed>, Vec<Place>), Problem> {
    let act = app.act(by);
    app.read(move |conn| {
        let previewed = views::preview(conn, &act, &ticked, to.as_ref(), &excuses)?;
        if previewed.is_empty() {
            return Err(Problem::NotFound);
        }
        Ok((previewed, referring::places_of_court(conn, &act, act.by.court()?)?))
    })
    .await
}

fn draw(
    frame: &Frame,
    by: &SignedIn,
    (previewed, places): &(Vec<Previewed>, Vec<Place>),
    (form, chosen): (&BulkForm, bool),
    complaints: &Complaints,
) -> Markup {
    let page = ChoosePage {
        previewed,
        places,
        officer: by.roles.contains(&Role::PetitionOfficer),
        chosen,
        key: &random_token(),
        form,
        complaints,
    };
    pages::choose(frame, &page)
}

async fn choose(app: App, by: SignedIn, frame: Frame, form: Form<BulkForm>) -> Result<Markup, Problem> {
    let ticked = form.ticked().map_err(Problem::refused)?;
    let loaded = load(&app, &by, ticked, None, HashMap::new()).await?;
    Ok(draw(&frame, &by, &loaded, (&form, false), &Complaints::default()))
}

async fn preview(
    app: App,
    by: SignedIn,
    frame: Frame,
    form: Form<BulkForm>,
) -> Result<HttpResponse, Problem> {
    let ticked = form.ticked().map_err(Problem::refused)?;
    let (to, excuses) = match (form.destination(), form.excuses()) {
        (Ok(to), Ok(excuses)) => (to, excuses),
        (Err(complaints), _) | (_, Err(complaints)) => {
            let loaded = load(&app, &by, ticked, None, HashMap::new()).await?;
            return Ok(unprocessable(draw(&frame, &by, &loaded, (&form, false), &complaints)));
        }
    };
    let loaded = load(&app, &by, ticked, Some(to), excuses).await?;
    let page = draw(&frame, &by, &loaded, (&form, true), &Complaints::default());
    Ok(crate::web::html(actix_web::http::StatusCode::OK, page))
}

async fn send(app: App, by: SignedIn, form: Form<BulkForm>) -> Result<HttpResponse, Problem> {
    let ticked = form.ticked().map_err(Problem::refused)?;
    let incomplete = || Problem::refused("提交的表单不完整，请回到台账重新勾选。");
    let key = form.key().map_err(|_why| incomplete())?;
    let to = form.destination().map_err(|_complaints| incomplete())?;
    let mut excuses = form.excuses().map_err(|_complaints| incomplete())?;
    let act = app.act(&by);
    let begun = act.clone();
    let batch = app.write(move |conn| actions::begin(conn, &begun, &key, &to)).await?;
    for one in ticked {
        let (of, doing) = (batch.clone(), act.clone());
        let excuse = excuses.remove(&one.id).unwrap_or_default();
        let done = app.write(move |conn| actions::refer_one(conn, &doing, &of, one, &excuse)).await;
        if let Err(problem) = done {
            let why = actions::reason(problem)?;
            let (of, doing) = (batch.clone(), act.clone());
            app.write(move |conn| actions::note_failure(conn, &doing, &of, one, &why)).await?;
        }
    }
    Ok(see_other(&urls::result(batch.id)))
}

async fn result(app: App, by: SignedIn, frame: Frame, id: Path<BatchId>) -> Result<Markup, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let done = app.read(move |conn| views::done(conn, &act, id)).await?;
    Ok(pages::done(&frame, &done))
}
