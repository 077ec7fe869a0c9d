//! Where accountability reviews are.

use super::types::ReviewId;
use crate::matters::MatterId;
use crate::people::StaffId;

pub const LIST: &str = "/accountability";
pub const EXPORT: &str = "/accountability/export";
pub const FINDINGS: &str = "/accountability/findings";
/// What was found about the person who is signed in.
pub const MINE: &str = "/accountability/mine";

pub fn review(id: ReviewId) -> String {
    format!("/accountability/{id}")
}

/// Opens a review of this matter.
pub fn open(matter: MatterId) -> String {
    format!("/accountability/of/{matter}")
}

pub fn people(id: ReviewId) -> String {
    format!("/accountability/{id}/people")
}

pub fn person(id: ReviewId, staff: StaffId) -> String {
    format!("/accountability/{id}/people/{staff}")
}

pub fn notify(id: ReviewId, staff: StaffId) -> String {
    format!("/accountability/{id}/people/{staff}/notify")
}

pub fn decide(id: ReviewId) -> String {
    format!("/accountability/{id}/decide")
}

pub fn statement(id: ReviewId) -> String {
    format!("/accountability/mine/{id}/statement")
}
