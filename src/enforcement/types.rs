//! Task sheets with their measures, what is due and paid, what was reported and said.

use crate::db::{coded, id};
use crate::matters::MatterId;
use crate::people::{CourtId, DivisionId, StaffId};
use crate::schema::{
    enforcement_matters, enforcement_measures, enforcement_postings, enforcement_results, enforcement_talks,
    task_sheets,
};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

id!(
    /// Which task sheet (任务单).
    SheetId
);
id!(
    /// Which measure of a task sheet (措施).
    MeasureId
);
id!(
    /// Which result of a measure.
    ResultId
);
id!(
    /// Which posting (收付记录).
    PostingId
);
id!(
    /// Which report heard or party met.
    TalkId
);

/// What a matter's task sheets and postings come to (涉执信访): the row that lists filter and sort by.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = enforcement_matters, treat_none_as_default_value = false)]
pub struct EnforcementMatter {
    pub matter_id: MatterId,
    pub court_id: CourtId,
    /// The sum due in force, in fen; `None` while none is fixed.
    pub due_fen: Option<i64>,
    pub paid_fen: i64,
    /// What is due and not paid; nought while nothing is fixed.
    pub outstanding_fen: i64,
    /// The first day on which an open measure is due.
    pub next_due_on: Option<NaiveDate>,
    pub open_measures: i64,
    pub since: NaiveDateTime,
}

/// A task that a leader set (任务单).
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = task_sheets, treat_none_as_default_value = false)]
pub struct TaskSheet {
    pub id: SheetId,
    pub court_id: CourtId,
    pub matter_id: MatterId,
    /// As on the paper: 石法执任〔2026〕0001号.
    pub number: String,
    pub year: i64,
    pub seq: i64,
    pub task: String,
    /// The leader.
    pub issued_by: StaffId,
    /// Who typed it: the leader, or the petition officer for them.
    pub entered_by: StaffId,
    pub issued_at: NaiveDateTime,
    /// The time limit: the last day for all of its measures.
    pub due_on: NaiveDate,
    pub submission: String,
}

/// One thing to be done, by one person, by a day (措施).
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = enforcement_measures, treat_none_as_default_value = false)]
pub struct Measure {
    pub id: MeasureId,
    pub sheet_id: SheetId,
    pub matter_id: MatterId,
    /// 1 is the first on the paper.
    pub position: i64,
    pub text: String,
    pub owner_id: StaffId,
    pub due_on: NaiveDate,
    pub added_by: StaffId,
    pub added_at: NaiveDateTime,
    /// When it was done or given up, as the newest result says; `None` while it is owed.
    pub done_on: Option<NaiveDate>,
    pub version: i64,
    pub submission: String,
}

coded! {
    /// How a measure went.
    pub enum Outcome {
        Done = "done" "完成",
        /// It is still owed.
        GoingOn = "going_on" "还没有做成，继续办理",
        /// Nobody owes it any more.
        GivenUp = "given_up" "没有做成，不再继续",
    }
}

/// What became of a measure; a later one goes on from it, or corrects it.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = enforcement_results, treat_none_as_default_value = false)]
pub struct MeasureResult {
    pub id: ResultId,
    pub measure_id: MeasureId,
    pub text: String,
    /// When it was done, or turned out so.
    pub done_on: NaiveDate,
    pub by_id: StaffId,
    pub at: NaiveDateTime,
    /// The result before.
    pub corrects_id: Option<ResultId>,
    pub outcome: Outcome,
}

coded! {
    /// What a posting is about.
    pub enum PostingKind {
        /// The sum due is fixed, or fixed anew; the newest is in force.
        Due = "due" "应执行金额",
        Paid = "paid" "到账",
    }
}

coded! {
    /// How money came in (到账方式).
    pub enum PaidBy {
        Deducted = "deducted" "划拨",
        Voluntary = "voluntary" "自动履行",
        Auction = "auction" "拍卖变卖",
        Settlement = "settlement" "和解履行",
        Income = "income" "扣留提取收入",
        InKind = "in_kind" "以物抵债",
        Other = "other" "其他",
    }
}

/// A line of a matter's ledger (收付记录). It never changes; a mistake is taken back by a counter-entry.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = enforcement_postings, treat_none_as_default_value = false)]
pub struct Posting {
    pub id: PostingId,
    pub court_id: CourtId,
    pub matter_id: MatterId,
    pub kind: PostingKind,
    /// Above nought; of a counter-entry, what it takes back, below nought.
    pub amount_fen: i64,
    /// Of a counter-entry, the day of what it takes back.
    pub happened_on: NaiveDate,
    pub manner: Option<PaidBy>,
    /// From whom.
    pub payer: String,
    /// The reason, or a remark.
    pub note: String,
    pub reverses_id: Option<PostingId>,
    pub by_id: StaffId,
    pub at: NaiveDateTime,
    pub submission: String,
    /// Of what was put down anew by a correction, the posting that first stood in its place: among those of its day it
    /// ranks as that one.
    pub replaces_id: Option<PostingId>,
}

impl Posting {
    /// Its place among the postings of its day.
    pub fn rank(&self) -> PostingId {
        self.replaces_id.unwrap_or(self.id)
    }
}

coded! {
    /// What somebody heard.
    pub enum TalkKind {
        ReportHeard = "report_heard" "听取汇报",
        PartyMet = "party_met" "约见当事人",
    }
}

/// A report that a leader heard, or a party that somebody met.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = enforcement_talks, treat_none_as_default_value = false)]
pub struct Talk {
    pub id: TalkId,
    pub court_id: CourtId,
    pub matter_id: MatterId,
    pub kind: TalkKind,
    pub held_on: NaiveDate,
    /// The leader who heard it, or who met the party.
    pub staff_id: StaffId,
    /// Which party; empty of a report.
    pub party: String,
    /// What was reported, or said.
    pub said: String,
    /// What was decided, or answered.
    pub decided: String,
    pub by_id: StaffId,
    pub at: NaiveDateTime,
    pub corrects_id: Option<TalkId>,
    pub submission: String,
}

/// What a list of enforcement matters is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EnforcementFilter {
    pub division: Option<DivisionId>,
    /// Something is due and not paid.
    pub outstanding: bool,
    /// A measure is due on or before this day; with `owner`, one of theirs.
    pub due_until: Option<NaiveDate>,
    /// In which this person has an open measure.
    pub owner: Option<StaffId>,
}

/// In which order, and after which row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    Newest(Option<MatterId>),
    /// The first due first; those with nothing due are left out.
    Due(Option<(NaiveDate, MatterId)>),
    /// The most outstanding first.
    Money(Option<(i64, MatterId)>),
}
