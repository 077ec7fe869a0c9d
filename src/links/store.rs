//! Where links and merges are kept.

use super::types::{Link, LinkId, Merge, MergeId};
use crate::db::Conn;
use crate::deadlines::ClockId;
use crate::matters::MatterId;
use crate::on_each_database;
use crate::people::{Scope, StaffId};
use crate::schema::{matter_bars, matter_links, matter_merges, merge_bars, merge_clocks, replies};
use chrono::NaiveDateTime;
use diesel::prelude::*;
use std::collections::HashSet;

pub fn insert_link(conn: &mut Conn, link: &Link) -> QueryResult<()> {
    diesel::insert_into(matter_links::table).values(link.clone()).execute(conn).map(drop)
}

/// A link of the person's court that stands. The caller finds its matters by scope.
pub fn find_link(conn: &mut Conn, scope: &Scope, id: LinkId) -> QueryResult<Link> {
    let Some(court) = scope.court_id else { return Err(diesel::result::Error::NotFound) };
    matter_links::table
        .find(id)
        .filter(matter_links::court_id.eq(court).and(matter_links::undone_at.is_null()))
        .first(conn)
}

/// A matter's links that stand, either way, the oldest first. The caller has found the matter by scope.
pub fn links_of(conn: &mut Conn, matter: MatterId) -> QueryResult<Vec<Link>> {
    matter_links::table
        .filter(matter_links::later_id.eq(matter).or(matter_links::original_id.eq(matter)))
        .filter(matter_links::undone_at.is_null())
        .order(matter_links::id)
        .load(conn)
}

/// Every pair (later, original) on the way up from this matter.
pub fn pairs_above(conn: &mut Conn, from: MatterId) -> QueryResult<Vec<(MatterId, MatterId)>> {
    let (mut pairs, mut seen, mut level) = (Vec::new(), HashSet::from([from]), vec![from]);
    while !level.is_empty() {
        let found: Vec<(MatterId, MatterId)> = matter_links::table
            .filter(matter_links::later_id.eq_any(level).and(matter_links::undone_at.is_null()))
            .select((matter_links::later_id, matter_links::original_id))
            .load(conn)?;
        level = found.iter().map(|(_, original)| *original).filter(|one| seen.insert(*one)).collect();
        pairs.extend(found);
    }
    Ok(pairs)
}

