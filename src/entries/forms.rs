//! An entry as typed.

use super::rules::{KINDS, names_others};
use crate::matters::EntryKind;
use crate::web::form::{Complaints, date_until, paragraphs, ticked, words};
use crate::web::formats::plain_date;
use chrono::NaiveDate;
use serde::Deserialize;

/// What somebody records of a matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    pub kind: EntryKind,
    pub happened_on: NaiveDate,
    /// Who else took part: 兴平路街道办、村委会.
    pub others: String,
    pub place: String,
    pub text: String,
    /// The petitioner was told how the matter goes.
    pub told: bool,
}

impl Noted {
    /// What the timeline says, entered on `today`.
    pub fn words(&self, today: NaiveDate) -> String {
        let mut said = String::new();
        if self.happened_on != today {
            said.push_str(&plain_date(self.happened_on));
            said.push('，');
        }
        if !self.place.is_empty() {
            said.push_str(&format!("地点：{}。", self.place));
        }
        if !self.others.is_empty() {
            said.push_str(&format!("参加：{}。", self.others));
        }
        said.push_str(&self.text);
        if self.told {
            said.push_str("（已告知信访人进展）");
        }
        said
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct NoteForm {
    pub version: i64,
    pub kind: String,
    pub happened_on: String,
    pub others: String,
    pub place: String,
    pub text: String,
    pub told: String,
}

impl NoteForm {
    /// What is recorded; a day left empty is today.
    ///
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self, today: NaiveDate) -> Result<Noted, Complaints> {
        let mut complaints = Complaints::default();
        let known = EntryKind::from_code(&self.kind).filter(|kind| KINDS.contains(kind));
        let kind = complaints.hear("kind", known.ok_or_else(|| "请选择记录的类别。".to_owned()));
        let day =
            if self.happened_on.trim().is_empty() { Ok(today) } else { date_until(&self.happened_on, today) };
        let happened_on = complaints.hear("happened_on", day);
        let others = complaints.hear("others", words(&self.others, 0..=100));
        let place = complaints.hear("place", words(&self.place, 0..=60));
        let text = complaints.hear("text", paragraphs(&self.text, 0..=2000));
        if text.as_ref().is_some_and(String::is_empty) {
            complaints.add("text", "请写明经过和结果，接手的同事和领导要凭它了解情况。");
        }
        if kind.is_some_and(names_others) && others.as_ref().is_some_and(String::is_empty) {
            complaints.add("others", "请写明参加的单位或者人员。");
        }
        let noted = kind.zip(happened_on).zip(others.zip(place)).zip(text).map(
            |(((kind, happened_on), (others, place)), text)| Noted {
                kind,
                happened_on,
                others,
                place,
                text,
                told: ticked(&self.told),
            },
        );
        complaints.verdict(noted)
    }
}

/// A correction as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct CorrectForm {
    pub text: String,
}

impl CorrectForm {
    /// What is right.
    ///
    /// # Errors
    ///
    /// That it is missing or too long.
    pub fn check(&self) -> Result<String, Complaints> {
        let mut complaints = Complaints::default();
        let text = complaints.hear("text", paragraphs(&self.text, 0..=2000));
        if text.as_ref().is_some_and(String::is_empty) {
            complaints.add("text", "请写明哪里有误、正确的是什么。");
        }
        complaints.verdict(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        "2026-11-23".parse().unwrap()
    }

    fn form() -> NoteForm {
        NoteForm {
            kind: "progress".into(), text: "已联系执行局核实。".into(), ..NoteForm::default()
        }
    }

    #[test]
    fn a_day_left_empty_is_today_and_no_day_lies_ahead() {
        assert_eq!(form().check(today()).unwrap().happened_on, today());
        let tomorrow = NoteForm { happened_on: "2026-11-24".into(), ..form() };
        assert!(tomorrow.check(today()).is_err());
    }

    #[test]
    fn mediation_says_who_took_part() {
        let bare = NoteForm { kind: "mediation".into(), ..form() };
        assert_eq!(bare.check(today()).unwrap_err().about("others").count(), 1);
        let whole = NoteForm { others: "兴平路街道办".into(), ..bare };
        let noted = whole.check(today()).unwrap();
        assert_eq!(noted.words(today()), "参加：兴平路街道办。已联系执行局核实。");
    }

    #[test]
    fn kinds_that_the_system_writes_are_not_typed() {
        for kind in EntryKind::ALL {
            let form = NoteForm { kind: kind.code().into(), others: "某".into(), ..form() };
            assert_eq!(form.check(today()).is_ok(), KINDS.contains(kind), "{kind:?}");
        }
    }

    #[test]
    fn another_day_and_what_was_told_are_said() {
        let form = NoteForm { happened_on: "2026-11-20".into(), told: "1".into(), ..form() };
        let words = form.check(today()).unwrap().words(today());
        assert!(words.contains("2026年11月20日") && words.ends_with("（已告知信访人进展）"), "{words}");
    }
}
