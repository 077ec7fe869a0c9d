//! Petitioners, what they are found by, and how two records became one.

use super::document_number::{self, DocumentType, Sex};
use super::phone::Phone;
use crate::db::{coded, id};
use crate::people::{CourtId, StaffId};
use crate::schema::{petitioner_distinct, petitioner_keys, petitioner_merges, petitioners};
use chrono::{Datelike, NaiveDate, NaiveDateTime};
use diesel::prelude::*;

id!(
    /// Which petitioner (信访人).
    PetitionerId
);
id!(
    /// Which row of a merge (合并记录).
    MergeId
);
id!(
    /// Which "not the same person" (不是同一人).
    DistinctId
);

coded! {
    /// 信访人类别.
    pub enum PetitionerKind {
        Person = "person" "个人",
        Organisation = "organisation" "单位",
        /// Did not say who they are; never matched with anybody.
        Anonymous = "anonymous" "匿名",
    }
}

coded! {
    /// 证件核实情况.
    pub enum DocumentStatus {
        Verified = "verified" "已核对",
        /// Breaks a rule; kept with a reason.
        Unverified = "unverified" "未核实",
        None = "none" "无证件",
    }
}

coded! {
    /// 关怀标识: what somebody needs in order to be served well. Nothing else is done with it.
    pub enum CareFlag {
        Elderly = "elderly" "老年人",
        Minor = "minor" "未成年人",
        Disabled = "disabled" "残疾人",
        Ill = "ill" "患病",
        Pregnant = "pregnant" "孕产妇",
        Interpreter = "interpreter" "需要翻译",
        Writing = "writing" "需要代读代写",
    }
}

coded! {
    /// What a petitioner is found by.
    pub enum KeyKind {
        Name = "name" "姓名",
        Document = "document" "证件号码",
        DocumentTail = "document_tail" "证件号码尾号",
        Phone = "phone" "电话",
        PhoneTail = "phone_tail" "电话尾号",
    }
}

coded! {
    /// A field that lies sealed and is opened with a reason (查看原文).
    pub enum SealedField {
        /// Only of somebody confidential.
        Name = "name" "姓名",
        Document = "document" "证件号码",
        Phone = "phone" "电话",
        Address = "address" "地址",
    }
}

/// Below this age (周岁) somebody is a minor (民法典 17).
const ADULT_AT: i32 = 18;
/// From this age on somebody is elderly (老年人权益保障法 2).
const ELDERLY_AT: i32 = 60;

/// A petitioner as kept: what is sealed stays sealed, what is shown is masked.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = petitioners, treat_none_as_default_value = false)]
pub struct Petitioner {
    pub id: PetitionerId,
    pub court_id: CourtId,
    pub kind: PetitionerKind,
    pub name: String,
    pub name_pinyin: String,
    pub name_initials: String,
    pub sex: Option<Sex>,
    pub birth_on: Option<NaiveDate>,
    pub doc_type: DocumentType,
    pub doc_status: DocumentStatus,
    pub doc_sealed: Option<String>,
    /// As those who handle the matter see it; see [`Petitioner::document_shown`].
    pub doc_masked: Option<String>,
    pub doc_reason: Option<String>,
    pub phone_sealed: Option<String>,
    pub phone_masked: Option<String>,
    pub address_sealed: Option<String>,
    pub address_masked: Option<String>,
    /// Codes of [`CareFlag`] with a space between; see [`Petitioner::cares`].
    pub care_flags: String,
    /// The name, too, is shown only with a reason.
    pub confidential: bool,
    pub merged_into: Option<PetitionerId>,
    pub version: i64,
    pub created_at: NaiveDateTime,
    pub created_by: Option<StaffId>,
    pub updated_at: NaiveDateTime,
}

impl Petitioner {
    /// The record that stands for this person: itself, unless it was merged.
    pub fn survivor(&self) -> PetitionerId {
        self.merged_into.unwrap_or(self.id)
    }

    /// What is to be considered in serving them: what was ticked, and what follows from the age on `today`.
    pub fn cares(&self, today: NaiveDate) -> Vec<CareFlag> {
        let age = self.age(today);
        let by_age = |flag: &CareFlag| match flag {
            CareFlag::Elderly => age.is_some_and(|age| age >= ELDERLY_AT),
            CareFlag::Minor => age.is_some_and(|age| age < ADULT_AT),
            CareFlag::Disabled
            | CareFlag::Ill
            | CareFlag::Pregnant
            | CareFlag::Interpreter
            | CareFlag::Writing => false,
        };
        let ticked = read_flags(&self.care_flags);
        CareFlag::ALL.iter().copied().filter(|flag| ticked.contains(flag) || by_age(flag)).collect()
    }

    /// 周岁 on `today`.
    pub fn age(&self, today: NaiveDate) -> Option<i32> {
        let birth = self.birth_on?;
        let had_birthday = (today.month(), today.day()) >= (birth.month(), birth.day());
        Some(today.year() - birth.year() - i32::from(!had_birthday))
    }

