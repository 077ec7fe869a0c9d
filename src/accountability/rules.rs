//! Which matters are reviewed, by whom, and in what order things are found, decided and told. Nothing here reads a clock,
//! a database or a request.

use super::types::{Cause, FaultKind, State};
use crate::error::Problem;
use crate::matters::types::Stage;
use crate::people::{DivisionId, StaffId};
use std::collections::BTreeMap;

/// The tier from which an open matter may be reviewed.
const TIER: i64 = 3;

/// Why something can't be done about a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    NotReviewable,
    OfYourself,
    ForInspection,
    AlreadyThere,
    NotOfTheCourt,
    AlreadyDecided,
    NobodyReviewed,
    NothingFound,
    NotDecided,
    AlreadyNotified,
    AlreadyStated,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Refusal::NotReviewable => "只有已经办结的事项，或者三级事项，才能开展责任倒查。",
            Refusal::OfYourself => "不能核查自己。请由其他监察人员或者院长办理。",
            Refusal::ForInspection => "责任倒查由监察部门办理；只有监察人员须回避时，才由院长办理。",
            Refusal::AlreadyThere => "这名人员已经在核查名单里了。",
            Refusal::NotOfTheCourt => "没有找到这名人员，请重新选择。",
            Refusal::AlreadyDecided => "这项倒查已经认定，不能再修改。",
            Refusal::NobodyReviewed => "认定有过错的，至少要有一名被核查人。请先添加被核查人。",
            Refusal::NothingFound => "还有被核查人没有填写核查意见，请逐人填写后再认定。",
            Refusal::NotDecided => "这项倒查还没有认定，认定以后才能送达。",
            Refusal::AlreadyNotified => "已经送达本人，不需要重复送达。",
            Refusal::AlreadyStated => "您已经提交过意见，不能再修改。需要补充的，请与监察室联系。",
        })
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Problem::Refused(refusal.to_string())
    }
}

/// Whether a matter may be reviewed: it is closed, or has reached the third tier.
pub fn is_reviewable(stage: Stage, tier: Option<i64>) -> bool {
    stage == Stage::Closed || tier.is_some_and(|tier| tier >= TIER)
}

/// Who conducts a review: inspection; somebody else who may see reviews (the president) only where no inspector is free of
/// it. Nobody reviews themselves.
///
/// # Errors
///
/// `OfYourself`, `ForInspection`.
pub fn conducts(
    me: StaffId,
    of_inspection: bool,
    free_inspectors: &[StaffId],
    reviewed: &[StaffId],
) -> Result<(), Refusal> {
    if reviewed.contains(&me) {
        return Err(Refusal::OfYourself);
    }
    let free = |inspector: &StaffId| !reviewed.contains(inspector);
    if of_inspection || !free_inspectors.iter().any(free) { Ok(()) } else { Err(Refusal::ForInspection) }
}

/// Findings and persons change only while the review is open.
///
/// # Errors
///
/// `AlreadyDecided`.
pub fn is_open(state: State) -> Result<(), Refusal> {
    match state {
        State::Open => Ok(()),
        State::Decided => Err(Refusal::AlreadyDecided),
    }
}

/// Whether it may be decided with this outcome, given what was found about each person.
///
/// # Errors
///
/// `AlreadyDecided`, `NobodyReviewed`, `NothingFound`.
pub fn decide<'a>(
    state: State,
    kind: FaultKind,
    findings: impl IntoIterator<Item = &'a str>,
) -> Result<(), Refusal> {
    is_open(state)?;
    let (mut persons, mut silent) = (0, 0);
    for finding in findings {
        persons += 1;
        silent += usize::from(finding.is_empty());
    }
    if persons == 0 && kind != FaultKind::None {
        return Err(Refusal::NobodyReviewed);
    }
    if silent > 0 { Err(Refusal::NothingFound) } else { Ok(()) }
}

