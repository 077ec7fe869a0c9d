//! Where the pages of rules and clocks are.

use super::types::{ClockId, Code};
use crate::proposals::ProposalId;

pub const RULES: &str = "/settings/rules";

pub fn rule(code: Code) -> String {
    format!("{RULES}/of/{}", code.code())
}

pub fn edit(code: Code) -> String {
    format!("{RULES}/of/{}/edit", code.code())
}

/// To which `/accept`, `/reject` or `/withdraw` is added.
pub fn proposal(id: ProposalId) -> String {
    format!("{RULES}/proposals/{id}")
}

/// Why a clock is due when it is.
pub fn clock(id: ClockId) -> String {
    format!("/clocks/{id}")
}
