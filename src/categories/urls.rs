//! Where the two lists are.

use crate::proposals::ProposalId;

pub const CATEGORIES: &str = "/settings/categories";
pub const GUIDANCE: &str = "/settings/guidance";

/// What `/accept`, `/reject` and `/withdraw` are added to.
pub fn proposal(list: &str, id: ProposalId) -> String {
    format!("{list}/proposals/{id}")
}
