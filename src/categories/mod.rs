//! 诉求类别与指引渠道: the two lists that registration chooses from. The petition office proposes a change, the security
//! administrator puts it in force; an entry is never deleted, because old matters hold its code.

mod actions;
mod forms;
mod pages;
mod routes;
pub mod urls;

pub use forms::{CategoryChange, GuidanceChange};
pub use routes::routes;
