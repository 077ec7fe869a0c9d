//! For which clocks a pause (中止计算) is known, why, and by what source. A statutory clock stops only for what the law
//! names; the court's own clocks for what keeps it from going on with the substance, never for telling the petitioner
//! how things stand. A clock that somebody else set, such as 上级交办, isn't the court's to stop: its sender extends it.
//!
//! What was not read in the text of the law says 待核实, as in [`super::defaults`].

use super::types::{Code, PauseReason};

/// Why a clock may be paused, and by what source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ground {
    pub reason: PauseReason,
    pub codes: &'static [Code],
    pub basis: &'static str,
}

const SUBSTANCE: &[Code] = &[Code::Reply, Code::ReplyThreeMonths];
const RETRIAL: &[Code] = &[Code::CivilRetrialReview, Code::AdministrativeRetrialReview];

const GROUNDS: &[Ground] = &[
    Ground {
        reason: PauseReason::Materials,
        codes: &[Code::Screening, Code::Reply, Code::ReplyThreeMonths],
        basis: "院定：信访人补正材料所需时间不计算在内",
    },
    Ground {
        reason: PauseReason::Hearing,
        codes: SUBSTANCE,
        basis: "院定：参照《信访工作条例》第三十六条，听证所需时间不计算在内",
    },
    Ground {
        reason: PauseReason::Appraisal,
        codes: SUBSTANCE,
        basis: "院定：鉴定、审计、评估所需时间不计算在内",
    },
    Ground {
        reason: PauseReason::Announcement,
        codes: &[Code::Reply, Code::ReplyThreeMonths, Code::Serve],
        basis: "院定：公告期间不计算在内",
    },
    Ground {
        reason: PauseReason::RelatedCase,
        codes: &[Code::Reply, Code::ReplyThreeMonths, Code::Close],
        basis: "院定：须以另案结果为依据的，另案审结前的时间不计算在内",
    },
    Ground {
        reason: PauseReason::Above,
        codes: &[Code::Reply, Code::ReplyThreeMonths, Code::Close],
        basis: "院定：请示上级机关的，等待答复的时间不计算在内",
    },
    Ground {
        reason: PauseReason::Hearing,
        codes: &[Code::RecheckOpinion],
        basis: "《信访工作条例》第三十六条",
    },
    Ground {
        reason: PauseReason::Materials,
        codes: &[Code::Filing],
        basis: "《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第一百二十六条（待核实）",
    },
    Ground {
        reason: PauseReason::Announcement,
        codes: RETRIAL,
        basis: "《最高人民法院案件审限管理规定》第九条（待核实）",
    },
    Ground {
        reason: PauseReason::Appraisal,
        codes: RETRIAL,
        basis: "《最高人民法院案件审限管理规定》第九条（待核实）",
    },
    Ground {
        reason: PauseReason::RelatedCase,
        codes: RETRIAL,
        basis: "《最高人民法院案件审限管理规定》第九条（待核实）",
    },
];

/// The grounds on which a clock of this code may be paused.
pub fn grounds(code: Code) -> impl Iterator<Item = &'static Ground> {
    GROUNDS.iter().filter(move |ground| ground.codes.contains(&code))
}

/// The ground for this reason, if the clock knows it.
pub fn ground(code: Code, reason: PauseReason) -> Option<&'static Ground> {
    grounds(code).find(|ground| ground.reason == reason)
}

#[cfg(test)]
mod tests {
    use super::super::defaults;
    use super::super::types::{RuleStatus, Unit};
    use super::*;

    fn shipped(code: Code) -> &'static defaults::Shipped {
        defaults::all().find(|rule| rule.code == code).unwrap()
    }

    #[test]
    fn a_reason_is_known_once_for_a_clock_and_each_reason_for_some_clock() {
        for code in Code::ALL {
            let mut reasons: Vec<_> = grounds(*code).map(|ground| ground.reason).collect();
            let all = reasons.len();
            reasons.sort_unstable();
            reasons.dedup();
            assert_eq!(reasons.len(), all, "{code:?}");
        }
        for reason in PauseReason::ALL {
            assert!(GROUNDS.iter().any(|ground| ground.reason == *reason), "{reason:?}");
        }
    }

    #[test]
    fn a_statutory_clock_names_a_law_and_a_clock_of_others_is_never_stopped() {
        for ground in GROUNDS {
            for code in ground.codes {
                match shipped(*code).status {
                    RuleStatus::Statutory => assert!(ground.basis.starts_with('《'), "{code:?} {ground:?}"),
                    RuleStatus::Own => assert!(ground.basis.starts_with("院定"), "{code:?} {ground:?}"),
                    RuleStatus::FromAbove => panic!("{code:?} isn't the court's to stop"),
                }
                assert_ne!(shipped(*code).unit, Unit::MonthEnd, "{code:?} ends with its month");
            }
        }
    }

    #[test]
    fn telling_the_petitioner_is_never_put_off() {
        for code in [
            Code::FirstNotice,
            Code::ProgressFirst,
            Code::ProgressMonthly,
            Code::ScreeningLatest,
            Code::SupervisionFirst,
            Code::Assigned,
        ] {
            assert_eq!(grounds(code).count(), 0, "{code:?}");
        }
    }
}
