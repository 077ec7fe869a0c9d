//! Where the counter's pages are. Names and numbers never stand in an address: only ids do.

use super::imports::ImportId;
use super::types::DraftId;
use crate::matters::{ContactId, MatterId};
use crate::petitioners::PetitionerId;

pub const INTAKE: &str = "/intake";
pub const FIND: &str = "/intake/find";
pub const MATCHES: &str = "/intake/matches";
pub const NEW: &str = "/intake/new";
pub const REGISTER: &str = "/intake/register";
pub const SAVE_DRAFT: &str = "/intake/drafts/save";
pub const MEMBERS_TEMPLATE: &str = "/intake/members.xlsx";
pub const IMPORT: &str = "/intake/import";
pub const IMPORT_TEMPLATE: &str = "/intake/import.xlsx";

/// The form for a new matter of somebody who is known.
pub fn new_by(petitioner: PetitionerId) -> String {
    format!("{NEW}?by={petitioner}")
}

/// The form for a further contact on a matter, by whoever took part in it or by this person.
pub fn further(matter: MatterId, by: Option<PetitionerId>) -> String {
    match by {
        Some(by) => format!("/intake/further/{matter}?by={by}"),
        None => format!("/intake/further/{matter}"),
    }
}

/// A draft, to go on with.
pub fn draft(id: DraftId) -> String {
    format!("/intake/drafts/{id}")
}

/// Throws a draft away.
pub fn discard(id: DraftId) -> String {
    format!("/intake/drafts/{id}/discard")
}

/// The receipt of a contact on A4.
pub fn receipt(contact: ContactId) -> String {
    format!("/intake/receipt/{contact}")
}

/// The receipt, which prints itself.
pub fn receipt_printing(contact: ContactId) -> String {
    format!("/intake/receipt/{contact}?print=1")
}

/// The receipt for a slip printer.
pub fn receipt_slip(contact: ContactId) -> String {
    format!("/intake/receipt/{contact}?paper=slip")
}

/// One list that was brought in, with how far it has got.
pub fn import(id: ImportId) -> String {
    format!("{IMPORT}/{id}")
}

/// Stops it.
pub fn stop_import(id: ImportId) -> String {
    format!("{IMPORT}/{id}/stop")
}

/// What is wrong with it, as a workbook.
pub fn import_faults(id: ImportId) -> String {
    format!("{IMPORT}/{id}/faults.xlsx")
}
