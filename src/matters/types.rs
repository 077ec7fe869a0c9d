//! Matters, contacts, timeline: the nouns of registration.

use crate::db::{coded, id};
use crate::deadlines::{ClockId, Code};
use crate::people::{CourtId, DivisionId, StaffId};
use crate::petitioners::PetitionerId;
use crate::schema::{
    categories, contacts, guidance_reasons, hands, heard_at, matter_cases, matters, replies, timeline,
};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

id!(
    /// Which matter (信访事项).
    MatterId
);
id!(
    /// Which contact (一次来访、来信、来电).
    ContactId
);
id!(
    /// Which timeline entry (经过).
    EntryId
);
id!(
    /// Which hand in a matter (经办).
    HandId
);

coded! {
    /// Kind of matter: an ordinary one, or a sign (苗头) found before anybody came.
    pub enum MatterKind { Petition = "petition" "信访事项", Sign = "sign" "苗头" }
}

coded! {
    /// How it reached the court (来访渠道).
    pub enum Channel {
        Visit = "visit" "来访",
        Letter = "letter" "来信",
        Call = "call" "来电",
        Online = "online" "网上",
        Video = "video" "视频",
        Assigned = "assigned" "交办",
    }
}

coded! {
    /// Where a matter stands (办理阶段).
    pub enum Stage {
        Registered = "registered" "已登记",
        Screening = "screening" "甄别中",
        InLitigation = "in_litigation" "诉讼程序中",
        Handling = "handling" "办理中",
        Replied = "replied" "已答复",
        Closed = "closed" "已办结",
    }
}

coded! {
    /// How a matter ended (办结方式).
    pub enum CloseReason {
        Settled = "settled" "息诉",
        Answered = "answered" "答复办结",
        AnsweredOnTheSpot = "answered_on_the_spot" "当场答复",
        NotAccepted = "not_accepted" "不予受理",
        Redirected = "redirected" "转入诉讼程序",
        Withdrawn = "withdrawn" "撤回",
        Merged = "merged" "并案",
        Concluded = "concluded" "终结",
    }
}

coded! {
    /// The stage of the court case that it is about (案件阶段).
    pub enum CaseStage {
        Filing = "filing" "立案",
        Trial = "trial" "审判",
        Enforcement = "enforcement" "执行",
        Review = "review" "审判监督",
        Compensation = "compensation" "国家赔偿",
        Other = "other" "其他",
    }
}

coded! {
    /// In what capacity somebody takes part (身份).
    pub enum Part {
        Petitioner = "petitioner" "信访人",
        Representative = "representative" "代表",
        Member = "member" "成员",
        Agent = "agent" "代理人",
        Lawyer = "lawyer" "律师",
    }
}

coded! {
    /// Where it was heard (反映层级).
    pub enum HeardLevel {
        Here = "here" "本院",
        District = "district" "区县",
        City = "city" "市",
        Province = "province" "省",
        Beijing = "beijing" "北京",
    }
}

coded! {
    /// How it was heard there (反映方式). A video reception counts as not having gone.
    pub enum HeardManner {
        InPerson = "in_person" "当面",
        Video = "video" "视频",
        Letter = "letter" "书信",
        Online = "online" "网上",
    }
}

coded! {
    /// Who says so (来源). The visitor's word alone is a hint.
    pub enum HeardSource {
        Visitor = "visitor" "本人陈述",
        Notice = "notice" "上级通报",
        Confirmed = "confirmed" "专干核实",
    }
}

coded! {
    /// In what form a reply was given (答复形式), promise 2.
    pub enum ReplyManner {
        Oral = "oral" "口头",
        Written = "written" "书面",
        GuidanceSheet = "guidance_sheet" "指引单",
        NoneOwed = "none_owed" "无须答复",
    }
}

