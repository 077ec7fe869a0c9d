//! Values that every registration needs and that hardly ever change: read from the database once, kept in memory, and
//! known to hold by a stamp that each transaction reads.
//!
//! The stamp is a random number that changes in the same transaction as what it stands for. A stamp seen again
//! therefore means the same values, in whichever instance, database or test: an instance that didn't make the change
//! sees the new stamp and reads anew, and one whose transaction was rolled back has kept values under a stamp that
//! nobody will see.

use super::store;
use super::types::WorkingDays;
use crate::db::Conn;
use crate::error::Problem;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// How many stamps' values are kept: one in service, more where one process works on several databases.
const STAMPS_KEPT: usize = 32;
/// How often reading starts over because somebody changed the values meanwhile.
const ATTEMPTS: usize = 3;

/// Values by their stamp.
pub struct Kept<T> {
    entries: Mutex<VecDeque<(i64, Arc<T>)>>,
}

impl<T> Kept<T> {
    /// Keeps nothing yet.
    pub const fn nothing() -> Self {
        Kept { entries: Mutex::new(VecDeque::new()) }
    }

    /// What is in force now, read with `read` unless it is kept already.
    ///
    /// # Errors
    ///
    /// When the stamp or the values can't be read.
    pub fn get(
        &self,
        conn: &mut Conn,
        mut read: impl FnMut(&mut Conn) -> Result<T, Problem>,
    ) -> Result<Arc<T>, Problem> {
        let mut stamp = store::stamp(conn)?;
        for _ in 0..ATTEMPTS {
            if let Some(value) = stamp.and_then(|stamp| self.find(stamp)) {
                return Ok(value);
            }
            let value = Arc::new(read(conn)?);
            // On PostgreSQL another instance may have changed the values between the two readings.
            let after = store::stamp(conn)?;
            match after {
                None => return Ok(value),
                Some(now) if after == stamp => {
                    self.keep(now, value.clone());
                    return Ok(value);
                }
                Some(_) => stamp = after,
            }
        }
        read(conn).map(Arc::new)
    }

    fn find(&self, stamp: i64) -> Option<Arc<T>> {
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.iter().find(|(kept, _)| *kept == stamp).map(|(_, value)| value.clone())
    }

    fn keep(&self, stamp: i64, value: Arc<T>) {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.push_front((stamp, value));
        entries.truncate(STAMPS_KEPT);
    }
}

static CALENDAR: Kept<WorkingDays> = Kept::nothing();

/// The court's calendar, from memory while it stands.
///
/// # Errors
///
/// When it can't be read.
pub fn working_days(conn: &mut Conn) -> Result<Arc<WorkingDays>, Problem> {
    CALENDAR.get(conn, |conn| Ok(store::load(conn)?))
}
