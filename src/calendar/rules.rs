//! Reading a calendar from text, what an import would change, and when the court must be warned.

use super::types::{DayKind, SpecialDay, WorkingDays, Year, YearStatus, is_weekend};
use crate::web::formats::date as date_words;
use chrono::{Datelike, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

/// 2020 to 2026, after the announcements of the State Council's office.
const OFFICIAL: &str = include_str!("../../static/data/holidays.csv");
/// The days of 2027 that the law fixes, until its announcement.
const PROVISIONAL_2027: &str = include_str!("../../static/data/holidays_2027_provisional.csv");

/// Longest name of a holiday, in characters.
const NAME_CHARS: usize = 20;

/// The calendar that comes with the software.
pub fn shipped_calendar() -> WorkingDays {
    let read = |text: &str| parse(text).expect("the shipped calendars are well-formed; a test reads them");
    let (official, provisional) = (read(OFFICIAL), read(PROVISIONAL_2027));
    let years = |days: &[SpecialDay], status: YearStatus| {
        let years: BTreeSet<i32> = days.iter().map(|day| day.date.year()).collect();
        years.into_iter().map(move |year| (year, Year { status, source: shipped_source(year, status) }))
    };
    let known: Vec<(i32, Year)> =
        years(&official, YearStatus::Official).chain(years(&provisional, YearStatus::Provisional)).collect();
    WorkingDays::new(official.into_iter().chain(provisional), known)
}

fn shipped_source(year: i32, status: YearStatus) -> String {
    match status {
        YearStatus::Official => format!("国务院办公厅关于{year}年部分节假日安排的通知"),
        YearStatus::Provisional | YearStatus::Missing => {
            format!("按《全国年节及纪念日放假办法》（2024年修订）推算的{year}年法定节日，调休待公布")
        }
    }
}

/// Reads lines of `date,kind,name` (further columns are passed over; tabs do as well as commas, and so does what Excel
/// makes of a date). An empty line and a heading are skipped.
///
/// # Errors
///
/// Every line that cannot be read, each as a Chinese sentence with its number.
pub fn parse(text: &str) -> Result<Vec<SpecialDay>, Vec<String>> {
    let mut days: BTreeMap<NaiveDate, SpecialDay> = BTreeMap::new();
    let mut complaints = Vec::new();
    for (number, line) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
        if line.trim().is_empty() || (number == 1 && is_heading(line)) {
            continue;
        }
        match parse_line(line) {
            Ok(day) if days.contains_key(&day.date) => {
                complaints.push(format!("第{number}行：{}重复出现，请只保留一行。", date_words(day.date)));
            }
            Ok(day) => drop(days.insert(day.date, day)),
            Err(complaint) => complaints.push(format!("第{number}行：{complaint}")),
        }
    }
    if complaints.is_empty() { Ok(days.into_values().collect()) } else { Err(complaints) }
}

fn is_heading(line: &str) -> bool {
    let first = line.split([',', '\t', '，']).next().unwrap_or_default();
    !first.chars().any(|c| c.is_ascii_digit())
}

fn parse_line(line: &str) -> Result<SpecialDay, String> {
    let mut columns = line.split([',', '\t', '，']).map(str::trim);
    let date = columns.next().unwrap_or_default();
    let date = read_date(date).ok_or_else(|| format!("“{date}”不是日期，请写成 2027-01-01 的样子。"))?;
    let kind = match columns.next().unwrap_or_default() {
        "holiday" | "放假" | "休" | "休息" => DayKind::Holiday,
        "workday" | "上班" | "班" | "调休上班" | "调休" => DayKind::Workday,
        other => return Err(format!("“{other}”不是日期种类，请写“放假”或“上班”。")),
    };
    let name = columns.next().unwrap_or_default();
    if name.is_empty() || name.chars().count() > NAME_CHARS {
        return Err(format!("请写明节日名称，不超过{NAME_CHARS}个字。"));
    }
    if kind == DayKind::Workday && !is_weekend(date) {
        return Err(format!("{}本来就是工作日，调休上班只能是周六或周日。", date_words(date)));
    }
    Ok(SpecialDay { date, kind, name: name.to_owned() })
}