coded! {
    /// A procedure of law that a claim is led into (导入的诉讼程序), each with its own clock.
    pub enum Track {
        Filing = "filing" "起诉（登记立案）",
        CivilRetrial = "civil_retrial" "民事申请再审",
        CriminalComplaint = "criminal_complaint" "刑事申诉",
        AdministrativeRetrial = "administrative_retrial" "行政申请再审",
        EnforcementObjection = "enforcement_objection" "执行行为异议",
        OutsiderObjection = "outsider_objection" "案外人执行异议",
        EnforcementReconsideration = "enforcement_reconsideration" "执行复议",
        Compensation = "compensation" "国家赔偿申请",
        CompensationSupervision = "compensation_supervision" "国家赔偿申诉",
        AppealCivilJudgment = "appeal_civil_judgment" "民事上诉（判决）",
        AppealCivilRuling = "appeal_civil_ruling" "民事上诉（裁定）",
        AppealAdministrativeJudgment = "appeal_administrative_judgment" "行政上诉（判决）",
        AppealAdministrativeRuling = "appeal_administrative_ruling" "行政上诉（裁定）",
        AppealCriminalJudgment = "appeal_criminal_judgment" "刑事上诉（判决）",
        AppealCriminalRuling = "appeal_criminal_ruling" "刑事上诉（裁定）",
        ObjectionSuit = "objection_suit" "执行异议之诉",
        EnforcementDelay = "enforcement_delay" "申请上级法院执行",
    }
}

impl Track {
    /// Whether the clock is the petitioner's: by when they must appeal or sue.
    pub const fn is_brought_by_petitioner(self) -> bool {
        match self {
            Track::AppealCivilJudgment
            | Track::AppealCivilRuling
            | Track::AppealAdministrativeJudgment
            | Track::AppealAdministrativeRuling
            | Track::AppealCriminalJudgment
            | Track::AppealCriminalRuling
            | Track::ObjectionSuit => true,
            Track::Filing
            | Track::CivilRetrial
            | Track::CriminalComplaint
            | Track::AdministrativeRetrial
            | Track::EnforcementObjection
            | Track::OutsiderObjection
            | Track::EnforcementReconsideration
            | Track::Compensation
            | Track::CompensationSupervision
            | Track::EnforcementDelay => false,
        }
    }

    /// The clocks of the procedure: by when it is to be decided, and how long it may take at the most; of an appeal and a
    /// suit, by when the petitioner must bring it.
    pub const fn clocks(self) -> &'static [Code] {
        match self {
            Track::Filing => &[Code::Filing],
            Track::CivilRetrial => &[Code::CivilRetrialNotice, Code::CivilRetrialReview],
            Track::CriminalComplaint => &[Code::CriminalComplaint, Code::CriminalComplaintLatest],
            Track::AdministrativeRetrial => &[Code::AdministrativeRetrialReview],
            Track::EnforcementObjection => &[Code::EnforcementObjection],
            Track::OutsiderObjection => &[Code::OutsiderObjection],
            Track::EnforcementReconsideration => &[Code::EnforcementReconsideration],
            Track::Compensation => &[Code::CompensationDecision],
            Track::CompensationSupervision => &[
                Code::CompensationSupervisionFiling,
                Code::CompensationSupervision,
                Code::CompensationSupervisionLatest,
            ],
            Track::AppealCivilJudgment => &[Code::AppealCivilJudgment],
            Track::AppealCivilRuling => &[Code::AppealCivilRuling],
            Track::AppealAdministrativeJudgment => &[Code::AppealAdministrativeJudgment],
            Track::AppealAdministrativeRuling => &[Code::AppealAdministrativeRuling],
            Track::AppealCriminalJudgment => &[Code::AppealCriminalJudgment],
            Track::AppealCriminalRuling => &[Code::AppealCriminalRuling],
            Track::ObjectionSuit => &[Code::ObjectionSuit],
            Track::EnforcementDelay => &[Code::EnforcementDelay],
        }
    }
}

coded! {
    /// What a timeline entry tells of (经过类别).
    pub enum EntryKind {
        Registered = "registered" "登记",
        Contact = "contact" "再次来访来信",
        Screened = "screened" "甄别",
        Accountable = "accountable" "责任人",
        Notice = "notice" "告知",
        Progress = "progress" "进展",
        Talk = "talk" "约谈",
        Explanation = "explanation" "判后释法",
        Referral = "referral" "转办",
        Reply = "reply" "答复",
        Closed = "closed" "办结",
        Paper = "paper" "材料",
        Deadline = "deadline" "期限调整",
        Correction = "correction" "更正",
        Assignment = "assignment" "上级交办",
        Meeting = "meeting" "会见",
        Mediation = "mediation" "调解",
        Hearing = "hearing" "听证",
        Expert = "expert" "专家意见",
        Undertaking = "undertaking" "承诺书",
        Supervision = "supervision" "督办",
        Instruction = "instruction" "批示",
        Review = "review" "复查复核",
        Reopened = "reopened" "恢复办理",
        Satisfaction = "satisfaction" "满意度",
        CallBack = "call_back" "回访",
        Linked = "linked" "关联并案",
        Enforcement = "enforcement" "执行任务",
        Archive = "archive" "归档",
        Escalation = "escalation" "三级化解",
    }
}

