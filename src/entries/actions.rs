//! Records an entry; corrects one.

use super::forms::Noted;
use super::rules;
use crate::audit::{self, Subject};
use crate::db::Conn;
use crate::deadlines::{self, Code};
use crate::error::Problem;
use crate::files::Kept;
use crate::matters::life::{self, Found};
use crate::matters::stages::{Event, Relation};
use crate::matters::types::{EntryId, EntryKind, Stage, TimelineEntry};
use crate::matters::{self, MatterId};
use crate::people::Act;

/// Records what was done about a matter, with its papers, and meets the deadlines that it fulfils. Two people may record at
/// the same time: an entry takes nothing from another.
///
/// # Errors
///
/// `NotFound`, `Forbidden`.
pub fn note(
    conn: &mut Conn,
    act: &Act,
    id: MatterId,
    noted: &Noted,
    papers: Vec<Kept>,
) -> Result<(), Problem> {
    let found = life::find_for(conn, act, id, Event::Note)?;
    let today = act.now.today();
    matters::note(conn, act, &found.matter, noted.kind, noted.words(today))?;
    let effect = rules::effect(noted.kind, noted.told, found.matter.stage == Stage::Handling);
    let running = deadlines::open_of_all(conn, &[id.0])?;
    for clock in running.iter().filter(|clock| effect.meets.contains(&clock.code)) {
        deadlines::meet(conn, id.0, clock.code, noted.happened_on.max(clock.starts_on))?;
    }
    if effect.next_progress {
        let court = found.matter.court_id;
        deadlines::start(conn, act, court, id.0, Code::ProgressMonthly, noted.happened_on)?;
    }
    matters::refresh_next(conn, &found.matter)?;
    if !papers.is_empty() {
        matters::actions::attach(conn, act, id, papers)?;
    }
    audit::record(conn, act, "matter.noted", Subject::Matter(id.0), &[("kind", noted.kind.code())])
}

/// An entry that this person may correct: their own, or any for a petition officer.
///
/// # Errors
///
/// `NotFound`; `Forbidden` for somebody else's.
pub fn correctable(
    conn: &mut Conn,
    act: &Act,
    id: MatterId,
    entry: EntryId,
) -> Result<(Found, TimelineEntry), Problem> {
    let found = life::find_for(conn, act, id, Event::Note)?;
    let old = matters::entry_of(conn, &found.matter, entry)?;
    let theirs = old.staff_id.is_some() && old.staff_id == act.by.staff_id;
    if theirs || found.relations.contains(&Relation::Officer) {
        Ok((found, old))
    } else {
        Err(Problem::Forbidden)
    }
}

/// Corrects an entry by a new one that names it (更正). The old one stays as it was, and no clock moves.
///
/// # Errors
///
/// As [`correctable`].
pub fn correct(conn: &mut Conn, act: &Act, id: MatterId, entry: EntryId, text: &str) -> Result<(), Problem> {
    let (found, old) = correctable(conn, act, id, entry)?;
    matters::correct(conn, act, &found.matter, &old, text.to_owned())?;
    audit::record(
        conn,
        act,
        "matter.corrected",
        Subject::Matter(id.0),
        &[("kind", EntryKind::Correction.code())],
    )
}
