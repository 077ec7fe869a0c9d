//! 关联、并案、分案: which matters belong together. A link says that a later matter follows on an original, and in what way; a
//! merge ends one matter in another that goes on for both; a split makes two of one.
//!
//! Nothing is moved by a merge: the merged matter keeps its number, people, cases, contacts and timeline, its page leads
//! to the survivor, and the survivor's page shows what came with it. So a merge can be undone at any time.

pub mod actions;
mod boxes;
mod forms;
pub mod pages;
mod routes;
pub mod rules;
mod store;
pub mod types;
pub mod urls;

pub use boxes::{BoxData, box_for};
pub use routes::routes;
pub use store::insert_link;
pub use types::{Link, LinkId, LinkKind, MergeId};
