//! What a clock's events come to (重放). Everything that is kept of a clock's dates follows from its start, its rule, its
//! events and the calendar; nothing else moves it.

use super::due_of;
use crate::calendar::types::WorkingDays;
use crate::deadlines::types::{
    Clock, ClockEvent, ClockRefusal, Count, Course, End, Event, EventKind, Pause, State, Unit,
};
use chrono::{Days, NaiveDate};

/// The longest that one pause may be asked to last.
pub const LONGEST_PAUSE: Days = Days::new(366);

impl Course {
    /// The course after `event`.
    ///
    /// # Errors
    ///
    /// When it cannot follow on what went before: a clock that has ended only reopens; pauses neither overlap nor begin
    /// before the clock; what isn't paused isn't resumed; nothing is extended twice, and nothing but another day moves one
    /// that was named.
    pub fn then(mut self, event: Event) -> Result<Course, ClockRefusal> {
        match (self.end, event) {
            (None, Event::Reopened) => return Err(ClockRefusal::NotEnded),
            (Some(_), Event::Reopened) | (None, _) => {}
            (Some(_), _) => return Err(ClockRefusal::Ended),
        }
        match event {
            Event::Paused { from, until, reason } => {
                self.pause(Pause { from, to: until, reason, resumed: false })?;
            }
            Event::Resumed { on } => self.resume(on)?,
            Event::Extended { .. } if self.extended_by.is_some() => {
                return Err(ClockRefusal::AlreadyExtended);
            }
            Event::Extended { .. } if self.named.is_some() => return Err(ClockRefusal::DueNamed),
            Event::Extended { days } => self.extended_by = Some(days),
            Event::DueNamed { on } if on < self.starts_on => return Err(ClockRefusal::NamedTooEarly),
            Event::DueNamed { on } => {
                self.named = Some(on);
                self.extended_by = None;
                self.pauses.clear();
            }
            Event::StartCorrected { to } if self.named.is_some_and(|named| named < to) => {
                return Err(ClockRefusal::NamedTooEarly);
            }
            Event::StartCorrected { to } => self.starts_on = to,
            Event::Met { on } => self.end = Some(End::Met(on)),
            Event::Cancelled => self.end = Some(End::Cancelled),
            Event::Reopened => self.end = None,
        }
        Ok(self)
    }

    fn pause(&mut self, pause: Pause) -> Result<(), ClockRefusal> {
        if self.named.is_some() {
            return Err(ClockRefusal::DueNamed);
        }
        if pause.from < self.starts_on {
            return Err(ClockRefusal::PauseOutside);
        }
        let longest = pause.from.checked_add_days(LONGEST_PAUSE);
        if pause.to <= pause.from || longest.is_none_or(|longest| pause.to > longest) {
            return Err(ClockRefusal::PauseLength);
        }
        if self.pauses.last().is_some_and(|before| pause.from < before.to) {
            return Err(ClockRefusal::PauseOverlaps);
        }
        self.pauses.push(pause);
        Ok(())
    }

    fn resume(&mut self, on: NaiveDate) -> Result<(), ClockRefusal> {
        let pause = self.pauses.last_mut().filter(|pause| !pause.resumed).ok_or(ClockRefusal::NotPaused)?;
        if on < pause.from || on > pause.to {
            return Err(ClockRefusal::ResumedOutside);
        }
        pause.to = on;
        pause.resumed = true;
        Ok(())
    }
}

/// What a clock that started on `starts_on` comes to after `events`, in the order in which they happened.
///
/// # Errors
///
/// When one of them cannot follow on those before, or a date cannot be reckoned.
pub fn replay(
    starts_on: NaiveDate,
    count: Count,
    events: &[Event],
    calendar: &WorkingDays,
) -> Result<State, ClockRefusal> {
    let course = events.iter().try_fold(Course::starting(starts_on), |course, event| course.then(*event))?;
    state(course, count, calendar)
}

/// What a clock comes to by its row, which has its start and its end, and the events beside it, in their order.
///
/// # Errors
///
/// As [`replay`]; `Unreadable` when an event lacks what its kind needs.
pub fn replay_kept(
    clock: &Clock,
    count: Count,
    kept: &[ClockEvent],
    calendar: &WorkingDays,
) -> Result<State, ClockRefusal> {
    let corrected = kept.iter().find(|event| event.kind == EventKind::StartCorrected);
    let starts_on = match corrected {
        None => clock.starts_on,
        Some(event) => event.other_day.ok_or(ClockRefusal::Unreadable)?,
    };
    let mut events = Vec::with_capacity(kept.len() + 1);
    for event in kept {
        let event = event.event().ok_or(ClockRefusal::Unreadable)?;
        if event == Event::Reopened {
            // What it undoes was on the row alone.
            events.push(Event::Cancelled);
        }
        events.push(event);
    }
    events.extend(clock.met_on.map(|on| Event::Met { on }));
    events.extend(clock.cancelled.then_some(Event::Cancelled));
    replay(starts_on, count, &events, calendar)
}

/// The clock with the dates that its state gives it.
pub fn projected(clock: &Clock, state: &State) -> Clock {
    Clock {
        starts_on: state.course.starts_on,
        raw_due_on: state.due.raw_due_on,
        due_on: state.due.due_on,
        provisional: state.due.is_provisional(),
        met_on: match state.course.end {
            Some(End::Met(on)) => Some(on),
            Some(End::Cancelled) | None => None,
        },
        cancelled: state.course.end == Some(End::Cancelled),
        ..clock.clone()
    }
}

/// What a course comes to.
///
/// # Errors
///
/// When a date cannot be reckoned.
pub fn state(course: Course, count: Count, calendar: &WorkingDays) -> Result<State, ClockRefusal> {
    let due = due_of(&course, count, calendar)?;
    let original = match course.extended_by {
        None => None,
        Some(_) => Some(due_of(&Course { extended_by: None, ..course.clone() }, count, calendar)?),
    };
    Ok(State { course, due, original })
}

/// How many days are left after `today`: working days where the rule counts these, else calendar days; what is paused
/// isn't counted.
pub fn remaining(state: &State, unit: Unit, today: NaiveDate, calendar: &WorkingDays) -> usize {
    let counts = |day: NaiveDate| match unit {
        Unit::WorkingDay => calendar.is_working_day(day),
        Unit::Day | Unit::Month | Unit::MonthEnd => true,
    };
    today
        .max(state.course.starts_on)
        .iter_days()
        .skip(1)
        .take_while(|day| *day <= state.due.raw_due_on)
        .filter(|day| state.course.pause_on(*day).is_none() && counts(*day))
        .count()
}

#[cfg(test)]
mod tests;
