//! 上级交办: what a higher court, a congress or a political-legal committee gives this court to do, with their number and
//! their date; reported back to them, objected to where it isn't this court's, and followed to their last word.

mod actions;
mod forms;
pub mod pages;
mod routes;
pub mod rules;
mod sheets;
mod store;
pub mod types;
pub mod urls;
mod views;

pub use actions::{follow_receipt, open, step, take};
pub use forms::TakeForm;
pub use routes::routes;
pub use types::{NewAssignment, NewStep, SenderKind, Step};
pub use views::{Box, box_for, standing};
