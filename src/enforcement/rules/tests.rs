use super::*;
use crate::enforcement::types::PaidBy;
use crate::matters::MatterId;
use crate::people::{CourtId, StaffId};
use PostingKind::{Due, Paid};
use chrono::Days;
use proptest::prelude::*;

fn day(n: u64) -> NaiveDate {
    "2026-11-23".parse::<NaiveDate>().unwrap() + Days::new(n)
}

fn posting(id: i64, kind: PostingKind, amount_fen: i64, on: u64) -> Posting {
    Posting {
        id: PostingId(id),
        court_id: CourtId(1),
        matter_id: MatterId(1),
        kind,
        amount_fen,
        happened_on: day(on),
        manner: (kind == Paid).then_some(PaidBy::Deducted),
        payer: String::new(),
        note: String::new(),
        reverses_id: None,
        by_id: StaffId(1),
        at: day(on).and_hms_opt(9, 0, 0).unwrap(),
        submission: id.to_string(),
        replaces_id: None,
    }
}

fn counter(id: i64, of: &Posting) -> Posting {
    Posting {
        id: PostingId(id),
        amount_fen: -of.amount_fen,
        reverses_id: Some(of.id),
        submission: id.to_string(),
        ..of.clone()
    }
}

#[test]
fn the_newest_sum_fixed_is_in_force_and_payments_add_up() {
    let lines = [posting(1, Due, 1_000, 0), posting(2, Paid, 300, 1), posting(3, Paid, 200, 2)];
    assert_eq!(balance(&lines), Balance { due: Some(1_000), paid: 500 });
    assert_eq!((balance(&lines).left(), balance(&lines).percent()), (Some(500), Some(50)));
    let changed = [&lines[..], &[posting(4, Due, 600, 3)]].concat();
    assert_eq!(balance(&changed).due, Some(600));
    let of_an_earlier_day = [&changed[..], &[posting(5, Due, 900, 2)]].concat();
    assert_eq!(balance(&of_an_earlier_day).due, Some(600), "entered later, but of an earlier day");
    let typo = posting(4, Due, 100, 3);
    let corrected = Posting { replaces_id: Some(typo.id), ..posting(7, Due, 1_000, 3) };
    let changed_later = [typo.clone(), posting(5, Due, 600, 3), counter(6, &typo), corrected];
    assert_eq!(balance(&changed_later).due, Some(600), "an older one that is corrected stays older");
    let of_the_same_day = [&changed[..], &[posting(5, Due, 900, 3)]].concat();
    assert_eq!(balance(&of_the_same_day).due, Some(900));
}

#[test]
fn a_sum_taken_back_leaves_the_one_before_in_force() {
    let (first, second) = (posting(1, Due, 1_000, 0), posting(2, Due, 100, 1));
    let back = counter(3, &second);
    assert_eq!(balance(&[first.clone(), second, back]).due, Some(1_000));
    let back = counter(2, &first);
    assert_eq!(balance(&[first, back]), Balance::default());
}

#[test]
fn a_balance_says_what_is_left() {
    let cases = [
        (None, 0, 0, None, "还没有确定"),
        (Some(1_000), 0, 1_000, Some(0), "还有 ¥10.00 元"),
        (Some(1_000), 999, 1, Some(99), "还有 ¥0.01 元"),
        (Some(1_000), 1_000, 0, Some(100), "已经全部到账"),
        (Some(1_000), 1_500, 0, Some(150), "多 ¥5.00 元"),
    ];
    for (due, paid, outstanding, percent, words) in cases {
        let balance = Balance { due, paid };
        assert_eq!((balance.outstanding(), balance.percent()), (outstanding, percent), "{balance:?}");
        assert!(balance.sentence().contains(words), "{}", balance.sentence());
    }
}

#[test]
fn what_was_taken_back_is_not_taken_back_again() {
    let paid = posting(1, Paid, 300, 0);
    let back = counter(2, &paid);
    let both = [paid.clone(), back.clone()];
    assert_eq!(reverse(&paid, &both[..1], None), Ok(()));
    assert_eq!(reverse(&paid, &both[..1], Some(301)), Ok(()));
    assert_eq!(reverse(&paid, &both[..1], Some(300)), Err(Refusal::SameAmount));
    assert_eq!(reverse(&paid, &both, None), Err(Refusal::AlreadyReversed));
    assert_eq!(reverse(&back, &both, None), Err(Refusal::CounterEntry));
}

