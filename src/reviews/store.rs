//! Where requests for review are kept.

use super::types::{Decided, ReviewRequest, ReviewRequestId, ReviewState};
use crate::db::Conn;
use crate::matters::{Matter, MatterId};
use crate::people::{CourtId, StaffId};
use crate::schema::{matters, review_requests};
use chrono::NaiveDate;
use diesel::prelude::*;

pub fn insert(conn: &mut Conn, request: &ReviewRequest) -> QueryResult<()> {
    diesel::insert_into(review_requests::table).values(request.clone()).execute(conn).map(drop)
}

/// A matter's requests in the order in which they came. The caller has found the matter by scope.
pub fn of_matter(conn: &mut Conn, matter: &Matter) -> QueryResult<Vec<ReviewRequest>> {
    review_requests::table
        .filter(review_requests::matter_id.eq(matter.id))
        .order(review_requests::id)
        .load(conn)
}

/// The requests of a court that are not decided yet, the oldest first. The caller keeps those of matters that the person
/// may see.
pub fn open(conn: &mut Conn, court: CourtId, limit: i64) -> QueryResult<Vec<ReviewRequest>> {
    review_requests::table
        .filter(review_requests::court_id.eq(court).and(review_requests::state.ne(ReviewState::Decided)))
        .order(review_requests::id)
        .limit(limit)
        .load(conn)
}

/// Whether this matter is the review of a lower court's reply, and not decided yet.
pub fn awaited_here(conn: &mut Conn, matter: &Matter) -> QueryResult<bool> {
    let here = of_above_matter(conn, matter.id)?;
    Ok(here.is_some_and(|request| request.state != ReviewState::Decided))
}

/// The request that became this matter at the court above.
pub fn of_above_matter(conn: &mut Conn, matter: MatterId) -> QueryResult<Option<ReviewRequest>> {
    review_requests::table
        .filter(review_requests::above_matter_id.assume_not_null().eq(matter))
        .filter(review_requests::above_matter_id.is_not_null())
        .first(conn)
        .optional()
}

/// Notes that the file went up, of a request that waits for it; says whether it did.
pub fn hand_over(
    conn: &mut Conn,
    id: ReviewRequestId,
    version: i64,
    (by, on, note): (StaffId, NaiveDate, &str),
) -> QueryResult<bool> {
    let waiting = review_requests::table
        .find(id)
        .filter(review_requests::version.eq(version).and(review_requests::state.eq(ReviewState::Requested)));
    let changed = diesel::update(waiting)
        .set((
            review_requests::state.eq(ReviewState::HandedOver),
            review_requests::handed_over_by.eq(Some(by)),
            review_requests::handed_over_on.eq(Some(on)),
            review_requests::hand_over_note.eq(note),
            review_requests::version.eq(version + 1),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Notes what was decided above; says whether the request was still open and at `version`.
pub fn decide(conn: &mut Conn, id: ReviewRequestId, version: i64, decided: &Decided) -> QueryResult<bool> {
    let open = review_requests::table
        .find(id)
        .filter(review_requests::version.eq(version).and(review_requests::state.ne(ReviewState::Decided)));
    let changed = diesel::update(open)
        .set((
            review_requests::state.eq(ReviewState::Decided),
            review_requests::outcome.eq(Some(decided.outcome)),
            review_requests::opinion.eq(&decided.opinion),
            review_requests::decided_on.eq(Some(decided.decided_on)),
            review_requests::version.eq(version + 1),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// What lower courts of this installation sent up to this one, the newest first: the request and the number of its
/// matter; never what the matter is about.
pub fn sent_up(
    conn: &mut Conn,
    court: CourtId,
    after: Option<ReviewRequestId>,
    limit: i64,
) -> QueryResult<Vec<(ReviewRequest, String)>> {
    let mut query = review_requests::table
        .inner_join(matters::table.on(matters::id.eq(review_requests::matter_id)))
        .filter(review_requests::above_court_id.assume_not_null().eq(court))
        .filter(review_requests::above_court_id.is_not_null())
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(review_requests::id.lt(after));
    }
    query
        .order(review_requests::id.desc())
        .select((review_requests::all_columns, matters::number))
        .limit(limit)
        .load(conn)
}
