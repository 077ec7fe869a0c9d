//! What can be done with petitioners. Each is one transaction: may they? → load → rule → save → trail.

use super::matching::{document_keys, phone_keys};
use super::phone::Phone;
use super::rules::{self, MergeRefusal, REASON, mask_address, name_key};
use super::store;
use super::types::{
    Distinct, DistinctId, Document, DocumentStatus, Key, KeyKind, Merge, MergeId, Petitioner,
    PetitionerDetails, PetitionerId, PetitionerKind, SealedField,
};
use crate::audit::{self, Subject};
use crate::crypto::Keys;
use crate::db::Conn;
use crate::error::Problem;
use crate::people::{Act, CourtId, Permission};
use crate::search::pinyin_of;
use crate::text::tidy;

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
        doc_type: super::document_number::DocumentType::None,
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
    new.doc_masked = document.number().map(super::document_number::mask_for_handler);
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

/// A reason of a few words at least.
///
/// # Errors
///
/// `Refused` where it is too short or too long.
fn reason(typed: &str) -> Result<String, Problem> {
    let text = tidy(typed);
    let count = text.chars().count();
    if REASON.contains(&count) {
        return Ok(text);
    }
    let (least, most) = (REASON.start(), REASON.end());
    Err(Problem::refused(format!("请写明理由，{least} 到 {most} 个字；现在是 {count} 个字。")))
}

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

/// Merges `gone` into `survivor`: nothing is moved, `gone` and whoever was merged into it point at the survivor.
/// Returns the merge, for undoing it.
///
/// # Errors
///
/// `Refused` when the rules say so, or without a reason.
pub fn merge(
    conn: &mut Conn,
    act: &Act,
    gone: PetitionerId,
    survivor: PetitionerId,
    why: &str,
) -> Result<MergeId, Problem> {
    act.require(Permission::MergePetitioners)?;
    let why = reason(why)?;
    let scope = &act.by.scope;
    let (gone, survivor) = (store::find(conn, scope, gone)?, store::find(conn, scope, survivor)?);
    let said = said_distinct(conn, gone.id, survivor.id)?;
    rules::may_merge(&gone, &survivor, said.is_some())?;
    let batch = MergeId::new(act.now);
    let along = store::merged_into(conn, gone.id)?;
    for (moved, before) in
        std::iter::once((gone.id, None)).chain(along.into_iter().map(|id| (id, Some(gone.id))))
    {
        let row = Merge {
            id: if before.is_none() { batch } else { MergeId::new(act.now) },
            court_id: gone.court_id,
            batch_id: batch,
            petitioner_id: moved,
            survivor_id: survivor.id,
            before_id: before,
            reason: why.clone(),
            merged_at: act.now.utc(),
            merged_by: act.by.staff_id,
            undone_at: None,
            undone_by: None,
            undone_reason: None,
        };
        store::insert_merge(conn, &row)?;
        store::point(conn, moved, Some(survivor.id), act.now.utc())?;
    }
    let values = [("into", survivor.id.to_string()), ("reason", why)];
    let values = values.each_ref().map(|(field, value)| (*field, value.as_str()));
    audit::record(conn, act, "petitioner.merged", Subject::Petitioner(gone.id.0), &values)?;
    Ok(batch)
}

/// Undoes a merge: everything is as before it. Returns the record that stands for itself again.
///
/// # Errors
///
/// `Refused` when it was undone already, or one of the records was merged again since.
pub fn unmerge(conn: &mut Conn, act: &Act, batch: MergeId, why: &str) -> Result<PetitionerId, Problem> {
    act.require(Permission::MergePetitioners)?;
    let why = reason(why)?;
    let rows = store::merge_batch(conn, act.by.court()?, batch)?;
    if rows.is_empty() {
        return Err(Problem::NotFound);
    }
    let mut last = Vec::new();
    for row in &rows {
        let newest = store::merges(conn, &[row.petitioner_id])?
            .into_iter()
            .find(|other| other.petitioner_id == row.petitioner_id && other.undone_at.is_none());
        last.extend(newest.map(|newest| (newest.petitioner_id, newest.id)));
    }
    rules::may_unmerge(&rows, &last)?;
    for row in &rows {
        store::point(conn, row.petitioner_id, row.before_id, act.now.utc())?;
    }
    store::undo_merges(conn, batch, act.now.utc(), act.by.staff_id, &why)?;
    let row = rows.iter().find(|row| row.id == batch).ok_or(Problem::NotFound)?;
    let from = row.survivor_id.to_string();
    let values = [("from", from.as_str()), ("reason", &why)];
    audit::record(conn, act, "petitioner.unmerged", Subject::Petitioner(row.petitioner_id.0), &values)?;
    Ok(row.petitioner_id)
}

fn said_distinct(conn: &mut Conn, a: PetitionerId, b: PetitionerId) -> Result<Option<Distinct>, Problem> {
    let pair = (a.min(b), a.max(b));
    Ok(store::distinct_from(conn, &[a])?.into_iter().find(|said| (said.one_id, said.other_id) == pair))
}

/// Remembers that two records are not the same person; they are not proposed to one another again. Saying it twice
/// changes nothing.
///
/// # Errors
///
/// `Refused` for one and the same record, or two that are merged.
pub fn say_distinct(
    conn: &mut Conn,
    act: &Act,
    a: PetitionerId,
    b: PetitionerId,
    why: &str,
) -> Result<(), Problem> {
    act.require(Permission::EditPetitioner)?;
    let scope = &act.by.scope;
    let (one, other) = (store::find(conn, scope, a.min(b))?, store::find(conn, scope, a.max(b))?);
    if one.court_id != other.court_id {
        return Err(MergeRefusal::OtherCourt.into());
    }
    if one.survivor() == other.survivor() {
        return Err(Problem::refused("这两条记录是同一人。如果合并错了，请先撤销合并。"));
    }
    if said_distinct(conn, one.id, other.id)?.is_some() {
        return Ok(());
    }
    let why = tidy(why);
    let row = Distinct {
        id: DistinctId::new(act.now),
        court_id: one.court_id,
        one_id: one.id,
        other_id: other.id,
        reason: why.chars().take(*REASON.end()).collect(),
        said_at: act.now.utc(),
        said_by: act.by.staff_id,
        undone_at: None,
        undone_by: None,
    };
    store::insert_distinct(conn, &row)?;
    let other_id = other.id.to_string();
    let values = [("other", other_id.as_str()), ("reason", &row.reason)];
    audit::record(conn, act, "petitioner.said_distinct", Subject::Petitioner(one.id.0), &values)
}

/// Takes back a "not the same person". Returns one of the two.
///
/// # Errors
///
/// `Stale` when somebody has taken it back meanwhile.
pub fn unsay_distinct(conn: &mut Conn, act: &Act, id: DistinctId) -> Result<PetitionerId, Problem> {
    act.require(Permission::EditPetitioner)?;
    let said = store::find_distinct(conn, act.by.court()?, id)?;
    if !store::undo_distinct(conn, id, act.now.utc(), act.by.staff_id)? {
        return Err(Problem::Stale);
    }
    let other = said.other_id.to_string();
    let values = [("other", other.as_str())];
    audit::record(conn, act, "petitioner.unsaid_distinct", Subject::Petitioner(said.one_id.0), &values)?;
    Ok(said.one_id)
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
