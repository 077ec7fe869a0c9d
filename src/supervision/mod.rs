//! 督办: demanding an answer about a matter, by letter, telephone or on site. A demand that isn't answered in time hardens:
//! the second follows the first, and then the president is told; by a person's hand, or by the nightly job.
//!
//! A series (一轮督办) is a first demand and what it hardened into; each of its rounds exists at most once.

mod actions;
mod boxes;
mod forms;
mod jobs;
mod mails;
pub mod pages;
mod routes;
pub mod rules;
mod sheets;
mod store;
pub mod types;
pub mod urls;
mod views;

pub use actions::{Notice, answer, issue, matter_closed};
pub use boxes::{BoxData, box_for};
pub use jobs::harden;
pub use routes::routes;
pub use store::follow;
pub use types::{Manner, Round, SupervisionId};
pub use views::{Waiting, latest, unanswered, waiting};
