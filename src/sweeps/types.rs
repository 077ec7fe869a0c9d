//! Sheets, their cases, and what was answered.

use crate::db::{coded, id};
use crate::matters::MatterId;
use crate::people::{CourtId, DivisionId, StaffId};
use crate::schema::{sweep_answers, sweep_closings, sweep_rows, sweep_visits, sweeps};
use crate::web::formats::plain_date;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

id!(
    /// Which sheet (排查表).
    SweepId
);
id!(
    /// Which case on a sheet.
    RowId
);

coded! {
    /// What period a sheet is for (排查种类).
    pub enum SweepKind {
        Monthly = "monthly" "每月排查",
        TenDay = "ten_day" "每旬排查",
        /// Before and during a time that matters, such as a festival or a campaign.
        Special = "special" "专项排查",
    }
}

coded! {
    pub enum SweepState {
        Open = "open" "排查中",
        Finished = "finished" "排查完毕",
    }
}

coded! {
    /// Why a case is on the sheet.
    pub enum RowKind {
        Filed = "filed" "收案",
        Closed = "closed" "结案",
        /// Filed and closed within the period.
        Both = "both" "收案并结案",
        /// Somebody wanted to look at it again.
        Again = "again" "上次留看",
    }
}

impl RowKind {
    /// Whether the case was closed in the period, so that it is asked how it ended.
    pub const fn is_closed(self) -> bool {
        matches!(self, RowKind::Closed | RowKind::Both)
    }
}

coded! {
    /// What was answered about a case (排查结论).
    pub enum Answer {
        Nothing = "nothing" "无苗头",
        Again = "again" "下月再看",
        TierOne = "tier_one" "列入一级",
    }
}

impl Answer {
    /// The key that gives it on the page where one case comes after another.
    pub const fn key(self) -> &'static str {
        match self {
            Answer::Nothing => "1",
            Answer::Again => "2",
            Answer::TierOne => "3",
        }
    }
}

coded! {
    /// Whether something was done when a case was closed.
    pub enum Mark {
        Yes = "yes" "是",
        No = "no" "否",
        NotApplicable = "na" "不适用",
    }
}

coded! {
    /// What is asked about a closed case (结案情况).
    pub enum Item {
        Pronounced = "pronounced" "公开宣判",
        ServedInPerson = "served_in_person" "承办法官当面送达",
        Explained = "explained" "判后释法",
        ViewsHeard = "views_heard" "听取各方意见",
        Mediated = "mediated" "组织过调解",
    }
}

/// A sheet: one division, one period.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = sweeps, treat_none_as_default_value = false)]
pub struct Sweep {
    pub id: SweepId,
    pub court_id: CourtId,
    pub division_id: DivisionId,
    pub kind: SweepKind,
    /// What a special period is called; empty otherwise.
    pub name: String,
    pub from_on: NaiveDate,
    /// The last day, inclusive.
    pub to_on: NaiveDate,
    /// By when every case is answered.
    pub due_on: NaiveDate,
    /// `None`: by itself, at the beginning of a month.
    pub opened_by: Option<StaffId>,
    pub opened_at: NaiveDateTime,
    pub state: SweepState,
    pub finished_by: Option<StaffId>,
    pub finished_at: Option<NaiveDateTime>,
    pub version: i64,
}

impl Sweep {
    /// What it is called: 2026年11月排查, or with its days.
    pub fn title(&self) -> String {
        let (from, to) = (plain_date(self.from_on), plain_date(self.to_on));
        match self.kind {
            SweepKind::Monthly => format!("{}排查", self.from_on.format("%Y年%-m月")),
            SweepKind::TenDay => format!("{from}至{}排查", self.to_on.format("%-d日")),
            SweepKind::Special => format!("{}（{from}至{to}）", self.name),
        }
    }
}

