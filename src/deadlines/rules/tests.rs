use super::*;
use crate::calendar::rules::days_of;
use crate::calendar::types::{DayKind, SpecialDay, Year};
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn count(amount: u32, unit: Unit) -> Count {
    Count { amount, unit, roll: true }
}

fn shipped(from: &str, amount: u32, unit: Unit) -> (String, String) {
    let due = due(day(from), count(amount, unit), &WorkingDays::shipped()).unwrap();
    (due.raw_due_on.to_string(), due.due_on.to_string())
}

fn pair(raw: &str, due: &str) -> (String, String) {
    (raw.to_owned(), due.to_owned())
}

#[test]
fn the_vectors_of_the_fact_sheet_hold() {
    assert_eq!(shipped("2026-09-18", 15, Unit::Day), pair("2026-10-03", "2026-10-08"));
    assert_eq!(shipped("2026-02-02", 15, Unit::Day), pair("2026-02-17", "2026-02-24"));
    assert_eq!(shipped("2026-07-01", 60, Unit::Day), pair("2026-08-30", "2026-08-31"));
    assert_eq!(shipped("2026-04-20", 15, Unit::Day), pair("2026-05-05", "2026-05-06"));
    assert_eq!(shipped("2026-09-30", 5, Unit::WorkingDay), pair("2026-10-13", "2026-10-13"));
}

#[test]
fn months_end_on_the_same_numbered_day_or_the_months_last() {
    assert_eq!(shipped("2026-01-31", 1, Unit::Month), pair("2026-02-28", "2026-02-28"));
    assert_eq!(shipped("2024-01-31", 1, Unit::Month), pair("2024-02-29", "2024-02-29"));
    assert_eq!(shipped("2026-01-31", 2, Unit::Month), pair("2026-03-31", "2026-03-31"));
    assert_eq!(shipped("2025-11-30", 3, Unit::Month), pair("2026-02-28", "2026-02-28"));
    assert_eq!(shipped("2026-07-01", 3, Unit::Month), pair("2026-10-01", "2026-10-08"));
}

#[test]
fn a_make_up_day_holds_a_deadline_and_counts() {
    assert_eq!(shipped("2026-09-10", 10, Unit::Day), pair("2026-09-20", "2026-09-20"));
    assert_eq!(shipped("2026-09-18", 1, Unit::WorkingDay), pair("2026-09-20", "2026-09-20"));
}

#[test]
fn nothing_moves_where_the_rule_does_not_roll() {
    let fixed = Count { amount: 15, unit: Unit::Day, roll: false };
    let due = due(day("2026-09-18"), fixed, &WorkingDays::shipped()).unwrap();
    assert_eq!(due.due_on, day("2026-10-03"));
    assert!(!due.is_provisional());
}

#[test]
fn the_same_day_and_the_months_end_can_be_due() {
    assert_eq!(shipped("2026-11-23", 0, Unit::Day), pair("2026-11-23", "2026-11-23"));
    assert_eq!(shipped("2026-11-22", 0, Unit::WorkingDay), pair("2026-11-22", "2026-11-23"));
    let end = |amount| Count { amount, unit: Unit::MonthEnd, roll: false };
    let calendar = WorkingDays::shipped();
    assert_eq!(due(day("2026-11-01"), end(0), &calendar).unwrap().due_on, day("2026-11-30"));
    assert_eq!(due(day("2026-11-30"), end(0), &calendar).unwrap().due_on, day("2026-11-30"));
    assert_eq!(due(day("2026-11-30"), end(3), &calendar).unwrap().due_on, day("2027-02-28"));
}

#[test]
fn a_date_that_rests_on_an_unannounced_year_says_so() {
    let calendar = WorkingDays::shipped();
    let of = |from, amount, unit| due(day(from), count(amount, unit), &calendar).unwrap().unsettled;
    assert_eq!(of("2026-12-25", 10, Unit::WorkingDay), [(2027, YearStatus::Provisional)]);
    assert_eq!(of("2026-12-30", 3, Unit::Day), [(2027, YearStatus::Provisional)]);
    assert_eq!(of("2026-12-25", 3, Unit::Day), []);
    assert_eq!(of("2026-11-23", 24, Unit::Month), [(2028, YearStatus::Missing)]);
    let plain = Count { amount: 30, unit: Unit::Day, roll: false };
    assert_eq!(due(day("2026-12-25"), plain, &calendar).unwrap().unsettled, []);
    let told = derive(day("2026-12-25"), count(10, Unit::WorkingDay), &calendar).unwrap();
    assert!(told.warnings()[0].starts_with("注意：2027年放假安排尚未公布，按暂定日历推算"));
}

