//! Courts, divisions, staff: the nouns.

use crate::db::{coded, id};
use crate::schema::{accounts, courts, divisions, portfolios, sessions, staff, week_leaders};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

id!(
    /// Which court (法院).
    CourtId
);
id!(
    /// Which division (庭室).
    DivisionId
);
id!(
    /// Which member of staff (人员).
    StaffId
);
id!(
    /// Which portfolio entry (分管).
    PortfolioId
);

id!(
    /// Which session (登录).
    SessionId
);

coded! {
    /// Where a court stands (法院层级).
    pub enum CourtLevel {
        Basic = "basic" "基层人民法院",
        Intermediate = "intermediate" "中级人民法院",
        High = "high" "高级人民法院",
    }
}

coded! {
    /// What a division does (庭室类别).
    pub enum DivisionKind {
        Filing = "filing" "立案",
        Civil = "civil" "民事",
        Criminal = "criminal" "刑事",
        Administrative = "administrative" "行政",
        Enforcement = "enforcement" "执行",
        Review = "review" "审判监督",
        Compensation = "compensation" "国家赔偿",
        Tribunal = "tribunal" "人民法庭",
        Inspection = "inspection" "监察",
        Office = "office" "综合",
        Finance = "finance" "财务",
        Bailiffs = "bailiffs" "法警",
        Other = "other" "其他",
    }
}

coded! {
    /// A person's post (职务). Leaders rank in this order, then by `rank`.
    pub enum Post {
        President = "president" "院长",
        ExecutiveVicePresident = "executive_vice_president" "常务副院长",
        VicePresident = "vice_president" "副院长",
        CommitteeMemberFullTime = "committee_member_full_time" "专职审委会委员",
        DivisionHead = "division_head" "庭长",
        DeputyDivisionHead = "deputy_division_head" "副庭长",
        Judge = "judge" "法官",
        JudgeAssistant = "judge_assistant" "法官助理",
        CourtClerk = "court_clerk" "书记员",
        Bailiff = "bailiff" "法警",
        Inspector = "inspector" "监察员",
        Accountant = "accountant" "财务人员",
        Officer = "officer" "工作人员",
        Administrator = "administrator" "管理员",
    }
}

coded! {
    /// What somebody does in this system (岗位角色); one person may have several that are compatible.
    pub enum Role {
        FilingClerk = "filing_clerk" "立案庭窗口",
        PetitionOfficer = "petition_officer" "信访专干",
        Handler = "handler" "承办人",
        DivisionHead = "division_head" "庭长",
        VicePresident = "vice_president" "副院长",
        President = "president" "院长",
        DutyOfficer = "duty_officer" "值班员",
        Bailiff = "bailiff" "值庭法警",
        JudgeAssistant = "judge_assistant" "法官助理",
        Inspector = "inspector" "监察",
        AidOffice = "aid_office" "司法救助办公室",
        AidCommittee = "aid_committee" "司法救助委员会",
        Finance = "finance" "财务",
        Sysadmin = "sysadmin" "系统管理员",
        SecurityAdmin = "security_admin" "安全管理员",
        Auditor = "auditor" "审计管理员",
    }
}

coded! {
    /// Which set of conditions the three-tier mechanism starts with.
    pub enum TierPreset {
        Standard = "standard" "标准",
        Strict = "strict" "从严（受理即二级）",
    }
}

/// A court of this installation.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = courts, treat_none_as_default_value = false)]
pub struct Court {
    pub id: CourtId,
    /// The code in its case numbers, such as 豫0404.
    pub code: String,
    pub name: String,
    /// As in its matter numbers, such as 石法.
    pub short_name: String,
    pub level: CourtLevel,
    pub parent_id: Option<CourtId>,
    pub address: String,
    /// Where a visitor may ask, such as 诉讼服务中心信访窗口.
    pub window_name: String,
    pub telephone: String,
    /// How matter numbers are written, such as `{short}访〔{year}〕{seq:4}号`.
    pub number_pattern: String,
    pub tier_preset: TierPreset,
    pub version: i64,
}

/// A division of a court.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = divisions, treat_none_as_default_value = false)]
pub struct Division {
    pub id: DivisionId,
    pub court_id: CourtId,
    pub name: String,
    pub kind: DivisionKind,
    pub telephone: String,
    pub position: i64,
    pub active: bool,
    pub version: i64,
}

/// A member of staff.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = staff, treat_none_as_default_value = false)]
pub struct Staff {
    pub id: StaffId,
    pub court_id: CourtId,
    pub division_id: Option<DivisionId>,
    pub name: String,
    pub post: Post,
    /// Order among those of the same post, the first being 1.
    pub rank: i64,
    pub mail: Option<String>,
    pub mail_confirmed_at: Option<NaiveDateTime>,
    pub telephone: Option<String>,
    pub active: bool,
    pub version: i64,
    pub created_at: NaiveDateTime,
}

/// What a leader is over (分管): a division, or, where `petitions`, the court's petition work.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = portfolios, treat_none_as_default_value = false)]
pub struct Portfolio {
    pub id: PortfolioId,
    pub court_id: CourtId,
    pub staff_id: StaffId,
    pub division_id: Option<DivisionId>,
    pub petitions: bool,
    pub from_on: NaiveDate,
    /// The last day, inclusive.
    pub to_on: Option<NaiveDate>,
}

id!(
    /// Which entry of the list of week leaders.
    WeekLeaderId
);

/// Who leads the court's duty from a day to a day (带班值周领导), until the duty roster says so.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = week_leaders, treat_none_as_default_value = false)]
pub struct WeekLeader {
    pub id: WeekLeaderId,
    pub court_id: CourtId,
    pub staff_id: StaffId,
    pub from_on: NaiveDate,
    /// The last day, inclusive.
    pub to_on: NaiveDate,
}

/// How a member of staff signs in (账号).
#[derive(Clone, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = accounts, treat_none_as_default_value = false)]
pub struct Account {
    pub staff_id: StaffId,
    /// Lower case; unique over the installation.
    pub user_name: String,
    pub password_hash: String,
    /// The password is a one-time one, made by the system.
    pub must_change: bool,
    pub password_changed_at: NaiveDateTime,
    /// An administrator closed it; an unlock opens it again.
    pub locked: bool,
    /// The last day on which it may be used.
    pub expires_on: Option<NaiveDate>,
    pub last_sign_in_at: Option<NaiveDateTime>,
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Account")
            .field("staff_id", &self.staff_id)
            .field("user_name", &self.user_name)
            .finish_non_exhaustive()
    }
}

/// From one sign-in to its end.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = sessions, treat_none_as_default_value = false)]
pub struct Session {
    pub id: SessionId,
    /// SM3 of the token that only the browser holds.
    pub token_hash: String,
    pub staff_id: StaffId,
    pub created_at: NaiveDateTime,
    pub last_seen_at: NaiveDateTime,
    /// When somebody ended it; a session whose time ran out has none.
    pub ended_at: Option<NaiveDateTime>,
    pub address: String,
    pub agent: String,
    pub large_type: bool,
}

/// What a list of staff is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StaffFilter {
    /// Part of a name or of a user name; empty for everyone.
    pub text: String,
    pub division_id: Option<DivisionId>,
    /// `None` for both.
    pub active: Option<bool>,
}
