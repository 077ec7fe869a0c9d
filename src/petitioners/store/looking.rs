//! By what somebody is found.

use super::{load_all, visible};
use crate::db::Conn;
use crate::matters::{self};
use crate::people::{CourtId, Scope};
use crate::petitioners::types::{KeyKind, Petitioner, PetitionerId};
use crate::schema::{matter_cases, matter_petitioners, petitioner_keys, petitioners};
use diesel::prelude::*;

/// Most petitioners that one way of looking brings up.
const MOST_FOUND: i64 = 20;

/// Which way of looking to take.
#[derive(Clone, Copy, Debug)]
pub enum Look<'a> {
    /// Keys of this kind, the whole of them.
    Whole(KeyKind, &'a str),
    /// Names that begin so.
    NameBegins(&'a str),
    /// Names whose pinyin begins so.
    Pinyin(&'a str),
    /// Names with these initials, or beginning with them.
    Initials(&'a str),
    /// Those of matters about this case.
    Case(&'a str),
}

/// The newest records of the court that a way of looking brings up, each with the ground.
pub fn look(
    conn: &mut Conn,
    scope: &Scope,
    court: CourtId,
    look: Look<'_>,
) -> QueryResult<Vec<PetitionerId>> {
    match look {
        Look::Whole(kind, key) => petitioner_keys::table
            .filter(petitioner_keys::court_id.eq(court))
            .filter(petitioner_keys::kind.eq(kind).and(petitioner_keys::key.eq(key)))
            .order(petitioner_keys::petitioner_id.desc())
            .limit(MOST_FOUND)
            .select(petitioner_keys::petitioner_id)
            .load(conn),
        Look::NameBegins(name) => petitioner_keys::table
            .filter(petitioner_keys::court_id.eq(court).and(petitioner_keys::kind.eq(KeyKind::Name)))
            .filter(petitioner_keys::key.ge(name).and(petitioner_keys::key.lt(after(name))))
            .order(petitioner_keys::key)
            .limit(MOST_FOUND)
            .select(petitioner_keys::petitioner_id)
            .load(conn),
        Look::Pinyin(latin) => petitioners::table
            .filter(petitioners::court_id.eq(court))
            .filter(petitioners::name_pinyin.ge(latin).and(petitioners::name_pinyin.lt(after(latin))))
            .order(petitioners::name_pinyin)
            .limit(MOST_FOUND)
            .select(petitioners::id)
            .load(conn),
        Look::Initials(latin) => petitioners::table
            .filter(petitioners::court_id.eq(court))
            .filter(petitioners::name_initials.ge(latin).and(petitioners::name_initials.lt(after(latin))))
            .order(petitioners::name_initials)
            .limit(MOST_FOUND)
            .select(petitioners::id)
            .load(conn),
        Look::Case(number) => of_case(conn, scope, court, number),
    }
}

/// The first text behind all that begin with `text`, in the order of characters.
fn after(text: &str) -> String {
    format!("{text}\u{10ffff}")
}

fn of_case(conn: &mut Conn, scope: &Scope, court: CourtId, number: &str) -> QueryResult<Vec<PetitionerId>> {
    let about: Vec<i64> = matter_cases::table
        .filter(matter_cases::court_id.eq(court).and(matter_cases::number.eq(number)))
        .order(matter_cases::matter_id.desc())
        .limit(MOST_FOUND)
        .select(matter_cases::matter_id)
        .load(conn)?;
    let seen = matters::store::only_visible(conn, scope, &about)?;
    matter_petitioners::table
        .filter(matter_petitioners::matter_id.eq_any(seen))
        .order((matter_petitioners::matter_id.desc(), matter_petitioners::position))
        .limit(MOST_FOUND)
        .select(matter_petitioners::petitioner_id)
        .load(conn)
}

/// Those of `ids` that `scope` may see, as [`visible`] for each; the records themselves.
pub fn survivors_of(
    conn: &mut Conn,
    scope: &Scope,
    court: CourtId,
    ids: &[PetitionerId],
) -> QueryResult<(Vec<Petitioner>, Vec<Petitioner>)> {
    let hit = load_all(conn, ids)?;
    let mut survivors: Vec<PetitionerId> = hit.iter().map(Petitioner::survivor).collect();
    survivors.sort();
    survivors.dedup();
    let seen = visible(conn, scope, &survivors, court)?;
    let survivors = load_all(conn, &seen)?;
    Ok((hit, survivors))
}
