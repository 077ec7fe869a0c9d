//! The pages of matters: the registers, one matter, search.

mod conflict;
mod conflict_words;
mod contacts;
mod detail;
mod list;
mod search;
mod send;
mod stages;

pub use conflict::{ConflictPage, conflict};
pub use contacts::{ContactList, contact_list};
pub use detail::{DetailPage, detail, head_line};
pub use list::{MatterList, due_cell, list, matter_rows, matter_table};
pub use search::{SearchPage, search};
pub use send::send_for_screening;
pub use stages::stages;
