//! Who takes over, as chosen.

use crate::people::StaffId;
use crate::web::form::{Complaints, words};
use serde::Deserialize;

/// Who takes on what somebody held.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Successors {
    pub first: Option<StaffId>,
    /// Takes what the first can't.
    pub second: Option<StaffId>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct HandoverForm {
    pub first: String,
    pub second: String,
    pub reason: String,
    /// What the dry run showed, by [`super::rules::fingerprint`]: other things since then, and it has to be looked at again.
    pub seen: String,
}

impl HandoverForm {
    pub fn successors(&self) -> Successors {
        Successors { first: self.first.parse().ok(), second: self.second.parse().ok() }
    }

    /// Who takes over and why.
    ///
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self) -> Result<(Successors, String), Complaints> {
        let mut complaints = Complaints::default();
        let successors = self.successors();
        if successors.first.is_none() {
            complaints.add("first", "请选择接手人。");
        }
        let reason = complaints.hear("reason", words(&self.reason, 0..=100));
        if reason.as_ref().is_some_and(String::is_empty) {
            complaints.add("reason", "请写明移交原因，如：调离、退休、轮岗。");
        }
        complaints.verdict(reason.map(|reason| (successors, reason)))
    }
}
