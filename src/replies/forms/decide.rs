//! Approving a reply or returning it, and how it was served.

use crate::replies::types::{Service, ServiceManner};
use crate::web::form::{Complaints, date_in, one_of, optional, paragraphs, words};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What an approver decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    Approve,
    /// Back to the drafter, with the reason.
    Return(String),
}

/// A decision as typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct DecideForm {
    /// The version of the reply that was read.
    pub version: i64,
    /// `approve` or `return`.
    pub decision: String,
    pub reason: String,
}

impl DecideForm {
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self) -> Result<Decision, Complaints> {
        let mut complaints = Complaints::default();
        let decision = match self.decision.as_str() {
            "approve" => Some(Decision::Approve),
            "return" => complaints.hear("reason", paragraphs(&self.reason, 2..=1_000)).map(Decision::Return),
            _ => {
                complaints.add("decision", "请选择批准还是退回修改。");
                None
            }
        };
        complaints.verdict(decision)
    }
}

/// A service as typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ServeForm {
    /// The version of the matter.
    pub version: i64,
    /// The version of the reply.
    pub reply_version: i64,
    pub manner: String,
    pub tracking: String,
    pub recipient: String,
    pub served_on: String,
    pub received_on: String,
    pub proof: String,
}

impl ServeForm {
    /// How it was served, between its approval and today. `attached`: a proof comes as a file.
    ///
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(
        &self,
        approved_on: NaiveDate,
        today: NaiveDate,
        attached: bool,
    ) -> Result<Service, Complaints> {
        let mut complaints = Complaints::default();
        let manner = complaints.hear("manner", one_of(&self.manner, ServiceManner::from_code));
        let tracking = complaints.hear("tracking", words(&self.tracking, 0..=60));
        if manner == Some(ServiceManner::Post) && tracking.as_ref().is_some_and(String::is_empty) {
            complaints.add("tracking", "邮寄送达的，请填写挂号信或者快递的单号，以便查询签收。");
        }
        let recipient = complaints.hear("recipient", words(&self.recipient, 2..=60));
        let served_on = complaints.hear("served_on", date_in(&self.served_on, approved_on..=today));
        let received = optional(&self.received_on, |typed| date_in(typed, approved_on..=today));
        let received_on = complaints.hear("received_on", received);
        if let (Some(served), Some(Some(received))) = (served_on, received_on)
            && received < served
        {
            complaints.add("received_on", "收到的日期不能早于送出的日期，请核对。");
        }
        let proof = complaints.hear("proof", paragraphs(&self.proof, 0..=500));
        if !attached && proof.as_ref().is_some_and(String::is_empty) {
            complaints.add("proof", "请写明送达凭证（如送达回证编号），或者上传回证、签收截图。");
        }
        let service = match (manner, tracking, recipient, served_on, received_on, proof) {
            (
                Some(manner),
                Some(tracking),
                Some(recipient),
                Some(served_on),
                Some(received_on),
                Some(proof),
            ) => Some(Service { manner, tracking, recipient, proof, served_on, received_on }),
            _ => None,
        };
        complaints.verdict(service)
    }
}

/// When a served reply was received, as typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ReceiptForm {
    /// The version of the reply.
    pub version: i64,
    pub received_on: String,
    pub proof: String,
}

impl ReceiptForm {
    /// The day, between its service and today, and what proves it.
    ///
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self, served_on: NaiveDate, today: NaiveDate) -> Result<(NaiveDate, String), Complaints> {
        let mut complaints = Complaints::default();
        let received = complaints.hear("received_on", date_in(&self.received_on, served_on..=today));
        let proof = complaints.hear("proof", paragraphs(&self.proof, 2..=500));
        complaints.verdict(received.zip(proof))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn check(form: &ServeForm, attached: bool) -> Result<Service, Complaints> {
        form.check(day("2026-11-20"), day("2026-11-23"), attached)
    }

    fn form() -> ServeForm {
        ServeForm {
            manner: "in_person".into(),
            recipient: "张建国".into(),
            served_on: "2026-11-23".into(),
            proof: "送达回证第12号".into(),
            ..ServeForm::default()
        }
    }

    #[test]
    fn a_letter_has_a_number_and_every_service_a_proof() {
        assert!(check(&form(), false).is_ok());
        let post = ServeForm { manner: "post".into(), ..form() };
        assert_eq!(check(&post, false).unwrap_err().about("tracking").count(), 1);
        let bare = ServeForm { proof: " ".into(), ..form() };
        assert_eq!(check(&bare, false).unwrap_err().about("proof").count(), 1);
        assert!(check(&bare, true).is_ok());
    }

    #[test]
    fn it_is_received_between_its_service_and_today() {
        let check = |on: &str, proof: &str| {
            let form = ReceiptForm { version: 1, received_on: on.into(), proof: proof.into() };
            form.check(day("2026-11-20"), day("2026-11-23")).is_ok()
        };
        assert!(check("2026-11-20", "邮政签收查询") && check("2026-11-23", "回执"));
        assert!(!check("2026-11-19", "回执") && !check("2026-11-24", "回执") && !check("2026-11-21", ""));
    }

    #[test]
    fn it_is_served_after_it_was_approved_and_received_after_it_was_served() {
        for (served, received, fits) in [
            ("2026-11-20", "2026-11-23", true),
            ("2026-11-19", "", false),
            ("2026-11-24", "", false),
            ("2026-11-23", "2026-11-20", false),
        ] {
            let form = ServeForm { served_on: served.into(), received_on: received.into(), ..form() };
            assert_eq!(check(&form, false).is_ok(), fits, "{served} {received}");
        }
    }

    #[test]
    fn returning_needs_a_reason() {
        let decide = |decision: &str, reason: &str| {
            DecideForm { version: 1, decision: decision.into(), reason: reason.into() }.check()
        };
        assert_eq!(decide("approve", ""), Ok(Decision::Approve));
        assert!(decide("return", " ").is_err() && decide("", "").is_err());
        assert_eq!(decide("return", "依据不全"), Ok(Decision::Return("依据不全".into())));
    }
}
