//! The chain in the database. Lines are only ever added; the database itself refuses the rest.

use super::rules::NO_LINE;
use super::types::{Entry, SubjectKind, Value};
use crate::db::{Committed, Conn};
use crate::people::{CourtId, StaffId};
use crate::schema::{attachments, audit_entries, audit_values, clocks, contacts, outbox};
use crate::{insert_rows, on_each_database};
use crate::{matters, petitioners};
use chrono::NaiveDateTime;
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use std::collections::HashMap;

/// The end of the chain: how many lines, and the hash of the last. `None` while it is empty.
///
/// # Errors
///
/// That the database cannot be read.
pub fn head(conn: &mut Conn) -> QueryResult<Option<Committed>> {
    let last = audit_entries::table
        .select((audit_entries::seq, audit_entries::hash))
        .order(audit_entries::seq.desc());
    // Per database, because that lets diesel keep the statement prepared: every write comes through here.
    let last: Option<(i64, String)> = on_each_database!(conn, |c| last.first(c)).optional()?;
    Ok(last.map(|(count, head)| Committed { count, head }))
}

/// The end of the chain, as the next line names it.
///
/// # Errors
///
/// That the database cannot be read.
pub fn end(conn: &mut Conn) -> QueryResult<Committed> {
    Ok(head(conn)?.unwrap_or(Committed { count: 0, head: NO_LINE.to_owned() }))
}

/// The hash of line `seq`, if there is one.
pub(super) fn hash_of(conn: &mut Conn, seq: i64) -> QueryResult<Option<String>> {
    let line = audit_entries::table.find(seq).select(audit_entries::hash);
    on_each_database!(conn, |c| line.first(c)).optional()
}

pub(super) fn add(conn: &mut Conn, entry: &Entry, values: &[Value]) -> QueryResult<()> {
    on_each_database!(conn, |c| diesel::insert_into(audit_entries::table).values(entry).execute(c))?;
    insert_rows!(conn, audit_values::table, values)
}

/// The next lines after `seq`, at most `limit`, in order.
pub(super) fn lines_after(conn: &mut Conn, seq: i64, limit: i64) -> QueryResult<Vec<Entry>> {
    audit_entries::table
        .filter(audit_entries::seq.gt(seq))
        .order(audit_entries::seq)
        .limit(limit)
        .select(Entry::as_select())
        .load(conn)
}

/// The number of the next line after `seq`, read without the rest of it.
pub(super) fn number_after(conn: &mut Conn, seq: i64) -> QueryResult<Option<i64>> {
    audit_entries::table
        .filter(audit_entries::seq.gt(seq))
        .order(audit_entries::seq)
        .select(audit_entries::seq)
        .first(conn)
        .optional()
}

/// The values of the lines after `from` up to `to`, in the order of lines and fields.
pub(super) fn values_between(conn: &mut Conn, from: i64, to: i64) -> QueryResult<Vec<Value>> {
    audit_values::table
        .filter(audit_values::seq.gt(from).and(audit_values::seq.le(to)))
        .order((audit_values::seq, audit_values::field))
        .select(Value::as_select())
        .load(conn)
}

/// Takes the values of these fields out of line `seq`; returns how many there were.
pub(super) fn forget(conn: &mut Conn, seq: i64, fields: &[&str]) -> QueryResult<usize> {
    let which = audit_values::table
        .filter(audit_values::seq.eq(seq))
        .filter(audit_values::field.eq_any(fields.iter().copied()))
        .filter(audit_values::value.is_not_null());
    diesel::update(which).set(audit_values::value.eq(None::<String>)).execute(conn)
}

/// Which lines to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Lines of this court's people only, and what the system did.
    pub court: Option<CourtId>,
    pub actor: Option<StaffId>,
    pub action: Option<String>,
    pub subject: Option<(SubjectKind, Option<i64>)>,
    /// Not before this moment (UTC).
    pub from: Option<NaiveDateTime>,
    /// Before this moment (UTC).
    pub until: Option<NaiveDateTime>,
    /// What whoever reads is not to find.
    pub hidden: Hidden,
}

/// What whoever reads the trail is not to find in it: complaints about themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hidden {
    /// The complaints, and the things that belong to them.
    subjects: Vec<(SubjectKind, Vec<i64>)>,
    /// The complaints' numbers, and the names of those who came with them alone.
    words: Vec<String>,
}

