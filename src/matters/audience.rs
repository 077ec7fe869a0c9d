//! Who may see a matter, asked of other people than the one who acts: before something is addressed to somebody.

use super::store;
use super::types::{Matter, MatterId};
use crate::db::Conn;
use crate::error::Problem;
use crate::people::types::Staff;
use crate::people::{self, StaffId, sessions};
use crate::time::Moment;
use diesel::OptionalExtension;

/// Whether this member of staff, as they stand now, sees the matter: they are active, it is within their reach, and it
/// isn't a complaint about them.
///
/// # Errors
///
/// When the database is away.
pub fn sees(conn: &mut Conn, staff: &Staff, now: Moment, matter: MatterId) -> Result<bool, Problem> {
    if !staff.active {
        return Ok(false);
    }
    let scope = sessions::actor(conn, staff, now)?.scope;
    Ok(store::find(conn, &scope, matter).optional()?.is_some())
}

/// Those of `staff` who see the matter, each once, in their order.
///
/// # Errors
///
/// When the database is away.
pub fn who_see(
    conn: &mut Conn,
    staff: impl IntoIterator<Item = Staff>,
    now: Moment,
    matter: MatterId,
) -> Result<Vec<Staff>, Problem> {
    let mut seeing: Vec<Staff> = Vec::new();
    for one in staff {
        if !seeing.iter().any(|known| known.id == one.id) && sees(conn, &one, now, matter)? {
            seeing.push(one);
        }
    }
    Ok(seeing)
}

/// Whoever answers for a matter: its accountable person, the head of that person's division, and the head of the
/// division that it is about; those of them who see it.
///
/// # Errors
///
/// When the database is away.
pub fn answerable(conn: &mut Conn, matter: &Matter, now: Moment) -> Result<Vec<Staff>, Problem> {
    let accountable = people::staff_of_any_court(conn, matter.accountable_id)?;
    let mut asked = Vec::new();
    let divisions = [accountable.division_id, matter.division_id];
    asked.push(accountable);
    for division in divisions.into_iter().flatten() {
        asked.extend(people::head_of_division(conn, matter.court_id, division)?);
    }
    who_see(conn, asked, now, matter.id)
}

/// Who has to see to a matter, closed ones too: whoever answers for it, while they see it; else the petition officers who
/// do.
///
/// # Errors
///
/// When the database is away.
pub fn responsible(conn: &mut Conn, matter: &Matter, now: Moment) -> Result<Vec<Staff>, Problem> {
    let accountable = people::staff_of_any_court(conn, matter.accountable_id)?;
    if sees(conn, &accountable, now, matter.id)? {
        return Ok(vec![accountable]);
    }
    let officers = people::petition_officers(conn, matter.court_id)?;
    who_see(conn, officers, now, matter.id)
}

/// The member of staff of the matter's court with this id, if they see the matter.
///
/// # Errors
///
/// `Refused` when there is no such person or the matter is closed to them.
pub fn seeing(conn: &mut Conn, id: StaffId, matter: &Matter, now: Moment) -> Result<Staff, Problem> {
    let staff = people::staff_of_any_court(conn, id).optional()?;
    let staff = staff.filter(|staff| staff.court_id == matter.court_id);
    match staff {
        Some(staff) if sees(conn, &staff, now, matter.id)? => Ok(staff),
        Some(_) | None => {
            Err(Problem::refused("选择的人员看不到这件事项（不在其查看范围内，或者须回避），请改选他人。"))
        }
    }
}