/// One grievance about one thing (信访事项).
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = matters, treat_none_as_default_value = false)]
pub struct Matter {
    pub id: MatterId,
    pub court_id: CourtId,
    pub kind: MatterKind,
    /// As on its papers: 石法访〔2026〕0001号.
    pub number: String,
    pub year: i64,
    pub seq: i64,
    /// Who came, as lists show it: 张三等12人.
    pub petitioner_line: String,
    pub anonymous: bool,
    pub category_code: String,
    pub case_stage: CaseStage,
    /// What they ask for, in a sentence.
    pub claim: String,
    /// Facts and reasons as told.
    pub summary: String,
    /// A complaint about the conduct of staff (检举控告).
    pub conduct: bool,
    /// The division whose case it is about, or that is complained of.
    pub division_id: Option<DivisionId>,
    pub stage: Stage,
    pub close_reason: Option<CloseReason>,
    pub track: Option<String>,
    pub tier: Option<i64>,
    pub first_receiver_id: StaffId,
    pub accountable_id: StaffId,
    pub supervising_leader_id: Option<StaffId>,
    pub received_at: NaiveDateTime,
    pub registered_at: NaiveDateTime,
    pub closed_at: Option<NaiveDateTime>,
    pub next_due_on: Option<NaiveDate>,
    pub next_clock_id: Option<ClockId>,
    pub contact_count: i64,
    pub last_contact_at: NaiveDateTime,
    pub people_count: i64,
    /// What the petitioner asks with at the window.
    pub query_code: String,
    pub version: i64,
    /// Since when its file waits to be archived: `None` while it is open, and once it is merged or archived.
    pub to_archive_since: Option<NaiveDateTime>,
}

impl Matter {
    /// The procedure it was led into.
    pub fn track(&self) -> Option<Track> {
        self.track.as_deref().and_then(Track::from_code)
    }
}

/// One time that somebody came, wrote or called about a matter.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = contacts, treat_none_as_default_value = false)]
pub struct Contact {
    pub id: ContactId,
    pub court_id: CourtId,
    pub matter_id: MatterId,
    /// 1 is the first contact (初访), each later one a repeat (重复访).
    pub nth: i64,
    pub channel: Channel,
    pub happened_at: NaiveDateTime,
    pub registered_at: NaiveDateTime,
    pub people_count: i64,
    pub petitioner_line: String,
    pub summary: String,
    pub handed_in: String,
    pub received_by: StaffId,
    pub outside_number: Option<String>,
    /// Days since the contact before; `None` for the first.
    pub interval_days: Option<i64>,
    pub submission_key: String,
}

/// From how many people on a contact is a group's (集体访).
pub const GROUP_FROM: i64 = 5;
/// How many may speak for a group (信访工作条例 20).
pub const MOST_REPRESENTATIVES: usize = 5;

impl Contact {
    /// 初访.
    pub fn is_first(&self) -> bool {
        self.nth == 1
    }

    /// 集体访.
    pub fn is_group(&self) -> bool {
        self.people_count >= GROUP_FROM
    }
}

/// A court case that a matter is about.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = matter_cases, treat_none_as_default_value = false)]
pub struct MatterCase {
    pub id: i64,
    pub court_id: CourtId,
    pub matter_id: MatterId,
    /// Canonical.
    pub number: String,
    pub verified: bool,
    /// Why a number that breaks a rule is kept.
    pub reason: Option<String>,
    pub position: i64,
}

/// Where a matter has been heard before (曾在何处反映).
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = heard_at, treat_none_as_default_value = false)]
pub struct HeardAt {
    pub id: i64,
    pub matter_id: MatterId,
    pub contact_id: Option<ContactId>,
    pub level: HeardLevel,
    pub body: String,
    pub manner: HeardManner,
    pub heard_on: Option<NaiveDate>,
    pub source: HeardSource,
    /// Nobody there knows of it (查无此事).
    pub refuted: bool,
}

