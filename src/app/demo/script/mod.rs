//! The demo court's hand-written matters: one of each thing that a court meets, so that a new colleague can learn on them.
//! Days are counted back from the moment the demonstration starts; `{y0}`, `{y1}`, `{y2}` stand for its year and the
//! two before.

mod closed;
mod counter;
pub mod enforcement;
mod handling;
mod litigation;
pub mod office;
mod rare;
pub mod replies;
mod special;
pub mod sweeps;
#[cfg(test)]
mod tests;
pub mod tiers;

use super::names::Care;
use chrono::{Datelike, NaiveDate};

/// How somebody came (渠道).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    Visit,
    Letter,
    Call,
    Online,
    Video,
    Assigned,
}

/// Who somebody is in a matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Petitioner,
    Representative,
    Member,
    Agent,
    Lawyer,
}

/// Somebody who came, or for whom somebody came.
#[derive(Clone, Copy, Debug)]
pub struct Who {
    pub name: &'static str,
    pub kind: WhoKind,
    /// Relation to the case, such as 原告.
    pub relation: &'static str,
    pub part: Part,
    pub care: Care,
}

/// What is known of who came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhoKind {
    Person {
        male: bool,
        /// Day of birth, as `1962-03-18`.
        born: &'static str,
    },
    Organisation,
}

/// Where the visitor says the matter has been heard before (曾在何处反映).
#[derive(Clone, Copy, Debug)]
pub struct Heard {
    /// `district`, `city`, `province` or `beijing`.
    pub level: &'static str,
    pub body: &'static str,
    /// `in_person`, `video`, `letter` or `online`.
    pub manner: &'static str,
    pub days_ago: i64,
    /// `visitor`, `notice` or `confirmed`.
    pub source: &'static str,
}

/// What screening (甄别) came to, how many days ago, and by whom.
#[derive(Clone, Copy, Debug)]
pub enum Screening {
    /// Not yet decided.
    Waiting,
    /// Whoever received it sent it to the petition officer, who hasn't decided yet.
    Sent { days_ago: i64 },
    /// Accepted; goes to this handler.
    Accepted { days_ago: i64, by: &'static str, handler: &'static str },
    /// Into this procedure: `suit`, `appeal`, `civil_retrial`, `criminal_complaint`, `administrative_retrial`,
    /// `enforcement_objection`, `compensation`.
    Litigation { days_ago: i64, by: &'static str, track: &'static str },
    /// Another authority's; a guidance sheet says where to go.
    Elsewhere { days_ago: i64, by: &'static str, reason: &'static str, to: &'static str },
    /// Answered at the counter with these words.
    Answered { days_ago: i64, by: &'static str, answer: &'static str },
}

/// What happened later.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// A further contact about the same grievance.
    Contact { days_ago: i64, channel: Channel, by: &'static str, text: &'static str },
    /// Something done: `referral`, `progress`, `call`, `talk`, `explanation`.
    Note { days_ago: i64, by: &'static str, kind: &'static str, text: &'static str },
    /// Something about the deadline of the reply, and why.
    Deadline { days_ago: i64, by: &'static str, what: Deadline, why: &'static str },
    /// What is done about the reply.
    Reply { days_ago: i64, by: &'static str, deed: replies::Deed },
    /// The reply, and with it the end of the matter for this reason.
    Close { days_ago: i64, by: &'static str, reason: &'static str, reply: &'static str },
}

/// What is done about the deadline of the reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deadline {
    /// Paused while something is appraised, for so many days at the latest.
    Paused(i64),
    /// An extension by so many days is asked for.
    Asked(u32),
    /// What was asked for is granted.
    Granted,
}

impl Step {
    pub const fn days_ago(self) -> i64 {
        match self {
            Step::Contact { days_ago, .. }
            | Step::Note { days_ago, .. }
            | Step::Deadline { days_ago, .. }
            | Step::Reply { days_ago, .. }
            | Step::Close { days_ago, .. } => days_ago,
        }
    }
}

/// One matter of the script.
/// What came from above with it.
#[derive(Clone, Copy, Debug)]
pub struct Assigned {
    pub sender: &'static str,
    pub demand: &'static str,
    /// The day they named, counted from when it came; `None`: by the rule.
    pub within_days: Option<i64>,
}

#[derive(Clone, Copy, Debug)]
pub struct DemoMatter {
    /// Unlike any other's.
    pub key: &'static str,
    pub days_ago: i64,
    /// Hour and minute of the first contact, on the court's clocks.
    pub at: (u32, u32),
    pub channel: Channel,
    /// Nobody for an anonymous letter.
    pub who: &'static [Who],
    /// How many people came.
    pub people: i64,
    pub category: &'static str,
    /// `filing`, `trial`, `enforcement`, `review`, `compensation` or `other`.
    pub case_stage: &'static str,
    pub cases: &'static [&'static str],
    /// The division that it is about.
    pub division: Option<&'static str>,
    /// Users of the staff who are complained about: they never see it.
    pub against: &'static [&'static str],
    pub summary: &'static str,
    pub claim: &'static str,
    pub materials: &'static str,
    pub heard: &'static [Heard],
    /// The sender's or the online platform's own number.
    pub outside_number: Option<&'static str>,
    /// Who above assigned it.
    pub assigned: Option<&'static Assigned>,
    /// The user who received it.
    pub receiver: &'static str,
    pub screening: Screening,
    /// In order of time.
    pub steps: &'static [Step],
}

