//! Where the pages of rules and clocks are.

use super::types::{ClockId, Code, RequestId};
use crate::matters::MatterId;
use crate::proposals::ProposalId;

pub const RULES: &str = "/settings/rules";
/// The requests for extensions that wait.
pub const EXTENSIONS: &str = "/extensions";

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

/// All clocks of a matter, with what happened to them.
pub fn of_matter(id: MatterId) -> String {
    format!("/matters/{id}/clocks")
}

/// Where the day is corrected on which a matter was received.
pub fn received(id: MatterId) -> String {
    format!("/matters/{id}/received")
}

pub fn pause(id: ClockId) -> String {
    format!("/clocks/{id}/pause")
}

pub fn resume(id: ClockId) -> String {
    format!("/clocks/{id}/resume")
}

pub fn extend(id: ClockId) -> String {
    format!("/clocks/{id}/extend")
}

/// Where an extension is asked for.
pub fn ask(id: ClockId) -> String {
    format!("/clocks/{id}/ask")
}

pub fn extension(id: RequestId) -> String {
    format!("{EXTENSIONS}/{id}")
}

pub fn withdraw(id: RequestId) -> String {
    format!("{EXTENSIONS}/{id}/withdraw")
}
