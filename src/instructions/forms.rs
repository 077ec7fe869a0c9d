//! What is typed to ask a leader, to instruct, and to follow an instruction; and what is chosen above the register.

use super::actions::{Asked, Given};
use super::rules;
use super::types::{InstructionFilter, InstructionId, State};
use crate::people::StaffId;
use crate::web::form::{Complaints, one_of, paragraphs, read_date};
use crate::web::listing::{Cursor, Near, Order, cursor};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The filters above the register, as they stand in the address.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct InstructionQuery {
    pub state: String,
    /// `leader`, `owner` or `asker`: only where that is me.
    pub mine: String,
    /// `overdue`, `soon` or empty.
    pub due: String,
    /// `due` or empty for the newest first.
    pub order: String,
    /// Where the page goes on: an id, or `date_id` by date.
    pub after: String,
}

impl InstructionQuery {
    pub fn order(&self) -> Order {
        Order::of(&self.order, &self.due)
    }

    /// The filter it comes to for the person `me`. What makes no sense narrows nothing.
    pub fn filter(&self, me: Option<StaffId>, near: &Near) -> InstructionFilter {
        let due_until = near.until(&self.due);
        let given = due_until.is_some().then_some(State::Given);
        let mine = |role: &str| me.filter(|_| self.mine == role);
        InstructionFilter {
            state: given.or_else(|| State::from_code(&self.state)),
            leader: mine("leader"),
            owner: mine("owner"),
            asked_by: mine("asker"),
            due_until,
        }
    }

    pub fn after(&self) -> Option<Cursor<InstructionId>> {
        cursor(&self.after)
    }
}

fn staff(typed: &str) -> Result<StaffId, String> {
    one_of(typed, |id| id.parse::<StaffId>().ok())
}

/// A request as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct AskForm {
    pub leader: String,
    pub question: String,
    pub proposal: String,
}

impl AskForm {
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self) -> Result<Asked, Complaints> {
        let mut complaints = Complaints::default();
        let leader = complaints.hear("leader", staff(&self.leader));
        let question = complaints.hear("question", paragraphs(&self.question, 5..=1000));
        let proposal = complaints.hear("proposal", paragraphs(&self.proposal, 5..=1000));
        let asked = match (leader, question, proposal) {
            (Some(leader), Some(question), Some(proposal)) => Some(Asked { leader, question, proposal }),
            _ => None,
        };
        complaints.verdict(asked)
    }
}

/// An instruction as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct GiveForm {
    pub version: i64,
    pub text: String,
    pub owner: String,
    pub due_on: String,
}

impl GiveForm {
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self, today: NaiveDate) -> Result<Given, Complaints> {
        let mut complaints = Complaints::default();
        let text = complaints.hear("text", paragraphs(&self.text, 2..=1000));
        let owner = complaints.hear("owner", staff(&self.owner));
        let due_on = read_date(&self.due_on)
            .and_then(|day| rules::due(day, today).map(|()| day).map_err(|past| past.to_string()));
        let due_on = complaints.hear("due_on", due_on);
        let given = match (text, owner, due_on) {
            (Some(text), Some(owner), Some(due_on)) => Some(Given { text, owner, due_on }),
            _ => None,
        };
        complaints.verdict(given)
    }
}

/// What is said with a step: evidence, or why something is returned.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct SayForm {
    pub version: i64,
    pub evidence: String,
    pub remark: String,
    /// To whom it is handed on.
    pub owner: String,
}

impl SayForm {
    /// To whom it is handed on, and why.
    ///
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn another(&self) -> Result<(StaffId, String), Complaints> {
        let mut complaints = Complaints::default();
        let owner = complaints.hear("owner", staff(&self.owner));
        let reason = complaints.hear("remark", paragraphs(&self.remark, 5..=500));
        complaints.verdict(owner.zip(reason))
    }

    /// # Errors
    ///
    /// What is wrong with the evidence.
    pub fn evidence(&self) -> Result<String, Complaints> {
        let mut complaints = Complaints::default();
        let evidence = complaints.hear("evidence", paragraphs(&self.evidence, 10..=2000));
        complaints.verdict(evidence)
    }

    /// # Errors
    ///
    /// What is wrong with the remark.
    pub fn remark(&self) -> Result<String, Complaints> {
        let mut complaints = Complaints::default();
        let remark = complaints.hear("remark", paragraphs(&self.remark, 5..=500));
        complaints.verdict(remark)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instruction_says_what_by_whom_and_by_when() {
        let today: NaiveDate = "2026-11-23".parse().unwrap();
        let wrong = GiveForm::default().check(today).unwrap_err();
        for field in ["text", "owner", "due_on"] {
            assert_eq!(wrong.about(field).count(), 1, "{field}");
        }
        let form = |due: &str| GiveForm {
            text: "请执行局三日内启动评估。".into(),
            owner: "3".into(),
            due_on: due.into(),
            ..GiveForm::default()
        };
        assert_eq!(form("2026-11-23").check(today).unwrap().due_on, today);
        assert_eq!(form("2026-11-22").check(today).unwrap_err().about("due_on").count(), 1);
    }

    #[test]
    fn a_request_has_a_question_and_a_proposal() {
        let wrong = AskForm { leader: "2".into(), ..AskForm::default() }.check().unwrap_err();
        assert_eq!(wrong.about("question").count() + wrong.about("proposal").count(), 2);
    }

    #[test]
    fn what_is_overdue_is_being_carried_out_and_any_state_comes_by_its_day() {
        let near = Near { yesterday: "2026-11-22".parse().unwrap(), soon: "2026-11-26".parse().unwrap() };
        let late = InstructionQuery { due: "overdue".into(), mine: "owner".into(), ..Default::default() };
        let filter = late.filter(Some(StaffId(4)), &near);
        assert_eq!((filter.state, filter.owner, filter.leader), (Some(State::Given), Some(StaffId(4)), None));
        let done = InstructionQuery { order: "due".into(), state: "done".into(), ..Default::default() };
        assert_eq!((done.filter(None, &near).state, done.order()), (Some(State::Done), Order::Due));
    }
}
