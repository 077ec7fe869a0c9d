//! A proposal and where it stands.

use crate::db::{coded, id};
use crate::people::{CourtId, StaffId};
use crate::schema::proposals;
use chrono::NaiveDateTime;
use diesel::prelude::*;

id!(
    /// Which proposal (待生效的改动).
    ProposalId
);

coded! {
    /// What a proposal would change.
    pub enum ProposalKind {
        Calendar = "calendar" "工作日历",
        Rule = "rule" "时限规则",
        Category = "category" "诉求类别",
        Guidance = "guidance" "指引渠道",
        TierRule = "tier_rule" "三级规则",
        Questionnaire = "questionnaire" "评估问卷",
    }
}

coded! {
    /// Where a proposal stands.
    pub enum ProposalState {
        Proposed = "proposed" "待生效",
        InForce = "in_force" "已生效",
        Rejected = "rejected" "已退回",
        Withdrawn = "withdrawn" "已撤回",
    }
}

/// A change that waits, or waited, to be put in force.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = proposals, treat_none_as_default_value = false)]
pub struct Proposal {
    pub id: ProposalId,
    /// `None`: for the whole installation.
    pub court_id: Option<CourtId>,
    pub kind: ProposalKind,
    /// What it is about: a year, or a rule's code.
    pub target: String,
    /// The change itself, as JSON of the slice whose change it is.
    pub content: String,
    pub reason: String,
    pub state: ProposalState,
    pub proposed_by: StaffId,
    pub proposed_by_name: String,
    pub proposed_at: NaiveDateTime,
    pub decided_by: Option<StaffId>,
    pub decided_by_name: Option<String>,
    pub decided_at: Option<NaiveDateTime>,
    /// Why it was sent back, or by what it was replaced; empty where nothing was said.
    pub decision_note: String,
    pub version: i64,
}
