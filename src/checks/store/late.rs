//! What is late and can still be done.

use super::{Places, Whose, places_of_matters};
use crate::db::Conn;
use crate::deadlines::Code;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

/// What of a closed matter waits for the court itself, and shows in no list of open matters.
const OWED: [Code; 3] = [Code::RepeatAnswer, Code::FileHandover, Code::Assigned];

/// Matters whose reply was approved and should have been served before `today`.
pub fn unserved_replies(conn: &mut Conn, whose: Whose, today: NaiveDate) -> QueryResult<Places> {
    let serve = Code::Serve.code();
    places_of_matters(
        conn,
        whose,
        &format!(
            "SELECT DISTINCT m.id AS id, m.number AS label FROM reply_drafts d \
             JOIN matters m ON m.id = d.matter_id JOIN clocks c ON c.matter_id = m.id AND c.code = '{serve}' \
             WHERE d.state = 'approved' AND m.stage <> 'closed' AND c.met_on IS NULL AND NOT c.cancelled \
             AND c.due_on < '{today}'"
        ),
    )
}

/// Closed matters of which something is owed since before `today`: an answer to whoever came again, the file to the court
/// above, the report to whoever assigned it.
pub fn owed_after_closing(conn: &mut Conn, whose: Whose, today: NaiveDate) -> QueryResult<Places> {
    let owed = OWED.map(|code| format!("'{}'", code.code())).join(", ");
    places_of_matters(
        conn,
        whose,
        &format!(
            "SELECT DISTINCT m.id AS id, m.number AS label FROM clocks c JOIN matters m ON m.id = c.matter_id \
             WHERE c.met_on IS NULL AND NOT c.cancelled AND c.due_on < '{today}' AND c.code IN ({owed}) \
             AND m.stage = 'closed'"
        ),
    )
}

/// Matters about which something was asked of the court above before `asked_before` and is not decided yet.
pub fn undecided_reviews(conn: &mut Conn, whose: Whose, asked_before: NaiveDate) -> QueryResult<Places> {
    places_of_matters(
        conn,
        whose,
        &format!(
            "SELECT DISTINCT m.id AS id, m.number AS label FROM review_requests q \
             JOIN matters m ON m.id = q.matter_id \
             WHERE q.state <> 'decided' AND q.requested_on < '{asked_before}'"
        ),
    )
}

/// Closed matters, but for those merged into others, that were closed before this moment and are not archived.
pub fn unarchived(conn: &mut Conn, whose: Whose, closed_before: NaiveDateTime) -> QueryResult<Places> {
    places_of_matters(
        conn,
        whose,
        &format!(
            "SELECT m.id AS id, m.number AS label FROM matters m WHERE m.stage = 'closed' \
             AND m.close_reason <> 'merged' AND m.closed_at < '{}' \
             AND NOT EXISTS (SELECT 1 FROM archives a WHERE a.matter_id = m.id AND a.archived_at >= m.closed_at)",
            closed_before.format("%Y-%m-%d %H:%M:%S")
        ),
    )
}
