//! Where supervisions are kept.

use super::types::{State, Supervision, SupervisionFilter, SupervisionId};
use crate::db::{Conn, MultiBackend};
use crate::deadlines::ClockId;
use crate::matters::MatterId;
use crate::matters::store::supervision_visible;
use crate::matters::types::{Matter, Stage};
use crate::on_each_database;
use crate::people::{CourtId, Scope, StaffId};
use crate::schema::{clocks, matters, supervisions};
use crate::web::Order;
use crate::web::listing::Cursor;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

/// Adds a round, unless it is there already. Says whether it was added.
pub fn insert(conn: &mut Conn, new: &Supervision) -> QueryResult<bool> {
    let insert = diesel::insert_into(supervisions::table).values(new).on_conflict_do_nothing();
    on_each_database!(conn, |c| insert.execute(c)).map(|added| added == 1)
}

/// One supervision with its matter, if the person may see that.
pub fn find(conn: &mut Conn, scope: &Scope, id: SupervisionId) -> QueryResult<(Supervision, Matter)> {
    supervisions::table
        .inner_join(matters::table)
        .filter(supervisions::id.eq(id))
        .filter(supervision_visible(scope))
        .first(conn)
}

/// A matter's supervisions, the newest first. The matter itself has been found by scope.
pub fn of_matter(conn: &mut Conn, matter: MatterId) -> QueryResult<Vec<Supervision>> {
    supervisions::table.filter(supervisions::matter_id.eq(matter)).order(supervisions::id.desc()).load(conn)
}

/// A matter's newest supervision.
pub fn latest_of(conn: &mut Conn, matter: MatterId) -> QueryResult<Option<Supervision>> {
    supervisions::table
        .filter(supervisions::matter_id.eq(matter))
        .order(supervisions::id.desc())
        .first(conn)
        .optional()
}

