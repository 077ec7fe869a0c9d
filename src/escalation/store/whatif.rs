//! What a what-if looks through.

use crate::db::Conn;
use crate::matters::types::{Contact, HeardAt, Stage};
use crate::matters::{Matter, MatterId};
use crate::people::CourtId;
use crate::schema::{contacts, heard_at, matters};
use diesel::prelude::*;

/// Open matters of a court, whoever may see them, after `after`, at most `limit`.
pub fn open_of_court(
    conn: &mut Conn,
    court: CourtId,
    after: Option<MatterId>,
    limit: i64,
) -> QueryResult<Vec<Matter>> {
    let mut query =
        matters::table.filter(matters::court_id.eq(court).and(matters::stage.ne(Stage::Closed))).into_boxed();
    if let Some(after) = after {
        query = query.filter(matters::id.gt(after));
    }
    query.order(matters::id).limit(limit).load(conn)
}

/// Where these matters have been heard.
pub fn heard_of_all(conn: &mut Conn, ids: &[MatterId]) -> QueryResult<Vec<HeardAt>> {
    heard_at::table.filter(heard_at::matter_id.eq_any(ids.to_vec())).load(conn)
}

/// The contacts of these matters.
pub fn contacts_of_all(conn: &mut Conn, ids: &[MatterId]) -> QueryResult<Vec<Contact>> {
    contacts::table.filter(contacts::matter_id.eq_any(ids.to_vec())).load(conn)
}
