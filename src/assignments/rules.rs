//! What may follow on what, between this court and whoever assigned a matter. Nothing here reads a clock or a database.

use super::types::{Assignment, AssignmentEvent, NewStep, State, Step};
use crate::web::formats::plain_date;
use chrono::NaiveDate;

/// What of a matter's assignments decides what may happen to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Above {
    /// One may still be objected to.
    pub objectionable: bool,
    /// The result of one is owed.
    pub owed: bool,
    /// One waits for a word of its sender, or for this court's.
    pub unsettled: bool,
}

/// Where a matter's assignments stand. An objection is offered as long as none was made: whether it was in time is a matter
/// of the day on which it was made, not of the day on which somebody types it.
pub fn above(assignments: &[Assignment]) -> Above {
    let any = |step| assignments.iter().any(|one| leads_to(one.state, step).is_ok());
    Above {
        objectionable: any(Step::Objected),
        owed: assignments.iter().any(|one| one.state.owes()),
        unsettled: any(Step::TakenBack),
    }
}

/// The version of a matter's assignments together: it grows with every step of any of them.
pub fn version(assignments: &[Assignment]) -> i64 {
    assignments.iter().map(|one| one.version).sum()
}

/// Why a step can't be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not in this state.
    State(Step, State),
    /// The days for objecting are over.
    TooLateToObject(NaiveDate),
    /// It can't have happened before this day, on which the paper came or the last answer was given.
    TooEarly(NaiveDate),
    /// The new day lies before the answer that names it.
    DueTooEarly(NaiveDate),
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Refusal::State(step, state) => write!(
                f,
                "这件交办现在是“{}”，不能登记“{}”。可能有人刚刚登记过，请返回事项页查看。",
                state.label(),
                step.label()
            ),
            Refusal::TooLateToObject(until) => write!(
                f,
                "提出异议的期限到{}为止，已经过了。认为不属于本院职权的，请与交办机关联系，由其收回。",
                plain_date(*until)
            ),
            Refusal::TooEarly(since) => write!(
                f,
                "日期不能早于{}：交办在那一天收到，或者在那一天有过上一次往来。请核对日期。",
                plain_date(*since)
            ),
            Refusal::DueTooEarly(on) => {
                write!(f, "新的期限不能早于收到答复的日期（{}），请核对来文。", plain_date(*on))
            }
        }
    }
}

impl From<Refusal> for crate::error::Problem {
    fn from(refusal: Refusal) -> Self {
        crate::error::Problem::Refused(refusal.to_string())
    }
}

/// Where a step leads from where an assignment stands.
///
/// # Errors
///
/// That the step can't follow.
pub fn leads_to(state: State, step: Step) -> Result<State, Refusal> {
    match (state, step) {
        (State::Open, Step::Objected) => Ok(State::Objected),
        (State::Open | State::Objected, Step::Progress | Step::Redated) => Ok(state),
        (State::Open | State::Objected, Step::Result) => Ok(State::Reported),
        (State::Objected, Step::Upheld) | (State::Reported, Step::SentBack) => Ok(State::Open),
        (State::Reported, Step::Accepted) => Ok(State::Accepted),
        (State::Open | State::Objected | State::Reported, Step::TakenBack) => Ok(State::TakenBack),
        (state, step) => Err(Refusal::State(step, state)),
    }
}

/// The first day on which the next step of an assignment can have been taken: that of what last moved it, or on which it
/// came. What was only told on the way may have crossed with the sender's answer.
pub fn since(assignment: &Assignment, events: &[AssignmentEvent]) -> NaiveDate {
    let moved = events.iter().filter(|event| event.kind != Step::Progress).map(|event| event.on_day);
    moved.fold(assignment.received_on, NaiveDate::max)
}

