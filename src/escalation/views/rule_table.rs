//! The rule table as its pages show it.

use crate::db::Conn;
use crate::error::Problem;
use crate::escalation::actions::{WhatIf, what_if};
use crate::escalation::change::RuleContent;
use crate::escalation::rules;
use crate::escalation::store;
use crate::escalation::types::{Cause, TierRule};
use crate::matters::{self, Matter};
use crate::people::{self, Act, Permission};
use crate::proposals::{Proposal, ProposalKind, ProposalState, history, open_targets};

/// One rule, and what waits to change it.
#[derive(Clone, Debug)]
pub struct RuleView {
    pub rule: TierRule,
    pub waiting: Option<(Proposal, RuleContent)>,
    pub history: Vec<Proposal>,
    /// What the waiting change would do.
    pub what_if: Option<WhatIf>,
    /// Of the matters that would rise, those that this person may see.
    pub named: Vec<Matter>,
    pub may_accept: bool,
    pub may_propose: bool,
}

/// Each rule that holds for the person's court today, and the causes for which a change waits.
///
/// # Errors
///
/// When the database is away.
pub fn table(conn: &mut Conn, act: &Act) -> Result<(Vec<TierRule>, Vec<Cause>), Problem> {
    let court = people::court(conn, act.by.court()?)?;
    let rows = store::rule_rows(conn, court.id)?;
    let waiting = open_targets(conn, ProposalKind::TierRule, Some(court.id))?;
    let waiting = waiting.iter().filter_map(|code| Cause::from_code(code)).collect();
    Ok((rules::in_force(&rows, court.id, court.tier_preset, act.now.today()), waiting))
}

/// One rule as it holds today.
///
/// # Errors
///
/// `NotFound` where there is none.
pub fn rule_of(conn: &mut Conn, act: &Act, cause: Cause) -> Result<TierRule, Problem> {
    let (all, _) = table(conn, act)?;
    all.into_iter().find(|rule| rule.cause == cause).ok_or(Problem::NotFound)
}

/// One rule with what waits, and what that would do to the open matters.
///
/// # Errors
///
/// `NotFound` where there is no such rule.
pub fn rule(conn: &mut Conn, act: &Act, cause: Cause) -> Result<RuleView, Problem> {
    let rule = rule_of(conn, act, cause)?;
    let history = history(conn, ProposalKind::TierRule, cause.code(), act.by.court_id)?;
    let open = history.iter().find(|one| one.state == ProposalState::Proposed).cloned();
    let waiting = match open {
        Some(proposal) => Some((RuleContent::read(&proposal)?, proposal)),
        None => None,
    };
    let what_if = match &waiting {
        Some((content, _)) => Some(what_if(conn, act, content)?),
        None => None,
    };
    let named = match &what_if {
        Some(found) => matters::find_all(conn, &act.by.scope, &found.named)?,
        None => Vec::new(),
    };
    let mine = |one: &Proposal| act.by.staff_id == Some(one.proposed_by);
    Ok(RuleView {
        may_accept: act.by.may(Permission::PutRulesInForce)
            && waiting.as_ref().is_none_or(|(_, proposal)| !mine(proposal)),
        may_propose: act.by.may(Permission::ProposeRules),
        waiting: waiting.map(|(content, proposal)| (proposal, content)),
        rule,
        history,
        what_if,
        named,
    })
}
