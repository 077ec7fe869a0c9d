//! The rows that the register lists.

use crate::db::{Conn, MultiBackend};
use crate::enforcement::types::{EnforcementFilter, EnforcementMatter, Order};
use crate::matters::MatterId;
use crate::matters::store::{enforcement_visible, visible};
use crate::matters::types::{CaseStage, Matter, Stage};
use crate::on_each_database;
use crate::people::Scope;
use crate::schema::{enforcement_matters, enforcement_measures, matters};
use chrono::NaiveDate;
use diesel::dsl::{exists, not};
use diesel::prelude::*;

/// What a matter's enforcement comes to. The matter has been found by scope.
pub fn of_matter(conn: &mut Conn, matter: MatterId) -> QueryResult<Option<EnforcementMatter>> {
    enforcement_matters::table.find(matter).first(conn).optional()
}

/// The rows of these matters, which the caller has found by scope.
pub fn of_matters(conn: &mut Conn, matters: &[MatterId]) -> QueryResult<Vec<EnforcementMatter>> {
    enforcement_matters::table.filter(enforcement_matters::matter_id.eq_any(matters.to_vec())).load(conn)
}

/// Puts the row in the place of the one that is there, or adds it. `since` stays as it was.
pub fn keep(conn: &mut Conn, row: &EnforcementMatter) -> QueryResult<()> {
    let insert = diesel::insert_into(enforcement_matters::table).values(row.clone()).on_conflict_do_nothing();
    if on_each_database!(conn, |c| insert.execute(c))? == 1 {
        return Ok(());
    }
    diesel::update(enforcement_matters::table.find(row.matter_id))
        .set((
            enforcement_matters::due_fen.eq(row.due_fen),
            enforcement_matters::paid_fen.eq(row.paid_fen),
            enforcement_matters::outstanding_fen.eq(row.outstanding_fen),
            enforcement_matters::next_due_on.eq(row.next_due_on),
            enforcement_matters::open_measures.eq(row.open_measures),
        ))
        .execute(conn)
        .map(drop)
}

type Joined<'a> = diesel::helper_types::IntoBoxed<
    'a,
    diesel::helper_types::InnerJoin<enforcement_matters::table, matters::table>,
    MultiBackend,
>;

fn filtered<'a>(scope: &Scope, filter: &EnforcementFilter) -> Joined<'a> {
    let mut query =
        enforcement_matters::table.inner_join(matters::table).into_boxed().filter(enforcement_visible(scope));
    if let Some(division) = filter.division {
        query = query.filter(matters::division_id.eq(division));
    }
    if filter.outstanding {
        query = query.filter(enforcement_matters::outstanding_fen.gt(0));
    }
    if filter.due_until.is_some() || filter.owner.is_some() {
        query = query.filter(matters::stage.ne(Stage::Closed));
    }
    match (filter.owner, filter.due_until) {
        (Some(owner), until) => {
            let owned = enforcement_measures::table
                .filter(enforcement_measures::owner_id.eq(owner))
                .filter(enforcement_measures::done_on.is_null())
                .filter(enforcement_measures::due_on.le(until.unwrap_or(NEVER)))
                .select(enforcement_measures::matter_id);
            query.filter(enforcement_matters::matter_id.eq_any(owned))
        }
        (None, Some(until)) => query.filter(enforcement_matters::next_due_on.le(until)),
        (None, None) => query,
    }
}

/// Later than any measure is due.
const NEVER: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

/// A page of the enforcement matters that this person may see.
pub fn page(
    conn: &mut Conn,
    scope: &Scope,
    filter: &EnforcementFilter,
    order: Order,
    limit: i64,
) -> QueryResult<Vec<(EnforcementMatter, Matter)>> {
    use crate::schema::enforcement_matters::dsl::{matter_id, next_due_on, outstanding_fen};
    let query = filtered(scope, filter);
    match order {
        Order::Newest(after) => {
            let query = match after {
                Some(after) => query.filter(matter_id.lt(after)),
                None => query,
            };
            query.order(matter_id.desc()).limit(limit).load(conn)
        }
        Order::Due(after) => {
            let query = query.filter(next_due_on.is_not_null()).filter(matters::stage.ne(Stage::Closed));
            let query = match after {
                Some((day, after)) => {
                    query.filter(next_due_on.gt(day).or(next_due_on.eq(day).and(matter_id.gt(after))))
                }
                None => query,
            };
            query.order((next_due_on, matter_id)).limit(limit).load(conn)
        }
        Order::Money(after) => {
            let query = match after {
                Some((fen, after)) => {
                    query.filter(outstanding_fen.lt(fen).or(outstanding_fen.eq(fen).and(matter_id.lt(after))))
                }
                None => query,
            };
            query.order((outstanding_fen.desc(), matter_id.desc())).limit(limit).load(conn)
        }
    }
}

/// How many enforcement matters of this filter the person may see, counted no further than `most`.
pub fn count_owned(
    conn: &mut Conn,
    scope: &Scope,
    filter: &EnforcementFilter,
    most: i64,
) -> QueryResult<i64> {
    let rows: Vec<MatterId> =
        filtered(scope, filter).select(enforcement_matters::matter_id).limit(most).load(conn)?;
    Ok(i64::try_from(rows.len()).unwrap_or(most))
}

/// Open matters about a case under enforcement for which nothing of this was begun, the newest first, after `after`.
pub fn untaken(
    conn: &mut Conn,
    scope: &Scope,
    filter: &EnforcementFilter,
    after: Option<MatterId>,
    limit: i64,
) -> QueryResult<Vec<Matter>> {
    let taken = enforcement_matters::table.filter(enforcement_matters::matter_id.eq(matters::id));
    let about = matters::case_stage
        .eq(CaseStage::Enforcement)
        .or(matters::category_code.eq("enforcement"))
        .or(matters::category_code.like("enforcement.%"));
    let mut query = matters::table
        .filter(visible(scope))
        .filter(about.and(matters::stage.ne(Stage::Closed)))
        .filter(not(exists(taken)))
        .into_boxed();
    if let Some(division) = filter.division {
        query = query.filter(matters::division_id.eq(division));
    }
    if let Some(after) = after {
        query = query.filter(matters::id.lt(after));
    }
    query.order(matters::id.desc()).limit(limit).load(conn)
}
