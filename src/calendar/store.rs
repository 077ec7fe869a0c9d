//! Where the calendar is kept.

use super::types::{DayKind, SpecialDay, WorkingDays, Year, YearStatus};
use crate::db::Conn;
use crate::on_each_database;
use crate::schema::{calendar_days, calendar_stamps, calendar_years};
use crate::time::Moment;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

#[derive(Insertable)]
#[diesel(table_name = calendar_years)]
struct YearRow<'a> {
    year: i64,
    status: YearStatus,
    source: &'a str,
    updated_at: NaiveDateTime,
}

#[derive(Insertable)]
#[diesel(table_name = calendar_days)]
struct DayRow<'a> {
    day: NaiveDate,
    kind: DayKind,
    name: &'a str,
}

/// What the calendar and the rules in force are known by; `None` before the first seeding.
pub fn stamp(conn: &mut Conn) -> QueryResult<Option<i64>> {
    calendar_stamps::table.find(1).select(calendar_stamps::stamp).first(conn).optional()
}

/// Makes the stamp's row if it isn't there. On PostgreSQL a second instance that starts at the same moment waits here
/// until the first has entered everything.
///
/// # Errors
///
/// When it can't be written.
pub fn queue_for_seeding(conn: &mut Conn) -> QueryResult<()> {
    let row = (calendar_stamps::id.eq(1), calendar_stamps::stamp.eq(rand::random::<i64>()));
    let statement = diesel::insert_into(calendar_stamps::table).values(row).on_conflict_do_nothing();
    on_each_database!(conn, |c| statement.execute(c)).map(drop)
}

/// Draws a new stamp: part of every change of the calendar or the rules.
///
/// # Errors
///
/// When it can't be written.
pub fn restamp(conn: &mut Conn) -> QueryResult<()> {
    let stamp = calendar_stamps::stamp.eq(rand::random::<i64>());
    diesel::update(calendar_stamps::table.find(1)).set(stamp).execute(conn).map(drop)
}

/// The whole calendar.
pub fn load(conn: &mut Conn) -> QueryResult<WorkingDays> {
    let days: Vec<(NaiveDate, DayKind, String)> =
        calendar_days::table.order(calendar_days::day).load(conn)?;
    let years: Vec<(i64, YearStatus, String)> = calendar_years::table
        .select((calendar_years::year, calendar_years::status, calendar_years::source))
        .load(conn)?;
    let years = years
        .into_iter()
        .filter_map(|(year, status, source)| Some((i32::try_from(year).ok()?, Year { status, source })));
    Ok(WorkingDays::new(
        days.into_iter().map(|(date, kind, name)| SpecialDay { date, kind, name }),
        years.collect::<Vec<_>>(),
    ))
}

/// Puts `year` in the place of whatever was entered for it. The caller draws a new stamp.
///
/// # Errors
///
/// When it can't be written.
pub fn replace_year(
    conn: &mut Conn,
    number: i32,
    year: &Year,
    days: &[SpecialDay],
    now: Moment,
) -> QueryResult<()> {
    let (from, to) = bounds(number).ok_or(diesel::result::Error::NotFound)?;
    diesel::delete(calendar_days::table.filter(calendar_days::day.between(from, to))).execute(conn)?;
    diesel::delete(calendar_years::table.find(i64::from(number))).execute(conn)?;
    let row =
        YearRow { year: number.into(), status: year.status, source: &year.source, updated_at: now.utc() };
    diesel::insert_into(calendar_years::table).values(row).execute(conn)?;
    let rows: Vec<DayRow<'_>> =
        days.iter().map(|day| DayRow { day: day.date, kind: day.kind, name: &day.name }).collect();
    let statement = diesel::insert_into(calendar_days::table).values(rows);
    on_each_database!(conn, |c| statement.execute(c))?;
    Ok(())
}

fn bounds(year: i32) -> Option<(NaiveDate, NaiveDate)> {
    Some((NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?))
}

/// Enters the shipped years that are missing; says whether any was.
///
/// # Errors
///
/// When they can't be written.
pub fn seed(conn: &mut Conn, now: Moment) -> QueryResult<bool> {
    let (shipped, entered) = (WorkingDays::shipped(), load(conn)?);
    let mut changed = false;
    for (number, year) in shipped.years().filter(|(number, _)| entered.year(*number).is_none()) {
        let days: Vec<_> = shipped.special_days(number).collect();
        replace_year(conn, number, year, &days, now)?;
        changed = true;
    }
    Ok(changed)
}
