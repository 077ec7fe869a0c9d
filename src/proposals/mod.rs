//! 待生效的改动: a change of the calendar or the rules that one person proposes (拟订) and another, the security
//! administrator, puts in force (生效). What a change says and does belongs to the slice whose change it is.

pub mod actions;
pub mod pages;
mod routes;
mod store;
pub mod types;

pub use routes::{Pressed, decided_before};
pub use store::{history, of_kind, open_of, open_targets};
pub use types::{Proposal, ProposalId, ProposalKind, ProposalState};
