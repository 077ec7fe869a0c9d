//! Where supervisions are.

use super::types::SupervisionId;
use crate::matters::MatterId;

pub const LIST: &str = "/supervision";
pub const EXPORT: &str = "/supervision/export";

pub fn supervision(id: SupervisionId) -> String {
    format!("/supervision/{id}")
}

/// The paper (督办函).
pub fn letter(id: SupervisionId) -> String {
    format!("/supervision/{id}/letter")
}

pub fn answer(id: SupervisionId) -> String {
    format!("/supervision/{id}/answer")
}

/// Demands an answer about this matter.
pub fn issue(matter: MatterId) -> String {
    format!("/supervision/of/{matter}")
}
