//! Drafts, and what the counter reads across petitioners and matters.

use super::types::{DraftFile, DraftFileId, DraftId};
use crate::db::Conn;
use crate::matters::MatterId;
use crate::people::{DivisionId, StaffId};
use crate::petitioners::PetitionerId;
use crate::schema::{contacts, draft_files, drafts, matter_petitioners, petitioners, staff};
use chrono::NaiveDateTime;
use diesel::prelude::*;

/// The kind of draft that the counter keeps.
const INTAKE: &str = "intake";
/// The most drafts in anybody's list.
const MOST_DRAFTS: i64 = 30;

/// A half-filled form, sealed.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = drafts)]
pub struct Draft {
    pub id: DraftId,
    pub staff_id: StaffId,
    pub kind: String,
    pub title: String,
    pub sealed: String,
    pub created_at: NaiveDateTime,
    pub saved_at: NaiveDateTime,
}

impl Draft {
    /// A form's draft; what it says is in `sealed` only.
    pub fn new(id: DraftId, staff_id: StaffId, sealed: String, at: NaiveDateTime) -> Self {
        Draft {
            id,
            staff_id,
            kind: INTAKE.to_owned(),
            title: "登记".to_owned(),
            sealed,
            created_at: at,
            saved_at: at,
        }
    }
}

/// Saves a draft anew, if it is there and this person's. Says whether it was.
pub fn resave_draft(conn: &mut Conn, draft: &Draft) -> QueryResult<bool> {
    let own = drafts::table.find(draft.id).filter(drafts::staff_id.eq(draft.staff_id));
    let changed = diesel::update(own)
        .set((drafts::sealed.eq(&draft.sealed), drafts::saved_at.eq(draft.saved_at)))
        .execute(conn)?;
    Ok(changed == 1)
}

pub fn insert_draft(conn: &mut Conn, draft: &Draft) -> QueryResult<()> {
    diesel::insert_into(drafts::table).values(draft).execute(conn).map(drop)
}

/// One of this person's drafts.
pub fn find_draft(conn: &mut Conn, me: StaffId, id: DraftId) -> QueryResult<Draft> {
    drafts::table.find(id).filter(drafts::staff_id.eq(me).and(drafts::kind.eq(INTAKE))).first(conn)
}

/// This person's drafts, the latest first.
pub fn drafts_of(conn: &mut Conn, me: StaffId) -> QueryResult<Vec<Draft>> {
    drafts::table
        .filter(drafts::staff_id.eq(me).and(drafts::kind.eq(INTAKE)))
        .order((drafts::saved_at.desc(), drafts::id.desc()))
        .limit(MOST_DRAFTS)
        .load(conn)
}

/// Throws one of this person's drafts away; says whether there was one.
pub fn delete_draft(conn: &mut Conn, me: StaffId, id: DraftId) -> QueryResult<bool> {
    let own = drafts::table.find(id).filter(drafts::staff_id.eq(me));
    diesel::delete(own).execute(conn).map(|gone| gone == 1)
}

/// The files of one of this person's drafts, the first first.
pub fn files_of(conn: &mut Conn, me: StaffId, draft: DraftId) -> QueryResult<Vec<DraftFile>> {
    if find_draft(conn, me, draft).optional()?.is_none() {
        return Ok(Vec::new());
    }
    draft_files::table
        .filter(draft_files::draft_id.eq(draft))
        .order(draft_files::id)
        .select(DraftFile::as_select())
        .load(conn)
}

pub fn insert_file(conn: &mut Conn, file: &DraftFile) -> QueryResult<()> {
    diesel::insert_into(draft_files::table).values(file).execute(conn).map(drop)
}

/// Takes a file out of one of this person's drafts; says whether it was there.
pub fn delete_file(conn: &mut Conn, me: StaffId, draft: DraftId, id: DraftFileId) -> QueryResult<bool> {
    if find_draft(conn, me, draft).optional()?.is_none() {
        return Ok(false);
    }
    diesel::delete(draft_files::table.filter(draft_files::id.eq(id).and(draft_files::draft_id.eq(draft))))
        .execute(conn)
        .map(|gone| gone == 1)
}

/// Throws away everybody's drafts that were last saved before this moment, with the files in them.
pub fn forget_drafts(conn: &mut Conn, before: NaiveDateTime) -> QueryResult<usize> {
    diesel::delete(drafts::table.filter(drafts::saved_at.lt(before))).execute(conn)
}

/// The contents that drafts hold, as hashes: they are in use although no attachment names them yet.
///
/// # Errors
///
/// When the database is away.
pub fn held_contents(conn: &mut Conn) -> QueryResult<Vec<String>> {
    draft_files::table.select(draft_files::hash).distinct().order(draft_files::hash).load(conn)
}

/// Notes that what drafts hold is sealed with this key now.
///
/// # Errors
///
/// When the database is away.
pub fn note_key(conn: &mut Conn, key_id: &str) -> QueryResult<usize> {
    diesel::update(draft_files::table.filter(draft_files::key_id.ne(key_id)))
        .set(draft_files::key_id.eq(key_id))
        .execute(conn)
}

/// Whether a form has been registered.
pub fn is_registered(conn: &mut Conn, submission_key: &str) -> QueryResult<bool> {
    let made = contacts::table.filter(contacts::submission_key.eq(submission_key)).select(contacts::id);
    diesel::select(diesel::dsl::exists(made)).get_result(conn)
}

/// Records that were merged into these, each with the one that stands for it.
pub fn merged_into(
    conn: &mut Conn,
    survivors: &[PetitionerId],
) -> QueryResult<Vec<(PetitionerId, Option<PetitionerId>)>> {
    petitioners::table
        .filter(petitioners::merged_into.eq_any(survivors.iter().copied().map(Some).collect::<Vec<_>>()))
        .select((petitioners::id, petitioners::merged_into))
        .load(conn)
}

/// Who of these takes part in which matter, the newest matters first.
pub fn parts_of(
    conn: &mut Conn,
    people: &[PetitionerId],
    limit: i64,
) -> QueryResult<Vec<(PetitionerId, MatterId)>> {
    matter_petitioners::table
        .filter(matter_petitioners::petitioner_id.eq_any(people.to_vec()))
        .order(matter_petitioners::matter_id.desc())
        .limit(limit)
        .select((matter_petitioners::petitioner_id, matter_petitioners::matter_id))
        .load(conn)
}

/// A member of staff: name, division and telephone.
pub type Named = (StaffId, String, Option<DivisionId>, Option<String>);

/// The names of these members of staff, active or not, with division and telephone.
pub fn staff_named(conn: &mut Conn, ids: &[StaffId]) -> QueryResult<Vec<Named>> {
    staff::table
        .filter(staff::id.eq_any(ids.to_vec()))
        .select((staff::id, staff::name, staff::division_id, staff::telephone))
        .load(conn)
}
