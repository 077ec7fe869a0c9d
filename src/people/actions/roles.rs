//! Who has which role, and which leader is over what.

use super::staff::{labels, stays_behind};
use super::within;
use crate::audit::{self, Subject};
use crate::db::Conn;
use crate::error::Problem;
use crate::handover;
use crate::people::act::Act;
use crate::people::permissions::Permission;
use crate::people::rules::{self, AccountRefusal, Handover};
use crate::people::store;
use crate::people::types::{DivisionId, Portfolio, PortfolioId, Role, Staff, StaffId};
use chrono::NaiveDate;

/// Gives somebody, who was looked at at this version, these roles and no others (分配角色). Takes effect with their next
/// request.
///
/// # Errors
///
/// `Forbidden`, `NotFound`, `Stale`; `Refused` for oneself, for roles that don't go together, where a court would be left
/// without one of its administrators, and while they hold what they couldn't with these roles.
pub fn assign_roles(
    conn: &mut Conn,
    act: &Act,
    id: StaffId,
    version: i64,
    roles: &[Role],
) -> Result<(), Problem> {
    act.require(Permission::AssignRoles)?;
    let staff = store::staff_of_any_court(conn, id)?;
    within(act, staff.court_id)?;
    if !staff.active {
        return Err(AccountRefusal::Inactive.into());
    }
    let mut after = roles.to_vec();
    after.sort();
    after.dedup();
    let before = store::roles_of(conn, id)?;
    let administers = before.iter().copied().find(|role| role.is_administrator());
    let others = match administers {
        Some(role) => store::others_with_role(conn, staff.court_id, role, id)?,
        None => 0,
    };
    rules::assign(act.by.staff_id, id, &before, &after, others)?;
    if before == after {
        return Ok(());
    }
    stays_behind(conn, act, id, |held| handover::rules::outgrown(held, &before, &after))?;
    if !store::save_staff(conn, &Staff { version, ..staff.clone() })? {
        return Err(Problem::Stale);
    }
    store::set_roles(conn, id, &after)?;
    let (was, is) = (labels(&before), labels(&after));
    let values = [("name", staff.name.as_str()), ("before", &was), ("after", &is)];
    audit::record(conn, act, "staff.roles_assigned", Subject::Staff(id.0), &values)
}

/// What a leader is put over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charge {
    /// The court's petition work.
    Petitions,
    Division(DivisionId),
}

/// Puts a leader over a division or over the court's petition work (分管) from a day on. Whoever was over it before is
/// over it until the day before.
///
/// # Errors
///
/// `Forbidden`, `NotFound`; `Refused` for who is no leader and for a day that has passed.
pub fn set_portfolio(
    conn: &mut Conn,
    act: &Act,
    id: StaffId,
    charge: Charge,
    from_on: NaiveDate,
) -> Result<PortfolioId, Problem> {
    act.require(Permission::AssignRoles)?;
    let staff = store::staff_of_any_court(conn, id)?;
    within(act, staff.court_id)?;
    let (division_id, what) = match charge {
        Charge::Petitions => (None, "信访工作".to_owned()),
        Charge::Division(division) => (Some(division), store::division(conn, staff.court_id, division)?.name),
    };
    let mut held = store::portfolios_in_court(conn, staff.court_id)?;
    held.retain(|entry| entry.division_id == division_id);
    let steps = rules::take_over(staff.post, staff.active, &held, from_on, act.now.today())?;
    for step in steps {
        match step {
            Handover::Ends(entry, last) => store::end_portfolio(conn, entry, last)?,
            Handover::NeverBegins(entry) => store::delete_portfolio(conn, entry)?,
        }
    }
    let portfolio = Portfolio {
        id: PortfolioId::new(act.now),
        court_id: staff.court_id,
        staff_id: id,
        division_id,
        petitions: division_id.is_none(),
        from_on,
        to_on: None,
    };
    store::insert_portfolio(conn, &portfolio)?;
    let from = from_on.to_string();
    let values = [("name", staff.name.as_str()), ("what", &what), ("from", &from)];
    audit::record(conn, act, "portfolio.set", Subject::Portfolio(portfolio.id.0), &values)?;
    Ok(portfolio.id)
}

/// Ends a portfolio entry (终止分管); `to_on` is its last day. One that would end before it begins is taken out.
///
/// # Errors
///
/// `Forbidden`, `NotFound`; `Refused` for a day that has passed.
pub fn end_portfolio(conn: &mut Conn, act: &Act, id: PortfolioId, to_on: NaiveDate) -> Result<(), Problem> {
    act.require(Permission::AssignRoles)?;
    let entry = store::portfolio(conn, act.by.court()?, id)?;
    rules::check_portfolio_day(to_on, act.now.today())?;
    if to_on < entry.from_on {
        store::delete_portfolio(conn, id)?;
    } else {
        store::end_portfolio(conn, id, to_on)?;
    }
    let last = to_on.to_string();
    audit::record(conn, act, "portfolio.ended", Subject::Portfolio(id.0), &[("to", &last)])
}
