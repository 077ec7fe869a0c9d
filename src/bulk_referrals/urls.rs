//! Where several matters are referred at once.

use super::types::BatchId;

/// What was ticked on the register is sent here.
pub const CHOOSE: &str = "/bulk-referrals/choose";
/// The destination is sent here, to see what would become of each.
pub const PREVIEW: &str = "/bulk-referrals/preview";
/// The confirmation is sent here.
pub const SEND: &str = "/bulk-referrals";

/// What became of each.
pub fn result(id: BatchId) -> String {
    format!("/bulk-referrals/{id}")
}