/// What is hidden from this member of staff.
///
/// # Errors
///
/// That the database cannot be read.
pub fn hidden_from(conn: &mut Conn, reader: StaffId) -> QueryResult<Hidden> {
    let barred = matters::complaints_about(conn, reader)?;
    let mut hidden = Hidden::default();
    for id in &barred {
        hidden.words.push(matters::of_job(conn, *id)?.number);
    }
    if barred.is_empty() {
        return Ok(hidden);
    }
    let ids: Vec<i64> = barred.iter().map(|id| id.0).collect();
    let came = petitioners::store::hidden_from(conn, reader)?;
    hidden.words.extend(petitioners::store::load_all(conn, &came)?.into_iter().map(|one| one.name));
    let of_them = contacts::table.filter(contacts::matter_id.eq_any(&barred)).select(contacts::id);
    let of_them: Vec<i64> =
        of_them.load::<matters::ContactId>(conn)?.into_iter().map(|contact| contact.0).collect();
    let running = clocks::table.filter(clocks::matter_id.eq_any(&ids)).select(clocks::id);
    let running: Vec<i64> =
        running.load::<crate::deadlines::ClockId>(conn)?.into_iter().map(|clock| clock.0).collect();
    let papers = attachments::table.filter(attachments::matter_id.eq_any(&ids)).select(attachments::id);
    let mails = outbox::table.filter(outbox::matter_id.eq_any(&ids)).select(outbox::id);
    hidden.subjects = vec![
        (SubjectKind::Matter, ids.clone()),
        (SubjectKind::Contact, of_them),
        (SubjectKind::Clock, running),
        (SubjectKind::Attachment, papers.load(conn)?),
        (SubjectKind::Mail, mails.load(conn)?),
        (SubjectKind::Petitioner, came.into_iter().map(|one| one.0).collect()),
    ];
    Ok(hidden)
}

/// A line with its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub entry: Entry,
    pub values: Vec<Value>,
}

/// The newest lines that match, at most `limit`, older than line `before` if that is given. Those about accountability
/// reviews are left out, because whoever reads the trail may be reviewed, and what is hidden from them.
///
/// # Errors
///
/// That the database cannot be read.
pub fn page(conn: &mut Conn, filter: &Filter, before: Option<i64>, limit: i64) -> QueryResult<Vec<Shown>> {
    use audit_entries::{action, actor_id, at, court_id, seq, subject_id, subject_kind};
    let secret = SubjectKind::Accountability.code();
    let mut query =
        audit_entries::table.select(Entry::as_select()).filter(subject_kind.ne(secret)).into_boxed();
    for (kind, ids) in &filter.hidden.subjects {
        query = query.filter(subject_kind.ne(kind.code()).or(subject_id.assume_not_null().ne_all(ids)));
    }
    for word in &filter.hidden.words {
        let said = audit_values::table
            .filter(audit_values::seq.eq(seq))
            .filter(audit_values::value.like(format!("%{word}%")));
        query = query.filter(not(exists(said)));
    }
    if let Some(court) = filter.court {
        query = query.filter(court_id.eq(court).or(court_id.is_null()));
    }
    if let Some(actor) = filter.actor {
        query = query.filter(actor_id.eq(actor));
    }
    if let Some(code) = &filter.action {
        query = query.filter(action.eq(code));
    }
    if let Some((kind, id)) = filter.subject {
        query = query.filter(subject_kind.eq(kind.code()));
        if let Some(id) = id {
            query = query.filter(subject_id.eq(id));
        }
    }
    if let Some(from) = filter.from {
        query = query.filter(at.ge(from));
    }
    if let Some(until) = filter.until {
        query = query.filter(at.lt(until));
    }
    if let Some(before) = before {
        query = query.filter(seq.lt(before));
    }
    let entries: Vec<Entry> = query.order(seq.desc()).limit(limit).load(conn)?;
    with_values(conn, entries)
}

/// The newest lines about one thing, at most `limit`.
///
/// # Errors
///
/// That the database cannot be read.
pub fn history(conn: &mut Conn, kind: SubjectKind, id: i64, limit: i64) -> QueryResult<Vec<Shown>> {
    let entries = audit_entries::table
        .filter(audit_entries::subject_kind.eq(kind.code()).and(audit_entries::subject_id.eq(id)))
        .order(audit_entries::seq.desc())
        .limit(limit)
        .select(Entry::as_select())
        .load(conn)?;
    with_values(conn, entries)
}

fn with_values(conn: &mut Conn, entries: Vec<Entry>) -> QueryResult<Vec<Shown>> {
    let lines: Vec<i64> = entries.iter().map(|entry| entry.seq).collect();
    let found: Vec<Value> = audit_values::table
        .filter(audit_values::seq.eq_any(lines))
        .order((audit_values::seq, audit_values::field))
        .select(Value::as_select())
        .load(conn)?;
    let mut values: HashMap<i64, Vec<Value>> = HashMap::new();
    for value in found {
        values.entry(value.seq).or_default().push(value);
    }
    let shown = |entry: Entry| Shown { values: values.remove(&entry.seq).unwrap_or_default(), entry };
    Ok(entries.into_iter().map(shown).collect())
}
