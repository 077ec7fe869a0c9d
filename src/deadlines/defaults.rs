//! The rules that a new installation starts with, each with its legal source. A court changes them on the 时限与规则 page,
//! not here. What was not read in the text of the law says 待核实.

use super::types::{Approver, Code, RuleStatus, Trigger, Unit};

/// A rule as shipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shipped {
    pub code: Code,
    pub trigger: Trigger,
    pub amount: i64,
    pub unit: Unit,
    pub roll: bool,
    pub max_extension_days: Option<i64>,
    pub extension_by: Option<Approver>,
    /// The petitioner is told why it was extended.
    pub extension_told: bool,
    pub paper: Option<&'static str>,
    /// When the document came into force, `YYYY-MM-DD`.
    pub since: &'static str,
    pub status: RuleStatus,
    pub basis: &'static str,
    pub note: &'static str,
    pub in_use: bool,
}

/// From when the court's own rules run: before any matter that is likely to be entered.
const OWN_SINCE: &str = "2020-01-01";
/// 《信访工作条例》.
const REGULATION: &str = "2022-05-01";
/// 《民事诉讼法》 as amended in 2023.
const CIVIL: &str = "2024-01-01";
/// 《最高人民法院关于适用〈民事诉讼法〉的解释》 as amended in 2022.
const CIVIL_INTERPRETATION: &str = "2022-04-10";
/// 《最高人民法院关于适用〈刑事诉讼法〉的解释》.
const CRIMINAL_INTERPRETATION: &str = "2021-03-01";
/// 《最高人民法院关于适用〈行政诉讼法〉的解释》.
const ADMINISTRATIVE_INTERPRETATION: &str = "2018-02-08";
/// 《最高人民法院关于国家赔偿监督程序若干问题的规定》.
const COMPENSATION_SUPERVISION: &str = "2017-05-01";

const TIERS: &str = "院定：三级化解机制";
const UNVERIFIED: &str = "待核实：条文号和期限凭记忆填写，请对照现行法律文本核对。";

const fn row(
    code: Code,
    trigger: Trigger,
    amount: i64,
    unit: Unit,
    status: RuleStatus,
    since: &'static str,
    basis: &'static str,
) -> Shipped {
    Shipped {
        code,
        trigger,
        amount,
        unit,
        roll: true,
        max_extension_days: None,
        extension_by: None,
        extension_told: false,
        paper: None,
        since,
        status,
        basis,
        note: "",
        in_use: true,
    }
}

const fn own(code: Code, trigger: Trigger, amount: i64, unit: Unit, basis: &'static str) -> Shipped {
    row(code, trigger, amount, unit, RuleStatus::Own, OWN_SINCE, basis)
}

const fn law(
    code: Code,
    trigger: Trigger,
    amount: i64,
    unit: Unit,
    since: &'static str,
    basis: &'static str,
) -> Shipped {
    row(code, trigger, amount, unit, RuleStatus::Statutory, since, basis)
}

impl Shipped {
    const fn fixed(self) -> Self {
        Shipped { roll: false, ..self }
    }

    const fn extended(self, by: Approver, at_most_days: Option<i64>) -> Self {
        Shipped { extension_by: Some(by), max_extension_days: at_most_days, ..self }
    }

    /// The petitioner is told why it was extended.
    const fn told(self) -> Self {
        Shipped { extension_told: true, ..self }
    }

    const fn paper(self, paper: &'static str) -> Self {
        Shipped { paper: Some(paper), ..self }
    }

    const fn note(self, note: &'static str) -> Self {
        Shipped { note, ..self }
    }

    const fn unused(self) -> Self {
        Shipped { in_use: false, ..self }
    }
}