/// Reads 2027-01-01, 2027/1/1, 2027.1.1 or 2027年1月1日, for years 1950 to 2199.
pub fn read_date(text: &str) -> Option<NaiveDate> {
    let text = text.trim().trim_end_matches('日');
    let mut parts = text.split(['-', '/', '.', '年', '月']);
    let mut number = |digits: std::ops::RangeInclusive<usize>| -> Option<u32> {
        let part = parts.next()?;
        let plain = digits.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        if plain { part.parse().ok() } else { None }
    };
    let (year, month, day) = (number(4..=4)?, number(1..=2)?, number(1..=2)?);
    if parts.next().is_some() || !(1950..=2199).contains(&year) {
        return None;
    }
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// One line of what an import would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub date: NaiveDate,
    /// What the day is now, in words.
    pub before: String,
    /// What it would be, in words.
    pub after: String,
}

/// What would differ on each day of `year` if `proposed` took the place of `current`.
pub fn changes(current: &WorkingDays, proposed: &WorkingDays, year: i32) -> Vec<Change> {
    days_of(year)
        .filter_map(|date| {
            let (before, after) = (current.day(date), proposed.day(date));
            (before != after).then(|| Change { date, before: before.words(), after: after.words() })
        })
        .collect()
}

/// Every day of `year`; none for a year that has no dates.
pub fn days_of(year: i32) -> impl Iterator<Item = NaiveDate> {
    NaiveDate::from_ymd_opt(year, 1, 1)
        .into_iter()
        .flat_map(move |first| first.iter_days().take_while(move |day| day.year() == year))
}

/// From 1 November on: the sentence that warns that next year isn't announced or isn't entered yet.
pub fn next_year_warning(calendar: &WorkingDays, today: NaiveDate) -> Option<String> {
    let next = today.year() + 1;
    let what = match calendar.status(next) {
        YearStatus::Official => return None,
        YearStatus::Provisional => "还是暂定日历",
        YearStatus::Missing => "还没有录入",
    };
    (today.month() >= 11).then(|| {
        format!(
            "{next}年的放假安排{what}。国务院办公厅的通知一般在10月至11月公布，请信访专干收到后及时导入，\
             跨年的期限会随之重新计算。"
        )
    })
}

