//! 协办与原案承办人: one person handles a matter, others may be asked to help; who decided the case is named, and isn't the
//! handler unless an officer says why.

pub mod actions;
pub mod forms;
pub mod pages;
mod routes;

pub use routes::routes;
