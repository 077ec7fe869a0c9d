//! Where assignments from above are.

use super::types::AssignmentEventId;
use crate::matters::MatterId;

pub const LIST: &str = "/assignments";
pub const EXPORT: &str = "/assignments/export";

/// A report as it goes out, on paper (案件情况汇报).
pub fn report(matter: MatterId, event: AssignmentEventId) -> String {
    format!("/matters/{matter}/reports-above/{event}")
}
