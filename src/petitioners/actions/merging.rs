//! Two records of one person become one, and are parted again.

use super::distinct::said_distinct;
use super::reason;
use crate::audit::{self, Subject};
use crate::db::Conn;
use crate::error::Problem;
use crate::people::{Act, Permission};
use crate::petitioners::rules::{self};
use crate::petitioners::store;
use crate::petitioners::types::{Merge, MergeId, PetitionerId};

/// Merges `gone` into `survivor`: nothing is moved, `gone` and whoever was merged into it point at the survivor.
/// Returns the merge, for undoing it.
///
/// # Errors
///
/// `Refused` when the rules say so, or without a reason.
pub fn merge(
    conn: &mut Conn,
    act: &Act,
    gone: PetitionerId,
    survivor: PetitionerId,
    why: &str,
) -> Result<MergeId, Problem> {
    act.require(Permission::MergePetitioners)?;
    let why = reason(why)?;
    let scope = &act.by.scope;
    let (gone, survivor) = (store::find(conn, scope, gone)?, store::find(conn, scope, survivor)?);
    let said = said_distinct(conn, gone.id, survivor.id)?;
    rules::may_merge(&gone, &survivor, said.is_some())?;
    let batch = MergeId::new(act.now);
    let along = store::merged_into(conn, gone.id)?;
    for (moved, before) in
        std::iter::once((gone.id, None)).chain(along.into_iter().map(|id| (id, Some(gone.id))))
    {
        let row = Merge {
            id: if before.is_none() { batch } else { MergeId::new(act.now) },
            court_id: gone.court_id,
            batch_id: batch,
            petitioner_id: moved,
            survivor_id: survivor.id,
            before_id: before,
            reason: why.clone(),
            merged_at: act.now.utc(),
            merged_by: act.by.staff_id,
            undone_at: None,
            undone_by: None,
            undone_reason: None,
        };
        store::insert_merge(conn, &row)?;
        store::point(conn, moved, Some(survivor.id), act.now.utc())?;
    }
    let values = [("into", survivor.id.to_string()), ("reason", why)];
    let values = values.each_ref().map(|(field, value)| (*field, value.as_str()));
    audit::record(conn, act, "petitioner.merged", Subject::Petitioner(gone.id.0), &values)?;
    Ok(batch)
}

/// Undoes a merge: everything is as before it. Returns the record that stands for itself again.
///
/// # Errors
///
/// `Refused` when it was undone already, or one of the records was merged again since.
pub fn unmerge(conn: &mut Conn, act: &Act, batch: MergeId, why: &str) -> Result<PetitionerId, Problem> {
    act.require(Permission::MergePetitioners)?;
    let why = reason(why)?;
    let rows = store::merge_batch(conn, act.by.court()?, batch)?;
    if rows.is_empty() {
        return Err(Problem::NotFound);
    }
    let mut last = Vec::new();
    for row in &rows {
        let newest = store::merges(conn, &[row.petitioner_id])?
            .into_iter()
            .find(|other| other.petitioner_id == row.petitioner_id && other.undone_at.is_none());
        last.extend(newest.map(|newest| (newest.petitioner_id, newest.id)));
    }
    rules::may_unmerge(&rows, &last)?;
    for row in &rows {
        store::point(conn, row.petitioner_id, row.before_id, act.now.utc())?;
    }
    store::undo_merges(conn, batch, act.now.utc(), act.by.staff_id, &why)?;
    let row = rows.iter().find(|row| row.id == batch).ok_or(Problem::NotFound)?;
    let from = row.survivor_id.to_string();
    let values = [("from", from.as_str()), ("reason", &why)];
    audit::record(conn, act, "petitioner.unmerged", Subject::Petitioner(row.petitioner_id.0), &values)?;
    Ok(row.petitioner_id)
}
