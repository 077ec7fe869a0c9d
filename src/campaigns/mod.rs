//! 集中执行: for some weeks the court puts enforcement matters together, works on them with one aim, and sees what came of it.

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

pub use actions::{CampaignDraft, change, close, open, put_in, take_out};
pub use routes::routes;
pub use store::{led_by, named};
pub use types::CampaignId;
pub use views::{OfMatter, of_matter};
