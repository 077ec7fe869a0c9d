//! Where replies are kept while they are written, approved and served.

use super::types::{Content, Draft, DraftId, DraftState, Item, ItemRow, Service};
use crate::db::{Conn, next_id};
use crate::matters::{Matter, MatterId};
use crate::on_each_database;
use crate::people::{CourtId, StaffId};
use crate::schema::{reply_drafts, reply_items, reply_writers};
use crate::time::Moment;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use std::collections::{BTreeSet, HashMap};

/// The newest version of a matter's reply. The caller has found the matter by scope.
pub fn current(conn: &mut Conn, matter: &Matter) -> QueryResult<Option<Draft>> {
    current_of_job(conn, matter.id)
}

/// The newest version of a matter's reply, for the system.
pub fn current_of_job(conn: &mut Conn, matter: MatterId) -> QueryResult<Option<Draft>> {
    reply_drafts::table
        .filter(reply_drafts::matter_id.eq(matter))
        .order(reply_drafts::number.desc())
        .first(conn)
        .optional()
}

/// All versions, the newest first. The caller has found the matter by scope.
pub fn versions(conn: &mut Conn, matter: &Matter) -> QueryResult<Vec<Draft>> {
    reply_drafts::table
        .filter(reply_drafts::matter_id.eq(matter.id))
        .order(reply_drafts::number.desc())
        .load(conn)
}

/// Replies of a court that wait for approval, the oldest first. The caller keeps those of matters that the person may
/// see.
pub fn submitted(conn: &mut Conn, court: CourtId, limit: i64) -> QueryResult<Vec<Draft>> {
    reply_drafts::table
        .filter(reply_drafts::court_id.eq(court).and(reply_drafts::state.eq(DraftState::Submitted)))
        .order(reply_drafts::id)
        .limit(limit)
        .load(conn)
}

/// The answers to the claims, in their order.
pub fn items_of(conn: &mut Conn, draft: DraftId) -> QueryResult<Vec<Item>> {
    let rows: Vec<ItemRow> =
        reply_items::table.filter(reply_items::draft_id.eq(draft)).order(reply_items::position).load(conn)?;
    Ok(rows.into_iter().map(Item::from).collect())
}

/// Everybody who wrote in a version, or in those that it was made from.
pub fn writers_of(conn: &mut Conn, draft: DraftId) -> QueryResult<Vec<StaffId>> {
    reply_writers::table
        .filter(reply_writers::draft_id.eq(draft))
        .order(reply_writers::staff_id)
        .select(reply_writers::staff_id)
        .load(conn)
}

/// The same of several versions, by version.
pub fn writers_of_all(conn: &mut Conn, drafts: &[DraftId]) -> QueryResult<HashMap<DraftId, Vec<StaffId>>> {
    let rows: Vec<(DraftId, StaffId)> = reply_writers::table
        .filter(reply_writers::draft_id.eq_any(drafts.to_vec()))
        .order(reply_writers::staff_id)
        .select((reply_writers::draft_id, reply_writers::staff_id))
        .load(conn)?;
    let mut writers: HashMap<DraftId, Vec<StaffId>> = HashMap::new();
    for (draft, who) in rows {
        writers.entry(draft).or_default().push(who);
    }
    Ok(writers)
}

/// Notes that these people wrote in a version.
pub fn add_writers(conn: &mut Conn, draft: DraftId, who: &[StaffId]) -> QueryResult<()> {
    let known = writers_of(conn, draft)?;
    let new: BTreeSet<StaffId> = who.iter().copied().filter(|one| !known.contains(one)).collect();
    for one in new {
        diesel::insert_into(reply_writers::table)
            .values((reply_writers::draft_id.eq(draft), reply_writers::staff_id.eq(one)))
            .execute(conn)?;
    }
    Ok(())
}

pub fn insert(conn: &mut Conn, draft: &Draft, items: &[Item], now: Moment) -> QueryResult<()> {
    diesel::insert_into(reply_drafts::table).values(draft.clone()).execute(conn)?;
    insert_items(conn, draft.id, items, now)
}

fn insert_items(conn: &mut Conn, draft_id: DraftId, items: &[Item], now: Moment) -> QueryResult<()> {
    if items.is_empty() {
        return Ok(());
    }
    let rows: Vec<ItemRow> = (0_i64..)
        .zip(items)
        .map(|(position, item)| ItemRow {
            id: next_id(now),
            draft_id,
            position,
            claim: item.claim.clone(),
            facts: item.facts.clone(),
            basis: item.basis.clone(),
            outcome: item.outcome,
            opinion: item.opinion.clone(),
        })
        .collect();
    let insert = diesel::insert_into(reply_items::table).values(rows);
    on_each_database!(conn, |c| insert.execute(c)).map(drop)
}

