//! What the clerk does at the counter: keeps a draft, throws it away, registers.

use super::forms::IntakeForm;
use super::store::{self, Draft};
use super::types::{DraftFile, DraftFileId, DraftId};
use crate::audit::{self, Subject};
use crate::crypto::Keys;
use crate::db::Conn;
use crate::error::Problem;
use crate::files::Kept;
use crate::matters;
use crate::matters::actions::register::{Registered, Registration, Who};
use crate::people::{Act, Permission, StaffId};
use crate::petitioners::types::PetitionerKind;
use crate::petitioners::{self, PetitionerId};
use crate::time::Moment;
use chrono::TimeDelta;

/// Keeps a form as a draft of this person, also of somebody whose session has just lapsed. A form that has been
/// registered meanwhile is not kept again.
///
/// # Errors
///
/// `Refused` for a form without its number, which none of our pages sends.
pub fn save_draft(
    conn: &mut Conn,
    keys: &Keys,
    me: StaffId,
    form: &IntakeForm,
    now: Moment,
) -> Result<DraftId, Problem> {
    let broken = || Problem::refused("草稿没有编号，请从“登记”页重新打开表单。");
    let id: DraftId = form.draft_id.trim().parse().map_err(|_error: std::num::ParseIntError| broken())?;
    if store::is_registered(conn, &form.submission_key)? {
        return Ok(id);
    }
    let text = serde_json::to_string(form).map_err(Problem::internal)?;
    let draft = Draft::new(id, me, keys.seal(&text), now.utc());
    if !store::resave_draft(conn, &draft)? {
        store::insert_draft(conn, &draft)?;
    }
    Ok(id)
}

/// Files that one draft may hold.
const MOST_FILES: usize = 50;

/// Keeps the form as a draft with these files, whose content is on disk already. What it holds already is not held twice,
/// and a form that has been registered meanwhile takes none.
///
/// # Errors
///
/// As [`save_draft`]; `Refused` when there are too many.
pub fn hold(
    conn: &mut Conn,
    keys: &Keys,
    me: StaffId,
    form: &IntakeForm,
    kept: &[Kept],
    now: Moment,
) -> Result<(), Problem> {
    let draft_id = save_draft(conn, keys, me, form, now)?;
    if store::is_registered(conn, &form.submission_key)? {
        return Ok(());
    }
    let mut held: Vec<String> =
        store::files_of(conn, me, draft_id)?.into_iter().map(|file| file.hash).collect();
    for paper in kept {
        if held.contains(&paper.hash) {
            continue;
        }
        if held.len() >= MOST_FILES {
            return Err(Problem::refused(format!(
                "一份登记最多带 {MOST_FILES} 个附件，其余的请在登记以后到事项页上传。"
            )));
        }
        let paper = paper.clone();
        held.push(paper.hash.clone());
        let file = DraftFile {
            id: DraftFileId::new(now),
            draft_id,
            name: paper.name,
            kind: paper.kind,
            size_bytes: paper.size_bytes,
            hash: paper.hash,
            key_id: paper.key_id,
            kept_at: now.utc(),
        };
        store::insert_file(conn, &file)?;
    }
    Ok(())
}

/// Takes a file out of one's own draft. One that is gone already is no trouble.
///
/// # Errors
///
/// When the database is away.
pub fn drop_file(conn: &mut Conn, act: &Act, draft: DraftId, id: DraftFileId) -> Result<(), Problem> {
    store::delete_file(conn, act.by.person()?, draft, id)?;
    Ok(())
}

/// Throws one's own draft away. One that is gone already is no trouble.
///
/// # Errors
///
/// When the database is away.
pub fn discard_draft(conn: &mut Conn, act: &Act, id: DraftId) -> Result<(), Problem> {
    store::delete_draft(conn, act.by.person()?, id)?;
    Ok(())
}

/// How many days a draft is kept that nobody has gone on with.
pub const DRAFT_DAYS: i64 = 30;

/// Sweeps drafts (清理草稿) that nobody has gone on with for [`DRAFT_DAYS`]; returns how many.
///
/// # Errors
///
/// When the database is away.
pub fn sweep_drafts(conn: &mut Conn, act: &Act) -> Result<usize, Problem> {
    let gone = store::forget_drafts(conn, act.now.plus(-TimeDelta::days(DRAFT_DAYS)).utc())?;
    if gone > 0 {
        audit::record(conn, act, "draft.swept", Subject::System, &[("count", &gone.to_string())])?;
    }
    Ok(gone)
}

/// What is registered in one go.
pub struct Submission {
    pub registration: Registration,
    /// The form's rows of those in `registration.people`, in the same order.
    pub rows: Vec<usize>,
    pub draft: Option<DraftId>,
    /// Rows and the records that they are not.
    pub told_apart: Vec<(usize, PetitionerId)>,
}

/// Registers what was entered, remembers who was told apart, attaches what the draft holds and takes it away: all of it or
/// nothing, and once however often the form is sent.
///
/// # Errors
///
/// As [`matters::actions::register::register`].
pub fn register(conn: &mut Conn, act: &Act, submission: &Submission) -> Result<Registered, Problem> {
    act.require(Permission::RegisterMatter)?;
    let mut registration = submission.registration.clone();
    if !store::is_registered(conn, &registration.submission_key)? {
        tell_apart(conn, act, &mut registration, submission)?;
    }
    let made = matters::actions::register::register(conn, act, &registration)?;
    if let Some(draft) = submission.draft {
        let me = act.by.person()?;
        let held = store::files_of(conn, me, draft)?;
        if !made.repeated && !held.is_empty() {
            matters::actions::attach(conn, act, made.matter_id, held.into_iter().map(Kept::from).collect())?;
        }
        store::delete_draft(conn, me, draft)?;
    }
    Ok(made)
}

/// Gives those who were said to be somebody else their record now, so that it can be remembered.
fn tell_apart(
    conn: &mut Conn,
    act: &Act,
    registration: &mut Registration,
    submission: &Submission,
) -> Result<(), Problem> {
    if !act.by.may(Permission::EditPetitioner) {
        return Ok(());
    }
    for (row, person) in submission.rows.iter().zip(&mut registration.people) {
        let others: Vec<PetitionerId> =
            submission.told_apart.iter().filter(|(at, _)| at == row).map(|(_, other)| *other).collect();
        let Who::New(details) = &person.who else { continue };
        if others.is_empty() || details.kind == PetitionerKind::Anonymous {
            continue;
        }
        let id = petitioners::actions::save_new(conn, act, details)?;
        for other in others {
            petitioners::actions::say_distinct(conn, act, id, other, "登记时确认不是同一人")?;
        }
        person.who = Who::Known(id);
    }
    Ok(())
}
