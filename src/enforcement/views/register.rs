//! The register of enforcement matters, and of those for which nothing was begun yet.

use super::unique;
use crate::calendar;
use crate::db::Conn;
use crate::enforcement::rules::Balance;
use crate::enforcement::store;
use crate::enforcement::types::{EnforcementFilter, EnforcementMatter, Order};
use crate::error::Problem;
use crate::matters::types::Stage;
use crate::matters::views as matter_views;
use crate::matters::{Matter, MatterId};
use crate::people::{self, Act, StaffId};
use crate::web::{Due, Listing};

/// An enforcement matter as a list shows it.
#[derive(Clone, Debug)]
pub struct Listed {
    pub row: EnforcementMatter,
    pub matter: Matter,
    pub accountable: String,
    pub division: Option<String>,
    /// Of the first open measure, while the matter is open.
    pub due: Option<Due>,
}

impl Listed {
    pub fn balance(&self) -> Balance {
        Balance { due: self.row.due_fen, paid: self.row.paid_fen }
    }
}

/// A page of the register.
///
/// # Errors
///
/// When the database is away.
pub fn page(
    conn: &mut Conn,
    act: &Act,
    filter: &EnforcementFilter,
    order: Order,
    size: i64,
) -> Result<Listing<Listed>, Problem> {
    let rows = store::page(conn, &act.by.scope, filter, order, size + 1)?;
    Listing::cut(rows, size).show(|rows| listed(conn, act, rows))
}

/// Puts names and lights to enforcement matters.
///
/// # Errors
///
/// When the database is away.
pub fn listed(
    conn: &mut Conn,
    act: &Act,
    rows: Vec<(EnforcementMatter, Matter)>,
) -> Result<Vec<Listed>, Problem> {
    let staff: Vec<StaffId> = rows.iter().map(|(_, matter)| matter.accountable_id).collect();
    let names = people::names_of(conn, &unique(staff))?;
    let divisions = match act.by.court_id {
        Some(court) => people::every_division(conn, court)?,
        None => Vec::new(),
    };
    let days = calendar::working_days(conn)?;
    let today = act.now.today();
    let shown = |(row, matter): (EnforcementMatter, Matter)| Listed {
        accountable: names.get(&matter.accountable_id).cloned().unwrap_or_default(),
        division: divisions.iter().find(|one| Some(one.id) == matter.division_id).map(|one| one.name.clone()),
        due: row.next_due_on.filter(|_| matter.stage != Stage::Closed).map(|on| days.due(today, on)),
        row,
        matter,
    };
    Ok(rows.into_iter().map(shown).collect())
}

/// A page of the open matters about a case under enforcement for which nothing was begun yet.
///
/// # Errors
///
/// When the database is away.
pub fn untaken(
    conn: &mut Conn,
    act: &Act,
    filter: &EnforcementFilter,
    after: Option<MatterId>,
    size: i64,
) -> Result<Listing<matter_views::Listed>, Problem> {
    let rows = store::untaken(conn, &act.by.scope, filter, after, size + 1)?;
    Listing::cut(rows, size).show(|rows| matter_views::listed(conn, rows, act.now))
}

/// The same as a table of enforcement matters on which nothing stands yet.
///
/// # Errors
///
/// When the database is away.
pub fn untaken_as_listed(
    conn: &mut Conn,
    act: &Act,
    filter: &EnforcementFilter,
    size: i64,
) -> Result<Listing<Listed>, Problem> {
    let rows = store::untaken(conn, &act.by.scope, filter, None, size)?;
    let blank = |matter: &Matter| EnforcementMatter {
        matter_id: matter.id,
        court_id: matter.court_id,
        due_fen: None,
        paid_fen: 0,
        outstanding_fen: 0,
        next_due_on: None,
        open_measures: 0,
        since: act.now.utc(),
    };
    let rows = rows.into_iter().map(|matter| (blank(&matter), matter)).collect();
    Ok(Listing { rows: listed(conn, act, rows)?, more: false })
}
