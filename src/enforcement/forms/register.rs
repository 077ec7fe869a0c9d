//! What is chosen above the register.

use crate::enforcement::types::{EnforcementFilter, EnforcementMatter, Order};
use crate::matters::MatterId;
use crate::people::{DivisionId, StaffId};
use chrono::{Days, NaiveDate};
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

    /// The filter it comes to on `today` for the person `me`. What makes no sense narrows nothing.
    pub fn filter(&self, me: Option<StaffId>, today: NaiveDate, soon: NaiveDate) -> EnforcementFilter {
        EnforcementFilter {
            division: self.division.parse::<DivisionId>().ok(),
            outstanding: self.outstanding == "1",
            due_until: match self.due.as_str() {
                "overdue" => today.checked_sub_days(Days::new(1)),
                "soon" => Some(soon),
                _ => None,
            },
            owner: me.filter(|_| self.mine == "1"),
        }
    }

    pub fn order(&self) -> Order {
        let halves = self.after.split_once('_');
        match self.order.as_str() {
            "due" => Order::Due(halves.and_then(|(day, id)| Some((day.parse().ok()?, id.parse().ok()?)))),
            "money" => Order::Money(halves.and_then(|(fen, id)| Some((fen.parse().ok()?, id.parse().ok()?)))),
            _ => Order::Newest(self.after_id()),
        }
    }

    /// The row after which a list by age goes on.
    pub fn after_id(&self) -> Option<MatterId> {
        self.after.parse().ok()
    }

    /// Where the list goes on after this row.
    pub fn cursor(&self, row: &EnforcementMatter) -> String {
        match self.order() {
            Order::Newest(_) => row.matter_id.to_string(),
            Order::Due(_) => {
                row.next_due_on.map(|day| format!("{day}_{}", row.matter_id)).unwrap_or_default()
            }
            Order::Money(_) => format!("{}_{}", row.outstanding_fen, row.matter_id),
        }
    }

    /// The same list, going on after this row.
    pub fn going_on(&self, after: String) -> Self {
        EnforcementQuery { after, ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_goes_on_where_it_stopped_and_nonsense_narrows_nothing() {
        let query = |order: &str, after: &str| EnforcementQuery {
            order: order.into(),
            after: after.into(),
            ..EnforcementQuery::default()
        };
        let day = "2026-11-23".parse().unwrap();
        assert_eq!(query("", "7").order(), Order::Newest(Some(MatterId(7))));
        assert_eq!(query("due", "2026-11-23_7").order(), Order::Due(Some((day, MatterId(7)))));
        assert_eq!(query("money", "500_7").order(), Order::Money(Some((500, MatterId(7)))));
        assert_eq!(query("money", "x_y").order(), Order::Money(None));
        let odd = EnforcementQuery { division: "x".into(), due: "never".into(), ..query("x", "y") };
        assert_eq!(odd.filter(None, day, day), EnforcementFilter::default());
        assert_eq!(odd.order(), Order::Newest(None));
    }
}
