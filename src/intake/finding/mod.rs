//! Reading for the counter: who may be meant and what is open of theirs; what can be chosen; likely doubles.

mod cards;
mod choices;
mod doubles;
mod drafts;
mod searching;

pub use cards::{known, matter_cards};
pub use choices::choices;
pub use doubles::{all_seen, doubles, seen};
pub use drafts::{draft, drafts, files};
pub use searching::find;
