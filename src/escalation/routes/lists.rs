//! All tiers, the groups of one person, one matter, its papers.

use super::load;
use crate::app::App;
use crate::error::Problem;
use crate::escalation::forms::{GroupQuery, TierQuery};
use crate::escalation::{pages, views};
use crate::matters::MatterId;
use crate::people::SignedIn;
use crate::web::Frame;
use actix_web::web::{Path, Query};
use maud::Markup;

pub async fn list(app: App, by: SignedIn, frame: Frame, query: Query<TierQuery>) -> Result<Markup, Problem> {
    let (act, tiers) = (app.act(&by), query.tiers());
    let now = act.now;
    let wall = app.read(move |conn| views::wall(conn, &act, &tiers)).await?;
    Ok(pages::list(&frame, &wall, &query, now))
}

pub async fn wall(app: App, by: SignedIn, frame: Frame, query: Query<TierQuery>) -> Result<Markup, Problem> {
    let (act, tiers) = (app.act(&by), query.tiers());
    let now = act.now;
    let wall = app.read(move |conn| views::wall(conn, &act, &tiers)).await?;
    Ok(pages::wall(&frame, &wall, &query, now))
}

pub async fn groups(
    app: App,
    by: SignedIn,
    frame: Frame,
    query: Query<GroupQuery>,
) -> Result<Markup, Problem> {
    let (act, which) = (app.act(&by), query.which());
    let now = act.now;
    let rows = app.read(move |conn| views::groups(conn, &act, which)).await?;
    Ok(pages::groups(&frame, &rows, (&query, now)))
}

pub async fn show(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    Ok(pages::detail(&frame, &load(&app, &by, id.into_inner()).await?))
}

pub async fn plan_paper(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    let detail = load(&app, &by, id.into_inner()).await?;
    let plan = detail.plan.as_ref().ok_or(Problem::NotFound)?;
    Ok(pages::plan_paper(&frame, &detail, plan))
}

pub async fn report_paper(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
) -> Result<Markup, Problem> {
    let detail = load(&app, &by, id.into_inner()).await?;
    let report = detail.report.as_ref().ok_or(Problem::NotFound)?;
    Ok(pages::report_paper(&frame, &detail, report))
}