/// Marks an open supervision as replaced by the next round, if it is still at `version`. Says whether it was.
pub fn harden(conn: &mut Conn, id: SupervisionId, version: i64) -> QueryResult<bool> {
    let open = supervisions::table
        .find(id)
        .filter(supervisions::version.eq(version))
        .filter(supervisions::state.eq(State::Open));
    let changed = diesel::update(open)
        .set((supervisions::state.eq(State::Hardened), supervisions::version.eq(version + 1)))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Keeps the answer, if the supervision is still open and at `version`. Says whether it was.
pub fn answer(
    conn: &mut Conn,
    id: SupervisionId,
    version: i64,
    (text, by, at): (&str, StaffId, NaiveDateTime),
) -> QueryResult<bool> {
    let open = supervisions::table
        .find(id)
        .filter(supervisions::version.eq(version))
        .filter(supervisions::state.eq(State::Open));
    let changed = diesel::update(open)
        .set((
            supervisions::state.eq(State::Answered),
            supervisions::answer.eq(text),
            supervisions::answered_by.eq(by),
            supervisions::answered_at.eq(at),
            supervisions::version.eq(version + 1),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Ends the supervisions of a matter that still wait, because it was closed (`text` says so).
pub fn end_open(
    conn: &mut Conn,
    matter: MatterId,
    (text, by, at): (&str, Option<StaffId>, NaiveDateTime),
) -> QueryResult<usize> {
    let open = supervisions::table
        .filter(supervisions::matter_id.eq(matter).and(supervisions::state.eq(State::Open)));
    diesel::update(open)
        .set((
            supervisions::state.eq(State::Answered),
            supervisions::answer.eq(text),
            supervisions::answered_by.eq(by),
            supervisions::answered_at.eq(at),
            supervisions::version.eq(supervisions::version + 1),
        ))
        .execute(conn)
}

/// Open supervisions of open matters that were due before `today`, oldest first, each with its matter's court.
pub fn overdue_for_job(conn: &mut Conn, today: NaiveDate) -> QueryResult<Vec<(Supervision, Matter)>> {
    supervisions::table
        .inner_join(matters::table)
        .filter(supervisions::state.eq(State::Open).and(supervisions::due_on.lt(today)))
        .filter(matters::stage.ne(Stage::Closed))
        .order((supervisions::due_on, supervisions::id))
        .load(conn)
}

/// Lets the supervision that waits by this clock be due when the clock is, as when the calendar moved it.
pub fn follow(conn: &mut Conn, clock: ClockId, due_on: NaiveDate) -> QueryResult<()> {
    diesel::update(supervisions::table.filter(supervisions::clock_id.eq(clock)))
        .set(supervisions::due_on.eq(due_on))
        .execute(conn)
        .map(drop)
}

/// The clocks of open supervisions that are due on another day than the supervision says.
pub fn astray_for_job(conn: &mut Conn) -> QueryResult<Vec<(ClockId, NaiveDate)>> {
    supervisions::table
        .inner_join(clocks::table.on(clocks::id.eq(supervisions::clock_id)))
        .filter(supervisions::state.eq(State::Open))
        .filter(clocks::due_on.ne(supervisions::due_on))
        .select((clocks::id, clocks::due_on))
        .load(conn)
}

/// How many supervisions somebody still has to answer.
pub fn waiting_for(
    conn: &mut Conn,
    scope: &Scope,
    me: StaffId,
    limit: i64,
) -> QueryResult<Vec<(Supervision, Matter)>> {
    let mine = supervisions::addressee_id.eq(me).or(matters::accountable_id.eq(me));
    supervisions::table
        .inner_join(matters::table)
        .filter(supervision_visible(scope))
        .filter(supervisions::state.eq(State::Open).and(matters::stage.ne(Stage::Closed)))
        .filter(mine)
        .order((supervisions::due_on, supervisions::id))
        .limit(limit)
        .load(conn)
}

type Joined<'a> = diesel::helper_types::IntoBoxed<
    'a,
    diesel::helper_types::InnerJoin<supervisions::table, matters::table>,
    MultiBackend,
>;

fn filtered<'a>(scope: &Scope, filter: &SupervisionFilter) -> Joined<'a> {
    let mut query =
        supervisions::table.inner_join(matters::table).into_boxed().filter(supervision_visible(scope));
    if let Some(state) = filter.state {
        query = query.filter(supervisions::state.eq(state));
        if state == State::Open {
            query = query.filter(matters::stage.ne(Stage::Closed));
        }
    }
    if let Some(round) = filter.round {
        query = query.filter(supervisions::round.eq(round));
    }
    if let Some(manner) = filter.manner {
        query = query.filter(supervisions::manner.eq(manner));
    }
    if let Some(addressee) = filter.addressee {
        query = query.filter(supervisions::addressee_id.eq(addressee));
    }
    if let Some(day) = filter.due_until {
        query = query.filter(supervisions::due_on.le(day));
    }
    query
}

/// A page of the supervisions this person may see, after `after`.
pub fn page(
    conn: &mut Conn,
    scope: &Scope,
    filter: &SupervisionFilter,
    order: Order,
    after: Option<Cursor<SupervisionId>>,
    limit: i64,
) -> QueryResult<Vec<(Supervision, Matter)>> {
    let mut query = filtered(scope, filter);
    match (order, after) {
        (Order::Newest, Some((_, id))) => query = query.filter(supervisions::id.lt(id)),
        (Order::Due, Some((Some(day), id))) => {
            let later = supervisions::due_on.gt(day);
            query = query.filter(later.or(supervisions::due_on.eq(day).and(supervisions::id.gt(id))));
        }
        (Order::Newest | Order::Due, _) => {}
    }
    match order {
        Order::Newest => query.order(supervisions::id.desc()).limit(limit).load(conn),
        Order::Due => query.order((supervisions::due_on, supervisions::id)).limit(limit).load(conn),
    }
}

/// The outside number under which the matter was last assigned from above, if it was.
pub fn assigned_number(conn: &mut Conn, court: CourtId, matter: MatterId) -> QueryResult<Option<String>> {
    use crate::schema::contacts;
    contacts::table
        .filter(contacts::court_id.eq(court).and(contacts::matter_id.eq(matter)))
        .filter(contacts::outside_number.is_not_null())
        .order(contacts::id.desc())
        .select(contacts::outside_number.assume_not_null())
        .first(conn)
        .optional()
}
