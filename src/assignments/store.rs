//! Where assignments are kept, with what went between this court and their senders.

use super::types::{Assignment, AssignmentEvent, AssignmentFilter, AssignmentId, State};
use crate::db::{Conn, MultiBackend};
use crate::deadlines::ClockId;
use crate::matters::store::assignment_visible;
use crate::matters::types::{Matter, MatterId};
use crate::people::Scope;
use crate::schema::{assignment_events, assignments, clocks, matters};
use crate::web::Order;
use crate::web::listing::Cursor;
use chrono::NaiveDate;
use diesel::prelude::*;

/// # Errors
///
/// When it can't be written.
pub fn insert(conn: &mut Conn, new: &Assignment) -> QueryResult<()> {
    diesel::insert_into(assignments::table).values(new.clone()).execute(conn).map(drop)
}

/// # Errors
///
/// When it can't be written.
pub fn insert_event(conn: &mut Conn, event: &AssignmentEvent) -> QueryResult<()> {
    diesel::insert_into(assignment_events::table).values(event.clone()).execute(conn).map(drop)
}

/// A matter's assignments in the order in which they came. The caller has found the matter by scope.
pub fn of_matter(conn: &mut Conn, matter: MatterId) -> QueryResult<Vec<Assignment>> {
    assignments::table.filter(assignments::matter_id.eq(matter)).order(assignments::id).load(conn)
}

/// What went to and fro about these assignments, in order.
pub fn events_of(conn: &mut Conn, ids: &[AssignmentId]) -> QueryResult<Vec<AssignmentEvent>> {
    assignment_events::table
        .filter(assignment_events::assignment_id.eq_any(ids.to_vec()))
        .order(assignment_events::id)
        .load(conn)
}

/// Moves an assignment that is still at `version`; says whether it was.
///
/// # Errors
///
/// When it can't be written.
pub fn advance(conn: &mut Conn, id: AssignmentId, version: i64, state: State) -> QueryResult<bool> {
    let changed = diesel::update(assignments::table.find(id).filter(assignments::version.eq(version)))
        .set((assignments::state.eq(state), assignments::version.eq(version + 1)))
        .execute(conn)?;
    Ok(changed == 1)
}

/// The clock until which its result is owed from now on.
pub fn set_clock(conn: &mut Conn, id: AssignmentId, clock: ClockId) -> QueryResult<()> {
    diesel::update(assignments::table.find(id)).set(assignments::clock_id.eq(clock)).execute(conn).map(drop)
}

/// The day on which it came, and the last for objecting.
pub fn set_received(
    conn: &mut Conn,
    id: AssignmentId,
    on: NaiveDate,
    until: Option<NaiveDate>,
) -> QueryResult<()> {
    diesel::update(assignments::table.find(id))
        .set((assignments::received_on.eq(on), assignments::objection_until.eq(until)))
        .execute(conn)
        .map(drop)
}

/// An assignment as it comes from the store: with its matter, and the day by which its result is owed.
pub type Found = (Assignment, Matter, NaiveDate);

/// A page of the assignments this person may see, after `after`.
pub fn page(
    conn: &mut Conn,
    scope: &Scope,
    filter: &AssignmentFilter,
    order: Order,
    after: Option<Cursor<AssignmentId>>,
    limit: i64,
) -> QueryResult<Vec<Found>> {
    let mut query = assignments::table
        .inner_join(matters::table)
        .inner_join(clocks::table)
        .into_boxed::<MultiBackend>()
        .filter(assignment_visible(scope));
    if let Some(state) = filter.state {
        query = query.filter(assignments::state.eq(state));
    }
    if filter.owed {
        query = query.filter(assignments::state.eq_any([State::Open, State::Objected]));
    }
    if let Some(kind) = filter.sender_kind {
        query = query.filter(assignments::sender_kind.eq(kind));
    }
    if let Some(day) = filter.due_until {
        query = query.filter(clocks::due_on.le(day));
    }
    if let Some(me) = filter.accountable {
        query = query.filter(matters::accountable_id.eq(me));
    }
    match (order, after) {
        (Order::Newest, Some((_, id))) => query = query.filter(assignments::id.lt(id)),
        (Order::Due, Some((Some(day), id))) => {
            let later = clocks::due_on.gt(day);
            query = query.filter(later.or(clocks::due_on.eq(day).and(assignments::id.gt(id))));
        }
        (Order::Newest | Order::Due, _) => {}
    }
    let query = match order {
        Order::Newest => query.order(assignments::id.desc()),
        Order::Due => query.order((clocks::due_on, assignments::id)),
    };
    query.select((assignments::all_columns, matters::all_columns, clocks::due_on)).limit(limit).load(conn)
}
