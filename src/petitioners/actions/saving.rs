//! Somebody new, and particulars that are corrected.

use crate::audit::{self, Subject};
use crate::crypto::Keys;
use crate::db::Conn;
use crate::error::Problem;
use crate::people::{Act, CourtId, Permission};
use crate::petitioners::matching::{document_keys, phone_keys};
use crate::petitioners::rules::{mask_address, name_key};
use crate::petitioners::store;
use crate::petitioners::types::{
    Document, DocumentStatus, Key, KeyKind, Petitioner, PetitionerDetails, PetitionerId, PetitionerKind,
    SealedField,
};
use crate::search::pinyin_of;

/// Saves a new petitioner of the actor's court.
///
/// # Errors
///
/// `Forbidden` for who may not register.
pub fn save_new(conn: &mut Conn, act: &Act, details: &PetitionerDetails) -> Result<PetitionerId, Problem> {
    let court = act.by.court()?;
    save_new_in(conn, act, court, details)
}

/// Saves a new petitioner of `court`: also for what the system brings in.
///
/// # Errors
///
/// `Forbidden` for who may not register, or not in that court.
pub fn save_new_in(
    conn: &mut Conn,
    act: &Act,
    court: CourtId,
    details: &PetitionerDetails,
) -> Result<PetitionerId, Problem> {
    act.require(Permission::RegisterMatter)?;
    if act.by.court_id.is_some_and(|own| own != court) {
        return Err(Problem::Forbidden);
    }
    let id = PetitionerId::new(act.now);
    let (petitioner, keys) = drawn_up(act, court, id, details);
    store::insert(conn, &petitioner)?;
    store::add_keys(conn, &keys)?;
    audit::record(conn, act, "petitioner.saved", Subject::Petitioner(id.0), &trail_of(&petitioner))?;
    Ok(id)
}

/// A new petitioner's record and everything they are found by, as [`save_new_in`] writes them.
pub fn drawn_up(
    act: &Act,
    court: CourtId,
    id: PetitionerId,
    details: &PetitionerDetails,
) -> (Petitioner, Vec<Key>) {
    let petitioner = applied(&act.keys, blank(act, id, court, details.kind), details);
    let keys = keys_of(act, &petitioner, details);
    (petitioner, keys)
}

/// Corrects a petitioner's particulars. What `details` says nothing of stays; what it takes away still finds them.
///
/// # Errors
///
/// `Stale` when they were changed since `version`, `Refused` for a record that was merged.
pub fn update(
    conn: &mut Conn,
    act: &Act,
    id: PetitionerId,
    version: i64,
    details: &PetitionerDetails,
) -> Result<(), Problem> {
    act.require(Permission::EditPetitioner)?;
    let before = store::find(conn, &act.by.scope, id)?;
    if before.merged_into.is_some() {
        return Err(Problem::refused("这条记录已经并入另一条记录，请到保留的那条记录上更正。"));
    }
    let after = applied(&act.keys, Petitioner { updated_at: act.now.utc(), ..before.clone() }, details);
    if !store::replace(conn, &after, version)? {
        return Err(Problem::Stale);
    }
    store::add_keys(conn, &keys_of(act, &after, details))?;
    let changed = changed_fields(&before, &after).join(" ");
    let mut values = trail_of(&after);
    values.push(("changed", &changed));
    audit::record(conn, act, "petitioner.updated", Subject::Petitioner(id.0), &values)
}

fn blank(act: &Act, id: PetitionerId, court: CourtId, kind: PetitionerKind) -> Petitioner {
    Petitioner {
        id,
        court_id: court,
        kind,
        name: String::new(),
        name_pinyin: String::new(),
        name_initials: String::new(),
        sex: None,
        birth_on: None,
        doc_type: crate::petitioners::document_number::DocumentType::None,
        doc_status: DocumentStatus::None,
        doc_sealed: None,
        doc_masked: None,
        doc_reason: None,
        phone_sealed: None,
        phone_masked: None,
        address_sealed: None,
        address_masked: None,
        care_flags: String::new(),
        confidential: false,
        merged_into: None,
        version: 0,
        created_at: act.now.utc(),
        created_by: act.by.staff_id,
        updated_at: act.now.utc(),
    }
}

