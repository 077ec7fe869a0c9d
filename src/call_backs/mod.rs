//! 满意度与回访: after closing, somebody other than the handler asks the petitioner how satisfied they are; of each month's
//! closed matters a share is drawn at random and called back; whoever comes again about a closed matter is pointed to its
//! reply.

pub mod actions;
pub mod forms;
pub mod jobs;
pub mod pages;
mod routes;
pub mod rules;
mod sheets;
mod store;
pub mod types;
pub mod urls;
pub mod views;

pub use actions::{begin, came_again, drop_waiting};
pub use routes::routes;
pub use store::{follow, owed, scores};
pub use types::{Asking, AskingId, AskingKind, Owed, Score};
