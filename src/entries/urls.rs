//! Where entries are made and corrected.

use crate::matters::MatterId;
use crate::matters::types::EntryId;

pub fn note(id: MatterId) -> String {
    format!("/matters/{id}/note")
}

pub fn correct(id: MatterId, entry: EntryId) -> String {
    format!("/matters/{id}/entries/{entry}/correct")
}
