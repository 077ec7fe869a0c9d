//! 批量转办: several matters sent to one place in one go. Each is referred by itself, by the same rules as a single one;
//! what became of each is kept, so that sending the form twice refers nothing twice.

pub mod actions;
pub mod forms;
pub mod pages;
mod routes;
mod store;
pub mod types;
pub mod urls;
pub mod views;

pub use routes::routes;
