//! Where sheets and their cases are kept.

mod figures;
mod imports;
mod lists;

pub use figures::{HindsightRow, answered_before, month_facts, petitions_of};
pub use imports::{
    delete_batch, forget_reports, import_of, import_of_digest, imports_of, insert_batch, insert_import,
    load_import, next_batch, running_import, save_import,
};
pub use lists::{counts_of, late, open_counts, page, rows_page};

use super::rules::Reach;
use super::types::{
    Answer, CaseLine, Closing, FieldVisit, GivenAnswer, RowId, RowKind, Sweep, SweepId, SweepKind, SweepRow,
    SweepState,
};
use crate::db::{Conn, MultiBackend};
use crate::matters::types::{MatterKind, Stage};
use crate::matters::{Matter, MatterId};
use crate::on_each_database;
use crate::people::{CourtId, DivisionId, Scope, StaffId};
use crate::schema::{matter_cases, matters, sweep_answers, sweep_closings, sweep_rows, sweep_visits, sweeps};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

type Sheets<'a> = sweeps::BoxedQuery<'a, MultiBackend>;

/// The sheets of a court that somebody with this reach sees.
pub(super) fn seen<'a>(court: CourtId, reach: &Reach) -> Sheets<'a> {
    let all = sweeps::table.filter(sweeps::court_id.eq(court)).into_boxed();
    match reach {
        Reach::Court => all,
        Reach::Divisions(divisions) => all.filter(sweeps::division_id.eq_any(divisions.clone())),
    }
}

/// Adds a sheet, unless there is one for this division and period. Says whether it was added.
pub fn insert(conn: &mut Conn, sweep: &Sweep) -> QueryResult<bool> {
    let insert = diesel::insert_into(sweeps::table).values(sweep.clone()).on_conflict_do_nothing();
    on_each_database!(conn, |c| insert.execute(c)).map(|added| added == 1)
}

/// A sheet that somebody with this reach sees.
pub fn find(conn: &mut Conn, court: CourtId, reach: &Reach, id: SweepId) -> QueryResult<Sweep> {
    seen(court, reach).filter(sweeps::id.eq(id)).first(conn)
}

/// The monthly sheet of a division whose month begins on this day.
pub fn monthly(conn: &mut Conn, division: DivisionId, from_on: NaiveDate) -> QueryResult<Option<Sweep>> {
    sweeps::table
        .filter(sweeps::division_id.eq(division).and(sweeps::kind.eq(SweepKind::Monthly)))
        .filter(sweeps::from_on.eq(from_on))
        .first(conn)
        .optional()
}

/// The sheet as it stands, which nobody else changes until this transaction ends.
pub fn lock(conn: &mut Conn, id: SweepId) -> QueryResult<Sweep> {
    diesel::update(sweeps::table.find(id))
        .set(sweeps::opened_at.eq(sweeps::opened_at))
        .returning(sweeps::all_columns)
        .get_result(conn)
}

