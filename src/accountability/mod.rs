//! 责任倒查: when a matter that is closed, or has reached the third tier, shows a fault in how the case was handled, inspection
//! reviews what kind of fault, whose, and what is to be done, so that the court mends causes.
//!
//! A review is seen by inspection and the president only. From a person reviewed it is hidden everywhere until they are
//! notified, also where that person is of inspection or the president; after that they see their own finding and nothing
//! else. So a review leaves no entry on a timeline, sends no mail, and its lines of the trail are shown only on its own
//! page.

mod actions;
mod forms;
mod pages;
mod routes;
pub mod rules;
mod sheets;
mod store;
pub mod types;
mod urls;
mod views;

pub use actions::{Decision, add_person, decide, find_about, notify, open, state};
pub use pages::matter_box;
pub use routes::routes;
pub use types::{Cause, FaultKind, ReviewId};
pub use views::{BoxData, box_for, delivered, latest, notified};
