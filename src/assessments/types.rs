//! Questionnaires, in editions, and assessments.

use crate::db::{coded, id};
use crate::matters::MatterId;
use crate::people::{CourtId, DivisionId, StaffId};
use crate::schema::{assessments, questionnaires};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

id!(
    /// Which edition of a questionnaire.
    QuestionnaireId
);
id!(
    /// Which assessment (评估).
    AssessmentId
);

coded! {
    /// Before which step a case is assessed (评估环节).
    pub enum Step {
        Filing = "filing" "立案前",
        Judgment = "judgment" "宣判前",
        Enforcement = "enforcement" "采取执行措施前",
    }
}

coded! {
    /// What came of an assessment.
    pub enum AssessmentState {
        /// Below the threshold.
        Low = "low" "未达到建议分值",
        Waiting = "waiting" "建议列入一级，待决定",
        Listed = "listed" "已列入一级",
        NotListed = "not_listed" "决定不列入",
    }
}

/// A question about the case, what a yes weighs, and what should then be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Never changes within an edition: assessments hold it.
    pub key: String,
    pub text: String,
    pub points: i64,
    /// The measure that a yes proposes.
    pub measure: String,
}

/// An edition of the questionnaire. Never changed while in force: an edit ends it and adds the next.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = questionnaires, treat_none_as_default_value = false)]
pub struct Questionnaire {
    pub id: QuestionnaireId,
    /// `None`: for every court of the installation that has none of its own.
    pub court_id: Option<CourtId>,
    /// 1, 2, 3 …
    pub edition: i64,
    /// From how many points tier one is proposed.
    pub threshold: i64,
    /// [`Question`]s as JSON, as the questionnaire's change writes them.
    pub content: String,
    pub effective_from: NaiveDate,
    /// The last day, inclusive.
    pub effective_to: Option<NaiveDate>,
    pub version: i64,
}

/// An assessment of a case, with the edition and the threshold of then.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = assessments, treat_none_as_default_value = false)]
pub struct Assessment {
    pub id: AssessmentId,
    pub court_id: CourtId,
    pub division_id: DivisionId,
    /// Canonical.
    pub case_number: String,
    pub cause: String,
    pub step: Step,
    pub questionnaire_id: QuestionnaireId,
    /// The keys of what was ticked, with commas between.
    pub answers: String,
    pub points: i64,
    pub threshold: i64,
    /// What is to be done, a line each.
    pub measures: String,
    pub note: String,
    pub state: AssessmentState,
    pub assessed_by: StaffId,
    pub assessed_at: NaiveDateTime,
    pub decided_by: Option<StaffId>,
    pub decided_at: Option<NaiveDateTime>,
    /// Why it was decided so; empty before.
    pub reason: String,
    pub sign_id: Option<MatterId>,
    /// Says that a second submission is the same one.
    pub submission: String,
    pub version: i64,
}

impl Assessment {
    /// The keys of what was ticked.
    pub fn ticked(&self) -> Vec<&str> {
        self.answers.split(',').filter(|key| !key.is_empty()).collect()
    }
}

/// What the list is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AssessmentFilter {
    pub state: Option<AssessmentState>,
    pub step: Option<Step>,
    pub division: Option<DivisionId>,
}
