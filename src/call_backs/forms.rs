//! What is typed when a petitioner is asked or answered again, and what is chosen above the list.

use super::store::Cursor;
use super::types::{Answer, AskManner, AskingFilter, AskingKind, AskingState, Score};
use crate::matters::types::ReplyManner;
use crate::web::form::{Complaints, one_of, paragraphs};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// An answer as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct AskForm {
    pub score: String,
    pub manner: String,
    pub note: String,
}

impl AskForm {
    /// # Errors
    ///
    /// What is wrong, field by field; who is not satisfied, or did not say, is told of in words.
    pub fn check(&self) -> Result<Answer, Complaints> {
        let mut complaints = Complaints::default();
        let score = complaints.hear("score", one_of(&self.score, Score::from_code));
        let manner = complaints.hear("manner", one_of(&self.manner, AskManner::from_code));
        let note = complaints.hear("note", paragraphs(&self.note, 0..=1_000));
        let explain = matches!(score, Some(Score::Dissatisfied | Score::Unrated));
        if explain && note.as_ref().is_some_and(String::is_empty) {
            complaints.add(
                "note",
                "信访人不满意或者没有评价的，请写明原因，例如对哪一点不满意、为什么没有联系上。",
            );
        }
        let answer = score.zip(manner).zip(note);
        complaints.verdict(answer.map(|((score, manner), note)| Answer { score, manner, note }))
    }
}

/// An answer to somebody who came again, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct AgainForm {
    pub manner: String,
    pub text: String,
}

impl AgainForm {
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self) -> Result<(ReplyManner, String), Complaints> {
        let mut complaints = Complaints::default();
        let manner = match ReplyManner::from_code(&self.manner) {
            Some(manner @ (ReplyManner::Oral | ReplyManner::Written)) => Some(manner),
            Some(ReplyManner::GuidanceSheet | ReplyManner::NoneOwed) | None => {
                complaints.add("manner", "请选择口头还是书面。");
                None
            }
        };
        let text = complaints.hear("text", paragraphs(&self.text, 5..=2_000));
        complaints.verdict(manner.zip(text))
    }
}

/// The filters above the list, as they stand in the address.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct AskingQuery {
    /// `asked`, `dropped`, or empty for what waits.
    pub state: String,
    pub kind: String,
    pub score: String,
    /// `overdue`, `soon` or empty.
    pub due: String,
    /// Where the page goes on: `date_id`.
    pub after: String,
}

impl AskingQuery {
    /// What it comes to on `today`; `soon` is the last day that counts as near. What makes no sense narrows nothing.
    pub fn filter(&self, today: NaiveDate, soon: NaiveDate) -> AskingFilter {
        let due_until = match self.due.as_str() {
            "overdue" => today.checked_sub_days(Days::new(1)),
            "soon" => Some(soon),
            _ => None,
        };
        let state = if due_until.is_some() { None } else { AskingState::from_code(&self.state) };
        AskingFilter {
            state: Some(state.unwrap_or(AskingState::Waiting)),
            kind: AskingKind::from_code(&self.kind),
            score: Score::from_code(&self.score),
            due_until,
        }
    }

    pub fn after(&self) -> Option<Cursor> {
        let (day, id) = self.after.split_once('_')?;
        Some((day.parse().ok()?, id.parse().ok()?))
    }

    /// The same list, going on after this row.
    pub fn going_on(&self, after: String) -> Self {
        AskingQuery { after, ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call_backs::AskingId;

    fn answer(score: &str, note: &str) -> Result<Answer, Complaints> {
        AskForm { score: score.into(), manner: "phone".into(), note: note.into() }.check()
    }

    #[test]
    fn who_is_not_satisfied_is_told_of_in_words() {
        assert!(answer("satisfied", "").is_ok() && answer("mostly_satisfied", "").is_ok());
        for score in ["dissatisfied", "unrated"] {
            assert_eq!(answer(score, " ").unwrap_err().about("note").count(), 1);
            assert!(answer(score, "两次电话无人接听").is_ok());
        }
        assert!(answer("", "").is_err());
    }

    #[test]
    fn what_waits_is_listed_first_and_what_is_late_waits() {
        let today: NaiveDate = "2026-11-23".parse().unwrap();
        let filter = |query: AskingQuery| query.filter(today, today);
        assert_eq!(filter(AskingQuery::default()).state, Some(AskingState::Waiting));
        let late = filter(AskingQuery { due: "overdue".into(), state: "asked".into(), ..Default::default() });
        assert_eq!((late.state, late.due_until), (Some(AskingState::Waiting), today.pred_opt()));
        let after = |text: &str| AskingQuery { after: text.into(), ..Default::default() }.after();
        assert_eq!(after("2026-11-23_7"), Some((today, AskingId(7))));
        assert_eq!(after("x_7"), None);
    }
}