#[test]
fn a_derivation_tells_each_day_and_why() {
    let told = derive(day("2026-09-30"), count(5, Unit::WorkingDay), &WorkingDays::shipped()).unwrap();
    let lines = told.lines();
    let line = |date: &str| lines.iter().find(|l| l.starts_with(date)).unwrap().clone();
    assert_eq!(line("2026年9月30日"), "2026年9月30日 周三　工作日　起算日，不计入");
    assert_eq!(line("2026年10月1日"), "2026年10月1日 周四　国庆节放假　不计入");
    assert_eq!(line("2026年10月4日"), "2026年10月4日 周日　周末　不计入");
    assert_eq!(line("2026年10月10日"), "2026年10月10日 周六　调休上班（国庆节）　第3日");
    assert_eq!(line("2026年10月13日"), "2026年10月13日 周二　工作日　第5日");
    let rolled = derive(day("2026-09-18"), count(15, Unit::Day), &WorkingDays::shipped()).unwrap();
    assert_eq!(rolled.lines().last().unwrap(), "2026年10月8日 周四　工作日　顺延到此日");
}

#[test]
fn a_long_derivation_is_told_in_stretches() {
    let told = derive(day("2020-01-01"), count(1_000, Unit::WorkingDay), &WorkingDays::shipped()).unwrap();
    let lines = told.lines();
    assert!(lines.len() < told.steps.len() && lines.len() > 100);
    assert!(lines.iter().any(|l| l == "2020年1月2日 周四至2020年1月3日 周五　第1至2日"), "{lines:?}");
}

#[test]
fn what_is_out_of_range_is_refused() {
    let calendar = WorkingDays::shipped();
    for unit in Unit::ALL {
        let much = |amount| due(day("2026-11-23"), count(amount, *unit), &calendar);
        assert!(much(unit.limit()).is_ok());
        assert_eq!(much(unit.limit() + 1), Err(Refusal::TooMuch(*unit)));
        assert_eq!(much(u32::MAX), Err(Refusal::TooMuch(*unit)));
    }
    for date in [NaiveDate::MAX, NaiveDate::MIN, day("1949-12-31"), day("2200-01-01")] {
        assert_eq!(due(date, count(1, Unit::Day), &calendar), Err(Refusal::StartOutOfRange));
    }
    assert!(due(day("2199-12-31"), count(1_200, Unit::Month), &calendar).is_ok());
}

/// Three years with up to 160 days that differ in any way, also absurdly long holidays.
fn calendars() -> impl Strategy<Value = WorkingDays> {
    let special = (0i64..1_096, any::<bool>()).prop_map(|(n, off)| SpecialDay {
        date: day("2030-01-01") + chrono::TimeDelta::days(n),
        kind: if off { DayKind::Holiday } else { DayKind::Workday },
        name: "节".to_owned(),
    });
    let status = prop::sample::select(YearStatus::ALL.to_vec());
    let years = prop::collection::vec(status, 3).prop_map(|all| {
        let entered = (2030..).zip(all).filter(|(_, status)| *status != YearStatus::Missing);
        entered.map(|(year, status)| (year, Year { status, source: String::new() })).collect::<Vec<_>>()
    });
    (prop::collection::vec(special, 0..160), years).prop_map(|(days, years)| WorkingDays::new(days, years))
}

fn units() -> impl Strategy<Value = Unit> {
    prop::sample::select(Unit::ALL.to_vec())
}

