//! The reply that a screening gives.

use crate::db::next_id;
use crate::error::Problem;
use crate::matters::types::{MatterId, Reply, ReplyManner};
use crate::people::Act;

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
