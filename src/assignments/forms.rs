//! What is typed of an assignment, of a report, and of the sender's answer; and what is chosen above the register.

use super::types::{AssignmentFilter, AssignmentId, NewAssignment, NewStep, SenderKind, State, Step};
use crate::people::StaffId;
use crate::text::tidy;
use crate::web::form::{Complaints, date_between, date_until, one_of, optional, paragraphs, words};
use crate::web::listing::{Cursor, Near, Order, cursor};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// The furthest day that a sender names: ten years on.
const FURTHEST: Days = Days::new(3_660);

/// An assignment as typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct TakeForm {
    pub sender_kind: String,
    pub sender: String,
    pub number: String,
    pub dated_on: String,
    /// Empty: today.
    pub received_on: String,
    pub due_on: String,
    pub demand: String,
}

impl TakeForm {
    /// What came from above, or everything that is wrong, under the names of the fields.
    pub fn read(&self, today: NaiveDate, complaints: &mut Complaints) -> Option<NewAssignment> {
        let kind = optional(&self.sender_kind, |code| one_of(code, SenderKind::from_code));
        let kind = complaints.hear("sender_kind", kind);
        let sender = complaints.hear("sender", words(&tidy(&self.sender), 2..=60));
        let number = complaints.hear("number", words(&tidy(&self.number), 0..=60));
        let dated_on = optional(&self.dated_on, |typed| date_until(typed, today));
        let dated_on = complaints.hear("dated_on", dated_on);
        let received = optional(&self.received_on, |typed| date_until(typed, today));
        let received_on = complaints.hear("received_on", received).map(|on| on.unwrap_or(today));
        let first = received_on.unwrap_or(today);
        let last = today.checked_add_days(FURTHEST).unwrap_or(today);
        let due_on = optional(&self.due_on, |typed| date_between(typed, first, last));
        let due_on = complaints.hear("due_on", due_on);
        let demand = complaints.hear("demand", paragraphs(&self.demand, 0..=1_000));
        Some(NewAssignment {
            sender_kind: kind?.unwrap_or_else(|| SenderKind::of(sender.as_deref().unwrap_or_default())),
            sender: sender?,
            number: number?,
            dated_on: dated_on?,
            received_on: received_on?,
            due_on: due_on?,
            demand: demand?,
        })
    }

    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self, today: NaiveDate) -> Result<NewAssignment, Complaints> {
        let mut complaints = Complaints::default();
        let new = self.read(today, &mut complaints);
        complaints.verdict(new)
    }
}

/// A step as typed: an objection, a report, or the sender's answer.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct StepForm {
    /// That of the matter's assignments together, as they were shown.
    pub version: i64,
    pub assignment: String,
    pub step: String,
    /// Empty: today.
    pub on_day: String,
    pub number: String,
    pub due_on: String,
    pub signed_by: String,
    pub text: String,
}

impl StepForm {
    /// The step, one of `steps`, or everything that is wrong.
    ///
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(
        &self,
        steps: &[Step],
        today: NaiveDate,
    ) -> Result<((AssignmentId, i64), NewStep), Complaints> {
        let mut complaints = Complaints::default();
        let c = &mut complaints;
        let about = c.hear("assignment", one_of(&self.assignment, |id| id.parse().ok()));
        let known = |code: &str| Step::from_code(code).filter(|step| steps.contains(step));
        let step = c.hear("step", one_of(&self.step, known));
        let on_day = optional(&self.on_day, |typed| date_until(typed, today));
        let on_day = c.hear("on_day", on_day).map(|on| on.unwrap_or(today));
        let number = c.hear("number", words(&tidy(&self.number), 0..=60));
        let due_on = c.hear("due_on", self.due(step, on_day.unwrap_or(today), today));
        let signer = |typed: &str| one_of(typed, |id| id.parse::<StaffId>().ok());
        let signed_by = match step {
            Some(Step::Result) => c.hear("signed_by", signer(&self.signed_by).map(Some)),
            Some(Step::Progress) => c.hear("signed_by", optional(&self.signed_by, signer)),
            _ => Some(None),
        };
        let least = if matches!(step, Some(Step::Accepted | Step::Redated)) { 0 } else { 5 };
        let text = c.hear("text", paragraphs(&self.text, least..=4_000));
        let read = (|| {
            let new = NewStep {
                step: step?,
                on_day: on_day?,
                due_on: due_on?,
                number: number?,
                text: text?,
                signed_by: signed_by?,
            };
            Some(((about?, self.version), new))
        })();
        complaints.verdict(read)
    }

    /// The sender's new day, where the step has one: not before their letter came, but perhaps past already.
    fn due(
        &self,
        step: Option<Step>,
        on_day: NaiveDate,
        today: NaiveDate,
    ) -> Result<Option<NaiveDate>, String> {
        let last = today.checked_add_days(FURTHEST).unwrap_or(today);
        let read = |typed: &str| date_between(typed, on_day, last);
        match step {
            Some(Step::Redated) => read(&self.due_on).map(Some),
            Some(Step::SentBack) => optional(&self.due_on, read),
            _ => Ok(None),
        }
    }
}

/// The filters above the register, as they stand in the address.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct AssignmentQuery {
    pub state: String,
    pub sender_kind: String,
    /// `overdue`, `soon` or empty.
    pub due: String,
    /// `1`: only those of matters that I answer for.
    pub mine: String,
    /// `due` or empty for the newest first.
    pub order: String,
    /// Where the page goes on: an id, or `date_id` by date.
    pub after: String,
}

