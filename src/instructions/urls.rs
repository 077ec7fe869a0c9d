//! Where leaders' instructions are.

use super::types::InstructionId;
use crate::matters::MatterId;

pub const LIST: &str = "/instructions";
pub const EXPORT: &str = "/instructions/export";

pub fn instruction(id: InstructionId) -> String {
    format!("/instructions/{id}")
}

/// The printed sheet (重要信访请示单).
pub fn sheet(id: InstructionId) -> String {
    format!("/instructions/{id}/sheet")
}

/// Where a step of this name is sent: `give`, `return`, `withdraw`, `finish`, `confirm`, `send-back`,
/// `hand-on`.
pub fn step(id: InstructionId, name: &str) -> String {
    format!("/instructions/{id}/{name}")
}

/// Asks a leader about this matter (请示).
pub fn ask(matter: MatterId) -> String {
    format!("/instructions/ask/{matter}")
}

/// A leader instructs about this matter without having been asked (批示).
pub fn give(matter: MatterId) -> String {
    format!("/instructions/give/{matter}")
}
