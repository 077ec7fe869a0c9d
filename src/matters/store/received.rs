//! The day on which a matter was received, put right.

use crate::db::Conn;
use crate::matters::types::{Contact, Matter};
use crate::schema::{contacts, matters};
use crate::time::Moment;
use diesel::prelude::*;

/// The second contact about a matter.
pub fn second_contact(conn: &mut Conn, matter: &Matter) -> QueryResult<Option<Contact>> {
    contacts::table.filter(contacts::matter_id.eq(matter.id).and(contacts::nth.eq(2))).first(conn).optional()
}

/// Puts right when a matter was received, and with it its first contact, if it is still as it was. Says whether it was.
pub fn correct_received(conn: &mut Conn, matter: &Matter, at: Moment) -> QueryResult<bool> {
    let changed = diesel::update(matters::table.find(matter.id).filter(matters::version.eq(matter.version)))
        .set((matters::received_at.eq(at.utc()), matters::version.eq(matter.version + 1)))
        .execute(conn)?;
    if changed == 0 {
        return Ok(false);
    }
    let first = contacts::matter_id.eq(matter.id).and(contacts::nth.eq(1));
    diesel::update(contacts::table.filter(first).filter(contacts::happened_at.eq(matter.received_at)))
        .set(contacts::happened_at.eq(at.utc()))
        .execute(conn)?;
    match second_contact(conn, matter)? {
        Some(second) => {
            let since = Moment::from_utc(second.happened_at).today() - at.today();
            diesel::update(contacts::table.find(second.id))
                .set(contacts::interval_days.eq(since.num_days().max(0)))
                .execute(conn)?;
        }
        None => {
            diesel::update(matters::table.find(matter.id))
                .set(matters::last_contact_at.eq(at.utc()))
                .execute(conn)?;
        }
    }
    Ok(true)
}
