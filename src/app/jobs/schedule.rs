//! When a job is due, in the court's own time, and what the run of each period is called.

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Weekday};

/// How often a job runs. Times are the court's (UTC+8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schedule {
    /// Every hour at this minute.
    Hourly { minute: u32 },
    /// Every day.
    Daily { hour: u32, minute: u32 },
    /// Every week on this day.
    Weekly { weekday: Weekday, hour: u32, minute: u32 },
    /// Every month on this day, or on the month's last day where it is shorter.
    Monthly { day: u32, hour: u32, minute: u32 },
}

/// One run that was or will be due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// The same for every instance: the claim is made with it.
    pub key: String,
    pub due_at: NaiveDateTime,
}

impl Schedule {
    /// The newest run that was due at `now` or before.
    pub fn latest(self, now: NaiveDateTime) -> Period {
        let due = self.due_in(now);
        if due <= now { self.period(due) } else { self.period(self.neighbour(due, -1)) }
    }

    /// The first run that is due after `now`.
    pub fn next(self, now: NaiveDateTime) -> Period {
        let due = self.due_in(now);
        if due > now { self.period(due) } else { self.period(self.neighbour(due, 1)) }
    }

    /// When it is due within the hour, day, week or month that `now` is in.
    fn due_in(self, now: NaiveDateTime) -> NaiveDateTime {
        let today = now.date();
        match self {
            Schedule::Hourly { minute } => today.and_time(clock(now.hour(), minute)),
            Schedule::Daily { hour, minute } => today.and_time(clock(hour, minute)),
            Schedule::Weekly { weekday, hour, minute } => {
                today.week(Weekday::Mon).first_day().and_time(clock(hour, minute))
                    + TimeDelta::days(weekday.num_days_from_monday().into())
            }
            Schedule::Monthly { day, hour, minute } => on_day(today, day).and_time(clock(hour, minute)),
        }
    }

    /// The due time one period earlier (-1) or later (1) than `due`.
    fn neighbour(self, due: NaiveDateTime, by: i32) -> NaiveDateTime {
        match self {
            Schedule::Hourly { .. } => due + TimeDelta::hours(by.into()),
            Schedule::Daily { .. } => due + TimeDelta::days(by.into()),
            Schedule::Weekly { .. } => due + TimeDelta::weeks(by.into()),
            Schedule::Monthly { day, .. } => {
                let first = on_day(due.date(), 1);
                let month = if by < 0 { first - Months::new(1) } else { first + Months::new(1) };
                on_day(month, day).and_time(due.time())
            }
        }
    }

    fn period(self, due_at: NaiveDateTime) -> Period {
        let key = match self {
            Schedule::Hourly { .. } => due_at.format("%Y-%m-%dT%H"),
            Schedule::Daily { .. } | Schedule::Weekly { .. } => due_at.format("%Y-%m-%d"),
            Schedule::Monthly { .. } => due_at.format("%Y-%m"),
        };
        Period { key: key.to_string(), due_at }
    }

    /// In words, for the page.
    pub fn label(self) -> String {
        match self {
            Schedule::Hourly { minute } => format!("每小时第 {minute} 分"),
            Schedule::Daily { hour, minute } => format!("每天 {hour:02}:{minute:02}"),
            Schedule::Weekly { weekday, hour, minute } => {
                let day = match weekday {
                    Weekday::Mon => "一",
                    Weekday::Tue => "二",
                    Weekday::Wed => "三",
                    Weekday::Thu => "四",
                    Weekday::Fri => "五",
                    Weekday::Sat => "六",
                    Weekday::Sun => "日",
                };
                format!("每周{day} {hour:02}:{minute:02}")
            }
            Schedule::Monthly { day, hour, minute } => format!("每月 {day} 日 {hour:02}:{minute:02}"),
        }
    }
}

fn clock(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or(NaiveTime::MIN)
}

/// The day with this number in the month of `date`, or the month's last.
fn on_day(date: NaiveDate, day: u32) -> NaiveDate {
    date.with_day(day).unwrap_or_else(|| {
        let first = date.with_day(1).unwrap_or(date);
        first + Months::new(1) - Days::new(1)
    })
}

/// What is known of a period's run, as far as it decides whether somebody may take it on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// A person has asked for it.
    Asked,
    Done,
    /// Since when.
    Running(NaiveDateTime),
    Failed {
        attempts: i32,
        finished_at: NaiveDateTime,
    },
}

/// How often a run is tried.
pub const ATTEMPTS: i32 = 3;
/// How long after a failure it is tried again.
pub const AGAIN_AFTER: TimeDelta = TimeDelta::minutes(10);
/// A run that has been going for this long belongs to an instance that has died.
pub const DEAD_AFTER: TimeDelta = TimeDelta::hours(2);

