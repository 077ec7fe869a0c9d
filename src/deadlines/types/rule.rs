//! The rule table's rows, and a clock: one rule running for one matter.

use super::counting::{Count, Derivation, Due, Unit};
use super::event::ClockEvent;
use crate::db::{coded, id};
use crate::people::CourtId;
use crate::schema::{clocks, deadline_rules};
use crate::time::Moment;
use crate::web::formats::date;
use chrono::NaiveDate;
use diesel::prelude::*;

id!(
    /// Which row of the rule table (时限规则).
    RuleId
);
id!(
    /// Which clock (时限).
    ClockId
);

coded! {
    /// Where a rule's force comes from (效力).
    pub enum RuleStatus {
        /// A statute, a judicial interpretation or the petition regulation fixes it.
        Statutory = "statutory" "法定",
        /// Whoever assigns the matter fixes it.
        FromAbove = "from_above" "上级",
        /// The court's own.
        Own = "own" "院定",
    }
}

coded! {
    /// Who may extend (延期批准人).
    pub enum Approver {
        DivisionHead = "division_head" "庭长",
        VicePresident = "vice_president" "副院长",
        President = "president" "院长",
        /// The body that assigned the matter.
        Sender = "sender" "交办机关",
    }
}

coded! {
    /// From what a rule runs (起算事由).
    pub enum Trigger {
        Contact = "contact" "来访、来电或收到来信",
        LetterArrival = "letter_arrival" "来信到院",
        Registration = "registration" "登记",
        Referral = "referral" "转办",
        AssignmentReceipt = "assignment_receipt" "收到上级交办",
        Acceptance = "acceptance" "受理",
        Progress = "progress" "上次告知进展",
        ReplyApproval = "reply_approval" "答复意见批准",
        ReplyReceipt = "reply_receipt" "信访人收到答复",
        ReviewRequest = "review_request" "收到复查、复核申请",
        ReplyService = "reply_service" "答复送达",
        Closing = "closing" "办结",
        CallBackDraw = "call_back_draw" "抽取回访",
        RepeatContact = "repeat_contact" "已办结事项再次来访",
        LitigationPapers = "litigation_papers" "收到起诉或申请材料",
        LitigationFiling = "litigation_filing" "诉讼程序立案",
        JudgmentEffect = "judgment_effect" "裁判生效",
        JudgmentService = "judgment_service" "裁判文书送达",
        ObjectionReceipt = "objection_receipt" "收到执行异议",
        ReconsiderationReceipt = "reconsideration_receipt" "收到复议申请",
        EnforcementRequest = "enforcement_request" "收到申请执行书",
        CompensationRequest = "compensation_request" "收到赔偿申请",
        NamedInCharge = "named_in_charge" "确定包案领导",
        SupervisionNotice = "supervision_notice" "督办通知发出",
        TierEntry = "tier_entry" "进入三级机制的级别",
        TierStudied = "tier_studied" "进入三级或者上次研究",
    }
}

