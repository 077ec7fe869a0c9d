//! Links, merges and splits matters. Each is one transaction.

mod link;
mod merge;
mod split;

pub use link::{Entered, link, undo_link};
pub use merge::{merge, unmerge};
pub use split::{Split, split};

use crate::db::Conn;
use crate::error::Problem;
use crate::matters::life::{self, Change};
use crate::matters::mails::{Notice, tell};
use crate::matters::{self, EntryKind, Matter, note};
use crate::people::Act;

/// Says on the timeline of another matter what it has become part of. Moving it on, although nothing else about it
/// changes, makes sure that nobody does something to it in the same moment that would contradict this.
fn say(conn: &mut Conn, act: &Act, other: &Matter, text: String) -> Result<(), Problem> {
    note(conn, act, other, EntryKind::Linked, text)?;
    life::move_on(conn, act, other, other.version, Change::default())
}

/// Whether the timeline of `here` may name `other`: nobody reads there of a complaint that is hidden from them.
fn may_name(conn: &mut Conn, here: &Matter, other: &Matter) -> Result<bool, Problem> {
    let here_too = matters::barred(conn, here)?;
    let hidden = matters::barred(conn, other)?;
    Ok((here.conduct || !other.conduct) && hidden.iter().all(|who| here_too.contains(who)))
}

/// Tells whoever answers for the matter, where somebody else acted.
fn inform(conn: &mut Conn, act: &Act, matter: &Matter, notice: Notice) -> Result<(), Problem> {
    if act.by.staff_id == Some(matter.accountable_id) {
        return Ok(());
    }
    tell(conn, act, matter, matter.accountable_id, notice)
}
