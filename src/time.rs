//! The clock, and what a moment is. The only file that reads the machine's time.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta, Timelike};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// The court's day is UTC+8 whatever zone the server is set to.
const COURT_OFFSET_HOURS: i64 = 8;

/// One instant, in UTC, with whole microseconds (what both databases keep).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(NaiveDateTime);

impl Moment {
    /// The instant with this UTC time; what is finer than a microsecond is cut off.
    pub fn from_utc(utc: NaiveDateTime) -> Self {
        let micros = utc.nanosecond() / 1_000 * 1_000;
        Moment(utc.with_nanosecond(micros).unwrap_or(utc))
    }

    /// The instant at which the court's own clocks show `court` (UTC+8).
    pub fn from_court(court: NaiveDateTime) -> Self {
        Moment::from_utc(court - TimeDelta::hours(COURT_OFFSET_HOURS))
    }

    /// UTC, as stored.
    pub fn utc(self) -> NaiveDateTime {
        self.0
    }

    /// What the court's own clocks show (UTC+8).
    pub fn court_time(self) -> NaiveDateTime {
        self.0 + TimeDelta::hours(COURT_OFFSET_HOURS)
    }

    /// The court's day.
    pub fn today(self) -> NaiveDate {
        self.court_time().date()
    }

    /// This instant moved by `by`.
    pub fn plus(self, by: TimeDelta) -> Self {
        Moment(self.0 + by)
    }

    fn micros(self) -> i64 {
        self.0.and_utc().timestamp_micros()
    }
}

/// Where the present moment comes from. Made once at start and passed down.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock.
    Machine,
    /// The machine's clock moved by a fixed time: a demonstration that starts at a chosen moment and runs on.
    Shifted(TimeDelta),
    /// Stands still until a test moves it.
    Stopped(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `at` until [`Clock::set`] moves it.
    pub fn stopped(at: Moment) -> Self {
        Clock::Stopped(Arc::new(AtomicI64::new(at.micros())))
    }

    /// The machine's clock moved so that it shows `at` now.
    pub fn starting_at(at: Moment) -> Self {
        Clock::Shifted(at.utc() - machine().utc())
    }

    /// The present moment.
    pub fn now(&self) -> Moment {
        match self {
            Clock::Machine => machine(),
            Clock::Shifted(by) => Moment::from_utc(machine().utc() + *by),
            Clock::Stopped(at) => chrono::DateTime::from_timestamp_micros(at.load(Ordering::SeqCst))
                .map_or_else(machine, |at| Moment::from_utc(at.naive_utc())),
        }
    }

    /// Moves a stopped clock to `to`; the other clocks run by themselves and stay as they are.
    pub fn set(&self, to: Moment) {
        match self {
            Clock::Stopped(at) => at.store(to.micros(), Ordering::SeqCst),
            Clock::Machine | Clock::Shifted(_) => {}
        }
    }
}

/// How long ago a file was written: by the machine's clock, which stamped it, whatever moment a demonstration plays at.
///
/// # Errors
///
/// Where the file system keeps no such time.
pub fn age_of(file: &std::fs::Metadata) -> std::io::Result<TimeDelta> {
    let written: chrono::DateTime<chrono::Utc> = file.modified()?.into();
    Ok(machine().utc() - written.naive_utc())
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
fn machine() -> Moment {
    Moment::from_utc(chrono::Utc::now().naive_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn court(text: &str) -> Moment {
        Moment::from_court(NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap())
    }

    #[test]
    fn the_courts_day_begins_at_sixteen_hours_utc() {
        assert_eq!(court("2026-11-23 00:00").utc().to_string(), "2026-11-22 16:00:00");
        assert_eq!(court("2026-11-23 00:00").today().to_string(), "2026-11-23");
        assert_eq!(court("2026-11-22 23:59").today().to_string(), "2026-11-22");
    }

    #[test]
    fn a_stopped_clock_stands_until_it_is_moved() {
        let clock = Clock::stopped(court("2026-11-23 09:00"));
        assert_eq!(clock.now(), court("2026-11-23 09:00"));
        clock.clone().set(court("2026-11-23 10:00"));
        assert_eq!(clock.now(), court("2026-11-23 10:00"));
    }

    #[test]
    fn a_shifted_clock_starts_where_it_was_told_and_runs_on() {
        let clock = Clock::starting_at(court("2020-01-01 09:00"));
        let first = clock.now();
        assert_eq!(first.court_time().format("%Y-%m-%d %H:%M").to_string(), "2020-01-01 09:00");
        assert!(clock.now() >= first);
    }
}
