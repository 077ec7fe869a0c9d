//! Cases as lists, the page of one after another, and their own page show them.

use super::{ListedSweep, find, names};
use crate::assessments::{self, Listed as Assessed};
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::{self, Matter, MatterId};
use crate::people::{self, Act, DivisionId, Permission, StaffId};
use crate::sweeps::forms::TriageQuery;
use crate::sweeps::rules::{self, reach};
use crate::sweeps::store;
use crate::sweeps::types::{
    Answer, Closing, FieldVisit, GivenAnswer, RowFilter, RowId, Sweep, SweepId, SweepRow,
};
use crate::web::Listing;
use chrono::NaiveDate;
use std::collections::HashMap;

/// A case as a list shows it.
#[derive(Clone, Debug)]
pub struct ListedRow {
    pub row: SweepRow,
    pub division: String,
    /// The first day of its sheet.
    pub from_on: NaiveDate,
    /// Its sign, where the person may see it.
    pub sign: Option<Matter>,
    pub answered_by: Option<String>,
}

fn listed(
    conn: &mut Conn,
    act: &Act,
    rows: Vec<(SweepRow, DivisionId, NaiveDate)>,
) -> Result<Vec<ListedRow>, Problem> {
    let divisions = names(conn, act)?;
    let by: Vec<StaffId> = rows.iter().filter_map(|(row, _, _)| row.answered_by).collect();
    let staff = people::names_of(conn, &by)?;
    let signs: Vec<MatterId> = rows.iter().filter_map(|(row, _, _)| row.sign_id).collect();
    let signs = matters::find_all(conn, &act.by.scope, &signs)?;
    let signs: HashMap<MatterId, Matter> = signs.into_iter().map(|sign| (sign.id, sign)).collect();
    let shown = |(row, division, from_on): (SweepRow, DivisionId, NaiveDate)| ListedRow {
        division: divisions.get(&division).cloned().unwrap_or_default(),
        from_on,
        sign: row.sign_id.and_then(|id| signs.get(&id).cloned()),
        answered_by: row.answered_by.and_then(|id| staff.get(&id).cloned()),
        row,
    };
    Ok(rows.into_iter().map(shown).collect())
}

/// A page of cases.
///
/// # Errors
///
/// When the database is away.
pub fn rows(
    conn: &mut Conn,
    act: &Act,
    filter: &RowFilter,
    after: Option<RowId>,
    size: i64,
) -> Result<Listing<ListedRow>, Problem> {
    let of = (act.by.court()?, &reach(&act.by));
    let found = store::rows_page(conn, of, filter, after, size + 1)?;
    Listing::cut(found, size).show(|rows| listed(conn, act, rows))
}

/// The page on which one case comes after another.
#[derive(Clone, Debug)]
pub struct Triage {
    pub listed: ListedSweep,
    /// The case that is asked about; `None` when every one is answered.
    pub row: Option<ListedRow>,
    /// What is known about it: signs and petitions.
    pub about: Vec<Matter>,
    /// What other sheets said about it: the first day of their period, the answer, the note.
    pub before: Vec<(NaiveDate, Answer, String)>,
    /// The case that this person answered last, to take it back.
    pub last: Option<SweepRow>,
}

/// The next case to answer about, or the one that was asked for.
///
/// # Errors
///
/// `NotFound`; `Refused` for another division's sheet.
pub fn triage(conn: &mut Conn, act: &Act, id: SweepId, query: &TriageQuery) -> Result<Triage, Problem> {
    let sweep = find(conn, act, id)?;
    if !rules::works_on(&act.by, sweep.sweep.division_id) {
        return Err(rules::Refusal::NotYours.into());
    }
    let wanted: Option<RowId> = query.row.parse().ok();
    let row = match wanted {
        Some(wanted) => {
            let (row, of) = store::find_row(conn, sweep.sweep.court_id, &reach(&act.by), wanted)?;
            Some(row).filter(|_| of.id == id)
        }
        None => store::next_unanswered(conn, id, query.after.parse().ok())?,
    };
    let mut about = Vec::new();
    let mut before = Vec::new();
    if let Some(row) = &row {
        about = store::matters_about(conn, row.court_id, &act.by.scope, &row.case_number)?;
        before = store::looked_before(conn, row)?;
    }
    let last = store::last_answered(conn, id, act.by.person()?)?;
    let last = last.filter(|last| row.as_ref().is_none_or(|row| row.id != last.id));
    let of = (sweep.sweep.division_id, sweep.sweep.from_on);
    let row = listed(conn, act, row.into_iter().map(|row| (row, of.0, of.1)).collect())?.pop();
    Ok(Triage { listed: sweep, row, about, before, last })
}

/// A case's own page.
#[derive(Clone, Debug)]
pub struct RowPage {
    pub sweep: Sweep,
    pub listed: ListedRow,
    /// The newest first, with who gave it.
    pub answers: Vec<(GivenAnswer, String)>,
    pub visits: Vec<(FieldVisit, String)>,
    pub closing: Option<(Closing, String)>,
    pub about: Vec<Matter>,
    pub before: Vec<(NaiveDate, Answer, String)>,
    pub assessments: Vec<Assessed>,
    /// Whether this person works on it.
    pub works: bool,
    /// Whether this person may assess it.
    pub may_assess: bool,
}

/// A case's own page.
///
/// # Errors
///
/// `NotFound`.
pub fn row(conn: &mut Conn, act: &Act, id: RowId) -> Result<RowPage, Problem> {
    let (row, sweep) = store::find_row(conn, act.by.court()?, &reach(&act.by), id)?;
    let answers = store::answers_of(conn, id)?;
    let visits = store::visits_of(conn, id)?;
    let closing = store::closing_of(conn, id)?;
    let by = answers.iter().map(|one| one.answered_by);
    let by = by.chain(visits.iter().map(|one| one.recorded_by));
    let by: Vec<StaffId> = by.chain(closing.iter().map(|one| one.recorded_by)).collect();
    let names = people::names_of(conn, &by)?;
    let name = |id: StaffId| names.get(&id).cloned().unwrap_or_default();
    let about = store::matters_about(conn, row.court_id, &act.by.scope, &row.case_number)?;
    let before = store::looked_before(conn, &row)?;
    let assessments = assessments::of_case(conn, act, &row.case_number)?;
    let listed = listed(conn, act, vec![(row, sweep.division_id, sweep.from_on)])?.pop();
    Ok(RowPage {
        works: rules::works_on(&act.by, sweep.division_id),
        may_assess: act.by.may(Permission::AssessCases) && act.by.division_id == Some(sweep.division_id),
        listed: listed.ok_or(Problem::NotFound)?,
        answers: answers.into_iter().map(|one| (name(one.answered_by), one)).map(swap).collect(),
        visits: visits.into_iter().map(|one| (name(one.recorded_by), one)).map(swap).collect(),
        closing: closing.map(|one| (name(one.recorded_by), one)).map(swap),
        about,
        before,
        assessments,
        sweep,
    })
}

fn swap<A, B>((by, one): (A, B)) -> (B, A) {
    (one, by)
}
