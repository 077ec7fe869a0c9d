//! A request for 复查 or 复核, and what became of it.

use crate::db::{coded, id};
use crate::matters::MatterId;
use crate::people::{CourtId, StaffId};
use crate::replies::DraftId;
use crate::schema::review_requests;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

id!(
    /// Which request.
    ReviewRequestId
);

coded! {
    /// The first time (信访工作条例 35), or against what that came to (36).
    pub enum ReviewKind {
        Review = "review" "复查",
        Recheck = "recheck" "复核",
    }
}

coded! {
    /// Where a request stands.
    pub enum ReviewState {
        Requested = "requested" "待移送案卷",
        HandedOver = "handed_over" "等待上级意见",
        Decided = "decided" "已有结果",
    }
}

coded! {
    /// What was decided above.
    pub enum ReviewOutcome {
        Upheld = "upheld" "维持",
        Changed = "changed" "变更",
        Revoked = "revoked" "撤销，重新办理",
        Withdrawn = "withdrawn" "信访人撤回申请",
    }
}

/// A request for 复查 or 复核.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = review_requests, treat_none_as_default_value = false)]
pub struct ReviewRequest {
    pub id: ReviewRequestId,
    pub court_id: CourtId,
    pub matter_id: MatterId,
    pub kind: ReviewKind,
    pub state: ReviewState,
    pub requested_on: NaiveDate,
    pub grounds: String,
    /// Who decides.
    pub above: String,
    /// The same, where they are a court of this installation.
    pub above_court_id: Option<CourtId>,
    pub recorded_by: StaffId,
    pub recorded_at: NaiveDateTime,
    pub handed_over_by: Option<StaffId>,
    pub handed_over_on: Option<NaiveDate>,
    pub hand_over_note: String,
    pub outcome: Option<ReviewOutcome>,
    pub opinion: String,
    pub decided_on: Option<NaiveDate>,
    pub version: i64,
    /// The version of the reply that it is against.
    pub draft_id: Option<DraftId>,
    /// The matter that it is at the court above, where that works with the same installation.
    pub above_matter_id: Option<MatterId>,
    /// When this court had it; the time for handing the file over runs from here.
    pub received_on: NaiveDate,
}

/// What a request says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub requested_on: NaiveDate,
    /// When this court had the request.
    pub received_on: NaiveDate,
    pub grounds: String,
    /// Empty: the court above.
    pub above: String,
}

/// What came back from above.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    pub outcome: ReviewOutcome,
    pub opinion: String,
    pub decided_on: NaiveDate,
}
