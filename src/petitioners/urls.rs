//! Where petitioners are.

use super::types::{DistinctId, MergeId, PetitionerId};

pub const LIST: &str = "/petitioners";
pub const SEARCH: &str = "/petitioners/search";

/// The list after this petitioner.
pub fn list_before(before: PetitionerId) -> String {
    format!("{LIST}?before={before}")
}

pub fn petitioner(id: PetitionerId) -> String {
    format!("{LIST}/{id}")
}

pub fn edit(id: PetitionerId) -> String {
    format!("{LIST}/{id}/edit")
}

pub fn reveal(id: PetitionerId) -> String {
    format!("{LIST}/{id}/reveal")
}

pub fn merge(id: PetitionerId) -> String {
    format!("{LIST}/{id}/merge")
}

pub fn merge_search(id: PetitionerId) -> String {
    format!("{LIST}/{id}/merge/search")
}

pub fn distinct(id: PetitionerId) -> String {
    format!("{LIST}/{id}/distinct")
}

pub fn unmerge(merge: MergeId) -> String {
    format!("{LIST}/merges/{merge}/undo")
}

pub fn undo_distinct(distinct: DistinctId) -> String {
    format!("{LIST}/distinct/{distinct}/undo")
}
