//! What is typed about a review, and what is chosen above the list.

use super::actions::Decision;
use super::types::{Cause, FaultKind, ReviewFilter, ReviewId, State};
use crate::people::{DivisionId, StaffId};
use crate::web::form::{Complaints, date_until, one_of, paragraphs, words};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The filters above the list, as they stand in the address.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ReviewQuery {
    pub state: String,
    pub kind: String,
    pub cause: String,
    pub division: String,
    /// The last row of the page before.
    pub after: String,
}

impl ReviewQuery {
    /// The filter it comes to. What makes no sense narrows nothing.
    pub fn filter(&self) -> ReviewFilter {
        ReviewFilter {
            state: State::from_code(&self.state),
            kind: FaultKind::from_code(&self.kind),
            cause: Cause::from_code(&self.cause),
            division: self.division.parse::<DivisionId>().ok(),
        }
    }

    pub fn after(&self) -> Option<ReviewId> {
        self.after.parse().ok()
    }
}

fn staff(typed: &str) -> Result<StaffId, String> {
    one_of(typed, |id| id.parse::<StaffId>().ok())
}

/// A review being opened.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct OpenForm {
    pub staff: String,
    pub grounds: String,
}

impl OpenForm {
    /// Whom and why.
    ///
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self) -> Result<(StaffId, String), Complaints> {
        let mut complaints = Complaints::default();
        let staff = complaints.hear("staff", staff(&self.staff));
        let grounds = complaints.hear("grounds", paragraphs(&self.grounds, 5..=1000));
        let both = staff.zip(grounds);
        complaints.verdict(both)
    }
}

/// A step on a review's page: another person, a person's finding, or nothing but the version.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PersonForm {
    pub version: i64,
    pub staff: String,
    pub finding: String,
    pub measure: String,
}

impl PersonForm {
    /// # Errors
    ///
    /// Where nobody was chosen.
    pub fn staff(&self) -> Result<StaffId, Complaints> {
        let mut complaints = Complaints::default();
        let staff = complaints.hear("staff", staff(&self.staff));
        complaints.verdict(staff)
    }

    /// What was found, and what is to be done.
    ///
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn finding(&self) -> Result<(String, String), Complaints> {
        let mut complaints = Complaints::default();
        let finding = complaints.hear("finding", paragraphs(&self.finding, 5..=2000));
        let measure = complaints.hear("measure", paragraphs(&self.measure, 2..=500));
        let both = finding.zip(measure);
        complaints.verdict(both)
    }
}

/// The decision as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct DecideForm {
    pub version: i64,
    pub kind: String,
    pub cause: String,
    pub findings: String,
    pub measure: String,
    pub decided_by: String,
    pub decided_on: String,
}

impl DecideForm {
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self, today: NaiveDate) -> Result<Decision, Complaints> {
        let mut complaints = Complaints::default();
        let kind = complaints.hear("kind", one_of(&self.kind, FaultKind::from_code));
        let cause = complaints.hear("cause", one_of(&self.cause, Cause::from_code));
        let findings = complaints.hear("findings", paragraphs(&self.findings, 5..=4000));
        let measure = complaints.hear("measure", paragraphs(&self.measure, 2..=1000));
        let decided_by = complaints.hear("decided_by", words(&self.decided_by, 2..=60));
        let decided_on = complaints.hear("decided_on", date_until(&self.decided_on, today));
        let decision = match (kind, cause, findings, measure, decided_by, decided_on) {
            (Some(kind), Some(cause), Some(findings), Some(measure), Some(decided_by), Some(decided_on)) => {
                Some(Decision { kind, cause, findings, measure, decided_by, decided_on })
            }
            _ => None,
        };
        complaints.verdict(decision)
    }
}

/// What a notified person says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct StatementForm {
    pub statement: String,
}

impl StatementForm {
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn check(&self) -> Result<String, Complaints> {
        let mut complaints = Complaints::default();
        let statement = complaints.hear("statement", paragraphs(&self.statement, 2..=2000));
        complaints.verdict(statement)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_is_complete_and_not_in_the_future() {
        let today: NaiveDate = "2026-11-23".parse().unwrap();
        let wrong = DecideForm::default().check(today).unwrap_err();
        for field in ["kind", "cause", "findings", "measure", "decided_by", "decided_on"] {
            assert_eq!(wrong.about(field).count(), 1, "{field}");
        }
        let form = |day: &str| DecideForm {
            kind: "delay".into(),
            cause: "service".into(),
            findings: "判决书延迟两个月送达。".into(),
            measure: "院内通报。".into(),
            decided_by: "院长办公会".into(),
            decided_on: day.into(),
            ..DecideForm::default()
        };
        assert!(form("2026-11-23").check(today).is_ok());
        assert_eq!(form("2026-11-24").check(today).unwrap_err().about("decided_on").count(), 1);
    }
}
