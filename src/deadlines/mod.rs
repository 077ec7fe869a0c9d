//! 时限: the table of rules, the clocks that run by them, and dates that explain themselves.
//!
//! A rule (时限规则) says how long, counted how, from what, with which legal source; a clock (时限) is one rule running for
//! one matter; a derivation says day by day why its date is what it is.

pub mod actions;
pub mod change;
pub mod clocks;
pub mod defaults;
pub mod forms;
pub mod pages;
pub mod pauses;
pub mod routes;
pub mod rules;
mod store;
pub mod types;
pub mod urls;
mod views;

pub use clocks::{
    History, Moved, RuleTable, cancel, cancel_one, cancel_open, explain, histories, meet, meet_one, misfits,
    name_due, next, of_matter, redate, reopen, rule_on, start, start_all, waiting_request,
};
pub use store::open_of_all;
pub use views::{count_waiting as count_extensions_waiting, may_decide};

pub use types::{Clock, ClockId, Code, Explanation, Rule, RuleId};

use crate::calendar;
use crate::db::Conn;
use crate::error::Problem;
use crate::time::Moment;

/// Enters the shipped years and rules that are missing; doing it again changes nothing. Run after migrating, in a
/// transaction.
///
/// # Errors
///
/// When they can't be written.
pub fn seed(conn: &mut Conn, now: Moment) -> Result<(), Problem> {
    calendar::store::queue_for_seeding(conn)?;
    let years = calendar::store::seed(conn, now)?;
    let rules = store::seed(conn, now)?;
    if years || rules {
        calendar::store::restamp(conn)?;
    }
    Ok(())
}
