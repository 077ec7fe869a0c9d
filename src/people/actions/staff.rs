//! Staff come, change and leave.

use super::within;
use crate::audit::{self, Subject};
use crate::db::Conn;
use crate::error::Problem;
use crate::handover::{self, types::Holding};
use crate::people::act::Act;
use crate::people::passwords::OneTime;
use crate::people::permissions::{Permission, incompatible};
use crate::people::rules::{self, AccountRefusal};
use crate::people::sheets;
use crate::people::store::{self, Throttled};
use crate::people::types::{Account, CourtId, DivisionId, Post, Role, Staff, StaffFilter, StaffId};
use crate::web::listing::MOST_EXPORTED;
use chrono::NaiveDate;

/// Somebody new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewStaff {
    pub court_id: CourtId,
    pub division_id: Option<DivisionId>,
    pub name: String,
    pub post: Post,
    /// Order among those of the same post, the first being 1.
    pub rank: i64,
    pub mail: Option<String>,
    pub telephone: Option<String>,
    pub user_name: String,
    pub roles: Vec<Role>,
    /// The account's last day.
    pub expires_on: Option<NaiveDate>,
}

/// Enters somebody (新增人员) with an account and a one-time password.
///
/// # Errors
///
/// `Forbidden`: roles are given by the security administrator, so a person who manages staff enters people without any.
/// `Refused` for a user name that is taken or ill-formed, and for roles that don't go together.
pub fn add_staff(conn: &mut Conn, act: &Act, new: &NewStaff, password: &OneTime) -> Result<StaffId, Problem> {
    act.require(Permission::ManageStaff)?;
    within(act, new.court_id)?;
    if !new.roles.is_empty() {
        act.require(Permission::AssignRoles)?;
    }
    enter(conn, act, new, password)
}

/// [`add_staff`] after the question of permission: the first-run set-up enters people too.
pub(super) fn enter(
    conn: &mut Conn,
    act: &Act,
    new: &NewStaff,
    password: &OneTime,
) -> Result<StaffId, Problem> {
    rules::check_user_name(&new.user_name)?;
    if let Some((a, b)) = incompatible(&new.roles) {
        return Err(AccountRefusal::Incompatible(a, b).into());
    }
    if store::account_by_user(conn, &new.user_name)?.is_some() {
        return Err(AccountRefusal::UserNameTaken.into());
    }
    if let Some(division) = new.division_id {
        store::division(conn, new.court_id, division)?;
    }
    let id = StaffId::new(act.now);
    let staff = Staff {
        id,
        court_id: new.court_id,
        division_id: new.division_id,
        name: new.name.clone(),
        post: new.post,
        rank: new.rank,
        mail: new.mail.clone(),
        mail_confirmed_at: None,
        telephone: new.telephone.clone(),
        active: true,
        version: 1,
        created_at: act.now.utc(),
    };
    store::insert_staff(conn, &staff)?;
    let account = Account {
        staff_id: id,
        user_name: new.user_name.clone(),
        password_hash: password.hash.clone(),
        must_change: true,
        password_changed_at: act.now.utc(),
        locked: false,
        expires_on: new.expires_on,
        last_sign_in_at: None,
    };
    store::insert_account(conn, &account)?;
    store::set_roles(conn, id, &new.roles)?;
    let roles = labels(&new.roles);
    let values = [
        ("name", new.name.as_str()),
        ("user", &new.user_name),
        ("post", new.post.label()),
        ("roles", &roles),
    ];
    audit::record(conn, act, "staff.added", Subject::Staff(id.0), &values)?;
    Ok(id)
}

/// `立案庭窗口、值班员`
pub(super) fn labels(roles: &[Role]) -> String {
    roles.iter().map(|role| role.label()).collect::<Vec<_>>().join("、")
}

/// What may be changed about somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffEdit {
    /// The version that the person was looking at.
    pub version: i64,
    pub division_id: Option<DivisionId>,
    pub name: String,
    pub post: Post,
    pub rank: i64,
    pub mail: Option<String>,
    pub telephone: Option<String>,
    pub expires_on: Option<NaiveDate>,
}

/// Refuses to change an office while something is held that goes with it.
pub(super) fn stays_behind(
    conn: &mut Conn,
    act: &Act,
    id: StaffId,
    which: impl Fn(&[Holding]) -> Vec<Holding>,
) -> Result<(), Problem> {
    match handover::in_words_of(conn, id, act.by.staff_id, which)? {
        nothing if nothing.is_empty() => Ok(()),
        what => Err(AccountRefusal::StaysBehind(what).into()),
    }
}

