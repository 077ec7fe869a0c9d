//! A petitioner's particulars as typed, and what they come to.

use crate::petitioners::document_number::{DocumentNumber, DocumentType, Sex, normalise};
use crate::petitioners::phone::Phone;
use crate::petitioners::types::{CareFlag, Document, PetitionerDetails, PetitionerKind, SealedField};
use crate::text::tidy;
use crate::web::form::{Complaints, date_until, many_of, one_of, optional, ticked, words};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Why somebody registered without a document, when nothing else is said: it is asked for, never demanded.
const NOT_SHOWN: &str = "未出示证件";
/// A first-generation number finds the person but is void since 2013.
const CONVERTED: &str = "填写的是15位旧号，已换算为18位";
/// Longest number that is kept unverified.
const LONGEST_NUMBER: usize = 40;

/// What was typed about one petitioner. Field names are the keys of complaints.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PetitionerForm {
    /// A code of [`PetitionerKind`]; empty counts as a person.
    pub kind: String,
    pub name: String,
    pub sex: String,
    /// A code of [`DocumentType`]; empty with a number counts as an ID card, without one as not said.
    pub doc_type: String,
    pub doc_number: String,
    /// Why there is no document, or why a number that breaks a rule is kept.
    pub doc_reason: String,
    pub birth: String,
    pub phone: String,
    pub address: String,
    pub care: Vec<String>,
    pub confidential: String,
    /// Only in an edit: codes of [`SealedField`] that are no longer right.
    pub dropped: Vec<String>,
}

