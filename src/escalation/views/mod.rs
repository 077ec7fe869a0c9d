//! What pages show of tiers, put together by one scope.

mod lists;
mod stay;

pub use lists::{Agenda, AgendaWhy, GroupRow, Load, Row, Wall, agenda, groups, leaders, wall};
pub use stay::{BoxData, Choice, ChargeShown, Detail, MeasureShown, MemberShown, Why, box_for, detail};