/// What must hold of any deadline on any calendar.
fn holds(start: NaiveDate, amount: u32, unit: Unit, calendar: &WorkingDays) -> Result<(), TestCaseError> {
    let rolled = derive(start, count(amount, unit), calendar).unwrap();
    let (raw, end) = (rolled.due.raw_due_on, rolled.due.due_on);
    prop_assert!(start <= raw && raw <= end);
    prop_assert!(calendar.is_working_day(end), "{end} is no working day");
    prop_assert_eq!(end, calendar.on_or_after(raw).unwrap());
    prop_assert_eq!(&rolled.due, &due(start, count(amount, unit), calendar).unwrap());
    let fixed = due(start, Count { amount, unit, roll: false }, calendar).unwrap();
    prop_assert_eq!((fixed.raw_due_on, fixed.due_on), (raw, raw));
    prop_assert!(rolled.steps.windows(2).all(|w| w[0].date <= w[1].date));
    prop_assert!(amount == 0 || rolled.steps.last().unwrap().date == end);
    let next = due(start, count(amount + 1, unit), calendar).unwrap();
    prop_assert!(next.raw_due_on > raw && next.due_on >= end, "one more is never earlier");
    let later = due(start.succ_opt().unwrap(), count(amount, unit), calendar).unwrap();
    prop_assert!(later.raw_due_on >= raw && later.due_on >= end, "a later start is never due earlier");
    match unit {
        Unit::Day => prop_assert_eq!((raw - start).num_days(), i64::from(amount)),
        Unit::WorkingDay => {
            prop_assert_eq!(calendar.between(start, raw), usize::try_from(amount).unwrap());
            prop_assert_eq!(calendar.after(start, amount), Some(raw));
            prop_assert!(amount == 0 || raw == end, "it ends on a working day by itself");
        }
        Unit::Month | Unit::MonthEnd => {
            let index = |d: NaiveDate| i64::from(d.year()) * 12 + i64::from(d.month());
            prop_assert_eq!(index(raw) - index(start), i64::from(amount), "a month is never skipped");
            let is_last = raw.succ_opt().unwrap().day() == 1;
            prop_assert!(is_last || (unit == Unit::Month && raw.day() == start.day()));
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn counting_holds_on_any_calendar(calendar in calendars(), n in 0i64..1_000, amount in 0u32..200, unit in units()) {
        holds(day("2030-01-01") + chrono::TimeDelta::days(n), amount, unit, &calendar)?;
    }

    #[test]
    fn only_unsettled_years_make_a_date_provisional(calendar in calendars(), n in 0i64..1_000, amount in 0u32..200, unit in units()) {
        let due = due(day("2030-01-01") + chrono::TimeDelta::days(n), count(amount, unit), &calendar).unwrap();
        let mut years = due.raw_due_on.year()..=due.due_on.year();
        let rests_on_unsettled = years.any(|y| calendar.status(y) != YearStatus::Official);
        prop_assert!(due.is_provisional() || !rests_on_unsettled);
        prop_assert!(due.unsettled.iter().all(|(y, s)| *s != YearStatus::Official && *s == calendar.status(*y)));
    }

    #[test]
    fn nothing_asked_makes_it_panic(y in -9_999i32..9_999, ordinal in 0u32..400, amount: u32, unit in units(), roll: bool) {
        if let Some(start) = NaiveDate::from_yo_opt(y, ordinal) {
            let _ = derive(start, Count { amount: amount % 40_000, unit, roll }, &WorkingDays::shipped());
            let _ = due(start, Count { amount, unit, roll }, &WorkingDays::shipped());
        }
    }
}

#[test]
fn counting_holds_from_every_day_of_every_shipped_year() {
    let calendar = WorkingDays::shipped();
    for start in (2020..=2027).flat_map(days_of) {
        for (amount, unit) in [
            (0, Unit::Day),
            (1, Unit::Day),
            (7, Unit::Day),
            (15, Unit::Day),
            (60, Unit::Day),
            (1, Unit::WorkingDay),
            (5, Unit::WorkingDay),
            (20, Unit::WorkingDay),
            (1, Unit::Month),
            (3, Unit::Month),
            (6, Unit::Month),
            (0, Unit::MonthEnd),
        ] {
            holds(start, amount, unit, &calendar)
                .unwrap_or_else(|e| panic!("{start} {amount} {unit:?}: {e}"));
        }
    }
}
