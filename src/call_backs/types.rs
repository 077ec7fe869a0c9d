//! What is asked of a petitioner after closing, and the month's sample.

use crate::db::{coded, id};
use crate::deadlines::ClockId;
use crate::matters::MatterId;
use crate::people::{CourtId, StaffId};
use crate::schema::{askings, call_back_draws};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

id!(
    /// Which asking.
    AskingId
);

coded! {
    /// Why somebody is asked.
    pub enum AskingKind {
        /// After each closing.
        Satisfaction = "satisfaction" "满意度",
        /// Drawn at random.
        CallBack = "call_back" "抽查回访",
    }
}

coded! {
    /// What became of it.
    pub enum AskingState {
        Waiting = "waiting" "待询问",
        Asked = "asked" "已询问",
        /// The matter was opened again before anybody asked.
        Dropped = "dropped" "不再询问",
    }
}

coded! {
    /// How satisfied they are (满意度).
    pub enum Score {
        Satisfied = "satisfied" "满意",
        MostlySatisfied = "mostly_satisfied" "基本满意",
        Dissatisfied = "dissatisfied" "不满意",
        Unrated = "unrated" "未评价",
    }
}

coded! {
    /// How they were asked.
    pub enum AskManner {
        Phone = "phone" "电话",
        InPerson = "in_person" "当面",
        Letter = "letter" "书信",
        Sms = "sms" "短信",
    }
}

/// One thing to be asked, and the answer.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = askings, treat_none_as_default_value = false)]
pub struct Asking {
    pub id: AskingId,
    pub court_id: CourtId,
    pub matter_id: MatterId,
    pub kind: AskingKind,
    /// The month of the closing, as `2026-11`.
    pub month: String,
    pub clock_id: ClockId,
    pub due_on: NaiveDate,
    pub state: AskingState,
    pub score: Option<Score>,
    pub manner: Option<AskManner>,
    pub note: String,
    pub asked_by: Option<StaffId>,
    pub asked_at: Option<NaiveDateTime>,
}

/// A court's sample of one month's closed matters, and the seed from which it can be drawn again.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = call_back_draws)]
pub struct Draw {
    pub court_id: CourtId,
    /// As `2026-11`.
    pub month: String,
    pub seed: String,
    /// Among how many.
    pub closed: i64,
    pub drawn: i64,
    pub drawn_at: NaiveDateTime,
}

/// An answer: how satisfied, how asked, what they said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub score: Score,
    pub manner: AskManner,
    pub note: String,
}

/// What of a closed matter is still owed to its petitioner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Owed {
    pub satisfaction: bool,
    pub call_back: bool,
    /// They came again about it, and wait for an answer.
    pub again: bool,
}

/// What the list is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AskingFilter {
    pub state: Option<AskingState>,
    pub kind: Option<AskingKind>,
    pub score: Option<Score>,
    pub due_until: Option<NaiveDate>,
}
