//! A decision on a proposal that somebody else has decided meanwhile.

use super::store;
use super::types::{ProposalId, ProposalState};
use crate::app::App;
use crate::error::Problem;
use crate::time::Moment;
use crate::web::Frame;
use crate::web::conflict::Beside;
use crate::web::formats::moment;
use actix_web::HttpResponse;
use chrono::NaiveDateTime;

/// A button about a proposal, as it was pressed.
#[derive(Clone, Copy, Debug)]
pub struct Pressed<'a> {
    /// What the button says.
    pub meant: &'a str,
    /// Where it leads.
    pub action: &'a str,
    /// Why it is sent back, as far as that was typed.
    pub note: &'a str,
    /// What is changed by proposals, and where that is looked at.
    pub of: (&'a str, &'a str),
    pub help: &'a str,
}

/// The answer where a proposal has been decided, taken back or replaced since the page was drawn.
///
/// # Errors
///
/// `NotFound`; when the database is away.
pub async fn decided_before(
    app: &App,
    frame: &Frame,
    id: ProposalId,
    pressed: Pressed<'_>,
) -> Result<HttpResponse, Problem> {
    let found = app.read(move |conn| Ok(store::find(conn, id)?)).await?;
    let proposal = found.ok_or(Problem::NotFound)?;
    let at = |when: NaiveDateTime| moment(Moment::from_utc(when));
    let decided = proposal.decided_by_name.clone().zip(proposal.decided_at);
    let now = [
        ("改动", proposal.reason.clone()),
        ("拟订", format!("{}，{}", proposal.proposed_by_name, at(proposal.proposed_at))),
        ("状态", proposal.state.label().to_owned()),
        ("办理", decided.map_or_else(String::new, |(who, when)| format!("{who}，{}", at(when)))),
        ("说明", proposal.decision_note.clone()),
        ("您写的退回理由", pressed.note.to_owned()),
    ];
    let fields = vec![("version", proposal.version.to_string()), ("note", pressed.note.to_owned())];
    let again = (proposal.state == ProposalState::Proposed).then_some((pressed.action, fields));
    let (title, keep) = pressed.of;
    let beside = Beside { title, help: pressed.help, keep, meant: pressed.meant, now: &now, again };
    Ok(beside.answer(frame))
}
