//! This person's drafts and their files.

use crate::db::Conn;
use crate::error::Problem;
use crate::intake::forms::IntakeForm;
use crate::intake::store;
use crate::intake::types::{DraftFile, DraftId, DraftLine};
use crate::people::Act;
use crate::time::Moment;

/// This person's drafts.
pub fn drafts(conn: &mut Conn, act: &Act) -> Result<Vec<DraftLine>, Problem> {
    let me = act.by.person()?;
    store::drafts_of(conn, me)?
        .into_iter()
        .map(|draft| {
            let form = opened(act, &draft)?;
            Ok(DraftLine { id: draft.id, words: form.words(), saved_at: Moment::from_utc(draft.saved_at) })
        })
        .collect()
}

fn opened(act: &Act, draft: &store::Draft) -> Result<IntakeForm, Problem> {
    let text = act.keys.open(&draft.sealed)?;
    serde_json::from_str(&text).map_err(Problem::internal)
}

/// One of this person's drafts, as it was left.
pub fn draft(conn: &mut Conn, act: &Act, id: DraftId) -> Result<IntakeForm, Problem> {
    let draft = store::find_draft(conn, act.by.person()?, id)?;
    let mut form = opened(act, &draft)?;
    form.tidy_rows();
    Ok(form)
}

/// The files that the form's draft holds.
pub fn files(conn: &mut Conn, act: &Act, form: &IntakeForm) -> Result<Vec<DraftFile>, Problem> {
    match form.draft() {
        Some(draft) => Ok(store::files_of(conn, act.by.person()?, draft)?),
        None => Ok(Vec::new()),
    }
}
