//! What is typed to demand an answer and to give one, and what is chosen above the register.

use super::actions::Notice;
use super::types::{Manner, Round, State, Supervision, SupervisionFilter, SupervisionId};
use crate::people::StaffId;
use crate::web::form::{Complaints, one_of, paragraphs};
use crate::web::listing::{Cursor, Near, Order, cursor};
use serde::{Deserialize, Serialize};

/// The filters above the register, as they stand in the address.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct SupervisionQuery {
    pub state: String,
    pub round: String,
    pub manner: String,
    /// `overdue`, `soon` or empty.
    pub due: String,
    /// `1`: only those sent to me.
    pub mine: String,
    /// `due` or empty for the newest first.
    pub order: String,
    /// Where the page goes on: an id, or `date_id` by date.
    pub after: String,
}

impl SupervisionQuery {
    pub fn order(&self) -> Order {
        Order::of(&self.order, &self.due)
    }

    /// The filter it comes to for the person `me`. What makes no sense narrows nothing.
    pub fn filter(&self, me: Option<StaffId>, near: &Near) -> SupervisionFilter {
        let due_until = near.until(&self.due);
        let open = due_until.is_some().then_some(State::Open);
        SupervisionFilter {
            state: open.or_else(|| State::from_code(&self.state)),
            round: Round::from_code(&self.round),
            manner: Manner::from_code(&self.manner),
            addressee: me.filter(|_| self.mine == "1"),
            due_until,
        }
    }

    pub fn after(&self) -> Option<Cursor<SupervisionId>> {
        cursor(&self.after)
    }
}

/// A demand as typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct IssueForm {
    /// The newest supervision that the page showed; empty where there was none.
    pub after: String,
    pub manner: String,
    pub addressee: String,
    pub signer: String,
    pub referral: String,
    pub demand: String,
    pub spoken: String,
}

impl IssueForm {
    /// The form that a supervision could have come from.
    pub fn of(row: &Supervision) -> Self {
        IssueForm {
            after: String::new(),
            manner: row.manner.code().to_owned(),
            addressee: row.addressee_id.to_string(),
            signer: row.signed_by.to_string(),
            referral: row.referral.clone(),
            demand: row.demand.clone(),
            spoken: row.spoken.clone(),
        }
    }

    /// The newest supervision that the person had in front of them.
    pub fn after(&self) -> Option<SupervisionId> {
        self.after.parse().ok()
    }

    /// The demand, or everything that is wrong.
    ///
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self) -> Result<Notice, Complaints> {
        let mut complaints = Complaints::default();
        let manner = complaints.hear("manner", one_of(&self.manner, Manner::from_code));
        let staff = |typed: &str| one_of(typed, |id| id.parse::<StaffId>().ok());
        let addressee = complaints.hear("addressee", staff(&self.addressee));
        let signer = complaints.hear("signer", staff(&self.signer));
        let referral = complaints.hear("referral", crate::web::form::words(&self.referral, 0..=60));
        let demand = complaints.hear("demand", paragraphs(&self.demand, 5..=1000));
        let least = match manner {
            Some(Manner::Phone | Manner::OnSite) => 2,
            Some(Manner::Letter) | None => 0,
        };
        let spoken = complaints.hear("spoken", paragraphs(&self.spoken, least..=1000));
        let notice = match (manner, addressee, signer, referral, demand, spoken) {
            (Some(manner), Some(addressee), Some(signer), Some(referral), Some(demand), Some(spoken)) => {
                Some(Notice { manner, addressee, signer, referral, demand, spoken })
            }
            _ => None,
        };
        complaints.verdict(notice)
    }
}

/// An answer as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct AnswerForm {
    pub version: i64,
    pub answer: String,
}

impl AnswerForm {
    /// # Errors
    ///
    /// What is wrong with the answer.
    pub fn check(&self) -> Result<String, Complaints> {
        let mut complaints = Complaints::default();
        let answer = complaints.hear("answer", paragraphs(&self.answer, 10..=2000));
        complaints.verdict(answer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> IssueForm {
        IssueForm {
            manner: "letter".into(),
            addressee: "3".into(),
            signer: "5".into(),
            demand: "请说明执行进展并答复信访人。".into(),
            ..IssueForm::default()
        }
    }

    #[test]
    fn a_call_or_a_visit_says_what_was_said_and_a_letter_need_not() {
        assert!(form().check().is_ok());
        for manner in ["phone", "on_site"] {
            let silent = IssueForm { manner: manner.into(), ..form() };
            assert_eq!(silent.check().unwrap_err().about("spoken").count(), 1);
            let told = IssueForm { spoken: "已电话告知，答应周五前答复。".into(), ..silent };
            assert_eq!(told.check().unwrap().addressee, StaffId(3));
        }
    }

    #[test]
    fn every_complaint_comes_at_once() {
        let wrong = IssueForm::default().check().unwrap_err();
        for field in ["manner", "addressee", "signer", "demand"] {
            assert_eq!(wrong.about(field).count(), 1, "{field}");
        }
    }

    #[test]
    fn what_is_overdue_is_open_and_any_state_comes_by_its_day() {
        let near = Near { yesterday: "2026-11-22".parse().unwrap(), soon: "2026-11-26".parse().unwrap() };
        let late = SupervisionQuery { due: "overdue".into(), state: "answered".into(), ..Default::default() };
        let filter = late.filter(None, &near);
        assert_eq!((filter.state, filter.due_until), (Some(State::Open), Some(near.yesterday)));
        let sorted = SupervisionQuery { order: "due".into(), due: String::new(), ..late };
        assert_eq!((sorted.filter(None, &near).state, sorted.order()), (Some(State::Answered), Order::Due));
    }
}
