use super::super::allowed::{Case, WantedPause};
use super::super::{derive_of, due};
use super::*;
use crate::deadlines::types::{
    Approver, Code, Mark, PauseReason, Rule, RuleId, RuleStatus, Standing, Trigger,
};
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn plus(date: NaiveDate, days: i64) -> NaiveDate {
    date + chrono::TimeDelta::days(days)
}

fn count(amount: u32, unit: Unit) -> Count {
    Count { amount, unit, roll: true }
}

fn paused(from: &str, until: &str) -> Event {
    Event::Paused { from: day(from), until: day(until), reason: PauseReason::Appraisal }
}

fn resumed(on: &str) -> Event {
    Event::Resumed { on: day(on) }
}

fn due_after(from: &str, amount: u32, unit: Unit, events: &[Event]) -> (String, String) {
    let state = replay(day(from), count(amount, unit), events, &WorkingDays::shipped()).unwrap();
    (state.due.raw_due_on.to_string(), state.due.due_on.to_string())
}

fn pair(raw: &str, due: &str) -> (String, String) {
    (raw.to_owned(), due.to_owned())
}

#[test]
fn paused_days_are_not_counted_in_any_unit() {
    let pause = [paused("2026-11-26", "2026-12-03")];
    assert_eq!(due_after("2026-11-23", 7, Unit::Day, &[]), pair("2026-11-30", "2026-11-30"));
    assert_eq!(due_after("2026-11-23", 7, Unit::Day, &pause), pair("2026-12-07", "2026-12-07"));
    assert_eq!(due_after("2026-11-23", 5, Unit::WorkingDay, &[]), pair("2026-11-30", "2026-11-30"));
    assert_eq!(due_after("2026-11-23", 5, Unit::WorkingDay, &pause), pair("2026-12-07", "2026-12-07"));
    assert_eq!(due_after("2026-11-09", 1, Unit::Month, &[]), pair("2026-12-09", "2026-12-09"));
    assert_eq!(due_after("2026-11-09", 1, Unit::Month, &pause), pair("2026-12-16", "2026-12-16"));
    assert_eq!(due_after("2026-11-09", 0, Unit::MonthEnd, &pause), pair("2026-12-07", "2026-12-07"));
}

#[test]
fn a_pause_after_the_last_day_counts_for_nothing() {
    let late = [paused("2026-12-01", "2026-12-10")];
    assert_eq!(due_after("2026-11-23", 7, Unit::Day, &late), due_after("2026-11-23", 7, Unit::Day, &[]));
    let on_the_last = [paused("2026-11-30", "2026-12-10")];
    assert_eq!(due_after("2026-11-23", 7, Unit::Day, &on_the_last).0, "2026-12-10");
}

#[test]
fn an_early_resumption_takes_back_what_was_not_needed() {
    let course = [paused("2026-11-26", "2026-12-31"), resumed("2026-11-28")];
    assert_eq!(due_after("2026-11-23", 7, Unit::Day, &course[..1]).0, "2027-01-04");
    assert_eq!(due_after("2026-11-23", 7, Unit::Day, &course).0, "2026-12-02");
    let again = [course[0], course[1], paused("2026-11-28", "2026-12-05"), resumed("2026-11-30")];
    assert_eq!(due_after("2026-11-23", 7, Unit::Day, &again).0, "2026-12-04");
}

#[test]
fn a_second_pause_within_the_days_that_make_up_for_the_first_counts_too() {
    let events = [paused("2026-11-20", "2026-11-25"), paused("2026-12-11", "2026-12-14")];
    assert_eq!(due_after("2026-11-09", 1, Unit::Month, &events).0, "2026-12-17");
}

