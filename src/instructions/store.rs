//! Where leaders' instructions are kept.

use super::types::{Instruction, InstructionFilter, InstructionId, State};
use crate::db::{Conn, MultiBackend};
use crate::matters::MatterId;
use crate::matters::store::instruction_visible;
use crate::matters::types::Matter;
use crate::people::{Scope, StaffId};
use crate::schema::{instructions, matters};
use crate::web::Order;
use crate::web::listing::Cursor;
use chrono::NaiveDate;
use diesel::prelude::*;

pub fn insert(conn: &mut Conn, new: &Instruction) -> QueryResult<()> {
    diesel::insert_into(instructions::table).values(new).execute(conn).map(drop)
}

/// One instruction with its matter, if the person may see that.
pub fn find(conn: &mut Conn, scope: &Scope, id: InstructionId) -> QueryResult<(Instruction, Matter)> {
    instructions::table
        .inner_join(matters::table)
        .filter(instructions::id.eq(id))
        .filter(instruction_visible(scope))
        .first(conn)
}

/// Saves an instruction that is still at `one.version` and counts the version on. Says whether it was.
pub fn save(conn: &mut Conn, one: &Instruction) -> QueryResult<bool> {
    let same = instructions::table.find(one.id).filter(instructions::version.eq(one.version));
    let changed = diesel::update(same)
        .set((
            instructions::state.eq(one.state),
            instructions::text.eq(&one.text),
            instructions::owner_id.eq(one.owner_id),
            instructions::due_on.eq(one.due_on),
            instructions::given_at.eq(one.given_at),
            instructions::evidence.eq(&one.evidence),
            instructions::done_at.eq(one.done_at),
            instructions::confirmed_by.eq(one.confirmed_by),
            instructions::confirmed_at.eq(one.confirmed_at),
            instructions::remark.eq(&one.remark),
            instructions::version.eq(one.version + 1),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// A matter's instructions, the newest first. The matter itself has been found by scope.
pub fn of_matter(conn: &mut Conn, matter: MatterId) -> QueryResult<Vec<Instruction>> {
    instructions::table.filter(instructions::matter_id.eq(matter)).order(instructions::id.desc()).load(conn)
}

/// Instructions being carried out that were due before `today`, each with its matter.
pub fn overdue_for_job(conn: &mut Conn, today: NaiveDate) -> QueryResult<Vec<(Instruction, Matter)>> {
    instructions::table
        .inner_join(matters::table)
        .filter(instructions::state.eq(State::Given))
        .filter(instructions::due_on.lt(today))
        .order((instructions::due_on, instructions::id))
        .load(conn)
}

type Joined<'a> = diesel::helper_types::IntoBoxed<
    'a,
    diesel::helper_types::InnerJoin<instructions::table, matters::table>,
    MultiBackend,
>;

fn seen<'a>(scope: &Scope) -> Joined<'a> {
    instructions::table.inner_join(matters::table).into_boxed().filter(instruction_visible(scope))
}

/// What waits for this person: as leader to instruct, as owner to carry out, as asker or leader to confirm; the oldest
/// first.
pub fn waiting_for(
    conn: &mut Conn,
    scope: &Scope,
    me: StaffId,
    limit: i64,
) -> QueryResult<Vec<(Instruction, Matter)>> {
    let to_give = instructions::state.eq(State::Asked).and(instructions::leader_id.eq(me));
    let to_do = instructions::state.eq(State::Given).and(instructions::owner_id.assume_not_null().eq(me));
    let to_do = instructions::owner_id.is_not_null().and(to_do);
    let mine = instructions::asked_by.assume_not_null().eq(me).and(instructions::asked_by.is_not_null());
    let to_confirm = instructions::state.eq(State::Done).and(mine.or(instructions::leader_id.eq(me)));
    seen(scope)
        .filter(to_give.or(to_do).or(to_confirm))
        .order((instructions::due_on, instructions::id))
        .limit(limit)
        .load(conn)
}

fn filtered<'a>(scope: &Scope, filter: &InstructionFilter) -> Joined<'a> {
    let mut query = seen(scope);
    if let Some(state) = filter.state {
        query = query.filter(instructions::state.eq(state));
    }
    if let Some(leader) = filter.leader {
        query = query.filter(instructions::leader_id.eq(leader));
    }
    if let Some(owner) = filter.owner {
        query = query.filter(instructions::owner_id.eq(owner));
    }
    if let Some(asker) = filter.asked_by {
        query = query.filter(instructions::asked_by.eq(asker));
    }
    if let Some(day) = filter.due_until {
        query = query.filter(instructions::due_on.le(day));
    }
    query
}

/// A page of the instructions this person may see, after `after`; by date only those that have one.
pub fn page(
    conn: &mut Conn,
    scope: &Scope,
    filter: &InstructionFilter,
    order: Order,
    after: Option<Cursor<InstructionId>>,
    limit: i64,
) -> QueryResult<Vec<(Instruction, Matter)>> {
    let mut query = filtered(scope, filter);
    match (order, after) {
        (Order::Newest, Some((_, id))) => query = query.filter(instructions::id.lt(id)),
        (Order::Due, Some((Some(day), id))) => {
            let later = instructions::due_on.gt(day);
            query = query.filter(later.or(instructions::due_on.eq(day).and(instructions::id.gt(id))));
        }
        (Order::Newest | Order::Due, _) => {}
    }
    match order {
        Order::Newest => query.order(instructions::id.desc()).limit(limit).load(conn),
        Order::Due => query
            .filter(instructions::due_on.is_not_null())
            .order((instructions::due_on, instructions::id))
            .limit(limit)
            .load(conn),
    }
}