coded! {
    /// Which deadline (时限). The program starts clocks by these.
    pub enum Code {
        Register = "register" "当日登记",
        RegisterLetter = "register_letter" "来信登记",
        FirstNotice = "first_notice" "首次告知",
        Screening = "screening" "甄别",
        ScreeningLatest = "screening_latest" "甄别（最迟）",
        ReferralAnswer = "referral_answer" "转办签收或退回",
        AssignmentObjection = "assignment_objection" "对上级交办提出异议",
        FirstTalk = "first_talk" "首次约谈",
        FirstTalkLeader = "first_talk_leader" "包案领导首次约谈",
        ProgressFirst = "progress_first" "首次告知进展",
        ProgressMonthly = "progress_monthly" "每月告知进展",
        Reply = "reply" "答复",
        ReplyThreeMonths = "reply_three_months" "答复（三个月制）",
        Assigned = "assigned" "上级交办办结",
        Serve = "serve" "送达答复",
        ReviewRequest = "review_request" "申请复查",
        ReviewOpinion = "review_opinion" "作出复查意见",
        RecheckRequest = "recheck_request" "申请复核",
        RecheckOpinion = "recheck_opinion" "作出复核意见",
        FileHandover = "file_handover" "移送复查、复核案卷",
        Close = "close" "办结",
        RepeatAnswer = "repeat_answer" "已办结事项再次来访的回复",
        Satisfaction = "satisfaction" "满意度回访",
        CallBack = "call_back" "反馈抽查",
        LeaderActs = "leader_acts" "包案领导亲自办理",
        SupervisionFirst = "supervision_first" "督办答复（第一次）",
        SupervisionSecond = "supervision_second" "督办答复（第二次）",
        SupervisionReport = "supervision_report" "督办答复（报告院长后）",
        TierOne = "tier_one" "一级化解",
        TierTwo = "tier_two" "二级化解",
        TierThree = "tier_three" "三级化解",
        TierGroup = "tier_group" "确定工作组",
        TierLeader = "tier_leader" "确定包案领导",
        TierPlan = "tier_plan" "制定化解方案",
        TierReview = "tier_review" "三级事项每周研究",
        Filing = "filing" "起诉立案",
        CivilRetrialApply = "civil_retrial_apply" "民事申请再审",
        CivilRetrialNotice = "civil_retrial_notice" "民事再审受理通知",
        CivilRetrialReview = "civil_retrial_review" "民事再审审查",
        ProcuratorateReview = "procuratorate_review" "检察监督审查",
        CriminalComplaint = "criminal_complaint" "刑事申诉审查",
        CriminalComplaintLatest = "criminal_complaint_latest" "刑事申诉审查（最迟）",
        AdministrativeRetrialApply = "administrative_retrial_apply" "行政申请再审",
        AdministrativeRetrialReview = "administrative_retrial_review" "行政再审审查",
        EnforcementObjection = "enforcement_objection" "执行行为异议审查",
        EnforcementReconsideration = "enforcement_reconsideration" "执行异议复议",
        OutsiderObjection = "outsider_objection" "案外人异议审查",
        ObjectionSuit = "objection_suit" "执行异议之诉",
        EnforcementDelay = "enforcement_delay" "执行超六个月",
        AppealCivilJudgment = "appeal_civil_judgment" "民事判决上诉",
        AppealCivilRuling = "appeal_civil_ruling" "民事裁定上诉",
        AppealAdministrativeJudgment = "appeal_administrative_judgment" "行政判决上诉",
        AppealAdministrativeRuling = "appeal_administrative_ruling" "行政裁定上诉",
        AppealCriminalJudgment = "appeal_criminal_judgment" "刑事判决上诉",
        AppealCriminalRuling = "appeal_criminal_ruling" "刑事裁定上诉",
        CompensationDecision = "compensation_decision" "国家赔偿决定",
        CompensationSupervisionFiling = "compensation_supervision_filing" "国家赔偿申诉立案",
        CompensationSupervision = "compensation_supervision" "国家赔偿申诉审查",
        CompensationSupervisionLatest = "compensation_supervision_latest" "国家赔偿申诉审查（最迟）",
    }
}

impl Code {
    /// Whether a court may do without it: only the alternatives to another rule.
    pub const fn is_optional(self) -> bool {
        matches!(self, Code::ReplyThreeMonths)
    }
}

