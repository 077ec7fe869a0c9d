//! Writing the trail.

use super::anchor::{Anchor, AnchorError};
use super::rules;
use super::store;
use super::types::{Entry, Subject, Value};
use crate::db::{Committed, Conn};
use crate::error::Problem;
use crate::people::Act;
use std::path::Path;

/// Puts a line at the end of the trail: `act` did `action` to `subject`. `values` says what was written, field by field:
/// never document numbers, phones, addresses, bank accounts or passwords. Call it in the transaction of the write itself,
/// and inside `db::write`: the chain has one end.
///
/// # Errors
///
/// That the database refused; the whole transaction must then be rolled back.
pub fn record(
    conn: &mut Conn,
    act: &Act,
    action: &str,
    subject: Subject,
    values: &[(&str, &str)],
) -> Result<(), Problem> {
    let mut end = store::end(conn)?;
    let (entry, values) = next_line(act, &mut end, action, subject, values);
    store::add(conn, &entry, &values)?;
    Ok(())
}

/// The line that [`record`] would write after `end`, which it becomes: for loading very many in one go.
pub fn next_line(
    act: &Act,
    end: &mut Committed,
    action: &str,
    subject: Subject,
    values: &[(&str, &str)],
) -> (Entry, Vec<Value>) {
    let keys = &act.keys;
    let seq = end.count + 1;
    let mut entry = Entry {
        seq,
        at: act.now.utc(),
        court_id: act.by.court_id,
        actor_id: act.by.staff_id,
        actor_name: act.by.name.clone(),
        action: action.to_owned(),
        subject_kind: subject.kind().code().to_owned(),
        subject_id: subject.id(),
        digests: rules::digests(keys.audit(), seq, values),
        prev: std::mem::take(&mut end.head),
        hash: String::new(),
    };
    entry.hash = rules::link(keys.audit(), &entry);
    let value = |(field, value): &(&str, &str)| Value {
        seq,
        field: (*field).to_owned(),
        value: Some((*value).to_owned()),
    };
    let values: Vec<Value> = values.iter().map(value).collect();
    *end = Committed { count: seq, head: entry.hash.clone() };
    (entry, values)
}

/// Takes values out of a line for good, such as a name whose time of keeping is over; the line itself stays, and the
/// trail says who took them out. Returns how many were there.
///
/// # Errors
///
/// That the database refused.
pub fn anonymise(conn: &mut Conn, act: &Act, seq: i64, fields: &[&str]) -> Result<usize, Problem> {
    let gone = store::forget(conn, seq, fields)?;
    if gone > 0 {
        record(conn, act, "audit.anonymised", Subject::Entry(seq), &[("fields", &fields.join(" "))])?;
    }
    Ok(gone)
}

/// The anchor of this data folder, for the start of the server. A new folder gets one; where lines are there already but
/// the anchor is gone or damaged, it is made anew and the trail says so. Call it inside `db::write`.
///
/// # Errors
///
/// That the database refused or the file cannot be read or written.
pub fn prepare_anchor(conn: &mut Conn, act: &Act, path: &Path) -> Result<Anchor, Problem> {
    let why = match Anchor::open(path, &act.keys) {
        Ok(anchor) => return Ok(anchor),
        Err(AnchorError::Io(error)) => return Err(error.into()),
        Err(AnchorError::Missing) => "missing",
        Err(AnchorError::Damaged) => "damaged",
    };
    let end = store::head(conn)?;
    if let Some(end) = &end {
        let count = end.count.to_string();
        record(conn, act, "audit.anchor_renewed", Subject::System, &[("count", &count), ("why", why)])?;
    }
    Anchor::renew(path, &act.keys, end.as_ref()).map_err(|error| match error {
        AnchorError::Io(error) => error.into(),
        other @ (AnchorError::Missing | AnchorError::Damaged) => Problem::internal(other.to_string()),
    })
}