/// What the court owes from the contact to the closing, and who watches it.
pub const HANDLING: &[Shipped] = &[
    own(Code::Register, Trigger::Contact, 0, Unit::Day, "院定：当面、来电当日登记").fixed().paper("登记回执"),
    own(
        Code::RegisterLetter,
        Trigger::LetterArrival,
        3,
        Unit::Day,
        "院定：参照中级法院来信办理程序，当日登录，至迟3日",
    ),
    own(Code::FirstNotice, Trigger::Registration, 7, Unit::Day, "院定：参照“7日内程序性回复”的通行做法")
        .paper("受理告知书")
        .note("告知收到情况、由谁办理、如何查询；姓名或住址不清的除外。"),
    own(Code::Screening, Trigger::Registration, 5, Unit::WorkingDay, "院定：诉访分离甄别")
        .note("最迟不超过“甄别（最迟）”的日期。"),
    own(
        Code::ScreeningLatest,
        Trigger::Registration,
        15,
        Unit::Day,
        "院定：参照《信访工作条例》第二十三条第二款（对其他机关为15日）",
    )
    .note("甄别最迟不超过此日，不得再延。"),
    own(Code::ReferralAnswer, Trigger::Referral, 2, Unit::WorkingDay, "院定：院内转办").paper("转办函"),
    own(
        Code::AssignmentObjection,
        Trigger::AssignmentReceipt,
        5,
        Unit::WorkingDay,
        "参照《信访工作条例》第二十三条第三款",
    )
    .note("对不属于本院职权的转送、交办事项，应当在此期限内说明理由提出异议。"),
    own(
        Code::FirstTalk,
        Trigger::Acceptance,
        5,
        Unit::Day,
        "院定：参照巩义市人民法院“5日内约谈当事人”的做法",
    )
    .paper("接访记录"),
    own(
        Code::FirstTalkLeader,
        Trigger::Acceptance,
        5,
        Unit::Day,
        "院定：参照巩义市人民法院“5日内约谈当事人”的做法",
    )
    .paper("接访记录")
    .note("二级、三级事项由包案领导亲自约谈。"),
    own(
        Code::ProgressFirst,
        Trigger::Acceptance,
        14,
        Unit::Day,
        "院定：参照巩义市人民法院“两周内反馈进展”的做法",
    ),
    own(Code::ProgressMonthly, Trigger::Progress, 1, Unit::Month, "院定：首次告知进展后每月一次"),
    own(
        Code::Reply,
        Trigger::Acceptance,
        60,
        Unit::Day,
        "院定：参照《信访工作条例》第三十四条（适用于没有法定程序的事项）",
    )
    .extended(Approver::President, Some(30))
    .told()
    .paper("答复意见书")
    .note("延期须经本院负责人批准，并告知信访人延期理由。"),
    own(
        Code::ReplyThreeMonths,
        Trigger::Acceptance,
        3,
        Unit::Month,
        "院定：参照“3个月内办理过程或结果答复”的通行做法",
    )
    .paper("答复意见书")
    .note("与“答复”二选一；采用三个月制的法院启用此项。")
    .unused(),
    row(
        Code::Assigned,
        Trigger::AssignmentReceipt,
        1,
        Unit::Month,
        RuleStatus::FromAbove,
        OWN_SINCE,
        "以交办机关确定的期限为准；未确定的，一个月内办结并报告",
    )
    .extended(Approver::Sender, None)
    .paper("案件情况汇报"),
    own(Code::Serve, Trigger::ReplyApproval, 3, Unit::WorkingDay, "院定：答复意见批准后送达"),
    law(Code::ReviewRequest, Trigger::ReplyReceipt, 30, Unit::Day, REGULATION, "《信访工作条例》第三十五条")
        .note("信访人申请复查的期限；有法定程序的事项不适用。"),
    law(Code::ReviewOpinion, Trigger::ReviewRequest, 30, Unit::Day, REGULATION, "《信访工作条例》第三十五条")
        .note("由上一级机关作出。"),
    law(Code::RecheckRequest, Trigger::ReplyReceipt, 30, Unit::Day, REGULATION, "《信访工作条例》第三十六条")
        .note("信访人收到复查意见后申请复核的期限。"),
    law(
        Code::RecheckOpinion,
        Trigger::ReviewRequest,
        30,
        Unit::Day,
        REGULATION,
        "《信访工作条例》第三十六条",
    )
    .note("由复查机关的上一级机关作出；听证所需时间不计算在内。"),
    own(Code::FileHandover, Trigger::ReviewRequest, 5, Unit::WorkingDay, "院定：向复查、复核机关移送案卷"),
    own(Code::Close, Trigger::ReplyService, 30, Unit::Day, "院定：答复送达后由承办人办结"),
    own(
        Code::RepeatAnswer,
        Trigger::RepeatContact,
        5,
        Unit::WorkingDay,
        "院定：就已办结的同一诉求，指明原答复予以回复",
    ),
    own(Code::Satisfaction, Trigger::Closing, 10, Unit::WorkingDay, "院定：办结后由信访专干回访"),
    own(Code::CallBack, Trigger::CallBackDraw, 0, Unit::MonthEnd, "院定：每月抽取办结事项的5%、至少3件回访")
        .fixed(),
    own(Code::LeaderActs, Trigger::NamedInCharge, 30, Unit::Day, "院定：包案领导亲自接访、研究、协调"),
    own(Code::SupervisionFirst, Trigger::SupervisionNotice, 5, Unit::WorkingDay, "院定：第一次督办")
        .paper("督办函"),
    own(Code::SupervisionSecond, Trigger::SupervisionNotice, 3, Unit::WorkingDay, "院定：第二次督办")
        .paper("督办函")
        .note("逾期仍未答复的，报院长。"),
    own(
        Code::SupervisionReport,
        Trigger::SupervisionNotice,
        3,
        Unit::WorkingDay,
        "院定：两次督办未答复，报告院长",
    )
    .paper("督办情况报告"),
    own(Code::TierOne, Trigger::TierEntry, 10, Unit::WorkingDay, TIERS)
        .note("期内化解，或者升为二级；不因任何修改重新起算。"),
    own(Code::TierTwo, Trigger::TierEntry, 60, Unit::Day, TIERS)
        .note("期内化解并答复，或者升为三级；不因任何修改重新起算。"),
    own(Code::TierThree, Trigger::TierEntry, 30, Unit::Day, TIERS)
        .note("期内化解并答复，或者依法终结；不因任何修改重新起算。"),
    own(Code::TierGroup, Trigger::TierEntry, 2, Unit::WorkingDay, TIERS)
        .note("工作组由系统按职务和分管提出，信访专干核对确定。"),
    own(Code::TierLeader, Trigger::TierEntry, 3, Unit::WorkingDay, TIERS)
        .note("院长确定包案领导、责任人和期限。"),
    own(Code::TierPlan, Trigger::TierEntry, 7, Unit::WorkingDay, TIERS).paper("化解方案"),
    own(Code::TierReview, Trigger::TierStudied, 7, Unit::Day, TIERS)
        .note("工作组每周至少研究一次，记录会议即为履行。"),
];

