//! The permission table: what each role may do. Routes name a permission, actions require it, pages draw by it.

use super::types::Role;

/// One thing that a person may be allowed to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Permission {
    /// Register a visitor, letter or call (登记).
    RegisterMatter,
    /// Decide on screening (甄别).
    ScreenMatter,
    /// See the registers, matters and their timeline, within scope (查看台账).
    ViewMatters,
    /// Attach a paper to a matter (上传附件).
    AttachPaper,
    /// See petitioners, masked (查看信访人).
    ViewPetitioners,
    /// Correct a petitioner's particulars (更正信访人信息).
    EditPetitioner,
    /// Merge and un-merge petitioners (合并信访人).
    MergePetitioners,
    /// Open a sealed field, with a reason that is kept (查看原文).
    RevealSealed,
    /// Take a register out as Excel (导出台账).
    ExportRegister,
    /// Bring in an old register, or the online platform's list (导入).
    ImportRegister,
    /// Propose changes of calendar, categories, rules (拟订规则).
    ProposeRules,
    /// Put proposed changes in force (规则生效).
    PutRulesInForce,
    /// See the calendar and the rule table (查看规则).
    ViewRules,
    /// Courts, divisions, staff and their accounts (人员账号).
    ManageStaff,
    /// Roles and portfolios (角色与分管).
    AssignRoles,
    /// The trail (留痕).
    ReadAudit,
    /// The states of mails (邮件状态).
    ViewMail,
    /// Subjects of mails as well, and "send again" (邮件内容与重发).
    ManageMail,
    /// The jobs' runs, and "run now" (定时任务).
    ViewJobs,
    /// The self-check's findings (自检).
    ViewChecks,
}

impl Permission {
    pub const ALL: [Permission; 20] = [
        Permission::RegisterMatter,
        Permission::ScreenMatter,
        Permission::ViewMatters,
        Permission::AttachPaper,
        Permission::ViewPetitioners,
        Permission::EditPetitioner,
        Permission::MergePetitioners,
        Permission::RevealSealed,
        Permission::ExportRegister,
        Permission::ImportRegister,
        Permission::ProposeRules,
        Permission::PutRulesInForce,
        Permission::ViewRules,
        Permission::ManageStaff,
        Permission::AssignRoles,
        Permission::ReadAudit,
        Permission::ViewMail,
        Permission::ManageMail,
        Permission::ViewJobs,
        Permission::ViewChecks,
    ];

    /// What it is called where the table is shown.
    pub const fn label(self) -> &'static str {
        match self {
            Permission::RegisterMatter => "登记",
            Permission::ScreenMatter => "甄别",
            Permission::ViewMatters => "查看台账",
            Permission::AttachPaper => "上传附件",
            Permission::ViewPetitioners => "查看信访人",
            Permission::EditPetitioner => "更正信访人信息",
            Permission::MergePetitioners => "合并信访人",
            Permission::RevealSealed => "查看原文",
            Permission::ExportRegister => "导出台账",
            Permission::ImportRegister => "导入",
            Permission::ProposeRules => "拟订规则",
            Permission::PutRulesInForce => "规则生效",
            Permission::ViewRules => "查看规则",
            Permission::ManageStaff => "人员账号",
            Permission::AssignRoles => "角色与分管",
            Permission::ReadAudit => "留痕",
            Permission::ViewMail => "邮件状态",
            Permission::ManageMail => "邮件内容与重发",
            Permission::ViewJobs => "定时任务",
            Permission::ViewChecks => "自检",
        }
    }
}

