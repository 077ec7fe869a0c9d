//! Sheets and cases as lists show and count them.

use super::seen;
use crate::db::{Conn, MultiBackend};
use crate::people::{CourtId, DivisionId};
use crate::schema::{assessments, sweep_closings, sweep_rows, sweeps};
use crate::sweeps::rules::Reach;
use crate::sweeps::types::{
    Answer, Answered, Item, RowFilter, RowId, Sweep, SweepFilter, SweepId, SweepRow, SweepState,
};
use crate::web::listing::Cursor;
use chrono::NaiveDate;
use diesel::dsl::{InnerJoin, IntoBoxed, count_star, exists, not};
use diesel::prelude::*;

/// A page of sheets, the last due first; of open ones, the first due first.
pub fn page(
    conn: &mut Conn,
    (court, reach): (CourtId, &Reach),
    filter: &SweepFilter,
    after: Option<Cursor<SweepId>>,
    limit: i64,
) -> QueryResult<Vec<Sweep>> {
    let mut query = seen(court, reach);
    if let Some(state) = filter.state {
        query = query.filter(sweeps::state.eq(state));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(sweeps::kind.eq(kind));
    }
    if let Some(division) = filter.division {
        query = query.filter(sweeps::division_id.eq(division));
    }
    if let Some(day) = filter.due_until {
        query = query.filter(sweeps::due_on.le(day));
    }
    if filter.state == Some(SweepState::Open) {
        if let Some((Some(day), id)) = after {
            query = query.filter(sweeps::due_on.gt(day).or(sweeps::due_on.eq(day).and(sweeps::id.gt(id))));
        }
        return query.order((sweeps::due_on, sweeps::id)).limit(limit).load(conn);
    }
    if let Some((Some(day), id)) = after {
        query = query.filter(sweeps::due_on.lt(day).or(sweeps::due_on.eq(day).and(sweeps::id.lt(id))));
    }
    query.order((sweeps::due_on.desc(), sweeps::id.desc())).limit(limit).load(conn)
}

/// How many cases of each of these sheets have which answer.
pub fn counts_of(conn: &mut Conn, sweeps: &[SweepId]) -> QueryResult<Vec<(SweepId, Option<Answer>, i64)>> {
    sweep_rows::table
        .filter(sweep_rows::sweep_id.eq_any(sweeps.to_vec()))
        .group_by((sweep_rows::sweep_id, sweep_rows::answer))
        .select((sweep_rows::sweep_id, sweep_rows::answer, count_star()))
        .load(conn)
}

/// Of the open sheets that should be answered by `until`: how many, and how many cases of them have no answer.
pub fn open_counts(
    conn: &mut Conn,
    (court, reach): (CourtId, &Reach),
    until: NaiveDate,
) -> QueryResult<(i64, i64)> {
    let open = || seen(court, reach).filter(sweeps::state.eq(SweepState::Open).and(sweeps::due_on.le(until)));
    let sheets = open().count().get_result(conn)?;
    let ids: Vec<SweepId> = open().select(sweeps::id).load(conn)?;
    let rows = sweep_rows::table
        .filter(sweep_rows::sweep_id.eq_any(ids).and(sweep_rows::answer.is_null()))
        .count()
        .get_result(conn)?;
    Ok((sheets, rows))
}

/// Open sheets that should have been answered before `today`, the longest first: of a court, as far as `divisions` goes, or
/// of every court.
pub fn late(conn: &mut Conn, of: Option<(CourtId, &Reach)>, until: NaiveDate) -> QueryResult<Vec<Sweep>> {
    let query = match of {
        Some((court, reach)) => seen(court, reach),
        None => sweeps::table.into_boxed(),
    };
    query
        .filter(sweeps::state.eq(SweepState::Open).and(sweeps::due_on.le(until)))
        .order((sweeps::due_on, sweeps::id))
        .load(conn)
}