/// From 15 December on, why no rota that reaches past 31 December may be published: `None` when it may be.
pub fn rota_refusal(calendar: &WorkingDays, today: NaiveDate, last_day: NaiveDate) -> Option<String> {
    let next = today.year() + 1;
    let late = today.month() == 12 && today.day() >= 15;
    let unsettled = calendar.status(next) != YearStatus::Official;
    (late && unsettled && last_day.year() > today.year()).then(|| {
        format!(
            "{next}年的放假安排还没有正式录入，12月15日起不能发布跨到{next}年的排班表。\
             请先在工作日历页面导入{next}年的正式安排。"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::types::Day;
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_shipped_years_are_read_whole() {
        let calendar = WorkingDays::shipped();
        let years: Vec<_> = calendar.years().map(|(year, about)| (year, about.status)).collect();
        assert_eq!(years.len(), 8);
        assert!(years.iter().all(|(year, status)| (*status == YearStatus::Official) == (*year <= 2026)));
        assert_eq!((2020..=2026).map(|y| calendar.special_days(y).count()).sum::<usize>(), 175);
        assert_eq!(calendar.special_days(2027).count(), 13);
        assert_eq!(calendar.status(2028), YearStatus::Missing);
    }

    #[test]
    fn a_shipped_make_up_day_is_a_weekend_day_and_a_holiday_of_an_official_year_is_not() {
        let calendar = WorkingDays::shipped();
        for (year, about) in calendar.years() {
            for special in calendar.special_days(year) {
                let weekend = is_weekend(special.date);
                match special.kind {
                    DayKind::Workday => assert!(weekend, "{special:?}"),
                    DayKind::Holiday => {
                        assert!(!weekend || about.status == YearStatus::Provisional, "{special:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn working_days_of_each_shipped_year_are_what_the_announcements_make_them() {
        let calendar = WorkingDays::shipped();
        let count = |year| days_of(year).filter(|d| calendar.is_working_day(*d)).count();
        assert_eq!([2024, 2025, 2026].map(count), [251, 248, 248]);
    }

    #[test]
    fn each_kind_of_day_says_what_it_is() {
        let calendar = WorkingDays::shipped();
        assert_eq!(calendar.day(day("2026-10-01")), Day::Holiday("国庆节"));
        assert_eq!(calendar.day(day("2026-10-10")), Day::MakeUp("国庆节"));
        assert_eq!(calendar.day(day("2026-11-22")), Day::Weekend);
        assert_eq!(calendar.day(day("2026-11-23")), Day::Weekday);
        assert_eq!(calendar.day(day("2030-10-01")), Day::Holiday("国庆节"));
        assert_eq!(calendar.day(day("2030-05-02")), Day::Holiday("劳动节"));
        assert_eq!(calendar.day(day("2019-05-02")), Day::Weekday);
    }

    #[test]
    fn an_import_is_read_as_excel_leaves_it() {
        let days =
            parse("\u{feff}日期,种类,名称\n2028/1/1,放假,元旦\n\n2028年1月8日\t上班\t元旦\t备注\n").unwrap();
        assert_eq!(days.len(), 2);
        assert_eq!((days[0].date, days[0].kind), (day("2028-01-01"), DayKind::Holiday));
        assert_eq!((days[1].date, days[1].kind), (day("2028-01-08"), DayKind::Workday));
    }

    #[test]
    fn each_bad_line_is_named() {
        let bad = "2028-13-01,放假,元旦\n2028-01-03,加班,元旦\n2028-01-03,放假,\n2028-01-04,上班,元旦\n\
                   2028-01-05,放假,元旦\n2028-1-5,放假,元旦";
        let complaints = parse(bad).unwrap_err();
        assert_eq!(complaints.len(), 5, "{complaints:?}");
        assert!(complaints[4].starts_with("第6行") && complaints[4].contains("重复"));
    }

    #[test]
    fn an_import_shows_what_it_would_change() {
        let current = WorkingDays::shipped();
        let proposed = WorkingDays::new(
            parse("2027-01-01,放假,元旦\n2027-01-02,上班,元旦").unwrap(),
            [(2027, Year { status: YearStatus::Official, source: "通知".into() })],
        );
        let changes = changes(&current, &proposed, 2027);
        assert_eq!(changes.len(), 13);
        assert_eq!(changes[0].date, day("2027-01-02"));
        assert_eq!((&*changes[0].before, &*changes[0].after), ("周末", "调休上班（元旦）"));
    }

    #[test]
    fn the_court_is_warned_from_the_first_of_november() {
        let calendar = WorkingDays::shipped();
        assert_eq!(next_year_warning(&calendar, day("2026-10-31")), None);
        assert!(next_year_warning(&calendar, day("2026-11-01")).unwrap().contains("2027年"));
        assert!(next_year_warning(&calendar, day("2027-12-31")).unwrap().contains("还没有录入"));
        assert_eq!(next_year_warning(&calendar, day("2025-12-31")), None);
    }

    #[test]
    fn from_mid_december_no_rota_reaches_into_an_unsettled_year() {
        let calendar = WorkingDays::shipped();
        let refusal = |today, last| rota_refusal(&calendar, day(today), day(last)).is_some();
        assert!(refusal("2026-12-15", "2027-01-01"));
        assert!(!refusal("2026-12-14", "2027-01-01"));
        assert!(!refusal("2026-12-15", "2026-12-31"));
        assert!(!refusal("2025-12-15", "2026-01-01"));
    }

    proptest! {
        #[test]
        fn reading_never_panics(text in "\\PC{0,200}") {
            let _ = parse(&text);
            let _ = read_date(&text);
        }

        #[test]
        fn a_date_written_is_the_date_read(n in 0i64..90_000) {
            let date = day("1950-01-01") + chrono::TimeDelta::days(n);
            prop_assert_eq!(read_date(&date.to_string()), Some(date));
            prop_assert_eq!(read_date(&date.format("%Y/%-m/%-d").to_string()), Some(date));
        }
    }
}
