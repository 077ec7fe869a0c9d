//! 批示: a leader is asked about an important matter on a request sheet (重要信访请示单), or acts unasked, and says who is to
//! do what by when; it is followed like a decision until somebody other than the owner has confirmed that it is done.

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

pub use actions::{Asked, Given, ask, confirm, finish, give, instruct, return_to_asker, send_back, withdraw};
pub use boxes::{BoxData, box_for};
pub use jobs::remind;
pub use routes::routes;
pub use types::InstructionId;
pub use views::{Waiting, latest, waiting};
