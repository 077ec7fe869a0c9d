//! A referral: from whom to whom, by when it is to be answered, and the answer.

use crate::db::{coded, id};
use crate::matters::MatterId;
use crate::people::{CourtId, DivisionId, StaffId};
use crate::schema::referrals;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

id!(
    /// Which referral (转办).
    ReferralId
);

coded! {
    /// What became of a referral.
    pub enum ReferralState {
        Pending = "pending" "等待接办",
        TakenOver = "taken_over" "已接办",
        SentBack = "sent_back" "已退回",
        Withdrawn = "withdrawn" "已撤回",
    }
}

/// A matter sent to a division, or to one person of it.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = referrals, treat_none_as_default_value = false)]
pub struct Referral {
    pub id: ReferralId,
    pub court_id: CourtId,
    pub matter_id: MatterId,
    /// The how manieth of its matter.
    pub number: i64,
    pub division_id: DivisionId,
    /// `None`: to the head of the division.
    pub staff_id: Option<StaffId>,
    pub sender_id: StaffId,
    pub note: String,
    pub sent_at: NaiveDateTime,
    /// By when it is to be taken over or sent back.
    pub due_on: NaiveDate,
    pub state: ReferralState,
    pub answered_by: Option<StaffId>,
    pub answered_at: Option<NaiveDateTime>,
    pub answer: String,
    /// When nobody had answered in time and the office was told.
    pub alarmed_at: Option<NaiveDateTime>,
}
