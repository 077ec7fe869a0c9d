//! 转办: a matter goes to a division and a person, who take it over or send it back with a reason within the time allowed.
//! Until it is taken over, whoever sent it answers for it; silence is told to the office, the sender and their leader.

pub mod actions;
pub mod forms;
pub mod jobs;
pub mod pages;
mod routes;
pub mod rules;
mod store;
pub mod types;
pub mod views;

pub use routes::routes;
pub use store::{of_matter, pending};
pub use types::{Referral, ReferralId};
