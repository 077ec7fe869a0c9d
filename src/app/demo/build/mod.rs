//! Builds the demo court in an empty database: its people first, then, with the clock set back to each day, everything
//! that the script says happened, through the same actions that the pages call.

mod casework;
mod cast;
mod enforcing;
mod entering;
mod logins;
mod office;
mod plan;
mod replying;
mod steps;
mod sweeping;
mod telling;
mod tiers;

pub use cast::Cast;
pub use entering::care;
pub use logins::{LOGINS, Login, logins, read_logins, write_logins};
pub use plan::worked;

use crate::crypto::Keys;
use crate::db::Database;
use crate::error::Problem;
use crate::people::{self, CourtId, passwords};
use crate::time::Moment;
use std::sync::Arc;

/// Enters the court and its people. On every account is [`super::staff::PASSWORD`], which need not be changed.
///
/// # Errors
///
/// `Refused` when there is a court already; when the database is away.
pub fn found(database: &Database, keys: &Arc<Keys>, now: Moment) -> Result<CourtId, Problem> {
    // Hashing takes long on purpose. It is the same password, so it is hashed once, and outside the transaction.
    let hash = passwords::hash(super::staff::PASSWORD)?;
    let keys = keys.clone();
    database.write(move |conn| {
        if !people::courts(conn)?.is_empty() {
            return Err(Problem::refused("这个数据目录里已经有法院，演示数据只能建在空的数据目录里。"));
        }
        cast::found(conn, &keys, now, &hash)
    })
}

/// Lets everything in the script happen, in the order of its days, up to `now`. All of it or nothing.
///
/// # Errors
///
/// When an action refuses, which the script gives no cause for; when the database is away.
pub fn tell(database: &Database, keys: &Arc<Keys>, now: Moment, court: CourtId) -> Result<(), Problem> {
    let keys = keys.clone();
    database.write(move |conn| telling::tell(conn, keys, now, court))
}
