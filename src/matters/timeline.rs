//! What every action leaves on a matter: an entry of its timeline, and the next date on its row.

use super::store;
use super::types::{ContactId, EntryId, EntryKind, Matter, Stage, TimelineEntry};
use crate::db::Conn;
use crate::deadlines;
use crate::error::Problem;
use crate::people::Act;

/// An entry by whoever acts, about a contact where there is one.
pub fn entry(
    act: &Act,
    matter: &Matter,
    kind: EntryKind,
    text: String,
    contact: Option<ContactId>,
) -> TimelineEntry {
    TimelineEntry {
        id: EntryId::new(act.now),
        court_id: matter.court_id,
        matter_id: matter.id,
        kind,
        at: act.now.utc(),
        staff_id: act.by.staff_id,
        staff_name: act.by.name.clone(),
        text,
        contact_id: contact,
        corrects_id: None,
    }
}

/// Notes on the timeline what somebody did, in the transaction in which they do it.
///
/// # Errors
///
/// When it can't be written.
pub fn note(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    kind: EntryKind,
    text: String,
) -> Result<EntryId, Problem> {
    let entry = entry(act, matter, kind, text, None);
    let id = entry.id;
    store::insert_entries(conn, &[entry])?;
    Ok(id)
}

/// Puts the open matter's earliest running clock on its row, as its next deadline (promise 1).
///
/// # Errors
///
/// When it can't be written.
pub fn refresh_next(conn: &mut Conn, matter: &Matter) -> Result<(), Problem> {
    if matter.stage != Stage::Closed
        && let Some((clock, _)) = deadlines::next(conn, matter.id.0)?
    {
        store::set_next_due(conn, matter.id, clock.due_on, Some(clock.id))?;
    }
    Ok(())
}
