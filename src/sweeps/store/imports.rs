//! Lists that are brought in, and the batches that they still have to write.

use crate::db::Conn;
use crate::on_each_database;
use crate::people::CourtId;
use crate::schema::{sweep_import_batches, sweep_imports};
use crate::sweeps::imports::{Batch, Import, ImportId, ImportState};
use crate::sweeps::types::SweepId;
use chrono::NaiveDateTime;
use diesel::prelude::*;

/// Adds a run, unless the same file has been brought to this sheet. Says whether it was added.
pub fn insert_import(conn: &mut Conn, import: &Import) -> QueryResult<bool> {
    let insert = diesel::insert_into(sweep_imports::table).values(import.clone()).on_conflict_do_nothing();
    on_each_database!(conn, |c| insert.execute(c)).map(|added| added == 1)
}

pub fn insert_batch(conn: &mut Conn, batch: &Batch) -> QueryResult<()> {
    diesel::insert_into(sweep_import_batches::table).values(batch.clone()).execute(conn).map(drop)
}

/// A run of any court; for the worker.
pub fn load_import(conn: &mut Conn, id: ImportId) -> QueryResult<Import> {
    sweep_imports::table.find(id).first(conn)
}

/// A run of this court.
pub fn import_of(conn: &mut Conn, court: CourtId, id: ImportId) -> QueryResult<Import> {
    sweep_imports::table.find(id).filter(sweep_imports::court_id.eq(court)).first(conn)
}

/// The run that brought this very file to a sheet.
pub fn import_of_digest(conn: &mut Conn, sweep: SweepId, digest: &str) -> QueryResult<Option<Import>> {
    sweep_imports::table
        .filter(sweep_imports::sweep_id.eq(sweep).and(sweep_imports::digest.eq(digest.to_owned())))
        .first(conn)
        .optional()
}

/// A sheet's runs, the newest first.
pub fn imports_of(conn: &mut Conn, sweep: SweepId) -> QueryResult<Vec<Import>> {
    sweep_imports::table
        .filter(sweep_imports::sweep_id.eq(sweep))
        .order(sweep_imports::id.desc())
        .limit(20)
        .load(conn)
}

/// The oldest run that has something to write.
pub fn running_import(conn: &mut Conn) -> QueryResult<Option<ImportId>> {
    sweep_imports::table
        .filter(sweep_imports::state.eq(ImportState::Running))
        .order(sweep_imports::id)
        .select(sweep_imports::id)
        .first(conn)
        .optional()
}

pub fn save_import(conn: &mut Conn, import: &Import) -> QueryResult<()> {
    diesel::update(sweep_imports::table.find(import.id)).set(import.clone()).execute(conn).map(drop)
}

/// The batch that is next.
pub fn next_batch(conn: &mut Conn, id: ImportId) -> QueryResult<Option<Batch>> {
    sweep_import_batches::table
        .filter(sweep_import_batches::import_id.eq(id))
        .order(sweep_import_batches::position)
        .first(conn)
        .optional()
}

/// Takes a batch away; says whether it was still there.
pub fn delete_batch(conn: &mut Conn, batch: i64) -> QueryResult<bool> {
    diesel::delete(sweep_import_batches::table.find(batch)).execute(conn).map(|gone| gone == 1)
}

/// Takes away the reports of runs that ended before this moment, and what such runs never wrote; returns how many.
pub fn forget_reports(conn: &mut Conn, before: NaiveDateTime) -> QueryResult<usize> {
    let ended = sweep_imports::table
        .filter(sweep_imports::ended_at.is_not_null())
        .filter(sweep_imports::ended_at.assume_not_null().lt(before))
        .select(sweep_imports::id)
        .load::<ImportId>(conn)?;
    let batches = sweep_import_batches::table.filter(sweep_import_batches::import_id.eq_any(ended.clone()));
    diesel::delete(batches).execute(conn)?;
    diesel::update(sweep_imports::table)
        .filter(sweep_imports::id.eq_any(ended).and(sweep_imports::report.is_not_null()))
        .set(sweep_imports::report.eq(None::<String>))
        .execute(conn)
}
