//! Linking two matters, and undoing it.

use super::{may_name, say};
use crate::audit::{self, Subject};
use crate::db::Conn;
use crate::error::Problem;
use crate::links::rules::{self, Refusal};
use crate::links::store;
use crate::links::types::{Link, LinkId, LinkKind};
use crate::matters::life::{self, Change};
use crate::matters::stages::Event;
use crate::matters::{self, EntryKind, MatterId};
use crate::people::Act;

/// A link as it is entered on one matter's page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entered {
    /// The matter at the other end.
    pub other: MatterId,
    pub kind: LinkKind,
    /// This matter is the original, and the other one the later.
    pub is_original: bool,
    pub note: String,
}

/// Links a matter that is still at `version` with another (关联).
///
/// # Errors
///
/// `Forbidden`, `Stale`; `NotFound` where either is not for this person to see; `Refused`: see [`Refusal`].
pub fn link(
    conn: &mut Conn,
    act: &Act,
    id: MatterId,
    version: i64,
    entered: &Entered,
) -> Result<LinkId, Problem> {
    let found = life::find_for(conn, act, id, Event::Link)?;
    let other = matters::find(conn, &act.by.scope, entered.other)?;
    if other.id == id {
        return Err(Refusal::Itself.into());
    }
    if store::links_of(conn, id)?.iter().any(|link| link.other(id) == other.id) {
        return Err(Refusal::LinkedAlready.into());
    }
    let this = &found.matter;
    let (later, original) = if entered.is_original { (&other, this) } else { (this, &other) };
    if rules::closes_circle(&store::pairs_above(conn, original.id)?, later.id, original.id) {
        return Err(Refusal::Circle.into());
    }
    let link = Link {
        id: LinkId::new(act.now),
        court_id: this.court_id,
        later_id: later.id,
        kind: entered.kind,
        original_id: original.id,
        note: entered.note.clone(),
        made_at: act.now.utc(),
        made_by: act.by.person()?,
        undone_at: None,
        undone_by: None,
        undone_reason: None,
    };
    store::insert_link(conn, &link)?;
    let text = |end: &str| format!("建立关联（{}）：{end}。{}", link.kind.label(), link.note);
    let as_later = |original: &str| text(&format!("原事项是{original}"));
    let as_original = |later: &str| text(&format!("后续事项是{later}"));
    let (here, there) = if entered.is_original {
        (as_original(&other.number), as_later(&this.number))
    } else {
        (as_later(&other.number), as_original(&this.number))
    };
    if may_name(conn, this, &other)? {
        matters::note(conn, act, this, EntryKind::Linked, here)?;
    }
    if may_name(conn, &other, this)? {
        say(conn, act, &other, there)?;
    }
    let values = [("kind", link.kind.code()), ("other", other.number.as_str())];
    audit::record(conn, act, "matter.linked", Subject::Matter(id.0), &values)?;
    life::move_on(conn, act, this, version, Change::default())?;
    Ok(link.id)
}

/// Undoes a link (撤销关联).
///
/// # Errors
///
/// `Forbidden`; `NotFound` for one that is undone, or between matters that this person may not see; `Refused` for the
/// link of a split.
pub fn undo_link(conn: &mut Conn, act: &Act, id: LinkId, reason: &str) -> Result<MatterId, Problem> {
    let link = store::find_link(conn, &act.by.scope, id)?;
    let later = life::find_for(conn, act, link.later_id, Event::Link)?.matter;
    let original = life::find_for(conn, act, link.original_id, Event::Link)?.matter;
    rules::undo(link.kind)?;
    if !store::undo_link(conn, id, (act.by.person()?, act.now.utc()), reason)? {
        return Err(Problem::Stale);
    }
    let text = |other: &str| format!("撤销与{other}的关联（{}）。理由：{reason}", link.kind.label());
    for (here, other) in [(&later, &original), (&original, &later)] {
        if may_name(conn, here, other)? {
            say(conn, act, here, text(&other.number))?;
        }
    }
    let values = [("kind", link.kind.code()), ("other", original.number.as_str()), ("reason", reason)];
    audit::record(conn, act, "matter.unlinked", Subject::Matter(later.id.0), &values)?;
    Ok(later.id)
}