impl PetitionerForm {
    /// Every complaint at once, so that a person mends the form in one go.
    ///
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self, today: NaiveDate) -> Result<PetitionerDetails, Complaints> {
        let mut complaints = Complaints::default();
        let details = self.check_into(today, &mut complaints, |field| field.to_owned());
        complaints.verdict(details)
    }

    /// [`PetitionerForm::check`] for one of several petitioners in a larger form: `at` makes a field's name there, such
    /// as `name.2`. `None` when something was complained of.
    pub fn check_into(
        &self,
        today: NaiveDate,
        complaints: &mut Complaints,
        at: impl Fn(&str) -> String,
    ) -> Option<PetitionerDetails> {
        let kind = match self.kind.trim() {
            "" => Some(PetitionerKind::Person),
            code => complaints.hear(at("kind"), one_of(code, PetitionerKind::from_code)),
        }?;
        if kind == PetitionerKind::Anonymous {
            return Some(self.anonymous());
        }
        let person = kind == PetitionerKind::Person;
        let name = complaints.hear(at("name"), read_name(&self.name, person));
        let sex = complaints.hear(at("sex"), optional(&self.sex, |code| one_of(code, Sex::from_code)));
        let birth = complaints.hear(at("birth"), optional(&self.birth, |typed| date_until(typed, today)));
        let number = complaints.hear(at("doc_number"), self.number(kind, today));
        let phone = complaints.hear(
            at("phone"),
            optional(&self.phone, |typed| Phone::parse(typed).map_err(|fault| fault.to_string())),
        );
        let address = complaints.hear(at("address"), optional(&self.address, |typed| words(typed, 2..=200)));
        let care = complaints.hear(at("care"), many_of(&self.care, CareFlag::from_code));
        let dropped = complaints.hear(at("dropped"), many_of(&self.dropped, SealedField::from_code));
        let (document, told) = number?;
        let (sex, birth) = (sex?, birth?);
        let told = told.as_ref();
        let agreed_birth = agree(birth, told.and_then(DocumentNumber::birth), "出生日期");
        let agreed_sex = agree(sex, told.and_then(DocumentNumber::sex), "性别");
        let birth = complaints.hear(at("birth"), agreed_birth);
        let sex = complaints.hear(at("sex"), agreed_sex);
        Some(PetitionerDetails {
            kind,
            name: name?,
            sex: sex?.filter(|_| person),
            birth: birth?.filter(|_| person),
            document,
            phone: phone?,
            address: address?.map(|address| tidy(&address)),
            care: care?.into_iter().filter(|_| person).collect(),
            confidential: ticked(&self.confidential),
            dropped: dropped?,
        })
    }

    fn anonymous(&self) -> PetitionerDetails {
        PetitionerDetails { confidential: ticked(&self.confidential), ..PetitionerDetails::anonymous() }
    }

    /// The document, with what its number tells. A number that breaks a rule is kept where a reason is given.
    fn number(
        &self,
        kind: PetitionerKind,
        today: NaiveDate,
    ) -> Result<(Option<Document>, Option<DocumentNumber>), String> {
        let reason = tidy(&self.doc_reason);
        let said = match (self.doc_type.trim(), self.doc_number.trim().is_empty()) {
            ("", true) if reason.is_empty() => return Ok((None, None)),
            ("", true) => DocumentType::None,
            ("", false) if kind == PetitionerKind::Organisation => DocumentType::Uscc,
            ("", false) => DocumentType::Id,
            (code, _) => one_of(code, DocumentType::from_code)?,
        };
        // A type that was preselected, with no number typed, says nothing: nobody is refused for want of a document.
        if said == DocumentType::None || self.doc_number.trim().is_empty() {
            if said == DocumentType::None && !self.doc_number.trim().is_empty() {
                return Err("选了“无证件”就不填号码；有证件的请改选证件类型。".to_owned());
            }
            let reason = if reason.is_empty() { NOT_SHOWN.to_owned() } else { reason };
            return Ok((Some(Document::None { reason }).filter(|_| said == DocumentType::None), None));
        }
        match DocumentNumber::parse(said, &self.doc_number, today) {
            Ok(number) if number.is_converted() => {
                let reason = if reason.is_empty() { CONVERTED.to_owned() } else { reason };
                let kept = number.number().to_owned();
                Ok((Some(Document::Unverified { kind: said, number: kept, reason }), Some(number)))
            }
            Ok(number) => {
                let kept = number.number().to_owned();
                Ok((Some(Document::Verified { kind: said, number: kept }), Some(number)))
            }
            Err(fault) if reason.chars().count() < 2 => {
                Err(format!("{fault}确实无法核对的，写明原因后可按“未核实”保存。"))
            }
            Err(_fault) => unverified(said, &self.doc_number, reason).map(|document| (Some(document), None)),
        }
    }
}

fn unverified(kind: DocumentType, typed: &str, reason: String) -> Result<Document, String> {
    let number = normalise(kind, typed);
    match number.chars().count() {
        1..=LONGEST_NUMBER => Ok(Document::Unverified { kind, number, reason }),
        length => Err(format!("号码最多 {LONGEST_NUMBER} 个字，现在是 {length} 个字，请核对。")),
    }
}

/// A name of one or more characters, not a number or a card's line pasted into the wrong field.
fn read_name(typed: &str, person: bool) -> Result<String, String> {
    let name = words(&tidy(typed), 1..=if person { 40 } else { 100 })?;
    if person && name.chars().any(|c| c.is_ascii_digit()) {
        return Err("姓名里有数字，请核对；不知道姓名的，类别请选“匿名”。".to_owned());
    }
    if !name.chars().any(char::is_alphabetic) {
        return Err("姓名里没有文字，请核对。".to_owned());
    }
    Ok(name)
}

