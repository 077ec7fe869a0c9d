//! 归档: the file of a closed matter gets a number, an index of its papers with their pages, and a time for which it is kept.

mod actions;
mod forms;
mod pages;
mod routes;
pub mod rules;
mod sheets;
mod store;
pub mod types;
pub mod urls;
mod views;

pub use actions::{Filing, archive};
pub use routes::routes;
pub use store::of_matter as filed;
pub use types::{Archive, ArchiveId, Item, Retention};
pub use views::{due_before, overdue};
