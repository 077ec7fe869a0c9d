//! Which clocks run for what is owed after a closing.

use crate::db::Conn;
use crate::deadlines::Code;
use crate::matters::types::{Matter, Stage};
use crate::people::{CourtId, StaffId};
use crate::schema::{clocks, matters};
use chrono::NaiveDate;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

/// Clocks that run for what is owed, word for word as in their index, so that the index is used.
const RUNNING: &str =
    "code IN ('assigned', 'file_handover', 'repeat_answer') AND met_on IS NULL AND NOT cancelled";

/// The running clocks of a court by their matters' ids, the first due first. The caller keeps those of matters that the
/// person may see.
pub fn running(conn: &mut Conn, court: CourtId, limit: i64) -> QueryResult<Vec<(i64, Code, NaiveDate)>> {
    clocks::table
        .filter(clocks::court_id.eq(court))
        .filter(sql::<Bool>(RUNNING))
        .order((clocks::due_on, clocks::id))
        .select((clocks::matter_id, clocks::code, clocks::due_on))
        .limit(limit)
        .load(conn)
}

/// The closed matters that this person answers for and of which something is owed, whoever may see them.
pub fn matters_owing(conn: &mut Conn, who: StaffId) -> QueryResult<Vec<Matter>> {
    let closed = matters::table
        .filter(matters::accountable_id.eq(who).and(matters::stage.eq(Stage::Closed)))
        .select(matters::id);
    let ids: Vec<i64> = clocks::table
        .filter(sql::<Bool>(RUNNING))
        .filter(clocks::matter_id.eq_any(closed))
        .select(clocks::matter_id)
        .distinct()
        .load(conn)?;
    matters::table.filter(matters::id.eq_any(ids)).order(matters::id).load(conn)
}