/// Where an assignment stands after a step taken on the day that it says, at the earliest on `since`.
///
/// # Errors
///
/// That the step can't follow; that it is too late to object, or earlier than it can have been.
pub fn after(assignment: &Assignment, since: NaiveDate, new: &NewStep) -> Result<State, Refusal> {
    let state = leads_to(assignment.state, new.step)?;
    if new.on_day < since {
        return Err(Refusal::TooEarly(since));
    }
    if new.due_on.is_some_and(|due| due < new.on_day) {
        return Err(Refusal::DueTooEarly(new.on_day));
    }
    match assignment.objection_until.filter(|until| new.step == Step::Objected && new.on_day > *until) {
        Some(until) => Err(Refusal::TooLateToObject(until)),
        None => Ok(state),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assignments::types::{AssignmentEventId, AssignmentId, SenderKind};
    use crate::deadlines::ClockId;
    use crate::matters::MatterId;
    use crate::people::{CourtId, StaffId};
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn assignment(state: State) -> Assignment {
        Assignment {
            id: AssignmentId(1),
            court_id: CourtId(1),
            matter_id: MatterId(1),
            contact_id: None,
            sender_kind: SenderKind::HigherCourt,
            sender: "平阳市中级人民法院".into(),
            number: String::new(),
            dated_on: None,
            received_on: day("2026-11-23"),
            demand: String::new(),
            objection_until: Some(day("2026-11-30")),
            clock_id: ClockId(1),
            state,
            recorded_by: StaffId(1),
            recorded_at: day("2026-11-23").and_hms_opt(1, 0, 0).unwrap(),
            version: 0,
        }
    }

    /// What may follow in each state, and where it leads.
    #[test]
    fn each_state_has_its_steps() {
        use State::{Accepted, Objected, Open, Reported, TakenBack};
        let table: [(State, &[(Step, State)]); 5] = [
            (
                Open,
                &[
                    (Step::Objected, Objected),
                    (Step::Progress, Open),
                    (Step::Result, Reported),
                    (Step::Redated, Open),
                    (Step::TakenBack, TakenBack),
                ],
            ),
            (
                Objected,
                &[
                    (Step::Progress, Objected),
                    (Step::Result, Reported),
                    (Step::Upheld, Open),
                    (Step::Redated, Objected),
                    (Step::TakenBack, TakenBack),
                ],
            ),
            (Reported, &[(Step::SentBack, Open), (Step::Accepted, Accepted), (Step::TakenBack, TakenBack)]),
            (Accepted, &[]),
            (TakenBack, &[]),
        ];
        for (state, steps) in table {
            for step in Step::ALL {
                let wanted = steps.iter().find(|(one, _)| one == step).map(|(_, to)| *to);
                assert_eq!(leads_to(state, *step).ok(), wanted, "{state:?} {step:?}");
            }
        }
    }

    #[test]
    fn after_five_working_days_nobody_objects_any_more() {
        let open = assignment(State::Open);
        let objected = |on: &str| step(Step::Objected, on, None);
        let after = |one: &Assignment, new: NewStep| after(one, one.received_on, &new);
        assert_eq!(after(&open, objected("2026-11-30")), Ok(State::Objected), "whenever it is typed");
        let late = after(&open, objected("2026-12-01")).unwrap_err();
        assert_eq!(late, Refusal::TooLateToObject(day("2026-11-30")));
        assert!(late.to_string().contains("2026年11月30日"), "{late}");
        let unlimited = Assignment { objection_until: None, ..open };
        assert!(after(&unlimited, objected("2027-12-01")).is_ok());
    }

    fn step(kind: Step, on: &str, due_on: Option<&str>) -> NewStep {
        NewStep {
            step: kind,
            on_day: day(on),
            due_on: due_on.map(day),
            number: String::new(),
            text: "已经报告。".into(),
            signed_by: None,
        }
    }

    #[test]
    fn nothing_happens_before_it_can_and_no_new_day_lies_before_its_letter() {
        let reported = assignment(State::Reported);
        let since = day("2026-12-05");
        let sent_back = |on: &str, due: Option<&str>| after(&reported, since, &step(Step::SentBack, on, due));
        assert_eq!(sent_back("2026-12-04", None), Err(Refusal::TooEarly(since)));
        assert_eq!(sent_back("2026-12-05", Some("2026-12-04")), Err(Refusal::DueTooEarly(since)));
        assert_eq!(sent_back("2026-12-05", Some("2026-12-05")), Ok(State::Open));
        let event = |kind: Step, on: &str| AssignmentEvent {
            id: AssignmentEventId(1),
            court_id: CourtId(1),
            assignment_id: AssignmentId(1),
            kind,
            on_day: day(on),
            due_on: None,
            number: String::new(),
            text: String::new(),
            signed_by: None,
            signed_name: None,
            by_id: StaffId(1),
            by_name: String::new(),
            at: day(on).and_hms_opt(1, 0, 0).unwrap(),
        };
        let one = assignment(State::Open);
        assert_eq!(super::since(&one, &[]), one.received_on);
        let told = [event(Step::Redated, "2026-11-25"), event(Step::Progress, "2026-12-20")];
        assert_eq!(
            super::since(&one, &told),
            day("2026-11-25"),
            "a report on the way may cross with an answer"
        );
    }

    #[test]
    fn what_is_owed_is_owed_while_one_of_them_waits() {
        assert_eq!(above(&[]), Above::default());
        let both = [assignment(State::Accepted), assignment(State::Objected)];
        assert_eq!(above(&both), Above { objectionable: false, owed: true, unsettled: true });
        let told = above(&[assignment(State::Reported)]);
        assert_eq!(told, Above { objectionable: false, owed: false, unsettled: true });
    }

    proptest! {
        /// Whatever is tried: a result is owed until it is reported or the sender takes the matter back, and what is
        /// settled stays so.
        #[test]
        fn nothing_owed_is_lost(steps in proptest::collection::vec(0..Step::ALL.len(), 0..12)) {
            let mut one = assignment(State::Open);
            for step in steps {
                let step = Step::ALL[step];
                let before = one.state;
                if let Ok(state) = leads_to(one.state, step) {
                    prop_assert!(!matches!(before, State::Accepted | State::TakenBack));
                    if before.owes() && !state.owes() {
                        prop_assert!(matches!(step, Step::Result | Step::TakenBack));
                    }
                    one.state = state;
                }
            }
        }
    }
}
