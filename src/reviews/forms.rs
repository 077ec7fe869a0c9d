//! What is typed of a request and of what came back.

use super::types::{Asked, Decided, ReviewOutcome};
use crate::web::form::{Complaints, date_in, one_of, optional, paragraphs, words};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A request as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RequestForm {
    pub requested_on: String,
    /// Empty: today.
    pub received_on: String,
    pub above: String,
    pub grounds: String,
}

impl RequestForm {
    /// The request, made between the service of the reply and today.
    ///
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self, served_on: NaiveDate, today: NaiveDate) -> Result<Asked, Complaints> {
        let mut complaints = Complaints::default();
        let on = complaints.hear("requested_on", date_in(&self.requested_on, served_on..=today));
        let first = on.unwrap_or(served_on);
        let received = optional(&self.received_on, |typed| date_in(typed, first..=today));
        let received = complaints.hear("received_on", received).map(|on| on.unwrap_or(today));
        let above = complaints.hear("above", words(&self.above, 0..=60));
        let grounds = complaints.hear("grounds", paragraphs(&self.grounds, 5..=2_000));
        let asked = on.zip(received).zip(above).zip(grounds);
        complaints.verdict(asked.map(|(((requested_on, received_on), above), grounds)| Asked {
            requested_on,
            received_on,
            grounds,
            above,
        }))
    }
}

/// The handing over of the file as typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct HandOverForm {
    /// Of the request.
    pub version: i64,
    pub note: String,
}

impl HandOverForm {
    /// What went up, and how.
    ///
    /// # Errors
    ///
    /// That it is missing or too long.
    pub fn check(&self) -> Result<String, Complaints> {
        let mut complaints = Complaints::default();
        let note = complaints.hear("note", paragraphs(&self.note, 2..=500));
        complaints.verdict(note)
    }
}

/// What came back, as typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct OutcomeForm {
    /// Of the request.
    pub version: i64,
    pub outcome: String,
    pub decided_on: String,
    pub opinion: String,
}

impl OutcomeForm {
    /// What was decided, between the day of the request and today.
    ///
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self, requested_on: NaiveDate, today: NaiveDate) -> Result<Decided, Complaints> {
        let mut complaints = Complaints::default();
        let outcome = complaints.hear("outcome", one_of(&self.outcome, ReviewOutcome::from_code));
        let on = complaints.hear("decided_on", date_in(&self.decided_on, requested_on..=today));
        let opinion = complaints.hear("opinion", paragraphs(&self.opinion, 2..=2_000));
        let decided = outcome.zip(on).zip(opinion);
        complaints.verdict(decided.map(|((outcome, decided_on), opinion)| Decided {
            outcome,
            opinion,
            decided_on,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_comes_after_the_reply() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let form = |on: &str| RequestForm {
            requested_on: on.into(),
            grounds: "对认定的事实不服".into(),
            ..RequestForm::default()
        };
        let check = |on: &str| form(on).check(day("2026-11-10"), day("2026-11-23"));
        assert!(check("2026-11-20").is_ok());
        assert!(check("2026-11-09").is_err() && check("2026-11-24").is_err() && check("").is_err());
        assert_eq!(check("2026-11-20").unwrap().received_on, day("2026-11-23"));
        let received = |on: &str| {
            let form = RequestForm { received_on: on.into(), ..form("2026-11-12") };
            form.check(day("2026-11-10"), day("2026-11-23")).map(|asked| asked.received_on)
        };
        assert_eq!(received("2026-11-13"), Ok(day("2026-11-13")));
        assert!(received("2026-11-11").is_err() && received("2026-11-24").is_err());
    }

    #[test]
    fn nothing_is_decided_before_it_was_asked_for() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let check = |on: &str| {
            let form = OutcomeForm {
                version: 0,
                outcome: "upheld".into(),
                decided_on: on.into(),
                opinion: "维持原答复".into(),
            };
            form.check(day("2026-11-20"), day("2026-11-23")).is_ok()
        };
        assert!(check("2026-11-20") && check("2026-11-23") && !check("2026-11-19") && !check("2026-11-24"));
    }
}
