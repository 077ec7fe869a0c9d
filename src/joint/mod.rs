//! 协办、原案承办人与被反映人员: one person handles a matter, others may be asked to help; who decided the case is named, and
//! isn't the handler unless an officer says why; whom it complains about is named, and has nothing to do with it any more.

pub mod actions;
mod complained;
pub mod forms;
pub mod pages;
mod routes;

pub use complained::name_complained;
pub use routes::routes;
