//! Which attachments there are. A row changes only in which key seals its content; whose they may be read is for the slice
//! that asks.

use super::{FileKind, Kept};
use crate::db::{Conn, id};
use crate::schema::attachments;
use crate::time::Moment;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use std::collections::BTreeSet;

id! {
    /// Which attachment.
    AttachmentId
}

/// One attachment (附件) of a matter, perhaps brought with one contact.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = attachments)]
pub struct Attachment {
    pub id: AttachmentId,
    pub court_id: i64,
    pub matter_id: i64,
    pub contact_id: Option<i64>,
    /// Harmless, with an ending that fits the content.
    pub name: String,
    pub kind: FileKind,
    pub size_bytes: i64,
    /// Where the content lies; see [`super::open`].
    pub hash: String,
    pub key_id: String,
    /// `None` when the system brought it, such as with an import.
    pub uploaded_by: Option<i64>,
    /// UTC.
    pub uploaded_at: NaiveDateTime,
}

impl Attachment {
    /// What was kept, as an attachment of this matter.
    pub fn of(kept: Kept, (court_id, matter_id): (i64, i64), uploaded_by: Option<i64>, now: Moment) -> Self {
        Attachment {
            id: AttachmentId::new(now),
            court_id,
            matter_id,
            contact_id: None,
            name: kept.name,
            kind: kept.kind,
            size_bytes: kept.size_bytes,
            hash: kept.hash,
            key_id: kept.key_id,
            uploaded_by,
            uploaded_at: now.utc(),
        }
    }

    /// The contact it was brought with.
    #[must_use]
    pub fn with_contact(mut self, contact_id: i64) -> Self {
        self.contact_id = Some(contact_id);
        self
    }
}

/// Notes that every attachment is sealed with this key now.
///
/// # Errors
///
/// When the database is away.
pub fn note_key(conn: &mut Conn, key_id: &str) -> QueryResult<usize> {
    diesel::update(attachments::table.filter(attachments::key_id.ne(key_id)))
        .set(attachments::key_id.eq(key_id))
        .execute(conn)
}

/// The contents that attachments name, in order, those after `after`: for sealing them anew.
///
/// # Errors
///
/// When the database is away.
pub fn hashes_after(conn: &mut Conn, after: &str, limit: i64) -> QueryResult<Vec<String>> {
    attachments::table
        .filter(attachments::hash.gt(after.to_owned()))
        .select(attachments::hash)
        .distinct()
        .order(attachments::hash)
        .limit(limit)
        .load(conn)
}

/// Which of these contents attachments name.
///
/// # Errors
///
/// When the database is away.
pub fn named_of(conn: &mut Conn, hashes: &[String]) -> QueryResult<BTreeSet<String>> {
    let named: Vec<String> = attachments::table
        .filter(attachments::hash.eq_any(hashes.to_vec()))
        .select(attachments::hash)
        .distinct()
        .load(conn)?;
    Ok(named.into_iter().collect())
}

/// # Errors
///
/// When the database refuses.
pub fn insert(conn: &mut Conn, attachment: &Attachment) -> QueryResult<()> {
    diesel::insert_into(attachments::table).values(attachment).execute(conn)?;
    Ok(())
}

/// A matter's attachments, the oldest first. Whoever asks has made sure that the person may see the matter.
///
/// # Errors
///
/// When the database refuses.
pub fn list(conn: &mut Conn, matter_id: i64) -> QueryResult<Vec<Attachment>> {
    attachments::table
        .filter(attachments::matter_id.eq(matter_id))
        .order(attachments::id)
        .select(Attachment::as_select())
        .load(conn)
}

/// One attachment. Whoever asks makes sure that the person may see its matter.
///
/// # Errors
///
/// `NotFound` when there is none.
pub fn find(conn: &mut Conn, id: AttachmentId) -> QueryResult<Attachment> {
    attachments::table.find(id).select(Attachment::as_select()).first(conn)
}
