//! What is chosen above the lists.

use crate::sweeps::rules;
use crate::sweeps::types::{
    Answer, Answered, Item, Mark, RowFilter, RowId, RowKind, SweepFilter, SweepId, SweepKind, SweepState,
};
use crate::web::listing::{Cursor, Near, cursor};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The filters above the list of sheets.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct SweepQuery {
    /// `finished`, `all`, or empty for what is open.
    pub state: String,
    pub kind: String,
    pub division: String,
    /// `overdue`, `soon` or empty.
    pub due: String,
    pub after: String,
}

impl SweepQuery {
    pub fn filter(&self, near: &Near) -> SweepFilter {
        let due_until = near.until(&self.due);
        let state = match self.state.as_str() {
            "all" if due_until.is_none() => None,
            "finished" if due_until.is_none() => Some(SweepState::Finished),
            _ => Some(SweepState::Open),
        };
        SweepFilter {
            state,
            kind: SweepKind::from_code(&self.kind),
            division: self.division.parse().ok(),
            due_until,
        }
    }

    pub fn after(&self) -> Option<Cursor<SweepId>> {
        cursor(&self.after)
    }
}

/// The filters above the list of cases.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct RowQuery {
    /// `2026-11`, or empty for any.
    pub month: String,
    pub division: String,
    /// An answer's code, `none`, `any`, or empty.
    pub answer: String,
    /// A kind's code, or `ended` for closed and both.
    pub kind: String,
    /// `item:mark`, such as `explained:no`; `missing` for closed cases of which nothing was recorded.
    pub closing: String,
    /// `1`, `0`, or empty.
    pub assessed: String,
    pub after: String,
}

impl RowQuery {
    pub fn filter(&self) -> RowFilter {
        let answered = match self.answer.as_str() {
            "none" => Some(Answered::Not),
            "any" => Some(Answered::Anyhow),
            code => Answer::from_code(code).map(Answered::With),
        };
        let missing = self.closing == "missing";
        let kinds = match self.kind.as_str() {
            _ if missing => vec![RowKind::Closed, RowKind::Both],
            "ended" => vec![RowKind::Closed, RowKind::Both],
            code => RowKind::from_code(code).into_iter().collect(),
        };
        let closing = self.closing.split_once(':');
        RowFilter {
            sweep: None,
            months: rules::read_month(&self.month),
            division: self.division.parse().ok(),
            answered,
            kinds,
            closing: closing.and_then(|(item, mark)| Item::from_code(item).zip(Mark::from_code(mark))),
            closing_missing: missing,
            assessed: match self.assessed.as_str() {
                "1" => Some(true),
                "0" => Some(false),
                _ => None,
            },
        }
    }

    pub fn after(&self) -> Option<RowId> {
        self.after.parse().ok()
    }
}

/// Which sheet's cases are listed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct SheetQuery {
    pub answer: String,
    pub after: String,
}

impl SheetQuery {
    pub fn filter(&self, sweep: SweepId) -> RowFilter {
        let query = RowQuery { answer: self.answer.clone(), ..RowQuery::default() };
        RowFilter { sweep: Some(sweep), ..query.filter() }
    }
}

/// Where the page of one case after another stands.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct TriageQuery {
    /// After this row; empty for the first.
    pub after: String,
    /// On this row, whether answered or not.
    pub row: String,
}

/// Which month's figures, and of which division; what of it a list shows.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct FiguresQuery {
    /// `2026-11`; this month where empty.
    pub month: String,
    pub division: String,
    /// Which of the month's petitions: see [`crate::sweeps::views::Hindsight::is`].
    pub which: String,
}

impl FiguresQuery {
    pub fn month(&self, today: NaiveDate) -> (NaiveDate, NaiveDate) {
        rules::read_month(&self.month).unwrap_or_else(|| rules::month_of(today))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_say_which_cases() {
        let query = |answer: &str, closing: &str, kind: &str| RowQuery {
            month: "2026-11".into(),
            answer: answer.into(),
            closing: closing.into(),
            kind: kind.into(),
            ..RowQuery::default()
        };
        let filter = query("none", "explained:no", "ended").filter();
        assert_eq!(filter.answered, Some(Answered::Not));
        assert_eq!(filter.closing, Some((Item::Explained, Mark::No)));
        assert_eq!(filter.kinds, [RowKind::Closed, RowKind::Both]);
        assert_eq!(query("x", "x:y", "z").filter().answered, None);
        assert!(query("", "missing", "").filter().closing_missing);
    }
}
