//! What was assigned from above, and what went between this court and whoever assigned it.

use crate::db::{coded, id};
use crate::deadlines::ClockId;
use crate::matters::{ContactId, MatterId};
use crate::people::{CourtId, StaffId};
use crate::schema::{assignment_events, assignments};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

id!(
    /// Which assignment (交办).
    AssignmentId
);
id!(
    /// Which event of an assignment.
    AssignmentEventId
);

coded! {
    /// What kind of body assigned it (交办机关类别).
    pub enum SenderKind {
        HigherCourt = "higher_court" "上级法院",
        PoliticalLegal = "political_legal" "党委政法委",
        Party = "party" "党委",
        Congress = "congress" "人大",
        Government = "government" "政府及信访部门",
        Supervision = "supervision" "纪检监察机关",
        Procuratorate = "procuratorate" "检察院",
        Other = "other" "其他机关",
    }
}

coded! {
    /// Where an assignment stands.
    pub enum State {
        Open = "open" "待报告结果",
        Objected = "objected" "已提异议",
        Reported = "reported" "已报告结果",
        Accepted = "accepted" "交办机关认可",
        TakenBack = "taken_back" "交办机关收回",
    }
}

impl SenderKind {
    /// What kind of body bears this name; what it doesn't tell is another one.
    pub fn of(name: &str) -> Self {
        let tells = |words: &[&str]| words.iter().any(|word| name.contains(word));
        if tells(&["政协", "政治协商"]) {
            SenderKind::Other
        } else if tells(&["法院"]) {
            SenderKind::HigherCourt
        } else if tells(&["政法委"]) {
            SenderKind::PoliticalLegal
        } else if tells(&["纪委", "监委", "纪检", "纪律检查", "监察"]) {
            SenderKind::Supervision
        } else if tells(&["人大", "人民代表大会"]) {
            SenderKind::Congress
        } else if tells(&["检察院"]) {
            SenderKind::Procuratorate
        } else if tells(&["政府", "信访"]) {
            SenderKind::Government
        } else if tells(&["党委", "市委", "区委", "县委", "省委"]) {
            SenderKind::Party
        } else {
            SenderKind::Other
        }
    }
}

impl State {
    /// Whether the result is still owed to the sender.
    pub fn owes(self) -> bool {
        match self {
            State::Open | State::Objected => true,
            State::Reported | State::Accepted | State::TakenBack => false,
        }
    }
}

coded! {
    /// What went between this court and the sender.
    pub enum Step {
        Objected = "objected" "提出异议",
        Progress = "progress" "报告进展",
        Result = "result" "报告结果",
        Upheld = "upheld" "异议不成立，继续办理",
        Redated = "redated" "改定期限",
        SentBack = "sent_back" "退回补充办理",
        Accepted = "accepted" "认可办理结果",
        TakenBack = "taken_back" "收回交办",
    }
}

/// What this court tells the sender about its work.
pub const REPORTS: [Step; 2] = [Step::Progress, Step::Result];
/// What the sender answers.
pub const ANSWERS: [Step; 5] = [Step::Accepted, Step::SentBack, Step::Redated, Step::Upheld, Step::TakenBack];

/// A matter given to this court from above, with the sender's number and date (上级交办).
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = assignments, treat_none_as_default_value = false)]
pub struct Assignment {
    pub id: AssignmentId,
    pub court_id: CourtId,
    pub matter_id: MatterId,
    /// The contact by which it came; `None` where it was recorded on a known matter.
    pub contact_id: Option<ContactId>,
    pub sender_kind: SenderKind,
    pub sender: String,
    /// Theirs; empty where their paper has none.
    pub number: String,
    pub dated_on: Option<NaiveDate>,
    pub received_on: NaiveDate,
    /// What they ask for.
    pub demand: String,
    /// The last day for objecting that it isn't this court's (信访工作条例 23); `None` where the court keeps no such rule.
    pub objection_until: Option<NaiveDate>,
    /// Until when the result is owed.
    pub clock_id: ClockId,
    pub state: State,
    pub recorded_by: StaffId,
    pub recorded_at: NaiveDateTime,
    pub version: i64,
}

impl Assignment {
    /// Who assigned it, under which number.
    pub fn words(&self) -> String {
        if self.number.is_empty() {
            self.sender.clone()
        } else {
            format!("{}（{}）", self.sender, self.number)
        }
    }
}

/// What went between this court and the sender. Never edited.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = assignment_events, treat_none_as_default_value = false)]
pub struct AssignmentEvent {
    pub id: AssignmentEventId,
    pub court_id: CourtId,
    pub assignment_id: AssignmentId,
    pub kind: Step,
    /// When it went out or came in.
    pub on_day: NaiveDate,
    /// The new day that the sender named.
    pub due_on: Option<NaiveDate>,
    /// The court's own number of a report, the sender's of an answer; empty where there is none.
    pub number: String,
    pub text: String,
    /// Which leader signed a report.
    pub signed_by: Option<StaffId>,
    pub signed_name: Option<String>,
    pub by_id: StaffId,
    pub by_name: String,
    pub at: NaiveDateTime,
}

/// What came from above, as it is entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAssignment {
    pub sender_kind: SenderKind,
    pub sender: String,
    pub number: String,
    pub dated_on: Option<NaiveDate>,
    pub received_on: NaiveDate,
    /// The day they named; `None`: by the rule.
    pub due_on: Option<NaiveDate>,
    pub demand: String,
}

/// What goes up or comes down, as it is entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewStep {
    pub step: Step,
    pub on_day: NaiveDate,
    pub due_on: Option<NaiveDate>,
    pub number: String,
    pub text: String,
    pub signed_by: Option<StaffId>,
}

/// What a list of assignments is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AssignmentFilter {
    pub state: Option<State>,
    /// Only those of which the result is owed.
    pub owed: bool,
    pub sender_kind: Option<SenderKind>,
    /// Due on or before this day.
    pub due_until: Option<NaiveDate>,
    /// Only those of matters that this person answers for.
    pub accountable: Option<StaffId>,
}
