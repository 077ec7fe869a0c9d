//! 答复与办结: the reply (答复意见书) is drafted item by item, approved by somebody else, served with proof; then the matter
//! is closed, concluded, or withdrawn by the petitioner, and reopened on something new.

pub mod actions;
pub mod approvals;
pub mod forms;
pub mod pages;
mod routes;
pub mod rules;
mod store;
pub mod types;
pub mod urls;
pub mod views;

pub use routes::routes;
pub use store::{current, current_of_job, items_of, writers_of};
pub use types::{Content, Draft, DraftId, DraftState, Item};