/// The cases of which this was recorded so.
macro_rules! recorded {
    ($column:ident, $mark:expr) => {
        sweep_rows::id.eq_any(
            sweep_closings::table.filter(sweep_closings::$column.eq($mark)).select(sweep_closings::row_id),
        )
    };
}

type Cases<'a> = IntoBoxed<'a, InnerJoin<sweep_rows::table, sweeps::table>, MultiBackend>;

/// The cases on sheets that somebody with this reach sees, of the sheets that the filter leaves.
fn of_sheets<'a>((court, reach): (CourtId, &Reach), filter: &RowFilter) -> Cases<'a> {
    let mut query = sweep_rows::table
        .inner_join(sweeps::table)
        .into_boxed::<MultiBackend>()
        .filter(sweep_rows::court_id.eq(court));
    if let Reach::Divisions(divisions) = reach {
        query = query.filter(sweeps::division_id.eq_any(divisions.clone()));
    }
    if let Some(sweep) = filter.sweep {
        query = query.filter(sweep_rows::sweep_id.eq(sweep));
    }
    if let Some((first, last)) = filter.months {
        query = query.filter(sweeps::from_on.between(first, last));
    }
    if let Some(division) = filter.division {
        query = query.filter(sweeps::division_id.eq(division));
    }
    query
}

/// Narrowed by how they ended.
fn by_ending<'a>(query: Cases<'a>, filter: &RowFilter) -> Cases<'a> {
    let query = match filter.closing {
        None => query,
        Some((Item::Pronounced, mark)) => query.filter(recorded!(pronounced, mark)),
        Some((Item::ServedInPerson, mark)) => query.filter(recorded!(served_in_person, mark)),
        Some((Item::Explained, mark)) => query.filter(recorded!(explained, mark)),
        Some((Item::ViewsHeard, mark)) => query.filter(recorded!(views_heard, mark)),
        Some((Item::Mediated, mark)) => query.filter(recorded!(mediated, mark)),
    };
    if filter.closing_missing {
        return query.filter(sweep_rows::id.ne_all(sweep_closings::table.select(sweep_closings::row_id)));
    }
    query
}

/// Narrowed by what was answered and assessed.
fn by_answer<'a>(query: Cases<'a>, court: CourtId, filter: &RowFilter) -> Cases<'a> {
    let query = match filter.answered {
        None => query,
        Some(Answered::Not) => query.filter(sweep_rows::answer.is_null()),
        Some(Answered::Anyhow) => query.filter(sweep_rows::answer.is_not_null()),
        Some(Answered::With(answer)) => query
            .filter(sweep_rows::answer.is_not_null().and(sweep_rows::answer.assume_not_null().eq(answer))),
    };
    let assessed = || {
        assessments::table
            .filter(assessments::court_id.eq(court))
            .filter(assessments::case_number.eq(sweep_rows::case_number))
    };
    match filter.assessed {
        None => query,
        Some(true) => query.filter(exists(assessed())),
        Some(false) => query.filter(not(exists(assessed()))),
    }
}

/// A page of cases with the division and the first day of their sheets, in the order in which they came.
pub fn rows_page(
    conn: &mut Conn,
    of: (CourtId, &Reach),
    filter: &RowFilter,
    after: Option<RowId>,
    limit: i64,
) -> QueryResult<Vec<(SweepRow, DivisionId, NaiveDate)>> {
    let mut query = by_answer(by_ending(of_sheets(of, filter), filter), of.0, filter);
    if !filter.kinds.is_empty() {
        query = query.filter(sweep_rows::kind.eq_any(filter.kinds.clone()));
    }
    if let Some(after) = after {
        query = query.filter(sweep_rows::id.gt(after));
    }
    query
        .order(sweep_rows::id)
        .limit(limit)
        .select((sweep_rows::all_columns, sweeps::division_id, sweeps::from_on))
        .load(conn)
}
