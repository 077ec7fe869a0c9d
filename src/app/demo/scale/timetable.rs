//! When each of the matters began, which number it got, and who came: drawn first, for all of them, because numbers and
//! returning visitors follow from the order of time. Twelve bytes a matter.

use super::super::build::worked;
use super::super::random::Random;
use super::SEED;
use crate::calendar::types::WorkingDays;
use crate::time::Moment;
use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta};
use std::collections::BTreeMap;

/// How far back the court's register goes, in days; half of it lies in the last fifth.
const REACH: u64 = 5 * 365;
/// Of a thousand matters, how many somebody brings who had one before.
const RETURNING: u64 = 150;
const DAY_MINUTES: u32 = 24 * 60;
/// The counter opens, in minutes of the day, and is open for so long.
const OPENS: u32 = 8 * 60 + 35;
const OPEN_FOR: u64 = 520;
/// Bits of an id that say which matter.
const MATTER_BITS: u32 = 22;
/// The unit of time in ids, in milliseconds: the whole register then lies before what the running court will add.
const UNIT_MS: i64 = 16;

/// Which matter began when.
pub struct Timetable {
    first_day: NaiveDate,
    /// Minutes from the first day, rising.
    starts: Vec<u32>,
    /// The number in its year.
    seqs: Vec<u32>,
    /// Which matter first brought the petitioner: itself for somebody new.
    brought: Vec<u32>,
    /// The last number of each year.
    pub last: BTreeMap<i32, u32>,
}

/// One matter's beginning.
#[derive(Clone, Copy, Debug)]
pub struct Start {
    /// Which of all, in the order of time.
    pub index: u32,
    pub at: Moment,
    /// The number in its year.
    pub seq: u32,
    /// Which matter first brought the petitioner: itself for somebody new.
    pub brought_by: u32,
}

impl Timetable {
    /// Draws the beginnings of `count` matters before the day of `now`. Numbers go on after `taken`.
    pub fn draw(count: u32, now: Moment, days: &WorkingDays, taken: BTreeMap<i32, u32>) -> Self {
        let first_day = now.today() - TimeDelta::days(i64::try_from(REACH).unwrap_or(0) + 30);
        let mut starts: Vec<u32> = (0..u64::from(count)).map(|i| start(i, now, first_day, days)).collect();
        starts.sort_unstable();
        let mut table = Timetable { first_day, starts, seqs: Vec::new(), brought: Vec::new(), last: taken };
        for (index, minutes) in (0_u32..).zip(&table.starts) {
            let year = moment(table.first_day, *minutes).today().year();
            let seq = table.last.entry(year).or_insert(0);
            *seq += 1;
            table.seqs.push(*seq);
            let mut random = Random::of(SEED ^ 1, index.into());
            let returns = index > 0 && random.happens(RETURNING);
            let before = if returns { usize::try_from(random.below(index.into())).ok() } else { None };
            let by = before.and_then(|before| table.brought.get(before).copied());
            table.brought.push(by.unwrap_or(index));
        }
        table
    }

    /// How many matters there are.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// The beginning of this matter; `None` after the last.
    pub fn get(&self, index: usize) -> Option<Start> {
        Some(Start {
            index: u32::try_from(index).ok()?,
            at: self.at(*self.starts.get(index)?, index),
            seq: *self.seqs.get(index)?,
            brought_by: *self.brought.get(index)?,
        })
    }

    /// The id of the `nth` thing of its kind that this matter has, made at `at`: later things have greater ids.
    pub fn id(&self, of: Start, at: Moment, nth: i64) -> i64 {
        let zero = moment(self.first_day, 0);
        let units = (at.utc() - zero.utc()).num_milliseconds() / UNIT_MS + nth;
        (units << MATTER_BITS) | i64::from(of.index & ((1 << MATTER_BITS) - 1))
    }

    /// Within the minute, by the matter.
    fn at(&self, minutes: u32, index: usize) -> Moment {
        let within = i64::try_from(index % 6_000).unwrap_or(0) * 10;
        moment(self.first_day, minutes).plus(TimeDelta::milliseconds(within))
    }
}

fn start(i: u64, now: Moment, first_day: NaiveDate, days: &WorkingDays) -> u32 {
    let mut random = Random::of(SEED, i);
    let back = TimeDelta::days(i64::try_from(random.days_ago(REACH)).unwrap_or(0) + 1);
    let day = worked(now.today() - back, days);
    let day = u32::try_from((day - first_day).num_days()).unwrap_or(0);
    day * DAY_MINUTES + OPENS + u32::try_from(random.below(OPEN_FOR)).unwrap_or(0)
}

fn moment(first_day: NaiveDate, minutes: u32) -> Moment {
    Moment::from_court(first_day.and_time(NaiveTime::default())).plus(TimeDelta::minutes(minutes.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn now() -> Moment {
        let at = chrono::NaiveDateTime::parse_from_str("2026-11-23 09:00", "%Y-%m-%d %H:%M");
        Moment::from_court(at.unwrap())
    }

    #[test]
    fn matters_begin_in_order_on_working_days_and_mostly_lately() {
        let days = WorkingDays::shipped();
        let table = Timetable::draw(5_000, now(), &days, BTreeMap::new());
        let all: Vec<Start> = (0..table.len()).filter_map(|i| table.get(i)).collect();
        assert_eq!(all.len(), 5_000);
        assert!(all.windows(2).all(|w| w[0].at.today() <= w[1].at.today()));
        assert!(all.iter().all(|s| s.at < now() && days.is_working_day(s.at.today())));
        let lately = all.iter().filter(|s| now().utc() - s.at.utc() < TimeDelta::days(365)).count();
        assert!((2_300..3_000).contains(&lately), "{lately}");
        let ids: HashSet<i64> = all.iter().flat_map(|s| (0..5).map(|n| table.id(*s, s.at, n))).collect();
        assert_eq!(ids.len(), 25_000);
        assert!(ids.iter().all(|id| *id > 0 && *id < crate::db::next_id(now())));
    }

    #[test]
    fn numbers_have_no_gap_and_some_people_return() {
        let table = Timetable::draw(3_000, now(), &WorkingDays::shipped(), BTreeMap::from([(2026, 7)]));
        let mut seen: BTreeMap<i32, Vec<u32>> = BTreeMap::new();
        let all: Vec<Start> = (0..table.len()).filter_map(|i| table.get(i)).collect();
        for start in &all {
            seen.entry(start.at.today().year()).or_default().push(start.seq);
            let first = all[usize::try_from(start.brought_by).unwrap()];
            assert!(first.brought_by == first.index && first.index <= start.index);
        }
        for (year, seqs) in seen {
            let from = if year == 2026 { 8 } else { 1 };
            assert_eq!(seqs, (from..from + u32::try_from(seqs.len()).unwrap()).collect::<Vec<_>>());
            assert_eq!(table.last[&year], *seqs.last().unwrap());
        }
        let returning = all.iter().filter(|s| s.brought_by != s.index).count();
        assert!((350..550).contains(&returning), "{returning}");
    }
}
