//! What is typed about a rule; and, in files of their own, about a clock.

mod clock;

pub use clock::{DecideForm, Decision, ExtendForm, PauseForm, ReceivedForm, ResumeForm};

use super::change::RuleContent;
use super::types::{Approver, Rule, RuleStatus, Unit};
use crate::web::form::{Complaints, date_between, number_in, one_of, optional, ticked, words};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// How far ahead a rule may be put in force.
const AHEAD: Days = Days::new(3_660);

/// A rule as typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct RuleForm {
    /// What had been proposed last when the form was opened.
    #[serde(default)]
    pub seen: String,
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub basis: String,
    #[serde(default)]
    pub amount: String,
    #[serde(default)]
    pub unit: String,
    #[serde(default)]
    pub roll: String,
    #[serde(default)]
    pub extension_by: String,
    #[serde(default)]
    pub max_extension_days: String,
    #[serde(default)]
    pub extension_told: String,
    #[serde(default)]
    pub paper: String,
    #[serde(default)]
    pub status: String,
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    pub in_use: String,
    #[serde(default)]
    pub effective_from: String,
    #[serde(default)]
    pub reason: String,
}

impl RuleForm {
    /// The rule as it stands, to be changed from `today` on.
    pub fn of(rule: &Rule, today: NaiveDate) -> Self {
        let flag = |on: bool| if on { "1" } else { "" }.to_owned();
        RuleForm {
            seen: String::new(),
            name: rule.name.clone(),
            basis: rule.basis.clone(),
            amount: rule.amount.to_string(),
            unit: rule.unit.code().to_owned(),
            roll: flag(rule.roll),
            extension_by: rule.extension_by.map_or("", Approver::code).to_owned(),
            max_extension_days: rule.max_extension_days.map(|days| days.to_string()).unwrap_or_default(),
            extension_told: flag(rule.extension_told),
            paper: rule.paper.clone().unwrap_or_default(),
            status: rule.status.code().to_owned(),
            note: rule.note.clone(),
            in_use: flag(rule.in_use),
            effective_from: today.to_string(),
            reason: String::new(),
        }
    }

    /// The rule and why it is changed. Code and trigger stay those of `rule`: the program starts clocks by them.
    ///
    /// # Errors
    ///
    /// Every complaint at once.
    pub fn check(&self, rule: &Rule, today: NaiveDate) -> Result<(RuleContent, String), Complaints> {
        let mut complaints = Complaints::default();
        let name = complaints.hear("name", words(&self.name, 1..=30));
        let basis = complaints.hear("basis", words(&self.basis, 2..=200));
        let unit = complaints.hear("unit", one_of(&self.unit, Unit::from_code));
        let limit = i64::from(unit.unwrap_or(Unit::Month).limit());
        let amount = complaints.hear("amount", number_in(&self.amount, 0..=limit));
        let by = complaints
            .hear("extension_by", optional(&self.extension_by, |code| one_of(code, Approver::from_code)));
        let days = complaints
            .hear("max_extension_days", optional(&self.max_extension_days, |n| number_in(n, 1..=3_660)));
        if days.flatten().is_some() && by == Some(None) {
            complaints.add("extension_by", "写了最长延期，就要选定由谁批准。");
        }
        let paper = complaints.hear("paper", optional(&self.paper, |paper| words(paper, 1..=50)));
        let status = complaints.hear("status", one_of(&self.status, RuleStatus::from_code));
        let note = complaints.hear("note", optional(&self.note, |note| words(note, 1..=300)));
        let last = today.checked_add_days(AHEAD).unwrap_or(today);
        let from = complaints.hear("effective_from", date_between(&self.effective_from, today, last));
        let reason = complaints.hear("reason", words(&self.reason, 1..=200));
        let in_use = ticked(&self.in_use) || !rule.code.is_optional();
        let content = (|| {
            Some(RuleContent {
                code: rule.code,
                name: name?,
                basis: basis?,
                trigger_event: rule.trigger_event,
                amount: amount?,
                unit: unit?,
                roll: ticked(&self.roll),
                max_extension_days: days?,
                extension_by: by?,
                paper: paper?,
                status: status?,
                note: note?.unwrap_or_default(),
                in_use,
                extension_told: ticked(&self.extension_told),
                effective_from: from?,
            })
        })();
        complaints.verdict(content.zip(reason))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deadlines::types::{Code, RuleId, Trigger};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn rule(code: Code) -> Rule {
        Rule {
            id: RuleId(1),
            court_id: None,
            code,
            name: code.label().to_owned(),
            basis: "院定".to_owned(),
            trigger_event: Trigger::Acceptance,
            amount: 60,
            unit: Unit::Day,
            roll: true,
            max_extension_days: Some(30),
            extension_by: Some(Approver::President),
            paper: None,
            effective_from: day("2020-01-01"),
            effective_to: None,
            status: RuleStatus::Own,
            note: String::new(),
            in_use: true,
            version: 0,
            extension_told: true,
        }
    }

    fn form(code: Code) -> RuleForm {
        RuleForm { reason: "院务会决定".into(), ..RuleForm::of(&rule(code), day("2026-11-23")) }
    }

    #[test]
    fn what_is_filled_in_comes_back_as_it_was() {
        let (content, reason) = form(Code::Reply).check(&rule(Code::Reply), day("2026-11-23")).unwrap();
        let expected =
            RuleContent { effective_from: day("2026-11-23"), ..RuleContent::of(&rule(Code::Reply)) };
        assert_eq!((content, reason.as_str()), (expected, "院务会决定"));
    }

    #[test]
    fn each_wrong_field_is_named() {
        let wrong = RuleForm {
            amount: "-1".into(),
            unit: "week".into(),
            extension_by: String::new(),
            effective_from: "2026-11-22".into(),
            basis: String::new(),
            ..form(Code::Reply)
        };
        let complaints = wrong.check(&rule(Code::Reply), day("2026-11-23")).unwrap_err();
        let fields: Vec<_> = complaints.iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["basis", "unit", "amount", "extension_by", "effective_from"]);
    }

    #[test]
    fn only_an_alternative_can_be_taken_out_of_use() {
        let off = |code| RuleForm { in_use: String::new(), ..form(code) };
        let in_use = |code| off(code).check(&rule(code), day("2026-11-23")).unwrap().0.in_use;
        assert!(in_use(Code::Reply));
        assert!(!in_use(Code::ReplyThreeMonths));
    }
}
