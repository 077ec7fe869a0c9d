//! Task sheets, their measures, and what became of them.

use crate::db::Conn;
use crate::enforcement::types::{Measure, MeasureId, MeasureResult, SheetId, TaskSheet};
use crate::matters::MatterId;
use crate::matters::store::visible;
use crate::matters::types::Matter;
use crate::on_each_database;
use crate::people::{Scope, StaffId};
use crate::schema::{enforcement_measures, enforcement_results, matters, task_sheets};
use chrono::NaiveDate;
use diesel::prelude::*;

pub fn insert_sheet(conn: &mut Conn, new: &TaskSheet) -> QueryResult<()> {
    diesel::insert_into(task_sheets::table).values(new.clone()).execute(conn).map(drop)
}

/// The task sheet that a submission made, if it has made one.
pub fn sheet_of_submission(
    conn: &mut Conn,
    matter: MatterId,
    submission: &str,
) -> QueryResult<Option<SheetId>> {
    task_sheets::table
        .filter(task_sheets::matter_id.eq(matter).and(task_sheets::submission.eq(submission)))
        .select(task_sheets::id)
        .first(conn)
        .optional()
}

/// Adds a measure, unless this submission has added it already. Says whether it was added.
pub fn add_measure(conn: &mut Conn, new: &Measure) -> QueryResult<bool> {
    let insert =
        diesel::insert_into(enforcement_measures::table).values(new.clone()).on_conflict_do_nothing();
    on_each_database!(conn, |c| insert.execute(c)).map(|added| added == 1)
}

/// One task sheet with its matter, if the person may see that.
pub fn sheet(conn: &mut Conn, scope: &Scope, id: SheetId) -> QueryResult<(TaskSheet, Matter)> {
    let sheet: TaskSheet = task_sheets::table.find(id).first(conn)?;
    let matter = matters::table.find(sheet.matter_id).filter(visible(scope)).first(conn)?;
    Ok((sheet, matter))
}

/// A matter's task sheets, the newest first. The matter has been found by scope.
pub fn sheets_of(conn: &mut Conn, matter: MatterId) -> QueryResult<Vec<TaskSheet>> {
    task_sheets::table.filter(task_sheets::matter_id.eq(matter)).order(task_sheets::id.desc()).load(conn)
}

/// One measure with its matter, if the person may see that.
pub fn measure(conn: &mut Conn, scope: &Scope, id: MeasureId) -> QueryResult<(Measure, Matter)> {
    let measure: Measure = enforcement_measures::table.find(id).first(conn)?;
    let matter = matters::table.find(measure.matter_id).filter(visible(scope)).first(conn)?;
    Ok((measure, matter))
}

/// A matter's measures in the order of its task sheets and papers. The matter has been found by scope.
pub fn measures_of(conn: &mut Conn, matter: MatterId) -> QueryResult<Vec<Measure>> {
    enforcement_measures::table
        .filter(enforcement_measures::matter_id.eq(matter))
        .order((enforcement_measures::sheet_id, enforcement_measures::position))
        .load(conn)
}

/// A matter's measures that aren't done.
pub fn open_measures_of(conn: &mut Conn, matter: MatterId) -> QueryResult<Vec<Measure>> {
    enforcement_measures::table
        .filter(enforcement_measures::matter_id.eq(matter).and(enforcement_measures::done_on.is_null()))
        .order(enforcement_measures::id)
        .load(conn)
}

/// What became of these measures, the first result first.
pub fn results_of(conn: &mut Conn, measures: &[MeasureId]) -> QueryResult<Vec<MeasureResult>> {
    enforcement_results::table
        .filter(enforcement_results::measure_id.eq_any(measures.to_vec()))
        .order(enforcement_results::id)
        .load(conn)
}

pub fn insert_result(conn: &mut Conn, new: &MeasureResult) -> QueryResult<()> {
    diesel::insert_into(enforcement_results::table).values(new.clone()).execute(conn).map(drop)
}

/// Gives an open measure that is still at `version` to another owner. Says whether it was.
pub fn pass_on(conn: &mut Conn, id: MeasureId, version: i64, to: StaffId) -> QueryResult<bool> {
    let same = enforcement_measures::table
        .find(id)
        .filter(enforcement_measures::version.eq(version).and(enforcement_measures::done_on.is_null()));
    let changed = diesel::update(same)
        .set((enforcement_measures::owner_id.eq(to), enforcement_measures::version.eq(version + 1)))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Notes on the measure when it ended, or that it is owed again, if it is still at `version`. Says whether it was.
pub fn mark_ended(
    conn: &mut Conn,
    id: MeasureId,
    version: i64,
    done_on: Option<NaiveDate>,
) -> QueryResult<bool> {
    let same = enforcement_measures::table.find(id).filter(enforcement_measures::version.eq(version));
    let changed = diesel::update(same)
        .set((enforcement_measures::done_on.eq(done_on), enforcement_measures::version.eq(version + 1)))
        .execute(conn)?;
    Ok(changed == 1)
}
