//! A campaign and the matters in it.

use crate::db::id;
use crate::matters::MatterId;
use crate::people::{CourtId, StaffId};
use crate::schema::{campaign_matters, campaigns};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

id!(
    /// Which campaign (集中执行).
    CampaignId
);

/// A campaign (集中执行).
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = campaigns, treat_none_as_default_value = false)]
pub struct Campaign {
    pub id: CampaignId,
    pub court_id: CourtId,
    /// 春雷集中执行. No two of a court have the same.
    pub name: String,
    /// What it is to reach.
    pub goal: String,
    /// Its first and its last day.
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub responsible_id: StaffId,
    pub created_by: StaffId,
    pub created_at: NaiveDateTime,
    /// What came of it; empty while it is open.
    pub summary: String,
    pub closed_by: Option<StaffId>,
    pub closed_at: Option<NaiveDateTime>,
    pub version: i64,
}

impl Campaign {
    pub fn is_open(&self) -> bool {
        self.closed_at.is_none()
    }
}

/// A matter in a campaign, until it is taken out.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = campaign_matters, treat_none_as_default_value = false)]
pub struct Member {
    pub id: i64,
    pub campaign_id: CampaignId,
    pub court_id: CourtId,
    pub matter_id: MatterId,
    pub put_in_by: StaffId,
    pub put_in_at: NaiveDateTime,
    pub taken_out_by: Option<StaffId>,
    pub taken_out_at: Option<NaiveDateTime>,
    /// Why it was taken out.
    pub reason: String,
}
