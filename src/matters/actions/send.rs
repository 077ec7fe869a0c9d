//! Hands an undecided matter to the petition office, which decides on screening (送甄别).

use crate::audit::{self, Subject};
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::life::{self, Change};
use crate::matters::mails::{Notice, tell};
use crate::matters::stages::Event;
use crate::matters::types::{EntryKind, MatterId, Stage};
use crate::matters::{note, store};
use crate::people::{self, Act};

/// Hands the matter that is still at `version` to the court's first petition officer who may see it; they answer for it
/// from now on, by the screening deadline that runs since registration.
///
/// # Errors
///
/// `NotFound`, `Forbidden`, `Stale`; `Refused` by the stage, or when the court has no petition officer.
pub fn send_for_screening(conn: &mut Conn, act: &Act, id: MatterId, version: i64) -> Result<(), Problem> {
    let found = life::find_for(conn, act, id, Event::SendForScreening)?;
    let barred = store::barred(conn, &found.matter)?;
    let officers = people::petition_officers(conn, found.matter.court_id)?;
    let officer = officers.into_iter().find(|officer| !barred.contains(&officer.id)).ok_or_else(|| {
        Problem::refused("本院还没有设置信访专干，没有人可以甄别。请自行甄别，或者联系安全管理员分配角色。")
    })?;
    let text = format!("送信访专干{}甄别。", officer.name);
    note(conn, act, &found.matter, EntryKind::Accountable, text)?;
    let text = "有一件信访事项等您甄别。请在规定时间内作出决定。";
    tell(
        conn,
        act,
        &found.matter,
        officer.id,
        Notice { subject: "待甄别", text, key: "screening", urgent: false },
    )?;
    let values = [("to", officer.name.as_str())];
    audit::record(conn, act, "matter.sent_for_screening", Subject::Matter(id.0), &values)?;
    let change = Change { stage: Some(Stage::Screening), accountable: Some(officer.id), ..Change::default() };
    life::move_on(conn, act, &found.matter, version, change)
}
