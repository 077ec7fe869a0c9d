//! What is done with a reply, and how a matter ends and begins again. Each is one transaction.

mod decide;
mod draft;
mod finish;
mod receipt;
mod reopen;
mod serve;

pub use decide::decide;
pub use draft::{keep, save};
pub use finish::{close, conclude, withdraw};
pub use receipt::{receivable, receive};
pub use reopen::reopen;
pub use serve::serve;

use super::store;
use super::types::{Draft, DraftState};
use crate::db::{Conn, next_id};
use crate::error::Problem;
use crate::matters::types::{Matter, Reply, ReplyManner};
use crate::people::Act;

/// Puts what the petitioner was told, or why nothing is owed, on the matter (promise 2).
fn given(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    manner: ReplyManner,
    text: String,
) -> Result<(), Problem> {
    let reply = Reply {
        id: next_id(act.now),
        matter_id: matter.id,
        manner,
        text,
        by_id: act.by.person()?,
        given_at: act.now.utc(),
    };
    Ok(crate::matters::store::insert_reply(conn, &reply)?)
}

/// Takes off a reply that was begun and is no longer needed.
fn drop_unserved(conn: &mut Conn, matter: &Matter) -> Result<(), Problem> {
    match store::current(conn, matter)? {
        Some(Draft {
            id,
            state: DraftState::Drafted | DraftState::Submitted | DraftState::Approved,
            version,
            ..
        }) => {
            if store::recall(conn, id, version)? {
                Ok(())
            } else {
                Err(Problem::Stale)
            }
        }
        Some(Draft { state: DraftState::Returned | DraftState::Recalled | DraftState::Served, .. })
        | None => Ok(()),
    }
}
