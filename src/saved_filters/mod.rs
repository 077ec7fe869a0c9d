//! 保存的筛选: filters of a register that somebody keeps under a name of their own, as links on the register and on their
//! day's page. Codes, ids and days only; never a word of what was searched for.

pub mod actions;
pub mod forms;
pub mod pages;
mod routes;
pub mod rules;
mod store;
pub mod types;
pub mod urls;
pub mod views;

pub use routes::routes;
