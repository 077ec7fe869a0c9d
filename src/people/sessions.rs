//! Sessions: who is behind a cookie's token. Tokens are kept hashed; a session ends by itself when idle or old.

use super::act::Actor;
use super::scope::Scope;
use super::types::{CourtId, DivisionId, Role, StaffId};
use crate::db::Conn;
use crate::error::Problem;
use crate::schema::{accounts, courts, portfolios, sessions, staff, staff_roles};
use crate::time::Moment;
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use diesel::prelude::*;

/// How long a session lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionLimits {
    /// Minutes without a request.
    pub idle_minutes: i64,
    /// Hours since signing in.
    pub absolute_hours: i64,
}

/// Who is behind a token.
#[derive(Debug)]
pub enum Presence {
    Here(Present),
    /// The session was theirs until it ran out of time: what they just sent can be kept for them.
    Lapsed {
        staff_id: StaffId,
    },
    Nobody,
}

/// A signed-in person, as looked up.
#[derive(Clone, Debug)]
pub struct Present {
    pub actor: Actor,
    pub session_id: i64,
    pub user_name: String,
    pub court_name: String,
    /// The password is one that somebody else set, or is too old.
    pub must_change: bool,
    pub large_type: bool,
    pub last_seen_at: NaiveDateTime,
}

/// Whether a session opened at `created_at` and last used at `last_seen_at` still holds at `now`.
pub fn holds(
    created_at: NaiveDateTime,
    last_seen_at: NaiveDateTime,
    now: NaiveDateTime,
    limits: SessionLimits,
) -> bool {
    now - last_seen_at < TimeDelta::minutes(limits.idle_minutes)
        && now - created_at < TimeDelta::hours(limits.absolute_hours)
}

/// Finds out who is behind the token with this hash.
///
/// # Errors
///
/// When the database is away.
pub fn present(
    conn: &mut Conn,
    token_hash: &str,
    now: Moment,
    limits: SessionLimits,
) -> Result<Presence, Problem> {
    type Session = (i64, StaffId, NaiveDateTime, NaiveDateTime, Option<NaiveDateTime>, bool);
    let session: Option<Session> = sessions::table
        .filter(sessions::token_hash.eq(token_hash))
        .select((
            sessions::id,
            sessions::staff_id,
            sessions::created_at,
            sessions::last_seen_at,
            sessions::ended_at,
            sessions::large_type,
        ))
        .first(conn)
        .optional()?;
    let Some((session_id, staff_id, created_at, last_seen_at, ended_at, large_type)) = session else {
        return Ok(Presence::Nobody);
    };
    if ended_at.is_some() {
        return Ok(Presence::Nobody);
    }
    if !holds(created_at, last_seen_at, now.utc(), limits) {
        return Ok(Presence::Lapsed { staff_id });
    }
    type Person = (CourtId, Option<DivisionId>, String, String, String, bool);
    let person: Option<Person> = staff::table
        .inner_join(accounts::table)
        .inner_join(courts::table)
        .filter(staff::id.eq(staff_id).and(staff::active.eq(true)))
        .filter(accounts::expires_on.is_null().or(accounts::expires_on.ge(now.today())))
        .select((
            staff::court_id,
            staff::division_id,
            staff::name,
            accounts::user_name,
            courts::name,
            accounts::must_change,
        ))
        .first(conn)
        .optional()?;
    let Some((court_id, division_id, name, user_name, court_name, must_change)) = person else {
        return Ok(Presence::Nobody);
    };
    let actor = actor(conn, staff_id, court_id, division_id, name, now.today())?;
    Ok(Presence::Here(Present {
        actor,
        session_id,
        user_name,
        court_name,
        must_change,
        large_type,
        last_seen_at,
    }))
}

/// The person with their roles and what they may see on `today`.
///
/// # Errors
///
/// When the database is away.
pub fn actor(
    conn: &mut Conn,
    staff_id: StaffId,
    court_id: CourtId,
    division_id: Option<DivisionId>,
    name: String,
    today: NaiveDate,
) -> Result<Actor, Problem> {
    let roles: Vec<Role> = staff_roles::table
        .filter(staff_roles::staff_id.eq(staff_id))
        .order(staff_roles::role)
        .select(staff_roles::role)
        .load(conn)?;
    let charges: Vec<(Option<DivisionId>, bool)> = portfolios::table
        .filter(portfolios::staff_id.eq(staff_id).and(portfolios::from_on.le(today)))
        .filter(portfolios::to_on.is_null().or(portfolios::to_on.ge(today)))
        .select((portfolios::division_id, portfolios::petitions))
        .load(conn)?;
    let petitions = charges.iter().any(|(_, petitions)| *petitions);
    let mut divisions: Vec<DivisionId> = charges.into_iter().filter_map(|(division, _)| division).collect();
    divisions.extend(division_id);
    let scope = Scope::of(court_id, staff_id, &roles, &divisions, petitions);
    Ok(Actor { staff_id: Some(staff_id), court_id: Some(court_id), division_id, name, roles, scope })
}

/// Writes down that the session is in use.
///
/// # Errors
///
/// When the database is away.
pub fn seen(conn: &mut Conn, session_id: i64, now: Moment) -> Result<(), Problem> {
    diesel::update(sessions::table.find(session_id))
        .set(sessions::last_seen_at.eq(now.utc()))
        .execute(conn)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_holds_until_it_is_idle_or_old() {
        let at = |minute: i64| {
            NaiveDate::from_ymd_opt(2026, 11, 23).unwrap().and_hms_opt(8, 0, 0).unwrap()
                + TimeDelta::minutes(minute)
        };
        let limits = SessionLimits { idle_minutes: 30, absolute_hours: 12 };
        assert!(holds(at(0), at(0), at(29), limits));
        assert!(!holds(at(0), at(0), at(30), limits));
        assert!(holds(at(0), at(719), at(719), limits));
        assert!(!holds(at(0), at(719), at(720), limits));
    }
}
