//! Accounts, the passwords that went before, and failed sign-ins.

use crate::db::{Conn, next_id};
use crate::people::rules::Tally;
use crate::people::types::{Account, CourtId, StaffId};
use crate::schema::{accounts, past_passwords, staff, throttles};
use crate::time::Moment;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

pub fn account(conn: &mut Conn, id: StaffId) -> QueryResult<Account> {
    accounts::table.find(id).first(conn)
}

pub fn account_by_user(conn: &mut Conn, user_name: &str) -> QueryResult<Option<Account>> {
    accounts::table.filter(accounts::user_name.eq(user_name)).first(conn).optional()
}

/// The accounts of the court's staff, in no order.
pub fn accounts_in_court(conn: &mut Conn, court: CourtId) -> QueryResult<Vec<Account>> {
    let people = staff::table.filter(staff::court_id.eq(court)).select(staff::id);
    accounts::table.filter(accounts::staff_id.eq_any(people)).load(conn)
}

pub fn insert_account(conn: &mut Conn, new: &Account) -> QueryResult<()> {
    diesel::insert_into(accounts::table).values(new).execute(conn).map(|_| ())
}

/// Gives an account another password and puts the old one by.
pub fn set_password(
    conn: &mut Conn,
    id: StaffId,
    hash: &str,
    one_time: bool,
    now: Moment,
) -> QueryResult<()> {
    let before: String = accounts::table.find(id).select(accounts::password_hash).first(conn)?;
    diesel::insert_into(past_passwords::table)
        .values((
            past_passwords::id.eq(next_id(now)),
            past_passwords::staff_id.eq(id),
            past_passwords::password_hash.eq(before),
            past_passwords::at.eq(now.utc()),
        ))
        .execute(conn)?;
    diesel::update(accounts::table.find(id))
        .set((
            accounts::password_hash.eq(hash),
            accounts::must_change.eq(one_time),
            accounts::password_changed_at.eq(now.utc()),
        ))
        .execute(conn)
        .map(|_| ())
}

/// The last passwords that were put by, the newest first.
pub fn past_passwords(conn: &mut Conn, id: StaffId, limit: i64) -> QueryResult<Vec<String>> {
    past_passwords::table
        .filter(past_passwords::staff_id.eq(id))
        .order((past_passwords::at.desc(), past_passwords::id.desc()))
        .limit(limit)
        .select(past_passwords::password_hash)
        .load(conn)
}

/// Forgets all but the newest `keep` passwords that were put by.
pub fn trim_past_passwords(conn: &mut Conn, id: StaffId, keep: i64) -> QueryResult<()> {
    let kept: Vec<i64> = past_passwords::table
        .filter(past_passwords::staff_id.eq(id))
        .order((past_passwords::at.desc(), past_passwords::id.desc()))
        .limit(keep)
        .select(past_passwords::id)
        .load(conn)?;
    diesel::delete(
        past_passwords::table.filter(past_passwords::staff_id.eq(id)).filter(past_passwords::id.ne_all(kept)),
    )
    .execute(conn)
    .map(|_| ())
}

pub fn set_locked(conn: &mut Conn, id: StaffId, locked: bool) -> QueryResult<()> {
    diesel::update(accounts::table.find(id)).set(accounts::locked.eq(locked)).execute(conn).map(|_| ())
}

pub fn set_expiry(conn: &mut Conn, id: StaffId, expires_on: Option<NaiveDate>) -> QueryResult<()> {
    diesel::update(accounts::table.find(id))
        .set(accounts::expires_on.eq(expires_on))
        .execute(conn)
        .map(|_| ())
}

pub fn note_sign_in(conn: &mut Conn, id: StaffId, now: Moment) -> QueryResult<()> {
    diesel::update(accounts::table.find(id))
        .set(accounts::last_sign_in_at.eq(now.utc()))
        .execute(conn)
        .map(|_| ())
}

/// Whose failures a tally counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Throttled<'a> {
    /// A user name, whether there is such an account or not: a lock must not tell.
    User(&'a str),
    /// A network address.
    Address(&'a str),
}

impl Throttled<'_> {
    fn key(self) -> String {
        match self {
            Throttled::User(name) => format!("u:{name}"),
            Throttled::Address(address) => format!("a:{address}"),
        }
    }
}

pub fn tally(conn: &mut Conn, of: Throttled<'_>) -> QueryResult<Option<Tally>> {
    let row: Option<(i64, NaiveDateTime, Option<NaiveDateTime>)> = throttles::table
        .find(of.key())
        .select((throttles::failures, throttles::since_at, throttles::locked_until))
        .first(conn)
        .optional()?;
    Ok(row.map(|(failures, since_at, locked_until)| Tally { failures, since_at, locked_until }))
}

/// The user names among these accounts' whose failures keep them locked at `now`.
pub fn locked_users(conn: &mut Conn, now: NaiveDateTime) -> QueryResult<Vec<String>> {
    let keys: Vec<String> =
        throttles::table.filter(throttles::locked_until.gt(now)).select(throttles::key).load(conn)?;
    Ok(keys.into_iter().filter_map(|key| key.strip_prefix("u:").map(str::to_owned)).collect())
}

pub fn save_tally(conn: &mut Conn, of: Throttled<'_>, tally: Tally) -> QueryResult<()> {
    let key = of.key();
    let values = (
        throttles::failures.eq(tally.failures),
        throttles::since_at.eq(tally.since_at),
        throttles::locked_until.eq(tally.locked_until),
    );
    if diesel::update(throttles::table.find(&key)).set(values).execute(conn)? == 0 {
        diesel::insert_into(throttles::table).values((throttles::key.eq(&key), values)).execute(conn)?;
    }
    Ok(())
}

pub fn clear_tally(conn: &mut Conn, of: Throttled<'_>) -> QueryResult<()> {
    diesel::delete(throttles::table.find(of.key())).execute(conn).map(|_| ())
}

/// Forgets tallies that began before this moment and lock nothing at `now`.
pub fn forget_tallies(conn: &mut Conn, before: NaiveDateTime, now: NaiveDateTime) -> QueryResult<usize> {
    diesel::delete(
        throttles::table
            .filter(throttles::since_at.lt(before))
            .filter(throttles::locked_until.is_null().or(throttles::locked_until.le(now))),
    )
    .execute(conn)
}
