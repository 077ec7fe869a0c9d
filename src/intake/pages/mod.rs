//! What the counter looks like.

mod cards;
mod doubles;
mod finder;
mod form;
mod import;
mod person;
mod receipt;

pub use finder::{Finder, finder, matches};
pub use form::{FormPage, form};
pub use import::{import, imports};
pub use receipt::receipt;
