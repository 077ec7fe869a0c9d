//! Which records stand for one person, and which are said not to.

use super::load;
use crate::db::Conn;
use crate::on_each_database;
use crate::people::{CourtId, StaffId};
use crate::petitioners::types::{Distinct, DistinctId, Merge, MergeId, PetitionerId};
use crate::schema::{petitioner_distinct, petitioner_merges, petitioners};
use chrono::NaiveDateTime;
use diesel::prelude::*;

/// The survivor of the group that `id` belongs to, and after it everybody merged into it.
///
/// # Errors
///
/// `NotFound`.
pub fn group_of(conn: &mut Conn, id: PetitionerId) -> QueryResult<Vec<PetitionerId>> {
    let survivor = load(conn, id)?.survivor();
    let mut group = vec![survivor];
    group.extend(merged_into(conn, survivor)?);
    Ok(group)
}

/// Everybody merged into `survivor`.
pub fn merged_into(conn: &mut Conn, survivor: PetitionerId) -> QueryResult<Vec<PetitionerId>> {
    petitioners::table
        .filter(petitioners::merged_into.eq(survivor))
        .order(petitioners::id)
        .select(petitioners::id)
        .load(conn)
}

/// Points `id` at `survivor`, or at nobody.
pub fn point(
    conn: &mut Conn,
    id: PetitionerId,
    survivor: Option<PetitionerId>,
    at: NaiveDateTime,
) -> QueryResult<()> {
    diesel::update(petitioners::table.find(id))
        .set((
            petitioners::merged_into.eq(survivor),
            petitioners::version.eq(petitioners::version + 1),
            petitioners::updated_at.eq(at),
        ))
        .execute(conn)?;
    Ok(())
}

pub fn insert_merge(conn: &mut Conn, merge: &Merge) -> QueryResult<()> {
    on_each_database!(conn, |c| diesel::insert_into(petitioner_merges::table).values(merge).execute(c))?;
    Ok(())
}

/// The rows of one merge, within the court.
pub fn merge_batch(conn: &mut Conn, court: CourtId, batch: MergeId) -> QueryResult<Vec<Merge>> {
    petitioner_merges::table
        .filter(petitioner_merges::batch_id.eq(batch).and(petitioner_merges::court_id.eq(court)))
        .order(petitioner_merges::id)
        .select(Merge::as_select())
        .load(conn)
}

/// Merges in and out of these petitioners, newest first, undone ones too.
///
/// # Errors
///
/// That the database cannot be read.
pub fn merges(conn: &mut Conn, ids: &[PetitionerId]) -> QueryResult<Vec<Merge>> {
    let either = petitioner_merges::petitioner_id
        .eq_any(ids.to_vec())
        .or(petitioner_merges::survivor_id.eq_any(ids.to_vec()));
    petitioner_merges::table
        .filter(either)
        .order(petitioner_merges::id.desc())
        .select(Merge::as_select())
        .load(conn)
}

pub fn undo_merges(
    conn: &mut Conn,
    batch: MergeId,
    at: NaiveDateTime,
    by: Option<StaffId>,
    reason: &str,
) -> QueryResult<usize> {
    let open = petitioner_merges::table
        .filter(petitioner_merges::batch_id.eq(batch).and(petitioner_merges::undone_at.is_null()));
    diesel::update(open)
        .set((
            petitioner_merges::undone_at.eq(Some(at)),
            petitioner_merges::undone_by.eq(by),
            petitioner_merges::undone_reason.eq(Some(reason)),
        ))
        .execute(conn)
}

/// Every "not the same person" in force that names one of `ids`.
///
/// # Errors
///
/// That the database cannot be read.
pub fn distinct_from(conn: &mut Conn, ids: &[PetitionerId]) -> QueryResult<Vec<Distinct>> {
    let either = petitioner_distinct::one_id
        .eq_any(ids.to_vec())
        .or(petitioner_distinct::other_id.eq_any(ids.to_vec()));
    petitioner_distinct::table
        .filter(petitioner_distinct::undone_at.is_null())
        .filter(either)
        .order(petitioner_distinct::id.desc())
        .select(Distinct::as_select())
        .load(conn)
}

/// One "not the same person" of the court.
pub fn find_distinct(conn: &mut Conn, court: CourtId, id: DistinctId) -> QueryResult<Distinct> {
    petitioner_distinct::table
        .filter(petitioner_distinct::id.eq(id).and(petitioner_distinct::court_id.eq(court)))
        .select(Distinct::as_select())
        .first(conn)
}

pub fn insert_distinct(conn: &mut Conn, distinct: &Distinct) -> QueryResult<()> {
    on_each_database!(conn, |c| diesel::insert_into(petitioner_distinct::table).values(distinct).execute(c))?;
    Ok(())
}

pub fn undo_distinct(
    conn: &mut Conn,
    id: DistinctId,
    at: NaiveDateTime,
    by: Option<StaffId>,
) -> QueryResult<bool> {
    let open = petitioner_distinct::table.find(id).filter(petitioner_distinct::undone_at.is_null());
    let changed = diesel::update(open)
        .set((petitioner_distinct::undone_at.eq(Some(at)), petitioner_distinct::undone_by.eq(by)))
        .execute(conn)?;
    Ok(changed == 1)
}
