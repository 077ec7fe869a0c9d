//! A rule: what puts a matter in a tier, and who is told.

use super::Tier;
use crate::db::{coded, id};
use crate::people::CourtId;
use crate::people::types::TierPreset;
use crate::schema::escalation_rules;
use chrono::NaiveDate;
use diesel::prelude::*;

id!(
    /// Which row of the tiers' rule table (入级规则).
    TierRuleId
);

coded! {
    /// What puts a matter in a tier (入级事由). Each but the correction has a rule.
    pub enum Cause {
        Swept = "swept" "排查发现苗头",
        Assessed = "assessed" "案件风险评估",
        Marked = "marked" "标记苗头",
        HeardCity = "heard_city" "到市级机关当面反映",
        BackAfterReply = "back_after_reply" "答复后恢复办理",
        Group = "group" "集体访",
        NthRepeat = "nth_repeat" "多次重复反映",
        Overdue = "overdue" "办理超期",
        AcceptedHere = "accepted_here" "受理即入级",
        OneFailed = "one_failed" "一级化解不成",
        OneRanOver = "one_ran_over" "一级到期未化解",
        HeardProvince = "heard_province" "到省级机关当面反映",
        HeardBeijing = "heard_beijing" "到北京当面反映",
        TwoFailed = "two_failed" "二级化解不成",
        TwoRanOver = "two_ran_over" "二级到期未化解",
        /// A mistake put right by a closed meeting; the only way down.
        Correction = "correction" "例会更正",
    }
}

coded! {
    /// Who is told of an escalation (通知对象).
    pub enum Told {
        President = "president" "院长",
        Deputies = "deputies" "分管信访和分管庭室的院领导",
        WeekLeader = "week_leader" "带班值周领导",
        Officers = "officers" "信访专干",
        DivisionHead = "division_head" "庭长",
        Accountable = "accountable" "责任人",
        Group = "group" "工作组全体",
    }
}

/// A row of the rule table. Never changed while in force: an edit ends it and adds the next.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = escalation_rules, treat_none_as_default_value = false)]
pub struct TierRule {
    pub id: TierRuleId,
    /// `None`: for every court of the installation that has no row of its own.
    pub court_id: Option<CourtId>,
    /// Of an installation's row: for courts with this preset only; `None` for both.
    pub preset: Option<TierPreset>,
    pub cause: Cause,
    /// Document, or the court's own.
    pub basis: String,
    /// Where it puts the matter.
    pub tier: Tier,
    /// From how many people, contacts, or working days; nought where nothing is counted.
    pub threshold: i64,
    /// Working days after the end of a time before it takes effect.
    pub grace_days: i64,
    /// Whom it tells, as codes with commas between; see [`TierRule::told`].
    pub told: String,
    pub in_use: bool,
    pub note: String,
    pub effective_from: NaiveDate,
    /// The last day, inclusive.
    pub effective_to: Option<NaiveDate>,
    pub version: i64,
}

impl TierRule {
    /// Whom it tells.
    pub fn told(&self) -> Vec<Told> {
        self.told.split(',').filter_map(Told::from_code).collect()
    }

    /// Whether it is in force on `day`.
    pub fn is_in_force(&self, day: NaiveDate) -> bool {
        self.effective_from <= day && self.effective_to.is_none_or(|last| day <= last)
    }

    /// The rule in a sentence, as an escalation keeps it.
    pub fn words(&self) -> String {
        let counted = match self.cause {
            Cause::Group => format!("{}人以上集体访", self.threshold),
            Cause::NthRepeat => format!("同一事项第{}次以上反映", self.threshold),
            Cause::Overdue => format!("办理时限超期{}个工作日以上", self.threshold),
            Cause::Swept
            | Cause::Assessed
            | Cause::Marked
            | Cause::HeardCity
            | Cause::BackAfterReply
            | Cause::AcceptedHere
            | Cause::OneFailed
            | Cause::OneRanOver
            | Cause::HeardProvince
            | Cause::HeardBeijing
            | Cause::TwoFailed
            | Cause::TwoRanOver
            | Cause::Correction => self.cause.label().to_owned(),
        };
        format!("{counted}，进入{}（{}）", self.tier.label(), self.basis)
    }
}
