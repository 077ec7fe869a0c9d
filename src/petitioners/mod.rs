//! 信访人: one record a person or organisation; found again, merged, masked, revealed.
//!
//! * What somebody types is read by [`Typed`] (the search box), [`reader_line`] (a card reader), [`forms`] (the form).
//! * [`find_matches`] says who may be meant, and why; a merged record is always shown as its survivor.
//! * Document numbers, phones and addresses lie sealed; they are found by blind indexes in `petitioner_keys`, which only
//!   ever grows, so that a former phone or name still finds its owner. Pages show masks; [`actions::reveal`] opens one
//!   with a reason.

pub mod actions;
pub mod command;
pub mod document_number;
pub mod forms;
mod matching;
pub mod pages;
pub mod phone;
pub mod profile;
pub mod reader_line;
pub mod routes;
pub mod rules;
pub mod store;
mod typed;
pub mod types;
pub mod urls;

pub use matching::{Match, doubles, find_matches, likely_same};
pub use typed::Typed;
pub use types::{Petitioner, PetitionerDetails, PetitionerId};