#[test]
fn a_pause_that_lasted_as_long_as_it_may_is_over_by_itself() {
    let events = [paused("2026-11-26", "2026-12-03")];
    let state = replay(day("2026-11-23"), count(7, Unit::Day), &events, &WorkingDays::shipped()).unwrap();
    let to = day("2026-12-03");
    assert_eq!(state.standing(day("2026-11-25")), Standing::Running);
    assert_eq!(state.standing(day("2026-11-26")), Standing::Paused { reason: PauseReason::Appraisal, to });
    assert_eq!(state.standing(day("2026-12-02")), Standing::Paused { reason: PauseReason::Appraisal, to });
    assert_eq!(state.standing(to), Standing::Running);
}

#[test]
fn an_extension_is_counted_from_the_rules_own_end_and_the_first_date_is_kept() {
    let extended = [Event::Extended { days: 30 }];
    let calendar = WorkingDays::shipped();
    let state = replay(day("2026-07-01"), count(60, Unit::Day), &extended, &calendar).unwrap();
    assert_eq!(state.due.raw_due_on, day("2026-09-29"), "90 days, not 30 from the day it moved to");
    assert_eq!(state.original.unwrap().due_on, day("2026-08-31"));
    let months = due_after("2026-08-31", 1, Unit::Month, &[Event::Extended { days: 1 }]);
    assert_eq!(months, pair("2026-10-01", "2026-10-08"));
    let both = [Event::Extended { days: 3 }, paused("2026-11-25", "2026-11-27")];
    assert_eq!(due_after("2026-11-23", 7, Unit::Day, &both).0, "2026-12-05");
}

#[test]
fn a_corrected_start_moves_the_whole_course() {
    let earlier = [Event::StartCorrected { to: day("2026-11-20") }];
    assert_eq!(due_after("2026-11-23", 7, Unit::Day, &earlier).0, "2026-11-27");
    let within = [paused("2026-11-24", "2026-11-27"), Event::StartCorrected { to: day("2026-11-25") }];
    assert_eq!(
        due_after("2026-11-23", 7, Unit::Day, &within).0,
        "2026-12-03",
        "only what lies after the start"
    );
}

#[test]
fn a_day_that_was_named_is_the_day_whatever_was_reckoned() {
    let named = |on: &str| Event::DueNamed { on: day(on) };
    let saturday = [named("2026-11-28")];
    assert_eq!(due_after("2026-11-23", 1, Unit::Month, &saturday), pair("2026-11-28", "2026-11-28"));
    let before = [paused("2026-11-24", "2026-12-01"), Event::Extended { days: 9 }, named("2026-12-20")];
    assert_eq!(due_after("2026-11-23", 7, Unit::Day, &before).1, "2026-12-20");
    let twice = [named("2026-12-20"), named("2026-12-10")];
    assert_eq!(
        due_after("2026-11-23", 7, Unit::Day, &twice).1,
        "2026-12-10",
        "the newest word of the sender"
    );
    let calendar = WorkingDays::shipped();
    let refusal =
        |events: &[Event]| replay(day("2026-11-23"), count(7, Unit::Day), events, &calendar).unwrap_err();
    assert_eq!(refusal(&[saturday[0], Event::Extended { days: 1 }]), ClockRefusal::DueNamed);
    assert_eq!(refusal(&[saturday[0], paused("2026-11-24", "2026-12-01")]), ClockRefusal::DueNamed);
    assert_eq!(refusal(&[named("2026-11-22")]), ClockRefusal::NamedTooEarly);
    let late = Event::StartCorrected { to: day("2026-11-29") };
    assert_eq!(refusal(&[saturday[0], late]), ClockRefusal::NamedTooEarly);
    let state = replay(day("2026-11-23"), count(7, Unit::Day), &saturday, &calendar).unwrap();
    let told = derive_of(&state.course, count(7, Unit::Day), &calendar).unwrap().lines();
    assert!(told.iter().any(|line| line.contains("交办机关指定的期限")), "{told:?}");
}