/// Something that happened to a matter. Never edited: a correction is a new entry.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = timeline, treat_none_as_default_value = false)]
pub struct TimelineEntry {
    pub id: EntryId,
    pub court_id: CourtId,
    pub matter_id: MatterId,
    pub kind: EntryKind,
    pub at: NaiveDateTime,
    pub staff_id: Option<StaffId>,
    pub staff_name: String,
    pub text: String,
    pub contact_id: Option<ContactId>,
    pub corrects_id: Option<EntryId>,
}

coded! {
    /// What somebody, or a division, has to do with a matter besides answering for it (经办身份).
    pub enum HandPart {
        /// The division that handles it (承办庭室).
        Division = "division" "承办庭室",
        /// 信访承办人.
        Handler = "handler" "承办人",
        /// Helps whoever handles it (协办).
        Helper = "helper" "协办",
        /// A referral waits for their answer.
        Addressee = "addressee" "待接办",
        /// Decided the case; not the handler unless an officer says why (原案承办人).
        CaseJudge = "case_judge" "原案承办人",
        /// Sits in the work group of its tier (工作组).
        Group = "group" "工作组",
    }
}

/// A hand in a matter, from a day and until a day. It lets its person see the matter, unless they are its case judge.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = hands, treat_none_as_default_value = false)]
pub struct Hand {
    pub id: HandId,
    pub court_id: CourtId,
    pub matter_id: MatterId,
    pub part: HandPart,
    pub division_id: Option<DivisionId>,
    pub staff_id: Option<StaffId>,
    /// What a helper is asked to do; why a case judge handles it all the same.
    pub note: String,
    pub since: NaiveDate,
    /// The day it ended.
    pub until: Option<NaiveDate>,
}

/// The reply that was given, or why none is owed.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = replies, treat_none_as_default_value = false)]
pub struct Reply {
    pub id: i64,
    pub matter_id: MatterId,
    pub manner: ReplyManner,
    pub text: String,
    pub by_id: StaffId,
    pub given_at: NaiveDateTime,
}

/// Somebody's part in a matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participant {
    pub petitioner_id: PetitionerId,
    pub part: Part,
    /// Their relation to the case, such as 原告 or 申请执行人.
    pub relation: String,
}

/// A category of what people ask for (诉求类别).
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = categories, treat_none_as_default_value = false)]
pub struct Category {
    pub id: i64,
    pub court_id: Option<CourtId>,
    pub code: String,
    pub parent_code: Option<String>,
    pub name: String,
    /// Complaints of this kind are about the conduct of staff.
    pub conduct: bool,
    pub position: i64,
    pub active: bool,
    pub version: i64,
}

/// Where to point a complaint that is not this court's (指引渠道).
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = guidance_reasons, treat_none_as_default_value = false)]
pub struct GuidanceReason {
    pub id: i64,
    pub court_id: Option<CourtId>,
    pub code: String,
    pub name: String,
    pub channel: String,
    /// Empty until somebody enters one; only then can it be active.
    pub legal_source: String,
    pub active: bool,
    pub position: i64,
    pub version: i64,
}

/// What a list of matters is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MatterFilter {
    pub stage: Option<Stage>,
    /// Only those not closed.
    pub open: bool,
    /// The category, or a first-level category with all below it.
    pub category: Option<String>,
    pub division: Option<DivisionId>,
    pub accountable: Option<StaffId>,
    /// In which somebody has this hand now; where they head a division, also what waits for its head.
    pub hand: Option<(HandPart, StaffId, Option<DivisionId>)>,
    /// Due on or before this day.
    pub due_until: Option<NaiveDate>,
    pub conduct: Option<bool>,
    pub tier: Option<i64>,
    /// At least this many contacts.
    pub contacts_from: Option<i64>,
    pub registered_from: Option<NaiveDateTime>,
    pub registered_before: Option<NaiveDateTime>,
}

/// What a list of contacts is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactFilter {
    pub channel: Option<Channel>,
    /// Only first contacts (初访), or only repeats (重复访).
    pub first: Option<bool>,
    /// Only groups (集体访).
    pub group: bool,
    pub received_by: Option<StaffId>,
    pub from: Option<NaiveDateTime>,
    pub before: Option<NaiveDateTime>,
}
