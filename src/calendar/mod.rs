//! 工作日历: which days the court works, and how sure that is.
//!
//! A working day (工作日) is Monday to Friday, less the holidays (放假) and plus the make-up days (调休上班) that the
//! State Council's office announces each autumn for the year after. A year is official (已公布), provisional (暂定:
//! the days that the law itself fixes, before the announcement) or missing.

pub mod actions;
pub mod change;
pub mod command;
pub mod forms;
pub mod kept;
mod pages;
pub mod routes;
pub mod rules;
pub(crate) mod store;
pub mod types;
pub mod urls;

pub use change::YearContent;
pub use kept::working_days;
pub use types::{Day, DayKind, WorkingDays, Year, YearStatus};
