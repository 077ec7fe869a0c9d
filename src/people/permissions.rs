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
    /// Send a matter to a division or a person (转办).
    ReferMatter,
    /// Take over what was referred, or return it with reasons (接办).
    TakeReferral,
    /// Record progress, talks, explanations, hearings (记录进展).
    RecordProgress,
    /// Draft the reply and ask for its approval (起草答复).
    DraftReply,
    /// Approve or return a reply (批准答复).
    ApproveReply,
    /// Serve the reply and close the matter, or reopen it (办结).
    CloseMatter,
    /// Ask the petitioner how satisfied they are, and call back (满意度与回访).
    AskSatisfaction,
    /// Extend a deadline once (延期).
    ExtendClock,
    /// Allow a pause of a clock for a listed reason (中止计算).
    PauseClock,
    /// Correct the day a matter was received (更正收到日期).
    CorrectReceived,
    /// Issue supervision notices (督办).
    Supervise,
    /// Answer a supervision notice (答复督办).
    AnswerSupervision,
    /// Ask a leader for an instruction (请示).
    RequestInstruction,
    /// Give an instruction (批示).
    GiveInstruction,
    /// Accountability reviews (责任倒查).
    ReviewAccountability,
    /// See what accountability reviews found (查看责任倒查).
    SeeAccountability,
    /// Link, merge and split matters (并案与关联).
    LinkMatters,
    /// Archive a closed matter (归档).
    ArchiveMatter,
    /// Set a task about enforcement, with measures (下达任务单).
    IssueTaskSheet,
    /// Record results, sums due, payments, reports heard and parties met (涉执任务).
    ManageEnforcement,
    /// Open campaigns, put matters in, close them (集中执行).
    RunCampaign,
    /// Hand over everything that somebody holds (移交).
    HandOver,
    /// Mark a sign of trouble to come (标记苗头).
    MarkSign,
    /// Confirm what was heard elsewhere, hold an escalation, arrange work groups, keep the week leaders (三级机制办理).
    RunTiers,
    /// Name the leader in charge (确定包案领导).
    NameLeader,
    /// See the sheets of sweeps, and assessments, within reach (查看排查和评估).
    SeeSweeps,
    /// Work on the sheets of one's own division: import, answer, visit (排查).
    SweepCases,
    /// Assess a case of one's own division, and decide what it proposes (风险评估).
    AssessCases,
}

impl Permission {
    pub const ALL: [Permission; 48] = [
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
        Permission::ReferMatter,
        Permission::TakeReferral,
        Permission::RecordProgress,
        Permission::DraftReply,
        Permission::ApproveReply,
        Permission::CloseMatter,
        Permission::AskSatisfaction,
        Permission::ExtendClock,
        Permission::PauseClock,
        Permission::CorrectReceived,
        Permission::Supervise,
        Permission::AnswerSupervision,
        Permission::RequestInstruction,
        Permission::GiveInstruction,
        Permission::ReviewAccountability,
        Permission::SeeAccountability,
        Permission::LinkMatters,
        Permission::ArchiveMatter,
        Permission::IssueTaskSheet,
        Permission::ManageEnforcement,
        Permission::RunCampaign,
        Permission::HandOver,
        Permission::MarkSign,
        Permission::RunTiers,
        Permission::NameLeader,
        Permission::SeeSweeps,
        Permission::SweepCases,
        Permission::AssessCases,
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
            Permission::ReferMatter => "转办",
            Permission::TakeReferral => "接办",
            Permission::RecordProgress => "记录进展",
            Permission::DraftReply => "起草答复",
            Permission::ApproveReply => "批准答复",
            Permission::CloseMatter => "办结",
            Permission::AskSatisfaction => "满意度与回访",
            Permission::ExtendClock => "延期",
            Permission::PauseClock => "中止计算",
            Permission::CorrectReceived => "更正收到日期",
            Permission::Supervise => "督办",
            Permission::AnswerSupervision => "答复督办",
            Permission::RequestInstruction => "请示",
            Permission::GiveInstruction => "批示",
            Permission::ReviewAccountability => "责任倒查",
            Permission::SeeAccountability => "查看责任倒查",
            Permission::LinkMatters => "并案与关联",
            Permission::ArchiveMatter => "归档",
            Permission::IssueTaskSheet => "下达任务单",
            Permission::ManageEnforcement => "涉执任务",
            Permission::RunCampaign => "集中执行",
            Permission::HandOver => "移交",
            Permission::MarkSign => "标记苗头",
            Permission::RunTiers => "三级机制办理",
            Permission::NameLeader => "确定包案领导",
            Permission::SeeSweeps => "查看排查和评估",
            Permission::SweepCases => "排查",
            Permission::AssessCases => "风险评估",
        }
    }
}

