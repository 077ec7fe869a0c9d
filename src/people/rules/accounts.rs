//! User names, and who may do what to whose account (GB/T 22239-2019 8.1.4.2; 8.1.5 三员分立).

use crate::people::permissions::incompatible;
use crate::people::types::{Role, StaffId};

/// Names that every attacker tries first; the standard wants default accounts renamed.
const DEFAULT_NAMES: [&str; 6] = ["admin", "administrator", "root", "guest", "test", "user"];

/// Why something cannot be done to an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountRefusal {
    UserNameForm,
    UserNameDefault,
    UserNameTaken,
    OneselfDeactivated,
    OwnRoles,
    Incompatible(Role, Role),
    LastOf(Role),
    /// What they hold, in words.
    Holds(String),
    /// What they hold in the office that they are to give up, in words.
    StaysBehind(String),
    Inactive,
    Administrator,
    OwnPassword,
}

impl std::fmt::Display for AccountRefusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            AccountRefusal::UserNameForm => {
                f.write_str("用户名请用 3 到 32 个小写字母、数字、点、横线或下划线，并以字母开头。")
            }
            AccountRefusal::UserNameDefault => {
                f.write_str("这个用户名太常见，容易被猜到，请换一个，例如姓名的拼音。")
            }
            AccountRefusal::UserNameTaken => f.write_str("这个用户名已经有人使用，请换一个。"),
            AccountRefusal::OneselfDeactivated => {
                f.write_str("不能停用自己的账号，请由另一位系统管理员办理。")
            }
            AccountRefusal::OwnRoles => f.write_str("不能更改自己的角色，请由另一位安全管理员办理。"),
            AccountRefusal::Incompatible(a, b) => {
                write!(f, "“{}”和“{}”不能由同一个人担任，请去掉其中一个。", a.label(), b.label())
            }
            AccountRefusal::LastOf(role) => write!(
                f,
                "这是最后一位在用的{}，停用或调整后就没有人能做这项工作了。请先增加一位。",
                role.label()
            ),
            AccountRefusal::Holds(what) => write!(
                f,
                "这位同事经手的还有：{what}。停用后就没有人负责了，请信访专干或者庭长先在“移交”页面移交给其他同事。"
            ),
            AccountRefusal::StaysBehind(what) => write!(
                f,
                "这位同事以现在的岗位经手的还有：{what}。调整以后就没有人能办了，请信访专干或者院领导先在“移交”页面移交给接任的同事。"
            ),
            AccountRefusal::Inactive => f.write_str("这位同事的账号已经停用，请先恢复使用。"),
            AccountRefusal::Administrator => f.write_str(
                "三员的密码不能在网页上互相重置，以免一人掌握两个岗位。请由运维人员在服务器上执行 tingsong staff reset-password。",
            ),
            AccountRefusal::OwnPassword => f.write_str("修改自己的密码请到“修改密码”页面。"),
        }
    }
}

impl From<AccountRefusal> for crate::error::Problem {
    fn from(refusal: AccountRefusal) -> Self {
        crate::error::Problem::Refused(refusal.to_string())
    }
}

/// Whether `name`, blanks cut and letters small, may be a user name.
///
/// # Errors
///
/// `UserNameForm`, `UserNameDefault`.
pub fn check_user_name(name: &str) -> Result<(), AccountRefusal> {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_');
    if !(3..=32).contains(&name.len())
        || !name.chars().all(fits)
        || !name.starts_with(|c: char| c.is_ascii_lowercase())
    {
        Err(AccountRefusal::UserNameForm)
    } else if DEFAULT_NAMES.contains(&name) {
        Err(AccountRefusal::UserNameDefault)
    } else {
        Ok(())
    }
}

/// Whether `by` (`None`: the operator at the command line) may deactivate `staff`, who has these roles,
/// holds what `holds` says in words, and in whose administrator role `others` active colleagues remain.
///
/// # Errors
///
/// `OneselfDeactivated`, `LastOf`, `Holds`.
pub fn deactivate(
    by: Option<StaffId>,
    staff: StaffId,
    roles: &[Role],
    others: i64,
    holds: &str,
) -> Result<(), AccountRefusal> {
    let administers = roles.iter().copied().find(|role| role.is_administrator());
    match administers {
        _ if by == Some(staff) => Err(AccountRefusal::OneselfDeactivated),
        Some(role) if others == 0 => Err(AccountRefusal::LastOf(role)),
        Some(_) | None if !holds.is_empty() => Err(AccountRefusal::Holds(holds.to_owned())),
        Some(_) | None => Ok(()),
    }
}