/// A person is notified once, after the decision.
///
/// # Errors
///
/// `NotDecided`, `AlreadyNotified`.
pub fn notify(state: State, notified: bool) -> Result<(), Refusal> {
    match (state, notified) {
        (State::Open, _) => Err(Refusal::NotDecided),
        (State::Decided, true) => Err(Refusal::AlreadyNotified),
        (State::Decided, false) => Ok(()),
    }
}

/// One decided review, as the figures count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    pub kind: FaultKind,
    pub cause: Cause,
    pub division: Option<DivisionId>,
}

/// How many decided reviews there are of each kind, crossed with one of their other sides.
pub fn crossed<K: Ord>(
    counted: &[Counted],
    side: impl Fn(&Counted) -> K,
) -> BTreeMap<K, BTreeMap<FaultKind, u64>> {
    let mut table: BTreeMap<K, BTreeMap<FaultKind, u64>> = BTreeMap::new();
    for one in counted {
        *table.entry(side(one)).or_default().entry(one.kind).or_default() += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    const ME: StaffId = StaffId(1);
    const INSPECTOR: StaffId = StaffId(2);
    const JUDGE: StaffId = StaffId(3);

    #[test]
    fn the_closed_and_the_third_tier_are_reviewed() {
        for stage in Stage::ALL {
            let closed = *stage == Stage::Closed;
            assert_eq!(is_reviewable(*stage, None), closed, "{stage:?}");
            assert_eq!(is_reviewable(*stage, Some(2)), closed, "{stage:?}");
            assert!(is_reviewable(*stage, Some(3)));
        }
    }

    #[test]
    fn inspection_reviews_and_the_president_where_inspection_is_reviewed() {
        assert_eq!(conducts(ME, true, &[ME], &[JUDGE]), Ok(()));
        assert_eq!(conducts(ME, true, &[ME], &[JUDGE, ME]), Err(Refusal::OfYourself));
        assert_eq!(conducts(ME, false, &[INSPECTOR], &[JUDGE]), Err(Refusal::ForInspection));
        assert_eq!(conducts(ME, false, &[INSPECTOR], &[INSPECTOR]), Ok(()));
        assert_eq!(conducts(ME, false, &[], &[JUDGE]), Ok(()), "no inspector sees the matter");
        assert_eq!(conducts(ME, false, &[INSPECTOR], &[INSPECTOR, ME]), Err(Refusal::OfYourself));
    }

    #[test]
    fn a_fault_is_somebodys_and_everybody_named_has_a_finding() {
        for kind in FaultKind::ALL {
            let nobody = decide(State::Open, *kind, []);
            assert_eq!(nobody.is_ok(), *kind == FaultKind::None, "{kind:?}");
            assert_eq!(decide(State::Open, *kind, ["送达迟延。", ""]), Err(Refusal::NothingFound));
            assert_eq!(decide(State::Open, *kind, ["送达迟延。"]), Ok(()));
            assert_eq!(decide(State::Decided, *kind, ["送达迟延。"]), Err(Refusal::AlreadyDecided));
        }
    }

    #[test]
    fn nobody_is_told_before_the_decision_or_twice() {
        assert_eq!(notify(State::Open, false), Err(Refusal::NotDecided));
        assert_eq!(notify(State::Decided, false), Ok(()));
        assert_eq!(notify(State::Decided, true), Err(Refusal::AlreadyNotified));
    }

    #[test]
    fn figures_are_counted_by_kind_and_side() {
        let one = |kind, cause| Counted { kind, cause, division: None };
        let all = [
            one(FaultKind::Delay, Cause::Delay),
            one(FaultKind::Delay, Cause::Delay),
            one(FaultKind::None, Cause::Policy),
        ];
        let table = crossed(&all, |one| one.cause);
        assert_eq!(table[&Cause::Delay][&FaultKind::Delay], 2);
        assert_eq!(table[&Cause::Policy].len(), 1);
        let sum: u64 = table.values().flat_map(|row| row.values()).sum();
        assert_eq!(sum, 3);
    }
}