/// What most matters have in common.
const BASE: DemoMatter = DemoMatter {
    key: "",
    days_ago: 0,
    at: (9, 30),
    channel: Channel::Visit,
    who: &[],
    people: 1,
    category: "",
    case_stage: "trial",
    cases: &[],
    division: None,
    against: &[],
    summary: "",
    claim: "",
    materials: "身份证复印件、书面材料一份",
    heard: &[],
    outside_number: None,
    assigned: None,
    receiver: "dingjing",
    screening: Screening::Waiting,
    steps: &[],
};

const NO_CARE: Care = Care { elderly: false, disabled: false, ill: false, interpreter: false };
const ELDERLY: Care = Care { elderly: true, ..NO_CARE };

const fn man(name: &'static str, born: &'static str, relation: &'static str) -> Who {
    person(name, true, born, relation)
}

const fn woman(name: &'static str, born: &'static str, relation: &'static str) -> Who {
    person(name, false, born, relation)
}

const fn person(name: &'static str, male: bool, born: &'static str, relation: &'static str) -> Who {
    Who { name, kind: WhoKind::Person { male, born }, relation, part: Part::Petitioner, care: NO_CARE }
}

const fn organisation(name: &'static str, relation: &'static str) -> Who {
    Who { name, kind: WhoKind::Organisation, relation, part: Part::Petitioner, care: NO_CARE }
}

const fn needing(who: Who, care: Care) -> Who {
    Who { care, ..who }
}

const fn as_part(who: Who, part: Part) -> Who {
    Who { part, ..who }
}

const fn accepted(days_ago: i64, handler: &'static str) -> Screening {
    Screening::Accepted { days_ago, by: "tianyuan", handler }
}

const fn contact(days_ago: i64, channel: Channel, text: &'static str) -> Step {
    Step::Contact { days_ago, channel, by: "dingjing", text }
}

const fn note(days_ago: i64, by: &'static str, kind: &'static str, text: &'static str) -> Step {
    Step::Note { days_ago, by, kind, text }
}

const fn deadline(days_ago: i64, by: &'static str, what: Deadline, why: &'static str) -> Step {
    Step::Deadline { days_ago, by, what, why }
}

const fn close(days_ago: i64, reason: &'static str, reply: &'static str) -> Step {
    Step::Close { days_ago, by: "tianyuan", reason, reply }
}

/// All matters of the script, the oldest first.
pub fn matters() -> Vec<DemoMatter> {
    let parts = [
        counter::MATTERS,
        handling::MATTERS,
        litigation::MATTERS,
        closed::MATTERS,
        special::MATTERS,
        rare::MATTERS,
        replies::MATTERS,
    ];
    let mut all: Vec<DemoMatter> = parts.into_iter().flatten().copied().collect();
    all.sort_by_key(|m| (std::cmp::Reverse(m.days_ago), m.at, m.key));
    all
}

/// `text` with the years put in that it has on the day `today`.
pub fn with_years(text: &str, today: NaiveDate) -> String {
    let year = today.year();
    text.replace("{y0}", &year.to_string())
        .replace("{y1}", &(year - 1).to_string())
        .replace("{y2}", &(year - 2).to_string())
}
