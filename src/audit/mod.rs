//! 留痕: who did what, when, to what. Every write puts a line here in its own transaction. The lines form one chain: each
//! carries a keyed hash (HMAC-SM3) over itself and over the one before, so that an edit, a deletion, a swap or an
//! insertion is found by `tingsong audit verify`, and the first broken line is named. The chain's end is also kept
//! outside the database ([`Anchor`]), so that cutting off the newest lines is found too.
//!
//! What was written down is kept beside the chain as values; the chain holds keyed digests of them. A value can be
//! anonymised later ([`anonymise`]) and the chain still holds.

mod actions;
pub mod anchor;
pub mod command;
mod forms;
mod labels;
mod pages;
mod routes;
mod rules;
mod store;
mod types;
mod urls;

pub use actions::{anonymise, next_line, prepare_anchor, record};
pub use anchor::Anchor;
pub use labels::action_label;
pub use routes::routes;
pub use rules::{Broken, Fault};
pub use store::{Filter, Shown, end, head, history, page};
pub use types::{Entry, Subject, SubjectKind, Value};
