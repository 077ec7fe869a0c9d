//! Where rules, clocks, and what happened to them are kept.

mod events;

pub use events::{
    events_of, insert_event, insert_request, open_for_job, project, request, requests_of, settle, waiting,
};

use super::defaults::{self, Shipped};
use super::types::{Clock, ClockId, Code, Rule, RuleId};
use crate::db::Conn;
use crate::people::CourtId;
use crate::schema::{clocks, deadline_rules};
use crate::time::Moment;
use crate::{insert_rows, on_each_database};
use chrono::NaiveDate;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use std::collections::BTreeSet;

/// How a clock is open, word for word as in its index, so that the index is used.
const OPEN: &str = "met_on IS NULL AND NOT cancelled";

/// Every row of the rule table, the oldest first.
pub fn rules(conn: &mut Conn) -> QueryResult<Vec<Rule>> {
    deadline_rules::table.order((deadline_rules::effective_from, deadline_rules::id)).load(conn)
}

/// Adds the shipped rules that the installation lacks; says whether any was.
///
/// # Errors
///
/// When they can't be written.
pub fn seed(conn: &mut Conn, now: Moment) -> QueryResult<bool> {
    let there: Vec<Code> = deadline_rules::table
        .filter(deadline_rules::court_id.is_null())
        .select(deadline_rules::code)
        .load(conn)?;
    let there: BTreeSet<Code> = there.into_iter().collect();
    let missing: Vec<Rule> =
        defaults::all().filter(|rule| !there.contains(&rule.code)).map(|rule| row(rule, now)).collect();
    let changed = !missing.is_empty();
    insert_rules(conn, missing)?;
    Ok(changed)
}

fn row(shipped: &Shipped, now: Moment) -> Rule {
    Rule {
        id: RuleId::new(now),
        court_id: None,
        code: shipped.code,
        name: shipped.code.label().to_owned(),
        basis: shipped.basis.to_owned(),
        trigger_event: shipped.trigger,
        amount: shipped.amount,
        unit: shipped.unit,
        roll: shipped.roll,
        max_extension_days: shipped.max_extension_days,
        extension_by: shipped.extension_by,
        paper: shipped.paper.map(str::to_owned),
        effective_from: shipped.since.parse().unwrap_or(now.today()),
        effective_to: None,
        status: shipped.status,
        note: shipped.note.to_owned(),
        in_use: shipped.in_use,
        version: 0,
        extension_told: shipped.extension_told,
    }
}

/// # Errors
///
/// When they can't be written, for one when a rule already goes on without an end.
pub fn insert_rules(conn: &mut Conn, rules: Vec<Rule>) -> QueryResult<()> {
    let statement = diesel::insert_into(deadline_rules::table).values(rules);
    on_each_database!(conn, |c| statement.execute(c)).map(drop)
}

/// Ends a rule that is still at `version`; says whether it was.
///
/// # Errors
///
/// When it can't be written.
pub fn end_rule(conn: &mut Conn, id: RuleId, version: i64, last_day: NaiveDate) -> QueryResult<bool> {
    let changed = diesel::update(deadline_rules::table.find(id).filter(deadline_rules::version.eq(version)))
        .set((deadline_rules::effective_to.eq(last_day), deadline_rules::version.eq(version + 1)))
        .execute(conn)?;
    Ok(changed == 1)
}

/// A court's own row that goes on without an end.
pub fn open_ended(conn: &mut Conn, court_id: CourtId, code: Code) -> QueryResult<Option<Rule>> {
    deadline_rules::table
        .filter(deadline_rules::court_id.eq(court_id).and(deadline_rules::code.eq(code)))
        .filter(deadline_rules::effective_to.is_null())
        .first(conn)
        .optional()
}

/// # Errors
///
/// When they can't be written.
pub fn insert_clocks(conn: &mut Conn, new: Vec<Clock>) -> QueryResult<()> {
    insert_rows!(conn, clocks::table, new)
}

/// A clock, for whoever is let see its matter: the caller checks that.
pub fn clock(conn: &mut Conn, id: ClockId) -> QueryResult<Option<Clock>> {
    clocks::table.find(id).first(conn).optional()
}