#[test]
fn what_cannot_follow_is_refused() {
    let calendar = WorkingDays::shipped();
    let refusal =
        |events: &[Event]| replay(day("2026-11-23"), count(7, Unit::Day), events, &calendar).unwrap_err();
    let pause = paused("2026-11-26", "2026-12-03");
    assert_eq!(refusal(&[pause, paused("2026-12-02", "2026-12-09")]), ClockRefusal::PauseOverlaps);
    assert_eq!(refusal(&[pause, pause]), ClockRefusal::PauseOverlaps);
    assert_eq!(refusal(&[paused("2026-11-22", "2026-12-03")]), ClockRefusal::PauseOutside);
    assert_eq!(refusal(&[paused("2026-11-26", "2026-11-26")]), ClockRefusal::PauseLength);
    assert_eq!(refusal(&[paused("2026-11-26", "2027-12-26")]), ClockRefusal::PauseLength);
    assert_eq!(refusal(&[resumed("2026-11-26")]), ClockRefusal::NotPaused);
    assert_eq!(refusal(&[pause, resumed("2026-12-04")]), ClockRefusal::ResumedOutside);
    assert_eq!(refusal(&[pause, resumed("2026-11-25")]), ClockRefusal::ResumedOutside);
    assert_eq!(refusal(&[pause, resumed("2026-11-27"), resumed("2026-11-28")]), ClockRefusal::NotPaused);
    let extended = Event::Extended { days: 5 };
    assert_eq!(refusal(&[extended, extended]), ClockRefusal::AlreadyExtended);
    assert_eq!(refusal(&[Event::Cancelled, extended]), ClockRefusal::Ended);
    assert_eq!(refusal(&[Event::Met { on: day("2026-11-24") }, Event::Cancelled]), ClockRefusal::Ended);
    assert_eq!(refusal(&[Event::Reopened]), ClockRefusal::NotEnded);
    let huge = Event::Extended { days: u32::MAX };
    assert!(matches!(refusal(&[huge]), ClockRefusal::Counting(_)));
}

#[test]
fn each_day_of_a_pause_and_of_an_extension_explains_itself() {
    let events = [paused("2026-11-26", "2026-12-03"), Event::Extended { days: 2 }];
    let calendar = WorkingDays::shipped();
    let state = replay(day("2026-11-23"), count(7, Unit::Day), &events, &calendar).unwrap();
    let told = derive_of(&state.course, count(7, Unit::Day), &calendar).unwrap();
    let lines = told.lines();
    let line = |date: &str| lines.iter().find(|line| line.starts_with(date)).unwrap().clone();
    assert_eq!(line("2026年11月26日"), "2026年11月26日 周四　工作日　中止，不计入（鉴定、审计、评估）");
    assert_eq!(line("2026年12月3日"), "2026年12月3日 周四　工作日　第3日");
    assert_eq!(line("2026年12月9日"), "2026年12月9日 周三　工作日　延期第2日");
    assert!(told.method().contains("中止的日子不计入") && told.method().contains("延期2日"));
    let months = derive_of(
        &replay(day("2026-11-09"), count(1, Unit::Month), &events[..1], &calendar).unwrap().course,
        count(1, Unit::Month),
        &calendar,
    )
    .unwrap();
    let marks: Vec<Mark> = months.steps.iter().map(|step| step.mark).collect();
    assert!(marks.contains(&Mark::MadeUp(7)) && marks.contains(&Mark::Months(1)));
    assert!(months.steps.windows(2).all(|pair| pair[0].date <= pair[1].date));
    assert_eq!(months.steps.last().unwrap().date, day("2026-12-16"));
}

#[test]
fn what_is_left_passes_over_the_pause() {
    let calendar = WorkingDays::shipped();
    let state =
        replay(day("2026-11-23"), count(7, Unit::Day), &[paused("2026-11-26", "2026-12-03")], &calendar);
    let state = state.unwrap();
    let left = |today: &str| remaining(&state, Unit::Day, day(today), &calendar);
    assert_eq!(
        [left("2026-11-20"), left("2026-11-23"), left("2026-11-25"), left("2026-12-01"), left("2026-12-08")],
        [7, 7, 5, 5, 0]
    );
}

