//! A review, and what was found about each person.

use crate::db::{coded, id};
use crate::matters::MatterId;
use crate::people::{CourtId, DivisionId, StaffId};
use crate::schema::{accountability_persons, accountability_reviews};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

id!(
    /// Which accountability review (责任倒查).
    ReviewId
);

coded! {
    /// Where a review stands.
    pub enum State { Open = "open" "核查中", Decided = "decided" "已认定" }
}

coded! {
    /// What kind of fault was found (过错类别).
    pub enum FaultKind {
        Instrument = "instrument" "文书差错",
        Conduct = "conduct" "作风问题",
        Procedure = "procedure" "程序违法",
        Delay = "delay" "拖延办理",
        None = "none" "没有过错",
    }
}

coded! {
    /// What in the court's work led to the matter (导致原因).
    pub enum Cause {
        Judgment = "judgment" "裁判瑕疵",
        Procedure = "procedure" "程序瑕疵",
        Explanation = "explanation" "释明不足",
        Service = "service" "送达问题",
        Unenforceable = "unenforceable" "执行不能",
        Enforcement = "enforcement" "执行不力",
        Delay = "delay" "超期",
        Attitude = "attitude" "态度作风",
        Misunderstanding = "misunderstanding" "当事人误解",
        Policy = "policy" "政策性原因",
    }
}

/// A review of how a matter came about.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = accountability_reviews, treat_none_as_default_value = false)]
pub struct Review {
    pub id: ReviewId,
    pub court_id: CourtId,
    pub matter_id: MatterId,
    /// The division that the matter is about.
    pub division_id: Option<DivisionId>,
    pub state: State,
    /// Why it was opened.
    pub grounds: String,
    pub kind: Option<FaultKind>,
    pub cause: Option<Cause>,
    pub findings: String,
    pub measure: String,
    /// The body or person that decided, such as 院长办公会.
    pub decided_by: String,
    pub decided_on: Option<NaiveDate>,
    pub opened_by: StaffId,
    pub opened_at: NaiveDateTime,
    pub version: i64,
}

/// A person reviewed, and what was found about them.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = accountability_persons, treat_none_as_default_value = false)]
pub struct Reviewed {
    pub review_id: ReviewId,
    pub staff_id: StaffId,
    /// Empty until something is found.
    pub finding: String,
    pub measure: String,
    /// From then on the person sees their own finding.
    pub notified_at: Option<NaiveDateTime>,
    /// What the person says to it (申辩意见).
    pub statement: String,
    pub stated_at: Option<NaiveDateTime>,
}

/// What a list of reviews is narrowed to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReviewFilter {
    pub state: Option<State>,
    pub kind: Option<FaultKind>,
    pub cause: Option<Cause>,
    pub division: Option<DivisionId>,
}
