//! Clocks: started, met and cancelled by what happens to a matter. What else happens to one is in [`history()`]; when the
//! calendar changes they are reckoned anew by [`redate()`].
//!
//! These are steps within other people's actions: whoever calls them has checked the permission and writes the trail.

mod check;
mod history;
mod redate;

pub use check::misfits;
pub use history::{
    History, NewEvent, explain, happen, histories, history, name_due, reopen, waiting_request,
};
pub use redate::{Moved, redate};

use super::rules::due;
use super::store;
use super::types::{Clock, ClockId, Code, Rule, RuleId};
use crate::calendar;
use crate::calendar::kept::Kept;
use crate::calendar::types::WorkingDays;
use crate::db::Conn;
use crate::error::Problem;
use crate::people::{Act, CourtId};
use chrono::NaiveDate;
use std::sync::Arc;

/// The rule table, in memory.
#[derive(Clone, Debug, Default)]
pub struct RuleTable(Vec<Rule>);

impl RuleTable {
    /// The rows, the oldest first.
    pub fn rows(&self) -> &[Rule] {
        &self.0
    }

    /// The rule of this code in force for a court on `date`: its own row if it has one, else the installation's. For a
    /// date before the first of them, that first one, so that an old register can be entered.
    pub fn on(&self, court_id: Option<CourtId>, code: Code, date: NaiveDate) -> Option<&Rule> {
        self.row_on(court_id, code, date).filter(|rule| rule.in_use)
    }

    /// As [`RuleTable::on`], also where the court doesn't keep it.
    pub fn row_on(&self, court_id: Option<CourtId>, code: Code, date: NaiveDate) -> Option<&Rule> {
        let of = |court: Option<CourtId>| {
            self.0.iter().filter(move |rule| rule.code == code && rule.court_id == court)
        };
        let own = || court_id.into_iter().flat_map(|court| of(Some(court)));
        let in_force = |rule: &&Rule| rule.is_in_force(date);
        let comes_first = |rule: &&Rule| rule.effective_from > date && rule.ever_in_force();
        own()
            .rfind(in_force)
            .or_else(|| of(None).rfind(in_force))
            .or_else(|| of(None).find(comes_first))
            .or_else(|| own().find(comes_first))
    }

    /// The row with this id.
    pub fn by_id(&self, id: RuleId) -> Option<&Rule> {
        self.0.iter().find(|rule| rule.id == id)
    }
}

static RULES: Kept<RuleTable> = Kept::nothing();

/// The rule table, from memory while it stands.
///
/// # Errors
///
/// When it can't be read.
pub fn table(conn: &mut Conn) -> Result<Arc<RuleTable>, Problem> {
    RULES.get(conn, |conn| Ok(RuleTable(store::rules(conn)?)))
}

/// The rule of this code in force for a court on `date`; see [`RuleTable::on`].
///
/// # Errors
///
/// When it can't be read.
pub fn rule_on(
    conn: &mut Conn,
    court_id: CourtId,
    code: Code,
    date: NaiveDate,
) -> Result<Option<Rule>, Problem> {
    Ok(table(conn)?.on(Some(court_id), code, date).cloned())
}

/// Starts the clock of `code` for a matter (起算), from the day `from`, which itself isn't counted.
///
/// # Errors
///
/// `Refused` when the court has no such rule in force.
pub fn start(
    conn: &mut Conn,
    act: &Act,
    court_id: CourtId,
    matter_id: i64,
    code: Code,
    from: NaiveDate,
) -> Result<Clock, Problem> {
    let mut started = start_all(conn, act, court_id, matter_id, &[(code, from)])?;
    started.pop().ok_or_else(|| Problem::internal("a clock was started and isn't there"))
}

/// Starts several clocks in one statement; see [`start`].
///
/// # Errors
///
/// As [`start`].
pub fn start_all(
    conn: &mut Conn,
    act: &Act,
    court_id: CourtId,
    matter_id: i64,
    wanted: &[(Code, NaiveDate)],
) -> Result<Vec<Clock>, Problem> {
    let (rules, days) = (table(conn)?, calendar::working_days(conn)?);
    let started = wanted
        .iter()
        .map(|(code, from)| {
            let rule = kept(&rules, court_id, *code, *from).ok_or_else(|| no_rule(*code))?;
            reckon(ClockId::new(act.now), rule, court_id, matter_id, *from, &days)
        })
        .collect::<Result<Vec<_>, _>>()?;
    store::insert_clocks(conn, started.clone())?;
    Ok(started)
}

