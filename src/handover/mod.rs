//! 移交: everything that a departing or moved person holds goes to those who take it on, in one act: a dry run first, a
//! printed list after. Nobody who still holds something can be deactivated.

pub mod actions;
pub mod forms;
pub mod pages;
mod routes;
pub mod rules;
mod store;
pub mod types;
pub mod urls;

pub use routes::routes;
pub use store::{holdings, holdings_shown, left_holding};
