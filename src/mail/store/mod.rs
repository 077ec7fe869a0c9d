//! The outbox and the channel's row.

mod office;

pub use office::{find, list, send_again, states, try_channel_now};

use super::message;
use super::rules;
use super::types::{ChannelState, Health, Mail, MailId, MailState, NewMail};
use crate::db::Conn;
use crate::error::Problem;
use crate::on_each_database;
use crate::schema::{mail_channel, outbox};
use crate::time::Moment;
use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;

/// The only row of `mail_channel`.
const CHANNEL: i64 = 1;
/// Pages show no more than this many as a number.
const COUNTED: i64 = 1_000;

/// Puts a mail into the outbox (入列), in the transaction of the fact that it tells of. `None` when one with the same
/// `dedupe_key` is there already.
///
/// # Errors
///
/// When the database is away.
pub fn queue(conn: &mut Conn, now: Moment, new: NewMail) -> Result<Option<MailId>, Problem> {
    let id = MailId::new(now);
    let row = Mail {
        id,
        court_id: new.court_id,
        kind: new.kind,
        recipient_id: new.recipient_id,
        recipient: new.recipient,
        subject: new.content.subject,
        text_body: new.content.text,
        html_body: new.content.html,
        message_id: message::id_of(id),
        dedupe_key: new.dedupe_key,
        urgent: new.urgent,
        state: MailState::Queued,
        attempts: 0,
        next_attempt_at: Some(new.not_before.map_or(now, |at| at.max(now)).utc()),
        lease_holder: None,
        last_reply: None,
        created_at: now.utc(),
        sent_at: None,
        matter_id: new.matter_id,
    };
    let statement =
        diesel::insert_into(outbox::table).values(&row).on_conflict(outbox::dedupe_key).do_nothing();
    let inserted = on_each_database!(conn, |c| statement.execute(c))?;
    Ok((inserted == 1).then_some(id))
}

/// A mail that this instance may offer to the server until its lease ends.
#[derive(Clone, Debug)]
pub struct Claimed {
    pub mail: Mail,
    /// Where it stood before.
    pub was: MailState,
    /// How many times in a row the channel had failed.
    pub failures: i32,
}

/// Takes the next mail that is due, urgent ones first, for `holder`. `None` when none is, or while the queue waits.
pub fn claim(conn: &mut Conn, now: Moment, holder: &str) -> QueryResult<Option<Claimed>> {
    let channel = channel(conn)?;
    if channel.as_ref().and_then(|c| c.retry_at).is_some_and(|at| at > now.utc()) {
        return Ok(None);
    }
    while let Some(mail) = next_due(conn, now)? {
        let was = mail.state;
        let same = outbox::table
            .find(mail.id)
            .filter(outbox::state.eq(was))
            .filter(outbox::attempts.eq(mail.attempts))
            .filter(outbox::next_attempt_at.le(now.utc()));
        let taken = diesel::update(same)
            .set((
                outbox::state.eq(MailState::Sending),
                outbox::attempts.eq(mail.attempts + 1),
                outbox::next_attempt_at.eq(now.plus(rules::LEASE).utc()),
                outbox::lease_holder.eq(holder),
            ))
            .execute(conn)?;
        if taken == 1 {
            let mail = Mail { attempts: mail.attempts + 1, ..mail };
            return Ok(Some(Claimed { mail, was, failures: channel.map_or(0, |c| c.failures) }));
        }
    }
    Ok(None)
}

/// Whether a claim could succeed now: a read, so that an idle sender writes nothing.
pub fn anything_due(conn: &mut Conn, now: Moment) -> QueryResult<bool> {
    let waits = channel(conn)?.and_then(|c| c.retry_at).is_some_and(|at| at > now.utc());
    Ok(!waits && next_due(conn, now)?.is_some())
}

fn next_due(conn: &mut Conn, now: Moment) -> QueryResult<Option<Mail>> {
    for urgent in [true, false] {
        let mail = outbox::table
            .filter(outbox::urgent.eq(urgent))
            .filter(outbox::next_attempt_at.le(now.utc()))
            .order((outbox::next_attempt_at, outbox::id))
            .select(Mail::as_select())
            .first(conn)
            .optional()?;
        if mail.is_some() {
            return Ok(mail);
        }
    }
    Ok(None)
}

/// What became of a claimed mail.
#[derive(Clone, Debug)]
pub struct Settlement {
    pub id: MailId,
    pub state: MailState,
    pub attempts: i32,
    pub next_attempt_at: Option<Moment>,
    pub reply: String,
    pub at: Moment,
    pub channel: ChannelNews,
}

/// What the attempt says about the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChannelNews {
    /// It was never asked.
    None,
    /// It listens to us, whatever it said of the mail.
    Open,
    /// It doesn't, for the `failures`th time in a row; it is tried again at `retry_at`.
    Down { lasting: bool, failures: i32, retry_at: Moment },
}