    /// The document number as somebody may see it without a reason.
    pub fn document_shown(&self, handles: bool) -> Option<String> {
        let masked = self.doc_masked.as_deref()?;
        Some(if handles { masked.to_owned() } else { document_number::mask(masked) })
    }

    /// The name as lists show it: 张*明 for somebody confidential.
    pub fn name_shown(&self) -> String {
        if self.confidential { mask_name(&self.name) } else { self.name.clone() }
    }
}

/// 张*, 张*明, 欧***明.
pub fn mask_name(name: &str) -> String {
    let length = name.chars().count();
    let hidden = |at: usize| at > 0 && (length == 2 || at + 1 < length);
    name.chars().enumerate().map(|(at, c)| if hidden(at) { '*' } else { c }).collect()
}

/// The flags as kept, back to themselves; unknown ones are left out.
pub fn read_flags(codes: &str) -> Vec<CareFlag> {
    codes.split(' ').filter_map(CareFlag::from_code).collect()
}

/// Something a petitioner is or was found by.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = petitioner_keys, treat_none_as_default_value = false)]
pub struct Key {
    pub petitioner_id: PetitionerId,
    pub kind: KeyKind,
    pub key: String,
    pub court_id: CourtId,
    /// The name, or the number masked; none for tails.
    pub shown: Option<String>,
    /// The number itself.
    pub sealed: Option<String>,
    pub recorded_at: NaiveDateTime,
    pub recorded_by: Option<StaffId>,
}

/// One record that a merge moved to a survivor.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = petitioner_merges, treat_none_as_default_value = false)]
pub struct Merge {
    pub id: MergeId,
    pub court_id: CourtId,
    /// The row of the record that was merged on purpose; those merged into it before move along in the same batch.
    pub batch_id: MergeId,
    pub petitioner_id: PetitionerId,
    pub survivor_id: PetitionerId,
    pub before_id: Option<PetitionerId>,
    pub reason: String,
    pub merged_at: NaiveDateTime,
    pub merged_by: Option<StaffId>,
    pub undone_at: Option<NaiveDateTime>,
    pub undone_by: Option<StaffId>,
    pub undone_reason: Option<String>,
}

/// Two records that somebody said are not the same person.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = petitioner_distinct, treat_none_as_default_value = false)]
pub struct Distinct {
    pub id: DistinctId,
    pub court_id: CourtId,
    /// The smaller id.
    pub one_id: PetitionerId,
    pub other_id: PetitionerId,
    pub reason: String,
    pub said_at: NaiveDateTime,
    pub said_by: Option<StaffId>,
    pub undone_at: Option<NaiveDateTime>,
    pub undone_by: Option<StaffId>,
}

/// What a petitioner showed, as the form found it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Document {
    None {
        reason: String,
    },
    /// Keeps every rule of its kind.
    Verified {
        kind: DocumentType,
        number: String,
    },
    /// Breaks one, and is kept with a reason. `number` is normalised.
    Unverified {
        kind: DocumentType,
        number: String,
        reason: String,
    },
}

impl Document {
    pub fn kind(&self) -> DocumentType {
        match self {
            Document::None { .. } => DocumentType::None,
            Document::Verified { kind, .. } | Document::Unverified { kind, .. } => *kind,
        }
    }

    pub fn number(&self) -> Option<&str> {
        match self {
            Document::None { .. } => None,
            Document::Verified { number, .. } | Document::Unverified { number, .. } => Some(number),
        }
    }
}

/// A petitioner's particulars, checked and ready to be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PetitionerDetails {
    pub kind: PetitionerKind,
    pub name: String,
    pub sex: Option<Sex>,
    pub birth: Option<NaiveDate>,
    /// `None`: nothing was said of it; an edit then keeps what there is.
    pub document: Option<Document>,
    /// As [`PetitionerDetails::document`].
    pub phone: Option<Phone>,
    /// As [`PetitionerDetails::document`].
    pub address: Option<String>,
    pub care: Vec<CareFlag>,
    pub confidential: bool,
    /// What an edit takes away: it still finds the petitioner, but is shown no more.
    pub dropped: Vec<SealedField>,
}

impl PetitionerDetails {
    /// Somebody who did not say who they are.
    pub fn anonymous() -> Self {
        PetitionerDetails {
            kind: PetitionerKind::Anonymous,
            name: "匿名".to_owned(),
            sex: None,
            birth: None,
            document: None,
            phone: None,
            address: None,
            care: Vec::new(),
            confidential: false,
            dropped: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_masked_but_for_their_ends() {
        for (name, masked) in [("张", "张"), ("张三", "张*"), ("张小明", "张*明"), ("欧阳小明", "欧**明")]
        {
            assert_eq!(mask_name(name), masked);
        }
    }

    #[test]
    fn flags_are_read_back() {
        assert_eq!(read_flags("ill minor nonsense"), [CareFlag::Ill, CareFlag::Minor]);
        assert!(read_flags("").is_empty());
    }
}
