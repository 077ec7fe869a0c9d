//! Signing in and out. A password takes tens of milliseconds to check, so that is done between a reading and a writing
//! transaction and never holds up the writer; what is decided is decided in the writing one.

use crate::audit::{self, Subject};
use crate::crypto::{Keys, random_token, sm3_hex};
use crate::db::{Conn, Database};
use crate::error::Problem;
use crate::people::act::{Act, Actor};
use crate::people::rules::{self, SignInLimits};
use crate::people::store::{self, Throttled};
use crate::people::types::{Account, SessionId, StaffId};
use crate::people::{passwords, sessions};
use crate::text::squeeze;
use crate::time::Moment;
use std::sync::Arc;

/// What somebody typed at the sign-in page, and from where.
#[derive(Clone)]
pub struct Attempt {
    pub user_name: String,
    pub password: String,
    pub address: String,
    pub agent: String,
}

/// How an attempt ended. A refusal is an outcome, not an error: what it counted must be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignInOutcome {
    In {
        /// For the cookie; only its hash is kept.
        token: String,
        session_id: SessionId,
        staff_id: StaffId,
        must_change: bool,
    },
    Refused(SignInRefusal),
}

/// Why somebody was not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInRefusal {
    /// With how many more failures before the account is locked.
    Wrong { left: i64 },
    /// Too many failures of this account.
    Locked { until: Moment },
    /// Too many failures from this address.
    AddressRefused { until: Moment },
    /// The person left, the account was closed, or its time is over.
    Closed,
    /// The one-time password was given too long ago.
    OneTimeLapsed,
}

impl std::fmt::Display for SignInRefusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let clock = |until: &Moment| until.court_time().format("%H:%M").to_string();
        match self {
            SignInRefusal::Wrong { left } => {
                write!(f, "用户名或密码不正确，请核对后再输入。再错 {left} 次，这个账号会暂时锁定。")
            }
            SignInRefusal::Locked { until } => write!(
                f,
                "密码连续输错次数太多，这个账号锁定到 {}。请到时再试，或请安全管理员解锁。",
                clock(until)
            ),
            SignInRefusal::AddressRefused { until } => write!(
                f,
                "这台电脑登录失败次数太多，{} 之前不能再试。如有急事，请换一台电脑或联系系统管理员。",
                clock(until)
            ),
            SignInRefusal::Closed => f.write_str("这个账号已经停用或者到期，请联系系统管理员。"),
            SignInRefusal::OneTimeLapsed => {
                f.write_str("这个一次性密码发放太久，已经失效，请联系系统管理员重新发放。")
            }
        }
    }
}

/// What is known of an attempt before its password is looked at.
struct Candidate {
    /// As it would be kept: small letters, no blanks.
    user_name: String,
    account: Option<Account>,
    refused: Option<SignInRefusal>,
}

/// Lets somebody in (登录), or says why not. Works on its own transactions: call it outside of any, and on a thread that
/// may wait.
///
/// # Errors
///
/// When the database is away.
pub fn sign_in(
    database: &Database,
    keys: &Arc<Keys>,
    now: Moment,
    limits: &SignInLimits,
    attempt: Attempt,
) -> Result<SignInOutcome, Problem> {
    let candidate = database.read(|conn| candidate(conn, now, &attempt))?;
    if let Some(refusal) = candidate.refused {
        return Ok(SignInOutcome::Refused(refusal));
    }
    let kept = candidate.account.as_ref().map(|account| account.password_hash.as_str());
    let right = passwords::matches(&attempt.password, kept);
    let (keys, limits) = (keys.clone(), *limits);
    database.write(move |conn| conclude(conn, keys, now, &limits, &attempt, candidate, right))
}

fn candidate(conn: &mut Conn, now: Moment, attempt: &Attempt) -> Result<Candidate, Problem> {
    let user_name = squeeze(&attempt.user_name).to_lowercase();
    let refused = refusal(conn, now, &user_name, &attempt.address)?;
    let account = store::account_by_user(conn, &user_name)?;
    Ok(Candidate { user_name, account, refused })
}

/// Whether this account or address must wait.
fn refusal(
    conn: &mut Conn,
    now: Moment,
    user_name: &str,
    address: &str,
) -> Result<Option<SignInRefusal>, Problem> {
    let address = store::tally(conn, Throttled::Address(address))?;
    if let Some(until) = rules::refused_until(address, now.utc()) {
        return Ok(Some(SignInRefusal::AddressRefused { until: Moment::from_utc(until) }));
    }
    let user = store::tally(conn, Throttled::User(user_name))?;
    Ok(rules::refused_until(user, now.utc())
        .map(|until| SignInRefusal::Locked { until: Moment::from_utc(until) }))
}

/// Decides, in the writing transaction: guesses that ran side by side are counted one after the other here.
fn conclude(
    conn: &mut Conn,
    keys: Arc<Keys>,
    now: Moment,
    limits: &SignInLimits,
    attempt: &Attempt,
    candidate: Candidate,
    right: bool,
) -> Result<SignInOutcome, Problem> {
    if let Some(refusal) = refusal(conn, now, &candidate.user_name, &attempt.address)? {
        return Ok(SignInOutcome::Refused(refusal));
    }
    let account = match candidate.account {
        // A password that was changed while this one was being checked is no longer the one that matched.
        Some(read) => Some(store::account(conn, read.staff_id)?)
            .filter(|account| !right || account.password_hash == read.password_hash),
        None => None,
    };
    let act = act_of(conn, keys, now, account.as_ref())?;
    match account {
        Some(account) if right => let_in(conn, &act, limits, attempt, &account),
        account => {
            let refusal = failed(conn, &act, limits, attempt, &candidate.user_name, account.as_ref())?;
            Ok(SignInOutcome::Refused(refusal))
        }
    }
}

