//! Who is here: a session is opened at sign-in, looked up with every request, and ends by itself or when somebody ends it.

use super::act::Actor;
use super::rules::{self, SessionState, SignInLimits};
use super::scope::Scope;
use super::store;
use super::types::{Account, DivisionId, Session, SessionId, Staff, StaffId};
use crate::db::Conn;
use crate::error::Problem;
use crate::time::Moment;
use chrono::{NaiveDateTime, TimeDelta};

/// The longest browser name that is kept; the rest says nothing to a person.
const AGENT_CHARS: usize = 200;

/// Somebody who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Present {
    pub actor: Actor,
    pub session_id: SessionId,
    /// Their password must be changed before anything else.
    pub must_change: bool,
    /// They read in large type.
    pub large_type: bool,
    /// As stored; see [`seen`].
    pub last_seen_at: NaiveDateTime,
    pub court_name: String,
    pub user_name: String,
}

impl Present {
    /// Whether it is time to write down that they were seen: once a minute is enough.
    pub fn should_be_noted(&self, now: Moment) -> bool {
        now.utc() - self.last_seen_at >= TimeDelta::minutes(1)
    }
}

/// Whose request it is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "one a request, and most are the large one")]
pub enum Presence {
    Here(Present),
    /// This person's session ran out of time: what they had typed may be kept as their draft, nothing may be shown.
    Lapsed {
        staff_id: StaffId,
    },
    /// Nobody that is known, or somebody who signed out, was signed out, or may no longer sign in.
    Nobody,
}

/// Opens a session for somebody whose password was right. `token_hash` is the SM3 of the token that goes into the
/// cookie.
///
/// # Errors
///
/// When the database refuses.
pub fn open(
    conn: &mut Conn,
    now: Moment,
    staff_id: StaffId,
    token_hash: &str,
    address: &str,
    agent: &str,
) -> Result<SessionId, Problem> {
    let id = SessionId::new(now);
    let large_type = store::last_large_type(conn, staff_id)?;
    let session = Session {
        id,
        token_hash: token_hash.to_owned(),
        staff_id,
        created_at: now.utc(),
        last_seen_at: now.utc(),
        ended_at: None,
        address: address.to_owned(),
        agent: agent.chars().take(AGENT_CHARS).collect(),
        large_type,
    };
    store::insert_session(conn, &session)?;
    Ok(id)
}

/// Who holds the token with this hash at `now`, with the roles and portfolios they have today.
///
/// # Errors
///
/// When the database refuses.
pub fn present(
    conn: &mut Conn,
    token_hash: &str,
    now: Moment,
    limits: &SignInLimits,
) -> Result<Presence, Problem> {
    let Some((session, staff, account, court)) = store::session_by_token(conn, token_hash)? else {
        return Ok(Presence::Nobody);
    };
    if !staff.active || account.locked || rules::account_ended(account.expires_on, now.today()) {
        return Ok(Presence::Nobody);
    }
    let (created, seen, ended) = (session.created_at, session.last_seen_at, session.ended_at);
    match rules::session_state(created, seen, ended, now.utc(), limits) {
        SessionState::Ended => Ok(Presence::Nobody),
        SessionState::Lapsed => Ok(Presence::Lapsed { staff_id: staff.id }),
        SessionState::Live => {
            let actor = actor(conn, &staff, now)?;
            Ok(Presence::Here(here(actor, &session, &account, court.name, now, limits)))
        }
    }
}

fn here(
    actor: Actor,
    session: &Session,
    account: &Account,
    court_name: String,
    now: Moment,
    limits: &SignInLimits,
) -> Present {
    let changed_at = account.password_changed_at;
    Present {
        actor,
        session_id: session.id,
        must_change: rules::must_change(account.must_change, changed_at, now.utc(), limits),
        large_type: session.large_type,
        last_seen_at: session.last_seen_at,
        court_name,
        user_name: account.user_name.clone(),
    }
}

/// This member of staff as somebody who does things, with the roles and portfolios they have today.
///
/// # Errors
///
/// When the database refuses.
pub fn actor(conn: &mut Conn, staff: &Staff, now: Moment) -> Result<Actor, Problem> {
    let roles = store::roles_of(conn, staff.id)?;
    let portfolios = store::portfolios_on(conn, staff.id, now.today())?;
    let mut divisions: Vec<DivisionId> = portfolios.iter().filter_map(|held| held.division_id).collect();
    divisions.extend(staff.division_id.filter(|own| !divisions.contains(own)));
    let petitions = portfolios.iter().any(|held| held.petitions);
    let scope = Scope::of(staff.court_id, staff.id, &roles, &divisions, petitions);
    Ok(Actor {
        staff_id: Some(staff.id),
        court_id: Some(staff.court_id),
        division_id: staff.division_id,
        name: staff.name.clone(),
        roles,
        scope,
    })
}

/// Notes that the session was used. The trail does not record it.
///
/// # Errors
///
/// When the database refuses.
pub fn seen(conn: &mut Conn, session_id: SessionId, now: Moment) -> Result<(), Problem> {
    Ok(store::set_seen(conn, session_id, now.utc())?)
}

/// Somebody's sessions that are still open at `now`, the newest first.
///
/// # Errors
///
/// When the database refuses.
pub fn list_of(
    conn: &mut Conn,
    staff_id: StaffId,
    now: Moment,
    limits: &SignInLimits,
) -> Result<Vec<Session>, Problem> {
    let seen_since = now.utc() - TimeDelta::minutes(limits.idle_minutes);
    let mut sessions = store::sessions_of(conn, staff_id, seen_since)?;
    sessions.retain(|one| {
        let state = rules::session_state(one.created_at, one.last_seen_at, one.ended_at, now.utc(), limits);
        state == SessionState::Live
    });
    Ok(sessions)
}

/// Forgets what is too old to be of use: sessions not seen for `days`, and failed sign-ins of more than a day ago.
///
/// # Errors
///
/// When the database refuses.
pub fn forget_old(conn: &mut Conn, now: Moment, days: i64) -> Result<usize, Problem> {
    let sessions = store::forget_sessions(conn, now.utc() - TimeDelta::days(days))?;
    let tallies = store::forget_tallies(conn, now.utc() - TimeDelta::days(1), now.utc())?;
    Ok(sessions + tallies)
}
