//! A change of the questionnaire, as a proposal carries it.

use super::types::{Question, Questionnaire, QuestionnaireId};
use crate::error::Problem;
use crate::people::CourtId;
use crate::proposals::Proposal;
use crate::time::Moment;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What a proposal of the questionnaire names as its target: there is one.
pub const TARGET: &str = "risk";

/// A questionnaire as it would be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    pub threshold: i64,
    pub questions: Vec<Question>,
    pub effective_from: NaiveDate,
}

impl Content {
    /// What a proposal carries.
    ///
    /// # Errors
    ///
    /// `Internal` when it can't be read.
    pub fn read(proposal: &Proposal) -> Result<Self, Problem> {
        serde_json::from_str(&proposal.content).map_err(Problem::internal)
    }

    /// The edition that it makes for a court.
    ///
    /// # Errors
    ///
    /// Never: they are texts and numbers.
    pub fn row(
        &self,
        now: Moment,
        court: CourtId,
        (edition, from): (i64, NaiveDate),
    ) -> Result<Questionnaire, Problem> {
        Ok(Questionnaire {
            id: QuestionnaireId::new(now),
            court_id: Some(court),
            edition,
            threshold: self.threshold,
            content: write(&self.questions)?,
            effective_from: from,
            effective_to: None,
            version: 0,
        })
    }
}

/// Questions as an edition keeps them.
///
/// # Errors
///
/// Never: they are texts and numbers.
pub fn write(questions: &[Question]) -> Result<String, Problem> {
    serde_json::to_string(questions).map_err(Problem::internal)
}

/// An edition's questions.
///
/// # Errors
///
/// `Internal` when they are none that [`write()`] made.
pub fn questions(row: &Questionnaire) -> Result<Vec<Question>, Problem> {
    serde_json::from_str(&row.content).map_err(Problem::internal)
}
