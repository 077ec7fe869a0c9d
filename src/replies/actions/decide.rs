//! Approves a reply, or returns it to be changed.

use crate::audit::{self, Subject};
use crate::db::Conn;
use crate::deadlines::{self, Code};
use crate::error::Problem;
use crate::matters::life::{self, Found};
use crate::matters::mails::{Notice, tell};
use crate::matters::stages::Event;
use crate::matters::{self, EntryKind, MatterId};
use crate::people::Act;
use crate::replies::forms::Decision;
use crate::replies::store;
use crate::replies::types::{Draft, DraftState};
use std::collections::BTreeSet;

/// Decides on the submitted reply that is still at `version`. Approval starts the time within which it is to be served.
///
/// # Errors
///
/// `NotFound`, `Stale`; `Forbidden` for whoever wrote it, submitted it, or handles the matter; `Refused` by the stage.
pub fn decide(
    conn: &mut Conn,
    act: &Act,
    id: MatterId,
    version: i64,
    decision: &Decision,
) -> Result<(), Problem> {
    let found = life::find_for(conn, act, id, Event::ApproveReply)?;
    let draft = store::current(conn, &found.matter)?.ok_or(Problem::Stale)?;
    let (state, reason) = match decision {
        Decision::Approve => (DraftState::Approved, ""),
        Decision::Return(reason) => (DraftState::Returned, reason.as_str()),
    };
    let decided = (act.by.person()?, act.now.utc());
    if !store::decide(conn, (draft.id, version), state, decided, reason)? {
        return Err(Problem::Stale);
    }
    match decision {
        Decision::Approve => approved(conn, act, &found, &draft),
        Decision::Return(reason) => returned(conn, act, &found, &draft, reason),
    }
}

fn approved(conn: &mut Conn, act: &Act, found: &Found, draft: &Draft) -> Result<(), Problem> {
    let matter = &found.matter;
    deadlines::start(conn, act, matter.court_id, matter.id.0, Code::Serve, act.now.today())?;
    matters::refresh_next(conn, matter)?;
    let text = format!("批准答复意见书（第{}稿），待送达信访人。", draft.number);
    matters::note(conn, act, matter, EntryKind::Reply, text)?;
    let text = "答复意见书已经批准。请打印、盖章后送达信访人，并记录送达凭证。";
    inform(conn, act, found, draft, ("答复意见书已批准", text))?;
    audit::record(conn, act, "reply.approved", Subject::Matter(matter.id.0), &[])
}

fn returned(conn: &mut Conn, act: &Act, found: &Found, draft: &Draft, reason: &str) -> Result<(), Problem> {
    let matter = &found.matter;
    let text = format!("退回答复意见书（第{}稿），理由：{reason}", draft.number);
    matters::note(conn, act, matter, EntryKind::Reply, text)?;
    let text = "答复意见书被退回。请按退回理由修改后重新送审。";
    inform(conn, act, found, draft, ("答复意见书被退回", text))?;
    audit::record(conn, act, "reply.returned", Subject::Matter(matter.id.0), &[])
}

/// Tells whoever wrote and submitted it, and whoever answers for the matter.
fn inform(
    conn: &mut Conn,
    act: &Act,
    found: &Found,
    draft: &Draft,
    (subject, text): (&str, &str),
) -> Result<(), Problem> {
    let mut whom = BTreeSet::from([draft.drafter_id, found.matter.accountable_id]);
    whom.extend(draft.submitted_by);
    let key = format!("reply-decided:{}", draft.id);
    for one in whom.into_iter().filter(|one| Some(*one) != act.by.staff_id) {
        tell(conn, act, &found.matter, one, Notice { subject, text, key: &key, urgent: false })?;
    }
    Ok(())
}
