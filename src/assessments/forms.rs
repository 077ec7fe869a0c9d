//! What is typed about an assessment and the questionnaire, and what is chosen above the list.

use super::actions::{Decision, Draft};
use super::change::Content;
use super::rules::{MOST_QUESTIONS, about_a_person};
use super::types::{AssessmentFilter, AssessmentId, AssessmentState, Question, Step};
use crate::sweeps::forms::case_number;
use crate::text::tidy;
use crate::web::form::{Complaints, number_in, one_of, paragraphs, read_date, words};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// An assessment as typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct AssessForm {
    pub submission: String,
    pub case_number: String,
    pub cause: String,
    pub step: String,
    /// The edition that was on the page.
    pub questionnaire: String,
    /// The keys of what was ticked.
    pub yes: Vec<String>,
    pub note: String,
}

impl AssessForm {
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self, today: NaiveDate) -> Result<Draft, Complaints> {
        let mut complaints = Complaints::default();
        let submission = complaints.hear("submission", words(&self.submission, 8..=64));
        let number = complaints.hear("case_number", case_number(&self.case_number, today));
        let cause = complaints.hear("cause", words(&tidy(&self.cause), 0..=40));
        let step = complaints.hear("step", one_of(&self.step, Step::from_code));
        let edition = one_of(&self.questionnaire, |id| id.parse().ok());
        let edition = complaints.hear("questionnaire", edition);
        let note = complaints.hear("note", paragraphs(&self.note, 0..=500));
        let draft = match (submission, number, cause, step, edition, note) {
            (
                Some(submission),
                Some(case_number),
                Some(cause),
                Some(step),
                Some(questionnaire),
                Some(note),
            ) => Some(Draft {
                case_number,
                cause,
                step,
                questionnaire,
                ticked: self.yes.clone(),
                note,
                submission,
            }),
            _ => None,
        };
        complaints.verdict(draft)
    }
}

/// A decision as typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct DecideForm {
    pub version: i64,
    /// `yes` or `no`.
    pub listed: String,
    pub measures: String,
    pub reason: String,
}

impl DecideForm {
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self) -> Result<Decision, Complaints> {
        let mut complaints = Complaints::default();
        let yes_or_no = |code: &str| match code {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        let listed = complaints.hear("listed", one_of(&self.listed, yes_or_no));
        let measures = complaints.hear("measures", paragraphs(&self.measures, 0..=1_000));
        let reason = complaints.hear("reason", paragraphs(&self.reason, 4..=500));
        if listed == Some(true) && measures.as_ref().is_some_and(String::is_empty) {
            complaints.add("measures", "列入一级的，请写明打算采取的措施，每行一项。");
        }
        let decision = match (listed, measures, reason) {
            (Some(listed), Some(measures), Some(reason)) => Some(Decision { listed, measures, reason }),
            _ => None,
        };
        complaints.verdict(decision)
    }
}

/// The questionnaire as typed: a row for each question.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct QuestionnaireForm {
    /// What had been proposed when the form was opened.
    pub seen: String,
    pub threshold: String,
    pub text: Vec<String>,
    pub points: Vec<String>,
    pub measure: Vec<String>,
    pub effective_from: String,
    pub reason: String,
}

impl QuestionnaireForm {
    /// As it stands, to be changed from tomorrow on, with room for more questions.
    pub fn of((threshold, questions): (i64, &[Question]), today: NaiveDate) -> Self {
        QuestionnaireForm {
            seen: String::new(),
            threshold: threshold.to_string(),
            text: questions.iter().map(|one| one.text.clone()).collect(),
            points: questions.iter().map(|one| one.points.to_string()).collect(),
            measure: questions.iter().map(|one| one.measure.clone()).collect(),
            effective_from: today.checked_add_days(Days::new(1)).unwrap_or(today).to_string(),
            reason: String::new(),
        }
    }

