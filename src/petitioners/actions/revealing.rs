//! What lies sealed is opened, with a reason.

use super::reason;
use crate::audit::{self, Subject};
use crate::crypto::Keys;
use crate::db::Conn;
use crate::error::Problem;
use crate::people::{Act, Permission};
use crate::petitioners::phone::Phone;
use crate::petitioners::store;
use crate::petitioners::types::{Petitioner, PetitionerId, SealedField};

/// Opens a sealed field (查看原文). Somebody without that field has an empty text.
///
/// # Errors
///
/// `Refused` without a reason, `Forbidden` for who may not.
pub fn reveal(
    conn: &mut Conn,
    act: &Act,
    id: PetitionerId,
    field: SealedField,
    why: &str,
) -> Result<String, Problem> {
    act.require(Permission::RevealSealed)?;
    let why = reason(why)?;
    let petitioner = store::find(conn, &act.by.scope, id)?;
    let opened = |sealed: &Option<String>| {
        sealed.as_deref().map_or_else(|| Ok(String::new()), |sealed| act.keys.open(sealed))
    };
    let plain = match field {
        SealedField::Name => petitioner.name.clone(),
        SealedField::Document => opened(&petitioner.doc_sealed)?,
        SealedField::Phone => opened(&petitioner.phone_sealed)?,
        SealedField::Address => opened(&petitioner.address_sealed)?,
    };
    let values = [("field", field.code()), ("reason", &why)];
    audit::record(conn, act, "petitioner.revealed", Subject::Petitioner(id.0), &values)?;
    Ok(plain)
}

/// The phone as it can be called, for what the system itself needs, such as a notice; not for showing.
///
/// # Errors
///
/// That a sealed value cannot be opened.
pub fn phone_of(keys: &Keys, petitioner: &Petitioner) -> Result<Option<Phone>, Problem> {
    let opened = petitioner.phone_sealed.as_deref().map(|sealed| keys.open(sealed)).transpose()?;
    Ok(opened.and_then(|text| Phone::parse(&text).ok()))
}