/// Corrects somebody's particulars (修改人员). A new mail address has to be confirmed anew.
///
/// # Errors
///
/// `Forbidden`, `NotFound`, `Stale`; `Refused` while something waits for them as the head of the division they leave.
pub fn edit_staff(conn: &mut Conn, act: &Act, id: StaffId, edit: &StaffEdit) -> Result<(), Problem> {
    act.require(Permission::ManageStaff)?;
    let before = store::staff_of_any_court(conn, id)?;
    within(act, before.court_id)?;
    if let Some(division) = edit.division_id {
        store::division(conn, before.court_id, division)?;
    }
    if edit.division_id != before.division_id {
        let roles = store::roles_of(conn, id)?;
        stays_behind(conn, act, id, |held| handover::rules::of_division(held, &roles))?;
    }
    let same_mail = before.mail == edit.mail;
    let after = Staff {
        division_id: edit.division_id,
        name: edit.name.clone(),
        post: edit.post,
        rank: edit.rank,
        mail: edit.mail.clone(),
        mail_confirmed_at: before.mail_confirmed_at.filter(|_| same_mail),
        telephone: edit.telephone.clone(),
        version: edit.version,
        ..before.clone()
    };
    if !store::save_staff(conn, &after)? {
        return Err(Problem::Stale);
    }
    store::set_expiry(conn, id, edit.expires_on)?;
    let expires = edit.expires_on.map_or_else(|| "长期".to_owned(), |last| last.to_string());
    let values = [
        ("name", after.name.as_str()),
        ("post", after.post.label()),
        ("expires_on", &expires),
        ("mail", if same_mail { "未变" } else { "已更改" }),
    ];
    audit::record(conn, act, "staff.edited", Subject::Staff(id.0), &values)
}

/// Somebody leaves (停用): they can't sign in any more and their sessions end.
///
/// # Errors
///
/// `Refused` while they answer for open matters, for oneself, and for the last of an administrator's role.
pub fn deactivate_staff(conn: &mut Conn, act: &Act, id: StaffId, version: i64) -> Result<(), Problem> {
    act.require(Permission::ManageStaff)?;
    let staff = store::staff_of_any_court(conn, id)?;
    within(act, staff.court_id)?;
    let roles = store::roles_of(conn, id)?;
    let administers = roles.iter().copied().find(|role| role.is_administrator());
    let others = match administers {
        Some(role) => store::others_with_role(conn, staff.court_id, role, id)?,
        None => 0,
    };
    let holds = handover::all_in_words(conn, id, act.by.staff_id)?;
    rules::deactivate(act.by.staff_id, id, &roles, others, &holds)?;
    set_active(conn, &staff, version, false)?;
    store::end_sessions(conn, id, None, act.now.utc())?;
    audit::record(conn, act, "staff.deactivated", Subject::Staff(id.0), &[("name", &staff.name)])
}

/// Somebody comes back (恢复使用), with their old roles and a new one-time password.
///
/// # Errors
///
/// `Forbidden`, `NotFound`, `Stale`.
pub fn reactivate_staff(
    conn: &mut Conn,
    act: &Act,
    id: StaffId,
    version: i64,
    password: &OneTime,
) -> Result<(), Problem> {
    act.require(Permission::ManageStaff)?;
    let staff = store::staff_of_any_court(conn, id)?;
    within(act, staff.court_id)?;
    rules::reset_password(act.by.staff_id, id, &store::roles_of(conn, id)?)?;
    set_active(conn, &staff, version, true)?;
    store::set_password(conn, id, &password.hash, true, act.now)?;
    audit::record(conn, act, "staff.reactivated", Subject::Staff(id.0), &[("name", &staff.name)])
}

fn set_active(conn: &mut Conn, staff: &Staff, version: i64, active: bool) -> Result<(), Problem> {
    let after = Staff { active, version, ..staff.clone() };
    if store::save_staff(conn, &after)? { Ok(()) } else { Err(Problem::Stale) }
}

/// Opens an account (解锁) that failures locked, or that an administrator closed.
///
/// # Errors
///
/// `Forbidden`, `NotFound`.
pub fn unlock(conn: &mut Conn, act: &Act, id: StaffId) -> Result<(), Problem> {
    let account = account_to_lock(conn, act, id)?;
    store::set_locked(conn, id, false)?;
    store::clear_tally(conn, Throttled::User(&account.user_name))?;
    audit::record(conn, act, "staff.unlocked", Subject::Staff(id.0), &[("user", &account.user_name)])
}

/// Closes an account (锁定) until it is unlocked, and ends its sessions: something is wrong, and the person is still here.
///
/// # Errors
///
/// `Forbidden`, `NotFound`; `Refused` for one's own.
pub fn close_account(conn: &mut Conn, act: &Act, id: StaffId) -> Result<(), Problem> {
    let account = account_to_lock(conn, act, id)?;
    if act.by.staff_id == Some(id) {
        return Err(AccountRefusal::OneselfDeactivated.into());
    }
    store::set_locked(conn, id, true)?;
    store::end_sessions(conn, id, None, act.now.utc())?;
    audit::record(conn, act, "staff.closed", Subject::Staff(id.0), &[("user", &account.user_name)])
}

fn account_to_lock(conn: &mut Conn, act: &Act, id: StaffId) -> Result<Account, Problem> {
    act.require(Permission::AssignRoles)?;
    let staff = store::staff_of_any_court(conn, id)?;
    within(act, staff.court_id)?;
    Ok(store::account(conn, id)?)
}

/// The court's staff that this filter leaves, as a workbook.
///
/// # Errors
///
/// `Forbidden` without the permission to manage staff.
pub fn export_staff(conn: &mut Conn, act: &Act, filter: &StaffFilter) -> Result<Vec<u8>, Problem> {
    act.require(Permission::ManageStaff)?;
    let court = act.by.court()?;
    let people = store::staff_page(conn, court, filter, None, MOST_EXPORTED)?;
    let divisions = store::every_division(conn, court)?;
    let roles = store::roles_in_court(conn, court)?;
    let rows = people.len().to_string();
    audit::record(conn, act, "staff.exported", Subject::System, &[("rows", &rows)])?;
    sheets::staff(&people, &divisions, &roles, act)
}
