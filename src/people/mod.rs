//! 人员: courts, divisions, staff and their posts, roles and portfolios; who is signed in, what they may do, which rows
//! they see.

mod act;
pub mod actions;
pub mod command;
mod forms;
mod pages;
pub mod passwords;
mod permissions;
mod routes;
mod routing;
pub mod rules;
mod scope;
pub mod sessions;
mod sheets;
mod signed_in;
mod store;
pub mod types;
mod urls;

pub use act::{Act, Actor};
pub use permissions::{Permission, incompatible};
pub use routes::routes;
pub use routing::{Access, Entry, Routes};
pub use scope::{Rows, Scope};
pub use signed_in::{Lapsed, SESSION_COOKIE, SignedIn};
pub use store::{
    any_staff, court, courts, division_list, every_division, head_of, head_of_division, heads_of,
    heads_of_division, leaders, names_of, petition_officers, portfolios_in_force, roles_of, staff_in_court,
    staff_of_any_court, staff_page, supervising_leader, week_leaders_between, who_may, with_role,
};
pub use types::{CourtId, DivisionId, DivisionKind, Post, Role, StaffFilter, StaffId};
