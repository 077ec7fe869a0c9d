//! Dates as people write them in sheets.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};

/// Serial days that can only be dates of this age (1954 to 2119), when a sheet kept a date as a bare number.
const SERIALS: std::ops::RangeInclusive<u64> = 20_000..=80_000;

/// The day that `text` names: `2026-11-23`, `2026/1/3`, `2026.1.3`, `2026年1月3日`, `20260103`, Excel's own number of
/// days, each also with a time behind it. Two-digit years are not guessed at.
pub fn date_of(text: &str) -> Option<NaiveDate> {
    let text = crate::text::tidy(text);
    let (day, _) = parts(&text);
    written(day).or_else(|| packed(day)).or_else(|| serial(day))
}

/// As [`date_of`], with the time behind it (`9:30`, `09:30:05`, `9时30分`); midnight where there is none.
pub fn moment_of(text: &str) -> Option<NaiveDateTime> {
    let text = crate::text::tidy(text);
    let date = date_of(&text)?;
    let (_, time) = parts(&text);
    if time.is_empty() {
        return Some(date.and_time(NaiveTime::MIN));
    }
    let numbers: Vec<u32> = numbers(time)?;
    let time = match *numbers.as_slice() {
        [hour] => NaiveTime::from_hms_opt(hour, 0, 0),
        [hour, minute] => NaiveTime::from_hms_opt(hour, minute, 0),
        [hour, minute, second] => NaiveTime::from_hms_opt(hour, minute, second),
        _ => None,
    }?;
    Some(date.and_time(time))
}

/// The day and the time, as text. A time begins after a blank, a `T`, or the sign 日.
fn parts(text: &str) -> (&str, &str) {
    match text.find([' ', 'T', '日']) {
        Some(at) => {
            let (day, time) = text.split_at(at);
            (day, time.trim_start_matches([' ', 'T', '日']))
        }
        None => (text, ""),
    }
}

fn numbers(text: &str) -> Option<Vec<u32>> {
    let text = text.trim_end_matches(['日', '号', '分', '秒', '时', '点']);
    text.split(['-', '/', '.', '年', '月', ':', '时', '点', '分']).map(|part| part.parse().ok()).collect()
}

fn written(day: &str) -> Option<NaiveDate> {
    match *numbers(day)?.as_slice() {
        [year @ 1850..=2200, month, day] => NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day),
        _ => None,
    }
}

fn packed(day: &str) -> Option<NaiveDate> {
    let eight = day.len() == 8 && day.bytes().all(|b| b.is_ascii_digit());
    let day = eight.then(|| NaiveDate::parse_from_str(day, "%Y%m%d").ok())??;
    (1850..=2200).contains(&chrono::Datelike::year(&day)).then_some(day)
}

fn serial(day: &str) -> Option<NaiveDate> {
    let days = day.split('.').next()?.parse::<u64>().ok().filter(|days| SERIALS.contains(days))?;
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(days))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_day_is_read_in_every_usual_form() {
        for text in [
            "2026-01-03",
            "2026-1-3",
            "2026/1/3",
            "2026.1.3",
            "２０２６／１／３",
            "2026年1月3日",
            "2026年01月03号",
            "20260103",
            "46025",
            "2026-01-03 09:30:00",
            "2026-01-03T09:30",
            " 2026年1月3日 上午",
        ] {
            assert_eq!(date_of(text), NaiveDate::from_ymd_opt(2026, 1, 3), "{text}");
        }
        for text in ["", "26-1-3", "2026-13-1", "2026-2-30", "1月3日", "12345", "99999", "三月", "2026"] {
            assert_eq!(date_of(text), None, "{text}");
        }
    }

    #[test]
    fn a_time_behind_the_day_is_read_too() {
        for (text, time) in [
            ("2026-1-3", "00:00:00"),
            ("2026-1-3 9:30", "09:30:00"),
            ("2026年1月3日9时30分", "09:30:00"),
            ("2026/1/3 09:30:05", "09:30:05"),
        ] {
            assert_eq!(moment_of(text).map(|at| at.time().to_string()).as_deref(), Some(time), "{text}");
        }
        assert_eq!(moment_of("2026-1-3 25:00"), None);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,20}") {
            let _ = (date_of(&text), moment_of(&text));
        }
    }
}
