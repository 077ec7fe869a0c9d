//! What pages show of supervisions, put together by one scope.

use super::rules;
use super::store;
use super::types::{Round, State, Supervision, SupervisionFilter, SupervisionId};
use crate::calendar;
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::types::Stage;
use crate::matters::{Matter, MatterId};
use crate::people::{self, Act, Permission, StaffId};
use crate::time::Moment;
use crate::web::listing::Cursor;
use crate::web::{Due, Listing, Order};
use std::collections::HashMap;

/// A supervision as a list shows it.
#[derive(Clone, Debug)]
pub struct Listed {
    pub row: Supervision,
    pub matter: Matter,
    pub addressee: String,
    pub signer: String,
    /// 系统 where it went out by itself.
    pub issuer: String,
    pub answered_by: Option<String>,
    pub reported_to: Option<String>,
    /// Its light, while an answer is waited for.
    pub due: Option<Due>,
    /// What may be done next, where the answer is overdue.
    pub harder: Option<Round>,
}

impl Listed {
    /// Where it stands, in words.
    pub fn standing(&self) -> &'static str {
        if self.row.state == State::Open && self.matter.stage == Stage::Closed {
            "事项已办结"
        } else {
            self.row.state.label()
        }
    }
}

/// Puts names and lights to supervisions.
///
/// # Errors
///
/// When the database is away.
pub fn listed(
    conn: &mut Conn,
    rows: Vec<(Supervision, Matter)>,
    now: Moment,
) -> Result<Vec<Listed>, Problem> {
    let involved = |row: &Supervision| {
        let rest = row.issued_by.into_iter().chain(row.answered_by).chain(row.reported_to);
        [row.addressee_id, row.signed_by].into_iter().chain(rest)
    };
    let mut ids: Vec<StaffId> = rows.iter().flat_map(|(row, _)| involved(row)).collect();
    ids.sort_unstable();
    ids.dedup();
    let names: HashMap<StaffId, String> = people::names_of(conn, &ids)?;
    let days = calendar::working_days(conn)?;
    let today = now.today();
    let name = |id: StaffId| names.get(&id).cloned().unwrap_or_default();
    let shown = |(row, matter): (Supervision, Matter)| {
        let waits = row.state == State::Open && matter.stage != Stage::Closed;
        Listed {
            addressee: name(row.addressee_id),
            signer: name(row.signed_by),
            issuer: row.issued_by.map_or_else(|| "系统".to_owned(), name),
            answered_by: row.answered_by.map(name),
            reported_to: row.reported_to.map(name),
            due: waits.then(|| days.due(today, row.due_on)),
            harder: rules::harder(row.round).filter(|_| waits && row.due_on < today),
            row,
            matter,
        }
    };
    Ok(rows.into_iter().map(shown).collect())
}

/// A page of the register.
///
/// # Errors
///
/// When the database is away.
pub fn page(
    conn: &mut Conn,
    act: &Act,
    filter: &SupervisionFilter,
    order: Order,
    after: Option<Cursor<SupervisionId>>,
    size: i64,
) -> Result<Listing<Listed>, Problem> {
    let rows = store::page(conn, &act.by.scope, filter, order, after, size + 1)?;
    Listing::cut(rows, size).show(|rows| listed(conn, rows, act.now))
}

/// Everything that the page of one supervision shows.
#[derive(Clone, Debug)]
pub struct Detail {
    pub shown: Listed,
    /// The other rounds of its series, the first one first.
    pub series: Vec<Listed>,
    pub court: String,
    pub may_answer: bool,
    /// The next round, where this person may demand it now.
    pub may_harden: Option<Round>,
    pub may_instruct: bool,
}

/// One supervision with its series.
///
/// # Errors
///
/// `NotFound` when there is none, or none for this person.
pub fn detail(conn: &mut Conn, act: &Act, id: SupervisionId) -> Result<Detail, Problem> {
    let (row, matter) = store::find(conn, &act.by.scope, id)?;
    let all = store::of_matter(conn, matter.id)?;
    let newest = all.first().map(|newest| newest.id);
    let series = all.into_iter().rev().filter(|one| one.series == row.series && one.id != id);
    let series = series.map(|one| (one, matter.clone())).collect();
    let series = listed(conn, series, act.now)?;
    let closed = matter.stage == Stage::Closed;
    let mine = act.by.staff_id.is_some_and(|me| {
        rules::answer(closed, row.state, me, row.addressee_id, matter.accountable_id).is_ok()
    });
    let court = people::court(conn, matter.court_id)?.name;
    let newest = newest == Some(id);
    let mut shown = listed(conn, vec![(row, matter)], act.now)?;
    let shown = shown.pop().ok_or(Problem::NotFound)?;
    Ok(Detail {
        may_answer: mine && act.by.may(Permission::AnswerSupervision),
        may_harden: shown.harder.filter(|_| newest && act.by.may(Permission::Supervise)),
        may_instruct: shown.row.round == Round::Report && act.by.may(Permission::GiveInstruction) && !closed,
        shown,
        series,
        court,
    })
}

/// A supervision that somebody has to answer, for the day's page.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub id: SupervisionId,
    /// The matter's number.
    pub matter: String,
    /// Who came, and what they ask for.
    pub about: String,
    pub round: Round,
    pub due: Option<Due>,
    /// What it may be hardened into now, by whoever supervises.
    pub harder: Option<Round>,
}

impl From<Listed> for Waiting {
    fn from(one: Listed) -> Self {
        Waiting {
            id: one.row.id,
            about: format!("{}：{}", one.matter.petitioner_line, one.matter.claim),
            matter: one.matter.number,
            round: one.row.round,
            due: one.due,
            harder: one.harder,
        }
    }
}

/// The supervisions that this person has to answer, the first due first, at most `limit`.
///
/// # Errors
///
/// When the database is away.
pub fn waiting(conn: &mut Conn, act: &Act, limit: i64) -> Result<Vec<Waiting>, Problem> {
    let Some(me) = act.by.staff_id else { return Ok(Vec::new()) };
    let rows = store::waiting_for(conn, &act.by.scope, me, limit)?;
    Ok(listed(conn, rows, act.now)?.into_iter().map(Waiting::from).collect())
}

/// The supervisions whose answer is overdue and that this person may harden, the longest overdue first, at most `limit`.
///
/// # Errors
///
/// When the database is away.
pub fn unanswered(conn: &mut Conn, act: &Act, limit: i64) -> Result<Vec<Waiting>, Problem> {
    if !act.by.may(Permission::Supervise) {
        return Ok(Vec::new());
    }
    let yesterday = act.now.today().pred_opt();
    let filter = |round| SupervisionFilter {
        state: Some(State::Open),
        round: Some(round),
        due_until: yesterday,
        ..SupervisionFilter::default()
    };
    let mut rows = Vec::new();
    for round in [Round::Second, Round::First] {
        rows.extend(store::page(conn, &act.by.scope, &filter(round), Order::Due, None, limit)?);
    }
    Ok(listed(conn, rows, act.now)?.into_iter().map(Waiting::from).collect())
}

/// A matter's newest supervision and its version. The matter has been found by scope.
///
/// # Errors
///
/// When the database is away.
pub fn latest(conn: &mut Conn, matter: MatterId) -> Result<Option<(SupervisionId, i64)>, Problem> {
    Ok(store::latest_of(conn, matter)?.map(|row| (row.id, row.version)))
}
