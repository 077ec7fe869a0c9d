//! Where replies are.

use crate::matters::MatterId;
use crate::matters::stages::Event;
use crate::matters::urls::event;

/// The paper (答复意见书).
pub fn paper(id: MatterId) -> String {
    format!("/matters/{id}/reply")
}

/// Keeps what is typed while it is typed.
pub fn keep(id: MatterId) -> String {
    format!("{}/keep", event(id, Event::DraftReply))
}

/// What waits for one's approval.
pub const APPROVALS: &str = "/approvals";

/// Notes when a served reply was received.
pub fn receipt(id: MatterId) -> String {
    format!("/matters/{id}/reply-receipt")
}
