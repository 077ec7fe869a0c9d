//! Counting (期间计算). The day of the start is never counted (民诉法 85, 民法典 201); months end on the same-numbered day
//! or the month's last (民法典 202); a last day on which the court doesn't work moves on where the rule says so
//! (民诉法 85, 民法典 203).
//!
//! | | is |
//! | --- | --- |
//! | this file | how a course is counted |
//! | [`replay`] | what a clock's events come to |
//! | [`allowed`] | what may happen to it, by whom |

use super::types::{Count, Course, Derivation, Due, Mark, Refusal, Step, Unit};
use crate::calendar::types::{WorkingDays, YearStatus};
use chrono::{Datelike, Months, NaiveDate};
use std::collections::BTreeSet;

/// The first and the last year in which a deadline may start.
const YEARS: std::ops::RangeInclusive<i32> = 1950..=2199;

/// When `count` from `starts_on` is due, where nothing happens meanwhile.
///
/// # Errors
///
/// When the amount or the start is out of range.
pub fn due(starts_on: NaiveDate, count: Count, calendar: &WorkingDays) -> Result<Due, Refusal> {
    due_of(&Course::starting(starts_on), count, calendar)
}

/// [`due`], with the reasons.
///
/// # Errors
///
/// As [`due`].
pub fn derive(starts_on: NaiveDate, count: Count, calendar: &WorkingDays) -> Result<Derivation, Refusal> {
    derive_of(&Course::starting(starts_on), count, calendar)
}

/// When a clock with this course is due.
///
/// # Errors
///
/// As [`due`].
pub fn due_of(course: &Course, count: Count, calendar: &WorkingDays) -> Result<Due, Refusal> {
    reckon(course, count, calendar, &mut |_, _| {})
}

/// [`due_of`], with the reasons.
///
/// # Errors
///
/// As [`due`].
pub fn derive_of(course: &Course, count: Count, calendar: &WorkingDays) -> Result<Derivation, Refusal> {
    let mut steps = Vec::new();
    let due = reckon(course, count, calendar, &mut |date, mark| {
        steps.push(Step { date, mark, day: calendar.day(date).words() });
    })?;
    steps.sort_by_key(|step| step.date);
    Ok(Derivation { course: course.clone(), count, due, steps, first_known_year: calendar.first_year() })
}

/// Counts, tells `see` of each day on the way, and notes which years the result rests on.
///
/// A day that was named is the day. Else paused days aren't counted. Where months are counted, as many days follow them as were paused within them. An
/// extension is counted in calendar days from where the rule's own length ends, before that day moves on.
fn reckon(
    course: &Course,
    count: Count,
    calendar: &WorkingDays,
    see: &mut dyn FnMut(NaiveDate, Mark),
) -> Result<Due, Refusal> {
    let starts_on = course.starts_on;
    if !YEARS.contains(&starts_on.year()) {
        return Err(Refusal::StartOutOfRange);
    }
    if count.amount > count.unit.limit() {
        return Err(Refusal::TooMuch(count.unit));
    }
    let longer = course.extended_by.unwrap_or(0);
    if longer > Unit::Day.limit() {
        return Err(Refusal::TooMuch(Unit::Day));
    }
    see(starts_on, Mark::Start);
    if let Some(day) = course.named {
        see(day, Mark::Named);
        return Ok(Due { raw_due_on: day, due_on: day, unsettled: Vec::new() });
    }
    let mut asked = BTreeSet::new();
    let end = match count.unit {
        Unit::Day => days(course, starts_on, count.amount, see, Mark::Counted),
        Unit::WorkingDay => working_days(course, count.amount, calendar, &mut asked, see),
        Unit::Month => months(starts_on, count.amount, see).and_then(|end| make_up(course, end, see)),
        Unit::MonthEnd => month_end(starts_on, count.amount, see).and_then(|end| make_up(course, end, see)),
    };
    let raw_due_on =
        end.and_then(|end| days(course, end, longer, see, Mark::Extended)).ok_or(Refusal::NoEnd)?;
    let due_on = if count.roll { roll(raw_due_on, calendar, &mut asked, see)? } else { raw_due_on };
    let unsettled = asked
        .into_iter()
        .map(|year| (year, calendar.status(year)))
        .filter(|(_, status)| *status != YearStatus::Official)
        .collect();
    Ok(Due { raw_due_on, due_on, unsettled })
}

