//! How far a matter has come, by its age, and when: pure.

use super::super::build::worked;
use super::super::random::Random;
use crate::calendar::types::WorkingDays;
use crate::matters::types::Stage;
use crate::time::Moment;
use chrono::{NaiveTime, TimeDelta};

/// A matter's life up to now.
#[derive(Clone, Copy, Debug)]
pub struct Life {
    pub stage: Stage,
    /// When each contact was registered, the first at the beginning.
    pub contacts: [Moment; 3],
    pub screened_at: Option<Moment>,
    pub closed_at: Option<Moment>,
}

/// Further contacts come within so many days.
const LASTING: i64 = 120;

/// Draws the life of a matter that began at `at`, at least a day before `now`.
pub fn life(random: &mut Random, at: Moment, now: Moment, days: &WorkingDays) -> Life {
    let age = (now.today() - at.today()).num_days();
    let stage = match age {
        ..3 => random.pick_weighted(&[(Stage::Registered, 700), (Stage::Handling, 300)]),
        3..15 => random.pick_weighted(&[
            (Stage::Registered, 150),
            (Stage::Handling, 650),
            (Stage::InLitigation, 80),
            (Stage::Closed, 120),
        ]),
        15..75 => {
            random.pick_weighted(&[(Stage::Handling, 480), (Stage::InLitigation, 70), (Stage::Closed, 450)])
        }
        75..400 => {
            random.pick_weighted(&[(Stage::Handling, 35), (Stage::InLitigation, 15), (Stage::Closed, 950)])
        }
        _ => random.pick_weighted(&[(Stage::Handling, 2), (Stage::Closed, 998)]),
    };
    let lasted = LASTING.min(age).max(1);
    let end = if stage == Stage::Closed {
        let last = u64::try_from((age - 1).clamp(1, 75)).unwrap_or(1);
        let lasts = i64::try_from(random.between(1, last)).unwrap_or(1);
        later(random, at, lasts, days).max(at.plus(TimeDelta::hours(3))).min(before(now, 1))
    } else {
        now
    };
    let room = (end.today() - at.today()).num_days().min(lasted);
    let screened_at =
        (stage != Stage::Registered).then(|| later(random, at, room.min(3) / 2, days).min(before(end, 90)));
    let start = screened_at.unwrap_or(at);
    let second = later(random, start, room / 3, days).max(start.plus(TimeDelta::minutes(20)));
    let second = second.min(before(end, 60)).max(start.plus(TimeDelta::minutes(1)));
    let third = later(random, second, room / 3, days).max(second.plus(TimeDelta::minutes(20)));
    let third = third.min(before(end, 30)).max(second.plus(TimeDelta::minutes(1)));
    let closed_at = (stage == Stage::Closed).then(|| end.max(third.plus(TimeDelta::minutes(5))));
    Life { stage, contacts: [at, second, third], screened_at, closed_at }
}

fn before(end: Moment, minutes: i64) -> Moment {
    end.plus(-TimeDelta::minutes(minutes))
}

/// `days_on` days after `from`, on a working day, in working hours; later the same day when that comes to today.
fn later(random: &mut Random, from: Moment, days_on: i64, days: &WorkingDays) -> Moment {
    let day = worked(from.today() + TimeDelta::days(days_on), days);
    let minutes = 8 * 60 + 40 + i64::try_from(random.below(500)).unwrap_or(0);
    let at = Moment::from_court(day.and_time(NaiveTime::default())).plus(TimeDelta::minutes(minutes));
    if at > from { at } else { from.plus(TimeDelta::minutes(15)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        Moment::from_court(chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap())
    }

    #[test]
    fn a_life_goes_on_in_order_and_ends_before_now() {
        let (now, days) = (at("2026-11-23 09:00"), WorkingDays::shipped());
        for i in 0..20_000_u64 {
            let back = TimeDelta::days(i64::try_from(1 + i % 700).unwrap());
            let day = worked(now.today() - back, &days);
            let start = at(&format!("{day} 16:{:02}", i % 60));
            let life = life(&mut Random::of(3, i), start, now, &days);
            let [first, second, third] = life.contacts;
            assert!(first == start && first < second && second < third && third < now, "{start:?} {life:?}");
            assert!(life.screened_at.is_none_or(|s| s >= first && s <= second), "{life:?}");
            assert!(life.closed_at.is_none_or(|c| c > third && c < now), "{start:?} {life:?}");
            assert_eq!(life.closed_at.is_some(), life.stage == Stage::Closed);
            assert_eq!(life.screened_at.is_none(), life.stage == Stage::Registered);
        }
    }
}
