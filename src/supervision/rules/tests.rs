use super::*;
use chrono::Days;
use proptest::prelude::*;

fn day(n: u64) -> NaiveDate {
    "2026-11-23".parse::<NaiveDate>().unwrap() + Days::new(n)
}

fn latest(round: Round, state: State) -> Latest {
    Latest { id: SupervisionId(1), series: 3, round, state, due_on: day(5) }
}

#[test]
fn a_first_demand_opens_a_series_and_an_answer_ends_it() {
    assert_eq!(next(false, None, day(0)), Ok((1, Round::First)));
    assert_eq!(next(true, None, day(0)), Err(Refusal::MatterClosed));
    for round in Round::ALL {
        assert_eq!(next(false, Some(latest(*round, State::Answered)), day(0)), Ok((4, Round::First)));
    }
}

#[test]
fn the_due_day_itself_is_still_in_time() {
    let first = Some(latest(Round::First, State::Open));
    assert_eq!(next(false, first, day(5)), Err(Refusal::StillOpen));
    assert_eq!(next(false, first, day(6)), Ok((3, Round::Second)));
    let second = Some(latest(Round::Second, State::Open));
    assert_eq!(next(false, second, day(6)), Ok((3, Round::Report)));
    let report = Some(latest(Round::Report, State::Open));
    assert_eq!(next(false, report, day(60)), Err(Refusal::ReportedAlready));
}

#[test]
fn the_job_waits_a_working_day_and_never_goes_beyond_the_report() {
    for (round, harder) in
        [(Round::First, Some(Round::Second)), (Round::Second, Some(Round::Report)), (Round::Report, None)]
    {
        assert_eq!(hardens(false, latest(round, State::Open), 0), None);
        assert_eq!(hardens(false, latest(round, State::Open), 1), harder);
        assert_eq!(hardens(true, latest(round, State::Open), 9), None);
        assert_eq!(hardens(false, latest(round, State::Answered), 9), None);
        assert_eq!(hardens(false, latest(round, State::Hardened), 9), None);
    }
}

#[test]
fn a_day_has_passed_in_its_evening() {
    assert_eq!(passed(day(3), 17), day(2));
    assert_eq!(passed(day(3), 18), day(3));
}

#[test]
fn only_the_addressee_or_whoever_answers_for_the_matter_answers_once() {
    let (me, other, third) = (StaffId(1), StaffId(2), StaffId(3));
    assert_eq!(answer(false, State::Open, me, me, other), Ok(()));
    assert_eq!(answer(false, State::Open, me, other, me), Ok(()));
    assert_eq!(answer(false, State::Open, me, other, third), Err(Refusal::NotTheAddressee));
    assert_eq!(answer(false, State::Answered, me, me, me), Err(Refusal::AlreadyAnswered));
    assert_eq!(answer(false, State::Hardened, me, me, me), Err(Refusal::AlreadyAnswered));
    assert_eq!(answer(true, State::Open, me, me, me), Err(Refusal::MatterClosed));
}

/// What may happen to a matter under supervision on one day.
#[derive(Clone, Copy, Debug)]
enum Event {
    /// The nightly job runs, perhaps again.
    Night,
    Answer,
    /// The officer presses the button.
    ByHand,
    Close,
}

proptest! {
    /// Whatever happens in whatever order: each round of a series comes once, in order, never before its time, and
    /// nothing follows an answer, the report or the closing but a new series.
    #[test]
    fn a_series_hardens_in_order_each_round_once_and_never_early(
        events in prop::collection::vec((0u64..4, prop_oneof![
            4 => Just(Event::Night), 1 => Just(Event::Answer), 2 => Just(Event::ByHand), 1 => Just(Event::Close)
        ]), 1..60),
        allowed in 1u64..6,
    ) {
        let (mut today, mut closed) = (0_u64, false);
        let mut issued: Vec<(i64, Round, u64)> = Vec::new();
        let mut now: Option<Latest> = None;
        let mut raise = |now: &mut Option<Latest>, series: i64, round: Round, today: u64| {
            issued.push((series, round, today));
            *now = Some(Latest { id: SupervisionId(1), series, round, state: State::Open, due_on: day(today + allowed) });
        };
        for (passed, event) in events {
            today += passed;
            match event {
                Event::Close => closed = true,
                Event::Answer => {
                    if let Some(latest) = now.as_mut()
                        && answer(closed, latest.state, StaffId(1), StaffId(1), StaffId(1)).is_ok()
                    {
                        latest.state = State::Answered;
                    }
                }
                Event::ByHand => {
                    if let Ok((series, round)) = next(closed, now, day(today)) {
                        prop_assert!(!closed);
                        raise(&mut now, series, round, today);
                    }
                }
                Event::Night => {
                    if let Some(latest) = now {
                        let late = (day(today) - latest.due_on).num_days().max(0);
                        if let Some(round) = hardens(closed, latest, usize::try_from(late).unwrap()) {
                            prop_assert!(!closed && latest.state == State::Open);
                            raise(&mut now, latest.series, round, today);
                        }
                    }
                }
            }
        }
        for pair in issued.windows(2) {
            let [(series, round, on), (next_series, next_round, next_on)] = pair else { unreachable!() };
            if series == next_series {
                prop_assert_eq!(harder(*round), Some(*next_round));
                prop_assert!(*next_on > on + allowed);
            } else {
                prop_assert_eq!((*next_series, *next_round), (series + 1, Round::First));
            }
        }
    }
}
