//! What pages show of sweeps, put together by one reach.

mod cases;
mod figures;

pub use cases::{ListedRow, RowPage, Triage, row, rows, triage};
pub use figures::{Figures, Hindsight, Line, figures, hindsight};

use super::forms::SheetQuery;
use super::imports::Import;
use super::rules::{self, Reach, reach};
use super::store;
use super::types::{Answer, RowId, Sweep, SweepFilter, SweepId, SweepState};
use crate::calendar;
use crate::db::Conn;
use crate::error::Problem;
use crate::people::types::Division;
use crate::people::{self, Act, DivisionId, Permission, Post, StaffId};
use crate::web::listing::Cursor;
use crate::web::{Due, Listing};
use std::collections::HashMap;

/// How far the answering of a sheet has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub total: i64,
    pub unanswered: i64,
    pub again: i64,
    pub tier_one: i64,
}

impl Counts {
    pub const fn answered(&self) -> i64 {
        self.total - self.unanswered
    }
}

/// A sheet as a list shows it.
#[derive(Clone, Debug)]
pub struct ListedSweep {
    pub sweep: Sweep,
    pub division: String,
    /// Who heads the division now.
    pub head: Option<String>,
    pub counts: Counts,
    /// Its light, while it is open.
    pub due: Option<Due>,
}

/// The divisions whose sheets this person sees, those first that have sheets each month.
///
/// # Errors
///
/// When the database is away.
pub fn divisions(conn: &mut Conn, act: &Act) -> Result<Vec<Division>, Problem> {
    let all = people::division_list(conn, act.by.court()?)?;
    let reach = reach(&act.by);
    let sees = |one: &Division| match &reach {
        Reach::Court => true,
        Reach::Divisions(divisions) => divisions.contains(&one.id),
    };
    Ok(all.into_iter().filter(|one| rules::has_cases(one.kind) && sees(one)).collect())
}

/// The divisions for whose sheets this person works.
///
/// # Errors
///
/// When the database is away.
pub fn own_divisions(conn: &mut Conn, act: &Act) -> Result<Vec<Division>, Problem> {
    let all = divisions(conn, act)?;
    Ok(all.into_iter().filter(|one| rules::works_on(&act.by, one.id)).collect())
}

pub(super) fn names(conn: &mut Conn, act: &Act) -> Result<HashMap<DivisionId, String>, Problem> {
    let all = people::every_division(conn, act.by.court()?)?;
    Ok(all.into_iter().map(|one| (one.id, one.name)).collect())
}

/// Who heads each division now, or stands in.
fn heads(conn: &mut Conn, act: &Act) -> Result<HashMap<DivisionId, String>, Problem> {
    let mut heads = HashMap::new();
    let staff = people::staff_in_court(conn, act.by.court()?)?;
    for one in
        staff.into_iter().filter(|one| matches!(one.post, Post::DivisionHead | Post::DeputyDivisionHead))
    {
        if let Some(division) = one.division_id {
            heads.entry(division).or_insert(one.name);
        }
    }
    Ok(heads)
}

fn listed(conn: &mut Conn, act: &Act, sweeps: Vec<Sweep>) -> Result<Vec<ListedSweep>, Problem> {
    let ids: Vec<SweepId> = sweeps.iter().map(|sweep| sweep.id).collect();
    let mut counts: HashMap<SweepId, Counts> = HashMap::new();
    for (id, answer, n) in store::counts_of(conn, &ids)? {
        let one = counts.entry(id).or_default();
        one.total += n;
        match answer {
            None => one.unanswered += n,
            Some(Answer::Nothing) => {}
            Some(Answer::Again) => one.again += n,
            Some(Answer::TierOne) => one.tier_one += n,
        }
    }
    let names = names(conn, act)?;
    let heads = heads(conn, act)?;
    let days = calendar::working_days(conn)?;
    let today = act.now.today();
    let shown = |sweep: Sweep| ListedSweep {
        division: names.get(&sweep.division_id).cloned().unwrap_or_default(),
        head: heads.get(&sweep.division_id).cloned(),
        counts: counts.get(&sweep.id).copied().unwrap_or_default(),
        due: (sweep.state == SweepState::Open).then(|| days.due(today, sweep.due_on)),
        sweep,
    };
    Ok(sweeps.into_iter().map(shown).collect())
}

