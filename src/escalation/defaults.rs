//! The rules that a new installation starts with: the table of the mechanism, in both presets. A court changes them on the
//! 三级规则 page, not here.

use super::types::{Cause, Tier, TierRule, TierRuleId, Told};
use crate::people::types::TierPreset;
use crate::time::Moment;

/// A rule as shipped.
#[derive(Clone, Copy, Debug)]
pub struct Shipped {
    pub cause: Cause,
    pub preset: Option<TierPreset>,
    pub tier: Tier,
    pub threshold: i64,
    pub grace_days: i64,
    pub told: &'static [Told],
    pub in_use: bool,
    pub note: &'static str,
}

const BASIS: &str = "院定：三级化解机制";
/// From when the rules run: before any matter that is likely to be entered.
const SINCE: &str = "2020-01-01";

const ONE: &[Told] = &[Told::WeekLeader, Told::Officers, Told::DivisionHead, Told::Accountable, Told::Group];
const TWO: &[Told] =
    &[Told::President, Told::Deputies, Told::Officers, Told::DivisionHead, Told::Accountable, Told::Group];
const THREE: &[Told] = TWO;

const fn to(cause: Cause, tier: Tier, told: &'static [Told]) -> Shipped {
    Shipped { cause, preset: None, tier, threshold: 0, grace_days: 0, told, in_use: true, note: "" }
}

impl Shipped {
    const fn counted(self, threshold: i64) -> Self {
        Shipped { threshold, ..self }
    }

    const fn after_grace(self) -> Self {
        Shipped { grace_days: 1, ..self }
    }

    const fn unused(self) -> Self {
        Shipped { in_use: false, ..self }
    }

    const fn only(self, preset: TierPreset) -> Self {
        Shipped { preset: Some(preset), ..self }
    }

    const fn note(self, note: &'static str) -> Self {
        Shipped { note, ..self }
    }
}

/// Every shipped rule.
pub const ALL: &[Shipped] = &[
    to(Cause::Swept, Tier::One, ONE),
    to(Cause::Assessed, Tier::One, ONE),
    to(Cause::Marked, Tier::One, ONE),
    to(Cause::HeardCity, Tier::Two, TWO)
        .note("本院以外的市级机关。本人陈述只作线索，上级通报或者专干核实后升级；视频接访不算。"),
    to(Cause::BackAfterReply, Tier::Two, TWO),
    to(Cause::Group, Tier::Two, TWO).counted(5).note("信访工作条例第二十条：五人以上为多人。"),
    to(Cause::NthRepeat, Tier::Two, TWO).counted(3).unused().note("默认不用，由本院决定是否启用。"),
    to(Cause::Overdue, Tier::Two, TWO).counted(10).unused().note("默认不用，由本院决定是否启用。"),
    to(Cause::AcceptedHere, Tier::Two, TWO).only(TierPreset::Standard).unused(),
    to(Cause::AcceptedHere, Tier::Two, TWO)
        .only(TierPreset::Strict)
        .note("从严方案：受理的来访（含到本院来访）和到市级机关反映的，一律二级。"),
    to(Cause::OneFailed, Tier::Two, TWO),
    to(Cause::OneRanOver, Tier::Two, TWO).after_grace(),
    to(Cause::HeardProvince, Tier::Three, THREE).note("当面反映，上级通报或者专干核实的；视频接访不算。"),
    to(Cause::HeardBeijing, Tier::Three, THREE).note("当面反映，上级通报或者专干核实的；视频接访不算。"),
    to(Cause::TwoFailed, Tier::Three, THREE),
    to(Cause::TwoRanOver, Tier::Three, THREE).after_grace(),
];

/// The row that it makes.
pub fn row(shipped: &Shipped, now: Moment) -> TierRule {
    let told: Vec<&str> = shipped.told.iter().map(|told| told.code()).collect();
    TierRule {
        id: TierRuleId::new(now),
        court_id: None,
        preset: shipped.preset,
        cause: shipped.cause,
        basis: BASIS.to_owned(),
        tier: shipped.tier,
        threshold: shipped.threshold,
        grace_days: shipped.grace_days,
        told: told.join(","),
        in_use: shipped.in_use,
        note: shipped.note.to_owned(),
        effective_from: SINCE.parse().unwrap_or(now.today()),
        effective_to: None,
        version: 0,
    }
}
