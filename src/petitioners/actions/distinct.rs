//! Two records that are said not to be the same person.

use crate::audit::{self, Subject};
use crate::db::Conn;
use crate::error::Problem;
use crate::people::{Act, Permission};
use crate::petitioners::rules::{MergeRefusal, REASON};
use crate::petitioners::store;
use crate::petitioners::types::{Distinct, DistinctId, PetitionerId};
use crate::text::tidy;

pub(super) fn said_distinct(
    conn: &mut Conn,
    a: PetitionerId,
    b: PetitionerId,
) -> Result<Option<Distinct>, Problem> {
    let pair = (a.min(b), a.max(b));
    Ok(store::distinct_from(conn, &[a])?.into_iter().find(|said| (said.one_id, said.other_id) == pair))
}

/// Remembers that two records are not the same person; they are not proposed to one another again. Saying it twice
/// changes nothing.
///
/// # Errors
///
/// `Refused` for one and the same record, or two that are merged.
pub fn say_distinct(
    conn: &mut Conn,
    act: &Act,
    a: PetitionerId,
    b: PetitionerId,
    why: &str,
) -> Result<(), Problem> {
    act.require(Permission::EditPetitioner)?;
    let scope = &act.by.scope;
    let (one, other) = (store::find(conn, scope, a.min(b))?, store::find(conn, scope, a.max(b))?);
    if one.court_id != other.court_id {
        return Err(MergeRefusal::OtherCourt.into());
    }
    if one.survivor() == other.survivor() {
        return Err(Problem::refused("这两条记录是同一人。如果合并错了，请先撤销合并。"));
    }
    if said_distinct(conn, one.id, other.id)?.is_some() {
        return Ok(());
    }
    let why = tidy(why);
    let row = Distinct {
        id: DistinctId::new(act.now),
        court_id: one.court_id,
        one_id: one.id,
        other_id: other.id,
        reason: why.chars().take(*REASON.end()).collect(),
        said_at: act.now.utc(),
        said_by: act.by.staff_id,
        undone_at: None,
        undone_by: None,
    };
    store::insert_distinct(conn, &row)?;
    let other_id = other.id.to_string();
    let values = [("other", other_id.as_str()), ("reason", &row.reason)];
    audit::record(conn, act, "petitioner.said_distinct", Subject::Petitioner(one.id.0), &values)
}

/// Takes back a "not the same person". Returns one of the two.
///
/// # Errors
///
/// `Stale` when somebody has taken it back meanwhile.
pub fn unsay_distinct(conn: &mut Conn, act: &Act, id: DistinctId) -> Result<PetitionerId, Problem> {
    act.require(Permission::EditPetitioner)?;
    let said = store::find_distinct(conn, act.by.court()?, id)?;
    if !store::undo_distinct(conn, id, act.now.utc(), act.by.staff_id)? {
        return Err(Problem::Stale);
    }
    let other = said.other_id.to_string();
    let values = [("other", other.as_str())];
    audit::record(conn, act, "petitioner.unsaid_distinct", Subject::Petitioner(said.one_id.0), &values)?;
    Ok(said.one_id)
}
