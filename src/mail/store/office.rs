//! What the office sees of the outbox and may do about it.

use crate::db::Conn;
use crate::error::Problem;
use crate::mail::types::{Listed, Mail, MailId, MailKind, MailState, Slice};
use crate::schema::{mail_channel, matter_bars, outbox};
use crate::time::Moment;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use std::collections::HashMap;

type Row = (
    MailId,
    MailKind,
    String,
    String,
    MailState,
    i32,
    Option<NaiveDateTime>,
    Option<String>,
    NaiveDateTime,
    Option<NaiveDateTime>,
);

/// The matters that complain about this reader: mails that speak of them are hidden (promise 9).
fn barred(conn: &mut Conn, reader: Option<i64>) -> QueryResult<Vec<i64>> {
    let Some(reader) = reader else { return Ok(Vec::new()) };
    matter_bars::table.filter(matter_bars::staff_id.eq(reader)).select(matter_bars::matter_id).load(conn)
}

/// A page of mails, the newest first.
///
/// # Errors
///
/// When the database is away.
pub fn list(conn: &mut Conn, slice: &Slice) -> Result<Vec<Listed>, Problem> {
    let barred = barred(conn, slice.reader)?;
    let mut query = outbox::table
        .filter(outbox::court_id.eq(slice.court_id).or(outbox::court_id.is_null()))
        .filter(outbox::state.eq_any(slice.states))
        .filter(outbox::matter_id.is_null().or(outbox::matter_id.assume_not_null().ne_all(barred)))
        .limit(slice.limit)
        .select((
            outbox::id,
            outbox::kind,
            outbox::recipient,
            outbox::subject,
            outbox::state,
            outbox::attempts,
            outbox::next_attempt_at,
            outbox::last_reply,
            outbox::created_at,
            outbox::sent_at,
        ))
        .into_boxed();
    if let Some(before) = slice.before {
        query = query.filter(outbox::id.lt(before));
    }
    let rows: Vec<Row> = match slice.after {
        Some(after) => {
            let mut rows: Vec<Row> = query.filter(outbox::id.gt(after)).order(outbox::id.asc()).load(conn)?;
            rows.reverse();
            rows
        }
        None => query.order(outbox::id.desc()).load(conn)?,
    };
    Ok(rows.into_iter().map(|row| listed(row, slice.subjects)).collect())
}

fn listed(row: Row, subjects: bool) -> Listed {
    let (id, kind, recipient, subject, state, attempts, next_attempt_at, last_reply, created_at, sent_at) =
        row;
    let subject = subjects.then_some(subject);
    Listed { id, kind, recipient, subject, state, attempts, next_attempt_at, last_reply, created_at, sent_at }
}

/// Ends the queue's waiting: somebody says that the server has been mended.
///
/// # Errors
///
/// When the database is away.
pub fn try_channel_now(conn: &mut Conn) -> Result<(), Problem> {
    diesel::update(mail_channel::table)
        .set(mail_channel::retry_at.eq(None::<NaiveDateTime>))
        .execute(conn)?;
    Ok(())
}

/// Offers a mail that failed or was given up once more, from the beginning. Says whether it was such a mail.
///
/// # Errors
///
/// When the database is away.
pub fn send_again(conn: &mut Conn, now: Moment, id: MailId) -> Result<bool, Problem> {
    let stuck = outbox::table.find(id).filter(outbox::state.eq_any([
        MailState::Failing,
        MailState::Unknown,
        MailState::GivenUp,
    ]));
    let changed = diesel::update(stuck)
        .set((
            outbox::state.eq(MailState::Queued),
            outbox::attempts.eq(0),
            outbox::next_attempt_at.eq(Some(now.utc())),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// A mail, for this reader.
///
/// # Errors
///
/// `NotFound` when it isn't there, or speaks of a matter that complains about them.
pub fn find(conn: &mut Conn, id: MailId, reader: Option<i64>) -> Result<Mail, Problem> {
    let mail: Mail = outbox::table.find(id).select(Mail::as_select()).first(conn)?;
    let hidden = barred(conn, reader)?;
    if mail.matter_id.is_some_and(|matter| hidden.contains(&matter)) {
        return Err(Problem::NotFound);
    }
    Ok(mail)
}

/// Where these mails stand.
///
/// # Errors
///
/// When the database is away.
pub fn states(conn: &mut Conn, ids: &[MailId]) -> Result<HashMap<MailId, MailState>, Problem> {
    let rows: Vec<(MailId, MailState)> = outbox::table
        .filter(outbox::id.eq_any(ids.to_vec()))
        .select((outbox::id, outbox::state))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}