/// Whether `by` may give `staff`, who has the roles `before`, the roles `after` instead. `others` active colleagues
/// share the administrator role among `before`, if there is one.
///
/// # Errors
///
/// `OwnRoles`, `Incompatible`, `LastOf`.
pub fn assign(
    by: Option<StaffId>,
    staff: StaffId,
    before: &[Role],
    after: &[Role],
    others: i64,
) -> Result<(), AccountRefusal> {
    if by == Some(staff) {
        return Err(AccountRefusal::OwnRoles);
    }
    if let Some((a, b)) = incompatible(after) {
        return Err(AccountRefusal::Incompatible(a, b));
    }
    match before.iter().copied().find(|role| role.is_administrator() && !after.contains(role)) {
        Some(role) if others == 0 => Err(AccountRefusal::LastOf(role)),
        Some(_) | None => Ok(()),
    }
}

/// Whether `by` may give `staff`, who has these roles, a new one-time password. Nobody gets at an administrator's
/// account by a new password for it, except the operator at the command line (`by` is `None`).
///
/// # Errors
///
/// `OwnPassword`, `Administrator`.
pub fn reset_password(by: Option<StaffId>, staff: StaffId, roles: &[Role]) -> Result<(), AccountRefusal> {
    match by {
        None => Ok(()),
        Some(by) if by == staff => Err(AccountRefusal::OwnPassword),
        Some(_) if roles.iter().any(|role| role.is_administrator()) => Err(AccountRefusal::Administrator),
        Some(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: StaffId = StaffId(1);
    const B: StaffId = StaffId(2);

    #[test]
    fn user_names_have_a_form() {
        for fine in ["zhangsan", "zs1", "zhang.san-2_x", "a23456789012345678901234567890ab"] {
            assert_eq!(check_user_name(fine), Ok(()), "{fine}");
        }
        for wrong in
            ["", "zs", "Zhangsan", "1zs", "张三", "zhang san", "a23456789012345678901234567890abc", ".ab"]
        {
            assert_eq!(check_user_name(wrong), Err(AccountRefusal::UserNameForm), "{wrong}");
        }
        assert_eq!(check_user_name("admin"), Err(AccountRefusal::UserNameDefault));
    }

    #[test]
    fn nobody_leaves_with_open_matters_or_as_the_last_administrator() {
        let handler = [Role::Handler];
        assert_eq!(deactivate(Some(A), B, &handler, 0, ""), Ok(()));
        assert_eq!(deactivate(None, B, &handler, 0, ""), Ok(()));
        assert_eq!(
            deactivate(Some(A), B, &handler, 0, "责任人 3 项"),
            Err(AccountRefusal::Holds("责任人 3 项".into()))
        );
        assert_eq!(deactivate(Some(A), A, &handler, 0, ""), Err(AccountRefusal::OneselfDeactivated));
        assert_eq!(
            deactivate(Some(A), B, &[Role::Auditor], 0, ""),
            Err(AccountRefusal::LastOf(Role::Auditor))
        );
        assert_eq!(deactivate(Some(A), B, &[Role::Auditor], 1, ""), Ok(()));
    }

    #[test]
    fn roles_are_given_by_another_and_fit_together() {
        let (clerk, duty) = (Role::FilingClerk, Role::DutyOfficer);
        assert_eq!(assign(Some(A), B, &[], &[clerk, duty], 0), Ok(()));
        assert_eq!(assign(Some(A), A, &[], &[clerk], 0), Err(AccountRefusal::OwnRoles));
        assert_eq!(
            assign(Some(A), B, &[], &[clerk, Role::Auditor], 0),
            Err(AccountRefusal::Incompatible(clerk, Role::Auditor))
        );
        let (admin, none) = ([Role::Sysadmin], []);
        assert_eq!(assign(Some(A), B, &admin, &none, 0), Err(AccountRefusal::LastOf(Role::Sysadmin)));
        assert_eq!(assign(Some(A), B, &admin, &none, 1), Ok(()));
        assert_eq!(assign(Some(A), B, &admin, &admin, 0), Ok(()));
    }

    #[test]
    fn only_the_operator_resets_an_administrators_password() {
        for role in [Role::Sysadmin, Role::SecurityAdmin, Role::Auditor] {
            assert_eq!(reset_password(Some(A), B, &[role]), Err(AccountRefusal::Administrator));
            assert_eq!(reset_password(None, B, &[role]), Ok(()));
        }
        assert_eq!(reset_password(Some(A), B, &[Role::Handler]), Ok(()));
        assert_eq!(reset_password(Some(A), A, &[Role::Handler]), Err(AccountRefusal::OwnPassword));
    }
}
