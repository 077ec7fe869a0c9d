//! The tiers' rule table: changed by one, put in force by another, with a look at what it would do to the matters of now.

use super::facts::{contact_fact, heard_fact};
use super::is_accepted;
use crate::audit::{self, Subject};
use crate::calendar;
use crate::db::Conn;
use crate::deadlines;
use crate::error::Problem;
use crate::escalation::change::RuleContent;
use crate::escalation::rules::{self, Fact};
use crate::escalation::store;
use crate::escalation::types::tier::CLOCKS;
use crate::escalation::types::{Cause, Tier, TierRule};
use crate::matters::{Matter, MatterId};
use crate::people::Act;
use crate::proposals::actions::{self as proposals, New};
use crate::proposals::{ProposalId, ProposalKind};

/// Proposes the court's own version of a rule (拟订).
///
/// # Errors
///
/// `Forbidden`; `Refused` for a day that has passed, and for a rule that would tell nobody.
pub fn propose_rule(
    conn: &mut Conn,
    act: &Act,
    content: &RuleContent,
    reason: &str,
) -> Result<ProposalId, Problem> {
    if content.effective_from < act.now.today() {
        return Err(Problem::refused("生效日期不能早于今天：已经升级的事项不因改规则而变。"));
    }
    if content.in_use && content.told.is_empty() {
        return Err(Problem::refused("启用的规则至少要通知一类人员，请勾选通知谁。"));
    }
    let tier = Tier::of(content.tier).ok_or_else(|| Problem::refused("请选择级别。"))?;
    if let Some(why) = rules::unsound(content.cause, tier, content.threshold) {
        return Err(Problem::refused(why));
    }
    let json = serde_json::to_string(content).map_err(Problem::internal)?;
    let new = New {
        kind: ProposalKind::TierRule,
        target: content.cause.code(),
        court_id: Some(act.by.court()?),
        content: json,
        reason,
    };
    proposals::propose(conn, act, new)
}

/// Puts a proposed rule in force (生效), today at the earliest. What has risen already stays where it is; a clock that runs
/// out, and a fact that becomes known, from then on are weighed by the new rule.
///
/// # Errors
///
/// As [`proposals::let_through`].
pub fn put_rule_in_force(conn: &mut Conn, act: &Act, id: ProposalId, version: i64) -> Result<Cause, Problem> {
    let proposal = proposals::let_through(conn, act, ProposalKind::TierRule, id, version)?;
    let content = RuleContent::read(&proposal)?;
    let (court, cause) = (act.by.court()?, content.cause);
    let mut from = content.effective_from.max(act.now.today());
    if let Some(current) = store::open_ended(conn, court, cause)? {
        from = from.max(current.effective_from.succ_opt().unwrap_or(from));
        let last = from.pred_opt().ok_or_else(|| Problem::internal("no day before the first"))?;
        if !store::end_rule(conn, &current, last)? {
            return Err(Problem::Stale);
        }
    }
    let rule = content.row(act.now, court, from);
    let words = rule.words();
    let id = rule.id;
    store::add_rules(conn, vec![rule])?;
    let from = from.to_string();
    let values = [("cause", cause.code()), ("words", words.as_str()), ("from", from.as_str())];
    audit::record(conn, act, "escalation.rule_in_force", Subject::Rule(id.0), &values)?;
    Ok(cause)
}

/// How many matters are weighed with one query.
const AT_ONCE: i64 = 500;
/// How many of those that would rise are named.
const NAMED: usize = 50;

/// What a rule would do to the open matters of a court if it held today.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WhatIf {
    /// Open matters that were weighed.
    pub weighed: usize,
    /// How many of them would rise by this rule.
    pub rising: usize,
    /// The first of those; the caller shows only what the person may see.
    pub named: Vec<MatterId>,
}

/// Weighs every open matter of the person's court by a rule that isn't in force yet; changes nothing.
///
/// # Errors
///
/// When the database is away.
pub fn what_if(conn: &mut Conn, act: &Act, content: &RuleContent) -> Result<WhatIf, Problem> {
    let court = act.by.court()?;
    let rule = content.clone().row(act.now, court, act.now.today());
    let mut found = WhatIf::default();
    let mut after = None;
    loop {
        let some = store::open_of_court(conn, court, after, AT_ONCE)?;
        let Some(last) = some.last() else { return Ok(found) };
        after = Some(last.id);
        found.weighed += some.len();
        for id in rising(conn, act, &rule, &some)? {
            found.rising += 1;
            if found.named.len() < NAMED {
                found.named.push(id);
            }
        }
    }
}

/// Those of these matters that would rise.
fn rising(conn: &mut Conn, act: &Act, rule: &TierRule, some: &[Matter]) -> Result<Vec<MatterId>, Problem> {
    let ids: Vec<MatterId> = some.iter().map(|matter| matter.id).collect();
    let heard = store::heard_of_all(conn, &ids)?;
    let contacts = store::contacts_of_all(conn, &ids)?;
    let clocks = deadlines::open_of_all(conn, &ids.iter().map(|id| id.0).collect::<Vec<_>>())?;
    let days = calendar::working_days(conn)?;
    let today = act.now.today();
    let one = std::slice::from_ref(rule);
    let mut rising = Vec::new();
    for matter in some {
        let from = matter.tier.and_then(Tier::of);
        let mut facts: Vec<Fact> =
            heard.iter().filter(|row| row.matter_id == matter.id).map(heard_fact).collect();
        facts.extend(contacts.iter().filter(|row| row.matter_id == matter.id).map(contact_fact));
        for clock in clocks.iter().filter(|clock| clock.matter_id == matter.id.0 && clock.due_on < today) {
            let late = i64::try_from(days.between(clock.due_on, today)).unwrap_or(i64::MAX);
            match from.filter(|tier| tier.clock() == clock.code) {
                Some(tier) if late > rule.grace_days => {
                    facts.push(Fact::RanOver { tier, clock: clock.id.0, due_on: clock.due_on });
                }
                None if !CLOCKS.contains(&clock.code) => {
                    let days = late - rule.grace_days;
                    facts.push(Fact::Late { clock: clock.id.0, due_on: clock.due_on, days });
                }
                Some(_) | None => {}
            }
        }
        if rules::choose(one, &facts, is_accepted(matter.stage), from).is_some() {
            rising.push(matter.id);
        }
    }
    Ok(rising)
}
