//! Who may move an instruction on, and to where. Nothing here reads a clock, a database or a request.

use super::types::State;
use crate::error::Problem;
use crate::people::StaffId;
use chrono::NaiveDate;

/// What can be done with an instruction that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The leader says who does what by when (批示).
    Give,
    /// The leader sends the request back (退回).
    Return,
    /// Whoever asked takes the request back (撤回).
    Withdraw,
    /// The owner says that it is done (办结).
    Finish,
    /// Somebody else agrees that it is (确认).
    Confirm,
    /// Somebody else says that it isn't (退回重办).
    SendBack,
    /// The leader or the office gives it to another owner, because the first has left or was moved (改由他人落实).
    HandOn,
}

impl Step {
    pub const ALL: [Step; 7] =
        [Step::Give, Step::Return, Step::Withdraw, Step::Finish, Step::Confirm, Step::SendBack, Step::HandOn];

    /// From where, to where.
    const fn way(self) -> (State, State) {
        match self {
            Step::Give => (State::Asked, State::Given),
            Step::Return => (State::Asked, State::Returned),
            Step::Withdraw => (State::Asked, State::Withdrawn),
            Step::Finish => (State::Given, State::Done),
            Step::Confirm => (State::Done, State::Confirmed),
            Step::SendBack => (State::Done, State::Given),
            Step::HandOn => (State::Given, State::Given),
        }
    }
}

/// Why a step can't be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    NotNow(State),
    NotTheLeader,
    NotTheAsker,
    NotTheOwner,
    OwnConfirmation,
    NotYoursToConfirm,
    NotYoursToHandOn,
    PastDate,
    MatterClosed,
    ToYourself,
    NoLeader,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Refusal::NotNow(state) => {
                return write!(f, "这份批示现在是“{}”，不能这样办理。请刷新后查看最新情况。", state.label());
            }
            Refusal::NotTheLeader => "这份请示不是报给您的，请由被请示的领导批示。",
            Refusal::NotTheAsker => "这份请示不是您提出的，请由提出人撤回。",
            Refusal::NotTheOwner => "这份批示不由您落实，请由承办人填写落实情况。",
            Refusal::OwnConfirmation => {
                "自己落实的批示不能由自己确认，请由请示人、批示领导或者信访专干确认。"
            }
            Refusal::NotYoursToConfirm => "这份批示由请示人、批示领导或者信访专干确认。",
            Refusal::NotYoursToHandOn => "这份批示由批示领导或者信访专干改交他人落实。",
            Refusal::PastDate => "落实期限不能早于今天，请重新填写。",
            Refusal::MatterClosed => "这件事项已经办结，不再请示和批示。",
            Refusal::ToYourself => "不能向自己请示。您可以直接批示。",
            Refusal::NoLeader => "没有能够请示的院领导：须回避的和看不到这件事项的领导不在名单里。",
        })
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Problem::Refused(refusal.to_string())
    }
}

/// Whom an instruction concerns, and how the person who acts stands to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parties {
    pub me: StaffId,
    pub leader: StaffId,
    pub asker: Option<StaffId>,
    pub owner: Option<StaffId>,
    /// The person follows instructions up for the office (信访专干).
    pub office: bool,
}

/// Where `step` leads from `state`, for the person of `parties`: also what shows a button.
///
/// # Errors
///
/// Why not.
pub fn step(state: State, step: Step, parties: &Parties) -> Result<State, Refusal> {
    let (from, to) = step.way();
    if state != from {
        return Err(Refusal::NotNow(state));
    }
    let me = Some(parties.me);
    match step {
        Step::Give | Step::Return if parties.me != parties.leader => Err(Refusal::NotTheLeader),
        Step::Withdraw if me != parties.asker => Err(Refusal::NotTheAsker),
        Step::Finish if me != parties.owner => Err(Refusal::NotTheOwner),
        Step::Confirm | Step::SendBack if me == parties.owner => Err(Refusal::OwnConfirmation),
        Step::Confirm | Step::SendBack
            if parties.me != parties.leader && me != parties.asker && !parties.office =>
        {
            Err(Refusal::NotYoursToConfirm)
        }
        Step::HandOn if parties.me != parties.leader && !parties.office => Err(Refusal::NotYoursToHandOn),
        Step::Give
        | Step::Return
        | Step::Withdraw
        | Step::Finish
        | Step::Confirm
        | Step::SendBack
        | Step::HandOn => Ok(to),
    }
}