/// These clocks, for whoever is let see their matters: the caller checks that.
pub fn clocks_by_id(conn: &mut Conn, ids: &[ClockId]) -> QueryResult<Vec<Clock>> {
    clocks::table.filter(clocks::id.eq_any(ids.to_vec())).load(conn)
}

/// The open clocks of these matters. The caller has found the matters by scope.
pub fn open_of_all(conn: &mut Conn, ids: &[i64]) -> QueryResult<Vec<Clock>> {
    clocks::table.filter(clocks::matter_id.eq_any(ids.to_vec())).filter(sql::<Bool>(OPEN)).load(conn)
}

/// A matter's clocks, met and cancelled ones as well, by due date.
pub fn of_matter(conn: &mut Conn, matter_id: i64) -> QueryResult<Vec<Clock>> {
    clocks::table.filter(clocks::matter_id.eq(matter_id)).order((clocks::due_on, clocks::id)).load(conn)
}

/// The open clock of a matter that is due first.
pub fn next_of_matter(conn: &mut Conn, matter_id: i64) -> QueryResult<Option<Clock>> {
    clocks::table
        .filter(clocks::matter_id.eq(matter_id))
        .filter(clocks::met_on.is_null().and(clocks::cancelled.eq(false)))
        .order((clocks::due_on, clocks::id))
        .first(conn)
        .optional()
}

/// Marks a matter's open clocks of this code as met; returns how many.
///
/// # Errors
///
/// When they can't be written.
pub fn meet(conn: &mut Conn, matter_id: i64, code: Code, on: NaiveDate) -> QueryResult<usize> {
    diesel::update(clocks::table.filter(clocks::matter_id.eq(matter_id).and(clocks::code.eq(code))))
        .filter(clocks::met_on.is_null().and(clocks::cancelled.eq(false)))
        .set(clocks::met_on.eq(on))
        .execute(conn)
}

/// Marks a clock that still runs as met.
///
/// # Errors
///
/// When it can't be written.
pub fn meet_one(conn: &mut Conn, id: ClockId, on: NaiveDate) -> QueryResult<()> {
    let runs = clocks::table.find(id).filter(clocks::met_on.is_null().and(clocks::cancelled.eq(false)));
    diesel::update(runs).set(clocks::met_on.eq(on)).execute(conn).map(drop)
}

/// Cancels a clock that still runs.
///
/// # Errors
///
/// When it can't be written.
pub fn cancel_one(conn: &mut Conn, id: ClockId) -> QueryResult<()> {
    let runs = clocks::table.find(id).filter(clocks::met_on.is_null().and(clocks::cancelled.eq(false)));
    diesel::update(runs).set(clocks::cancelled.eq(true)).execute(conn).map(drop)
}

/// Cancels a matter's open clocks, all or those of one code; returns how many.
///
/// # Errors
///
/// When they can't be written.
pub fn cancel(conn: &mut Conn, matter_id: i64, code: Option<Code>) -> QueryResult<usize> {
    let open = clocks::table
        .filter(clocks::matter_id.eq(matter_id))
        .filter(clocks::met_on.is_null().and(clocks::cancelled.eq(false)));
    match code {
        Some(code) => {
            diesel::update(open.filter(clocks::code.eq(code))).set(clocks::cancelled.eq(true)).execute(conn)
        }
        None => diesel::update(open).set(clocks::cancelled.eq(true)).execute(conn),
    }
}

/// The next open clocks after `after` that a change of the days from `first` to `last` can touch, whatever court or
/// person they are for.
pub fn open_between_for_job(
    conn: &mut Conn,
    (first, last): (NaiveDate, NaiveDate),
    after: Option<ClockId>,
    limit: i64,
) -> QueryResult<Vec<Clock>> {
    clocks::table
        .filter(sql::<Bool>(OPEN))
        .filter(clocks::due_on.ge(first).and(clocks::starts_on.le(last)))
        .filter(clocks::id.gt(after.unwrap_or(ClockId(i64::MIN))))
        .order(clocks::id)
        .limit(limit)
        .load(conn)
}
