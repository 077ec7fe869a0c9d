//! Runs and the batches that they still have to write.

use super::types::{Batch, Import, ImportId, ImportState};
use crate::db::Conn;
use crate::people::CourtId;
use crate::schema::{import_batches, imports};
use chrono::NaiveDateTime;
use diesel::prelude::*;

pub fn insert(conn: &mut Conn, import: &Import) -> QueryResult<()> {
    diesel::insert_into(imports::table).values(import).execute(conn).map(drop)
}

pub fn insert_batch(conn: &mut Conn, batch: &Batch) -> QueryResult<()> {
    diesel::insert_into(import_batches::table).values(batch).execute(conn).map(drop)
}

pub fn load(conn: &mut Conn, id: ImportId) -> QueryResult<Import> {
    imports::table.find(id).select(Import::as_select()).first(conn)
}

/// One of this court's runs.
pub fn find(conn: &mut Conn, court: CourtId, id: ImportId) -> QueryResult<Import> {
    imports::table.find(id).filter(imports::court_id.eq(court)).select(Import::as_select()).first(conn)
}

/// This court's runs, the latest first.
pub fn latest(conn: &mut Conn, court: CourtId, limit: i64) -> QueryResult<Vec<Import>> {
    imports::table
        .filter(imports::court_id.eq(court))
        .order(imports::id.desc())
        .limit(limit)
        .select(Import::as_select())
        .load(conn)
}

/// The oldest run that has something to write.
pub fn running(conn: &mut Conn) -> QueryResult<Option<ImportId>> {
    imports::table
        .filter(imports::state.eq(ImportState::Running))
        .order(imports::id)
        .select(imports::id)
        .first(conn)
        .optional()
}

pub fn save(conn: &mut Conn, import: &Import) -> QueryResult<()> {
    diesel::update(imports::table.find(import.id)).set(import).execute(conn).map(drop)
}

/// The batch that is next.
pub fn next_batch(conn: &mut Conn, id: ImportId) -> QueryResult<Option<Batch>> {
    import_batches::table
        .filter(import_batches::import_id.eq(id))
        .order(import_batches::position)
        .first(conn)
        .optional()
}

/// Takes a batch away; says whether it was still there.
pub fn delete_batch(conn: &mut Conn, batch: i64) -> QueryResult<bool> {
    diesel::delete(import_batches::table.find(batch)).execute(conn).map(|gone| gone == 1)
}

/// Takes away all that a run has not written.
pub fn delete_batches(conn: &mut Conn, id: ImportId) -> QueryResult<usize> {
    diesel::delete(import_batches::table.filter(import_batches::import_id.eq(id))).execute(conn)
}

/// Takes away the reports of runs that ended before `before`; returns how many.
pub fn forget_reports(conn: &mut Conn, before: NaiveDateTime) -> QueryResult<usize> {
    diesel::update(imports::table.filter(imports::ended_at.lt(before).and(imports::report.is_not_null())))
        .set(imports::report.eq(None::<String>))
        .execute(conn)
}