/// The `amount`th day after `after` that isn't paused.
fn days(
    course: &Course,
    after: NaiveDate,
    amount: u32,
    see: &mut dyn FnMut(NaiveDate, Mark),
    mark: fn(u32) -> Mark,
) -> Option<NaiveDate> {
    let (mut day, mut nth) = (after, 0);
    while nth < amount {
        day = day.succ_opt()?;
        if let Some(pause) = course.pause_on(day) {
            see(day, Mark::Paused(pause.reason));
        } else {
            nth += 1;
            see(day, mark(nth));
        }
    }
    Some(day)
}

fn working_days(
    course: &Course,
    amount: u32,
    calendar: &WorkingDays,
    asked: &mut BTreeSet<i32>,
    see: &mut dyn FnMut(NaiveDate, Mark),
) -> Option<NaiveDate> {
    let (mut day, mut nth) = (course.starts_on, 0);
    while nth < amount {
        day = day.succ_opt()?;
        if let Some(pause) = course.pause_on(day) {
            see(day, Mark::Paused(pause.reason));
            continue;
        }
        asked.insert(day.year());
        if calendar.is_working_day(day) {
            nth += 1;
            see(day, Mark::Counted(nth));
        } else {
            see(day, Mark::Skipped);
        }
    }
    Some(day)
}

/// From the end of months, on by as many days as were paused up to it.
fn make_up(course: &Course, end: NaiveDate, see: &mut dyn FnMut(NaiveDate, Mark)) -> Option<NaiveDate> {
    if course.pauses.is_empty() {
        return Some(end);
    }
    let mut paused = 0;
    let mut day = course.starts_on;
    while day < end {
        day = day.succ_opt()?;
        if let Some(pause) = course.pause_on(day) {
            paused += 1;
            see(day, Mark::Paused(pause.reason));
        }
    }
    days(course, end, paused, see, Mark::MadeUp)
}

fn months(starts_on: NaiveDate, amount: u32, see: &mut dyn FnMut(NaiveDate, Mark)) -> Option<NaiveDate> {
    let mut end = starts_on;
    for nth in 1..=amount {
        end = starts_on.checked_add_months(Months::new(nth))?;
        let full = if end.day() == starts_on.day() { Mark::Months(nth) } else { Mark::MonthsAtEnd(nth) };
        see(end, full);
    }
    Some(end)
}

fn month_end(starts_on: NaiveDate, amount: u32, see: &mut dyn FnMut(NaiveDate, Mark)) -> Option<NaiveDate> {
    let first = starts_on.with_day(1)?;
    let end = first.checked_add_months(Months::new(amount.checked_add(1)?))?.pred_opt()?;
    see(end, Mark::MonthEnd);
    Some(end)
}

fn roll(
    raw: NaiveDate,
    calendar: &WorkingDays,
    asked: &mut BTreeSet<i32>,
    see: &mut dyn FnMut(NaiveDate, Mark),
) -> Result<NaiveDate, Refusal> {
    let mut day = raw;
    loop {
        asked.insert(day.year());
        if calendar.is_working_day(day) {
            break;
        }
        see(day, Mark::RolledOver);
        day = day.succ_opt().ok_or(Refusal::NoEnd)?;
    }
    if day != raw {
        see(day, Mark::RolledTo);
    }
    Ok(day)
}

pub mod allowed;
pub mod replay;

#[cfg(test)]
mod tests;
