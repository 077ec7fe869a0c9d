//! Where handovers are.

use super::types::HandoverId;
use crate::people::StaffId;

pub const HANDOVER: &str = "/handover";

pub fn of(staff: StaffId) -> String {
    format!("/handover/of/{staff}")
}

pub fn list(id: HandoverId) -> String {
    format!("/handover/lists/{id}")
}
