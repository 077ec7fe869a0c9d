//! 自检: the promises that the system makes to a court, each as a query that finds where it is broken, with what that
//! means and what to do about it. The page, `tingsong check`, the nightly job and a restore all run the same list.
//!
//! | promise | checks |
//! | --- | --- |
//! | 1 no orphan | an accountable person who may see it; a next date, which is the earliest; no clock on what is closed; dates that their events come to |
//! | 2 no silence | a reply, or why none is owed |
//! | 8 no silent change | the trail's end agrees with its anchor; on demand, the whole chain |
//! | 10 no lost input | no submission twice; numbers without a double or a gap; contacts counted right |
//!
//! and what these rest on: records of petitioners merged into one that stands, roles that go together, a calendar.

mod actions;
pub mod command;
mod jobs;
mod mails;
mod pages;
mod routes;
mod rules;
mod store;
pub mod types;
mod urls;

pub use actions::{Depth, run};
pub use jobs::{look, tell};
pub use routes::routes;
pub use types::{Check, Finding, Report};
