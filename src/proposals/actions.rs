//! Proposing a change, taking it back, sending it back, and letting it through. The slice whose change it is writes it.

use super::store;
use super::types::{Proposal, ProposalId, ProposalKind, ProposalState};
use crate::audit::{self, Subject};
use crate::db::Conn;
use crate::error::Problem;
use crate::people::{Act, CourtId, Permission};

/// A change to be proposed.
#[derive(Clone, Debug)]
pub struct New<'a> {
    pub kind: ProposalKind,
    pub target: &'a str,
    pub court_id: Option<CourtId>,
    pub content: String,
    pub reason: &'a str,
}

/// What was proposed last for a target, and how it stands: what a form names that was opened on it.
///
/// # Errors
///
/// When the database is away.
pub fn standing(
    conn: &mut Conn,
    kind: ProposalKind,
    target: &str,
    court: Option<CourtId>,
) -> Result<String, Problem> {
    let newest = store::history(conn, kind, target, court)?.into_iter().next();
    Ok(newest.map_or_else(|| "0:0".to_owned(), |one| format!("{}:{}", one.id, one.version)))
}

/// That nobody has proposed or decided anything for a target since a form was opened on `seen`; an empty one names
/// nothing.
///
/// # Errors
///
/// `Stale` when somebody has.
pub fn check_seen(
    conn: &mut Conn,
    (kind, target, court): (ProposalKind, &str, Option<CourtId>),
    seen: &str,
) -> Result<(), Problem> {
    if seen.is_empty() || standing(conn, kind, target, court)? == seen { Ok(()) } else { Err(Problem::Stale) }
}

/// Proposes a change (拟订). An earlier one for the same target that still waits is withdrawn: only the newest counts.
///
/// # Errors
///
/// `Forbidden` for whoever may not propose.
pub fn propose(conn: &mut Conn, act: &Act, new: New<'_>) -> Result<ProposalId, Problem> {
    act.require(Permission::ProposeRules)?;
    let person = act.by.person()?;
    if let Some(earlier) = store::open_of(conn, new.kind, new.target, new.court_id)? {
        settle(conn, act, &earlier, ProposalState::Withdrawn, "已由新的改动取代。")?;
    }
    let id = ProposalId::new(act.now);
    let proposal = Proposal {
        id,
        court_id: new.court_id,
        kind: new.kind,
        target: new.target.to_owned(),
        content: new.content,
        reason: new.reason.to_owned(),
        state: ProposalState::Proposed,
        proposed_by: person,
        proposed_by_name: act.by.name.clone(),
        proposed_at: act.now.utc(),
        decided_by: None,
        decided_by_name: None,
        decided_at: None,
        decision_note: String::new(),
        version: 0,
    };
    store::insert(conn, &proposal)?;
    let values = [("kind", new.kind.code()), ("target", new.target), ("reason", new.reason)];
    audit::record(conn, act, "proposal.made", Subject::Setting(id.0), &values)?;
    Ok(id)
}

/// Takes a proposal back (撤回).
///
/// # Errors
///
/// `Forbidden` for whoever may not propose; `Stale` when it has been settled or changed since `version`.
pub fn withdraw(conn: &mut Conn, act: &Act, id: ProposalId, version: i64) -> Result<Proposal, Problem> {
    act.require(Permission::ProposeRules)?;
    let proposal = load(conn, act, id, version)?;
    settle(conn, act, &proposal, ProposalState::Withdrawn, "")?;
    Ok(proposal)
}

/// Sends a proposal back with a reason (退回).
///
/// # Errors
///
/// `Forbidden` for whoever may not put changes in force; `Stale` when it has been settled or changed since `version`.
pub fn reject(
    conn: &mut Conn,
    act: &Act,
    id: ProposalId,
    version: i64,
    note: &str,
) -> Result<Proposal, Problem> {
    act.require(Permission::PutRulesInForce)?;
    if note.trim().is_empty() {
        return Err(Problem::refused("请写明退回的理由，方便拟订人修改。"));
    }
    let proposal = load(conn, act, id, version)?;
    settle(conn, act, &proposal, ProposalState::Rejected, note)?;
    Ok(proposal)
}

/// Lets a proposal through (生效); the caller writes the change in the same transaction.
///
/// # Errors
///
/// `Forbidden` for whoever may not put changes in force; `Refused` for who proposed it; `Stale` when it has been settled
/// or changed since `version`.
pub fn let_through(
    conn: &mut Conn,
    act: &Act,
    kind: ProposalKind,
    id: ProposalId,
    version: i64,
) -> Result<Proposal, Problem> {
    act.require(Permission::PutRulesInForce)?;
    let proposal = load(conn, act, id, version)?;
    if proposal.kind != kind {
        return Err(Problem::NotFound);
    }
    if act.by.staff_id == Some(proposal.proposed_by) {
        return Err(Problem::refused("这项改动是您自己拟订的，须由另一位安全管理员确认生效。"));
    }
    settle(conn, act, &proposal, ProposalState::InForce, "")?;
    Ok(proposal)
}

fn load(conn: &mut Conn, act: &Act, id: ProposalId, version: i64) -> Result<Proposal, Problem> {
    let proposal = store::find(conn, id)?.ok_or(Problem::NotFound)?;
    if proposal.court_id.is_some() && proposal.court_id != act.by.court_id {
        return Err(Problem::NotFound);
    }
    if proposal.version != version { Err(Problem::Stale) } else { Ok(proposal) }
}

fn settle(
    conn: &mut Conn,
    act: &Act,
    proposal: &Proposal,
    state: ProposalState,
    note: &str,
) -> Result<(), Problem> {
    let by = (act.by.person()?, act.by.name.as_str());
    if !store::settle(conn, proposal, state, by, act.now, note)? {
        return Err(Problem::Stale);
    }
    let values = [("state", state.code()), ("target", proposal.target.as_str()), ("note", note)];
    audit::record(conn, act, "proposal.settled", Subject::Setting(proposal.id.0), &values)
}
