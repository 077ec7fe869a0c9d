//! Where proposals are kept.

use super::types::{Proposal, ProposalId, ProposalKind, ProposalState};
use crate::db::Conn;
use crate::people::{CourtId, StaffId};
use crate::schema::proposals;
use crate::time::Moment;
use diesel::prelude::*;

/// How many earlier proposals are told of one thing.
const HISTORY: i64 = 20;

pub(super) fn insert(conn: &mut Conn, new: &Proposal) -> QueryResult<()> {
    diesel::insert_into(proposals::table).values(new.clone()).execute(conn).map(drop)
}

pub(super) fn find(conn: &mut Conn, id: ProposalId) -> QueryResult<Option<Proposal>> {
    proposals::table.find(id).first(conn).optional()
}

/// What waits to be put in force for this target; `court` is `None` for what holds for the whole installation.
pub fn open_of(
    conn: &mut Conn,
    kind: ProposalKind,
    target: &str,
    court: Option<CourtId>,
) -> QueryResult<Option<Proposal>> {
    let rows = all_of(conn, kind, target, court, Some(ProposalState::Proposed))?;
    Ok(rows.into_iter().next())
}

/// The proposals for this target, the newest first, at most twenty.
pub fn history(
    conn: &mut Conn,
    kind: ProposalKind,
    target: &str,
    court: Option<CourtId>,
) -> QueryResult<Vec<Proposal>> {
    all_of(conn, kind, target, court, None)
}

/// The targets of this kind for which something waits, for one court or the whole installation.
pub fn open_targets(conn: &mut Conn, kind: ProposalKind, court: Option<CourtId>) -> QueryResult<Vec<String>> {
    let open = proposals::table
        .filter(proposals::kind.eq(kind).and(proposals::state.eq(ProposalState::Proposed)))
        .select(proposals::target);
    match court {
        Some(court) => open.filter(proposals::court_id.eq(court)).load(conn),
        None => open.filter(proposals::court_id.is_null()).load(conn),
    }
}

fn all_of(
    conn: &mut Conn,
    kind: ProposalKind,
    target: &str,
    court: Option<CourtId>,
    state: Option<ProposalState>,
) -> QueryResult<Vec<Proposal>> {
    let mut query = proposals::table
        .filter(proposals::kind.eq(kind))
        .filter(proposals::target.eq(target.to_owned()))
        .into_boxed();
    query = match court {
        Some(court) => query.filter(proposals::court_id.eq(court)),
        None => query.filter(proposals::court_id.is_null()),
    };
    if let Some(state) = state {
        query = query.filter(proposals::state.eq(state));
    }
    query.order(proposals::id.desc()).limit(HISTORY).load(conn)
}

/// Settles a proposal that still waits and is still at `version`; says whether it did.
pub(super) fn settle(
    conn: &mut Conn,
    proposal: &Proposal,
    state: ProposalState,
    by: (StaffId, &str),
    now: Moment,
    note: &str,
) -> QueryResult<bool> {
    let open = proposals::table
        .find(proposal.id)
        .filter(proposals::version.eq(proposal.version))
        .filter(proposals::state.eq(ProposalState::Proposed));
    let changed = diesel::update(open)
        .set((
            proposals::state.eq(state),
            proposals::decided_by.eq(by.0),
            proposals::decided_by_name.eq(by.1),
            proposals::decided_at.eq(now.utc()),
            proposals::decision_note.eq(note),
            proposals::version.eq(proposal.version + 1),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Everything proposed of a kind, the newest first, up to a hundred.
pub fn of_kind(conn: &mut Conn, kind: ProposalKind) -> QueryResult<Vec<Proposal>> {
    proposals::table.filter(proposals::kind.eq(kind)).order(proposals::id.desc()).limit(100).load(conn)
}