impl Role {
    /// The whole permission table, in one place, so that it can be read and printed.
    #[expect(clippy::too_many_lines, reason = "one table")]
    pub fn permissions(self) -> &'static [Permission] {
        use Permission::{
            AssignRoles, AttachPaper, EditPetitioner, ExportRegister, ImportRegister, ManageMail,
            ManageStaff, MergePetitioners, ProposeRules, PutRulesInForce, ReadAudit, RegisterMatter,
            RevealSealed, ScreenMatter, ViewChecks, ViewJobs, ViewMail, ViewMatters, ViewPetitioners,
            ViewRules,
        };
        match self {
            Role::FilingClerk => &[
                RegisterMatter,
                ScreenMatter,
                ViewMatters,
                AttachPaper,
                ViewPetitioners,
                EditPetitioner,
                RevealSealed,
                ViewRules,
            ],
            Role::PetitionOfficer => &[
                RegisterMatter,
                ScreenMatter,
                ViewMatters,
                AttachPaper,
                ViewPetitioners,
                EditPetitioner,
                MergePetitioners,
                RevealSealed,
                ExportRegister,
                ImportRegister,
                ProposeRules,
                ViewRules,
                ViewMail,
                ManageMail,
                ViewJobs,
                ViewChecks,
            ],
            Role::Handler | Role::DivisionHead => {
                &[ViewMatters, AttachPaper, ViewPetitioners, RevealSealed, ViewRules]
            }
            Role::VicePresident | Role::President => &[
                ViewMatters,
                AttachPaper,
                ViewPetitioners,
                RevealSealed,
                ExportRegister,
                ViewRules,
                ViewChecks,
            ],
            Role::DutyOfficer => &[RegisterMatter, ViewMatters, AttachPaper, ViewPetitioners, RevealSealed],
            Role::Inspector => &[ViewMatters, AttachPaper, ViewPetitioners, RevealSealed, ViewRules],
            Role::Bailiff | Role::JudgeAssistant | Role::AidOffice | Role::AidCommittee | Role::Finance => {
                &[]
            }
            Role::Sysadmin => &[ManageStaff, ViewMail, ViewJobs, ViewChecks, ViewRules],
            Role::SecurityAdmin => &[AssignRoles, PutRulesInForce, ViewRules],
            Role::Auditor => &[ReadAudit],
        }
    }

    /// One of the three separated administrators (三员).
    pub fn is_administrator(self) -> bool {
        matches!(self, Role::Sysadmin | Role::SecurityAdmin | Role::Auditor)
    }
}

/// The first two of `roles` that one person may not have together: each administrator with anything else (等保 2.0 三员分立),
/// and whoever pays with whoever proposes or approves aid.
pub fn incompatible(roles: &[Role]) -> Option<(Role, Role)> {
    let clash = |a: Role, b: Role| {
        a != b
            && (a.is_administrator()
                || b.is_administrator()
                || a == Role::Finance && matches!(b, Role::AidOffice | Role::AidCommittee)
                || b == Role::Finance && matches!(a, Role::AidOffice | Role::AidCommittee))
    };
    roles
        .iter()
        .enumerate()
        .find_map(|(i, a)| roles.iter().skip(i + 1).find(|b| clash(*a, **b)).map(|b| (*a, *b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(permission: Permission) -> Vec<Role> {
        Role::ALL.iter().copied().filter(|role| role.permissions().contains(&permission)).collect()
    }

    #[test]
    fn exactly_these_roles_may() {
        use Role::{Auditor, DutyOfficer, FilingClerk, PetitionOfficer, SecurityAdmin, Sysadmin};
        assert_eq!(allowed(Permission::RegisterMatter), [FilingClerk, PetitionOfficer, DutyOfficer]);
        assert_eq!(allowed(Permission::ScreenMatter), [FilingClerk, PetitionOfficer]);
        assert_eq!(allowed(Permission::MergePetitioners), [PetitionOfficer]);
        assert_eq!(allowed(Permission::ImportRegister), [PetitionOfficer]);
        assert_eq!(allowed(Permission::ManageStaff), [Sysadmin]);
        assert_eq!(allowed(Permission::AssignRoles), [SecurityAdmin]);
        assert_eq!(allowed(Permission::PutRulesInForce), [SecurityAdmin]);
        assert_eq!(allowed(Permission::ReadAudit), [Auditor]);
    }

    #[test]
    fn no_administrator_reads_matters_or_petitioners() {
        use Permission::{ExportRegister, RegisterMatter, RevealSealed, ViewMatters, ViewPetitioners};
        for role in Role::ALL.iter().filter(|role| role.is_administrator()) {
            for barred in [ViewMatters, ViewPetitioners, RevealSealed, ExportRegister, RegisterMatter] {
                assert!(!role.permissions().contains(&barred), "{role:?} {barred:?}");
            }
        }
    }

    #[test]
    fn administrators_stand_alone_and_who_pays_neither_proposes_nor_approves() {
        assert_eq!(incompatible(&[Role::Handler, Role::DivisionHead, Role::DutyOfficer]), None);
        for admin in [Role::Sysadmin, Role::SecurityAdmin, Role::Auditor] {
            for other in Role::ALL.iter().filter(|role| **role != admin) {
                assert!(incompatible(&[admin, *other]).is_some());
                assert!(incompatible(&[*other, admin]).is_some());
            }
        }
        assert_eq!(incompatible(&[Role::AidOffice, Role::Finance]), Some((Role::AidOffice, Role::Finance)));
        assert!(incompatible(&[Role::Finance, Role::AidCommittee]).is_some());
    }
}
