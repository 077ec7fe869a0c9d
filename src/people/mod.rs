//! 人员: courts, divisions, staff and their posts, roles and portfolios; who is signed in, what they may do, which rows
//! they see.

mod permissions;
mod scope;
pub mod types;

pub use permissions::{Permission, incompatible};
pub use scope::{Rows, Scope};
pub use types::{CourtId, DivisionId, DivisionKind, Post, Role, StaffId};
