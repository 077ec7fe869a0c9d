//! The president names who is in charge.

use super::{Asked, answered, load};
use crate::app::App;
use crate::error::Problem;
use crate::escalation::forms::NamingForm;
use crate::escalation::pages::{self, NamingPage};
use crate::escalation::types::Tier;
use crate::escalation::{actions, urls, views};
use crate::matters::MatterId;
use crate::people::SignedIn;
use crate::web::form::Complaints;
use crate::web::{Flash, Form, Frame, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::web::Path;
use maud::Markup;

/// The page with this typed; where nothing is, as the portfolio proposes it.
async fn draw(
    (app, by, frame): Asked<'_>,
    id: MatterId,
    typed: Option<&NamingForm>,
    told: &Complaints,
) -> Result<Markup, Problem> {
    let detail = load(app, by, id).await?;
    let act = app.act(by);
    let matter = detail.matter.clone();
    let (leaders, proposed) = app.read(move |conn| views::leaders(conn, &act, &matter)).await?;
    let charge = detail.charge.as_ref().map(|shown| &shown.charge);
    let end = detail.clocks.iter().find(|(clock, _, _)| clock.code == Tier::Two.clock());
    let offered = NamingForm {
        version: charge.map_or_else(String::new, |charge| charge.version.to_string()),
        leader: charge
            .map(|charge| charge.leader_id)
            .or(proposed)
            .map_or_else(String::new, |id| id.to_string()),
        responsible: charge.map_or(detail.matter.accountable_id, |charge| charge.responsible_id).to_string(),
        due_on: charge
            .map(|charge| charge.due_on)
            .or(end.map(|(clock, _, _)| clock.due_on))
            .map_or_else(String::new, |day| day.to_string()),
    };
    let typed = typed.map(|typed| NamingForm { version: offered.version.clone(), ..typed.clone() });
    let typed = typed.unwrap_or(offered);
    Ok(pages::naming(frame, &NamingPage { detail: &detail, leaders: &leaders, typed: &typed }, told))
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
