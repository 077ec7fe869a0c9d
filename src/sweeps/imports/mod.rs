//! A list of cases from Excel as a run that can be left and come back to.
//!
//! The upload is read row by row at once; the good rows are kept sealed in batches. The worker enters batch after batch, each
//! in the transaction that also takes the batch away: what is left is what is still to do, so a run that was stopped or cut
//! off goes on exactly where it stood. A case that is on the sheet already is told of and not doubled.

mod actions;
mod reading;
mod types;
mod workbook;

pub use actions::{forget_reports, give_up, go_on, look, resume, start, steps, stop};
pub use reading::{FIELDS, MOST_ROWS, Read, read};
pub use types::{Batch, Import, ImportId, ImportState, Line, Outcome, Remark, Shown};
pub use workbook::workbook;