/// A row of the rule table. Never changed while in force: an edit ends it and adds the next.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = deadline_rules, treat_none_as_default_value = false)]
pub struct Rule {
    pub id: RuleId,
    /// `None`: for every court of the installation that has no row of its own.
    pub court_id: Option<CourtId>,
    pub code: Code,
    pub name: String,
    /// Document and article.
    pub basis: String,
    pub trigger_event: Trigger,
    pub amount: i64,
    pub unit: Unit,
    pub roll: bool,
    /// At most so many days longer; `None` where it can't be extended or no limit is fixed.
    pub max_extension_days: Option<i64>,
    /// `None`: it can't be extended.
    pub extension_by: Option<Approver>,
    /// The paper that meets it.
    pub paper: Option<String>,
    pub effective_from: NaiveDate,
    /// The last day, inclusive. Before `effective_from` for a row that was replaced before it came into force.
    pub effective_to: Option<NaiveDate>,
    pub status: RuleStatus,
    /// What whoever reads the table should know, such as 待核实.
    pub note: String,
    pub in_use: bool,
    pub version: i64,
    /// The petitioner is told why it was extended.
    pub extension_told: bool,
}

impl Rule {
    /// How it counts.
    pub fn count(&self) -> Count {
        Count { amount: u32::try_from(self.amount).unwrap_or(u32::MAX), unit: self.unit, roll: self.roll }
    }

    /// Whether there was or will be a day on which it is in force.
    pub fn ever_in_force(&self) -> bool {
        self.effective_to.is_none_or(|last| self.effective_from <= last)
    }

    /// Whether it is in force on `date`.
    pub fn is_in_force(&self, date: NaiveDate) -> bool {
        self.effective_from <= date && self.effective_to.is_none_or(|last| date <= last)
    }
}

/// One rule running for one matter.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = clocks, treat_none_as_default_value = false)]
pub struct Clock {
    pub id: ClockId,
    pub court_id: CourtId,
    pub matter_id: i64,
    pub rule_id: RuleId,
    pub code: Code,
    pub starts_on: NaiveDate,
    /// Where counting ended before the date moved to a working day.
    pub raw_due_on: NaiveDate,
    pub due_on: NaiveDate,
    /// The date rests on a year whose calendar isn't announced.
    pub provisional: bool,
    pub met_on: Option<NaiveDate>,
    pub cancelled: bool,
}

impl Clock {
    /// Whether it still runs.
    pub fn is_open(&self) -> bool {
        self.met_on.is_none() && !self.cancelled
    }
}

impl Rule {
    /// What it rests on, with its standing (法定、上级、院定) where the basis does not begin with it.
    pub fn resting_on(&self) -> String {
        let standing = self.status.label();
        if self.basis.starts_with(standing) {
            self.basis.clone()
        } else {
            format!("{}（{standing}）", self.basis)
        }
    }
}

/// Why a clock is due when it is (这个日期怎么来的).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    pub clock: Clock,
    pub rule: Rule,
    /// By the calendar as it is now; its date differs from the clock's only where the calendar changed after the clock
    /// was met.
    pub derivation: Derivation,
    /// What happened to it, in order.
    pub events: Vec<ClockEvent>,
    /// When it would be due without its extension.
    pub original: Option<Due>,
}

impl Explanation {
    /// The whole explanation, a line for each thing said.
    pub fn lines(&self) -> Vec<String> {
        let rule = &self.rule;
        let mut lines = vec![
            format!("时限：{}（{}）", rule.name, rule.status.label()),
            format!("依据：{}", rule.basis),
            format!("起算：{}", rule.trigger_event.label()),
        ];
        if !rule.note.is_empty() {
            lines.push(format!("说明：{}", rule.note));
        }
        lines.extend(self.events.iter().map(|event| {
            format!(
                "{}　{}（{}决定，{}）",
                date(Moment::from_utc(event.at).today()),
                event.words(),
                event.allowed_by,
                event.note
            )
        }));
        lines.extend(self.original.iter().map(|due| format!("原到期日：{}", date(due.due_on))));
        if self.derivation.due.due_on != self.clock.due_on {
            lines
                .push(format!("当时按旧日历算得{}；下面按现行日历重算，仅供对照。", date(self.clock.due_on)));
        }
        lines.extend(self.derivation.lines());
        lines
    }
}
