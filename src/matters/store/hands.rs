//! Who has a hand in a matter.

use crate::db::Conn;
use crate::matters::types::{Hand, HandPart, Matter, MatterId, Stage};
use crate::people::{CourtId, StaffId};
use crate::schema::{hands, matters};
use chrono::NaiveDate;
use diesel::dsl::count_star;
use diesel::prelude::*;
use std::collections::HashMap;

pub fn insert_hand(conn: &mut Conn, hand: &Hand) -> QueryResult<()> {
    diesel::insert_into(hands::table).values(hand.clone()).execute(conn).map(drop)
}

/// The hands in a matter that have not ended, the oldest first.
pub fn hands_of(conn: &mut Conn, matter: &Matter) -> QueryResult<Vec<Hand>> {
    hands::table
        .filter(hands::matter_id.eq(matter.id).and(hands::until.is_null()))
        .order(hands::id)
        .load(conn)
}

/// The hands in these matters that have not ended. The caller has found the matters by scope.
pub fn hands_of_all(conn: &mut Conn, ids: &[MatterId]) -> QueryResult<Vec<Hand>> {
    hands::table
        .filter(hands::matter_id.eq_any(ids.to_vec()).and(hands::until.is_null()))
        .order(hands::id)
        .load(conn)
}

/// Ends the hands of this part in a matter; only this person's, where one is named.
pub fn end_hands(
    conn: &mut Conn,
    matter: MatterId,
    part: HandPart,
    whose: Option<StaffId>,
    on: NaiveDate,
) -> QueryResult<usize> {
    let open = hands::table
        .filter(hands::matter_id.eq(matter))
        .filter(hands::part.eq(part).and(hands::until.is_null()));
    let set = hands::until.eq(Some(on));
    match whose {
        Some(who) => diesel::update(open.filter(hands::staff_id.eq(who))).set(set).execute(conn),
        None => diesel::update(open).set(set).execute(conn),
    }
}

/// What each person of a court answers for: open matters, and those of them past their date; without complaints about
/// whoever looks.
pub fn loads(
    conn: &mut Conn,
    (court, looking): (CourtId, Option<StaffId>),
    today: NaiveDate,
) -> QueryResult<HashMap<StaffId, (i64, i64)>> {
    let barred = match looking {
        Some(looking) => super::complaints_about(conn, looking)?,
        None => Vec::new(),
    };
    let open = || {
        matters::table
            .filter(matters::court_id.eq(court).and(matters::stage.ne(Stage::Closed)))
            .filter(matters::id.ne_all(barred.clone()))
    };
    let late = matters::next_due_on.assume_not_null().lt(today);
    let all: Vec<(StaffId, i64)> = open()
        .group_by(matters::accountable_id)
        .select((matters::accountable_id, count_star()))
        .load(conn)?;
    let overdue: Vec<(StaffId, i64)> = open()
        .filter(matters::next_due_on.is_not_null().and(late))
        .group_by(matters::accountable_id)
        .select((matters::accountable_id, count_star()))
        .load(conn)?;
    let overdue: HashMap<StaffId, i64> = overdue.into_iter().collect();
    let load = |(who, open): (StaffId, i64)| (who, (open, overdue.get(&who).copied().unwrap_or(0)));
    Ok(all.into_iter().map(load).collect())
}
