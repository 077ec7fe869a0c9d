//! What every action leaves on a matter: an entry of its timeline, and the next date on its row.

use super::store;
use super::types::{
    ContactId, EntryId, EntryKind, Matter, MatterCase, Reply, ReplyManner, Stage, TimelineEntry,
};
use crate::db::{Conn, next_id};
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

/// Corrects an entry by a new one that names it. The old one stays as it was.
///
/// # Errors
///
/// When it can't be written.
pub fn correct(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    old: &TimelineEntry,
    text: String,
) -> Result<(), Problem> {
    let new = entry(act, matter, EntryKind::Correction, text, old.contact_id);
    Ok(store::insert_entries(conn, &[TimelineEntry { corrects_id: Some(old.id), ..new }])?)
}

/// Keeps what the petitioner was told, or why no reply is owed (promise 2).
///
/// # Errors
///
/// When it can't be written; `Forbidden` for the system.
pub fn reply(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    manner: ReplyManner,
    text: &str,
) -> Result<(), Problem> {
    let reply = Reply {
        id: next_id(act.now),
        matter_id: matter.id,
        manner,
        text: text.to_owned(),
        by_id: act.by.person()?,
        given_at: act.now.utc(),
    };
    Ok(store::insert_reply(conn, &reply)?)
}

/// Adds a court case, by its canonical number, that the matter has come to be about, and makes the matter found by it.
///
/// # Errors
///
/// When it can't be written.
pub fn add_case(conn: &mut Conn, act: &Act, matter: &Matter, number: &str) -> Result<(), Problem> {
    let known = store::cases_of(conn, matter)?;
    if known.iter().any(|case| case.number == number) {
        return Ok(());
    }
    let position = known.iter().map(|case| case.position + 1).max().unwrap_or(0);
    let case = MatterCase {
        id: next_id(act.now),
        court_id: matter.court_id,
        matter_id: matter.id,
        number: number.to_owned(),
        verified: true,
        reason: None,
        position,
    };
    store::insert_cases(conn, &[case])?;
    super::index::reindex(conn, matter)
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
