//! Where petitioners are kept.

mod hidden;
mod list;
mod looking;
mod merging;

pub use hidden::hidden_from;
pub use list::page;
pub(super) use looking::{Look, look, survivors_of};
pub use merging::{distinct_from, group_of, merges};
pub(super) use merging::{
    find_distinct, insert_distinct, insert_merge, merge_batch, merged_into, point, undo_distinct, undo_merges,
};

use crate::db::Conn;
use crate::matters::types::Contact;
use crate::matters::{self, MatterId};
use crate::people::{CourtId, Rows, Scope};
use crate::petitioners::types::{Key, KeyKind, Petitioner, PetitionerId};
use crate::schema::{contact_petitioners, contacts, matter_petitioners, petitioner_keys, petitioners};
use crate::{insert_rows, on_each_database};
use diesel::prelude::*;

pub(super) fn insert(conn: &mut Conn, petitioner: &Petitioner) -> QueryResult<()> {
    on_each_database!(conn, |c| diesel::insert_into(petitioners::table).values(petitioner).execute(c))?;
    Ok(())
}

/// Adds what is not there yet; what is stays as it was first recorded.
pub(super) fn add_keys(conn: &mut Conn, keys: &[Key]) -> QueryResult<()> {
    if keys.is_empty() {
        return Ok(());
    }
    insert_rows!(conn, petitioner_keys::table, keys, on_conflict_do_nothing)
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

/// Those of the survivors `ids` that `scope` may see: all of the court but those whom complaints about the person hide, or
/// those with a matter that it may see.
pub(super) fn visible(
    conn: &mut Conn,
    scope: &Scope,
    ids: &[PetitionerId],
    court: CourtId,
) -> QueryResult<Vec<PetitionerId>> {
    if scope.court_id != Some(court) || ids.is_empty() {
        return Ok(Vec::new());
    }
    if scope.rows == Rows::Court {
        let hidden = match scope.staff_id {
            Some(me) => hidden_from(conn, me)?,
            None => Vec::new(),
        };
        return Ok(ids.iter().copied().filter(|id| !hidden.contains(id)).collect());
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

/// Everything that this petitioner is or was found by.
pub(super) fn keys_of(conn: &mut Conn, id: PetitionerId) -> QueryResult<Vec<Key>> {
    petitioner_keys::table
        .filter(petitioner_keys::petitioner_id.eq(id))
        .order((petitioner_keys::kind, petitioner_keys::key))
        .select(Key::as_select())
        .load(conn)
}

/// The record of this court that has the same document as one with these keys.
pub(super) fn with_document(
    conn: &mut Conn,
    court: CourtId,
    keys: &[Key],
) -> QueryResult<Option<PetitionerId>> {
    let documents: Vec<String> =
        keys.iter().filter(|key| key.kind == KeyKind::Document).map(|key| key.key.clone()).collect();
    let found: Option<PetitionerId> = petitioner_keys::table
        .filter(petitioner_keys::court_id.eq(court).and(petitioner_keys::kind.eq(KeyKind::Document)))
        .filter(petitioner_keys::key.eq_any(documents))
        .order(petitioner_keys::petitioner_id)
        .select(petitioner_keys::petitioner_id)
        .first(conn)
        .optional()?;
    match found {
        Some(id) => Ok(Some(load(conn, id)?.survivor())),
        None => Ok(None),
    }
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
