use super::*;
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn a_month_and_its_ten_days_have_first_and_last_days() {
    for (on, month, ten) in [
        ("2026-11-01", ("2026-11-01", "2026-11-30"), ("2026-11-01", "2026-11-10")),
        ("2026-11-10", ("2026-11-01", "2026-11-30"), ("2026-11-01", "2026-11-10")),
        ("2026-11-11", ("2026-11-01", "2026-11-30"), ("2026-11-11", "2026-11-20")),
        ("2026-12-31", ("2026-12-01", "2026-12-31"), ("2026-12-21", "2026-12-31")),
        ("2028-02-29", ("2028-02-01", "2028-02-29"), ("2028-02-21", "2028-02-29")),
    ] {
        assert_eq!(month_of(day(on)), (day(month.0), day(month.1)), "{on}");
        assert_eq!(ten_days_of(day(on)), (day(ten.0), day(ten.1)), "{on}");
    }
    assert_eq!(read_month("2026-11"), Some((day("2026-11-01"), day("2026-11-30"))));
    assert_eq!((read_month("2026-13"), read_month("x")), (None, None));
    assert_eq!(month_word(day("2026-11-23")), "2026-11");
}

#[test]
fn a_case_is_looked_at_again_in_the_month_after_and_never_in_the_past() {
    for (ends, today, on) in [
        ("2026-11-30", "2026-11-23", "2026-12-01"),
        ("2026-11-30", "2026-12-02", "2026-12-01"),
        ("2026-11-30", "2027-02-03", "2027-02-01"),
        ("2026-12-10", "2026-12-09", "2027-01-01"),
    ] {
        assert_eq!(next_look(day(ends), day(today)), day(on), "{ends} {today}");
    }
}

const KINDS: [RowKind; 4] = [RowKind::Filed, RowKind::Closed, RowKind::Both, RowKind::Again];

#[test]
fn filed_and_closed_make_both_and_again_gives_way() {
    use RowKind::{Again, Both, Closed, Filed};
    let table = [
        (Filed, [Filed, Both, Both, Filed]),
        (Closed, [Both, Closed, Both, Closed]),
        (Both, [Both, Both, Both, Both]),
        (Again, [Filed, Closed, Both, Again]),
    ];
    for (there, row) in table {
        for (comes, makes) in KINDS.into_iter().zip(row) {
            assert_eq!(merged(there, comes), makes, "{there:?} {comes:?}");
        }
    }
}

proptest! {
    #[test]
    fn in_whatever_order_and_how_often_a_case_comes_the_sheet_says_the_same(
        picked in proptest::collection::vec(0usize..4, 1..12), turned in any::<u64>()
    ) {
        let kinds: Vec<RowKind> = picked.iter().map(|n| KINDS[*n]).collect();
        let all = |kinds: &[RowKind]| kinds.iter().copied().reduce(merged);
        let once = all(&kinds);
        let at = usize::try_from(turned % u64::try_from(kinds.len()).unwrap()).unwrap();
        let mut other = kinds.clone();
        other.rotate_left(at);
        prop_assert_eq!(all(&other), once);
        other.reverse();
        other.extend(kinds);
        prop_assert_eq!(all(&other), once, "brought twice");
    }

    #[test]
    fn no_whole_name_of_a_person_is_kept(names in proptest::collection::vec("[\u{4e01}-\u{4e05}\u{5f20}\u{674e}]{2,4}", 1..6)) {
        let line = masked(&names.join("、"));
        prop_assert!(line.chars().count() <= 40);
        for name in &names {
            prop_assert!(!line.contains(name.as_str()), "{} {}", line, name);
        }
    }
}

#[test]
fn parties_are_masked_and_kept_short() {
    for (typed, kept) in [
        ("张建国诉李明", "张某某、李某"),
        ("张建国、李明，王小二 赵六；钱七", "张某某、李某、王某某、赵某等5方"),
        ("河南石龙建筑工程有限责任公司第一分公司", "河南石龙建筑工程有限责任公司"),
        ("410404196203180011", "某某"),
        ("", ""),
    ] {
        assert_eq!(masked(typed), kept, "{typed}");
    }
}

#[test]
fn a_kind_of_case_says_its_stage() {
    for (kind, stage) in [
        (Some("民初"), CaseStage::Trial),
        (Some("执"), CaseStage::Enforcement),
        (Some("执恢"), CaseStage::Enforcement),
        (Some("民申"), CaseStage::Review),
        (Some("民再"), CaseStage::Review),
        (Some("委赔"), CaseStage::Compensation),
        (Some("民辖"), CaseStage::Filing),
        (None, CaseStage::Trial),
    ] {
        assert_eq!(stage_of(kind, true), stage, "{kind:?}");
    }
}

#[test]
fn what_is_on_tier_one_stays_there() {
    assert!(may_answer(None, None).is_ok());
    assert!(may_answer(Some(Answer::Nothing), None).is_ok() && may_answer(Some(Answer::Again), None).is_ok());
    assert!(may_answer(Some(Answer::TierOne), Some("石法苗〔2026〕0001号")).is_err());
}

#[test]
fn a_sheet_is_finished_at_the_end_of_its_period_with_every_answer() {
    let (end, soon) = (day("2026-11-30"), day("2026-11-26"));
    assert_eq!(may_finish(SweepState::Open, 0, end, soon), Err(Refusal::TooEarly(end)));
    assert_eq!(may_finish(SweepState::Open, 2, end, end), Err(Refusal::Unanswered(2)));
    assert_eq!(may_finish(SweepState::Finished, 0, end, end), Err(Refusal::Finished));
    assert_eq!(may_finish(SweepState::Open, 0, end, end), Ok(()));
}

#[test]
fn a_period_has_an_order_a_length_and_a_due_day() {
    let today = day("2026-11-23");
    for (from, to, due, opens) in [
        ("2026-11-21", "2026-11-30", "2026-11-30", Ok(())),
        ("2026-11-21", "2026-11-20", "2026-11-30", Err(Refusal::Backwards)),
        ("2026-09-01", "2026-12-01", "2026-12-01", Err(Refusal::TooLong)),
        ("2026-11-21", "2026-11-30", "2026-11-29", Err(Refusal::DueBefore)),
        ("2026-11-01", "2026-11-10", "2026-11-10", Err(Refusal::DueBefore)),
    ] {
        assert_eq!(may_open((day(from), day(to), day(due)), today), opens, "{from} {to} {due}");
    }
}

#[test]
fn the_head_is_told_before_and_after_and_then_the_leader_above() {
    let due = day("2026-11-30");
    for (today, soon, working, told) in [
        ("2026-11-23", "2026-11-26", 0, None),
        ("2026-11-25", "2026-11-30", 0, Some(Chase::Near)),
        ("2026-11-30", "2026-12-03", 0, Some(Chase::Near)),
        ("2026-12-01", "2026-12-04", 1, Some(Chase::Late)),
        ("2026-12-02", "2026-12-07", 2, Some(Chase::Above)),
    ] {
        assert_eq!(chase(due, day(today), day(soon), working), told, "{today}");
    }
}