impl Role {
    /// The whole permission table, in one place, so that it can be read and printed.
    #[expect(clippy::too_many_lines, reason = "one table")]
    pub fn permissions(self) -> &'static [Permission] {
        use Permission::*;
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
                RecordProgress,
                AskSatisfaction,
                AnswerSupervision,
                ArchiveMatter,
                MarkSign,
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
                ReferMatter,
                TakeReferral,
                RecordProgress,
                DraftReply,
                CloseMatter,
                AskSatisfaction,
                CorrectReceived,
                Supervise,
                AnswerSupervision,
                RequestInstruction,
                LinkMatters,
                ArchiveMatter,
                IssueTaskSheet,
                ManageEnforcement,
                RunCampaign,
                HandOver,
                MarkSign,
                RunTiers,
                SeeSweeps,
                SweepCases,
            ],
            Role::Handler => &[
                ViewMatters,
                AttachPaper,
                ViewPetitioners,
                RevealSealed,
                ViewRules,
                TakeReferral,
                RecordProgress,
                DraftReply,
                CloseMatter,
                AnswerSupervision,
                ArchiveMatter,
                ManageEnforcement,
                MarkSign,
                SeeSweeps,
                SweepCases,
                AssessCases,
            ],
            Role::DivisionHead => &[
                ViewMatters,
                AttachPaper,
                ViewPetitioners,
                RevealSealed,
                ViewRules,
                ReferMatter,
                TakeReferral,
                RecordProgress,
                DraftReply,
                ApproveReply,
                CloseMatter,
                ExtendClock,
                PauseClock,
                AnswerSupervision,
                RequestInstruction,
                ManageEnforcement,
                RunCampaign,
                HandOver,
                MarkSign,
                SeeSweeps,
                SweepCases,
                AssessCases,
            ],
            Role::VicePresident => &[
                ViewMatters,
                AttachPaper,
                ViewPetitioners,
                RevealSealed,
                ExportRegister,
                ViewRules,
                ViewChecks,
                ReferMatter,
                TakeReferral,
                RecordProgress,
                ApproveReply,
                ExtendClock,
                PauseClock,
                Supervise,
                AnswerSupervision,
                GiveInstruction,
                IssueTaskSheet,
                ManageEnforcement,
                RunCampaign,
                HandOver,
                SeeSweeps,
            ],
            Role::President => &[
                ScreenMatter,
                ViewMatters,
                AttachPaper,
                ViewPetitioners,
                RevealSealed,
                ExportRegister,
                ViewRules,
                ViewChecks,
                ReferMatter,
                TakeReferral,
                RecordProgress,
                ApproveReply,
                ExtendClock,
                PauseClock,
                Supervise,
                AnswerSupervision,
                GiveInstruction,
                SeeAccountability,
                IssueTaskSheet,
                ManageEnforcement,
                RunCampaign,
                HandOver,
                NameLeader,
                SeeSweeps,
            ],
            Role::DutyOfficer => {
                &[RegisterMatter, ViewMatters, AttachPaper, ViewPetitioners, RevealSealed, AnswerSupervision]
            }
            Role::Inspector => &[
                ScreenMatter,
                ViewMatters,
                AttachPaper,
                ViewPetitioners,
                RevealSealed,
                ViewRules,
                ReferMatter,
                TakeReferral,
                RecordProgress,
                DraftReply,
                CloseMatter,
                AskSatisfaction,
                AnswerSupervision,
                ArchiveMatter,
                RequestInstruction,
                ReviewAccountability,
                SeeAccountability,
                ManageEnforcement,
            ],
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
        let heads_and_leaders = [Role::DivisionHead, Role::VicePresident, Role::President];
        assert_eq!(allowed(Permission::PauseClock), heads_and_leaders);
        assert_eq!(allowed(Permission::ExtendClock), heads_and_leaders);
        assert_eq!(allowed(Permission::CorrectReceived), [PetitionOfficer]);
        assert_eq!(allowed(Permission::RegisterMatter), [FilingClerk, PetitionOfficer, DutyOfficer]);
        let screeners = [FilingClerk, PetitionOfficer, Role::President, Role::Inspector];
        assert_eq!(allowed(Permission::ScreenMatter), screeners);
        assert_eq!(allowed(Permission::MergePetitioners), [PetitionOfficer]);
        assert_eq!(allowed(Permission::ImportRegister), [PetitionOfficer]);
        assert_eq!(allowed(Permission::ManageStaff), [Sysadmin]);
        assert_eq!(allowed(Permission::AssignRoles), [SecurityAdmin]);
        assert_eq!(allowed(Permission::PutRulesInForce), [SecurityAdmin]);
        assert_eq!(allowed(Permission::ReadAudit), [Auditor]);
        assert_eq!(allowed(Permission::ReviewAccountability), [Role::Inspector]);
        assert_eq!(
            allowed(Permission::IssueTaskSheet),
            [PetitionOfficer, Role::VicePresident, Role::President]
        );
        assert_eq!(
            allowed(Permission::ManageEnforcement),
            [
                PetitionOfficer,
                Role::Handler,
                Role::DivisionHead,
                Role::VicePresident,
                Role::President,
                Role::Inspector
            ]
        );
        assert_eq!(allowed(Permission::SeeAccountability), [Role::President, Role::Inspector]);
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
