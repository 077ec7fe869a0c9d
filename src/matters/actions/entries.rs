//! The rows that several actions write: an entry of the timeline, a reply.

use crate::db::next_id;
use crate::error::Problem;
use crate::matters::types::{
    ContactId, EntryId, EntryKind, Matter, MatterId, Reply, ReplyManner, TimelineEntry,
};
use crate::people::Act;

/// An entry of the timeline by whoever acts.
pub(super) fn entry(
    act: &Act,
    matter: &Matter,
    kind: EntryKind,
    text: String,
    contact: Option<ContactId>,
) -> TimelineEntry {
    TimelineEntry {
        id: EntryId::new(act.now),
        court_id: matter.court_id,
        matter_id: matter.id,
        kind,
        at: act.now.utc(),
        staff_id: act.by.staff_id,
        staff_name: act.by.name.clone(),
        text,
        contact_id: contact,
        corrects_id: None,
    }
}

pub(super) fn reply(
    act: &Act,
    matter_id: MatterId,
    manner: ReplyManner,
    text: &str,
) -> Result<Reply, Problem> {
    Ok(Reply {
        id: next_id(act.now),
        matter_id,
        manner,
        text: text.to_owned(),
        by_id: act.by.person()?,
        given_at: act.now.utc(),
    })
}