/// Undoes a link that stands; says whether it stood.
pub fn undo_link(
    conn: &mut Conn,
    id: LinkId,
    (by, at): (StaffId, NaiveDateTime),
    reason: &str,
) -> QueryResult<bool> {
    let standing = matter_links::table.find(id).filter(matter_links::undone_at.is_null());
    let changed = diesel::update(standing)
        .set((
            matter_links::undone_at.eq(Some(at)),
            matter_links::undone_by.eq(Some(by)),
            matter_links::undone_reason.eq(Some(reason)),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

pub fn insert_merge(conn: &mut Conn, merge: &Merge, clocks: &[ClockId]) -> QueryResult<()> {
    diesel::insert_into(matter_merges::table).values(merge.clone()).execute(conn)?;
    for clock in clocks {
        diesel::insert_into(merge_clocks::table)
            .values((merge_clocks::merge_id.eq(merge.id), merge_clocks::clock_id.eq(*clock)))
            .execute(conn)?;
    }
    Ok(())
}

/// The merge by which this matter ended. The caller has found the matter by scope.
pub fn merge_of(conn: &mut Conn, merged: MatterId) -> QueryResult<Option<Merge>> {
    matter_merges::table
        .filter(matter_merges::merged_id.eq(merged).and(matter_merges::undone_at.is_null()))
        .first(conn)
        .optional()
}

/// The clocks that ran when the matter was merged.
pub fn clocks_of(conn: &mut Conn, merge: MergeId) -> QueryResult<Vec<ClockId>> {
    merge_clocks::table
        .filter(merge_clocks::merge_id.eq(merge))
        .order(merge_clocks::clock_id)
        .select(merge_clocks::clock_id)
        .load(conn)
}

/// Undoes a merge that stands, and takes out the reply that it wrote; says whether it stood.
pub fn undo_merge(
    conn: &mut Conn,
    merge: &Merge,
    (by, at): (StaffId, NaiveDateTime),
    reason: &str,
) -> QueryResult<bool> {
    let standing = matter_merges::table.find(merge.id).filter(matter_merges::undone_at.is_null());
    let changed = diesel::update(standing)
        .set((
            matter_merges::undone_at.eq(Some(at)),
            matter_merges::undone_by.eq(Some(by)),
            matter_merges::undone_reason.eq(Some(reason)),
        ))
        .execute(conn)?;
    diesel::delete(replies::table.find(merge.reply_id)).execute(conn)?;
    Ok(changed == 1)
}

/// Everything that is merged into this matter, directly or through another, without the matter itself; the merges that
/// stand, the nearest first.
pub fn merged_into(conn: &mut Conn, survivor: MatterId) -> QueryResult<Vec<Merge>> {
    let (mut all, mut seen, mut level) = (Vec::new(), HashSet::from([survivor]), vec![survivor]);
    while !level.is_empty() {
        let found: Vec<Merge> = matter_merges::table
            .filter(matter_merges::survivor_id.eq_any(level).and(matter_merges::undone_at.is_null()))
            .order(matter_merges::id)
            .load(conn)?;
        level = found.iter().map(|merge| merge.merged_id).filter(|one| seen.insert(*one)).collect();
        all.extend(found);
    }
    Ok(all)
}

/// Gives each of these matters, which are merged with one another, the bars of all of them, and takes from them what they
/// had only by a merge that is undone.
pub fn share_bars(conn: &mut Conn, group: &[MatterId]) -> QueryResult<()> {
    let all: Vec<(MatterId, StaffId)> = matter_bars::table
        .filter(matter_bars::matter_id.eq_any(group.to_vec()))
        .select((matter_bars::matter_id, matter_bars::staff_id))
        .load(conn)?;
    let shared: HashSet<(MatterId, StaffId)> = merge_bars::table
        .filter(merge_bars::matter_id.eq_any(group.to_vec()))
        .select((merge_bars::matter_id, merge_bars::staff_id))
        .load(conn)?
        .into_iter()
        .collect();
    let own: HashSet<(MatterId, StaffId)> = all.into_iter().filter(|bar| !shared.contains(bar)).collect();
    let everybody: HashSet<StaffId> = own.iter().map(|(_, staff)| *staff).collect();
    let wanted: HashSet<(MatterId, StaffId)> = group
        .iter()
        .flat_map(|matter| everybody.iter().map(|staff| (*matter, *staff)))
        .filter(|bar| !own.contains(bar))
        .collect();
    for (matter, staff) in shared.difference(&wanted) {
        diesel::delete(matter_bars::table.find((*matter, *staff))).execute(conn)?;
        diesel::delete(merge_bars::table.find((*matter, *staff))).execute(conn)?;
    }
    let new: Vec<_> = wanted.difference(&shared).copied().collect();
    let bars: Vec<_> = new
        .iter()
        .map(|(matter, staff)| (matter_bars::matter_id.eq(*matter), matter_bars::staff_id.eq(*staff)))
        .collect();
    let marks: Vec<_> = new
        .iter()
        .map(|(matter, staff)| (merge_bars::matter_id.eq(*matter), merge_bars::staff_id.eq(*staff)))
        .collect();
    if new.is_empty() {
        return Ok(());
    }
    let insert = diesel::insert_into(matter_bars::table).values(bars);
    on_each_database!(conn, |c| insert.execute(c))?;
    let insert = diesel::insert_into(merge_bars::table).values(marks);
    on_each_database!(conn, |c| insert.execute(c)).map(drop)
}
