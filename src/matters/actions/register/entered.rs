//! What is entered at the counter about one contact, read and checked.

use crate::assignments::NewAssignment;
use crate::matters::MatterId;
use crate::matters::rules::Screening;
use crate::matters::types::{CaseStage, Channel, HeardLevel, HeardManner, HeardSource, Part};
use crate::people::{DivisionId, StaffId};
use crate::petitioners::{PetitionerDetails, PetitionerId};
use crate::time::Moment;
use chrono::NaiveDate;

/// Who came: somebody whose record there is, or somebody new.
#[derive(Clone, Debug)]
pub enum Who {
    Known(PetitionerId),
    New(Box<PetitionerDetails>),
}

/// One of those who came, or who act for them.
#[derive(Clone, Debug)]
pub struct Person {
    pub who: Who,
    pub part: Part,
    pub relation: String,
}

/// A court case as it was read from the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedCase {
    /// Canonical where it follows the rule, else as typed.
    pub number: String,
    pub verified: bool,
    /// Why one that breaks the rule is kept.
    pub reason: Option<String>,
}

/// Where the visitor says it has been heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    pub level: HeardLevel,
    pub body: String,
    pub manner: HeardManner,
    pub heard_on: Option<NaiveDate>,
    pub source: HeardSource,
}

/// What a new matter is about.
#[derive(Clone, Debug)]
pub struct NewMatter {
    pub category_code: String,
    pub case_stage: CaseStage,
    pub claim: String,
    pub summary: String,
    pub cases: Vec<TypedCase>,
    /// The division whose case it is, or that is complained of.
    pub division_id: Option<DivisionId>,
    /// Whom it complains about: they never see it.
    pub complained_of: Vec<StaffId>,
    pub screening: Screening,
}

/// What the contact is about.
#[derive(Clone, Debug)]
pub enum About {
    Existing(MatterId),
    New(Box<NewMatter>),
}

/// Everything that is entered at the counter about one contact.
#[derive(Clone, Debug)]
pub struct Registration {
    /// Made with the form: the same form sent twice registers once (promise 10).
    pub submission_key: String,
    pub channel: Channel,
    pub happened_at: Moment,
    pub people_count: i64,
    pub people: Vec<Person>,
    pub about: About,
    /// What was said this time; for a new matter its summary is used when this is empty.
    pub contact_summary: String,
    pub handed_in: String,
    pub outside_number: Option<String>,
    pub heard_at: Vec<Heard>,
    /// By whom it was assigned, where it came from above.
    pub assigned: Option<NewAssignment>,
}
