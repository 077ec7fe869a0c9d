//! 登记: the counter. One search box, three ways on, one form, a receipt.
//!
//! What is typed lives in [`forms::IntakeForm`] from the first key to the receipt: on the page, in the draft that is kept
//! while typing, and in the answer when something is wrong. [`forms`] reads it into a registration, which the matters
//! slice carries out.

pub mod actions;
mod finding;
pub mod forms;
pub mod imports;
mod pages;
mod receipts;
mod routes;
pub mod rules;
mod store;
mod types;
pub mod urls;

pub use routes::routes;
pub use store::{held_contents, note_key};