/// The procedures of law into which a grievance may belong (导入司法程序), each with its own clock.
pub const TRACKS: &[Shipped] = &[
    law(Code::Filing, Trigger::LitigationPapers, 7, Unit::Day, CIVIL, "《民事诉讼法》第一百二十六条")
        .note("符合起诉条件的立案并通知当事人；不符合的裁定不予受理。"),
    law(Code::CivilRetrialApply, Trigger::JudgmentEffect, 6, Unit::Month, CIVIL, "《民事诉讼法》第二百一十六条")
        .note("当事人申请再审的期限；有法定情形的，自知道或者应当知道之日起计算。"),
    law(Code::CivilRetrialNotice, Trigger::LitigationPapers, 5, Unit::Day, CIVIL_INTERPRETATION, "《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第三百八十三条")
        .paper("受理通知书"),
    law(Code::CivilRetrialReview, Trigger::LitigationPapers, 3, Unit::Month, CIVIL, "《民事诉讼法》第二百一十五条")
        .extended(Approver::President, None)
        .note("自收到再审申请书之日起计算；有特殊情况需要延长的，由本院院长批准。"),
    law(Code::ProcuratorateReview, Trigger::LitigationPapers, 3, Unit::Month, CIVIL, "《民事诉讼法》第二百二十条")
        .note("由人民检察院审查；仅作提示。"),
    law(Code::CriminalComplaint, Trigger::LitigationFiling, 3, Unit::Month, CRIMINAL_INTERPRETATION, "《最高人民法院关于适用〈中华人民共和国刑事诉讼法〉的解释》第四百五十七条")
        .note("至迟不得超过六个月，见“刑事申诉审查（最迟）”。"),
    law(Code::CriminalComplaintLatest, Trigger::LitigationFiling, 6, Unit::Month, CRIMINAL_INTERPRETATION, "《最高人民法院关于适用〈中华人民共和国刑事诉讼法〉的解释》第四百五十七条"),
    law(Code::AdministrativeRetrialApply, Trigger::JudgmentEffect, 6, Unit::Month, ADMINISTRATIVE_INTERPRETATION, "《最高人民法院关于适用〈中华人民共和国行政诉讼法〉的解释》第一百一十条"),
    law(Code::AdministrativeRetrialReview, Trigger::LitigationFiling, 6, Unit::Month, ADMINISTRATIVE_INTERPRETATION, "《最高人民法院关于适用〈中华人民共和国行政诉讼法〉的解释》第一百一十二条")
        .extended(Approver::President, None)
        .note("有特殊情况需要延长的，由本院院长批准。"),
    law(Code::EnforcementObjection, Trigger::ObjectionReceipt, 15, Unit::Day, CIVIL, "《民事诉讼法》第二百三十六条"),
    law(Code::EnforcementReconsideration, Trigger::ReconsiderationReceipt, 30, Unit::Day, CIVIL, "《民事诉讼法》第二百三十六条；《最高人民法院关于适用〈中华人民共和国民事诉讼法〉执行程序若干问题的解释》第八条")
        .note("由上一级人民法院审查。"),
    law(Code::OutsiderObjection, Trigger::ObjectionReceipt, 15, Unit::Day, CIVIL, "《民事诉讼法》第二百三十八条"),
    law(Code::ObjectionSuit, Trigger::JudgmentService, 15, Unit::Day, CIVIL, "《民事诉讼法》第二百三十八条")
        .note("对裁定不服、与原判决裁定无关的，自裁定送达之日起向人民法院起诉的期限。"),
    law(Code::EnforcementDelay, Trigger::EnforcementRequest, 6, Unit::Month, CIVIL, "《民事诉讼法》第二百三十七条")
        .note("超过六个月未执行的，申请执行人可以向上一级人民法院申请执行。"),
    law(Code::AppealCivilJudgment, Trigger::JudgmentService, 15, Unit::Day, CIVIL, "《民事诉讼法》第一百七十一条").note(UNVERIFIED),
    law(Code::AppealCivilRuling, Trigger::JudgmentService, 10, Unit::Day, CIVIL, "《民事诉讼法》第一百七十一条").note(UNVERIFIED),
    law(Code::AppealAdministrativeJudgment, Trigger::JudgmentService, 15, Unit::Day, OWN_SINCE, "《行政诉讼法》第八十五条").note(UNVERIFIED),
    law(Code::AppealAdministrativeRuling, Trigger::JudgmentService, 10, Unit::Day, OWN_SINCE, "《行政诉讼法》第八十五条").note(UNVERIFIED),
    law(Code::AppealCriminalJudgment, Trigger::JudgmentService, 10, Unit::Day, OWN_SINCE, "《刑事诉讼法》第二百三十条").note(UNVERIFIED),
    law(Code::AppealCriminalRuling, Trigger::JudgmentService, 5, Unit::Day, OWN_SINCE, "《刑事诉讼法》第二百三十条").note(UNVERIFIED),
    law(Code::CompensationDecision, Trigger::CompensationRequest, 2, Unit::Month, OWN_SINCE, "《国家赔偿法》第二十三条").note(UNVERIFIED),
    law(Code::CompensationSupervisionFiling, Trigger::LitigationPapers, 7, Unit::Day, COMPENSATION_SUPERVISION, "《最高人民法院关于国家赔偿监督程序若干问题的规定》第六条"),
    law(Code::CompensationSupervision, Trigger::LitigationFiling, 3, Unit::Month, COMPENSATION_SUPERVISION, "《最高人民法院关于国家赔偿监督程序若干问题的规定》第十条")
        .note("至迟不得超过六个月，见“国家赔偿申诉审查（最迟）”。"),
    law(Code::CompensationSupervisionLatest, Trigger::LitigationFiling, 6, Unit::Month, COMPENSATION_SUPERVISION, "《最高人民法院关于国家赔偿监督程序若干问题的规定》第十条"),
];

