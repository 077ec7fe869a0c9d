//! Where bulk referrals are kept.

use super::types::{Batch, BatchId, BatchItem};
use crate::db::Conn;
use crate::matters::MatterId;
use crate::people::StaffId;
use crate::schema::{referral_batch_items, referral_batches};
use diesel::prelude::*;

/// The bulk referral that this person's form of this key made, if it has.
pub fn of_key(conn: &mut Conn, who: StaffId, key: &str) -> QueryResult<Option<Batch>> {
    referral_batches::table
        .filter(referral_batches::staff_id.eq(who).and(referral_batches::submission_key.eq(key)))
        .first(conn)
        .optional()
}

/// One bulk referral, for whoever sent it.
pub fn find(conn: &mut Conn, who: StaffId, id: BatchId) -> QueryResult<Batch> {
    referral_batches::table.find(id).filter(referral_batches::staff_id.eq(who)).first(conn)
}

pub fn insert(conn: &mut Conn, batch: &Batch) -> QueryResult<()> {
    diesel::insert_into(referral_batches::table).values(batch.clone()).execute(conn).map(drop)
}

/// Whether it is already known what became of this matter.
pub fn is_settled(conn: &mut Conn, batch: BatchId, matter: MatterId) -> QueryResult<bool> {
    let item = referral_batch_items::table
        .filter(referral_batch_items::batch_id.eq(batch).and(referral_batch_items::matter_id.eq(matter)));
    diesel::select(diesel::dsl::exists(item)).get_result(conn)
}

pub fn insert_item(conn: &mut Conn, item: &BatchItem) -> QueryResult<()> {
    diesel::insert_into(referral_batch_items::table).values(item.clone()).execute(conn).map(drop)
}

/// What became of each, in the order in which they were sent.
pub fn items(conn: &mut Conn, batch: BatchId) -> QueryResult<Vec<BatchItem>> {
    referral_batch_items::table
        .filter(referral_batch_items::batch_id.eq(batch))
        .order(referral_batch_items::id)
        .load(conn)
}
