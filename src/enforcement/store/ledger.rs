//! Sums due and payments; reports heard and parties met.

use crate::db::Conn;
use crate::enforcement::types::{Posting, PostingId, PostingKind, Talk, TalkId};
use crate::matters::MatterId;
use crate::matters::store::visible;
use crate::matters::types::Matter;
use crate::on_each_database;
use crate::people::Scope;
use crate::schema::{enforcement_postings, enforcement_talks, matters};
use chrono::NaiveDate;
use diesel::prelude::*;

/// Adds a posting, unless this submission has added it already. Says whether it was added.
pub fn insert_posting(conn: &mut Conn, new: &Posting) -> QueryResult<bool> {
    let insert =
        diesel::insert_into(enforcement_postings::table).values(new.clone()).on_conflict_do_nothing();
    on_each_database!(conn, |c| insert.execute(c)).map(|added| added == 1)
}

/// One posting with its matter, if the person may see that.
pub fn posting(conn: &mut Conn, scope: &Scope, id: PostingId) -> QueryResult<(Posting, Matter)> {
    let posting: Posting = enforcement_postings::table.find(id).first(conn)?;
    let matter = matters::table.find(posting.matter_id).filter(visible(scope)).first(conn)?;
    Ok((posting, matter))
}

/// A matter's postings by day, and of one day as they were entered. The matter has been found by scope.
pub fn postings_of(conn: &mut Conn, matter: MatterId) -> QueryResult<Vec<Posting>> {
    enforcement_postings::table
        .filter(enforcement_postings::matter_id.eq(matter))
        .order((enforcement_postings::happened_on, enforcement_postings::id))
        .load(conn)
}

/// What was paid of these matters between two days, both included, what was taken back among it. The caller has found the
/// matters by scope.
pub fn payments(
    conn: &mut Conn,
    matters: &[MatterId],
    (from, to): (NaiveDate, NaiveDate),
) -> QueryResult<Vec<(MatterId, NaiveDate, i64)>> {
    enforcement_postings::table
        .filter(enforcement_postings::matter_id.eq_any(matters.to_vec()))
        .filter(enforcement_postings::kind.eq(PostingKind::Paid))
        .filter(enforcement_postings::happened_on.ge(from).and(enforcement_postings::happened_on.le(to)))
        .select((
            enforcement_postings::matter_id,
            enforcement_postings::happened_on,
            enforcement_postings::amount_fen,
        ))
        .load(conn)
}

/// Adds a talk, unless this submission has added it already. Says whether it was added.
pub fn insert_talk(conn: &mut Conn, new: &Talk) -> QueryResult<bool> {
    let insert = diesel::insert_into(enforcement_talks::table).values(new.clone()).on_conflict_do_nothing();
    on_each_database!(conn, |c| insert.execute(c)).map(|added| added == 1)
}

/// One talk with its matter, if the person may see that.
pub fn talk(conn: &mut Conn, scope: &Scope, id: TalkId) -> QueryResult<(Talk, Matter)> {
    let talk: Talk = enforcement_talks::table.find(id).first(conn)?;
    let matter = matters::table.find(talk.matter_id).filter(visible(scope)).first(conn)?;
    Ok((talk, matter))
}

/// A matter's talks, the newest first. The matter has been found by scope.
pub fn talks_of(conn: &mut Conn, matter: MatterId) -> QueryResult<Vec<Talk>> {
    enforcement_talks::table
        .filter(enforcement_talks::matter_id.eq(matter))
        .order((enforcement_talks::held_on.desc(), enforcement_talks::id.desc()))
        .load(conn)
}
