//! Where enforcement matters are kept.

mod ledger;
mod matters;
mod tasks;

pub use ledger::{insert_posting, insert_talk, payments, posting, postings_of, talk, talks_of};
pub use matters::{count_owned, keep, of_matter, of_matters, page, untaken};
pub use tasks::{
    add_measure, insert_result, insert_sheet, mark_ended, measure, measures_of, open_measures_of, pass_on,
    results_of, sheet, sheet_of_submission, sheets_of,
};
