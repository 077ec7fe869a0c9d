//! The pages of rules and clocks.

mod changing;
mod clock;
mod extensions;
mod history;
mod received;
mod table;

pub use changing::ChangePage;
pub use clock::explanation;
pub use extensions::{decide, list as extensions};
pub use history::of_matter;
pub use received::{ShiftRow, confirm, received};
pub use table::{RulePage, edit, table};
