//! A change of the rule table, as a proposal carries it.

use super::types::{Approver, Code, Rule, RuleId, RuleStatus, Trigger, Unit};
use crate::error::Problem;
use crate::people::CourtId;
use crate::proposals::Proposal;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A rule as it would be: what a proposal carries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleContent {
    pub code: Code,
    pub name: String,
    pub basis: String,
    pub trigger_event: Trigger,
    pub amount: i64,
    pub unit: Unit,
    pub roll: bool,
    pub max_extension_days: Option<i64>,
    pub extension_by: Option<Approver>,
    pub paper: Option<String>,
    pub status: RuleStatus,
    pub note: String,
    pub in_use: bool,
    /// Missing in proposals from before there was one.
    #[serde(default)]
    pub extension_told: bool,
    pub effective_from: NaiveDate,
}

impl RuleContent {
    /// The rule as it stands.
    pub fn of(rule: &Rule) -> Self {
        RuleContent {
            code: rule.code,
            name: rule.name.clone(),
            basis: rule.basis.clone(),
            trigger_event: rule.trigger_event,
            amount: rule.amount,
            unit: rule.unit,
            roll: rule.roll,
            max_extension_days: rule.max_extension_days,
            extension_by: rule.extension_by,
            paper: rule.paper.clone(),
            status: rule.status,
            note: rule.note.clone(),
            in_use: rule.in_use,
            extension_told: rule.extension_told,
            effective_from: rule.effective_from,
        }
    }

    /// What a proposal of a rule carries.
    ///
    /// # Errors
    ///
    /// `Internal` when it can't be read.
    pub fn read(proposal: &Proposal) -> Result<Self, Problem> {
        serde_json::from_str(&proposal.content).map_err(Problem::internal)
    }

    /// The row that it makes for a court.
    pub fn row(self, id: RuleId, court_id: CourtId, effective_from: NaiveDate) -> Rule {
        Rule {
            id,
            court_id: Some(court_id),
            code: self.code,
            name: self.name,
            basis: self.basis,
            trigger_event: self.trigger_event,
            amount: self.amount,
            unit: self.unit,
            roll: self.roll,
            max_extension_days: self.max_extension_days,
            extension_by: self.extension_by,
            paper: self.paper,
            effective_from,
            effective_to: None,
            status: self.status,
            note: self.note,
            in_use: self.in_use,
            version: 0,
            extension_told: self.extension_told,
        }
    }
}
