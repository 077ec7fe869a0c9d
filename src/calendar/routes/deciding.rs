//! Deciding on a proposed change of the calendar.

use super::super::{actions, urls};
use crate::app::App;
use crate::error::Problem;
use crate::people::SignedIn;
use crate::proposals::actions as proposals;
use crate::proposals::{Pressed, Proposal, ProposalId, decided_before};
use crate::web::{Flash, Form, Frame, see_other_saying};
use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct Decision {
    version: i64,
    #[serde(default)]
    note: String,
}

pub async fn accept(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<i64>,
    form: Form<Decision>,
) -> Result<HttpResponse, Problem> {
    let (id, version, act) = (ProposalId(*id), form.version, app.act(&by));
    let done = app.write(move |conn| actions::put_in_force(conn, &act, id, version)).await;
    if matches!(done, Err(Problem::Stale)) {
        return late(&app, &frame, id, ("确认生效", "accept"), "").await;
    }
    let (year, moved) = done?;
    let said = match moved {
        0 => format!("{year}年日历已生效，没有期限因此变动。"),
        moved => format!("{year}年日历已生效，有 {moved} 个期限的到期日随之调整，已记入各事项的经过。"),
    };
    Ok(see_other_saying(&urls::year(year), &Flash::done(said)))
}

pub async fn reject(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<i64>,
    form: Form<Decision>,
) -> Result<HttpResponse, Problem> {
    let (id, act, note) = (ProposalId(*id), app.act(&by), form.note.clone());
    let done = app.write(move |conn| proposals::reject(conn, &act, id, form.version, &form.note)).await;
    if matches!(done, Err(Problem::Stale)) {
        return late(&app, &frame, id, ("退回修改", "reject"), &note).await;
    }
    Ok(back_to(&done?, "改动已退回给拟订人。"))
}

pub async fn withdraw(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<i64>,
    form: Form<Decision>,
) -> Result<HttpResponse, Problem> {
    let (id, version, act) = (ProposalId(*id), form.version, app.act(&by));
    let done = app.write(move |conn| proposals::withdraw(conn, &act, id, version)).await;
    if matches!(done, Err(Problem::Stale)) {
        return late(&app, &frame, id, ("撤回这项改动", "withdraw"), "").await;
    }
    Ok(back_to(&done?, "改动已撤回。"))
}

/// A button about a proposal that somebody else has settled.
async fn late(
    app: &App,
    frame: &Frame,
    id: ProposalId,
    (meant, step): (&str, &str),
    note: &str,
) -> Result<HttpResponse, Problem> {
    let action = format!("{}/{step}", urls::proposal(id));
    let of = ("工作日历", urls::CALENDAR);
    decided_before(app, frame, id, Pressed { meant, action: &action, note, of, help: "calendar" }).await
}

fn back_to(proposal: &Proposal, said: &str) -> HttpResponse {
    let address = proposal.target.parse().map_or_else(|_| urls::CALENDAR.to_owned(), urls::year);
    see_other_saying(&address, &Flash::done(said))
}
