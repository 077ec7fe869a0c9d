//! A supervision and where it stands.

use crate::db::{coded, id};
use crate::deadlines::{ClockId, Code};
use crate::matters::MatterId;
use crate::people::{CourtId, StaffId};
use crate::schema::supervisions;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

id!(
    /// Which supervision (一次督办).
    SupervisionId
);

coded! {
    /// How an answer is demanded (督办方式).
    pub enum Manner {
        Letter = "letter" "督办函",
        Phone = "phone" "电话督办",
        OnSite = "on_site" "现场督办",
    }
}

coded! {
    /// How often it has been demanded in a series (第几次).
    pub enum Round {
        First = "first" "第一次督办",
        Second = "second" "第二次督办",
        Report = "report" "报告院长",
    }
}

impl Round {
    /// The clock that runs until the answer is due.
    pub const fn clock(self) -> Code {
        match self {
            Round::First => Code::SupervisionFirst,
            Round::Second => Code::SupervisionSecond,
            Round::Report => Code::SupervisionReport,
        }
    }

    /// What went before, as papers and the timeline begin with it; empty for a first demand.
    pub const fn preamble(self) -> &'static str {
        match self {
            Round::First => "",
            Round::Second => "第一次督办逾期没有答复，现再次督办。",
            Round::Report => "两次督办逾期都没有答复，现报告院长。",
        }
    }
}

coded! {
    /// Where a supervision stands.
    pub enum State {
        Open = "open" "等待答复",
        Answered = "answered" "已答复",
        /// Not answered in time; the next round took its place.
        Hardened = "hardened" "逾期未答复",
    }
}

/// One demand for an answer.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = supervisions, treat_none_as_default_value = false)]
pub struct Supervision {
    pub id: SupervisionId,
    pub court_id: CourtId,
    pub matter_id: MatterId,
    /// 1 for the matter's first series of demands.
    pub series: i64,
    pub round: Round,
    pub manner: Manner,
    /// As on the paper: 石法督〔2026〕0001号.
    pub number: String,
    pub year: i64,
    pub seq: i64,
    /// Under which number the matter was referred or assigned.
    pub referral: String,
    /// What is to be done and answered.
    pub demand: String,
    /// What was said on the telephone or found on site; empty for a letter.
    pub spoken: String,
    /// How many days the matter was late when it was issued.
    pub late_days: i64,
    pub addressee_id: StaffId,
    pub signed_by: StaffId,
    /// Whom a report was made to; `None` where nobody above may see the matter.
    pub reported_to: Option<StaffId>,
    /// `None`: the system, by itself.
    pub issued_by: Option<StaffId>,
    pub issued_at: NaiveDateTime,
    pub clock_id: ClockId,
    /// The last day on which an answer is in time; follows the clock.
    pub due_on: NaiveDate,
    pub state: State,
    pub answer: String,
    pub answered_by: Option<StaffId>,
    pub answered_at: Option<NaiveDateTime>,
    pub version: i64,
}

/// What a list of supervisions is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SupervisionFilter {
    pub state: Option<State>,
    pub round: Option<Round>,
    pub manner: Option<Manner>,
    pub addressee: Option<StaffId>,
    /// Open ones due on or before this day.
    pub due_until: Option<NaiveDate>,
}