/// A reply's rule, counted as given.
fn rule(amount: u32, unit: Unit) -> Rule {
    Rule {
        id: RuleId(1),
        court_id: None,
        code: Code::Reply,
        name: "答复".into(),
        basis: "院定".into(),
        trigger_event: Trigger::Acceptance,
        amount: amount.into(),
        unit,
        roll: true,
        max_extension_days: Some(30),
        extension_by: Some(Approver::President),
        paper: None,
        effective_from: day("2020-01-01"),
        effective_to: None,
        status: RuleStatus::Own,
        note: String::new(),
        in_use: true,
        version: 0,
        extension_told: true,
    }
}

/// What somebody tries on some day.
#[derive(Clone, Copy, Debug)]
enum Try {
    Pause {
        back: i64,
        ahead: i64,
        reason: PauseReason,
    },
    Resume {
        back: i64,
    },
    Extend {
        days: u32,
    },
    Correct {
        back: i64,
    },
    Meet,
    Cancel,
    Reopen,
    /// A comment, an edit, a further contact: no event of the clock at all.
    Comment,
}

fn tries() -> impl Strategy<Value = Vec<(i64, Try)>> {
    let reasons = prop::sample::select(PauseReason::ALL.to_vec());
    let one = prop_oneof![
        4 => (0i64..6, -2i64..40, reasons).prop_map(|(back, ahead, reason)| Try::Pause { back, ahead, reason }),
        3 => (0i64..6).prop_map(|back| Try::Resume { back }),
        2 => (0u32..40).prop_map(|days| Try::Extend { days }),
        1 => (-5i64..20).prop_map(|back| Try::Correct { back }),
        1 => Just(Try::Meet),
        1 => Just(Try::Cancel),
        1 => Just(Try::Reopen),
        3 => Just(Try::Comment),
    ];
    prop::collection::vec((0i64..9, one), 0..24)
}

fn units() -> impl Strategy<Value = Unit> {
    prop::sample::select(vec![Unit::Day, Unit::WorkingDay, Unit::Month])
}

/// The event that this comes to on `today`, if it is let through.
fn attempt(case: &Case<'_>, tried: Try, calendar: &WorkingDays) -> Option<Event> {
    let today = case.today;
    match tried {
        Try::Pause { back, ahead, reason } => {
            let wanted = WantedPause { reason, from: plus(today, -back), until: plus(today, ahead) };
            case.pause(wanted).ok()
        }
        Try::Resume { back } => case.resume(plus(today, -back)).ok(),
        Try::Extend { days } => case.extend(days, calendar).ok(),
        Try::Correct { back } => Some(Event::StartCorrected { to: plus(case.state.course.starts_on, -back) }),
        Try::Meet => Some(Event::Met { on: today }),
        Try::Cancel => Some(Event::Cancelled),
        Try::Reopen => Some(Event::Reopened),
        Try::Comment => None,
    }
    .filter(|event| case.state.course.clone().then(*event).is_ok())
}

