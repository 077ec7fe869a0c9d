//! Everything that one matter puts into the database, and writing it: row by row with one prepared statement on SQLite,
//! many rows in a statement on PostgreSQL.

use crate::audit::{Entry, Value};
use crate::db::Conn;
use crate::deadlines::Clock;
use crate::matters::types::{
    Contact, ContactId, Hand, Matter, MatterCase, MatterId, Part, Reply, TimelineEntry,
};
use crate::people::CourtId;
use crate::petitioners::PetitionerId;
use crate::petitioners::types::{Key, Petitioner};
use crate::referrals::types::Referral;
use crate::schema::{
    audit_entries, audit_values, clocks, contact_petitioners, contacts, counters, hands, matter_cases,
    matter_petitioners, matters, petitioner_keys, petitioners, referrals, replies, timeline,
};
use crate::search;
use diesel::prelude::*;
use std::collections::BTreeMap;

/// Who takes part in a matter.
#[derive(Insertable)]
#[diesel(table_name = matter_petitioners)]
pub struct TakesPart {
    pub matter_id: MatterId,
    pub petitioner_id: PetitionerId,
    pub part: Part,
    pub relation: String,
    pub position: i64,
}

/// Who came with a contact.
#[derive(Insertable)]
#[diesel(table_name = contact_petitioners)]
pub struct Came {
    pub contact_id: ContactId,
    pub petitioner_id: PetitionerId,
    pub part: Part,
}

/// The rows of some matters, in the order of the matters.
#[derive(Default)]
pub struct Rows {
    pub petitioners: Vec<Petitioner>,
    pub keys: Vec<Key>,
    pub matters: Vec<Matter>,
    pub take_part: Vec<TakesPart>,
    pub cases: Vec<MatterCase>,
    pub contacts: Vec<Contact>,
    pub came: Vec<Came>,
    pub timeline: Vec<TimelineEntry>,
    pub clocks: Vec<Clock>,
    pub replies: Vec<Reply>,
    pub referrals: Vec<Referral>,
    pub hands: Vec<Hand>,
    pub search: Vec<(i64, search::Prepared)>,
}

/// The most values that one statement takes on PostgreSQL, with room to spare.
const VALUES: usize = 60_000;

macro_rules! write_rows {
    ($conn:expr, $table:expr, $columns:literal, $rows:expr) => {
        match $conn {
            Conn::Sqlite(c) => {
                for row in $rows {
                    diesel::insert_into($table).values(row).execute(c)?;
                }
            }
            Conn::Postgres(c) => {
                for rows in $rows.chunks(VALUES / $columns) {
                    diesel::insert_into($table).values(rows).execute(c)?;
                }
            }
        }
    };
}

impl Rows {
    /// Writes them all.
    ///
    /// # Errors
    ///
    /// When the database refuses.
    pub fn write(&self, conn: &mut Conn) -> QueryResult<()> {
        write_rows!(conn, petitioners::table, 24, &self.petitioners);
        write_rows!(conn, petitioner_keys::table, 8, &self.keys);
        write_rows!(conn, matters::table, 31, &self.matters);
        write_rows!(conn, matter_petitioners::table, 5, &self.take_part);
        write_rows!(conn, matter_cases::table, 7, &self.cases);
        write_rows!(conn, contacts::table, 16, &self.contacts);
        write_rows!(conn, contact_petitioners::table, 3, &self.came);
        write_rows!(conn, timeline::table, 10, &self.timeline);
        write_rows!(conn, clocks::table, 11, &self.clocks);
        write_rows!(conn, replies::table, 6, &self.replies);
        write_rows!(conn, referrals::table, 15, &self.referrals);
        write_rows!(conn, hands::table, 9, &self.hands);
        search::load(conn, &self.search)
    }
}

/// Lines of the trail and what they speak of.
///
/// # Errors
///
/// When the database refuses.
pub fn write_trail(conn: &mut Conn, lines: &[Entry], values: &[Value]) -> QueryResult<()> {
    write_rows!(conn, audit_entries::table, 11, lines);
    write_rows!(conn, audit_values::table, 3, values);
    Ok(())
}

/// The last numbers that were given in each year.
///
/// # Errors
///
/// When the database refuses.
pub fn last_numbers(conn: &mut Conn, court: CourtId) -> QueryResult<BTreeMap<i32, u32>> {
    let rows: Vec<(i64, i64)> = counters::table
        .filter(counters::court_id.eq(court).and(counters::series.eq("matter")))
        .select((counters::year, counters::last))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .filter_map(|(year, last)| Some((i32::try_from(year).ok()?, u32::try_from(last).ok()?)))
        .collect())
}

/// Makes the next matter of each year go on after these.
///
/// # Errors
///
/// When the database refuses.
pub fn set_last_numbers(conn: &mut Conn, court: CourtId, last: &BTreeMap<i32, u32>) -> QueryResult<()> {
    diesel::delete(counters::table.filter(counters::court_id.eq(court).and(counters::series.eq("matter"))))
        .execute(conn)?;
    for (year, last) in last {
        diesel::insert_into(counters::table)
            .values((
                counters::court_id.eq(court),
                counters::series.eq("matter"),
                counters::year.eq(i64::from(*year)),
                counters::last.eq(i64::from(*last)),
            ))
            .execute(conn)?;
    }
    Ok(())
}