/// What was typed and what the number tells must not contradict each other.
fn agree<T: PartialEq>(typed: Option<T>, told: Option<T>, what: &str) -> Result<Option<T>, String> {
    match (typed, told) {
        (Some(typed), Some(told)) if typed != told => {
            Err(format!("填写的{what}与证件号码表示的{what}不一致，请核对。"))
        }
        (typed, told) => Ok(typed.or(told)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        "2026-11-23".parse().unwrap()
    }

    fn form() -> PetitionerForm {
        PetitionerForm {
            name: " 王桂兰 ".into(),
            doc_number: "11010519491231002x".into(),
            phone: "138 0000 5678".into(),
            address: "石龙区龙兴街道1号".into(),
            care: vec!["ill".into()],
            ..PetitionerForm::default()
        }
    }

    fn complaint(form: &PetitionerForm, field: &str) -> String {
        form.check(today()).unwrap_err().about(field).collect()
    }

    #[test]
    fn the_number_fills_in_birth_date_and_sex() {
        let details = form().check(today()).unwrap();
        assert_eq!(details.name, "王桂兰");
        assert_eq!((details.sex, details.birth), (Some(Sex::Female), "1949-12-31".parse().ok()));
        assert_eq!(
            details.document,
            Some(Document::Verified { kind: DocumentType::Id, number: "11010519491231002X".into() })
        );
        assert_eq!(details.phone.unwrap().normal(), "13800005678");
        assert_eq!(details.care, [CareFlag::Ill]);
    }

    #[test]
    fn a_wrong_number_names_its_rule_and_is_kept_only_with_a_reason() {
        let wrong = PetitionerForm { doc_number: "110105194912310021".into(), ..form() };
        let said = complaint(&wrong, "doc_number");
        assert!(said.contains("校验码") && said.contains("未核实"), "{said}");
        let kept = PetitionerForm { doc_reason: "证件磨损看不清".into(), ..wrong }.check(today()).unwrap();
        assert!(
            matches!(kept.document, Some(Document::Unverified { number, .. }) if number == "110105194912310021")
        );
    }

    #[test]
    fn nobody_is_refused_for_want_of_a_document() {
        let none = PetitionerForm { doc_number: String::new(), ..form() };
        assert_eq!(none.check(today()).unwrap().document, None);
        let preselected = PetitionerForm { doc_type: "id".into(), ..none.clone() };
        assert_eq!(preselected.check(today()).unwrap().document, None);
        let said = PetitionerForm { doc_type: "none".into(), ..none };
        assert_eq!(
            said.check(today()).unwrap().document,
            Some(Document::None { reason: "未出示证件".into() })
        );
    }

    #[test]
    fn fifteen_digits_are_kept_as_unverified() {
        let old = PetitionerForm { doc_number: "110105491231002".into(), ..form() }.check(today()).unwrap();
        assert!(
            matches!(old.document, Some(Document::Unverified { number, .. }) if number == "11010519491231002X")
        );
    }

    #[test]
    fn contradictions_are_told() {
        let wrong = PetitionerForm { birth: "1949-12-30".into(), sex: "male".into(), ..form() };
        assert!(complaint(&wrong, "birth").contains("不一致"));
        assert!(complaint(&wrong, "sex").contains("不一致"));
    }

    #[test]
    fn every_complaint_comes_at_once() {
        let wrong =
            PetitionerForm { name: "138".into(), phone: "12".into(), care: vec!["x".into()], ..form() };
        let complaints = wrong.check(today()).unwrap_err();
        let fields: Vec<_> = complaints.iter().map(|(field, _)| field.to_owned()).collect();
        assert_eq!(fields, ["name", "phone", "care"]);
    }

    #[test]
    fn the_anonymous_need_nothing() {
        let form = PetitionerForm { kind: "anonymous".into(), ..PetitionerForm::default() };
        assert_eq!(form.check(today()).unwrap(), PetitionerDetails::anonymous());
    }

    #[test]
    fn an_organisation_has_a_code() {
        let form = PetitionerForm {
            kind: "organisation".into(),
            name: "石龙区某某商贸有限公司".into(),
            doc_number: "91350100M000100Y43".into(),
            ..PetitionerForm::default()
        };
        assert!(matches!(
            form.check(today()).unwrap().document,
            Some(Document::Verified { kind: DocumentType::Uscc, .. })
        ));
    }
}