/// Calls a sheet finished, if it is open and still at `version`; says whether it was.
pub fn finish(
    conn: &mut Conn,
    id: SweepId,
    version: i64,
    (by, at): (StaffId, NaiveDateTime),
) -> QueryResult<bool> {
    let open =
        sweeps::table.find(id).filter(sweeps::version.eq(version).and(sweeps::state.eq(SweepState::Open)));
    let changed = diesel::update(open)
        .set((
            sweeps::state.eq(SweepState::Finished),
            sweeps::finished_by.eq(Some(by)),
            sweeps::finished_at.eq(Some(at)),
            sweeps::version.eq(version + 1),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Opens a finished sheet again, because a case came to it.
pub fn reopen(conn: &mut Conn, id: SweepId) -> QueryResult<()> {
    diesel::update(sweeps::table.find(id).filter(sweeps::state.eq(SweepState::Finished)))
        .set((
            sweeps::state.eq(SweepState::Open),
            sweeps::finished_by.eq(None::<StaffId>),
            sweeps::finished_at.eq(None::<NaiveDateTime>),
            sweeps::version.eq(sweeps::version + 1),
        ))
        .execute(conn)
        .map(drop)
}

/// How many cases of a sheet have no answer.
pub fn unanswered(conn: &mut Conn, sweep: SweepId) -> QueryResult<i64> {
    sweep_rows::table
        .filter(sweep_rows::sweep_id.eq(sweep).and(sweep_rows::answer.is_null()))
        .count()
        .get_result(conn)
}

pub fn insert_row(conn: &mut Conn, row: &SweepRow) -> QueryResult<()> {
    diesel::insert_into(sweep_rows::table).values(row.clone()).execute(conn).map(drop)
}

/// The row of this case on a sheet.
pub fn row_of_case(conn: &mut Conn, sweep: SweepId, number: &str) -> QueryResult<Option<SweepRow>> {
    sweep_rows::table
        .filter(sweep_rows::sweep_id.eq(sweep).and(sweep_rows::case_number.eq(number.to_owned())))
        .first(conn)
        .optional()
}

/// A row and its sheet, where somebody with this reach sees it.
pub fn find_row(conn: &mut Conn, court: CourtId, reach: &Reach, id: RowId) -> QueryResult<(SweepRow, Sweep)> {
    let row: SweepRow = sweep_rows::table.find(id).filter(sweep_rows::court_id.eq(court)).first(conn)?;
    let sweep = find(conn, court, reach, row.sweep_id)?;
    Ok((row, sweep))
}

/// The next case without an answer after this row; the first, where there is none after it.
pub fn next_unanswered(
    conn: &mut Conn,
    sweep: SweepId,
    after: Option<RowId>,
) -> QueryResult<Option<SweepRow>> {
    let first = |conn: &mut Conn, after: RowId| {
        sweep_rows::table
            .filter(sweep_rows::sweep_id.eq(sweep).and(sweep_rows::answer.is_null()))
            .filter(sweep_rows::id.gt(after))
            .order(sweep_rows::id)
            .first::<SweepRow>(conn)
            .optional()
    };
    match after {
        Some(after) => match first(conn, after)? {
            Some(row) => Ok(Some(row)),
            None => first(conn, RowId(0)),
        },
        None => first(conn, RowId(0)),
    }
}

/// The case that was answered last on a sheet by this person: where an answer is taken back.
pub fn last_answered(conn: &mut Conn, sweep: SweepId, by: StaffId) -> QueryResult<Option<SweepRow>> {
    sweep_rows::table
        .filter(sweep_rows::sweep_id.eq(sweep).and(sweep_rows::answered_by.is_not_null()))
        .filter(sweep_rows::answered_by.assume_not_null().eq(by))
        .order((sweep_rows::answered_at.desc(), sweep_rows::id.desc()))
        .first(conn)
        .optional()
}

/// Puts more to a case that is on the sheet: why it is there, and what the list says of it where the sheet said nothing.
pub fn merge_row(conn: &mut Conn, row: &SweepRow, kind: RowKind, line: &CaseLine) -> QueryResult<()> {
    let or = |there: &str, comes: &str| if there.is_empty() { comes.to_owned() } else { there.to_owned() };
    diesel::update(sweep_rows::table.find(row.id))
        .set((
            sweep_rows::kind.eq(kind),
            sweep_rows::cause.eq(or(&row.cause, &line.cause)),
            sweep_rows::parties.eq(or(&row.parties, &line.parties)),
            sweep_rows::judge.eq(or(&row.judge, &line.judge)),
            sweep_rows::happened_on.eq(line.happened_on.or(row.happened_on)),
            sweep_rows::version.eq(row.version + 1),
        ))
        .execute(conn)
        .map(drop)
}

/// Gives a row its answer, if it is still at `version`; says whether it was.
pub fn answer(conn: &mut Conn, version: i64, given: &GivenAnswer) -> QueryResult<bool> {
    let row = sweep_rows::table.find(given.row_id).filter(sweep_rows::version.eq(version));
    let changed = diesel::update(row)
        .set((
            sweep_rows::answer.eq(Some(given.answer)),
            sweep_rows::note.eq(&given.note),
            sweep_rows::answered_by.eq(Some(given.answered_by)),
            sweep_rows::answered_at.eq(Some(given.answered_at)),
            sweep_rows::sign_id.eq(given.sign_id),
            sweep_rows::version.eq(version + 1),
        ))
        .execute(conn)?;
    if changed == 1 {
        diesel::insert_into(sweep_answers::table).values(given.clone()).execute(conn)?;
    }
    Ok(changed == 1)
}

/// Every answer that was given about a row, the newest first.
pub fn answers_of(conn: &mut Conn, row: RowId) -> QueryResult<Vec<GivenAnswer>> {
    sweep_answers::table.filter(sweep_answers::row_id.eq(row)).order(sweep_answers::id.desc()).load(conn)
}

/// The open row that this one was carried over to and of which nothing else is known yet.
pub fn carried_untouched(conn: &mut Conn, from: RowId) -> QueryResult<Option<RowId>> {
    let visited = sweep_visits::table.select(sweep_visits::row_id);
    let answered = sweep_answers::table.select(sweep_answers::row_id);
    sweep_rows::table
        .filter(sweep_rows::carried_from.is_not_null())
        .filter(sweep_rows::carried_from.assume_not_null().eq(from))
        .filter(sweep_rows::kind.eq(RowKind::Again).and(sweep_rows::answer.is_null()))
        .filter(sweep_rows::id.ne_all(visited))
        .filter(sweep_rows::id.ne_all(answered))
        .select(sweep_rows::id)
        .first(conn)
        .optional()
}

pub fn delete_row(conn: &mut Conn, id: RowId) -> QueryResult<()> {
    diesel::delete(sweep_rows::table.find(id)).execute(conn).map(drop)
}

/// Adds a visit, unless the same submission has been recorded. Says whether it was added.
pub fn insert_visit(conn: &mut Conn, visit: &FieldVisit) -> QueryResult<bool> {
    let insert = diesel::insert_into(sweep_visits::table).values(visit.clone()).on_conflict_do_nothing();
    on_each_database!(conn, |c| insert.execute(c)).map(|added| added == 1)
}

/// A row's visits, the newest first.
pub fn visits_of(conn: &mut Conn, row: RowId) -> QueryResult<Vec<FieldVisit>> {
    sweep_visits::table
        .filter(sweep_visits::row_id.eq(row))
        .order((sweep_visits::visited_on.desc(), sweep_visits::id.desc()))
        .load(conn)
}

pub fn closing_of(conn: &mut Conn, row: RowId) -> QueryResult<Option<Closing>> {
    sweep_closings::table.find(row).first(conn).optional()
}

/// Keeps how a case ended, if what was recorded before is still at `version` (-1: nothing was); says whether it was.
pub fn save_closing(conn: &mut Conn, version: i64, closing: &Closing) -> QueryResult<bool> {
    if version < 0 {
        let insert =
            diesel::insert_into(sweep_closings::table).values(closing.clone()).on_conflict_do_nothing();
        return on_each_database!(conn, |c| insert.execute(c)).map(|added| added == 1);
    }
    let there = sweep_closings::table.find(closing.row_id).filter(sweep_closings::version.eq(version));
    diesel::update(there).set(closing.clone()).execute(conn).map(|changed| changed == 1)
}

/// An open sign about this case, if there is one.
pub fn open_sign(conn: &mut Conn, court: CourtId, number: &str) -> QueryResult<Option<MatterId>> {
    let about = matter_cases::table
        .filter(matter_cases::court_id.eq(court).and(matter_cases::number.eq(number.to_owned())))
        .select(matter_cases::matter_id);
    matters::table
        .filter(matters::id.eq_any(about))
        .filter(matters::kind.eq(MatterKind::Sign).and(matters::stage.ne(Stage::Closed)))
        .order(matters::id)
        .select(matters::id)
        .first(conn)
        .optional()
}

/// What is known about this case that the person may see: signs and petitions, the newest first.
pub fn matters_about(
    conn: &mut Conn,
    court: CourtId,
    scope: &Scope,
    number: &str,
) -> QueryResult<Vec<Matter>> {
    let about = matter_cases::table
        .filter(matter_cases::court_id.eq(court).and(matter_cases::number.eq(number.to_owned())))
        .select(matter_cases::matter_id);
    matters::table
        .filter(matters::id.eq_any(about))
        .filter(crate::matters::store::visible(scope))
        .order(matters::id.desc())
        .limit(5)
        .load(conn)
}

/// What other sheets say about this case, the newest first: the period's first day and the answer.
pub fn looked_before(conn: &mut Conn, row: &SweepRow) -> QueryResult<Vec<(NaiveDate, Answer, String)>> {
    sweep_rows::table
        .inner_join(sweeps::table)
        .filter(sweep_rows::court_id.eq(row.court_id))
        .filter(sweep_rows::case_number.eq(row.case_number.clone()))
        .filter(sweep_rows::id.ne(row.id).and(sweep_rows::answer.is_not_null()))
        .order(sweeps::from_on.desc())
        .limit(3)
        .select((sweeps::from_on, sweep_rows::answer.assume_not_null(), sweep_rows::note))
        .load(conn)
}
