//! What happened to clocks, and requests for extensions.

use super::OPEN;
use crate::db::Conn;
use crate::deadlines::types::{Clock, ClockEvent, ClockId, ExtensionRequest, RequestId, RequestState};
use crate::matters::store::only_visible;
use crate::people::{Scope, StaffId};
use crate::schema::{clock_events, clocks, extension_requests};
use crate::time::Moment;
use chrono::NaiveDate;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

/// More requests than this don't wait in one court.
const MOST_WAITING: i64 = 1_000;

/// # Errors
///
/// When it can't be written, for one when the clock has been extended before.
pub fn insert_event(conn: &mut Conn, event: &ClockEvent) -> QueryResult<()> {
    diesel::insert_into(clock_events::table).values(event.clone()).execute(conn).map(drop)
}

/// What happened to these clocks, in order.
pub fn events_of(conn: &mut Conn, clocks: &[ClockId]) -> QueryResult<Vec<ClockEvent>> {
    clock_events::table
        .filter(clock_events::clock_id.eq_any(clocks.to_vec()))
        .order(clock_events::id)
        .load(conn)
}

/// Writes what a clock has come to on its row.
///
/// # Errors
///
/// When it can't be written.
pub fn project(conn: &mut Conn, clock: &Clock) -> QueryResult<usize> {
    diesel::update(clocks::table.find(clock.id))
        .set((
            clocks::starts_on.eq(clock.starts_on),
            clocks::raw_due_on.eq(clock.raw_due_on),
            clocks::due_on.eq(clock.due_on),
            clocks::provisional.eq(clock.provisional),
            clocks::met_on.eq(clock.met_on),
            clocks::cancelled.eq(clock.cancelled),
        ))
        .execute(conn)
}

/// The next open clocks of the whole installation after this one, by due date.
pub fn open_for_job(
    conn: &mut Conn,
    after: Option<(NaiveDate, ClockId)>,
    limit: i64,
) -> QueryResult<Vec<Clock>> {
    let mut query = clocks::table.filter(sql::<Bool>(OPEN)).into_boxed();
    if let Some((due_on, id)) = after {
        query = query.filter(clocks::due_on.ge(due_on));
        query = query.filter(clocks::due_on.gt(due_on).or(clocks::id.gt(id)));
    }
    query.order((clocks::due_on, clocks::id)).limit(limit).load(conn)
}

/// # Errors
///
/// When it can't be written, for one when another request for the clock still waits.
pub fn insert_request(conn: &mut Conn, request: &ExtensionRequest) -> QueryResult<()> {
    diesel::insert_into(extension_requests::table).values(request.clone()).execute(conn).map(drop)
}

/// A request, for whoever is let see its matter: the caller checks that.
pub fn request(conn: &mut Conn, id: RequestId) -> QueryResult<ExtensionRequest> {
    extension_requests::table.find(id).first(conn)
}

/// The requests of a matter, in order.
pub fn requests_of(conn: &mut Conn, matter_id: i64) -> QueryResult<Vec<ExtensionRequest>> {
    extension_requests::table
        .filter(extension_requests::matter_id.eq(matter_id))
        .order(extension_requests::id)
        .load(conn)
}

/// The requests that wait for a decision, for clocks that still run, on matters this scope sees; the oldest first.
pub fn waiting(conn: &mut Conn, scope: &Scope) -> QueryResult<Vec<ExtensionRequest>> {
    let Some(court) = scope.court_id else { return Ok(Vec::new()) };
    let open = clocks::table.filter(sql::<Bool>(OPEN)).select(clocks::id);
    let mut asked: Vec<ExtensionRequest> = extension_requests::table
        .filter(extension_requests::court_id.eq(court))
        .filter(extension_requests::state.eq(RequestState::Asked))
        .filter(extension_requests::clock_id.eq_any(open))
        .order(extension_requests::id)
        .limit(MOST_WAITING)
        .load(conn)?;
    let ids: Vec<i64> = asked.iter().map(|request| request.matter_id).collect();
    let seen = only_visible(conn, scope, &ids)?;
    asked.retain(|request| seen.contains(&request.matter_id));
    Ok(asked)
}

/// Settles a request that still waits at `version`; says whether it did.
///
/// # Errors
///
/// When it can't be written.
pub fn settle(
    conn: &mut Conn,
    (id, version): (RequestId, i64),
    state: RequestState,
    (by, name): (StaffId, &str),
    at: Moment,
    note: &str,
) -> QueryResult<bool> {
    let waits =
        extension_requests::version.eq(version).and(extension_requests::state.eq(RequestState::Asked));
    let changed = diesel::update(extension_requests::table.find(id).filter(waits))
        .set((
            extension_requests::state.eq(state),
            extension_requests::decided_by.eq(by),
            extension_requests::decided_by_name.eq(name),
            extension_requests::decided_at.eq(at.utc()),
            extension_requests::decision_note.eq(note),
            extension_requests::version.eq(version + 1),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}
