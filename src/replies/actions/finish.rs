//! Ends a matter: closed after its reply, concluded, or withdrawn by the petitioner.

use crate::audit::{self, Subject};
use crate::call_backs;
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::life::{self, Change};
use crate::matters::stages::Event;
use crate::matters::types::{CloseReason, ReplyManner, Stage};
use crate::matters::{self, EntryKind, MatterId};
use crate::people::Act;
use crate::replies::forms::Undertaking;

fn closed(reason: CloseReason) -> Change {
    Change { stage: Some(Stage::Closed), close_reason: Some(reason), ..Change::default() }
}

/// Closes a matter whose reply was served, as answered or settled (办结).
///
/// # Errors
///
/// `NotFound`, `Forbidden`, `Stale`; `Refused` where no reply was served (promise 2).
pub fn close(
    conn: &mut Conn,
    act: &Act,
    id: MatterId,
    version: i64,
    (reason, undertaking, note): (CloseReason, Undertaking, &str),
) -> Result<(), Problem> {
    let found = life::find_for(conn, act, id, Event::Close)?;
    let signed = match undertaking {
        Undertaking::OnFile => "信访人签署的承诺书已存卷。",
        Undertaking::None => "",
    };
    let text = format!("办结：{}。{signed}{note}", reason.label());
    matters::note(conn, act, &found.matter, EntryKind::Closed, text)?;
    audit::record(conn, act, "matter.closed", Subject::Matter(id.0), &[("reason", reason.code())])?;
    life::move_on(conn, act, &found.matter, version, closed(reason))?;
    call_backs::begin(conn, act, &found.matter, reason)
}

/// Concludes a matter whose reply was served, by the decision of the organ that may (终结).
///
/// # Errors
///
/// As [`close`].
pub fn conclude(
    conn: &mut Conn,
    act: &Act,
    id: MatterId,
    version: i64,
    (document, reason): (&str, &str),
) -> Result<(), Problem> {
    let found = life::find_for(conn, act, id, Event::Conclude)?;
    let text = format!("终结：依据{document}。{reason}");
    matters::note(conn, act, &found.matter, EntryKind::Closed, text)?;
    audit::record(conn, act, "matter.concluded", Subject::Matter(id.0), &[])?;
    life::move_on(conn, act, &found.matter, version, closed(CloseReason::Concluded))?;
    call_backs::begin(conn, act, &found.matter, CloseReason::Concluded)
}

/// The petitioner withdraws: the matter ends, and this is why no reply is owed (promise 2).
///
/// # Errors
///
/// As [`close`].
pub fn withdraw(conn: &mut Conn, act: &Act, id: MatterId, version: i64, reason: &str) -> Result<(), Problem> {
    let found = life::find_for(conn, act, id, Event::PetitionerWithdraws)?;
    super::drop_unserved(conn, &found.matter)?;
    let text = format!("信访人撤回，无须答复：{reason}");
    super::given(conn, act, &found.matter, ReplyManner::NoneOwed, text)?;
    let text = format!("信访人撤回。{reason}");
    matters::note(conn, act, &found.matter, EntryKind::Closed, text)?;
    audit::record(conn, act, "matter.petitioner_withdrew", Subject::Matter(id.0), &[])?;
    life::move_on(conn, act, &found.matter, version, closed(CloseReason::Withdrawn))
}
