//! The week leaders (带班值周领导), as a dated list.

use crate::db::Conn;
use crate::people::types::{CourtId, WeekLeader, WeekLeaderId};
use crate::schema::week_leaders;
use chrono::NaiveDate;
use diesel::prelude::*;

/// The entries that end on `from` or later and begin on `to` at the latest, in their order.
pub fn week_leaders_between(
    conn: &mut Conn,
    court: CourtId,
    from: NaiveDate,
    to: NaiveDate,
) -> QueryResult<Vec<WeekLeader>> {
    week_leaders::table
        .filter(week_leaders::court_id.eq(court))
        .filter(week_leaders::to_on.ge(from).and(week_leaders::from_on.le(to)))
        .order(week_leaders::from_on)
        .load(conn)
}

pub fn insert_week_leader(conn: &mut Conn, new: &WeekLeader) -> QueryResult<()> {
    diesel::insert_into(week_leaders::table).values(new).execute(conn).map(drop)
}

pub fn week_leader(conn: &mut Conn, court: CourtId, id: WeekLeaderId) -> QueryResult<WeekLeader> {
    week_leaders::table.find(id).filter(week_leaders::court_id.eq(court)).first(conn)
}

/// Takes an entry out. Says whether it was there.
pub fn delete_week_leader(conn: &mut Conn, id: WeekLeaderId) -> QueryResult<bool> {
    diesel::delete(week_leaders::table.find(id)).execute(conn).map(|gone| gone == 1)
}
