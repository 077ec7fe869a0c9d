//! What is asked for on a petitioner's page: to reveal, to merge, to tell apart.

use crate::error::Problem;
use crate::petitioners::rules::REASON;
use crate::petitioners::types::{PetitionerId, SealedField};
use crate::web::form::{Complaints, one_of, words};
use serde::Deserialize;

/// Which version somebody was looking at when they pressed the button.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct VersionForm {
    pub version: i64,
}

/// What was typed into a search box.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct SearchForm {
    pub q: String,
}

/// A request to see a sealed field.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RevealForm {
    pub field: String,
    pub reason: String,
}

impl RevealForm {
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self) -> Result<(SealedField, String), Complaints> {
        let mut complaints = Complaints::default();
        let field = complaints.hear("field", one_of(&self.field, SealedField::from_code));
        let reason = complaints.hear("reason", words(&self.reason, REASON));
        complaints.verdict(field.zip(reason))
    }
}

/// Why something is undone.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReasonForm {
    pub reason: String,
}

/// The other record, and perhaps why.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct OtherForm {
    pub other: String,
    pub reason: String,
}

impl OtherForm {
    /// # Errors
    ///
    /// `Refused` when no record was named.
    pub fn other(&self) -> Result<PetitionerId, Problem> {
        self.other.parse().map_err(|_no_number| Problem::refused("没有指明是哪一条记录，请返回重新选择。"))
    }
}

/// Which two records are one, and which of them stays.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct MergeForm {
    pub other: String,
    /// `this` or `other`.
    pub keep: String,
    pub reason: String,
}

impl MergeForm {
    /// The record that goes, the record that stays, and why, seen from `this`.
    ///
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self, this: PetitionerId) -> Result<(PetitionerId, PetitionerId, String), Complaints> {
        let mut complaints = Complaints::default();
        let other = complaints.hear("other", one_of(&self.other, |id| id.parse::<PetitionerId>().ok()));
        let keeps_this = complaints
            .hear("keep", one_of(&self.keep, |code| ["this", "other"].iter().position(|k| *k == code)));
        let reason = complaints.hear("reason", words(&self.reason, REASON));
        let pair =
            other.zip(keeps_this).map(|(other, at)| if at == 0 { (other, this) } else { (this, other) });
        complaints.verdict(pair.zip(reason).map(|((gone, stays), reason)| (gone, stays, reason)))
    }
}