/// A page of sheets.
///
/// # Errors
///
/// When the database is away.
pub fn page(
    conn: &mut Conn,
    act: &Act,
    filter: &SweepFilter,
    after: Option<Cursor<SweepId>>,
    size: i64,
) -> Result<Listing<ListedSweep>, Problem> {
    let of = (act.by.court()?, &reach(&act.by));
    let sweeps = store::page(conn, of, filter, after, size + 1)?;
    Listing::cut(sweeps, size).show(|sweeps| listed(conn, act, sweeps))
}

/// One sheet, as a list shows it.
///
/// # Errors
///
/// `NotFound`.
pub fn find(conn: &mut Conn, act: &Act, id: SweepId) -> Result<ListedSweep, Problem> {
    let sweep = store::find(conn, act.by.court()?, &reach(&act.by), id)?;
    listed(conn, act, vec![sweep])?.pop().ok_or(Problem::NotFound)
}

/// A sheet's own page.
#[derive(Clone, Debug)]
pub struct SheetPage {
    pub listed: ListedSweep,
    pub rows: Listing<ListedRow>,
    pub imports: Vec<Import>,
    pub opened_by: Option<String>,
    pub finished_by: Option<String>,
    /// Whether this person works on it.
    pub works: bool,
    /// Whether it may be called finished now.
    pub may_finish: bool,
}

/// A sheet's own page, from this row on.
///
/// # Errors
///
/// `NotFound`.
pub fn sheet(
    conn: &mut Conn,
    act: &Act,
    id: SweepId,
    query: &SheetQuery,
    size: i64,
) -> Result<SheetPage, Problem> {
    let listed = find(conn, act, id)?;
    let after: Option<RowId> = query.after.parse().ok();
    let rows = rows(conn, act, &query.filter(id), after, size)?;
    let sweep = &listed.sweep;
    let by: Vec<StaffId> = sweep.opened_by.into_iter().chain(sweep.finished_by).collect();
    let names = people::names_of(conn, &by)?;
    let name = |id: Option<StaffId>| id.and_then(|id| names.get(&id).cloned());
    let works = rules::works_on(&act.by, sweep.division_id);
    let soon = calendar::working_days(conn)?.near(act.now.today()).soon;
    let ready = rules::may_finish(sweep.state, listed.counts.unanswered, sweep.to_on, soon).is_ok();
    Ok(SheetPage {
        opened_by: name(sweep.opened_by),
        finished_by: name(sweep.finished_by),
        imports: store::imports_of(conn, id)?,
        rows,
        works,
        may_finish: works && ready,
        listed,
    })
}

/// What the workbench shows: how many cases of sheets that are due before long or late have no answer, for those who work on
/// them; how many sheets are late, for those who see to it.
///
/// # Errors
///
/// When the database is away.
pub fn waiting(conn: &mut Conn, act: &Act) -> Result<(i64, i64), Problem> {
    if !act.by.may(Permission::SeeSweeps) {
        return Ok((0, 0));
    }
    let court = act.by.court()?;
    let near = calendar::working_days(conn)?.near(act.now.today());
    let whole = reach(&act.by);
    let rows = match act.by.division_id {
        Some(division) if act.by.may(Permission::SweepCases) => {
            let (_, month_end) = rules::month_of(act.now.today());
            store::open_counts(conn, (court, &Reach::Divisions(vec![division])), month_end.max(near.soon))?.1
        }
        Some(_) | None => 0,
    };
    let (late, _) = store::open_counts(conn, (court, &whole), near.yesterday)?;
    Ok((rows, late))
}