impl AssignmentQuery {
    pub fn order(&self) -> Order {
        Order::of(&self.order, &self.due)
    }

    /// The filter it comes to for the person `me`. What makes no sense narrows nothing.
    pub fn filter(&self, me: Option<StaffId>, near: &Near) -> AssignmentFilter {
        let due_until = near.until(&self.due);
        AssignmentFilter {
            state: State::from_code(&self.state),
            owed: due_until.is_some() || self.state == "owed",
            sender_kind: SenderKind::from_code(&self.sender_kind),
            due_until,
            accountable: me.filter(|_| self.mine == "1"),
        }
    }

    pub fn after(&self) -> Option<Cursor<AssignmentId>> {
        cursor(&self.after)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assignments::types::{ANSWERS, REPORTS};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn take() -> TakeForm {
        TakeForm {
            sender_kind: "higher_court".into(),
            sender: "平阳市中级人民法院".into(),
            number: " 平中法访交〔2026〕12号 ".into(),
            due_on: "2026-12-10".into(),
            ..TakeForm::default()
        }
    }

    #[test]
    fn the_senders_day_is_not_before_the_paper_came() {
        let today = day("2026-11-23");
        let new = take().check(today).unwrap();
        assert_eq!((new.received_on, new.due_on), (today, Some(day("2026-12-10"))));
        assert_eq!(new.number, "平中法访交〔2026〕12号");
        let early = TakeForm { received_on: "2026-11-20".into(), due_on: "2026-11-19".into(), ..take() };
        assert_eq!(early.check(today).unwrap_err().about("due_on").count(), 1);
        let overdue = TakeForm { due_on: "2026-11-21".into(), ..early };
        assert!(overdue.check(today).is_ok(), "it may have come too late");
        let unnamed = TakeForm { due_on: String::new(), ..take() };
        assert_eq!(unnamed.check(today).unwrap().due_on, None);
    }

    #[test]
    fn the_name_tells_what_kind_of_body_it_is() {
        for (name, kind) in [
            ("平阳市中级人民法院", SenderKind::HigherCourt),
            ("中共石龙区委政法委员会", SenderKind::PoliticalLegal),
            ("石龙区人大常委会", SenderKind::Congress),
            ("平阳市纪委监委", SenderKind::Supervision),
            ("中共平阳市纪律检查委员会", SenderKind::Supervision),
            ("中国人民政治协商会议石龙区委员会", SenderKind::Other),
            ("政协平阳市委员会", SenderKind::Other),
            ("平阳市信访局", SenderKind::Government),
            ("中共石龙区委办公室", SenderKind::Party),
            ("平阳日报社", SenderKind::Other),
        ] {
            let form = TakeForm { sender_kind: String::new(), sender: name.into(), ..take() };
            assert_eq!(form.check(day("2026-11-23")).unwrap().sender_kind, kind, "{name}");
        }
    }

    #[test]
    fn any_state_comes_by_its_day_and_what_is_late_is_owed() {
        let near = Near { yesterday: day("2026-11-22"), soon: day("2026-11-26") };
        let query = |state: &str, due: &str| AssignmentQuery {
            state: state.into(),
            due: due.into(),
            order: "due".into(),
            ..AssignmentQuery::default()
        };
        let settled = query("accepted", "").filter(None, &near);
        assert_eq!((settled.state, settled.owed), (Some(State::Accepted), false));
        assert!(query("", "overdue").filter(None, &near).owed && query("owed", "").filter(None, &near).owed);
        assert_eq!(query("accepted", "").order(), Order::Due);
    }

    #[test]
    fn a_result_is_signed_and_a_new_day_is_named() {
        let today = day("2026-11-23");
        let form = |step: &str| StepForm {
            version: 2,
            assignment: "7".into(),
            step: step.into(),
            text: "已向信访人当面答复，信访人表示接受。".into(),
            ..StepForm::default()
        };
        let unsigned = form("result").check(&REPORTS, today).unwrap_err();
        assert_eq!(unsigned.about("signed_by").count(), 1);
        let signed = StepForm { signed_by: "3".into(), ..form("result") };
        let (about, new) = signed.check(&REPORTS, today).unwrap();
        assert_eq!((about, new.signed_by), ((AssignmentId(7), 2), Some(StaffId(3))));
        assert!(form("progress").check(&REPORTS, today).is_ok());
        assert!(form("result").check(&ANSWERS, today).is_err(), "not one of the sender's answers");
        assert_eq!(form("redated").check(&ANSWERS, today).unwrap_err().about("due_on").count(), 1);
        let later = StepForm { due_on: "2026-12-31".into(), ..form("redated") };
        assert_eq!(later.check(&ANSWERS, today).unwrap().1.due_on, Some(day("2026-12-31")));
        let past = StepForm { on_day: "2026-11-16".into(), due_on: "2026-11-20".into(), ..later };
        assert_eq!(past.check(&ANSWERS, today).unwrap().1.due_on, Some(day("2026-11-20")), "a late entry");
        let before = StepForm { due_on: "2026-11-15".into(), ..past };
        assert_eq!(before.check(&ANSWERS, today).unwrap_err().about("due_on").count(), 1);
    }
}