/// The rule by which a court counts: one that keeps the three months counts the reply by them (本院采用).
fn kept(rules: &RuleTable, court_id: CourtId, code: Code, from: NaiveDate) -> Option<&Rule> {
    let on = |code| rules.on(Some(court_id), code, from);
    let months = if code == Code::Reply { on(Code::ReplyThreeMonths) } else { None };
    months.or_else(|| on(code))
}

fn no_rule(code: Code) -> Problem {
    Problem::refused(format!(
        "“{}”这项时限没有启用，无法推算日期。请信访专干在“时限与规则”页面启用后再办理。",
        code.label()
    ))
}

fn reckon(
    id: ClockId,
    rule: &Rule,
    court_id: CourtId,
    matter_id: i64,
    starts_on: NaiveDate,
    days: &WorkingDays,
) -> Result<Clock, Problem> {
    let due = due(starts_on, rule.count(), days)?;
    Ok(Clock {
        id,
        court_id,
        matter_id,
        rule_id: rule.id,
        code: rule.code,
        starts_on,
        raw_due_on: due.raw_due_on,
        due_on: due.due_on,
        provisional: due.is_provisional(),
        met_on: None,
        cancelled: false,
    })
}

/// Marks the matter's open clocks of this code as met on `on` (已履行); returns how many there were.
///
/// # Errors
///
/// When it can't be written.
pub fn meet(conn: &mut Conn, matter_id: i64, code: Code, on: NaiveDate) -> Result<usize, Problem> {
    Ok(store::meet(conn, matter_id, code, on)?)
}

/// Marks one clock as met on `on`, if it still runs.
///
/// # Errors
///
/// When it can't be written.
pub fn meet_one(conn: &mut Conn, id: ClockId, on: NaiveDate) -> Result<(), Problem> {
    Ok(store::meet_one(conn, id, on)?)
}

/// Cancels one clock, if it still runs.
///
/// # Errors
///
/// When it can't be written.
pub fn cancel_one(conn: &mut Conn, id: ClockId) -> Result<(), Problem> {
    Ok(store::cancel_one(conn, id)?)
}

/// Cancels every open clock of a matter, as when it is closed; returns how many there were.
///
/// # Errors
///
/// When it can't be written.
pub fn cancel_open(conn: &mut Conn, matter_id: i64) -> Result<usize, Problem> {
    Ok(store::cancel(conn, matter_id, None)?)
}

/// Cancels the open clocks of one code, as when another procedure takes its place; returns how many there were.
///
/// # Errors
///
/// When it can't be written.
pub fn cancel(conn: &mut Conn, matter_id: i64, code: Code) -> Result<usize, Problem> {
    Ok(store::cancel(conn, matter_id, Some(code))?)
}

/// The matter's open clock that is due first, and its rule; `None` when nothing is owed.
///
/// # Errors
///
/// When it can't be read.
pub fn next(conn: &mut Conn, matter_id: i64) -> Result<Option<(Clock, Rule)>, Problem> {
    let Some(clock) = store::next_of_matter(conn, matter_id)? else { return Ok(None) };
    let rule = rule_of(conn, &clock)?;
    Ok(Some((clock, rule)))
}

/// The matter's clocks, met and cancelled ones as well, each with its rule, by due date.
///
/// # Errors
///
/// When they can't be read.
pub fn of_matter(conn: &mut Conn, matter_id: i64) -> Result<Vec<(Clock, Rule)>, Problem> {
    let clocks = store::of_matter(conn, matter_id)?;
    clocks.into_iter().map(|clock| Ok((clock.clone(), rule_of(conn, &clock)?))).collect()
}

fn rule_of(conn: &mut Conn, clock: &Clock) -> Result<Rule, Problem> {
    let rules = table(conn)?;
    rules.by_id(clock.rule_id).cloned().ok_or_else(|| Problem::internal("a clock's rule is missing"))
}

#[cfg(test)]
mod tests;
