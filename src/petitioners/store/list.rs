//! The list, a page at a time.

use super::{hidden_from, load_all};
use crate::db::Conn;
use crate::matters::{self};
use crate::people::{CourtId, Rows, Scope};
use crate::petitioners::types::{Petitioner, PetitionerId};
use crate::schema::matters as matters_table;
use crate::schema::{matter_petitioners, petitioners};
use diesel::prelude::*;

/// A page of the petitioners that `scope` may see, newest first, older than `before`; merged ones stand with their
/// survivor. With it the place from which the next page goes on, where there is more.
///
/// # Errors
///
/// That the database cannot be read.
pub fn page(
    conn: &mut Conn,
    scope: &Scope,
    before: Option<PetitionerId>,
    limit: usize,
) -> QueryResult<(Vec<Petitioner>, Option<PetitionerId>)> {
    let most = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    let mut ids = match (scope.court_id, &scope.rows) {
        (None, _) | (_, Rows::None) => Vec::new(),
        (Some(court), Rows::Court) => newest_of_court(conn, scope, court, before, most)?,
        (Some(_), Rows::Own | Rows::Divisions(_)) => newest_of_scope(conn, scope, before, most)?,
    };
    let more = ids.len() > limit;
    ids.truncate(limit);
    let next = ids.last().copied().filter(|_| more);
    let found = load_all(conn, &ids)?;
    let mut survivors: Vec<PetitionerId> = Vec::with_capacity(ids.len());
    for id in ids {
        let survivor = found.iter().find(|one| one.id == id).map_or(id, Petitioner::survivor);
        if !survivors.contains(&survivor) {
            survivors.push(survivor);
        }
    }
    let mut all = load_all(conn, &survivors)?;
    all.sort_by_key(|one| survivors.iter().position(|id| *id == one.id));
    Ok((all, next))
}

fn newest_of_court(
    conn: &mut Conn,
    scope: &Scope,
    court: CourtId,
    before: Option<PetitionerId>,
    most: i64,
) -> QueryResult<Vec<PetitionerId>> {
    let hidden = match scope.staff_id {
        Some(me) => hidden_from(conn, me)?,
        None => Vec::new(),
    };
    let mut query = petitioners::table
        .filter(petitioners::court_id.eq(court).and(petitioners::merged_into.is_null()))
        .into_boxed();
    if let Some(before) = before {
        query = query.filter(petitioners::id.lt(before));
    }
    if !hidden.is_empty() {
        query = query.filter(petitioners::id.ne_all(hidden));
    }
    query.order(petitioners::id.desc()).limit(most).select(petitioners::id).load(conn)
}

/// Those who take part in matters that the scope sees.
fn newest_of_scope(
    conn: &mut Conn,
    scope: &Scope,
    before: Option<PetitionerId>,
    most: i64,
) -> QueryResult<Vec<PetitionerId>> {
    matter_petitioners::table
        .inner_join(matters_table::table)
        .filter(matters::store::participant_visible(scope))
        .filter(matter_petitioners::petitioner_id.lt(before.unwrap_or(PetitionerId(i64::MAX))))
        .order(matter_petitioners::petitioner_id.desc())
        .limit(most)
        .select(matter_petitioners::petitioner_id)
        .distinct()
        .load(conn)
}
