//! Ends what was led into a procedure of law, or takes it back as a petition.

use super::forms::Filed;
use crate::audit::{self, Subject};
use crate::db::Conn;
use crate::deadlines;
use crate::error::Problem;
use crate::escalation;
use crate::matters::life::{self, Change};
use crate::matters::rules::{Screening, outcome};
use crate::matters::stages::Event;
use crate::matters::types::{CloseReason, EntryKind, ReplyManner, Stage, Track};
use crate::matters::{self, MatterId};
use crate::people::Act;

/// Enters the case number or the refusal to file; the matter ends as redirected, with what the petitioner was told.
///
/// # Errors
///
/// `NotFound`, `Forbidden`, `Stale`; `Refused` by the stage.
pub fn enter_result(
    conn: &mut Conn,
    act: &Act,
    id: MatterId,
    version: i64,
    filed: &Filed,
) -> Result<(), Problem> {
    let found = life::find_for(conn, act, id, Event::LitigationResult)?;
    let words = filed.words();
    for code in found.matter.track().map_or(&[][..], Track::clocks) {
        deadlines::meet(conn, id.0, *code, act.now.today())?;
    }
    if let Filed::Case(number) = filed {
        matters::add_case(conn, act, &found.matter, number)?;
    }
    matters::reply(conn, act, &found.matter, ReplyManner::Written, &words)?;
    matters::note(conn, act, &found.matter, EntryKind::Closed, format!("诉讼程序有了结果：{words}"))?;
    audit::record(conn, act, "matter.redirected", Subject::Matter(id.0), &[])?;
    let change = Change {
        stage: Some(Stage::Closed),
        close_reason: Some(CloseReason::Redirected),
        ..Change::default()
    };
    life::move_on(conn, act, &found.matter, version, change)
}

/// Takes a claim back that turned out to be no suit: it is handled as a petition from now on, with the clocks of acceptance.
///
/// # Errors
///
/// As [`enter_result`].
pub fn take_back(
    conn: &mut Conn,
    act: &Act,
    id: MatterId,
    version: i64,
    reason: &str,
) -> Result<(), Problem> {
    let found = life::find_for(conn, act, id, Event::BackToHandling)?;
    for code in found.matter.track().map_or(&[][..], Track::clocks) {
        deadlines::cancel(conn, id.0, *code)?;
    }
    let today = act.now.today();
    let clocks: Vec<_> = outcome(&Screening::Accepted).clocks.into_iter().map(|code| (code, today)).collect();
    deadlines::start_all(conn, act, found.matter.court_id, id.0, &clocks)?;
    let text = format!("改作信访事项办理。理由：{reason}");
    matters::note(conn, act, &found.matter, EntryKind::Screened, text)?;
    audit::record(conn, act, "matter.taken_back", Subject::Matter(id.0), &[])?;
    let change = Change { stage: Some(Stage::Handling), ..Change::default() };
    life::move_on(conn, act, &found.matter, version, change)?;
    escalation::accepted(conn, act, &found.matter)
}
