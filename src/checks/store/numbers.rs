//! The numbers of matters: what the counters gave out, and what is there.

use crate::db::Conn;
use crate::people::CourtId;
use crate::schema::{counters, matters};
use diesel::prelude::*;
use diesel::sql_types::BigInt;

/// A year's numbers: what was given out and what is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Series {
    pub court: CourtId,
    pub year: i64,
    /// The counter.
    pub last: i64,
    /// How many matters there are.
    pub matters: i64,
    /// How many different numbers they have.
    pub numbers: i64,
    /// The smallest and the greatest number.
    pub ends: (i64, i64),
}

#[derive(QueryableByName)]
struct Used {
    #[diesel(sql_type = BigInt)]
    court_id: CourtId,
    #[diesel(sql_type = BigInt)]
    year: i64,
    #[diesel(sql_type = BigInt)]
    matters: i64,
    #[diesel(sql_type = BigInt)]
    numbers: i64,
    #[diesel(sql_type = BigInt)]
    least: i64,
    #[diesel(sql_type = BigInt)]
    greatest: i64,
}

/// The numbers of ordinary matters, for each court and year.
pub fn series(conn: &mut Conn) -> QueryResult<Vec<Series>> {
    let given: Vec<(CourtId, i64, i64)> = counters::table
        .filter(counters::series.eq("matter"))
        .order((counters::court_id, counters::year))
        .select((counters::court_id, counters::year, counters::last))
        .load(conn)?;
    let used: Vec<Used> = diesel::sql_query(
        "SELECT court_id, year, COUNT(*) AS matters, COUNT(DISTINCT seq) AS numbers, MIN(seq) AS least, \
         MAX(seq) AS greatest FROM matters WHERE kind = 'petition' GROUP BY court_id, year ORDER BY court_id, year",
    )
    .load(conn)?;
    let mut all: Vec<Series> = given
        .into_iter()
        .map(|(court, year, last)| Series { court, year, last, matters: 0, numbers: 0, ends: (1, 0) })
        .collect();
    for row in used {
        let numbers = Series {
            court: row.court_id,
            year: row.year,
            last: 0,
            matters: row.matters,
            numbers: row.numbers,
            ends: (row.least, row.greatest),
        };
        match all.iter_mut().find(|series| series.court == row.court_id && series.year == row.year) {
            Some(series) => *series = Series { last: series.last, ..numbers },
            None => all.push(numbers),
        }
    }
    Ok(all)
}

/// Every number of a year, in order.
pub fn numbers_of(conn: &mut Conn, court: CourtId, year: i64) -> QueryResult<Vec<i64>> {
    matters::table
        .filter(matters::court_id.eq(court).and(matters::year.eq(year)))
        .filter(matters::kind.eq("petition"))
        .order(matters::seq)
        .select(matters::seq)
        .load(conn)
}
