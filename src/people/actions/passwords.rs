//! Changing one's password, and giving somebody a new one-time password.

use super::within;
use crate::audit::{self, Subject};
use crate::db::{Conn, Database};
use crate::error::Problem;
use crate::people::act::Act;
use crate::people::passwords::{self, OneTime};
use crate::people::permissions::Permission;
use crate::people::rules::{self, AccountRefusal, PasswordComplaint, SignInLimits};
use crate::people::store::{self, Throttled};
use crate::people::types::{Account, SessionId, StaffId};
use crate::time::Moment;

/// What somebody typed to change their password.
#[derive(Clone)]
pub struct PasswordChange {
    pub old: String,
    pub new: String,
    pub repeated: String,
}

/// How a change of password ended. A wrong old password is counted like a failed sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeOutcome {
    Changed,
    WrongOld,
    /// The old password was wrong too often.
    Locked {
        until: Moment,
    },
    Weak(Vec<PasswordComplaint>),
}

/// Changes one's own password (修改密码) and ends one's other sessions. Works on its own transactions: call it outside of
/// any, and on a thread that may wait.
///
/// # Errors
///
/// `Stale` when it was changed meanwhile; when the database is away.
pub fn change_password(
    database: &Database,
    act: &Act,
    limits: &SignInLimits,
    session_id: SessionId,
    change: &PasswordChange,
) -> Result<ChangeOutcome, Problem> {
    let staff_id = act.by.person()?;
    let now = act.now.utc();
    let (account, past, tally) = database.read(|conn| {
        let account = store::account(conn, staff_id)?;
        let past = store::past_passwords(conn, staff_id, limits.remembered_passwords - 1)?;
        let tally = store::tally(conn, Throttled::User(&account.user_name))?;
        Ok((account, past, tally))
    })?;
    if let Some(until) = rules::refused_until(tally, now) {
        return Ok(ChangeOutcome::Locked { until: Moment::from_utc(until) });
    }
    let (act, limits) = (act.clone(), *limits);
    if !passwords::matches(&change.old, Some(&account.password_hash)) {
        return database.write(move |conn| wrong_old(conn, &act, &limits, &account));
    }
    let complaints = complaints(change, &act.by.name, &account, &past);
    if !complaints.is_empty() {
        return Ok(ChangeOutcome::Weak(complaints));
    }
    let hash = passwords::hash(&change.new)?;
    database.write(move |conn| {
        if store::account(conn, staff_id)?.password_hash != account.password_hash {
            return Err(Problem::Stale);
        }
        store::set_password(conn, staff_id, &hash, false, act.now)?;
        store::trim_past_passwords(conn, staff_id, limits.remembered_passwords)?;
        store::clear_tally(conn, Throttled::User(&account.user_name))?;
        store::end_sessions(conn, staff_id, Some(session_id), act.now.utc())?;
        audit::record(conn, &act, "staff.password_changed", Subject::Staff(staff_id.0), &[])?;
        Ok(ChangeOutcome::Changed)
    })
}

fn complaints(
    change: &PasswordChange,
    name: &str,
    account: &Account,
    past: &[String],
) -> Vec<PasswordComplaint> {
    let pinyin = passwords::name_pinyin(name);
    let mut complaints = rules::password_complaints(&change.new, &account.user_name, &pinyin);
    if change.new != change.repeated {
        complaints.push(PasswordComplaint::NotRepeated);
    }
    // Comparing takes long, so only what would otherwise do is compared.
    let used = |kept: &String| passwords::matches(&change.new, Some(kept));
    if complaints.is_empty() && (used(&account.password_hash) || past.iter().any(used)) {
        complaints.push(PasswordComplaint::UsedBefore);
    }
    complaints
}

fn wrong_old(
    conn: &mut Conn,
    act: &Act,
    limits: &SignInLimits,
    account: &Account,
) -> Result<ChangeOutcome, Problem> {
    let (user, subject) = (Throttled::User(&account.user_name), Subject::Staff(account.staff_id.0));
    let tally = rules::account_failure(store::tally(conn, user)?, act.now.utc(), limits);
    store::save_tally(conn, user, tally)?;
    audit::record(conn, act, "staff.password_change_failed", subject, &[])?;
    match tally.locked_until {
        Some(until) => {
            audit::record(conn, act, "staff.locked", subject, &[])?;
            Ok(ChangeOutcome::Locked { until: Moment::from_utc(until) })
        }
        None => Ok(ChangeOutcome::WrongOld),
    }
}

/// Gives somebody a new one-time password (重置密码), opens the account if failures had locked it, and ends their sessions.
///
/// # Errors
///
/// `Forbidden`, `NotFound`; `Refused` for oneself, for administrators (except at the command line), and for those who
/// left.
pub fn reset_password(conn: &mut Conn, act: &Act, id: StaffId, password: &OneTime) -> Result<(), Problem> {
    act.require(Permission::ManageStaff)?;
    let staff = store::staff_of_any_court(conn, id)?;
    within(act, staff.court_id)?;
    rules::reset_password(act.by.staff_id, id, &store::roles_of(conn, id)?)?;
    if !staff.active {
        return Err(AccountRefusal::Inactive.into());
    }
    let account = store::account(conn, id)?;
    store::set_password(conn, id, &password.hash, true, act.now)?;
    store::clear_tally(conn, Throttled::User(&account.user_name))?;
    store::end_sessions(conn, id, None, act.now.utc())?;
    audit::record(conn, act, "staff.password_reset", Subject::Staff(id.0), &[("user", &account.user_name)])
}

/// Gives an account a password that need not be changed: for a demonstration, whose password everybody may know.
///
/// # Errors
///
/// `Forbidden` for anybody but the system.
pub fn give_known_password(conn: &mut Conn, act: &Act, id: StaffId, hash: &str) -> Result<(), Problem> {
    if !act.by.is_system() {
        return Err(Problem::Forbidden);
    }
    let account = store::account(conn, id)?;
    store::set_password(conn, id, hash, false, act.now)?;
    audit::record(conn, act, "staff.password_reset", Subject::Staff(id.0), &[("user", &account.user_name)])
}