/// Writes down what became of a mail. Says whether `holder` still had it.
pub fn settle(conn: &mut Conn, holder: &str, done: &Settlement) -> QueryResult<bool> {
    let sent_at = (done.state == MailState::Sent).then(|| done.at.utc());
    let mine = outbox::table
        .find(done.id)
        .filter(outbox::state.eq(MailState::Sending))
        .filter(outbox::lease_holder.eq(holder));
    let settled = diesel::update(mine)
        .set((
            outbox::state.eq(done.state),
            outbox::attempts.eq(done.attempts),
            outbox::next_attempt_at.eq(done.next_attempt_at.map(Moment::utc)),
            outbox::lease_holder.eq(None::<String>),
            outbox::last_reply.eq(Some(&done.reply)),
            outbox::sent_at.eq(sent_at),
        ))
        .execute(conn)?;
    record_channel(conn, done, sent_at)?;
    Ok(settled == 1)
}

#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = mail_channel, treat_none_as_default_value = false, treat_none_as_null = true)]
struct ChannelRow {
    id: i64,
    state: ChannelState,
    since: NaiveDateTime,
    failures: i32,
    retry_at: Option<NaiveDateTime>,
    last_reply: Option<String>,
    last_sent_at: Option<NaiveDateTime>,
    seen_at: NaiveDateTime,
}

fn channel(conn: &mut Conn) -> QueryResult<Option<ChannelRow>> {
    mail_channel::table.find(CHANNEL).select(ChannelRow::as_select()).first(conn).optional()
}

fn record_channel(conn: &mut Conn, done: &Settlement, sent_at: Option<NaiveDateTime>) -> QueryResult<()> {
    let (state, failures, retry_at) = match done.channel {
        ChannelNews::None => return Ok(()),
        ChannelNews::Open => (ChannelState::Open, 0, None),
        ChannelNews::Down { lasting: true, failures, retry_at } => {
            (ChannelState::Refused, failures, Some(retry_at.utc()))
        }
        ChannelNews::Down { lasting: false, failures, retry_at } => {
            (ChannelState::Waiting, failures, Some(retry_at.utc()))
        }
    };
    let before = channel(conn)?;
    let since = before.as_ref().filter(|b| b.state == state).map_or(done.at.utc(), |b| b.since);
    let row = ChannelRow {
        id: CHANNEL,
        state,
        since,
        failures,
        retry_at,
        last_reply: Some(done.reply.clone()),
        last_sent_at: sent_at.or_else(|| before.and_then(|b| b.last_sent_at)),
        seen_at: done.at.utc(),
    };
    save_channel(conn, &row)
}

fn save_channel(conn: &mut Conn, row: &ChannelRow) -> QueryResult<()> {
    let statement = diesel::insert_into(mail_channel::table)
        .values(row)
        .on_conflict(mail_channel::id)
        .do_update()
        .set(row);
    on_each_database!(conn, |c| statement.execute(c)).map(|_| ())
}

/// The sender is alive.
pub fn heartbeat(conn: &mut Conn, now: Moment) -> QueryResult<()> {
    let row = match channel(conn)? {
        Some(row) => ChannelRow { seen_at: now.utc(), ..row },
        None => ChannelRow {
            id: CHANNEL,
            state: ChannelState::Open,
            since: now.utc(),
            failures: 0,
            retry_at: None,
            last_reply: None,
            last_sent_at: None,
            seen_at: now.utc(),
        },
    };
    save_channel(conn, &row)
}

/// How the sending of mail is going (邮件通道).
///
/// # Errors
///
/// When the database is away.
pub fn health(conn: &mut Conn, now: Moment) -> Result<Health, Problem> {
    let row = channel(conn)?;
    let waiting = bounded_count(
        conn,
        &[MailState::Queued, MailState::Failing, MailState::Unknown, MailState::Sending],
    )?;
    let given_up = bounded_count(conn, &[MailState::GivenUp])?;
    let silent = match &row {
        Some(row) => now.utc() - row.seen_at > rules::SILENCE,
        None => waiting > 0 && oldest_waiting(conn)?.is_some_and(|at| now.utc() - at > rules::SILENCE),
    };
    let channel = row.as_ref().map_or(ChannelState::Open, |r| r.state);
    let lasted = row.as_ref().map_or(TimeDelta::zero(), |r| now.utc() - r.since);
    Ok(Health {
        channel,
        since: row.as_ref().map(|r| Moment::from_utc(r.since)),
        seen_at: row.as_ref().map(|r| Moment::from_utc(r.seen_at)),
        retry_at: row.as_ref().and_then(|r| r.retry_at).map(Moment::from_utc),
        last_sent_at: row.as_ref().and_then(|r| r.last_sent_at).map(Moment::from_utc),
        last_reply: row.and_then(|r| r.last_reply),
        waiting,
        given_up,
        silent,
        alarming: rules::alarming(channel, lasted, silent),
    })
}

fn bounded_count(conn: &mut Conn, states: &[MailState]) -> QueryResult<i64> {
    let ids: Vec<MailId> =
        outbox::table.filter(outbox::state.eq_any(states)).limit(COUNTED).select(outbox::id).load(conn)?;
    Ok(i64::try_from(ids.len()).unwrap_or(COUNTED))
}

fn oldest_waiting(conn: &mut Conn) -> QueryResult<Option<NaiveDateTime>> {
    outbox::table
        .filter(outbox::state.eq(MailState::Queued))
        .order(outbox::id)
        .select(outbox::created_at)
        .first(conn)
        .optional()
}
