//! Which closings are asked about, and how a month's sample is drawn. Nothing here reads a clock, a database or a request.

use crate::crypto::sm3_hex;
use crate::matters::MatterId;
use crate::matters::types::CloseReason;
use chrono::{Datelike, Months, NaiveDate};

/// Of a month's closed matters, this many of a hundred are called back.
const PERCENT: usize = 5;
/// And at least so many.
const LEAST: usize = 3;

/// How many of `closed` matters are drawn: 5 %, rounded up, at least 3, never more than there are.
pub fn sample_size(closed: usize) -> usize {
    closed.saturating_mul(PERCENT).div_ceil(100).max(LEAST).min(closed)
}

/// The sample of a month: the same for the same seed, month and matters, in whatever order they come.
pub fn draw(seed: &str, month: &str, closed: &[MatterId]) -> Vec<MatterId> {
    let mut ranked: Vec<(String, MatterId)> =
        closed.iter().map(|id| (sm3_hex(format!("{seed}:{month}:{id}").as_bytes()), *id)).collect();
    ranked.sort();
    ranked.truncate(sample_size(closed.len()));
    ranked.into_iter().map(|(_, id)| id).collect()
}

/// A day's month, as `2026-11`.
pub fn month_of(day: NaiveDate) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

/// The first day of the month before this day's, and the first day of this day's month.
pub fn month_before(today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let first = today.with_day(1)?;
    Some((first.checked_sub_months(Months::new(1))?, first))
}

/// Whether there is somebody to ask, and something to ask about: not after the petitioner withdrew, and not where the
/// matter went elsewhere.
pub fn is_asked(reason: CloseReason, anonymous: bool) -> bool {
    let answered = match reason {
        CloseReason::Settled
        | CloseReason::Answered
        | CloseReason::AnsweredOnTheSpot
        | CloseReason::Concluded => true,
        CloseReason::NotAccepted | CloseReason::Redirected | CloseReason::Withdrawn | CloseReason::Merged => {
            false
        }
    };
    answered && !anonymous
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn ids(range: std::ops::Range<i64>) -> Vec<MatterId> {
        range.map(MatterId).collect()
    }

    #[test]
    fn five_of_a_hundred_and_at_least_three() {
        for (closed, drawn) in [(0, 0), (2, 2), (3, 3), (60, 3), (61, 4), (100, 5), (101, 6), (1000, 50)] {
            assert_eq!(sample_size(closed), drawn, "{closed}");
        }
    }

    #[test]
    fn a_sample_can_be_drawn_again_and_is_another_by_another_seed() {
        let closed = ids(0..200);
        let drawn = draw("seed", "2026-10", &closed);
        let mut turned = closed.clone();
        turned.reverse();
        assert_eq!(draw("seed", "2026-10", &turned), drawn);
        assert_eq!(drawn.iter().collect::<BTreeSet<_>>().len(), 10);
        assert_ne!(draw("other", "2026-10", &closed), drawn);
        assert_ne!(draw("seed", "2026-11", &closed), drawn);
    }

    #[test]
    fn everybody_is_drawn_about_as_often() {
        let closed = ids(0..20);
        let mut often = [0_u32; 20];
        for seed in 0..2_000 {
            for id in draw(&seed.to_string(), "2026-10", &closed) {
                often[usize::try_from(id.0).unwrap()] += 1;
            }
        }
        // Three of twenty, two thousand times: three hundred each, give or take.
        assert!(often.iter().all(|n| (230..=370).contains(n)), "{often:?}");
    }

    #[test]
    fn the_month_before_january_is_december() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(month_before(day("2027-01-01")), Some((day("2026-12-01"), day("2027-01-01"))));
        assert_eq!(month_of(day("2026-12-01")), "2026-12");
    }

    #[test]
    fn who_withdrew_or_gave_no_name_is_not_asked() {
        assert!(is_asked(CloseReason::Settled, false) && !is_asked(CloseReason::Settled, true));
        assert!(!is_asked(CloseReason::Withdrawn, false));
    }
}
