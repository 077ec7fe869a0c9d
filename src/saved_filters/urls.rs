//! Where saved filters are.

use super::types::SavedFilterId;

/// The list to put them in order; a form that saves one is sent here.
pub const LIST: &str = "/saved-filters";

pub fn rename(id: SavedFilterId) -> String {
    format!("/saved-filters/{id}/rename")
}

pub fn delete(id: SavedFilterId) -> String {
    format!("/saved-filters/{id}/delete")
}