proptest! {
    #[test]
    fn whatever_is_tried_an_open_clock_has_one_date_and_only_what_was_let_through_moves_it(
        n in 0i64..700, amount in 0u32..70, unit in units(), tries in tries()
    ) {
        let calendar = WorkingDays::shipped();
        let start = plus(day("2025-01-02"), n);
        let (rule, mut today, mut events) = (rule(amount, unit), start, Vec::new());
        let mut state = replay(start, rule.count(), &events, &calendar).unwrap();
        for (later, tried) in tries {
            today = plus(today, later);
            let case = Case { code: Code::Reply, rule: &rule, state: &state, today };
            let before = state.clone();
            if let Some(event) = attempt(&case, tried, &calendar) {
                events.push(event);
            }
            state = replay(start, rule.count(), &events, &calendar).unwrap();
            prop_assert_eq!(&state, &replay(start, rule.count(), &events, &calendar).unwrap(), "deterministic");
            prop_assert!(state.course.starts_on <= state.due.raw_due_on && state.due.raw_due_on <= state.due.due_on);
            prop_assert!(calendar.is_working_day(state.due.due_on));
            if matches!(tried, Try::Comment) {
                prop_assert_eq!(&state, &before);
            }
            if matches!(tried, Try::Meet | Try::Cancel | Try::Reopen) {
                prop_assert_eq!(&state.due, &before.due, "an end moves no date");
            }
            if matches!(tried, Try::Resume { .. }) {
                prop_assert!(state.due.due_on <= before.due.due_on, "resuming never gains time");
            }
            if matches!(tried, Try::Pause { .. } | Try::Extend { .. }) {
                prop_assert!(state.due.due_on >= before.due.due_on);
            }
        }
        let extensions = events.iter().filter(|event| matches!(event, Event::Extended { .. })).count();
        prop_assert!(extensions <= 1);
        let pauses = &state.course.pauses;
        prop_assert!(pauses.windows(2).all(|pair| pair[0].to <= pair[1].from), "{pauses:?}");
        if let Some(original) = &state.original {
            prop_assert!(original.due_on <= state.due.due_on);
        }
    }

    #[test]
    fn a_pause_that_ends_on_its_own_day_moves_nothing(
        n in 0i64..700, amount in 0u32..70, unit in units(), at in 0i64..40, long in 1i64..300
    ) {
        let calendar = WorkingDays::shipped();
        let start = plus(day("2025-01-02"), n);
        let from = plus(start, at);
        let events = [
            Event::Paused { from, until: plus(from, long), reason: PauseReason::Above },
            Event::Resumed { on: from },
        ];
        let count = count(amount, unit);
        let state = replay(start, count, &events, &calendar).unwrap();
        prop_assert_eq!(state.due, due(start, count, &calendar).unwrap());
    }

    #[test]
    fn a_pause_adds_as_many_days_as_it_took(
        n in 0i64..400, amount in 1u32..70, at in 0i64..90, long in 1i64..300
    ) {
        let calendar = WorkingDays::shipped();
        let start = plus(day("2025-01-02"), n);
        let (from, until) = (plus(start, at), plus(start, at + long));
        let events = [Event::Paused { from, until, reason: PauseReason::Above }];
        for unit in [Unit::Day, Unit::Month] {
            let count = Count { amount: if unit == Unit::Month { amount % 7 } else { amount }, unit, roll: false };
            let plain = due(start, count, &calendar).unwrap().raw_due_on;
            let longer = replay(start, count, &events, &calendar).unwrap().due.raw_due_on;
            let counted_from = from.max(plus(start, 1));
            let taken = if from > plain || counted_from > plain { 0 } else { (until - counted_from).num_days().max(0) };
            prop_assert_eq!((longer - plain).num_days(), taken, "{:?}", unit);
        }
    }

    #[test]
    fn no_stored_nonsense_makes_it_panic(
        n in 0i64..700, amount: u32, days: u32, a in -400i64..400, b in -40_000i64..40_000, unit in units()
    ) {
        let calendar = WorkingDays::shipped();
        let start = plus(day("2025-01-02"), n);
        let events = [
            Event::Paused { from: plus(start, a), until: plus(start, b), reason: PauseReason::Above },
            Event::Extended { days: days % 50_000 },
            Event::StartCorrected { to: plus(start, b) },
            Event::DueNamed { on: plus(start, b) },
        ];
        for some in [&events[..1], &events[1..2], &events[2..3], &events[3..], &events[..]] {
            drop(replay(start, Count { amount: amount % 30_000, unit, roll: true }, some, &calendar));
        }
    }
}