/// Every shipped rule.
pub fn all() -> impl Iterator<Item = &'static Shipped> {
    HANDLING.iter().chain(TRACKS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;
    use std::collections::BTreeSet;

    #[test]
    fn each_deadline_ships_with_exactly_one_rule() {
        let shipped: BTreeSet<_> = all().map(|rule| rule.code).collect();
        assert_eq!(shipped.len(), all().count());
        assert_eq!(shipped, Code::ALL.iter().copied().collect());
    }

    #[test]
    fn each_rule_names_its_source_and_can_be_counted() {
        for rule in all() {
            assert!(!rule.basis.is_empty() && rule.since.parse::<NaiveDate>().is_ok(), "{rule:?}");
            assert!(u32::try_from(rule.amount).unwrap() <= rule.unit.limit(), "{rule:?}");
            assert!(rule.max_extension_days.is_none() || rule.extension_by.is_some(), "{rule:?}");
            assert!(rule.in_use || rule.code.is_optional(), "{rule:?}");
        }
    }

    #[test]
    fn only_what_was_not_read_in_the_law_is_unverified() {
        let unverified = all().filter(|rule| rule.note.contains("待核实")).map(|rule| rule.code.code());
        assert!(unverified.eq([
            "appeal_civil_judgment",
            "appeal_civil_ruling",
            "appeal_administrative_judgment",
            "appeal_administrative_ruling",
            "appeal_criminal_judgment",
            "appeal_criminal_ruling",
            "compensation_decision",
        ]));
    }
}
