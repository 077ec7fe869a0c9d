//! Where archived files are kept.

use super::types::{Archive, ArchiveId, Item, Which};
use crate::db::{Conn, MultiBackend, next_id};
use crate::matters::store::visible;
use crate::matters::types::Stage;
use crate::matters::{Matter, MatterId};
use crate::on_each_database;
use crate::people::Scope;
use crate::schema::{archive_items, archives, matters};
use crate::time::Moment;
use chrono::NaiveDateTime;
use diesel::dsl::exists;
use diesel::prelude::*;

/// The archived file of a matter. The caller has found the matter by scope.
pub fn of_matter(conn: &mut Conn, matter: MatterId) -> QueryResult<Option<Archive>> {
    archives::table.filter(archives::matter_id.eq(matter)).first(conn).optional()
}

/// The archived files of these matters, which the caller has found by scope.
pub fn of_matters(conn: &mut Conn, matters: &[MatterId]) -> QueryResult<Vec<Archive>> {
    archives::table.filter(archives::matter_id.eq_any(matters.to_vec())).load(conn)
}

pub fn insert(conn: &mut Conn, archive: &Archive) -> QueryResult<()> {
    diesel::insert_into(archives::table).values(archive.clone()).execute(conn).map(drop)
}

/// Changes a file that is still at the version before; says whether it was.
pub fn change(conn: &mut Conn, archive: &Archive) -> QueryResult<bool> {
    let same = archives::table.find(archive.id).filter(archives::version.eq(archive.version - 1));
    let changed = diesel::update(same)
        .set((
            archives::retention.eq(archive.retention),
            archives::remark.eq(&archive.remark),
            archives::archived_by.eq(archive.archived_by),
            archives::archived_at.eq(archive.archived_at),
            archives::version.eq(archive.version),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// The index of a file, in its order.
pub fn items_of(conn: &mut Conn, archive: ArchiveId) -> QueryResult<Vec<Item>> {
    let rows: Vec<(String, i64)> = archive_items::table
        .filter(archive_items::archive_id.eq(archive))
        .order(archive_items::position)
        .select((archive_items::title, archive_items::pages))
        .load(conn)?;
    Ok(rows.into_iter().map(|(title, pages)| Item { title, pages }).collect())
}

/// Puts these papers in place of the index that was.
pub fn set_items(conn: &mut Conn, archive: ArchiveId, items: &[Item], now: Moment) -> QueryResult<()> {
    diesel::delete(archive_items::table.filter(archive_items::archive_id.eq(archive))).execute(conn)?;
    let rows: Vec<_> = (1_i64..)
        .zip(items)
        .map(|(position, item)| {
            (
                archive_items::id.eq(next_id(now)),
                archive_items::archive_id.eq(archive),
                archive_items::position.eq(position),
                archive_items::title.eq(item.title.clone()),
                archive_items::pages.eq(item.pages),
            )
        })
        .collect();
    let insert = diesel::insert_into(archive_items::table).values(rows);
    on_each_database!(conn, |c| insert.execute(c)).map(drop)
}

fn filtered<'a>(scope: &Scope, which: Which, until: NaiveDateTime) -> matters::BoxedQuery<'a, MultiBackend> {
    let seen = matters::table.filter(visible(scope)).into_boxed();
    // What was archived before the matter was opened again waits to be archived anew.
    let since = archives::archived_at.ge(matters::closed_at.assume_not_null());
    let filed = exists(archives::table.filter(archives::matter_id.eq(matters::id)).filter(since));
    match which {
        Which::Archived => seen
            .filter(matters::stage.eq(Stage::Closed))
            .filter(matters::to_archive_since.is_null())
            .filter(filed),
        Which::Waiting => seen.filter(matters::to_archive_since.is_not_null()),
        Which::Overdue => seen.filter(matters::to_archive_since.assume_not_null().lt(until)),
    }
}

/// How many closed matters that this person may see should have been archived by now, closed before `until`; counts no
/// further than `most`, the oldest first.
pub fn count_overdue(conn: &mut Conn, scope: &Scope, until: NaiveDateTime, most: i64) -> QueryResult<i64> {
    let query = filtered(scope, Which::Overdue, until).order(matters::to_archive_since);
    let ids: Vec<MatterId> = query.select(matters::id).limit(most).load(conn)?;
    Ok(i64::try_from(ids.len()).unwrap_or(most))
}

/// A page of closed matters that this person may see, the newest first; `until` is when those were closed at the latest
/// that should have been archived.
pub fn page(
    conn: &mut Conn,
    scope: &Scope,
    which: Which,
    until: NaiveDateTime,
    after: Option<MatterId>,
    limit: i64,
) -> QueryResult<Vec<Matter>> {
    let mut query = filtered(scope, which, until);
    if let Some(after) = after {
        query = query.filter(matters::id.lt(after));
    }
    query.order(matters::id.desc()).limit(limit).load(conn)
}