/// An instruction is due today at the earliest.
///
/// # Errors
///
/// `PastDate`.
pub fn due(due_on: NaiveDate, today: NaiveDate) -> Result<(), Refusal> {
    if due_on < today { Err(Refusal::PastDate) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LEADER: StaffId = StaffId(1);
    const ASKER: StaffId = StaffId(2);
    const OWNER: StaffId = StaffId(3);
    const OFFICE: StaffId = StaffId(4);
    const STRANGER: StaffId = StaffId(5);

    fn as_seen_by(me: StaffId) -> Parties {
        Parties { me, leader: LEADER, asker: Some(ASKER), owner: Some(OWNER), office: me == OFFICE }
    }

    #[test]
    fn exactly_these_people_make_exactly_these_steps() {
        for me in [LEADER, ASKER, OWNER, OFFICE, STRANGER] {
            for one in Step::ALL {
                let allowed = match one {
                    Step::Give | Step::Return => me == LEADER,
                    Step::Withdraw => me == ASKER,
                    Step::Finish => me == OWNER,
                    Step::Confirm | Step::SendBack => [LEADER, ASKER, OFFICE].contains(&me),
                    Step::HandOn => [LEADER, OFFICE].contains(&me),
                };
                let (from, to) = one.way();
                let made = step(from, one, &as_seen_by(me));
                assert_eq!(made.ok(), allowed.then_some(to), "{me:?} {one:?}");
                for state in State::ALL.iter().filter(|state| **state != from) {
                    assert_eq!(step(*state, one, &as_seen_by(me)), Err(Refusal::NotNow(*state)));
                }
            }
        }
    }

    #[test]
    fn a_leader_who_took_it_on_does_not_confirm_it() {
        let own = Parties { owner: Some(LEADER), ..as_seen_by(LEADER) };
        assert_eq!(step(State::Done, Step::Confirm, &own), Err(Refusal::OwnConfirmation));
        let office = Parties { owner: Some(LEADER), ..as_seen_by(OFFICE) };
        assert_eq!(step(State::Done, Step::Confirm, &office), Ok(State::Confirmed));
    }

    #[test]
    fn today_is_the_earliest_day() {
        let today: NaiveDate = "2026-11-23".parse().unwrap();
        assert_eq!(due(today, today), Ok(()));
        assert_eq!(due(today.pred_opt().unwrap(), today), Err(Refusal::PastDate));
    }

    proptest! {
        /// Whoever presses whatever in whatever order: nothing is confirmed by its owner, nor without having been done
        /// after it was given, and what has ended stays ended.
        #[test]
        fn nothing_is_confirmed_that_was_not_done_by_its_owner(
            presses in prop::collection::vec((0usize..7, 1i64..6), 0..40),
            asked in any::<bool>(),
        ) {
            let mut state = if asked { State::Asked } else { State::Given };
            let mut finished = false;
            for (which, me) in presses {
                let one = Step::ALL[which];
                let Ok(to) = step(state, one, &as_seen_by(StaffId(me))) else { continue };
                match one {
                    Step::Finish => finished = true,
                    Step::SendBack => finished = false,
                    Step::Confirm => prop_assert!(finished && me != OWNER.0),
                    Step::Give | Step::Return | Step::Withdraw | Step::HandOn => prop_assert!(!finished),
                }
                prop_assert!(!matches!(state, State::Returned | State::Confirmed | State::Withdrawn));
                state = to;
            }
        }
    }
}