/// A case on a sheet, with its answer as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = sweep_rows, treat_none_as_default_value = false)]
pub struct SweepRow {
    pub id: RowId,
    pub court_id: CourtId,
    pub sweep_id: SweepId,
    /// Canonical.
    pub case_number: String,
    pub kind: RowKind,
    /// 案由.
    pub cause: String,
    /// Short and masked, as [`super::rules::masked`] makes them.
    pub parties: String,
    /// Who has or had the case, as the list says; empty where it doesn't.
    pub judge: String,
    /// When it was filed, or closed.
    pub happened_on: Option<NaiveDate>,
    /// The row that said "look again next month".
    pub carried_from: Option<RowId>,
    pub answer: Option<Answer>,
    pub note: String,
    pub answered_by: Option<StaffId>,
    pub answered_at: Option<NaiveDateTime>,
    /// The sign that it was put on tier one by.
    pub sign_id: Option<MatterId>,
    /// `None`: carried over by itself.
    pub added_by: Option<StaffId>,
    pub added_at: NaiveDateTime,
    pub version: i64,
}

/// An answer that was given, as it stays.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = sweep_answers, treat_none_as_default_value = false)]
pub struct GivenAnswer {
    pub id: i64,
    pub row_id: RowId,
    pub answer: Answer,
    pub note: String,
    pub sign_id: Option<MatterId>,
    pub answered_by: StaffId,
    pub answered_at: NaiveDateTime,
}

/// Somebody went to look (实地走访).
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = sweep_visits)]
pub struct FieldVisit {
    pub id: i64,
    pub row_id: RowId,
    pub visited_on: NaiveDate,
    /// Who went.
    pub who: String,
    pub found: String,
    /// Says that a second submission is the same one.
    pub submission: String,
    pub recorded_by: StaffId,
    pub recorded_at: NaiveDateTime,
}

/// How a closed case ended for its parties (结案情况).
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = sweep_closings)]
pub struct Closing {
    pub row_id: RowId,
    pub pronounced: Mark,
    pub served_in_person: Mark,
    pub explained: Mark,
    pub views_heard: Mark,
    pub mediated: Mark,
    pub note: String,
    pub recorded_by: StaffId,
    pub recorded_at: NaiveDateTime,
    pub version: i64,
}

impl Closing {
    pub const fn mark(&self, item: Item) -> Mark {
        match item {
            Item::Pronounced => self.pronounced,
            Item::ServedInPerson => self.served_in_person,
            Item::Explained => self.explained,
            Item::ViewsHeard => self.views_heard,
            Item::Mediated => self.mediated,
        }
    }
}

/// A case as it comes to a sheet: typed, from a list, or carried over.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct CaseLine {
    /// Canonical.
    pub case_number: String,
    pub kind: RowKind,
    pub cause: String,
    /// Masked already.
    pub parties: String,
    pub judge: String,
    pub happened_on: Option<NaiveDate>,
}

/// What became of a case that came to a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entered {
    New(RowId),
    /// It was there, and has now more to it: filed before, closed now.
    Merged(RowId),
    /// It was there with all of this.
    Known(RowId),
}

/// A sheet to be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    pub kind: SweepKind,
    pub name: String,
    pub from_on: NaiveDate,
    pub to_on: NaiveDate,
    pub due_on: NaiveDate,
    pub divisions: Vec<DivisionId>,
}

/// An answer as it is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answering {
    pub answer: Answer,
    /// A remark; of tier one, the sign in a sentence.
    pub note: String,
}

/// A visit as it is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitDraft {
    pub visited_on: NaiveDate,
    pub who: String,
    pub found: String,
    pub submission: String,
}

/// How a case ended, as it is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosingDraft {
    /// In the order of [`Item::ALL`].
    pub marks: [Mark; 5],
    pub note: String,
}

/// What the list of sheets is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SweepFilter {
    pub state: Option<SweepState>,
    pub kind: Option<SweepKind>,
    pub division: Option<DivisionId>,
    pub due_until: Option<NaiveDate>,
}

/// Whether a case has been answered, or with what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    Not,
    Anyhow,
    With(Answer),
}

/// What the list of cases is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowFilter {
    pub sweep: Option<SweepId>,
    /// Of sheets whose period begins within these days, both inclusive.
    pub months: Option<(NaiveDate, NaiveDate)>,
    pub division: Option<DivisionId>,
    pub answered: Option<Answered>,
    pub kinds: Vec<RowKind>,
    /// Only cases of which this was recorded so.
    pub closing: Option<(Item, Mark)>,
    /// Only closed cases of which nothing was recorded yet.
    pub closing_missing: bool,
    /// Only cases that have been assessed, or have not.
    pub assessed: Option<bool>,
}