/// `old` with what `details` says.
fn applied(keys: &Keys, old: Petitioner, details: &PetitionerDetails) -> Petitioner {
    let mut new = old;
    let pinyin = pinyin_of(&details.name);
    new.kind = details.kind;
    new.name = details.name.clone();
    let named = details.kind != PetitionerKind::Anonymous;
    new.name_pinyin = if named { pinyin.full } else { String::new() };
    new.name_initials = if named { pinyin.initials } else { String::new() };
    new.sex = details.sex;
    new.birth_on = details.birth;
    new.care_flags = details.care.iter().map(|flag| flag.code()).collect::<Vec<_>>().join(" ");
    new.confidential = details.confidential;
    for field in &details.dropped {
        match field {
            SealedField::Name => {}
            SealedField::Document => {
                set_document(keys, &mut new, &Document::None { reason: "已更正".into() })
            }
            SealedField::Phone => (new.phone_sealed, new.phone_masked) = (None, None),
            SealedField::Address => (new.address_sealed, new.address_masked) = (None, None),
        }
    }
    if let Some(document) = &details.document {
        set_document(keys, &mut new, document);
    }
    if let Some(phone) = &details.phone {
        new.phone_sealed = Some(keys.seal(&phone.normal()));
        new.phone_masked = Some(phone.masked());
    }
    if let Some(address) = &details.address {
        new.address_sealed = Some(keys.seal(address));
        new.address_masked = Some(mask_address(address));
    }
    new
}

fn set_document(keys: &Keys, new: &mut Petitioner, document: &Document) {
    new.doc_type = document.kind();
    new.doc_sealed = document.number().map(|number| keys.seal(number));
    new.doc_masked = document.number().map(crate::petitioners::document_number::mask_for_handler);
    (new.doc_status, new.doc_reason) = match document {
        Document::None { reason } => (DocumentStatus::None, Some(reason.clone())),
        Document::Verified { .. } => (DocumentStatus::Verified, None),
        Document::Unverified { reason, .. } => (DocumentStatus::Unverified, Some(reason.clone())),
    };
}

/// Everything that `details` lets the petitioner be found by.
fn keys_of(act: &Act, petitioner: &Petitioner, details: &PetitionerDetails) -> Vec<Key> {
    let key = |kind, key, shown: Option<String>, sealed: Option<String>| Key {
        petitioner_id: petitioner.id,
        kind,
        key,
        court_id: petitioner.court_id,
        shown,
        sealed,
        recorded_at: act.now.utc(),
        recorded_by: act.by.staff_id,
    };
    let mut all = Vec::new();
    if details.kind != PetitionerKind::Anonymous {
        all.push(key(KeyKind::Name, name_key(&details.name), Some(details.name.clone()), None));
    }
    if let Some(number) = details.document.as_ref().and_then(Document::number) {
        for (kind, index) in document_keys(&act.keys, number) {
            let whole = kind == KeyKind::Document;
            let shown = petitioner.doc_masked.clone().filter(|_| whole);
            all.push(key(kind, index, shown, petitioner.doc_sealed.clone().filter(|_| whole)));
        }
    }
    if let Some(phone) = &details.phone {
        for (kind, index) in phone_keys(&act.keys, phone) {
            let whole = kind == KeyKind::Phone;
            let shown = petitioner.phone_masked.clone().filter(|_| whole);
            all.push(key(kind, index, shown, petitioner.phone_sealed.clone().filter(|_| whole)));
        }
    }
    all
}

/// What the trail says of a petitioner: kinds and states, and the name unless it is confidential; no number, phone or
/// address.
pub fn trail_of(petitioner: &Petitioner) -> Vec<(&'static str, &str)> {
    vec![
        ("name", if petitioner.confidential { "保密" } else { &petitioner.name }),
        ("kind", petitioner.kind.code()),
        ("doc_type", petitioner.doc_type.code()),
        ("doc_status", petitioner.doc_status.code()),
    ]
}

fn changed_fields(before: &Petitioner, after: &Petitioner) -> Vec<&'static str> {
    let pairs = [
        ("kind", before.kind != after.kind),
        ("name", before.name != after.name),
        ("sex", before.sex != after.sex),
        ("birth", before.birth_on != after.birth_on),
        ("document", before.doc_sealed != after.doc_sealed || before.doc_type != after.doc_type),
        ("phone", before.phone_sealed != after.phone_sealed),
        ("address", before.address_sealed != after.address_sealed),
        ("care", before.care_flags != after.care_flags),
        ("confidential", before.confidential != after.confidential),
    ];
    pairs.into_iter().filter(|(_, changed)| *changed).map(|(field, _)| field).collect()
}
