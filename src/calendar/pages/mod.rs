//! The calendar's pages: a year to read, a day to change, a year to import.

mod edit;
mod year;

pub use edit::{day, import};
pub use year::{Waiting, YearPage};
