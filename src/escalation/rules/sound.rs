//! What a rule of the tiers must hold, so that whatever it is called by can rise.

use crate::escalation::types::{Cause, Tier};

/// Why a rule can't be: it would count from nothing, or raise nothing.
pub fn unsound(cause: Cause, tier: Tier, threshold: i64) -> Option<&'static str> {
    let least = match cause {
        Cause::Group | Cause::NthRepeat => 2,
        Cause::Overdue => 1,
        Cause::Swept
        | Cause::Assessed
        | Cause::Marked
        | Cause::HeardCity
        | Cause::BackAfterReply
        | Cause::AcceptedHere
        | Cause::OneFailed
        | Cause::OneRanOver
        | Cause::HeardProvince
        | Cause::HeardBeijing
        | Cause::TwoFailed
        | Cause::TwoRanOver
        | Cause::Correction => 0,
    };
    let lowest = match cause {
        Cause::TwoFailed | Cause::TwoRanOver => Tier::Three,
        Cause::HeardCity
        | Cause::BackAfterReply
        | Cause::OneFailed
        | Cause::OneRanOver
        | Cause::HeardProvince
        | Cause::HeardBeijing => Tier::Two,
        Cause::Swept
        | Cause::Assessed
        | Cause::Marked
        | Cause::Group
        | Cause::NthRepeat
        | Cause::Overdue
        | Cause::AcceptedHere
        | Cause::Correction => Tier::One,
    };
    if threshold < least {
        Some("集体访、多次反映至少从 2 起算，超期至少从 1 个工作日起算，请改写数目。")
    } else if tier < lowest {
        Some(
            "一级没有化解的须升到二级以上，二级没有化解的须升到三级；到上级反映、答复后恢复办理的，至少是二级。请改选级别。",
        )
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_counts_from_something_and_raises_what_calls_it() {
        for (cause, tier, threshold) in [
            (Cause::Group, Tier::Two, 0),
            (Cause::NthRepeat, Tier::Two, 1),
            (Cause::Overdue, Tier::Two, 0),
            (Cause::OneRanOver, Tier::One, 0),
            (Cause::TwoRanOver, Tier::Two, 0),
            (Cause::HeardBeijing, Tier::One, 0),
        ] {
            assert!(unsound(cause, tier, threshold).is_some(), "{cause:?}");
        }
        for shipped in crate::escalation::defaults::ALL {
            assert_eq!(unsound(shipped.cause, shipped.tier, shipped.threshold), None, "{:?}", shipped.cause);
        }
    }
}
