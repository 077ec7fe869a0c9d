//! Where petitioners are kept.

use super::types::{Distinct, DistinctId, Key, KeyKind, Merge, MergeId, Petitioner, PetitionerId};
use crate::db::Conn;
use crate::matters::types::Contact;
use crate::matters::{self, MatterId};
use crate::on_each_database;
use crate::people::{CourtId, Rows, Scope, StaffId};
use crate::schema::matters as matters_table;
use crate::schema::{
    contact_petitioners, contacts, matter_cases, matter_petitioners, petitioner_distinct, petitioner_keys,
    petitioner_merges, petitioners,
};
use chrono::NaiveDateTime;
use diesel::prelude::*;

/// Most petitioners that one way of looking brings up.
const MOST_FOUND: i64 = 20;

pub(super) fn insert(conn: &mut Conn, petitioner: &Petitioner) -> QueryResult<()> {
    on_each_database!(conn, |c| diesel::insert_into(petitioners::table).values(petitioner).execute(c))?;
    Ok(())
}

/// Adds what is not there yet; what is stays as it was first recorded.
pub(super) fn add_keys(conn: &mut Conn, keys: &[Key]) -> QueryResult<()> {
    if keys.is_empty() {
        return Ok(());
    }
    match conn {
        Conn::Sqlite(c) => {
            for key in keys {
                diesel::insert_into(petitioner_keys::table)
                    .values(key)
                    .on_conflict_do_nothing()
                    .execute(c)?;
            }
        }
        Conn::Postgres(c) => {
            diesel::insert_into(petitioner_keys::table).values(keys).on_conflict_do_nothing().execute(c)?;
        }
    }
    Ok(())
}

/// One petitioner within `scope`.
///
/// # Errors
///
/// `NotFound` also for one outside it.
pub fn find(conn: &mut Conn, scope: &Scope, id: PetitionerId) -> QueryResult<Petitioner> {
    let found: Petitioner = petitioners::table.find(id).select(Petitioner::as_select()).first(conn)?;
    let seen = visible(conn, scope, &[found.survivor()], found.court_id)?;
    if seen.is_empty() { Err(diesel::NotFound) } else { Ok(found) }
}

/// One petitioner for the program itself, whoever may see it.
///
/// # Errors
///
/// `NotFound`.
pub fn load(conn: &mut Conn, id: PetitionerId) -> QueryResult<Petitioner> {
    petitioners::table.find(id).select(Petitioner::as_select()).first(conn)
}

/// These petitioners, in no order, for the program itself.
///
/// # Errors
///
/// That the database cannot be read.
pub fn load_all(conn: &mut Conn, ids: &[PetitionerId]) -> QueryResult<Vec<Petitioner>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    petitioners::table.filter(petitioners::id.eq_any(ids.to_vec())).select(Petitioner::as_select()).load(conn)
}

/// Those of the survivors `ids` that `scope` may see: all of the court, or those with a matter that it may see.
fn visible(
    conn: &mut Conn,
    scope: &Scope,
    ids: &[PetitionerId],
    court: CourtId,
) -> QueryResult<Vec<PetitionerId>> {
    if scope.court_id != Some(court) || ids.is_empty() {
        return Ok(Vec::new());
    }
    if scope.rows == Rows::Court {
        return Ok(ids.to_vec());
    }
    if scope.rows == Rows::None {
        return Ok(Vec::new());
    }
    let group: Vec<(PetitionerId, Option<PetitionerId>)> = petitioners::table
        .filter(petitioners::id.eq_any(ids.to_vec()).or(petitioners::merged_into.eq_any(ids.to_vec())))
        .select((petitioners::id, petitioners::merged_into))
        .load(conn)?;
    let members: Vec<PetitionerId> = group.iter().map(|(id, _)| *id).collect();
    let theirs: Vec<(i64, PetitionerId)> = matter_petitioners::table
        .filter(matter_petitioners::petitioner_id.eq_any(members))
        .select((matter_petitioners::matter_id, matter_petitioners::petitioner_id))
        .load(conn)?;
    let seen = matters::store::only_visible(
        conn,
        scope,
        &theirs.iter().map(|(matter, _)| *matter).collect::<Vec<_>>(),
    )?;
    let shown = |id: &PetitionerId| {
        theirs.iter().any(|(matter, member)| {
            seen.contains(matter)
                && group.iter().any(|(one, into)| one == member && into.unwrap_or(*one) == *id)
        })
    };
    Ok(ids.iter().copied().filter(shown).collect())
}

