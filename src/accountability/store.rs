//! Where reviews are kept. Every function that returns reviews to a page leaves out those in which the person who asks is
//! reviewed; only [`own`] tells somebody about themselves, and only after they were notified.

use super::types::{Review, ReviewFilter, ReviewId, Reviewed, State};
use crate::db::{Conn, MultiBackend};
use crate::matters::MatterId;
use crate::matters::store::review_within;
use crate::matters::types::Matter;
use crate::people::{Scope, StaffId};
use crate::schema::{accountability_persons, accountability_reviews, matters};
use chrono::NaiveDateTime;
use diesel::dsl::{exists, not};
use diesel::prelude::*;

/// Nobody has this id.
const NOBODY: StaffId = StaffId(0);

type Joined<'a> = diesel::helper_types::IntoBoxed<
    'a,
    diesel::helper_types::InnerJoin<accountability_reviews::table, matters::table>,
    MultiBackend,
>;

/// The reviews of matters within this scope in which the person isn't reviewed.
fn shown<'a>(scope: &Scope) -> Joined<'a> {
    let me = accountability_persons::table
        .filter(accountability_persons::review_id.eq(accountability_reviews::id))
        .filter(accountability_persons::staff_id.eq(scope.staff_id.unwrap_or(NOBODY)));
    accountability_reviews::table
        .inner_join(matters::table)
        .into_boxed()
        .filter(review_within(scope))
        .filter(not(exists(me)))
}

pub fn insert(conn: &mut Conn, new: &Review) -> QueryResult<()> {
    diesel::insert_into(accountability_reviews::table).values(new).execute(conn).map(drop)
}

pub fn insert_person(conn: &mut Conn, new: &Reviewed) -> QueryResult<()> {
    diesel::insert_into(accountability_persons::table).values(new).execute(conn).map(drop)
}

/// One review with its matter.
pub fn find(conn: &mut Conn, scope: &Scope, id: ReviewId) -> QueryResult<(Review, Matter)> {
    shown(scope).filter(accountability_reviews::id.eq(id)).first(conn)
}

/// The persons reviewed, in the order of their ids. The review has been found by scope.
pub fn persons(conn: &mut Conn, reviews: &[ReviewId]) -> QueryResult<Vec<Reviewed>> {
    accountability_persons::table
        .filter(accountability_persons::review_id.eq_any(reviews.to_vec()))
        .order((accountability_persons::review_id, accountability_persons::staff_id))
        .load(conn)
}

/// Counts a review's version on, if it is still at `version`. Says whether it was.
pub fn advance(conn: &mut Conn, id: ReviewId, version: i64) -> QueryResult<bool> {
    let same = accountability_reviews::table.find(id).filter(accountability_reviews::version.eq(version));
    let changed = diesel::update(same).set(accountability_reviews::version.eq(version + 1)).execute(conn)?;
    Ok(changed == 1)
}

/// Keeps the decision of a review that is still at `one.version`. Says whether it was.
pub fn decide(conn: &mut Conn, one: &Review) -> QueryResult<bool> {
    let same =
        accountability_reviews::table.find(one.id).filter(accountability_reviews::version.eq(one.version));
    let changed = diesel::update(same)
        .set((
            accountability_reviews::state.eq(State::Decided),
            accountability_reviews::kind.eq(one.kind),
            accountability_reviews::cause.eq(one.cause),
            accountability_reviews::findings.eq(&one.findings),
            accountability_reviews::measure.eq(&one.measure),
            accountability_reviews::decided_by.eq(&one.decided_by),
            accountability_reviews::decided_on.eq(one.decided_on),
            accountability_reviews::version.eq(one.version + 1),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Keeps what was found about a person. Says whether they are reviewed.
pub fn find_about(
    conn: &mut Conn,
    id: ReviewId,
    staff: StaffId,
    (finding, measure): (&str, &str),
) -> QueryResult<bool> {
    let changed = diesel::update(accountability_persons::table.find((id, staff)))
        .set((accountability_persons::finding.eq(finding), accountability_persons::measure.eq(measure)))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Marks a person as notified, if they weren't. Says whether they weren't.
pub fn notify(conn: &mut Conn, id: ReviewId, staff: StaffId, at: NaiveDateTime) -> QueryResult<bool> {
    let unknowing =
        accountability_persons::table.find((id, staff)).filter(accountability_persons::notified_at.is_null());
    let changed = diesel::update(unknowing).set(accountability_persons::notified_at.eq(at)).execute(conn)?;
    Ok(changed == 1)
}

/// What was found about this person, in reviews of which they were notified, the newest first.
pub fn own(conn: &mut Conn, me: StaffId) -> QueryResult<Vec<(Reviewed, Review)>> {
    accountability_persons::table
        .inner_join(accountability_reviews::table)
        .filter(accountability_persons::staff_id.eq(me))
        .filter(accountability_persons::notified_at.is_not_null())
        .order(accountability_reviews::id.desc())
        .load(conn)
}

/// Keeps what a notified person says, if they have said nothing yet. Says whether they hadn't.
pub fn state(
    conn: &mut Conn,
    id: ReviewId,
    me: StaffId,
    (statement, at): (&str, NaiveDateTime),
) -> QueryResult<bool> {
    let silent = accountability_persons::table
        .find((id, me))
        .filter(accountability_persons::notified_at.is_not_null())
        .filter(accountability_persons::stated_at.is_null());
    let changed = diesel::update(silent)
        .set((accountability_persons::statement.eq(statement), accountability_persons::stated_at.eq(at)))
        .execute(conn)?;
    Ok(changed == 1)
}

fn filtered<'a>(scope: &Scope, filter: &ReviewFilter) -> Joined<'a> {
    let mut query = shown(scope);
    if let Some(state) = filter.state {
        query = query.filter(accountability_reviews::state.eq(state));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(accountability_reviews::kind.eq(kind));
    }
    if let Some(cause) = filter.cause {
        query = query.filter(accountability_reviews::cause.eq(cause));
    }
    if let Some(division) = filter.division {
        query = query.filter(accountability_reviews::division_id.eq(division));
    }
    query
}

/// A page of reviews, the newest first, after `after`.
pub fn page(
    conn: &mut Conn,
    scope: &Scope,
    filter: &ReviewFilter,
    after: Option<ReviewId>,
    limit: i64,
) -> QueryResult<Vec<(Review, Matter)>> {
    let mut query = filtered(scope, filter);
    if let Some(after) = after {
        query = query.filter(accountability_reviews::id.lt(after));
    }
    query.order(accountability_reviews::id.desc()).limit(limit).load(conn)
}

/// A matter's reviews, the newest first.
pub fn of_matter(conn: &mut Conn, scope: &Scope, matter: MatterId) -> QueryResult<Vec<(Review, Matter)>> {
    shown(scope)
        .filter(accountability_reviews::matter_id.eq(matter))
        .order(accountability_reviews::id.desc())
        .load(conn)
}
