//! Where questionnaires and assessments are kept.

use super::types::{
    Assessment, AssessmentFilter, AssessmentId, AssessmentState, Questionnaire, QuestionnaireId,
};
use crate::db::{Conn, MultiBackend};
use crate::matters::MatterId;
use crate::on_each_database;
use crate::people::{CourtId, StaffId};
use crate::schema::{assessments, questionnaires};
use crate::sweeps::Reach;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

/// Whether the installation has its questionnaire.
pub fn any_shipped(conn: &mut Conn) -> QueryResult<bool> {
    let shipped = questionnaires::table.filter(questionnaires::court_id.is_null());
    diesel::select(diesel::dsl::exists(shipped)).get_result(conn)
}

pub fn insert_questionnaire(conn: &mut Conn, row: &Questionnaire) -> QueryResult<()> {
    diesel::insert_into(questionnaires::table).values(row.clone()).execute(conn).map(drop)
}

/// The edition that holds for a court on a day: its own, else the installation's.
pub fn in_force(conn: &mut Conn, court: CourtId, day: NaiveDate) -> QueryResult<Questionnaire> {
    let rows: Vec<Questionnaire> = questionnaires::table
        .filter(questionnaires::court_id.is_null().or(questionnaires::court_id.eq(court)))
        .filter(questionnaires::effective_from.le(day))
        .filter(questionnaires::effective_to.is_null().or(questionnaires::effective_to.ge(day)))
        .order((questionnaires::effective_from, questionnaires::id))
        .load(conn)?;
    let own = rows.iter().rev().find(|row| row.court_id.is_some());
    own.or(rows.last()).cloned().ok_or(diesel::NotFound)
}

/// An edition that this court may have used.
pub fn edition(conn: &mut Conn, court: CourtId, id: QuestionnaireId) -> QueryResult<Questionnaire> {
    questionnaires::table
        .find(id)
        .filter(questionnaires::court_id.is_null().or(questionnaires::court_id.eq(court)))
        .first(conn)
}

/// The court's own editions, the newest first.
pub fn own_editions(conn: &mut Conn, court: CourtId) -> QueryResult<Vec<Questionnaire>> {
    questionnaires::table
        .filter(questionnaires::court_id.eq(court))
        .order((questionnaires::edition.desc(), questionnaires::id.desc()))
        .load(conn)
}

/// Ends an edition that is still at `version`; says whether it was.
pub fn end_edition(conn: &mut Conn, row: &Questionnaire, last: NaiveDate) -> QueryResult<bool> {
    let there = questionnaires::table.find(row.id).filter(questionnaires::version.eq(row.version));
    let changed = diesel::update(there)
        .set((
            questionnaires::effective_to.eq(Some(last.max(row.effective_from))),
            questionnaires::version.eq(row.version + 1),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Adds an assessment, unless the same submission has been kept. Says whether it was added.
pub fn insert(conn: &mut Conn, row: &Assessment) -> QueryResult<bool> {
    let insert = diesel::insert_into(assessments::table).values(row.clone()).on_conflict_do_nothing();
    on_each_database!(conn, |c| insert.execute(c)).map(|added| added == 1)
}

pub fn of_submission(conn: &mut Conn, submission: &str, by: StaffId) -> QueryResult<Assessment> {
    assessments::table
        .filter(assessments::submission.eq(submission.to_owned()).and(assessments::assessed_by.eq(by)))
        .first(conn)
}

type Rows<'a> = assessments::BoxedQuery<'a, MultiBackend>;

fn seen<'a>(court: CourtId, reach: &Reach) -> Rows<'a> {
    let all = assessments::table.filter(assessments::court_id.eq(court)).into_boxed();
    match reach {
        Reach::Court => all,
        Reach::Divisions(divisions) => all.filter(assessments::division_id.eq_any(divisions.clone())),
    }
}

/// An assessment that somebody with this reach sees.
pub fn find(conn: &mut Conn, court: CourtId, reach: &Reach, id: AssessmentId) -> QueryResult<Assessment> {
    seen(court, reach).filter(assessments::id.eq(id)).first(conn)
}

/// A page of them, the newest first.
pub fn page(
    conn: &mut Conn,
    (court, reach): (CourtId, &Reach),
    filter: &AssessmentFilter,
    after: Option<AssessmentId>,
    limit: i64,
) -> QueryResult<Vec<Assessment>> {
    let mut query = seen(court, reach);
    if let Some(state) = filter.state {
        query = query.filter(assessments::state.eq(state));
    }
    if let Some(step) = filter.step {
        query = query.filter(assessments::step.eq(step));
    }
    if let Some(division) = filter.division {
        query = query.filter(assessments::division_id.eq(division));
    }
    if let Some(after) = after {
        query = query.filter(assessments::id.lt(after));
    }
    query.order(assessments::id.desc()).limit(limit).load(conn)
}

/// Those of one case, the newest first, as far as somebody sees them.
pub fn of_case(conn: &mut Conn, of: (CourtId, &Reach), number: &str) -> QueryResult<Vec<Assessment>> {
    seen(of.0, of.1)
        .filter(assessments::case_number.eq(number.to_owned()))
        .order(assessments::id.desc())
        .load(conn)
}

/// Those of these cases, in no order, whoever sees them: for counting.
pub fn of_cases(conn: &mut Conn, court: CourtId, numbers: &[String]) -> QueryResult<Vec<Assessment>> {
    let mut found = Vec::new();
    for some in numbers.chunks(2_000) {
        let rows: Vec<Assessment> = assessments::table
            .filter(assessments::court_id.eq(court).and(assessments::case_number.eq_any(some.to_vec())))
            .load(conn)?;
        found.extend(rows);
    }
    Ok(found)
}

/// How many wait to be decided.
pub fn count_waiting(conn: &mut Conn, court: CourtId, reach: &Reach) -> QueryResult<i64> {
    seen(court, reach).filter(assessments::state.eq(AssessmentState::Waiting)).count().get_result(conn)
}

/// A decision as it is kept.
#[derive(Clone, Copy, Debug)]
pub struct Decided<'a> {
    pub state: AssessmentState,
    pub measures: &'a str,
    pub reason: &'a str,
    pub sign_id: Option<MatterId>,
    pub by: StaffId,
    pub at: NaiveDateTime,
}

/// Keeps a decision, if the assessment still waits and is at `version`; says whether it was.
pub fn decide(conn: &mut Conn, id: AssessmentId, version: i64, decided: &Decided<'_>) -> QueryResult<bool> {
    let waiting = assessments::table
        .find(id)
        .filter(assessments::version.eq(version).and(assessments::state.eq(AssessmentState::Waiting)));
    let changed = diesel::update(waiting)
        .set((
            assessments::state.eq(decided.state),
            assessments::measures.eq(decided.measures),
            assessments::reason.eq(decided.reason),
            assessments::sign_id.eq(decided.sign_id),
            assessments::decided_by.eq(Some(decided.by)),
            assessments::decided_at.eq(Some(decided.at)),
            assessments::version.eq(version + 1),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}