/// Whether a run may be taken on at `now` (all in the same zone).
pub fn may_take(standing: Option<Standing>, now: NaiveDateTime) -> bool {
    match standing {
        None | Some(Standing::Asked) => true,
        Some(Standing::Done) => false,
        Some(Standing::Running(since)) => now - since >= DEAD_AFTER,
        Some(Standing::Failed { attempts, finished_at }) => {
            attempts < ATTEMPTS && now - finished_at >= AGAIN_AFTER
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
    }

    #[test]
    fn the_latest_and_the_next_run_of_each_schedule() {
        let hourly = Schedule::Hourly { minute: 20 };
        let daily = Schedule::Daily { hour: 7, minute: 30 };
        let weekly = Schedule::Weekly { weekday: Weekday::Mon, hour: 7, minute: 0 };
        let monthly = Schedule::Monthly { day: 31, hour: 2, minute: 0 };
        for (schedule, now, latest, next) in [
            (hourly, "2026-11-23 09:19", "2026-11-23 08:20", "2026-11-23 09:20"),
            (hourly, "2026-11-23 09:20", "2026-11-23 09:20", "2026-11-23 10:20"),
            (hourly, "2026-01-01 00:05", "2025-12-31 23:20", "2026-01-01 00:20"),
            (daily, "2026-11-23 07:29", "2026-11-22 07:30", "2026-11-23 07:30"),
            (daily, "2026-11-23 07:30", "2026-11-23 07:30", "2026-11-24 07:30"),
            (weekly, "2026-11-23 06:59", "2026-11-16 07:00", "2026-11-23 07:00"),
            (weekly, "2026-11-29 23:59", "2026-11-23 07:00", "2026-11-30 07:00"),
            (monthly, "2026-03-31 01:59", "2026-02-28 02:00", "2026-03-31 02:00"),
            (monthly, "2026-11-30 02:00", "2026-11-30 02:00", "2026-12-31 02:00"),
            (monthly, "2028-03-01 00:00", "2028-02-29 02:00", "2028-03-31 02:00"),
        ] {
            assert_eq!(schedule.latest(at(now)).due_at, at(latest), "{schedule:?} {now}");
            assert_eq!(schedule.next(at(now)).due_at, at(next), "{schedule:?} {now}");
        }
        assert_eq!(hourly.latest(at("2026-11-23 09:30")).key, "2026-11-23T09");
        assert_eq!(weekly.latest(at("2026-11-26 09:30")).key, "2026-11-23");
        assert_eq!(monthly.latest(at("2026-11-26 09:30")).key, "2026-10");
        assert_eq!((weekly.label(), monthly.label()), ("每周一 07:00".into(), "每月 31 日 02:00".into()));
    }

    #[test]
    fn a_run_is_taken_once_unless_it_failed_or_its_instance_died() {
        let now = at("2026-11-23 09:00");
        let ago = |minutes| now - TimeDelta::minutes(minutes);
        let failed = |attempts, minutes| Some(Standing::Failed { attempts, finished_at: ago(minutes) });
        for (standing, expected) in [
            (None, true),
            (Some(Standing::Asked), true),
            (Some(Standing::Done), false),
            (Some(Standing::Running(ago(119))), false),
            (Some(Standing::Running(ago(120))), true),
            (failed(1, 9), false),
            (failed(1, 10), true),
            (failed(2, 10), true),
            (failed(3, 600), false),
        ] {
            assert_eq!(may_take(standing, now), expected, "{standing:?}");
        }
    }

    proptest! {
        #[test]
        fn runs_follow_each_other_without_gap_or_overlap(minutes in 0i64..60 * 24 * 800, which in 0usize..4, day in 1u32..=31) {
            let schedule = [
                Schedule::Hourly { minute: day },
                Schedule::Daily { hour: day % 24, minute: day },
                Schedule::Weekly { weekday: Weekday::Sun, hour: day % 24, minute: day },
                Schedule::Monthly { day, hour: day % 24, minute: day },
            ][which];
            let now = at("2026-01-01 00:00") + TimeDelta::minutes(minutes);
            let (latest, next) = (schedule.latest(now), schedule.next(now));
            prop_assert!(latest.due_at <= now && now < next.due_at);
            prop_assert_eq!(schedule.next(latest.due_at), next.clone());
            prop_assert_eq!(schedule.latest(next.due_at), next.clone());
            prop_assert_eq!(schedule.latest(next.due_at - TimeDelta::minutes(1)), latest.clone());
            prop_assert_ne!(latest.key, next.key);
        }
    }
}
