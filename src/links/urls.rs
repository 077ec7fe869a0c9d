//! Where links and merges are. Linking, merging and splitting are events of a matter: `matters::urls::event`.

use super::types::LinkId;

/// The page that undoes a link.
pub fn undo(id: LinkId) -> String {
    format!("/links/{id}/undo")
}
