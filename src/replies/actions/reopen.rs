//! Opens an answered matter again, on something new (恢复办理).

use crate::audit::{self, Subject};
use crate::call_backs;
use crate::db::Conn;
use crate::deadlines::{self, Code};
use crate::error::Problem;
use crate::matters::life::{self, Change, Found};
use crate::matters::mails::{Notice, tell};
use crate::matters::rules::{Screening, outcome};
use crate::matters::stages::Event;
use crate::matters::types::Stage;
use crate::matters::{self, EntryKind, MatterId, audience};
use crate::people::{self, Act, StaffId};

/// Opens it again: handled as if it had been accepted today, by whoever answered for it last; by whoever opens it, where
/// that person has left or may no longer see it.
///
/// # Errors
///
/// `NotFound`, `Forbidden`, `Stale`; `Refused` by the stage.
pub fn reopen(conn: &mut Conn, act: &Act, id: MatterId, version: i64, reason: &str) -> Result<(), Problem> {
    let found = life::find_for(conn, act, id, Event::Reopen)?;
    let matter = &found.matter;
    let accountable = accountable(conn, act, &found)?;
    call_backs::drop_waiting(conn, matter)?;
    for code in [Code::Close, Code::ReviewRequest] {
        deadlines::cancel(conn, id.0, code)?;
    }
    let started: Vec<_> =
        outcome(&Screening::Accepted).clocks.into_iter().map(|code| (code, act.now.today())).collect();
    deadlines::start_all(conn, act, matter.court_id, id.0, &started)?;
    matters::note(conn, act, matter, EntryKind::Reopened, format!("恢复办理。新的情况：{reason}"))?;
    let key = format!("reopened:{version}");
    let text = "一件已办结的信访事项因为新的情况恢复办理，由您负责。请查看新的情况，按时答复。";
    tell(conn, act, matter, accountable, Notice { subject: "恢复办理", text, key: &key, urgent: false })?;
    audit::record(conn, act, "matter.reopened", Subject::Matter(id.0), &[])?;
    let change = Change { stage: Some(Stage::Handling), accountable: Some(accountable), ..Change::default() };
    life::move_on(conn, act, matter, version, change)
}

fn accountable(conn: &mut Conn, act: &Act, found: &Found) -> Result<StaffId, Problem> {
    let before = people::staff_of_any_court(conn, found.matter.accountable_id)?;
    let same =
        before.court_id == found.matter.court_id && audience::sees(conn, &before, act.now, found.matter.id)?;
    if same { Ok(before.id) } else { act.by.person() }
}
