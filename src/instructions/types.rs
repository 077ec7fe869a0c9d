//! A leader's instruction and where it stands.

use crate::db::{coded, id};
use crate::matters::MatterId;
use crate::people::{CourtId, StaffId};
use crate::schema::instructions;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

id!(
    /// Which instruction, with the request that led to it (批示、请示单).
    InstructionId
);

coded! {
    /// Where an instruction stands.
    pub enum State {
        Asked = "asked" "待批示",
        /// The leader sent the request back without instructing.
        Returned = "returned" "已退回",
        Given = "given" "办理中",
        Done = "done" "待确认",
        Confirmed = "confirmed" "已落实",
        /// Whoever asked took the request back.
        Withdrawn = "withdrawn" "已撤回",
    }
}

/// A request to a leader and the instruction, or an instruction that nobody asked for.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = instructions, treat_none_as_default_value = false)]
pub struct Instruction {
    pub id: InstructionId,
    pub court_id: CourtId,
    pub matter_id: MatterId,
    /// As on the sheet: 石法批〔2026〕0001号.
    pub number: String,
    pub year: i64,
    pub seq: i64,
    pub state: State,
    pub leader_id: StaffId,
    /// `None`: the leader instructed without being asked.
    pub asked_by: Option<StaffId>,
    pub asked_at: Option<NaiveDateTime>,
    pub question: String,
    pub proposal: String,
    /// What the leader says.
    pub text: String,
    /// Who is to do it.
    pub owner_id: Option<StaffId>,
    /// The last day on which it is done in time.
    pub due_on: Option<NaiveDate>,
    pub given_at: Option<NaiveDateTime>,
    /// How the owner shows that it is done.
    pub evidence: String,
    pub done_at: Option<NaiveDateTime>,
    pub confirmed_by: Option<StaffId>,
    pub confirmed_at: Option<NaiveDateTime>,
    /// Why it was last returned, to whoever asked or to the owner.
    pub remark: String,
    pub version: i64,
}

/// What a list of instructions is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InstructionFilter {
    pub state: Option<State>,
    pub leader: Option<StaffId>,
    pub owner: Option<StaffId>,
    pub asked_by: Option<StaffId>,
    /// Those being carried out that are due on or before this day.
    pub due_until: Option<NaiveDate>,
}
