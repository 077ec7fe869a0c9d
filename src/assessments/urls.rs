//! Where assessments are.

use super::types::AssessmentId;
use crate::sweeps::RowId;

pub const LIST: &str = "/assessments";
pub const NEW: &str = "/assessments/new";
pub const EXPORT: &str = "/assessments/export";
pub const QUESTIONNAIRE: &str = "/settings/questionnaire";
pub const EDIT: &str = "/settings/questionnaire/edit";

pub fn assessment(id: AssessmentId) -> String {
    format!("{LIST}/{id}")
}

pub fn decide(id: AssessmentId) -> String {
    format!("{LIST}/{id}/decide")
}

/// Of a case that is on a sheet.
pub fn of_row(row: RowId) -> String {
    format!("{NEW}?row={row}")
}
