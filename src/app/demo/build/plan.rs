//! When each thing of the script happens: days counted back from the demonstration, on days and at hours when a court
//! works. Pure.

use super::super::script::{Channel, DemoMatter, Screening};
use crate::calendar::types::WorkingDays;
use crate::time::Moment;
use chrono::{NaiveDate, NaiveTime, TimeDelta};

/// What happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Event {
    Registered,
    Screened,
    /// The step of this number.
    Step(usize),
}

/// Something that happens to a matter of the script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Planned {
    pub at: Moment,
    /// Which matter.
    pub matter: usize,
    pub event: Event,
}

/// Between two things on one day.
const SHORTLY: TimeDelta = TimeDelta::minutes(25);
/// When the first thing of a day happens at the earliest, in minutes of the day.
const MORNING: i64 = 8 * 60 + 45;
/// Over how many minutes things are spread.
const WORKDAY: i64 = 460;

/// Whether the screening was decided at the counter, with the registration.
pub fn on_the_spot(m: &DemoMatter) -> bool {
    match m.screening {
        Screening::Answered { days_ago, by, .. } | Screening::Elsewhere { days_ago, by, .. } => {
            days_ago == m.days_ago && by == m.receiver
        }
        Screening::Waiting
        | Screening::Sent { .. }
        | Screening::Accepted { .. }
        | Screening::Litigation { .. } => false,
    }
}

/// Everything that happens up to `now`, the earliest first.
pub fn plan(matters: &[DemoMatter], now: Moment, days: &WorkingDays) -> Vec<Planned> {
    let mut all: Vec<Planned> = matters
        .iter()
        .enumerate()
        .flat_map(|(matter, m)| {
            moments(m, now, days).into_iter().map(move |(at, event)| Planned { at, matter, event })
        })
        .collect();
    all.sort();
    all
}

fn moments(m: &DemoMatter, now: Moment, days: &WorkingDays) -> Vec<(Moment, Event)> {
    let mut wanted = vec![(m.days_ago, Event::Registered)];
    wanted.extend(screened(m).map(|days_ago| (days_ago, Event::Screened)));
    wanted.extend(m.steps.iter().enumerate().map(|(i, step)| (step.days_ago(), Event::Step(i))));
    let mut planned: Vec<(Moment, Event)> = Vec::with_capacity(wanted.len());
    for (nth, (days_ago, event)) in (0_i64..).zip(wanted) {
        let first = event == Event::Registered;
        let day = now.today() - TimeDelta::days(days_ago);
        let day = if first && m.channel == Channel::Online { day } else { worked(day, days) };
        let at = if first { written(day, m.at) } else { in_the_day(day, nth * 97 + days_ago * 31) };
        let after = planned.last().map(|(before, _)| before.plus(SHORTLY));
        let at = after.map_or(at, |after| at.max(after));
        // What followed something online at a weekend waited until the court worked.
        let at = if first || days.is_working_day(at.today()) {
            at
        } else {
            in_the_day(days.next(at.today()).unwrap_or_else(|| at.today()), nth * 97 + days_ago * 31)
        };
        planned.push((at, event));
    }
    // What would lie ahead happened just now.
    for (left, (at, _)) in (1..).zip(planned.iter_mut().rev()) {
        *at = (*at).min(now.plus(-TimeDelta::minutes(2 * left)));
    }
    planned
}

fn screened(m: &DemoMatter) -> Option<i64> {
    match m.screening {
        Screening::Waiting => None,
        _ if on_the_spot(m) => None,
        Screening::Sent { days_ago }
        | Screening::Accepted { days_ago, .. }
        | Screening::Litigation { days_ago, .. }
        | Screening::Elsewhere { days_ago, .. }
        | Screening::Answered { days_ago, .. } => Some(days_ago),
    }
}

/// The last day on which the court worked, up to `day`.
pub fn worked(day: NaiveDate, days: &WorkingDays) -> NaiveDate {
    if days.is_working_day(day) { day } else { days.previous(day).unwrap_or(day) }
}

fn written(day: NaiveDate, (hour, minute): (u32, u32)) -> Moment {
    Moment::from_court(day.and_time(NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default()))
}

fn in_the_day(day: NaiveDate, spread: i64) -> Moment {
    let morning = Moment::from_court(day.and_time(NaiveTime::default()));
    morning.plus(TimeDelta::minutes(MORNING + spread.rem_euclid(WORKDAY)))
}

#[cfg(test)]
mod tests {
    use super::super::super::script;
    use super::*;
    use std::collections::HashMap;

    fn at(text: &str) -> Moment {
        Moment::from_court(chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap())
    }

    #[test]
    fn things_happen_in_order_before_now_and_while_the_court_works() {
        let (matters, days) = (script::matters(), WorkingDays::shipped());
        for now in [at("2026-11-23 09:00"), at("2026-11-22 00:03"), at("2026-02-19 23:59")] {
            let all = plan(&matters, now, &days);
            let mut last: HashMap<usize, (Moment, Event)> = HashMap::new();
            for one in &all {
                assert!(one.at < now);
                if let Some(before) = last.insert(one.matter, (one.at, one.event)) {
                    assert!(before.0 < one.at && before.1 < one.event, "{}", matters[one.matter].key);
                }
                let shown = one.at.court_time();
                let online = one.event == Event::Registered && matters[one.matter].channel == Channel::Online;
                let today = one.at.plus(TimeDelta::hours(36)) > now;
                assert!(online || today || days.is_working_day(shown.date()), "{shown}");
            }
            assert_eq!(last.len(), matters.len());
        }
    }
}