#[test]
fn a_task_ends_within_its_limit_and_only_of_an_open_matter() {
    let (today, limit) = (day(5), day(15));
    let cases: [(&[NaiveDate], Result<(), Refusal>); 5] = [
        (&[day(5), day(15)], Ok(())),
        (&[], Err(Refusal::NoMeasure)),
        (&[day(4)], Err(Refusal::DueOutside)),
        (&[day(16)], Err(Refusal::DueOutside)),
        (&[day(10), day(16)], Err(Refusal::DueOutside)),
    ];
    for (due, expected) in cases {
        assert_eq!(issue(Stage::Handling, today, limit, due), expected, "{due:?}");
    }
    for stage in Stage::ALL {
        let closed = *stage == Stage::Closed;
        assert_eq!(issue(*stage, today, limit, &[day(9)]).is_err(), closed);
        assert_eq!(add(*stage, today, limit, day(9)).is_err(), closed);
    }
    assert_eq!(add(Stage::Handling, day(16), limit, day(16)), Err(Refusal::LimitPast));
    assert_eq!(add(Stage::Handling, day(15), limit, day(15)), Ok(()));
}

#[test]
fn only_an_open_measure_changes_hands() {
    assert_eq!(pass_on(Stage::Handling, None, false), Ok(()));
    assert_eq!(pass_on(Stage::Handling, None, true), Err(Refusal::SameOwner));
    assert_eq!(pass_on(Stage::Handling, Some(day(1)), false), Err(Refusal::DoneAlready));
    assert_eq!(pass_on(Stage::Closed, None, false), Err(Refusal::MatterClosed));
}

#[derive(Clone, Debug)]
enum Deed {
    Fix(i64, u64),
    Pay(i64, u64),
    /// Takes back the posting of this number, if the rule lets it.
    Reverse(usize),
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        2 => (AMOUNT, 0_u64..9).prop_map(|(amount, on)| Deed::Fix(amount, on)),
        4 => (AMOUNT, 0_u64..9).prop_map(|(amount, on)| Deed::Pay(amount, on)),
        3 => (0_usize..40).prop_map(Deed::Reverse),
    ]
}

proptest! {
    /// Whatever is posted in whatever order: the sums stay within their bounds, what is left is what is due less what is
    /// paid, and what was taken back counts for nothing.
    #[test]
    fn a_ledger_always_balances_and_corrections_cancel(deeds in prop::collection::vec(deed(), 0..60)) {
        let mut lines: Vec<Posting> = Vec::new();
        for (id, deed) in (1_i64..).zip(deeds) {
            match deed {
                Deed::Fix(amount, on) => lines.push(posting(id, Due, amount, on)),
                Deed::Pay(amount, on) => if pay(balance(&lines), amount).is_ok() {
                    lines.push(posting(id, Paid, amount, on));
                },
                Deed::Reverse(at) => if let Some(of) = lines.get(at).cloned()
                    && reverse(&of, &lines, None).is_ok()
                {
                    lines.push(counter(id, &of));
                },
            }
            let now = balance(&lines);
            prop_assert!((0..=MOST_FEN).contains(&now.paid));
            prop_assert_eq!(now.left(), now.due.map(|due| due - now.paid));
            prop_assert!((0..=MOST_FEN).contains(&now.outstanding()));
            let taken_back: HashSet<_> = lines.iter().filter_map(|line| line.reverses_id).collect();
            let stands = |line: &&Posting| line.reverses_id.is_none() && !taken_back.contains(&line.id);
            let standing: Vec<Posting> = lines.iter().filter(stands).cloned().collect();
            prop_assert_eq!(balance(&standing), now);
        }
    }
}

#[test]
fn what_failed_goes_on_until_who_sets_tasks_gives_it_up() {
    let days = |on: u64| (day(1), day(on), day(5));
    assert_eq!(ended(Outcome::Done, false, days(5)), Ok(Some(day(5))));
    assert_eq!(ended(Outcome::GoingOn, false, days(3)), Ok(None));
    assert_eq!(ended(Outcome::GivenUp, false, days(3)), Err(Refusal::NotYoursToGiveUp));
    assert_eq!(ended(Outcome::GivenUp, true, days(3)), Ok(Some(day(3))));
    for outside in [0, 6] {
        assert_eq!(ended(Outcome::GoingOn, true, days(outside)), Err(Refusal::DoneOutside));
    }
}
