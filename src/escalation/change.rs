//! A change of the tiers' rule table, as a proposal carries it.

use super::types::{Cause, Tier, TierRule, TierRuleId, Told};
use crate::error::Problem;
use crate::people::CourtId;
use crate::proposals::Proposal;
use crate::time::Moment;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A rule as it would be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleContent {
    pub cause: Cause,
    pub basis: String,
    /// The tier's number.
    pub tier: i64,
    pub threshold: i64,
    pub grace_days: i64,
    pub told: Vec<Told>,
    pub in_use: bool,
    pub note: String,
    pub effective_from: NaiveDate,
}

impl RuleContent {
    /// What a proposal of a rule carries.
    ///
    /// # Errors
    ///
    /// `Internal` when it can't be read.
    pub fn read(proposal: &Proposal) -> Result<Self, Problem> {
        serde_json::from_str(&proposal.content).map_err(Problem::internal)
    }

    /// The row that it makes for a court.
    pub fn row(self, now: Moment, court: CourtId, effective_from: NaiveDate) -> TierRule {
        let told: Vec<&str> = self.told.iter().map(|told| told.code()).collect();
        TierRule {
            id: TierRuleId::new(now),
            court_id: Some(court),
            preset: None,
            cause: self.cause,
            basis: self.basis,
            tier: Tier::of(self.tier).unwrap_or(Tier::Two),
            threshold: self.threshold,
            grace_days: self.grace_days,
            told: told.join(","),
            in_use: self.in_use,
            note: self.note,
            effective_from,
            effective_to: None,
            version: 0,
        }
    }

    /// The change in words: what would be.
    pub fn words(&self) -> String {
        let told: Vec<&str> = self.told.iter().map(|told| told.label()).collect();
        let tier = Tier::of(self.tier).map_or("", Tier::label);
        let state = if self.in_use { "启用" } else { "停用" };
        format!(
            "{state}；进入{tier}；数目 {}；宽限 {} 个工作日；通知{}",
            self.threshold,
            self.grace_days,
            told.join("、")
        )
    }
}
