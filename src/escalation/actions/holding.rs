//! Holding an escalation back for some days, and giving a tier up before its time.

use super::facts::open;
use super::group::{end_of, ending, working};
use super::{Raise, note, raise, rules_of, runs};
use crate::audit::{self, Subject};
use crate::calendar;
use crate::db::Conn;
use crate::error::Problem;
use crate::escalation::rules::{self, Fact, Refusal};
use crate::escalation::store;
use crate::escalation::types::{EscalationId, Hold, HoldId, Tier};
use crate::matters::MatterId;
use crate::people::Act;
use crate::web::formats::plain_date;
use chrono::NaiveDate;

/// Holds the next escalation by time back until `until` (暂缓升级), once for this stay in the tier, which the page showed.
///
/// # Errors
///
/// `Forbidden`, `NotFound`; `Stale` where the matter isn't in that stay any more; `Refused` by [`rules::hold`].
pub fn hold(
    conn: &mut Conn,
    act: &Act,
    (id, stay): (MatterId, EscalationId),
    until: NaiveDate,
    reason: &str,
) -> Result<(), Problem> {
    let matter = open(conn, act, id)?;
    runs(act, &matter)?;
    still(conn, id, stay)?;
    let tier = matter.tier.and_then(Tier::of).ok_or_else(|| Problem::from(Refusal::NotInTier))?;
    if tier.above().is_none() {
        return Err(Refusal::NothingAbove.into());
    }
    let due_on = end_of(conn, &matter, tier)?.ok_or_else(|| Problem::from(Refusal::NotInTier))?;
    let held = store::hold_of(conn, stay)?.is_some();
    let days = calendar::working_days(conn)?;
    rules::hold(held, (due_on, act.now.today()), until, &days)?;
    let row = Hold {
        id: HoldId::new(act.now),
        matter_id: id,
        escalation_id: stay,
        until_on: until,
        reason: reason.to_owned(),
        by_id: act.by.person()?,
        at: act.now.utc(),
    };
    if !store::insert_hold(conn, &row)? {
        return Err(Refusal::HeldAlready.into());
    }
    let until = plain_date(until);
    note(conn, act, &matter, format!("暂缓升级到{until}（原期限{}）。理由：{reason}", plain_date(due_on)))?;
    audit::record(conn, act, "tier.held", Subject::Matter(id.0), &[("until", &until), ("reason", reason)])
}

/// A stay in a tier ends with it, whoever had its page open.
fn still(conn: &mut Conn, id: MatterId, stay: EscalationId) -> Result<(), Problem> {
    let now = store::group_of(conn, id)?.map(|group| group.escalation_id);
    if now == Some(stay) { Ok(()) } else { Err(Problem::Stale) }
}

/// Says that a matter can't be solved in its tier (化解不成), which raises it to the next. `stay`: the one that the page showed.
///
/// # Errors
///
/// `NotFound`; `Stale` where the matter isn't in that stay any more; `Refused` in the third tier, for who doesn't work on it, and where the court has no such rule in use.
pub fn give_up(
    conn: &mut Conn,
    act: &Act,
    (id, stay): (MatterId, EscalationId),
    why: &str,
) -> Result<EscalationId, Problem> {
    let (matter, _) = working(conn, act, id)?;
    still(conn, id, stay)?;
    let tier = matter.tier.and_then(Tier::of).ok_or_else(|| Problem::from(Refusal::NotInTier))?;
    let end = ending(conn, &matter, tier)?.ok_or(Problem::Stale)?;
    let cause = rules::failed(tier).ok_or_else(|| Problem::from(Refusal::NothingAbove))?;
    let all = rules_of(conn, act, &matter)?;
    let fact = Fact::Failed { tier, clock: end.id.0, why: why.to_owned() };
    let rule = all.iter().find(|rule| rule.cause == cause && rule.in_use);
    let rule = rule.ok_or_else(|| Problem::refused("本院没有启用这一条升级规则，请在期限内化解。"))?;
    let by = Raise { to: rule.tier, cause, key: fact.key(), rule: Some(rule), facts: fact.words() };
    raise(conn, act, &matter, &by)?.ok_or(Problem::Stale)
}
