//! What the counter's pages show.

use crate::db::id;
use crate::files::{FileKind, Kept};
use crate::matters::MatterId;
use crate::matters::types::Stage;
use crate::people::{DivisionId, StaffId};
use crate::petitioners::PetitionerId;
use crate::petitioners::types::CareFlag;
use crate::schema::draft_files;
use crate::time::Moment;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

id!(
    /// Which draft (草稿).
    DraftId
);

id!(
    /// Which file of a draft.
    DraftFileId
);

/// A scan or photo of a form that is not registered yet.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = draft_files)]
pub struct DraftFile {
    pub id: DraftFileId,
    pub draft_id: DraftId,
    pub name: String,
    pub kind: FileKind,
    pub size_bytes: i64,
    pub hash: String,
    pub key_id: String,
    pub kept_at: NaiveDateTime,
}

impl From<DraftFile> for Kept {
    fn from(file: DraftFile) -> Self {
        Kept {
            name: file.name,
            kind: file.kind,
            size_bytes: file.size_bytes,
            hash: file.hash,
            key_id: file.key_id,
        }
    }
}

/// A matter as the counter recognises it: what it is about, whose turn it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatterCard {
    pub id: MatterId,
    pub number: String,
    pub petitioner_line: String,
    pub claim: String,
    pub stage: Stage,
    /// Who answers for it.
    pub accountable: String,
    pub contact_count: i64,
    pub last_contact: Moment,
    pub next_due_on: Option<NaiveDate>,
}

/// A petitioner as the counter recognises them; numbers are masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonCard {
    pub id: PetitionerId,
    pub name: String,
    /// Sex, age, masked document number and phone.
    pub particulars: Vec<String>,
    pub cares: Vec<CareFlag>,
    /// Why they are shown.
    pub reason: String,
    pub matters: Vec<MatterCard>,
}

/// What was typed or read from a card, on its way into the form for somebody new.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Carried {
    pub kind: String,
    pub channel: String,
    pub name: String,
    pub doc_type: String,
    pub doc_number: String,
    pub sex: String,
    pub birth: String,
    pub address: String,
    pub phone: String,
    pub case_number: String,
    /// Somebody known, for a new matter.
    pub person_id: String,
}

/// What the search box found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Something was typed that can be looked for.
    pub looked: bool,
    pub people: Vec<PersonCard>,
    /// Matters with the number that was typed, whoever they are of.
    pub matters: Vec<MatterCard>,
    pub carried: Carried,
    /// What a card says against its number.
    pub conflicts: Vec<String>,
}

/// A draft in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftLine {
    pub id: DraftId,
    /// Whom and what it is about.
    pub words: String,
    pub saved_at: Moment,
}

/// A reason to point elsewhere (指引渠道), in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guidance {
    pub code: String,
    pub name: String,
    pub channel: String,
    pub legal_source: String,
}

/// What can be chosen in the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// First-level name with its second-level codes and names.
    pub categories: Vec<(String, Vec<(String, String)>)>,
    pub divisions: Vec<(DivisionId, String)>,
    /// By division.
    pub staff: Vec<(String, Vec<(StaffId, String)>)>,
    pub guidance: Vec<Guidance>,
    /// Whether the person may decide on screening.
    pub may_screen: bool,
    /// Whether the person may say that two records are not the same person.
    pub may_tell_apart: bool,
}

/// Somebody who may be known already, found before saving.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Double {
    /// The row of the form.
    pub row: usize,
    /// Whether the row already stands for this record.
    pub known: bool,
    pub person: PersonCard,
}

/// One date on the receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// What will have been done.
    pub what: String,
    pub due_on: NaiveDate,
    /// The date may still move: the calendar of its year isn't announced.
    pub provisional: bool,
    pub basis: String,
}

/// Everything on a receipt (登记回执).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    pub court: String,
    pub address: String,
    pub window: String,
    pub telephone: String,
    pub matter_id: MatterId,
    pub number: String,
    pub query_code: String,
    pub petitioners: String,
    pub anonymous: bool,
    pub channel: String,
    pub happened_at: Moment,
    pub registered_at: Moment,
    pub received_by: String,
    /// 1 is the first contact.
    pub nth: i64,
    pub interval_days: Option<i64>,
    pub people_count: i64,
    pub claim: String,
    pub cases: Vec<String>,
    pub handed_in: String,
    pub outside_number: Option<String>,
    /// What happens next.
    pub next: String,
    pub promises: Vec<Promise>,
    /// Who answers for it, with their telephone.
    pub accountable: String,
    /// Where the screening pointed to: title and paragraphs of the guidance sheet (指引单).
    pub guidance: Option<(String, Vec<String>)>,
}
