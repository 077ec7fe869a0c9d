//! Where the three tiers are.

use super::types::MeasureId;
use super::types::MemberId;
use crate::matters::MatterId;

/// All matters of tiers two and three.
pub const LIST: &str = "/tiers";
/// The same for the wall.
pub const WALL: &str = "/tiers/wall";
/// What visitors said of having been heard above, and nobody answered.
pub const HINTS: &str = "/tiers/heard";
/// The work groups in which somebody sits.
pub const GROUPS: &str = "/work-groups";
/// Those whose matter they have in charge without their acts.
pub const GROUPS_WITHOUT_ACTS: &str = "/work-groups?which=acts";
/// Those in which a measure of theirs isn't done.
pub const GROUPS_WITH_MEASURES: &str = "/work-groups?which=measures";
pub const NEW_SIGN: &str = "/signs/new";
pub const RULES: &str = "/settings/tier-rules";

/// One matter in its tier.
pub fn of(matter: MatterId) -> String {
    format!("/tiers/of/{matter}")
}

/// One of its acts or papers, such as `hold` or `plan`.
pub fn step(matter: MatterId, step: &str) -> String {
    format!("/tiers/of/{matter}/{step}")
}

pub fn member(matter: MatterId, member: MemberId) -> String {
    format!("/tiers/of/{matter}/members/{member}")
}

pub fn measure(matter: MatterId, measure: MeasureId) -> String {
    format!("/tiers/of/{matter}/measures/{measure}")
}

/// What a visitor said, to be answered.
pub fn hint(matter: MatterId, row: i64) -> String {
    format!("/tiers/of/{matter}/heard/{row}")
}

pub fn rule(cause: super::types::Cause) -> String {
    format!("/settings/tier-rules/of/{}", cause.code())
}

pub fn edit_rule(cause: super::types::Cause) -> String {
    format!("/settings/tier-rules/of/{}/edit", cause.code())
}