    /// How many rows the form shows: those that are filled, and some that aren't.
    pub fn rows(&self) -> usize {
        let filled = self.text.iter().rposition(|text| !text.trim().is_empty()).map_or(0, |last| last + 1);
        (filled + 3).min(MOST_QUESTIONS)
    }

    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self) -> Result<(Content, String), Complaints> {
        let mut complaints = Complaints::default();
        let threshold = complaints.hear("threshold", number_in(&self.threshold, 1..=100));
        let from = complaints.hear("effective_from", read_date(&self.effective_from));
        let reason = complaints.hear("reason", paragraphs(&self.reason, 2..=300));
        let mut questions = Vec::new();
        let filled = self.text.iter().enumerate().filter(|(_, text)| !text.trim().is_empty());
        for (row, text) in filled.take(MOST_QUESTIONS) {
            questions.extend(self.question(row, text, &mut complaints));
        }
        if questions.is_empty() && complaints.is_empty() {
            complaints.add("text.0", "问卷至少要有一个问题。");
        }
        let most: i64 = questions.iter().map(|one: &Question| one.points).sum();
        if threshold.is_some_and(|threshold| threshold > most) && complaints.is_empty() {
            complaints
                .add("threshold", format!("所有问题加起来只有 {most} 分，永远达不到这个分值，请调低。"));
        }
        let content = match (threshold, from, reason) {
            (Some(threshold), Some(effective_from), Some(reason)) => {
                Some((Content { threshold, questions, effective_from }, reason))
            }
            _ => None,
        };
        complaints.verdict(content)
    }

    fn question(&self, row: usize, text: &str, complaints: &mut Complaints) -> Option<Question> {
        let at = |all: &[String]| all.get(row).cloned().unwrap_or_default();
        let text = complaints.hear(format!("text.{row}"), words(text, 4..=80));
        let points = complaints.hear(format!("points.{row}"), number_in(&at(&self.points), 1..=10));
        let measure = complaints.hear(format!("measure.{row}"), words(&at(&self.measure), 0..=80));
        let (text, points, measure) = (text?, points?, measure?);
        for (field, typed) in [("text", &text), ("measure", &measure)] {
            if let Some(word) = about_a_person(typed) {
                let told = format!(
                    "“{word}”问的是人，不是案件。评估只看案件办理会不会留下没有答复的问题，不评价任何人，请改写。"
                );
                complaints.add(format!("{field}.{row}"), told);
            }
        }
        Some(Question { key: format!("q{}", row + 1), text, points, measure })
    }
}

/// The filters above the list.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct AssessmentQuery {
    pub state: String,
    pub step: String,
    pub division: String,
    pub after: String,
}

impl AssessmentQuery {
    pub fn filter(&self) -> AssessmentFilter {
        AssessmentFilter {
            state: AssessmentState::from_code(&self.state),
            step: Step::from_code(&self.step),
            division: self.division.parse().ok(),
        }
    }

    pub fn after(&self) -> Option<AssessmentId> {
        self.after.parse().ok()
    }
}

/// Which case is to be assessed: one of a sheet, or none yet.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewQuery {
    pub row: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(text: &[&str]) -> QuestionnaireForm {
        QuestionnaireForm {
            threshold: "3".into(),
            text: text.iter().map(|one| (*one).to_owned()).collect(),
            points: text.iter().map(|_| "2".to_owned()).collect(),
            measure: text.iter().map(|_| "判后释法".to_owned()).collect(),
            effective_from: "2026-11-24".into(),
            reason: "按季度复盘修改".into(),
            ..QuestionnaireForm::default()
        }
    }

    #[test]
    fn a_question_about_a_person_is_refused_with_its_word() {
        let told = form(&["审理期限是否延长过", "当事人性格是否偏执"]).check().unwrap_err();
        assert!(told.about("text.1").next().unwrap().contains("“性格”问的是人"), "{told:?}");
        assert_eq!(told.about("text.0").count(), 0);
    }

    #[test]
    fn blank_rows_are_left_out_and_the_threshold_can_be_reached() {
        let (content, _) = form(&["审理期限是否延长过", "", "是否还没有组织过调解"]).check().unwrap();
        let keys: Vec<&str> = content.questions.iter().map(|one| one.key.as_str()).collect();
        assert_eq!(keys, ["q1", "q3"]);
        let high = QuestionnaireForm { threshold: "5".into(), ..form(&["审理期限是否延长过"]) };
        assert_eq!(high.check().unwrap_err().about("threshold").count(), 1);
        assert_eq!(form(&["", ""]).check().unwrap_err().about("text.0").count(), 1);
    }

    #[test]
    fn who_lists_a_case_says_what_will_be_done() {
        let decide = |listed: &str, measures: &str| {
            DecideForm {
                version: 0,
                listed: listed.into(),
                measures: measures.into(),
                reason: "多方争议大".into(),
            }
            .check()
        };
        assert!(decide("no", "").is_ok() && decide("yes", "判后释法").is_ok());
        assert_eq!(decide("yes", "").unwrap_err().about("measures").count(), 1);
        assert!(decide("", "").is_err());
    }
}
