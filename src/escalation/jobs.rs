//! What rises by time: every hour whatever ran out, and nobody is passed over.

mod measures;

pub use measures::remind;

use super::actions::{Raise, raise, rules_of};
use super::rules::{self, Fact};
use super::store::{self, RunOut, Which};
use super::types::tier::CLOCKS;
use super::types::{Cause, Tier};
use crate::calendar;
use crate::calendar::types::WorkingDays;
use crate::db::Conn;
use crate::deadlines::Code;
use crate::error::Problem;
use crate::people::Act;
use chrono::{NaiveDate, Timelike};

/// How many clocks are looked at with one query.
const AT_ONCE: i64 = 200;
/// The clocks that end a tier below the third.
const ENDS: [Code; 2] = [Code::TierOne, Code::TierTwo];
/// The hour of the court's day from which that day counts as passed.
const DAY_ENDS: u32 = 18;

/// Raises every matter whose time in its tier has run out, grace and hold considered, each exactly once; those that nobody
/// has taken over first, the longest over first.
///
/// # Errors
///
/// When the database is away.
pub fn run_over(conn: &mut Conn, act: &Act) -> Result<String, Problem> {
    let (days, passed) = (calendar::working_days(conn)?, passed(act));
    let mut raised = 0;
    for which in [Which::Unassigned(&ENDS), Which::Assigned(&ENDS)] {
        let mut after = None;
        loop {
            let found = store::run_out_for_job(conn, which, act.now.today(), after, AT_ONCE)?;
            let Some(last) = found.last() else { break };
            after = Some((last.due_on, last.clock));
            for one in found {
                raised += usize::from(over(conn, act, &one, (passed, &days))?);
            }
        }
    }
    Ok(format!("级别期限届满：升级 {raised} 件。"))
}

/// The last day that is over at this hour.
fn passed(act: &Act) -> NaiveDate {
    let today = act.now.today();
    if act.now.court_time().hour() >= DAY_ENDS { today } else { today.pred_opt().unwrap_or(today) }
}

fn over(
    conn: &mut Conn,
    act: &Act,
    one: &RunOut,
    (passed, days): (NaiveDate, &WorkingDays),
) -> Result<bool, Problem> {
    let Some(tier) = one.matter.tier.and_then(Tier::of) else { return Ok(false) };
    let Some(cause) = rules::ran_over(tier) else { return Ok(false) };
    let Some(stay) = store::newest(conn, one.matter.id)? else { return Ok(false) };
    let all = rules_of(conn, act, &one.matter)?;
    let Some(rule) = all.iter().find(|rule| rule.cause == cause && rule.in_use) else { return Ok(false) };
    let hold = store::hold_of(conn, stay.id)?.map(|hold| hold.until_on);
    if !rules::rises(one.due_on, rule.grace_days, hold, passed, days) {
        return Ok(false);
    }
    let fact = Fact::RanOver { tier, clock: one.clock.0, due_on: one.due_on };
    let by = Raise { to: rule.tier, cause, key: fact.key(), rule: Some(rule), facts: fact.words() };
    Ok(raise(conn, act, &one.matter, &by)?.is_some())
}

/// Raises what has been late by the law's or the court's own deadlines for as long as a rule says, where a court uses it.
///
/// # Errors
///
/// When the database is away.
pub fn late(conn: &mut Conn, act: &Act) -> Result<String, Problem> {
    let (days, passed) = (calendar::working_days(conn)?, passed(act));
    let (mut raised, mut after) = (0, None);
    if !store::late_rule_in_use(conn)? {
        return Ok("没有法院启用按超期升级的规则。".to_owned());
    }
    loop {
        let found = store::run_out_for_job(conn, Which::NoneOf(&CLOCKS), act.now.today(), after, AT_ONCE)?;
        let Some(last) = found.last() else { break };
        after = Some((last.due_on, last.clock));
        for one in found {
            raised += usize::from(too_late(conn, act, &one, (passed, &days))?);
        }
    }
    Ok(format!("办理超期：升级 {raised} 件。"))
}

fn too_late(
    conn: &mut Conn,
    act: &Act,
    one: &RunOut,
    (passed, days): (NaiveDate, &WorkingDays),
) -> Result<bool, Problem> {
    // Another of its clocks may have raised it a moment ago.
    let matter = crate::matters::of_job(conn, one.matter.id)?;
    let all = rules_of(conn, act, &matter)?;
    let Some(rule) = all.iter().find(|rule| rule.cause == Cause::Overdue && rule.in_use) else {
        return Ok(false);
    };
    let late = i64::try_from(days.between(one.due_on, passed)).unwrap_or(i64::MAX);
    let fact = |days: i64| Fact::Late { clock: one.clock.0, due_on: one.due_on, days };
    let weighed = fact(late - rule.grace_days);
    let fact = fact(late);
    let from = matter.tier.and_then(Tier::of);
    if !rules::fits(rule, &weighed, true) || rules::target(from, rule.tier, false).is_none() {
        return Ok(false);
    }
    let by =
        Raise { to: rule.tier, cause: rule.cause, key: fact.key(), rule: Some(rule), facts: fact.words() };
    Ok(raise(conn, act, &matter, &by)?.is_some())
}
