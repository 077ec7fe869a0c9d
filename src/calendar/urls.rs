//! Where the calendar's pages are.

use crate::proposals::ProposalId;
use chrono::NaiveDate;

pub const CALENDAR: &str = "/settings/calendar";
pub const IMPORT: &str = "/settings/calendar/import";

pub fn year(year: i32) -> String {
    format!("{CALENDAR}/years/{year}")
}

/// The page on which one day's kind is changed.
pub fn day(date: NaiveDate) -> String {
    format!("{CALENDAR}/days/{date}")
}

/// To which `/accept`, `/reject` or `/withdraw` is added.
pub fn proposal(id: ProposalId) -> String {
    format!("{CALENDAR}/proposals/{id}")
}
