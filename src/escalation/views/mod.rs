//! What pages show of tiers, put together by one scope.

mod lists;
mod rule_table;
mod stay;

pub use crate::escalation::store::{Hint, is_hint};
pub use lists::{
    Agenda, AgendaWhy, Figures, GroupRow, Load, MOST, Row, Wall, agenda, figures, groups, heard_row, hints,
    in_charge, in_charge_of_all, leaders, wall,
};
pub use rule_table::{RuleView, rule, rule_of, table};
pub use stay::{BoxData, ChargeShown, Choice, Detail, May, MeasureShown, MemberShown, Why, box_for, detail};
