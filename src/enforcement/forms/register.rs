//! What is chosen above the register.

use crate::enforcement::types::{EnforcementFilter, EnforcementMatter, Order};
use crate::matters::MatterId;
use crate::people::{DivisionId, StaffId};
use crate::web::listing::{self, Near, place};
use serde::{Deserialize, Serialize};

/// The filters above the register, as they stand in the address.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct EnforcementQuery {
    /// `waiting`: those for which nothing was begun yet; empty for the others.
    pub which: String,
    pub division: String,
    /// `overdue`, `soon` or empty.
    pub due: String,
    /// `1`: only where something is outstanding.
    pub outstanding: String,
    /// `1`: only where I have an open measure.
    pub mine: String,
    /// `due`, `money` or empty for the newest first.
    pub order: String,
    /// Where the page goes on: an id, `date_id` or `fen_id`.
    pub after: String,
}

impl EnforcementQuery {
    /// Those for which nothing was begun yet.
    pub fn waits(&self) -> bool {
        self.which == "waiting"
    }

    /// The filter it comes to for the person `me`. What makes no sense narrows nothing.
    pub fn filter(&self, me: Option<StaffId>, near: &Near) -> EnforcementFilter {
        EnforcementFilter {
            division: self.division.parse::<DivisionId>().ok(),
            outstanding: self.outstanding == "1",
            due_until: near.until(&self.due),
            owner: me.filter(|_| self.mine == "1"),
        }
    }

    /// The order, going on after this place in it.
    pub fn order(&self, after: &str) -> Order {
        let halves = after.split_once('_');
        match self.order.as_str() {
            "due" => Order::Due(halves.and_then(|(day, id)| Some((day.parse().ok()?, id.parse().ok()?)))),
            "money" => Order::Money(halves.and_then(|(fen, id)| Some((fen.parse().ok()?, id.parse().ok()?)))),
            _ => Order::Newest(after.parse().ok()),
        }
    }

    /// The row after which a list by age goes on.
    pub fn after_id(&self) -> Option<MatterId> {
        self.after.parse().ok()
    }

    /// Where the list goes on after this row.
    pub fn place(&self, row: &EnforcementMatter) -> String {
        match self.order("") {
            Order::Newest(_) => row.matter_id.to_string(),
            Order::Due(_) => place(listing::Order::Due, row.next_due_on, row.matter_id),
            Order::Money(_) => format!("{}_{}", row.outstanding_fen, row.matter_id),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_goes_on_where_it_stopped_and_nonsense_narrows_nothing() {
        let query = |order: &str| EnforcementQuery { order: order.into(), ..EnforcementQuery::default() };
        let order = |by: &str, after: &str| query(by).order(after);
        let day = "2026-11-23".parse().unwrap();
        assert_eq!(order("", "7"), Order::Newest(Some(MatterId(7))));
        assert_eq!(order("due", "2026-11-23_7"), Order::Due(Some((day, MatterId(7)))));
        assert_eq!(order("money", "500_7"), Order::Money(Some((500, MatterId(7)))));
        assert_eq!(order("money", "x_y"), Order::Money(None));
        let odd = EnforcementQuery { division: "x".into(), due: "never".into(), ..query("x") };
        assert_eq!(odd.filter(None, &Near { yesterday: day, soon: day }), EnforcementFilter::default());
        assert_eq!(odd.order("y"), Order::Newest(None));
    }
}
