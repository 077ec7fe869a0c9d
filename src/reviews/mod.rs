//! 复查、复核: who is not content with a reply asks the organ above, within 30 days and where no procedure of law exists; the
//! file is handed over in five working days, and what was decided above comes back onto the matter.

pub mod actions;
pub mod forms;
pub mod pages;
mod routes;
pub mod rules;
mod store;
pub mod types;
pub mod urls;
pub mod views;

pub use routes::routes;
pub use store::{awaited_here, of_matter};
pub use types::{ReviewKind, ReviewRequest, ReviewRequestId, ReviewState};
