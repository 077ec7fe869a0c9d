//! Where matters and contacts are.

use super::stages::Event;
use super::types::{ContactId, MatterId};
use crate::deadlines::ClockId;
use crate::petitioners::PetitionerId;

pub const MATTERS: &str = "/matters";
pub const MATTERS_EXPORT: &str = "/matters/export";
pub const CONTACTS: &str = "/contacts";
pub const CONTACTS_EXPORT: &str = "/contacts/export";
pub const SEARCH: &str = "/search";

pub fn matter(id: MatterId) -> String {
    format!("/matters/{id}")
}

/// The page of one event of a matter: `/matters/7/refer`.
pub fn event(id: MatterId, event: Event) -> String {
    format!("/matters/{id}/{}", event.code())
}

pub const STAGES: &str = "/matters/stages";

pub fn screen(id: MatterId) -> String {
    format!("/matters/{id}/screen")
}

pub fn attach(id: MatterId) -> String {
    format!("/matters/{id}/attachments")
}

pub fn attachment(id: i64) -> String {
    format!("/attachments/{id}")
}

pub fn receipt(contact: ContactId) -> String {
    format!("/intake/receipt/{contact}")
}

pub fn petitioner(id: PetitionerId) -> String {
    format!("/petitioners/{id}")
}

/// Why a date is what it is.
pub fn clock(id: ClockId) -> String {
    format!("/clocks/{id}")
}

/// Registers a further contact on this matter.
pub fn again(id: MatterId) -> String {
    format!("/intake/further/{id}")
}
