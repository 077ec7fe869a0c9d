//! What is kept of an escalation, and the papers of a tier.

use super::{Cause, Tier, TierRuleId};
use crate::db::{coded, id};
use crate::mail::MailId;
use crate::matters::MatterId;
use crate::people::{CourtId, StaffId};
use crate::schema::{escalation_told, escalations, tier_holds, tier_measures, tier_plans, tier_reports};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

id!(
    /// Which escalation (升级).
    EscalationId
);
id!(
    /// Which hold (暂缓升级).
    HoldId
);
id!(
    /// Which plan (化解方案).
    PlanId
);
id!(
    /// Which measure of a plan (措施).
    MeasureId
);
id!(
    /// Which report on a matter (案件情况汇报).
    ReportId
);

/// One time that a matter came to a tier, and why. Never changed; there is one at most for a matter, a tier and a cause.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = escalations, treat_none_as_default_value = false)]
pub struct Escalation {
    pub id: EscalationId,
    pub court_id: CourtId,
    pub matter_id: MatterId,
    pub from_tier: Option<Tier>,
    /// `None` only where a correction took it out of the mechanism.
    pub tier: Option<Tier>,
    pub cause: Cause,
    /// The one fact it rests on: the same fact raises a matter to a tier once.
    pub cause_key: String,
    /// `None` of a correction.
    pub rule_id: Option<TierRuleId>,
    /// The rule as it stood.
    pub rule_words: String,
    /// What it saw.
    pub facts: String,
    pub at: NaiveDateTime,
    /// `None`: the system, by time.
    pub by_id: Option<StaffId>,
}

/// Somebody who was told of an escalation.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = escalation_told, treat_none_as_default_value = false)]
pub struct ToldRow {
    pub id: i64,
    pub escalation_id: EscalationId,
    pub staff_id: StaffId,
    /// `None` for who has no address.
    pub mail_id: Option<MailId>,
}

/// That a tier's end is held back for some days (暂缓升级), once.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = tier_holds, treat_none_as_default_value = false)]
pub struct Hold {
    pub id: HoldId,
    pub matter_id: MatterId,
    /// Which stay in a tier it holds; a stay is held once.
    pub escalation_id: EscalationId,
    /// The last day on which it does not rise.
    pub until_on: NaiveDate,
    pub reason: String,
    pub by_id: StaffId,
    pub at: NaiveDateTime,
}

/// How a matter is to be solved (化解方案). A later version takes the place of the one before.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = tier_plans, treat_none_as_default_value = false)]
pub struct Plan {
    pub id: PlanId,
    pub court_id: CourtId,
    pub matter_id: MatterId,
    pub tier: Tier,
    /// 1 is the first.
    pub number: i64,
    /// What the matter turns on (症结).
    pub crux: String,
    /// How it is to be solved (化解思路).
    pub approach: String,
    /// Who does what (分工).
    pub division_of_work: String,
    pub by_id: StaffId,
    pub at: NaiveDateTime,
}

coded! {
    /// Where a measure stands.
    pub enum MeasureState {
        ToDo = "to_do" "待办",
        Doing = "doing" "办理中",
        Done = "done" "已完成",
    }
}

/// One thing of a plan, to be done by one person by a day (措施).
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = tier_measures, treat_none_as_default_value = false)]
pub struct Measure {
    pub id: MeasureId,
    pub court_id: CourtId,
    pub matter_id: MatterId,
    pub text: String,
    pub owner_id: StaffId,
    pub due_on: NaiveDate,
    pub state: MeasureState,
    /// What came of it.
    pub result: String,
    pub done_on: Option<NaiveDate>,
    pub added_by: StaffId,
    pub added_at: NaiveDateTime,
    pub version: i64,
    pub submission: String,
}

/// A report on a matter for whoever leads it (案件情况汇报). A later one takes the place of the one before.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = tier_reports, treat_none_as_default_value = false)]
pub struct Report {
    pub id: ReportId,
    pub court_id: CourtId,
    pub matter_id: MatterId,
    pub tier: Tier,
    /// 1 is the first.
    pub number: i64,
    /// The case and how it was decided (案件基本情况).
    pub case_facts: String,
    /// What they ask for, and what was done about it (信访诉求和办理经过).
    pub course: String,
    /// What stands in the way (问题和难点).
    pub obstacles: String,
    /// What is proposed (下一步意见).
    pub opinion: String,
    pub by_id: StaffId,
    pub at: NaiveDateTime,
}
