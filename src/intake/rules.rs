//! What the counter works out by itself. Pure.

use crate::deadlines::Code;
use crate::matters::case_number::CaseNumber;
use crate::matters::types::{CaseStage, CloseReason, GROUP_FROM, Part, Stage, Track};

/// The stage of the case that a kind of case number tells: 民初 is tried, 执 enforced, 民申 reviewed.
pub fn stage_of_case(number: &CaseNumber) -> Option<CaseStage> {
    let kind = number.kind_code()?;
    let told = if kind.contains('赔') {
        CaseStage::Compensation
    } else if kind.contains('执') {
        CaseStage::Enforcement
    } else if kind.contains('申') || kind.contains('再') || kind.contains('监') || kind.contains('抗') {
        CaseStage::Review
    } else {
        CaseStage::Trial
    };
    Some(told)
}

/// The stage that a category of complaint speaks of, by its first level.
pub fn stage_of_category(code: &str) -> CaseStage {
    match code.split('.').next().unwrap_or(code) {
        "filing" => CaseStage::Filing,
        "procedure" | "judgment" | "trial" => CaseStage::Trial,
        "enforcement" => CaseStage::Enforcement,
        "retrial" | "review" => CaseStage::Review,
        "compensation" => CaseStage::Compensation,
        _ => CaseStage::Other,
    }
}

/// In a group, whoever is named without another part speaks for it.
pub fn part_in(part: Part, people_count: i64) -> Part {
    if part == Part::Petitioner && people_count >= GROUP_FROM { Part::Representative } else { part }
}

/// What a running clock promises the visitor, in their words.
pub fn promise(code: Code) -> String {
    #[expect(clippy::wildcard_enum_match_arm, reason = "every other clock is told by its name")]
    match code {
        Code::FirstNotice => "告知您已经收到、由谁办理、如何查询".to_owned(),
        Code::Screening => "决定是否作为信访事项受理".to_owned(),
        Code::ScreeningLatest => "最迟作出是否受理的决定".to_owned(),
        Code::FirstTalk | Code::FirstTalkLeader => "与您首次约谈".to_owned(),
        Code::ProgressFirst | Code::ProgressMonthly => "告知您办理进展".to_owned(),
        Code::Reply | Code::ReplyThreeMonths => "作出答复".to_owned(),
        Code::Assigned => "办结并报告交办机关".to_owned(),
        Code::RepeatAnswer => "就您这次反映的内容作出回复".to_owned(),
        Code::Close => "办结".to_owned(),
        other => other.label().to_owned(),
    }
}

/// What happens next with a matter, told to the petitioner.
pub fn next_step(stage: Stage, track: Option<Track>, closed: Option<CloseReason>) -> String {
    match (stage, track, closed) {
        (Stage::Registered | Stage::Screening, _, _) => {
            "本院将先甄别您反映的事项，再告知您是否受理、由谁办理。".to_owned()
        }
        (Stage::InLitigation, Some(track), _) => {
            format!("您反映的事项依法应当通过诉讼程序解决，已转入“{}”程序，由立案庭办理。", track.label())
        }
        (Stage::InLitigation, None, _) => "您反映的事项已转入诉讼程序，由立案庭办理。".to_owned(),
        (Stage::Handling, _, _) => "您反映的事项已经受理，由下列责任人办理并在期限内答复您。".to_owned(),
        (Stage::Replied, _, _) => "您反映的事项已经答复，本院将继续办理后续事宜。".to_owned(),
        (Stage::Closed, _, Some(CloseReason::AnsweredOnTheSpot)) => "您反映的事项已当场答复。".to_owned(),
        (Stage::Closed, _, Some(CloseReason::NotAccepted)) => {
            "您反映的事项不属于本院职权范围，请按所附指引单向有权处理的机关反映。".to_owned()
        }
        (Stage::Closed, _, _) => {
            "这件信访事项已经办结。您这次反映的内容已经登记，本院将在期限内回复。".to_owned()
        }
    }
}

/// What to bring and where to go for a procedure of law.
pub fn litigation_guidance(track: Track) -> &'static str {
    match track {
        Track::Filing => {
            "请向本院立案庭递交起诉状（按被告人数提供副本）、身份证明和证据材料；书写确有困难的，可以口头起诉。"
        }
        Track::CivilRetrial => {
            "请递交再审申请书、身份证明、原审裁判文书和证据材料。申请再审一般应在裁判生效后六个月内提出。"
        }
        Track::CriminalComplaint => "请递交申诉状、原审裁判文书和证据材料。",
        Track::AdministrativeRetrial => {
            "请递交再审申请书、身份证明、原审裁判文书和证据材料。申请再审一般应在裁判生效后六个月内提出。"
        }
        Track::EnforcementObjection => {
            "请向负责执行的法院递交书面异议申请，写明异议请求、事实和理由，并附证据材料。"
        }
        Track::OutsiderObjection => "请在执行过程中递交书面异议，写明对执行标的的权利，并附权属证据。",
        Track::EnforcementReconsideration => {
            "请自异议裁定送达之日起十日内，向上一级人民法院递交复议申请书和异议裁定书。"
        }
        Track::AppealCivilJudgment
        | Track::AppealCivilRuling
        | Track::AppealAdministrativeJudgment
        | Track::AppealAdministrativeRuling
        | Track::AppealCriminalJudgment
        | Track::AppealCriminalRuling => {
            "请在上诉期内通过原审人民法院递交上诉状（按对方当事人人数提供副本）和原审裁判文书；刑事案件也可以口头上诉。"
        }
        Track::ObjectionSuit => {
            "请自执行异议裁定送达之日起十五日内，向执行法院递交起诉状、异议裁定书和权属证据。"
        }
        Track::EnforcementDelay => {
            "收到申请执行书满六个月没有执行的，可以向上一级人民法院递交书面申请，附执行依据和执行案件受理通知书。"
        }
        Track::Compensation | Track::CompensationSupervision => {
            "请递交赔偿申请书或者申诉状、身份证明、有关法律文书和证据材料。"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_number_tells_how_far_the_case_is() {
        for (number, stage) in [
            ("（2026）豫0404民初1号", CaseStage::Trial),
            ("（2026）豫0404执12号", CaseStage::Enforcement),
            ("（2026）豫04民申3号", CaseStage::Review),
        ] {
            assert_eq!(stage_of_case(&CaseNumber::parse(number).unwrap()), Some(stage), "{number}");
        }
    }

    #[test]
    fn whoever_is_named_in_a_group_speaks_for_it() {
        assert_eq!(part_in(Part::Petitioner, 4), Part::Petitioner);
        assert_eq!(part_in(Part::Petitioner, 5), Part::Representative);
        assert_eq!(part_in(Part::Member, 12), Part::Member);
    }

    #[test]
    fn every_shipped_category_has_a_stage() {
        let firsts: Vec<&str> = crate::matters::shipped::categories()
            .filter(|category| category.parent.is_none())
            .map(|category| category.code)
            .collect();
        assert_eq!(stage_of_category("filing.refused"), CaseStage::Filing);
        assert_eq!(stage_of_category("enforcement.slow"), CaseStage::Enforcement);
        assert!(firsts.contains(&"filing") && firsts.contains(&"enforcement"), "{firsts:?}");
    }

    #[test]
    fn whatever_the_stage_the_visitor_hears_what_happens_next() {
        for stage in Stage::ALL {
            assert!(next_step(*stage, None, None).ends_with('。'));
        }
        for track in Track::ALL {
            assert!(litigation_guidance(*track).ends_with('。'));
        }
    }
}
