//! Proposing a change of an entry, and putting it in force.

use super::forms::{CategoryChange, GuidanceChange};
use crate::audit::{self, Subject};
use crate::db::{Conn, next_id};
use crate::error::Problem;
use crate::matters::store;
use crate::people::Act;
use crate::proposals::actions::{self as proposals, New};
use crate::proposals::{ProposalId, ProposalKind};
use serde::Serialize;

fn propose(
    conn: &mut Conn,
    act: &Act,
    kind: ProposalKind,
    target: &str,
    change: &impl Serialize,
    reason: &str,
) -> Result<ProposalId, Problem> {
    let content = serde_json::to_string(change).map_err(Problem::internal)?;
    proposals::propose(conn, act, New { kind, target, court_id: None, content, reason })
}

/// Proposes to add or change a category (诉求类别).
///
/// # Errors
///
/// `Forbidden`; `Refused` for a parent that there isn't.
pub fn propose_category(
    conn: &mut Conn,
    act: &Act,
    change: &CategoryChange,
    reason: &str,
) -> Result<ProposalId, Problem> {
    if let Some(parent) = &change.parent_code {
        let parent = store::category(conn, parent)?;
        if parent.is_none_or(|parent| parent.parent_code.is_some()) {
            return Err(Problem::refused(
                "上级类别不存在，或者它本身就是二级类别。请从第一级类别里选择上级。",
            ));
        }
    }
    propose(conn, act, ProposalKind::Category, &change.code, change, reason)
}

/// Proposes to add or change a guidance reason (指引渠道).
///
/// # Errors
///
/// `Forbidden`.
pub fn propose_guidance(
    conn: &mut Conn,
    act: &Act,
    change: &GuidanceChange,
    reason: &str,
) -> Result<ProposalId, Problem> {
    propose(conn, act, ProposalKind::Guidance, &change.code, change, reason)
}

/// Puts a proposed change of a category or a guidance reason in force.
///
/// # Errors
///
/// As `proposals::let_through`.
pub fn accept(
    conn: &mut Conn,
    act: &Act,
    kind: ProposalKind,
    id: ProposalId,
    version: i64,
) -> Result<(), Problem> {
    let proposal = proposals::let_through(conn, act, kind, id, version)?;
    let wrong = |error| Problem::internal(format!("proposal {id}: {error}"));
    match kind {
        ProposalKind::Category => {
            let change: CategoryChange = serde_json::from_str(&proposal.content).map_err(wrong)?;
            store::save_category(conn, &change, next_id(act.now))?;
        }
        ProposalKind::Guidance => {
            let change: GuidanceChange = serde_json::from_str(&proposal.content).map_err(wrong)?;
            store::save_guidance_reason(conn, &change, next_id(act.now))?;
        }
        ProposalKind::Calendar
        | ProposalKind::Rule
        | ProposalKind::TierRule
        | ProposalKind::Questionnaire => {
            return Err(Problem::NotFound);
        }
    }
    let values = [("code", proposal.target.as_str())];
    audit::record(conn, act, "category.in_force", Subject::Category(id.0), &values)
}
