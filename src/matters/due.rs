//! What a matter owes next, kept on its row for the lists, follows its clocks when the calendar moves them.

use super::store;
use super::types::{EntryId, EntryKind, MatterId, TimelineEntry};
use crate::call_backs;
use crate::db::Conn;
use crate::deadlines::{self, Moved};
use crate::error::Problem;
use crate::people::Act;
use crate::supervision;
use crate::web::formats::plain_date;

/// Tells on the matter's timeline that a date moved with the calendar, and puts what is due next on its row.
///
/// # Errors
///
/// When it can't be written.
pub fn tell_moved(conn: &mut Conn, act: &Act, moved: &Moved) -> Result<(), Problem> {
    let clock = &moved.clock;
    let id = MatterId(clock.matter_id);
    let entry = TimelineEntry {
        id: EntryId::new(act.now),
        court_id: clock.court_id,
        matter_id: id,
        kind: EntryKind::Deadline,
        at: act.now.utc(),
        staff_id: act.by.staff_id,
        staff_name: act.by.name.clone(),
        text: format!(
            "工作日历有变动，“{}”的到期日由{}调整为{}。",
            clock.code.label(),
            plain_date(moved.before),
            plain_date(clock.due_on)
        ),
        contact_id: None,
        corrects_id: None,
    };
    store::insert_entries(conn, &[entry])?;
    supervision::follow(conn, clock.id, clock.due_on)?;
    call_backs::follow(conn, clock.id, clock.due_on)?;
    if let Some((next, _)) = deadlines::next(conn, id.0)? {
        store::set_next_due(conn, id, next.due_on, Some(next.id))?;
    }
    Ok(())
}
