//! 邮件: the page on which the office sees what was sent, what waits and what failed, and sends again. Whoever looks after
//! the machine sees states and addresses, never subjects; nobody reads bodies here.

mod actions;
pub mod command;
mod mails;
mod pages;
mod routes;
mod rules;
mod urls;

pub use actions::{list, send_again, send_test, try_channel};
pub use routes::routes;
pub use rules::{Group, Query};
