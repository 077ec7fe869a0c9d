//! 排查: each division looks through the cases that it filed and closed, month by month, in ten-day and in special periods,
//! and answers about each: nothing, look again next month, tier one.
//!
//! A sheet ([`types::Sweep`]) belongs to a division and a period, never to a person: whoever heads the division answers for
//! it, so nobody's leaving loses it. The month's sheets open by themselves ([`jobs::open`]); what is left unanswered is
//! chased ([`jobs::chase`]). "Tier one" marks a sign in the same transaction ([`actions::answer`]).

pub mod actions;
pub mod forms;
pub mod imports;
pub mod jobs;
pub mod mails;
pub mod pages;
mod routes;
pub mod rules;
mod sheets;
mod store;
pub mod types;
pub mod urls;
pub mod views;

pub use routes::routes;
pub use rules::{Reach, reach};
pub use store::{late, open_sign};
pub use types::{Answer, RowId, SweepId};
