//! What may follow on what, between this court and whoever assigned a matter. Nothing here reads a clock or a database.

use super::types::{Assignment, State, Step};
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

/// Where a matter's assignments stand on a day.
pub fn above(assignments: &[Assignment], today: NaiveDate) -> Above {
    let any = |step| assignments.iter().any(|one| after(one, step, today).is_ok());
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
                crate::web::formats::plain_date(*until)
            ),
        }
    }
}

impl From<Refusal> for crate::error::Problem {
    fn from(refusal: Refusal) -> Self {
        crate::error::Problem::Refused(refusal.to_string())
    }
}

/// Where an assignment stands after a step taken on `today`.
///
/// # Errors
///
/// That the step can't follow; that it is too late to object.
pub fn after(assignment: &Assignment, step: Step, today: NaiveDate) -> Result<State, Refusal> {
    let late = assignment.objection_until.filter(|until| today > *until);
    match (assignment.state, step) {
        (State::Open, Step::Objected) => match late {
            Some(until) => Err(Refusal::TooLateToObject(until)),
            None => Ok(State::Objected),
        },
        (State::Open | State::Objected, Step::Progress | Step::Redated) => Ok(assignment.state),
        (State::Open | State::Objected, Step::Result) => Ok(State::Reported),
        (State::Objected, Step::Upheld) | (State::Reported, Step::SentBack) => Ok(State::Open),
        (State::Reported, Step::Accepted) => Ok(State::Accepted),
        (State::Open | State::Objected | State::Reported, Step::TakenBack) => Ok(State::TakenBack),
        (state, step) => Err(Refusal::State(step, state)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assignments::types::{AssignmentId, SenderKind};
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
                let got = after(&assignment(state), *step, day("2026-11-30"));
                assert_eq!(got.ok(), wanted, "{state:?} {step:?}");
            }
        }
    }

    #[test]
    fn after_five_working_days_nobody_objects_any_more() {
        let open = assignment(State::Open);
        let late = after(&open, Step::Objected, day("2026-12-01")).unwrap_err();
        assert_eq!(late, Refusal::TooLateToObject(day("2026-11-30")));
        assert!(late.to_string().contains("2026年11月30日"), "{late}");
        let unlimited = Assignment { objection_until: None, ..open };
        assert!(after(&unlimited, Step::Objected, day("2027-12-01")).is_ok());
    }

    #[test]
    fn what_is_owed_is_owed_while_one_of_them_waits() {
        let today = day("2026-11-24");
        assert_eq!(above(&[], today), Above::default());
        let both = [assignment(State::Accepted), assignment(State::Objected)];
        assert_eq!(above(&both, today), Above { objectionable: false, owed: true, unsettled: true });
        let told = above(&[assignment(State::Reported)], today);
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
                if let Ok(state) = after(&one, step, day("2026-11-25")) {
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
