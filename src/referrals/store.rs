//! Where referrals are kept.

use super::types::{Referral, ReferralId, ReferralState};
use crate::db::Conn;
use crate::matters::MatterId;
use crate::people::{CourtId, StaffId};
use crate::schema::referrals;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

pub fn insert(conn: &mut Conn, referral: &Referral) -> QueryResult<()> {
    diesel::insert_into(referrals::table).values(referral.clone()).execute(conn).map(drop)
}

/// The referral of a matter that waits for its answer. The caller has found the matter by scope.
pub fn pending(conn: &mut Conn, matter: MatterId) -> QueryResult<Option<Referral>> {
    referrals::table
        .filter(referrals::matter_id.eq(matter).and(referrals::state.eq(ReferralState::Pending)))
        .first(conn)
        .optional()
}

/// A matter's referrals, the newest first. The caller has found the matter by scope.
pub fn of_matter(conn: &mut Conn, matter: MatterId) -> QueryResult<Vec<Referral>> {
    referrals::table.filter(referrals::matter_id.eq(matter)).order(referrals::number.desc()).load(conn)
}

/// How many referrals a matter has had.
pub fn count(conn: &mut Conn, matter: MatterId) -> QueryResult<i64> {
    referrals::table.filter(referrals::matter_id.eq(matter)).count().get_result(conn)
}

/// Answers a referral that waits; says whether it did.
pub fn answer(
    conn: &mut Conn,
    id: ReferralId,
    state: ReferralState,
    by: StaffId,
    at: NaiveDateTime,
    text: &str,
) -> QueryResult<bool> {
    let waiting = referrals::table.find(id).filter(referrals::state.eq(ReferralState::Pending));
    let changed = diesel::update(waiting)
        .set((
            referrals::state.eq(state),
            referrals::answered_by.eq(Some(by)),
            referrals::answered_at.eq(Some(at)),
            referrals::answer.eq(text),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Referrals of a court that should have been answered before `today`, of which nobody has been told.
pub fn silent(conn: &mut Conn, court: CourtId, today: NaiveDate, limit: i64) -> QueryResult<Vec<Referral>> {
    referrals::table
        .filter(referrals::court_id.eq(court).and(referrals::state.eq(ReferralState::Pending)))
        .filter(referrals::due_on.lt(today).and(referrals::alarmed_at.is_null()))
        .order((referrals::due_on, referrals::id))
        .limit(limit)
        .load(conn)
}

/// Marks that the office has been told of a silent referral; says whether this was the first to say so.
pub fn mark_alarmed(conn: &mut Conn, id: ReferralId, at: NaiveDateTime) -> QueryResult<bool> {
    let quiet = referrals::table.find(id).filter(referrals::alarmed_at.is_null());
    Ok(diesel::update(quiet).set(referrals::alarmed_at.eq(Some(at))).execute(conn)? == 1)
}
