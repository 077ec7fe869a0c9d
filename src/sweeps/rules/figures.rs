//! How the figures are counted.

use crate::people::DivisionId;
use crate::sweeps::types::{Answer, Mark};
use chrono::NaiveDateTime;
use std::collections::BTreeMap;

/// A case of a month's sheets, as far as it is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact {
    pub division: DivisionId,
    pub closed: bool,
    pub answer: Option<Answer>,
    /// How it ended, in the order of [`crate::sweeps::types::Item::ALL`], where that was recorded.
    pub marks: Option<[Mark; 5]>,
    pub assessed: bool,
}

/// What a division's cases come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    pub cases: i64,
    pub answered: i64,
    pub again: i64,
    pub tier_one: i64,
    pub assessed: i64,
    pub closed: i64,
    /// Closed cases of which it was recorded how they ended.
    pub recorded: i64,
    /// Of those, how many it was done for, and for how many it applies.
    pub done: [(i64, i64); 5],
}

impl Counted {
    fn add(&mut self, fact: &Fact) {
        let one = i64::from;
        self.cases += 1;
        self.answered += one(fact.answer.is_some());
        self.again += one(fact.answer == Some(Answer::Again));
        self.tier_one += one(fact.answer == Some(Answer::TierOne));
        self.assessed += one(fact.assessed);
        if !fact.closed {
            return;
        }
        self.closed += 1;
        self.recorded += one(fact.marks.is_some());
        for (done, mark) in self.done.iter_mut().zip(fact.marks.into_iter().flatten()) {
            done.0 += one(mark == Mark::Yes);
            done.1 += one(mark != Mark::NotApplicable);
        }
    }

    /// All of them together.
    pub fn sum<'a>(all: impl Iterator<Item = &'a Counted>) -> Counted {
        all.fold(Counted::default(), |mut sum, one| {
            sum.cases += one.cases;
            sum.answered += one.answered;
            sum.again += one.again;
            sum.tier_one += one.tier_one;
            sum.assessed += one.assessed;
            sum.closed += one.closed;
            sum.recorded += one.recorded;
            for (done, more) in sum.done.iter_mut().zip(one.done) {
                done.0 += more.0;
                done.1 += more.1;
            }
            sum
        })
    }
}

/// By division.
pub fn count(facts: &[Fact]) -> BTreeMap<DivisionId, Counted> {
    let mut all: BTreeMap<DivisionId, Counted> = BTreeMap::new();
    for fact in facts {
        all.entry(fact.division).or_default().add(fact);
    }
    all
}

/// A time that a case was on a sheet: what was answered and when, and since when it was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    pub answer: Option<Answer>,
    pub answered_at: Option<NaiveDateTime>,
    pub added_at: NaiveDateTime,
}

/// What sweeps had seen of a case before somebody came about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// It was on no sheet.
    Never,
    /// It was on a sheet, and had no answer yet.
    Unanswered,
    /// The newest answer of then.
    Answered(Answer),
}

impl Seen {
    /// In addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Seen::Never => "never",
            Seen::Unanswered => "unanswered",
            Seen::Answered(answer) => answer.code(),
        }
    }

    pub const fn label(self) -> &'static str {
        match self {
            Seen::Never => "没有排查过",
            Seen::Unanswered => "在排查表上，还没有结论",
            Seen::Answered(answer) => answer.label(),
        }
    }
}

/// What was known of a case at a moment; a later answer doesn't count.
pub fn seen_before(looks: &[Look], at: NaiveDateTime) -> Seen {
    let answered = looks
        .iter()
        .filter_map(|look| Some((look.answered_at.filter(|when| *when <= at)?, look.answer?)))
        .max_by_key(|(when, _)| *when);
    match answered {
        Some((_, answer)) => Seen::Answered(answer),
        None if looks.iter().any(|look| look.added_at <= at) => Seen::Unanswered,
        None => Seen::Never,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_are_counted_by_division_and_what_does_not_apply_is_left_out() {
        let fact = |division, answer, marks| Fact {
            division: DivisionId(division),
            closed: true,
            answer,
            marks,
            assessed: answer == Some(Answer::TierOne),
        };
        let marks = [Mark::Yes, Mark::No, Mark::NotApplicable, Mark::Yes, Mark::No];
        let facts = [
            fact(1, Some(Answer::Nothing), Some(marks)),
            fact(1, Some(Answer::TierOne), Some(marks)),
            fact(1, None, None),
            Fact { closed: false, ..fact(2, Some(Answer::Again), Some(marks)) },
        ];
        let all = count(&facts);
        let one = all[&DivisionId(1)];
        assert_eq!((one.cases, one.answered, one.tier_one, one.again, one.assessed), (3, 2, 1, 0, 1));
        assert_eq!((one.closed, one.recorded, one.done), (3, 2, [(2, 2), (0, 2), (0, 0), (2, 2), (0, 2)]));
        let two = all[&DivisionId(2)];
        assert_eq!((two.cases, two.closed, two.recorded, two.done), (1, 0, 0, [(0, 0); 5]));
        let sum = Counted::sum(all.values());
        assert_eq!((sum.cases, sum.answered, sum.closed, sum.done[0]), (4, 3, 3, (2, 2)));
    }

    #[test]
    fn only_what_was_known_before_counts_in_hindsight() {
        let at = |text: &str| text.parse::<NaiveDateTime>().unwrap();
        let look = |answer, answered: Option<&str>, added: &str| Look {
            answer,
            answered_at: answered.map(at),
            added_at: at(added),
        };
        let came = at("2026-11-20T10:00:00");
        let september = look(Some(Answer::Again), Some("2026-09-20T10:00:00"), "2026-09-01T10:00:00");
        let october = look(Some(Answer::Nothing), Some("2026-10-20T10:00:00"), "2026-10-01T10:00:00");
        let later = look(Some(Answer::TierOne), Some("2026-11-21T10:00:00"), "2026-11-02T10:00:00");
        let after = look(None, None, "2026-11-22T10:00:00");
        assert_eq!(seen_before(&[], came), Seen::Never);
        assert_eq!(seen_before(&[after], came), Seen::Never);
        assert_eq!(seen_before(&[later], came), Seen::Unanswered);
        assert_eq!(seen_before(&[october, later, september], came), Seen::Answered(Answer::Nothing));
    }
}
