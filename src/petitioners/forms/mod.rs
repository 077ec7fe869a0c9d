//! What is typed about petitioners.

mod person;
mod requests;

pub use person::PetitionerForm;
pub use requests::{MergeForm, OtherForm, ReasonForm, RevealForm, SearchForm, VersionForm};
