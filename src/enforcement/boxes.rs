//! What other pages show of enforcement: the matter's own page, the page that closes it, the day's page.

use super::rules::{self, Balance};
use super::store;
use super::types::{EnforcementFilter, EnforcementMatter};
use crate::calendar;
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::types::Stage;
use crate::matters::views::COUNTED;
use crate::matters::{Matter, MatterId};
use crate::people::{Act, Permission};
use crate::web::Due;
use crate::web::formats::money;

/// A matter's enforcement in short.
#[derive(Clone, Debug)]
pub struct BoxData {
    pub matter: MatterId,
    pub row: Option<EnforcementMatter>,
    /// It is about a case under enforcement.
    pub concerned: bool,
    /// Of its first open measure.
    pub due: Option<Due>,
    pub may_issue: bool,
}

impl BoxData {
    pub fn balance(&self) -> Balance {
        self.row
            .as_ref()
            .map_or_else(Balance::default, |row| Balance { due: row.due_fen, paid: row.paid_fen })
    }

    /// See [`closing_hint`].
    pub fn closing_hint(&self) -> Option<String> {
        self.row.as_ref().and_then(hint)
    }
}

/// The box on a matter's page. The matter has been found by scope.
///
/// # Errors
///
/// When the database is away.
pub fn box_for(conn: &mut Conn, act: &Act, matter: &Matter) -> Result<BoxData, Problem> {
    let row = store::of_matter(conn, matter.id)?;
    let open = matter.stage != Stage::Closed;
    let today = act.now.today();
    let due = match row.as_ref().and_then(|row| row.next_due_on).filter(|_| open) {
        Some(on) => Some(calendar::working_days(conn)?.due(today, on)),
        None => None,
    };
    Ok(BoxData {
        matter: matter.id,
        concerned: rules::concerns_enforcement(matter),
        due,
        may_issue: open && act.by.may(Permission::IssueTaskSheet),
        row,
    })
}

/// What whoever ends a matter, in whatever way, should know; `None` where nothing is left to do. It is never barred by it.
///
/// # Errors
///
/// When the database is away.
pub fn closing_hint(conn: &mut Conn, matter: &Matter) -> Result<Option<String>, Problem> {
    Ok(store::of_matter(conn, matter.id)?.as_ref().and_then(hint))
}

fn hint(row: &EnforcementMatter) -> Option<String> {
    let money = (row.outstanding_fen > 0).then(|| format!("还有 {} 没有到账", money(row.outstanding_fen)));
    let tasks = (row.open_measures > 0).then(|| format!("还有 {} 项执行措施没有登记结果", row.open_measures));
    let left: Vec<String> = money.into_iter().chain(tasks).collect();
    (!left.is_empty()).then(|| format!("{}。办结不受影响，但办结以后不再提醒。", left.join("，")))
}

/// In how many matters this person has an open measure, and in how many one that is overdue; counted no further than
/// [`COUNTED`].
///
/// # Errors
///
/// When the database is away.
pub fn mine(conn: &mut Conn, act: &Act) -> Result<(i64, i64), Problem> {
    let Some(me) = act.by.staff_id else { return Ok((0, 0)) };
    let all = EnforcementFilter { owner: Some(me), ..EnforcementFilter::default() };
    let late = EnforcementFilter { due_until: act.now.today().pred_opt(), ..all.clone() };
    let scope = &act.by.scope;
    Ok((store::count_owned(conn, scope, &all, COUNTED)?, store::count_owned(conn, scope, &late, COUNTED)?))
}
