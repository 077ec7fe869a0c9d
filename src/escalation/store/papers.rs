//! Plans with their measures, and reports.

use crate::db::Conn;
use crate::escalation::types::{Measure, MeasureId, Plan, Report};
use crate::matters::types::Stage;
use crate::matters::{Matter, MatterId};
use crate::people::StaffId;
use crate::schema::{matters, tier_measures, tier_plans, tier_reports};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::HashSet;

/// The plan in force: the newest version.
pub fn newest_plan(conn: &mut Conn, matter: MatterId) -> QueryResult<Option<Plan>> {
    tier_plans::table
        .filter(tier_plans::matter_id.eq(matter))
        .order(tier_plans::number.desc())
        .first(conn)
        .optional()
}

pub fn insert_plan(conn: &mut Conn, plan: &Plan) -> QueryResult<()> {
    diesel::insert_into(tier_plans::table).values(plan.clone()).execute(conn).map(drop)
}

/// The report in force: the newest version.
pub fn newest_report(conn: &mut Conn, matter: MatterId) -> QueryResult<Option<Report>> {
    tier_reports::table
        .filter(tier_reports::matter_id.eq(matter))
        .order(tier_reports::number.desc())
        .first(conn)
        .optional()
}

pub fn insert_report(conn: &mut Conn, report: &Report) -> QueryResult<()> {
    diesel::insert_into(tier_reports::table).values(report.clone()).execute(conn).map(drop)
}

/// The measures of a matter, the first due first.
pub fn measures_of(conn: &mut Conn, matter: MatterId) -> QueryResult<Vec<Measure>> {
    tier_measures::table
        .filter(tier_measures::matter_id.eq(matter))
        .order((tier_measures::due_on, tier_measures::id))
        .load(conn)
}

/// One measure of this matter.
pub fn measure(conn: &mut Conn, matter: MatterId, id: MeasureId) -> QueryResult<Measure> {
    tier_measures::table.find(id).filter(tier_measures::matter_id.eq(matter)).first(conn)
}

/// The measure that this form made already.
pub fn measure_of_submission(conn: &mut Conn, matter: MatterId, key: &str) -> QueryResult<Option<MeasureId>> {
    tier_measures::table
        .filter(tier_measures::matter_id.eq(matter).and(tier_measures::submission.eq(key)))
        .select(tier_measures::id)
        .first(conn)
        .optional()
}

pub fn insert_measure(conn: &mut Conn, measure: &Measure) -> QueryResult<()> {
    diesel::insert_into(tier_measures::table).values(measure.clone()).execute(conn).map(drop)
}

/// Keeps how a measure stands now, if it is still at `version`. Says whether it was.
pub fn save_measure(conn: &mut Conn, measure: &Measure, version: i64) -> QueryResult<bool> {
    let row = tier_measures::table.find(measure.id).filter(tier_measures::version.eq(version));
    let changed = diesel::update(row)
        .set((
            tier_measures::state.eq(measure.state),
            tier_measures::result.eq(&measure.result),
            tier_measures::done_on.eq(measure.done_on),
            tier_measures::version.eq(version + 1),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// In how many open matters somebody has a measure still to do, and in how many of them one that was due before `today`.
pub fn count_measures_of(conn: &mut Conn, who: StaffId, today: NaiveDate) -> QueryResult<(i64, i64)> {
    let due: Vec<(MatterId, NaiveDate)> = tier_measures::table
        .inner_join(matters::table)
        .filter(tier_measures::owner_id.eq(who).and(tier_measures::done_on.is_null()))
        .filter(matters::stage.ne(Stage::Closed))
        .select((tier_measures::matter_id, tier_measures::due_on))
        .load(conn)?;
    let count = |due: &mut dyn Iterator<Item = &(MatterId, NaiveDate)>| {
        i64::try_from(due.map(|(matter, _)| matter).collect::<HashSet<_>>().len()).unwrap_or(i64::MAX)
    };
    Ok((count(&mut due.iter()), count(&mut due.iter().filter(|(_, on)| *on < today))))
}

/// The measures of open matters that were due before `today` and aren't done.
pub fn late_measures_for_job(conn: &mut Conn, today: NaiveDate) -> QueryResult<Vec<(Measure, Matter)>> {
    tier_measures::table
        .inner_join(matters::table)
        .filter(tier_measures::done_on.is_null().and(tier_measures::due_on.lt(today)))
        .filter(matters::stage.ne(Stage::Closed))
        .order(tier_measures::id)
        .load(conn)
}

/// Gives an open measure to `to`; says how many rows there were.
pub fn set_measure_owner(conn: &mut Conn, id: MeasureId, to: StaffId) -> QueryResult<usize> {
    diesel::update(tier_measures::table.find(id).filter(tier_measures::done_on.is_null()))
        .set((tier_measures::owner_id.eq(to), tier_measures::version.eq(tier_measures::version + 1)))
        .execute(conn)
}
