//! What a matter owes next, kept on its row for the lists, follows its clocks.

use crate::db::Conn;
use crate::deadlines::{self, Moved};
use crate::error::Problem;
use crate::people::Act;
use crate::schema::{matters, timeline};
use crate::web::formats::plain_date;
use diesel::prelude::*;

/// Puts the clock that is due first on the matter's row; nothing where no clock runs. Called after clocks were started,
/// met, cancelled or moved.
///
/// # Errors
///
/// When it can't be written: a matter that isn't closed must owe something next.
pub fn follow_clocks(conn: &mut Conn, matter_id: i64) -> Result<(), Problem> {
    let next = deadlines::next(conn, matter_id)?.map(|(clock, _)| clock);
    diesel::update(matters::table.find(matter_id))
        .set((
            matters::next_due_on.eq(next.as_ref().map(|clock| clock.due_on)),
            matters::next_clock_id.eq(next.as_ref().map(|clock| clock.id.0)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Tells on the matter's timeline that a date moved with the calendar, and puts what is due next on its row.
///
/// # Errors
///
/// When it can't be written.
pub fn tell_moved(conn: &mut Conn, act: &Act, moved: &Moved) -> Result<(), Problem> {
    let clock = &moved.clock;
    let text = format!(
        "工作日历有变动，“{}”的到期日由{}调整为{}。",
        clock.code.label(),
        plain_date(moved.before),
        plain_date(clock.due_on)
    );
    diesel::insert_into(timeline::table)
        .values((
            timeline::id.eq(crate::db::next_id(act.now)),
            timeline::court_id.eq(clock.court_id),
            timeline::matter_id.eq(clock.matter_id),
            timeline::kind.eq("deadline_moved"),
            timeline::at.eq(act.now.utc()),
            timeline::staff_id.eq(act.by.staff_id),
            timeline::staff_name.eq(&act.by.name),
            timeline::text.eq(text),
        ))
        .execute(conn)?;
    follow_clocks(conn, clock.matter_id)
}
