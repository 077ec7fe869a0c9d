//! Tiers, what puts a matter there, and what is kept about it.

mod group;
mod rows;
mod rule;
pub mod tier;

pub use group::{
    ActId, Charge, ChargeId, Group, GroupId, LeaderAct, LeaderActRow, Meeting, MeetingId, Member, MemberId,
    Role, Seat, Standin,
};
pub use rows::{
    Escalation, EscalationId, Hold, HoldId, Measure, MeasureId, MeasureState, Plan, PlanId, Report, ReportId,
    ToldRow,
};
pub use rule::{Cause, TierRule, TierRuleId, Told};
pub use tier::Tier;
