//! What somebody holds, and the lists of what was handed over.

use super::types::{Handover, HandoverId, Held, Holding, Item};
use crate::db::Conn;
use crate::matters::types::{HandPart, Stage};
use crate::matters::{Matter, MatterId};
use crate::on_each_database;
use crate::people::{Scope, StaffId};
use crate::referrals::types::ReferralState;
use crate::schema::{handover_items, handovers, hands, matters, referrals};
use diesel::prelude::*;

/// The open hands of a part that may be held.
fn holding_of(part: HandPart) -> Option<Holding> {
    match part {
        HandPart::Handler => Some(Holding::Handler),
        HandPart::Helper => Some(Holding::Helper),
        HandPart::Addressee => Some(Holding::Addressee),
        HandPart::Division | HandPart::CaseJudge => None,
    }
}

/// Everything that this person holds of open matters.
pub fn held(conn: &mut Conn, who: StaffId) -> QueryResult<Vec<Held>> {
    let answerable: Vec<Matter> = matters::table
        .filter(matters::accountable_id.eq(who).and(matters::stage.ne(Stage::Closed)))
        .order((matters::next_due_on, matters::id))
        .load(conn)?;
    let mut all: Vec<Held> =
        answerable.into_iter().map(|matter| Held { holding: Holding::Accountable, matter }).collect();
    let parts: Vec<(HandPart, MatterId)> = hands::table
        .filter(hands::staff_id.eq(who).and(hands::until.is_null()))
        .order(hands::id)
        .select((hands::part, hands::matter_id))
        .load(conn)?;
    let sent: Vec<MatterId> = referrals::table
        .filter(referrals::sender_id.eq(who).and(referrals::state.eq(ReferralState::Pending)))
        .order(referrals::id)
        .select(referrals::matter_id)
        .load(conn)?;
    let parts = parts.into_iter().filter_map(|(part, id)| Some((holding_of(part)?, id)));
    let parts: Vec<_> = parts.chain(sent.into_iter().map(|id| (Holding::Sender, id))).collect();
    let ids: Vec<MatterId> = parts.iter().map(|(_, id)| *id).collect();
    let open: Vec<Matter> =
        matters::table.filter(matters::id.eq_any(ids).and(matters::stage.ne(Stage::Closed))).load(conn)?;
    for (holding, id) in parts {
        if let Some(matter) = open.iter().find(|matter| matter.id == id) {
            all.push(Held { holding, matter: matter.clone() });
        }
    }
    Ok(all)
}

/// Whether this person holds anything of an open matter.
pub fn holds_anything(conn: &mut Conn, who: StaffId) -> QueryResult<i64> {
    Ok(i64::try_from(held(conn, who)?.len()).unwrap_or(i64::MAX))
}

/// Makes `to` answer for a matter.
pub fn set_accountable(conn: &mut Conn, matter: MatterId, to: StaffId) -> QueryResult<usize> {
    diesel::update(matters::table.find(matter))
        .set((matters::accountable_id.eq(to), matters::version.eq(matters::version + 1)))
        .execute(conn)
}

/// Makes `to` the addressee, or the sender, of the matter's pending referral.
pub fn set_referral(conn: &mut Conn, matter: MatterId, holding: Holding, to: StaffId) -> QueryResult<usize> {
    let pending = referrals::table
        .filter(referrals::matter_id.eq(matter).and(referrals::state.eq(ReferralState::Pending)));
    if holding == Holding::Sender {
        diesel::update(pending).set(referrals::sender_id.eq(to)).execute(conn)
    } else {
        diesel::update(pending).set(referrals::staff_id.eq(Some(to))).execute(conn)
    }
}

pub fn insert(conn: &mut Conn, handover: &Handover, items: &[Item]) -> QueryResult<()> {
    diesel::insert_into(handovers::table).values(handover.clone()).execute(conn)?;
    for some in items.chunks(500) {
        let insert = diesel::insert_into(handover_items::table).values(some.to_vec());
        on_each_database!(conn, |c| insert.execute(c))?;
    }
    Ok(())
}

/// One handover of the person's court.
pub fn find(conn: &mut Conn, scope: &Scope, id: HandoverId) -> QueryResult<Handover> {
    let mut query = handovers::table.filter(handovers::id.eq(id)).into_boxed();
    if let Some(court) = scope.court_id {
        query = query.filter(handovers::court_id.eq(court));
    }
    query.first(conn)
}

/// The lines of a handover, in their order.
pub fn items(conn: &mut Conn, id: HandoverId) -> QueryResult<Vec<Item>> {
    handover_items::table.filter(handover_items::handover_id.eq(id)).order(handover_items::id).load(conn)
}
