//! The president names who is in charge.

use super::{Asked, answered, conflict, load};
use crate::app::App;
use crate::error::Problem;
use crate::escalation::forms::NamingForm;
use crate::escalation::pages::{self, NamingPage};
use crate::escalation::views::{Detail, Load};
use crate::escalation::{actions, urls, views};
use crate::matters::MatterId;
use crate::people::SignedIn;
use crate::web::form::Complaints;
use crate::web::{Flash, Form, Frame, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::web::Path;
use chrono::NaiveDate;
use maud::Markup;

/// The charge as it is, to be changed; where there is none, as the portfolio proposes it.
async fn offered(
    (app, by, _): Asked<'_>,
    detail: &Detail,
) -> Result<(Vec<Load>, NaiveDate, NamingForm), Problem> {
    let (act, matter) = (app.act(by), detail.matter.clone());
    let (leaders, proposed, last) = app.read(move |conn| views::leaders(conn, &act, &matter)).await?;
    let charge = detail.charge.as_ref().map(|shown| &shown.charge);
    let form = NamingForm {
        version: charge.map_or_else(String::new, |charge| charge.version.to_string()),
        leader: charge
            .map(|charge| charge.leader_id)
            .or(proposed)
            .map_or_else(String::new, |id| id.to_string()),
        responsible: charge.map_or(detail.matter.accountable_id, |charge| charge.responsible_id).to_string(),
        due_on: charge.map_or(last, |charge| charge.due_on).to_string(),
    };
    Ok((leaders, last, form))
}

/// The page with this typed; where nothing is, with what is offered.
async fn draw(
    (app, by, frame): Asked<'_>,
    id: MatterId,
    typed: Option<&NamingForm>,
    told: &Complaints,
) -> Result<Markup, Problem> {
    let detail = load(app, by, id).await?;
    let (leaders, last, offered) = offered((app, by, frame), &detail).await?;
    let typed = typed.cloned().unwrap_or(offered);
    Ok(pages::naming(frame, &NamingPage { detail: &detail, leaders: &leaders, last, typed: &typed }, told))
}

pub async fn page(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    draw((&app, &by, &frame), id.into_inner(), None, &Complaints::default()).await
}

pub async fn name(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<NamingForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let naming = match form.check() {
        Ok(naming) => naming,
        Err(told) => {
            return Ok(unprocessable(draw((&app, &by, &frame), id, Some(&form), &told).await?));
        }
    };
    let version = form.version();
    let done = app.write(move |conn| actions::name_leader(conn, &act, id, version, &naming)).await;
    if matches!(done, Err(Problem::Stale)) {
        let detail = load(&app, &by, id).await?;
        let (_, _, now) = offered((&app, &by, &frame), &detail).await?;
        return conflict::naming(&frame, &detail, (&form, &now));
    }
    let mut told = Complaints::default();
    let stood = answered(done, |complaints| {
        told = complaints.clone();
        Markup::default()
    })?;
    match stood {
        Ok(_) => {
            Ok(see_other_saying(&urls::of(id), &Flash::done("包案领导和责任人已经确定，两人会收到邮件。")))
        }
        Err(page) => {
            let again = draw((&app, &by, &frame), id, Some(&form), &told).await?;
            Ok(crate::web::html(page.status(), again))
        }
    }
}
