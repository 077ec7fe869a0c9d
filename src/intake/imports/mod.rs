//! 导入: a list of matters from Excel as a run that can be left and come back to.
//!
//! The upload is checked row by row at once; what may be registered is then kept sealed in batches. [`jobs`] registers
//! batch after batch, each in the transaction that also takes the batch away: what is left is what is still to do, so a
//! run goes on exactly where it stood, and nothing personal stays behind when it ends. All-or-nothing is one transaction.

pub mod actions;
pub mod jobs;
mod sheets;
pub mod store;
pub mod types;

pub use actions::forget_reports;
pub use jobs::{Importer, Importing, Steps};
pub use sheets::workbook;
pub use types::{Import, ImportId, ImportState, Policy};
