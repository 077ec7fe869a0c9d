//! 三级机制: how a matter rises, who solves it in each tier, and what leaders do themselves.
//!
//! A fact raises a matter in its own transaction ([`came`], [`accepted`], [`reopened`], [`actions::confirm_heard`]); time does
//! so every hour ([`jobs::run_over`]). A tier falls only by a decision of a closed meeting ([`actions::correct`]). Each
//! escalation keeps the rule, what it saw, and whom it told by which mail.
//!
//! A tier's clocks stand beside those of the law: what is done to one kind moves none of the other.

pub mod actions;
pub mod change;
mod defaults;
mod forms;
pub mod jobs;
pub mod pages;
mod routes;
pub mod rules;
mod store;
pub mod types;
pub mod urls;
pub mod views;

pub use actions::{accepted, becomes_petition, came, reopened};
pub use routes::routes;
pub use types::Tier;
pub use views::{BoxData, box_for, in_charge, in_charge_of_all};

use crate::db::Conn;
use crate::error::Problem;
use crate::time::Moment;

/// Enters the shipped rules that are missing; doing it again changes nothing.
///
/// # Errors
///
/// When they can't be written.
pub fn seed(conn: &mut Conn, now: Moment) -> Result<(), Problem> {
    Ok(store::seed(conn, now)?)
}
