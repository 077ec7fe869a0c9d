//! Counting (期间计算). The day of the start is never counted (民诉法 85, 民法典 201); months end on the same-numbered day
//! or the month's last (民法典 202); a last day on which the court doesn't work moves on where the rule says so
//! (民诉法 85, 民法典 203).

use super::types::{Count, Derivation, Due, Mark, Refusal, Step, Unit};
use crate::calendar::types::{WorkingDays, YearStatus};
use chrono::{Datelike, Months, NaiveDate};
use std::collections::BTreeSet;

/// The first and the last year in which a deadline may start.
const YEARS: std::ops::RangeInclusive<i32> = 1950..=2199;

/// When `count` from `starts_on` is due.
///
/// # Errors
///
/// When the amount or the start is out of range.
pub fn due(starts_on: NaiveDate, count: Count, calendar: &WorkingDays) -> Result<Due, Refusal> {
    reckon(starts_on, count, calendar, &mut |_, _| {})
}

/// [`due`], with the reasons.
///
/// # Errors
///
/// As [`due`].
pub fn derive(starts_on: NaiveDate, count: Count, calendar: &WorkingDays) -> Result<Derivation, Refusal> {
    let mut steps = Vec::new();
    let due = reckon(starts_on, count, calendar, &mut |date, mark| {
        steps.push(Step { date, mark, day: calendar.day(date).words() });
    })?;
    Ok(Derivation { starts_on, count, due, steps, first_known_year: calendar.first_year() })
}

/// Counts, tells `see` of each day on the way, and notes which years the result rests on.
fn reckon(
    starts_on: NaiveDate,
    count: Count,
    calendar: &WorkingDays,
    see: &mut dyn FnMut(NaiveDate, Mark),
) -> Result<Due, Refusal> {
    if !YEARS.contains(&starts_on.year()) {
        return Err(Refusal::StartOutOfRange);
    }
    if count.amount > count.unit.limit() {
        return Err(Refusal::TooMuch(count.unit));
    }
    see(starts_on, Mark::Start);
    let mut asked = BTreeSet::new();
    let raw_due_on = match count.unit {
        Unit::Day => days(starts_on, count.amount, see),
        Unit::WorkingDay => working_days(starts_on, count.amount, calendar, &mut asked, see),
        Unit::Month => months(starts_on, count.amount, see),
        Unit::MonthEnd => month_end(starts_on, count.amount, see),
    }
    .ok_or(Refusal::NoEnd)?;
    let due_on = if count.roll { roll(raw_due_on, calendar, &mut asked, see)? } else { raw_due_on };
    let unsettled = asked
        .into_iter()
        .map(|year| (year, calendar.status(year)))
        .filter(|(_, status)| *status != YearStatus::Official)
        .collect();
    Ok(Due { raw_due_on, due_on, unsettled })
}

fn days(starts_on: NaiveDate, amount: u32, see: &mut dyn FnMut(NaiveDate, Mark)) -> Option<NaiveDate> {
    let mut day = starts_on;
    for nth in 1..=amount {
        day = day.succ_opt()?;
        see(day, Mark::Counted(nth));
    }
    Some(day)
}

fn working_days(
    starts_on: NaiveDate,
    amount: u32,
    calendar: &WorkingDays,
    asked: &mut BTreeSet<i32>,
    see: &mut dyn FnMut(NaiveDate, Mark),
) -> Option<NaiveDate> {
    let (mut day, mut nth) = (starts_on, 0);
    while nth < amount {
        day = day.succ_opt()?;
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

#[cfg(test)]
mod tests;
