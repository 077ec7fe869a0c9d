//! How a matter ends, and on what it is opened again.

use crate::matters::types::CloseReason;
use crate::web::form::{Complaints, paragraphs, ticked, words};
use serde::{Deserialize, Serialize};

/// A closing as typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct CloseForm {
    pub version: i64,
    /// `answered` or `settled`.
    pub reason: String,
    pub note: String,
    /// A signed undertaking is on file.
    pub undertaking: String,
}

/// Whether the petitioner signed an undertaking (息诉罢访承诺书), which binds nobody's right to come again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undertaking {
    None,
    OnFile,
}

impl CloseForm {
    /// How it ends, and what is to be noted.
    ///
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self) -> Result<(CloseReason, Undertaking, String), Complaints> {
        let mut complaints = Complaints::default();
        let reason = match CloseReason::from_code(&self.reason) {
            Some(reason @ (CloseReason::Answered | CloseReason::Settled)) => Some(reason),
            Some(
                CloseReason::AnsweredOnTheSpot
                | CloseReason::NotAccepted
                | CloseReason::Redirected
                | CloseReason::Withdrawn
                | CloseReason::Merged
                | CloseReason::Concluded,
            )
            | None => {
                complaints.add("reason", "请选择办结方式。");
                None
            }
        };
        let note = complaints.hear("note", paragraphs(&self.note, 0..=1_000));
        let undertaking = if ticked(&self.undertaking) { Undertaking::OnFile } else { Undertaking::None };
        complaints.verdict(reason.zip(note).map(|(reason, note)| (reason, undertaking, note)))
    }
}

/// A reason as typed: why the petitioner withdraws.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ReasonForm {
    pub version: i64,
    pub reason: String,
}

impl ReasonForm {
    /// # Errors
    ///
    /// That it is missing or too long.
    pub fn check(&self) -> Result<String, Complaints> {
        let mut complaints = Complaints::default();
        let reason = complaints.hear("reason", paragraphs(&self.reason, 5..=1_000));
        complaints.verdict(reason)
    }
}

/// A conclusion (终结) as typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ConcludeForm {
    pub version: i64,
    /// The document of the organ that decided.
    pub document: String,
    pub reason: String,
}

impl ConcludeForm {
    /// The document and the reason.
    ///
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self) -> Result<(String, String), Complaints> {
        let mut complaints = Complaints::default();
        let document = complaints.hear("document", words(&self.document, 4..=80));
        let reason = complaints.hear("reason", paragraphs(&self.reason, 5..=1_000));
        complaints.verdict(document.zip(reason))
    }
}

/// A reopening as typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ReopenForm {
    pub version: i64,
    /// `new` or `same`.
    pub what: String,
    pub reason: String,
}

impl ReopenForm {
    /// What is new.
    ///
    /// # Errors
    ///
    /// What is wrong, field by field; the same claim again is a contact, and doesn't reopen.
    pub fn check(&self) -> Result<String, Complaints> {
        let mut complaints = Complaints::default();
        match self.what.as_str() {
            "new" => {}
            "same" => complaints.add(
                "what",
                "同一诉求再次反映的不恢复办理，请回到事项页登记再次来访，在五个工作日内指明原答复予以回复。",
            ),
            _ => complaints.add("what", "请选择是有了新的情况，还是同一诉求再次反映。"),
        }
        let reason = complaints.hear("reason", paragraphs(&self.reason, 5..=1_000));
        complaints.verdict(reason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matter_is_closed_here_only_as_answered_or_settled() {
        for reason in CloseReason::ALL {
            let form = CloseForm { reason: reason.code().into(), ..CloseForm::default() };
            let fits = matches!(reason, CloseReason::Answered | CloseReason::Settled);
            assert_eq!(form.check().is_ok(), fits, "{reason:?}");
        }
    }

    #[test]
    fn the_same_claim_again_does_not_reopen() {
        let form =
            |what: &str| ReopenForm { version: 0, what: what.into(), reason: "提交了新的证据".into() };
        assert_eq!(form("new").check().unwrap(), "提交了新的证据");
        assert!(form("same").check().unwrap_err().about("what").any(|said| said.contains("登记再次来访")));
        assert!(form("").check().is_err());
    }
}