/// Writes a version anew that is still being drafted and at `before`; says whether it was. `to` says at which version
/// it is then, on which pages may go on, and who holds it.
pub fn rewrite(
    conn: &mut Conn,
    before: i64,
    to: &Draft,
    content: &Content,
    now: Moment,
) -> QueryResult<bool> {
    let id = to.id;
    let open = reply_drafts::table
        .find(id)
        .filter(reply_drafts::version.eq(before).and(reply_drafts::state.eq(DraftState::Drafted)));
    let changed = diesel::update(open)
        .set((
            reply_drafts::receipt.eq(&content.receipt),
            reply_drafts::remedy.eq(content.remedy),
            reply_drafts::remedy_text.eq(&content.remedy_text),
            reply_drafts::version.eq(to.version),
            reply_drafts::base_version.eq(to.base_version),
            reply_drafts::holder_id.eq(to.holder_id),
        ))
        .execute(conn)?;
    if changed == 0 {
        return Ok(false);
    }
    diesel::delete(reply_items::table.filter(reply_items::draft_id.eq(id))).execute(conn)?;
    insert_items(conn, id, &content.items, now)?;
    Ok(true)
}

/// Sends a drafted version to be approved, by `approver` where one person is asked; says whether it was still drafted.
pub fn submit(
    conn: &mut Conn,
    id: DraftId,
    (by, at): (StaffId, NaiveDateTime),
    approver: Option<StaffId>,
) -> QueryResult<bool> {
    let open = reply_drafts::table.find(id).filter(reply_drafts::state.eq(DraftState::Drafted));
    let changed = diesel::update(open)
        .set((
            reply_drafts::state.eq(DraftState::Submitted),
            reply_drafts::submitted_by.eq(Some(by)),
            reply_drafts::submitted_at.eq(Some(at)),
            reply_drafts::approver_id.eq(approver),
            reply_drafts::version.eq(reply_drafts::version + 1),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Approves or returns a submitted version that is still at `version`; says whether it was.
pub fn decide(
    conn: &mut Conn,
    (id, version): (DraftId, i64),
    state: DraftState,
    (by, at): (StaffId, NaiveDateTime),
    reason: &str,
) -> QueryResult<bool> {
    let waiting = reply_drafts::table
        .find(id)
        .filter(reply_drafts::version.eq(version).and(reply_drafts::state.eq(DraftState::Submitted)));
    let changed = diesel::update(waiting)
        .set((
            reply_drafts::state.eq(state),
            reply_drafts::decided_by.eq(Some(by)),
            reply_drafts::decided_at.eq(Some(at)),
            reply_drafts::reason.eq(reason),
            reply_drafts::version.eq(version + 1),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Takes a version off that has not been served; says whether there was one at `version`.
pub fn recall(conn: &mut Conn, id: DraftId, version: i64) -> QueryResult<bool> {
    let unserved = reply_drafts::table
        .find(id)
        .filter(reply_drafts::version.eq(version).and(reply_drafts::state.ne(DraftState::Served)));
    let changed = diesel::update(unserved)
        .set((reply_drafts::state.eq(DraftState::Recalled), reply_drafts::version.eq(version + 1)))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Notes that an approved version that is still at `version` was served; says whether it was.
pub fn serve(
    conn: &mut Conn,
    (id, version): (DraftId, i64),
    by: StaffId,
    service: &Service,
) -> QueryResult<bool> {
    let approved = reply_drafts::table
        .find(id)
        .filter(reply_drafts::version.eq(version).and(reply_drafts::state.eq(DraftState::Approved)));
    let changed = diesel::update(approved)
        .set((
            reply_drafts::state.eq(DraftState::Served),
            reply_drafts::manner.eq(Some(service.manner)),
            reply_drafts::tracking.eq(&service.tracking),
            reply_drafts::recipient.eq(&service.recipient),
            reply_drafts::proof.eq(&service.proof),
            reply_drafts::served_by.eq(Some(by)),
            reply_drafts::served_on.eq(Some(service.served_on)),
            reply_drafts::received_on.eq(service.received_on),
            reply_drafts::version.eq(version + 1),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Notes when a served version that is still at `version` was received; says whether it was.
pub fn receive(conn: &mut Conn, (id, version): (DraftId, i64), on: NaiveDate) -> QueryResult<bool> {
    let served = reply_drafts::table
        .find(id)
        .filter(reply_drafts::version.eq(version).and(reply_drafts::state.eq(DraftState::Served)));
    let changed = diesel::update(served)
        .set((reply_drafts::received_on.eq(Some(on)), reply_drafts::version.eq(version + 1)))
        .execute(conn)?;
    Ok(changed == 1)
}
