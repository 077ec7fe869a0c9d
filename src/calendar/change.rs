//! A change of the calendar, as a proposal carries it.

use super::types::{SpecialDay, WorkingDays, Year};
use crate::error::Problem;
use crate::proposals::Proposal;
use serde::{Deserialize, Serialize};

/// One year as it would be: what a proposal carries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearContent {
    pub year: i32,
    pub about: Year,
    pub days: Vec<SpecialDay>,
}

impl YearContent {
    /// The year as it stands in `calendar`.
    pub fn of(calendar: &WorkingDays, year: i32) -> Option<Self> {
        let about = calendar.year(year)?.clone();
        Some(YearContent { year, about, days: calendar.special_days(year).collect() })
    }

    /// What a proposal of a calendar carries.
    ///
    /// # Errors
    ///
    /// `Internal` when it can't be read.
    pub fn read(proposal: &Proposal) -> Result<Self, Problem> {
        serde_json::from_str(&proposal.content).map_err(Problem::internal)
    }

    /// A calendar of this year alone.
    pub fn calendar(&self) -> WorkingDays {
        WorkingDays::new(self.days.clone(), [(self.year, self.about.clone())])
    }
}
