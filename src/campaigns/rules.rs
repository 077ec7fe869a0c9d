//! What a campaign comes to, and what may still be done to it. Nothing here reads a clock, a database or a request.

use crate::call_backs::Score;
use crate::error::Problem;
use chrono::NaiveDate;

/// Why something can't be done to a campaign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    Closed,
    NameTaken,
    NotInIt,
    /// The matter was closed before the campaign began.
    OverBefore,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Refusal::Closed => "这次集中执行已经总结，不能再改动。需要继续的，请另建一次。",
            Refusal::NameTaken => "本院已经有同名的集中执行，请换一个名称，例如加上年份。",
            Refusal::OverBefore => "在这次集中执行开始以前就已经办结，不算它的成效，不能列入。",
            Refusal::NotInIt => "这件事项已经不在这次集中执行里，可能有人刚刚移出。",
        })
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Problem::Refused(refusal.to_string())
    }
}

/// A campaign is changed, filled and closed while it is open.
///
/// # Errors
///
/// `Closed`.
pub fn change(open: bool) -> Result<(), Refusal> {
    if open { Ok(()) } else { Err(Refusal::Closed) }
}

/// Whether a matter that was closed on this day, if it was, may be put into a campaign that begins on `starts_on`.
///
/// # Errors
///
/// `OverBefore`.
pub fn put_in(closed_on: Option<NaiveDate>, starts_on: NaiveDate) -> Result<(), Refusal> {
    match closed_on.filter(|day| *day < starts_on) {
        Some(_) => Err(Refusal::OverBefore),
        None => Ok(()),
    }
}

/// A matter in a campaign, as far as the results look. Sums are in fen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Line {
    pub due: Option<i64>,
    pub paid: i64,
    pub outstanding: i64,
    /// Paid between the campaign's first and last day.
    pub during: i64,
    /// Closed between these days.
    pub closed: bool,
    /// How satisfied its petitioner was, the last time that somebody asked between these days.
    pub score: Option<Score>,
}

/// What the matters of a campaign come to. Sums are in fen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Results {
    pub matters: i64,
    /// Between the campaign's first and last day.
    pub closed: i64,
    pub due: i64,
    pub paid: i64,
    /// How much of what is due was paid: what one debtor paid too much fills no gap of another.
    pub covered: i64,
    pub outstanding: i64,
    pub during: i64,
    /// Petitioners who said how satisfied they were.
    pub rated: i64,
    /// Of these, satisfied or mostly satisfied.
    pub satisfied: i64,
}

impl Results {
    /// How much of what is due was paid, in whole per cent, rounded down.
    pub fn percent(&self) -> Option<i64> {
        share(self.covered, self.due)
    }

    /// How many of those who were asked were satisfied, in whole per cent, rounded down.
    pub fn satisfaction(&self) -> Option<i64> {
        share(self.satisfied, self.rated)
    }
}

fn share(part: i64, whole: i64) -> Option<i64> {
    let whole = i128::from(Some(whole).filter(|whole| *whole > 0)?);
    i64::try_from(i128::from(part) * 100 / whole).ok()
}

/// Adds the lines up.
pub fn results(lines: &[Line]) -> Results {
    lines.iter().fold(Results::default(), |sum, line| {
        let satisfied = match line.score {
            Some(Score::Satisfied | Score::MostlySatisfied) => 1,
            Some(Score::Dissatisfied | Score::Unrated) | None => 0,
        };
        let rated = match line.score {
            Some(Score::Satisfied | Score::MostlySatisfied | Score::Dissatisfied) => 1,
            Some(Score::Unrated) | None => 0,
        };
        Results {
            matters: sum.matters + 1,
            closed: sum.closed + i64::from(line.closed),
            due: sum.due.saturating_add(line.due.unwrap_or(0)),
            paid: sum.paid.saturating_add(line.paid),
            covered: sum.covered.saturating_add(line.due.map_or(0, |due| line.paid.min(due))),
            outstanding: sum.outstanding.saturating_add(line.outstanding),
            during: sum.during.saturating_add(line.during),
            rated: sum.rated + rated,
            satisfied: sum.satisfied + satisfied,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_comes_to_nothing() {
        let none = results(&[]);
        assert_eq!((none, none.percent(), none.satisfaction()), (Results::default(), None, None));
    }

    #[test]
    fn sums_add_up_and_only_those_who_rated_count() {
        let line = |due, paid, during, closed, score| Line {
            due,
            paid,
            outstanding: due.map_or(0, |due: i64| (due - paid).max(0)),
            during,
            closed,
            score,
        };
        let all = results(&[
            line(Some(1_000), 600, 200, false, None),
            line(Some(500), 500, 500, true, Some(Score::Satisfied)),
            line(Some(500), 0, 0, true, Some(Score::Dissatisfied)),
            line(None, 40, 40, true, Some(Score::Unrated)),
        ]);
        assert_eq!((all.matters, all.closed, all.due, all.paid), (4, 3, 2_000, 1_140));
        assert_eq!((all.outstanding, all.during), (900, 740));
        assert_eq!((all.rated, all.satisfied, all.satisfaction(), all.percent()), (2, 1, Some(50), Some(55)));
    }

    #[test]
    fn what_is_paid_too_much_here_fills_no_gap_there() {
        let line = |due, paid| Line { due, paid, ..Line::default() };
        let all = results(&[line(Some(100), 300), line(Some(300), 0), line(None, 500)]);
        assert_eq!((all.due, all.paid, all.covered, all.percent()), (400, 800, 100, Some(25)));
    }

    #[test]
    fn what_was_over_before_it_began_is_not_put_in() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(put_in(None, day("2026-11-10")), Ok(()));
        assert_eq!(put_in(Some(day("2026-11-10")), day("2026-11-10")), Ok(()));
        assert_eq!(put_in(Some(day("2026-11-09")), day("2026-11-10")), Err(Refusal::OverBefore));
    }

    #[test]
    fn a_closed_campaign_stays_as_it_is() {
        assert_eq!(change(true), Ok(()));
        assert_eq!(change(false), Err(Refusal::Closed));
    }

    proptest! {
        /// However the matters lie, the results are the same, and none of them is counted twice or left out.
        #[test]
        fn the_order_of_matters_does_not_matter(
            sums in prop::collection::vec((0_i64..1_000_000, 0_i64..1_000_000, any::<bool>()), 0..50),
        ) {
            let line = |(due, paid, closed): &(i64, i64, bool)| Line {
                due: (*due > 0).then_some(*due),
                paid: *paid,
                closed: *closed,
                ..Line::default()
            };
            let mut lines: Vec<Line> = sums.iter().map(line).collect();
            let forward = results(&lines);
            lines.reverse();
            prop_assert_eq!(results(&lines), forward);
            prop_assert_eq!(forward.matters, i64::try_from(lines.len()).unwrap());
            prop_assert_eq!(forward.paid, sums.iter().map(|(_, paid, _)| paid).sum::<i64>());
        }
    }
}
