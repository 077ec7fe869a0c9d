//! What is typed when a petitioner is asked or answered again, and what is chosen above the list.

use super::types::{Answer, AskManner, AskingFilter, AskingId, AskingKind, AskingState, Score};
use crate::matters::types::ReplyManner;
use crate::web::form::{Complaints, one_of, paragraphs};
use crate::web::listing::{Cursor, Near, cursor};
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
    /// What it comes to. What makes no sense narrows nothing.
    pub fn filter(&self, near: &Near) -> AskingFilter {
        let due_until = near.until(&self.due);
        let state = if due_until.is_some() { None } else { AskingState::from_code(&self.state) };
        AskingFilter {
            state: Some(state.unwrap_or(AskingState::Waiting)),
            kind: AskingKind::from_code(&self.kind),
            score: Score::from_code(&self.score),
            due_until,
        }
    }

    pub fn after(&self) -> Option<Cursor<AskingId>> {
        cursor(&self.after)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let near = Near { yesterday: "2026-11-22".parse().unwrap(), soon: "2026-11-26".parse().unwrap() };
        assert_eq!(AskingQuery::default().filter(&near).state, Some(AskingState::Waiting));
        let late = AskingQuery { due: "overdue".into(), state: "asked".into(), ..Default::default() };
        let late = late.filter(&near);
        assert_eq!((late.state, late.due_until), (Some(AskingState::Waiting), Some(near.yesterday)));
    }
}
