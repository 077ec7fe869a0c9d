//! Sessions.

use crate::db::Conn;
use crate::people::types::{Account, Court, Session, SessionId, Staff, StaffId};
use crate::schema::{accounts, courts, sessions, staff};
use chrono::NaiveDateTime;
use diesel::prelude::*;

pub fn insert_session(conn: &mut Conn, new: &Session) -> QueryResult<()> {
    diesel::insert_into(sessions::table).values(new).execute(conn).map(|_| ())
}

/// The session with this token, and whose it is.
pub fn session_by_token(
    conn: &mut Conn,
    token_hash: &str,
) -> QueryResult<Option<(Session, Staff, Account, Court)>> {
    sessions::table
        .inner_join(staff::table.on(staff::id.eq(sessions::staff_id)))
        .inner_join(accounts::table.on(accounts::staff_id.eq(sessions::staff_id)))
        .inner_join(courts::table.on(courts::id.eq(staff::court_id)))
        .filter(sessions::token_hash.eq(token_hash))
        .select((sessions::all_columns, staff::all_columns, accounts::all_columns, courts::all_columns))
        .first(conn)
        .optional()
}

/// Somebody's sessions that nobody has ended and that were seen since `seen_since`, the newest first.
pub fn sessions_of(conn: &mut Conn, id: StaffId, seen_since: NaiveDateTime) -> QueryResult<Vec<Session>> {
    sessions::table
        .filter(sessions::staff_id.eq(id).and(sessions::ended_at.is_null()))
        .filter(sessions::last_seen_at.gt(seen_since))
        .order((sessions::created_at.desc(), sessions::id.desc()))
        .load(conn)
}

/// Whether somebody's last session was in large type.
pub fn last_large_type(conn: &mut Conn, id: StaffId) -> QueryResult<bool> {
    sessions::table
        .filter(sessions::staff_id.eq(id))
        .order((sessions::created_at.desc(), sessions::id.desc()))
        .select(sessions::large_type)
        .first(conn)
        .optional()
        .map(Option::unwrap_or_default)
}

pub fn set_large_type(conn: &mut Conn, id: SessionId, large: bool) -> QueryResult<()> {
    diesel::update(sessions::table.find(id)).set(sessions::large_type.eq(large)).execute(conn).map(|_| ())
}

pub fn set_seen(conn: &mut Conn, id: SessionId, at: NaiveDateTime) -> QueryResult<()> {
    diesel::update(sessions::table.find(id)).set(sessions::last_seen_at.eq(at)).execute(conn).map(|_| ())
}

/// Ends this session of this person. Says whether it was open.
pub fn end_session(conn: &mut Conn, of: StaffId, id: SessionId, at: NaiveDateTime) -> QueryResult<bool> {
    let ended = diesel::update(
        sessions::table.find(id).filter(sessions::staff_id.eq(of).and(sessions::ended_at.is_null())),
    )
    .set(sessions::ended_at.eq(at))
    .execute(conn)?;
    Ok(ended == 1)
}

/// Ends all of somebody's sessions but `but`, and says how many.
pub fn end_sessions(
    conn: &mut Conn,
    of: StaffId,
    but: Option<SessionId>,
    at: NaiveDateTime,
) -> QueryResult<usize> {
    let kept = but.unwrap_or(SessionId(0));
    diesel::update(
        sessions::table
            .filter(sessions::staff_id.eq(of).and(sessions::ended_at.is_null()))
            .filter(sessions::id.ne(kept)),
    )
    .set(sessions::ended_at.eq(at))
    .execute(conn)
}

/// Forgets sessions that were last seen before this moment, except each person's newest, which remembers the size of
/// type.
pub fn forget_sessions(conn: &mut Conn, before: NaiveDateTime) -> QueryResult<usize> {
    diesel::sql_query(
        "DELETE FROM sessions WHERE last_seen_at < $1 AND EXISTS (SELECT 1 FROM sessions newer \
         WHERE newer.staff_id = sessions.staff_id AND newer.created_at > sessions.created_at)",
    )
    .bind::<diesel::sql_types::Timestamp, _>(before)
    .execute(conn)
}
