//! The pages of rules and clocks.

mod clock;
mod table;

pub use clock::explanation;
pub use table::{RulePage, edit, table};
