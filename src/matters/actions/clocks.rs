//! A matter's clocks as registration and screening start them, and its next date.

use crate::db::Conn;
use crate::deadlines::{self, Clock, ClockId, Code};
use crate::error::Problem;
use crate::matters::types::MatterId;
use crate::people::{Act, CourtId};
use chrono::NaiveDate;

/// Starts these clocks on `from` and says which date comes first.
///
/// # Errors
///
/// `Refused` when the court has no rule for one of them.
pub fn start(
    conn: &mut Conn,
    act: &Act,
    court: CourtId,
    matter: MatterId,
    codes: &[Code],
    from: NaiveDate,
) -> Result<Vec<Clock>, Problem> {
    let wanted: Vec<(Code, NaiveDate)> = codes.iter().map(|code| (*code, from)).collect();
    deadlines::start_all(conn, act, court, matter.0, &wanted)
}

/// The earliest date among clocks that still run.
pub fn earliest(clocks: &[Clock]) -> Option<(NaiveDate, ClockId)> {
    clocks
        .iter()
        .filter(|clock| clock.met_on.is_none() && !clock.cancelled)
        .map(|clock| (clock.due_on, clock.id))
        .min()
}
