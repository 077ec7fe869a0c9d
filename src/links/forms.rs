//! What is typed to link, merge, undo and split.

use super::actions::Split;
use super::types::LinkKind;
use crate::petitioners::PetitionerId;
use crate::web::form::{Complaints, many_of, one_of, paragraphs, words};
use serde::{Deserialize, Serialize};

/// A link or a merge as typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct OtherForm {
    pub version: i64,
    /// The number of one of the matters offered.
    pub pick: String,
    /// Or any other's, typed.
    pub number: String,
    pub kind: String,
    /// `later`: this matter is the later one; `original`.
    pub way: String,
    pub note: String,
}

/// A link as read; the other matter still by its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub number: String,
    pub kind: LinkKind,
    pub is_original: bool,
    pub note: String,
}

/// A number with the brackets that papers have, whichever were typed.
fn brackets(number: &str) -> String {
    number.replace(['[', '【', '［', '('], "〔").replace([']', '】', '］', ')'], "〕")
}

impl OtherForm {
    fn other(&self) -> Result<String, String> {
        let typed = if self.number.trim().is_empty() { &self.pick } else { &self.number };
        let number = words(typed, 0..=60)?;
        if number.is_empty() {
            return Err("请选择一件事项，或者填写它的编号。".to_owned());
        }
        Ok(brackets(&number))
    }

    /// The link.
    ///
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn link(&self) -> Result<Wanted, Complaints> {
        let mut complaints = Complaints::default();
        let number = complaints.hear("number", self.other());
        let by_hand = |code: &str| LinkKind::from_code(code).filter(|kind| LinkKind::BY_HAND.contains(kind));
        let kind = complaints.hear("kind", one_of(&self.kind, by_hand));
        let way = |code: &str| ["later", "original"].contains(&code).then_some(code == "original");
        let is_original = complaints.hear("way", one_of(&self.way, way));
        let note = complaints.hear("note", paragraphs(&self.note, 0..=300));
        let wanted = number
            .zip(kind)
            .zip(is_original)
            .zip(note)
            .map(|(((number, kind), is_original), note)| Wanted { number, kind, is_original, note });
        complaints.verdict(wanted)
    }

    /// The number of the matter to merge into, and why.
    ///
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn merge(&self) -> Result<(String, String), Complaints> {
        let mut complaints = Complaints::default();
        let number = complaints.hear("number", self.other());
        let reason = complaints.hear("note", paragraphs(&self.note, 2..=300));
        complaints.verdict(number.zip(reason))
    }
}

/// Why something is undone, as typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct UndoForm {
    pub version: i64,
    pub reason: String,
}

impl UndoForm {
    /// # Errors
    ///
    /// That the reason is missing or too long.
    pub fn check(&self) -> Result<String, Complaints> {
        let mut complaints = Complaints::default();
        let reason = complaints.hear("reason", paragraphs(&self.reason, 2..=300));
        complaints.verdict(reason)
    }
}

/// A split as typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct SplitForm {
    pub version: i64,
    pub claim: String,
    pub summary: String,
    pub people: Vec<String>,
    pub cases: Vec<String>,
    pub reason: String,
}

impl SplitForm {
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self) -> Result<Split, Complaints> {
        let mut complaints = Complaints::default();
        let claim = complaints.hear("claim", words(&self.claim, 2..=100));
        let summary = complaints.hear("summary", paragraphs(&self.summary, 5..=2000));
        let people = complaints.hear("people", many_of(&self.people, |id| id.parse::<PetitionerId>().ok()));
        let cases = complaints.hear("cases", many_of(&self.cases, |id| id.parse::<i64>().ok()));
        let reason = complaints.hear("reason", paragraphs(&self.reason, 2..=300));
        let split = claim.zip(summary).zip(people).zip(cases).zip(reason).map(
            |((((claim, summary), people), cases), reason)| Split { claim, summary, people, cases, reason },
        );
        complaints.verdict(split)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_goes_before_what_is_picked_and_a_split_is_no_link_by_hand() {
        let form = OtherForm {
            pick: "石法访〔2026〕0002号".into(),
            kind: "repeat".into(),
            way: "later".into(),
            ..OtherForm::default()
        };
        assert_eq!(form.link().unwrap().number, "石法访〔2026〕0002号");
        let typed = OtherForm { number: " 石法访[2026]0007号 ".into(), ..form.clone() };
        assert_eq!(typed.link().unwrap().number, "石法访〔2026〕0007号");
        assert!(OtherForm { kind: "split".into(), ..form.clone() }.link().is_err());
        assert!(OtherForm { way: "sideways".into(), ..form }.link().is_err());
    }

    #[test]
    fn every_complaint_comes_at_once() {
        let wrong = OtherForm::default().link().unwrap_err();
        assert!(["number", "kind", "way"].iter().all(|field| wrong.about(field).count() == 1));
        let wrong = OtherForm::default().merge().unwrap_err();
        assert!(["number", "note"].iter().all(|field| wrong.about(field).count() == 1));
        let wrong = SplitForm::default().check().unwrap_err();
        assert!(["claim", "summary", "reason"].iter().all(|field| wrong.about(field).count() == 1));
    }
}