/// The person of the account as the one who acts; a stranger acts as the system's sign-in page.
fn act_of(conn: &mut Conn, keys: Arc<Keys>, now: Moment, account: Option<&Account>) -> Result<Act, Problem> {
    let by = match account {
        Some(account) => {
            let staff = store::staff_of_any_court(conn, account.staff_id)?;
            sessions::actor(conn, &staff, now)?
        }
        None => Actor::system("登录页"),
    };
    Ok(Act { by, now, keys })
}

fn let_in(
    conn: &mut Conn,
    act: &Act,
    limits: &SignInLimits,
    attempt: &Attempt,
    account: &Account,
) -> Result<SignInOutcome, Problem> {
    let (now, staff_id) = (act.now, account.staff_id);
    let subject = Subject::Staff(staff_id.0);
    let staff = store::staff_of_any_court(conn, staff_id)?;
    let ended = rules::account_ended(account.expires_on, now.today());
    let given_at = account.password_changed_at;
    let refusal = if !staff.active || account.locked || ended {
        Some(SignInRefusal::Closed)
    } else if rules::one_time_lapsed(account.must_change, given_at, now.utc(), limits) {
        Some(SignInRefusal::OneTimeLapsed)
    } else {
        None
    };
    if let Some(refusal) = refusal {
        let from = [("user", account.user_name.as_str()), ("from", attempt.address.as_str())];
        audit::record(conn, act, "staff.sign_in_refused", subject, &from)?;
        return Ok(SignInOutcome::Refused(refusal));
    }
    store::clear_tally(conn, Throttled::User(&account.user_name))?;
    store::note_sign_in(conn, staff_id, now)?;
    let token = random_token();
    let hash = sm3_hex(token.as_bytes());
    let session_id = sessions::open(conn, now, staff_id, &hash, &attempt.address, &attempt.agent)?;
    audit::record(conn, act, "staff.signed_in", subject, &[("from", &attempt.address)])?;
    let must_change = rules::must_change(account.must_change, given_at, now.utc(), limits);
    Ok(SignInOutcome::In { token, session_id, staff_id, must_change })
}

/// Counts a failure for the account and for the address. What was typed as a user name is kept only where there is such
/// an account: people type passwords there.
fn failed(
    conn: &mut Conn,
    act: &Act,
    limits: &SignInLimits,
    attempt: &Attempt,
    user_name: &str,
    account: Option<&Account>,
) -> Result<SignInRefusal, Problem> {
    let now = act.now.utc();
    let address = Throttled::Address(&attempt.address);
    let from = rules::address_failure(store::tally(conn, address)?, now, limits);
    store::save_tally(conn, address, from)?;
    let subject = account.map_or(Subject::System, |account| Subject::Staff(account.staff_id.0));
    audit::record(conn, act, "staff.sign_in_failed", subject, &[("from", &attempt.address)])?;
    if rules::check_user_name(user_name).is_err() {
        return Ok(SignInRefusal::Wrong { left: limits.account_failures - 1 });
    }
    let user = Throttled::User(user_name);
    let tally = rules::account_failure(store::tally(conn, user)?, now, limits);
    store::save_tally(conn, user, tally)?;
    match tally.locked_until {
        Some(until) => {
            if account.is_some() {
                audit::record(conn, act, "staff.locked", subject, &[("from", &attempt.address)])?;
            }
            Ok(SignInRefusal::Locked { until: Moment::from_utc(until) })
        }
        None => Ok(SignInRefusal::Wrong { left: limits.account_failures - tally.failures }),
    }
}

/// Ends one's own session (退出登录).
///
/// # Errors
///
/// When the database refuses.
pub fn sign_out(conn: &mut Conn, act: &Act, session_id: SessionId) -> Result<(), Problem> {
    let staff_id = act.by.person()?;
    if store::end_session(conn, staff_id, session_id, act.now.utc())? {
        audit::record(conn, act, "staff.signed_out", Subject::Staff(staff_id.0), &[])?;
    }
    Ok(())
}

/// Ends one of one's own sessions, on another machine.
///
/// # Errors
///
/// `NotFound` when it is not one's own or has ended.
pub fn end_session(conn: &mut Conn, act: &Act, session_id: SessionId) -> Result<(), Problem> {
    let staff_id = act.by.person()?;
    if !store::end_session(conn, staff_id, session_id, act.now.utc())? {
        return Err(Problem::NotFound);
    }
    audit::record(conn, act, "staff.session_ended", Subject::Session(session_id.0), &[])
}

/// Ends all of one's own sessions but this one, and says how many.
///
/// # Errors
///
/// When the database refuses.
pub fn end_others(conn: &mut Conn, act: &Act, keep: SessionId) -> Result<usize, Problem> {
    let staff_id = act.by.person()?;
    let ended = store::end_sessions(conn, staff_id, Some(keep), act.now.utc())?;
    let count = ended.to_string();
    audit::record(conn, act, "staff.other_sessions_ended", Subject::Staff(staff_id.0), &[("count", &count)])?;
    Ok(ended)
}

/// Reads in large type, or no longer (大字). A wish of this session, taken over by the next; no matter for the trail.
///
/// # Errors
///
/// When the database refuses.
pub fn set_large_type(conn: &mut Conn, session_id: SessionId, large: bool) -> Result<(), Problem> {
    Ok(store::set_large_type(conn, session_id, large)?)
}