/// Which way of looking to take.
#[derive(Clone, Copy, Debug)]
pub(super) enum Look<'a> {
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
pub(super) fn look(
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
pub(super) fn survivors_of(
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
        (Some(court), Rows::Court) => newest_of_court(conn, court, before, most)?,
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
    court: CourtId,
    before: Option<PetitionerId>,
    most: i64,
) -> QueryResult<Vec<PetitionerId>> {
    let mut query = petitioners::table
        .filter(petitioners::court_id.eq(court).and(petitioners::merged_into.is_null()))
        .into_boxed();
    if let Some(before) = before {
        query = query.filter(petitioners::id.lt(before));
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

/// The survivor of the group that `id` belongs to, and after it everybody merged into it.
///
/// # Errors
///
/// `NotFound`.
pub fn group_of(conn: &mut Conn, id: PetitionerId) -> QueryResult<Vec<PetitionerId>> {
    let survivor = load(conn, id)?.survivor();
    let mut group = vec![survivor];
    group.extend(merged_into(conn, survivor)?);
    Ok(group)
}

/// Everybody merged into `survivor`.
pub(super) fn merged_into(conn: &mut Conn, survivor: PetitionerId) -> QueryResult<Vec<PetitionerId>> {
    petitioners::table
        .filter(petitioners::merged_into.eq(survivor))
        .order(petitioners::id)
        .select(petitioners::id)
        .load(conn)
}

/// What these petitioners are or were found by, newest first; tails left out.
///
/// # Errors
///
/// That the database cannot be read.
pub fn history(conn: &mut Conn, ids: &[PetitionerId]) -> QueryResult<Vec<Key>> {
    petitioner_keys::table
        .filter(petitioner_keys::petitioner_id.eq_any(ids.to_vec()))
        .filter(petitioner_keys::shown.is_not_null())
        .order((petitioner_keys::recorded_at.desc(), petitioner_keys::kind, petitioner_keys::key))
        .select(Key::as_select())
        .load(conn)
}

/// Saves the particulars over those of `version`. Says whether that was still the version.
pub(super) fn replace(conn: &mut Conn, new: &Petitioner, version: i64) -> QueryResult<bool> {
    let still = petitioners::table.find(new.id).filter(petitioners::version.eq(version));
    let changed = diesel::update(still)
        .set((
            (petitioners::kind.eq(new.kind), petitioners::name.eq(&new.name)),
            (
                petitioners::name_pinyin.eq(&new.name_pinyin),
                petitioners::name_initials.eq(&new.name_initials),
            ),
            (petitioners::sex.eq(new.sex), petitioners::birth_on.eq(new.birth_on)),
            (petitioners::doc_type.eq(new.doc_type), petitioners::doc_status.eq(new.doc_status)),
            (petitioners::doc_sealed.eq(&new.doc_sealed), petitioners::doc_masked.eq(&new.doc_masked)),
            petitioners::doc_reason.eq(&new.doc_reason),
            (
                petitioners::phone_sealed.eq(&new.phone_sealed),
                petitioners::phone_masked.eq(&new.phone_masked),
            ),
            (
                petitioners::address_sealed.eq(&new.address_sealed),
                petitioners::address_masked.eq(&new.address_masked),
            ),
            (petitioners::care_flags.eq(&new.care_flags), petitioners::confidential.eq(new.confidential)),
            (petitioners::version.eq(version + 1), petitioners::updated_at.eq(new.updated_at)),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Points `id` at `survivor`, or at nobody.
pub(super) fn point(
    conn: &mut Conn,
    id: PetitionerId,
    survivor: Option<PetitionerId>,
    at: NaiveDateTime,
) -> QueryResult<()> {
    diesel::update(petitioners::table.find(id))
        .set((
            petitioners::merged_into.eq(survivor),
            petitioners::version.eq(petitioners::version + 1),
            petitioners::updated_at.eq(at),
        ))
        .execute(conn)?;
    Ok(())
}

pub(super) fn insert_merge(conn: &mut Conn, merge: &Merge) -> QueryResult<()> {
    on_each_database!(conn, |c| diesel::insert_into(petitioner_merges::table).values(merge).execute(c))?;
    Ok(())
}

/// The rows of one merge, within the court.
pub(super) fn merge_batch(conn: &mut Conn, court: CourtId, batch: MergeId) -> QueryResult<Vec<Merge>> {
    petitioner_merges::table
        .filter(petitioner_merges::batch_id.eq(batch).and(petitioner_merges::court_id.eq(court)))
        .order(petitioner_merges::id)
        .select(Merge::as_select())
        .load(conn)
}

/// Merges in and out of these petitioners, newest first, undone ones too.
///
/// # Errors
///
/// That the database cannot be read.
pub fn merges(conn: &mut Conn, ids: &[PetitionerId]) -> QueryResult<Vec<Merge>> {
    let either = petitioner_merges::petitioner_id
        .eq_any(ids.to_vec())
        .or(petitioner_merges::survivor_id.eq_any(ids.to_vec()));
    petitioner_merges::table
        .filter(either)
        .order(petitioner_merges::id.desc())
        .select(Merge::as_select())
        .load(conn)
}

pub(super) fn undo_merges(
    conn: &mut Conn,
    batch: MergeId,
    at: NaiveDateTime,
    by: Option<StaffId>,
    reason: &str,
) -> QueryResult<usize> {
    let open = petitioner_merges::table
        .filter(petitioner_merges::batch_id.eq(batch).and(petitioner_merges::undone_at.is_null()));
    diesel::update(open)
        .set((
            petitioner_merges::undone_at.eq(Some(at)),
            petitioner_merges::undone_by.eq(by),
            petitioner_merges::undone_reason.eq(Some(reason)),
        ))
        .execute(conn)
}

/// Every "not the same person" in force that names one of `ids`.
///
/// # Errors
///
/// That the database cannot be read.
pub fn distinct_from(conn: &mut Conn, ids: &[PetitionerId]) -> QueryResult<Vec<Distinct>> {
    let either = petitioner_distinct::one_id
        .eq_any(ids.to_vec())
        .or(petitioner_distinct::other_id.eq_any(ids.to_vec()));
    petitioner_distinct::table
        .filter(petitioner_distinct::undone_at.is_null())
        .filter(either)
        .order(petitioner_distinct::id.desc())
        .select(Distinct::as_select())
        .load(conn)
}

/// One "not the same person" of the court.
pub(super) fn find_distinct(conn: &mut Conn, court: CourtId, id: DistinctId) -> QueryResult<Distinct> {
    petitioner_distinct::table
        .filter(petitioner_distinct::id.eq(id).and(petitioner_distinct::court_id.eq(court)))
        .select(Distinct::as_select())
        .first(conn)
}

pub(super) fn insert_distinct(conn: &mut Conn, distinct: &Distinct) -> QueryResult<()> {
    on_each_database!(conn, |c| diesel::insert_into(petitioner_distinct::table).values(distinct).execute(c))?;
    Ok(())
}

pub(super) fn undo_distinct(
    conn: &mut Conn,
    id: DistinctId,
    at: NaiveDateTime,
    by: Option<StaffId>,
) -> QueryResult<bool> {
    let open = petitioner_distinct::table.find(id).filter(petitioner_distinct::undone_at.is_null());
    let changed = diesel::update(open)
        .set((petitioner_distinct::undone_at.eq(Some(at)), petitioner_distinct::undone_by.eq(by)))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Contacts at which one of `ids` took part, of these matters, newest first.
pub(super) fn contacts_in(
    conn: &mut Conn,
    ids: &[PetitionerId],
    about: &[MatterId],
    limit: i64,
) -> QueryResult<Vec<Contact>> {
    let theirs = contact_petitioners::table
        .filter(contact_petitioners::petitioner_id.eq_any(ids.to_vec()))
        .select(contact_petitioners::contact_id);
    contacts::table
        .filter(contacts::matter_id.eq_any(about.to_vec()).and(contacts::id.eq_any(theirs)))
        .order(contacts::id.desc())
        .limit(limit)
        .load(conn)
}
