//! What may be linked, merged and split. Nothing here reads a clock, a database or a request.

use super::types::LinkKind;
use crate::deadlines::Code;
use crate::error::Problem;
use crate::matters::types::Stage;
use std::collections::HashSet;
use std::hash::Hash;

/// Why matters can't be linked, merged or split so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    Itself,
    LinkedAlready,
    Circle,
    SplitStays,
    SurvivorClosed,
    IntoSign,
    ConductApart,
    AnswerableIsComplainedOf,
    NobodyTaken,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Refusal::Itself => "填写的是本事项自己的编号，请填写另一件事项的编号。",
            Refusal::LinkedAlready => "这两件事项已经有关联了。要改关联方式，请先撤销原来的关联。",
            Refusal::Circle => "按现有的关联，对方本来就在本事项之后，不能反过来作为原事项。请核对方向。",
            Refusal::SplitStays => "分案形成的关联不能撤销。要恢复成一件，请把分出的事项并回原事项。",
            Refusal::SurvivorClosed => "要并入的事项已经办结，不能并入。请先恢复办理，或者改为建立关联。",
            Refusal::IntoSign => {
                "苗头不是信访事项，信访事项不能并入苗头，否则没有人答复信访人。请反过来，把苗头并入信访事项。"
            }
            Refusal::ConductApart => "检举控告和一般信访事项的查看范围不同，不能并案。请改为建立关联。",
            Refusal::AnswerableIsComplainedOf => {
                "其中一件反映的人，正是另一件的责任人、承办人或者主管领导。请先更换责任人再并案。"
            }
            Refusal::NobodyTaken => "请至少选一名信访人列入分出的事项。",
        })
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Problem::Refused(refusal.to_string())
    }
}

/// Whether `later` following on `original` would close a circle, given the pairs (later, original) that there are.
pub fn closes_circle<T: Copy + Eq + Hash>(pairs: &[(T, T)], later: T, original: T) -> bool {
    let (mut seen, mut next) = (HashSet::new(), vec![original]);
    while let Some(one) = next.pop() {
        if one == later {
            return true;
        }
        if seen.insert(one) {
            next.extend(pairs.iter().filter(|(from, _)| *from == one).map(|(_, to)| *to));
        }
    }
    false
}

/// A link that may be undone by hand.
///
/// # Errors
///
/// `SplitStays`.
pub fn undo(kind: LinkKind) -> Result<(), Refusal> {
    if kind == LinkKind::Split { Err(Refusal::SplitStays) } else { Ok(()) }
}

/// The two matters of a merge, as far as they decide about it.
#[derive(Clone, Copy, Debug)]
pub struct Pair {
    pub same: bool,
    pub survivor: Stage,
    /// The survivor is a sign (苗头) and the other a petition, which is owed a reply.
    pub into_sign: bool,
    /// Whether each is a complaint about conduct.
    pub conduct: (bool, bool),
    /// Somebody who answers for one is complained of in the other.
    pub complained_of: bool,
}

/// Whether one may be merged into the other: the survivor must be open, so that somebody goes on answering for both; a
/// complaint about conduct stays apart from what more people see; and nobody may come to answer for a complaint about
/// themselves.
///
/// # Errors
///
/// Why not.
pub fn merge(pair: Pair) -> Result<(), Refusal> {
    if pair.same {
        Err(Refusal::Itself)
    } else if pair.survivor == Stage::Closed {
        Err(Refusal::SurvivorClosed)
    } else if pair.into_sign {
        Err(Refusal::IntoSign)
    } else if pair.conduct.0 != pair.conduct.1 {
        Err(Refusal::ConductApart)
    } else if pair.complained_of {
        Err(Refusal::AnswerableIsComplainedOf)
    } else {
        Ok(())
    }
}

/// Whether a clock of the original runs for the split-off matter too. What was demanded of one person about the original,
/// or is owed to whoever assigned it, stays there; so does the tier, which the split-off matter has to come to by itself.
pub fn goes_along(code: Code) -> bool {
    !matches!(
        code,
        Code::ReferralAnswer
            | Code::SupervisionFirst
            | Code::SupervisionSecond
            | Code::SupervisionReport
            | Code::Assigned
            | Code::TierOne
            | Code::TierTwo
            | Code::TierThree
            | Code::TierGroup
            | Code::TierLeader
            | Code::TierPlan
            | Code::TierReview
            | Code::FirstTalkLeader
            | Code::LeaderActs
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FINE: Pair = Pair {
        same: false,
        survivor: Stage::Handling,
        into_sign: false,
        conduct: (false, false),
        complained_of: false,
    };

    #[test]
    fn a_survivor_is_another_open_matter_of_the_same_secrecy() {
        assert_eq!(merge(FINE), Ok(()));
        assert_eq!(merge(Pair { same: true, ..FINE }), Err(Refusal::Itself));
        assert_eq!(merge(Pair { survivor: Stage::Closed, ..FINE }), Err(Refusal::SurvivorClosed));
        assert_eq!(merge(Pair { into_sign: true, ..FINE }), Err(Refusal::IntoSign));
        assert_eq!(merge(Pair { conduct: (true, false), ..FINE }), Err(Refusal::ConductApart));
        assert_eq!(merge(Pair { complained_of: true, ..FINE }), Err(Refusal::AnswerableIsComplainedOf));
    }

    #[test]
    fn a_split_is_not_undone_by_hand() {
        assert_eq!(undo(LinkKind::Split), Err(Refusal::SplitStays));
        assert!(LinkKind::BY_HAND.iter().all(|kind| undo(*kind).is_ok()));
    }

    proptest! {
        #[test]
        fn links_entered_one_by_one_never_make_a_circle(wanted in prop::collection::vec((0_u8..9, 0_u8..9), 0..60)) {
            let mut pairs: Vec<(u8, u8)> = Vec::new();
            for (later, original) in wanted {
                if !closes_circle(&pairs, later, original) {
                    pairs.push((later, original));
                }
            }
            for start in 0..9 {
                let above = pairs.iter().filter(|(later, _)| *later == start);
                for (_, original) in above {
                    prop_assert!(!closes_circle(&pairs, start, *original), "{start} follows on itself");
                }
            }
        }
    }
}
