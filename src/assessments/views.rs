//! What pages show of assessments, put together by one reach.

use super::change::{Content, TARGET, questions};
use super::store;
use super::types::{Assessment, AssessmentFilter, AssessmentId, Question, Questionnaire};
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::{self, Matter};
use crate::people::{self, Act, DivisionId, Permission, StaffId};
use crate::proposals::{Proposal, ProposalKind, ProposalState, history};
use crate::sweeps::{Reach, reach};
use crate::web::Listing;
use std::collections::HashMap;

/// An assessment as a list shows it.
#[derive(Clone, Debug)]
pub struct Listed {
    pub row: Assessment,
    pub division: String,
    pub assessed_by: String,
    pub decided_by: Option<String>,
    /// Its sign, where the person may see it.
    pub sign: Option<Matter>,
}

fn listed(conn: &mut Conn, act: &Act, rows: Vec<Assessment>) -> Result<Vec<Listed>, Problem> {
    let divisions = people::every_division(conn, act.by.court()?)?;
    let divisions: HashMap<DivisionId, String> =
        divisions.into_iter().map(|one| (one.id, one.name)).collect();
    let by: Vec<StaffId> =
        rows.iter().flat_map(|row| row.decided_by.into_iter().chain([row.assessed_by])).collect();
    let names = people::names_of(conn, &by)?;
    let signs: Vec<matters::MatterId> = rows.iter().filter_map(|row| row.sign_id).collect();
    let signs = matters::find_all(conn, &act.by.scope, &signs)?;
    let shown = |row: Assessment| Listed {
        division: divisions.get(&row.division_id).cloned().unwrap_or_default(),
        assessed_by: names.get(&row.assessed_by).cloned().unwrap_or_default(),
        decided_by: row.decided_by.and_then(|id| names.get(&id).cloned()),
        sign: signs.iter().find(|sign| Some(sign.id) == row.sign_id).cloned(),
        row,
    };
    Ok(rows.into_iter().map(shown).collect())
}

/// A page of them.
///
/// # Errors
///
/// When the database is away.
pub fn page(
    conn: &mut Conn,
    act: &Act,
    filter: &AssessmentFilter,
    after: Option<AssessmentId>,
    size: i64,
) -> Result<Listing<Listed>, Problem> {
    let rows = store::page(conn, (act.by.court()?, &reach(&act.by)), filter, after, size + 1)?;
    Listing::cut(rows, size).show(|rows| listed(conn, act, rows))
}

/// Those of one case, the newest first.
///
/// # Errors
///
/// When the database is away.
pub fn of_case(conn: &mut Conn, act: &Act, number: &str) -> Result<Vec<Listed>, Problem> {
    let rows = store::of_case(conn, (act.by.court()?, &reach(&act.by)), number)?;
    listed(conn, act, rows)
}

/// Those of these cases, for counting.
///
/// # Errors
///
/// When the database is away.
pub fn of_cases(conn: &mut Conn, act: &Act, numbers: &[String]) -> Result<Vec<Assessment>, Problem> {
    Ok(store::of_cases(conn, act.by.court()?, numbers)?)
}

/// How many wait for somebody of this person's division to decide.
///
/// # Errors
///
/// When the database is away.
pub fn waiting(conn: &mut Conn, act: &Act) -> Result<i64, Problem> {
    match act.by.division_id {
        Some(division) if act.by.may(Permission::AssessCases) => {
            Ok(store::count_waiting(conn, act.by.court()?, &Reach::Divisions(vec![division]))?)
        }
        Some(_) | None => Ok(0),
    }
}

/// The edition that holds today, with its questions.
///
/// # Errors
///
/// `NotFound` where there is none.
pub fn questionnaire(conn: &mut Conn, act: &Act) -> Result<(Questionnaire, Vec<Question>), Problem> {
    let row = store::in_force(conn, act.by.court()?, act.now.today())?;
    let asked = questions(&row)?;
    Ok((row, asked))
}

/// An assessment's own page.
#[derive(Clone, Debug)]
pub struct Detail {
    pub listed: Listed,
    pub edition: Questionnaire,
    pub questions: Vec<Question>,
    /// Whether this person may decide it now.
    pub may_decide: bool,
}

/// An assessment's own page.
///
/// # Errors
///
/// `NotFound`.
pub fn detail(conn: &mut Conn, act: &Act, id: AssessmentId) -> Result<Detail, Problem> {
    let row = store::find(conn, act.by.court()?, &reach(&act.by), id)?;
    let edition = store::edition(conn, row.court_id, row.questionnaire_id)?;
    let may_decide = act.by.may(Permission::AssessCases)
        && act.by.division_id == Some(row.division_id)
        && super::rules::may_decide(row.state).is_ok();
    let listed = listed(conn, act, vec![row])?.pop().ok_or(Problem::NotFound)?;
    Ok(Detail { listed, questions: questions(&edition)?, edition, may_decide })
}

/// The questionnaire's page: how it stands, what waits to change it, and what was decided before.
#[derive(Clone, Debug)]
pub struct Standing {
    pub edition: Questionnaire,
    pub questions: Vec<Question>,
    pub waiting: Option<(Proposal, Content)>,
    pub history: Vec<Proposal>,
    pub may_accept: bool,
    pub may_propose: bool,
}

/// The questionnaire's page.
///
/// # Errors
///
/// `NotFound` where there is none.
pub fn standing(conn: &mut Conn, act: &Act) -> Result<Standing, Problem> {
    let (edition, questions) = questionnaire(conn, act)?;
    let history = history(conn, ProposalKind::Questionnaire, TARGET, act.by.court_id)?;
    let open = history.iter().find(|one| one.state == ProposalState::Proposed).cloned();
    let waiting = match open {
        Some(proposal) => Some((Content::read(&proposal)?, proposal)),
        None => None,
    };
    let mine = |one: &Proposal| act.by.staff_id == Some(one.proposed_by);
    Ok(Standing {
        may_accept: act.by.may(Permission::PutRulesInForce)
            && waiting.as_ref().is_none_or(|(_, proposal)| !mine(proposal)),
        may_propose: act.by.may(Permission::ProposeRules),
        waiting: waiting.map(|(content, proposal)| (proposal, content)),
        edition,
        questions,
        history,
    })
}
