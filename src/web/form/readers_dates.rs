//! Readers of dates and times.

use super::readers::half_width;
use crate::time::Moment;
use crate::web::formats::plain_date;
use chrono::{Datelike, NaiveDate, NaiveTime};
use std::ops::RangeInclusive;

/// A date as typed or picked: `2026-11-23`, `2026/11/23`, `2026.11.23`, `20261123`, `2026年11月23日`.
///
/// # Errors
///
/// Where it is empty, or no day of the calendar.
pub fn read_date(typed: &str) -> Result<NaiveDate, String> {
    let plain = half_width(typed);
    if plain.trim().is_empty() {
        return Err("请填写日期。".into());
    }
    let parts: Vec<&str> =
        plain.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let found = match parts.as_slice() {
        [whole] if whole.len() == 8 => NaiveDate::parse_from_str(whole, "%Y%m%d").ok(),
        [year, month, day] if year.len() == 4 => calendar_day(year, month, day),
        _ => None,
    };
    found
        .filter(|day| (1800..=2200).contains(&day.year()))
        .ok_or_else(|| "看不懂这个日期，请按 2026-11-23 的样子填写。".into())
}

fn calendar_day(year: &str, month: &str, day: &str) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// A date not after `today`.
///
/// # Errors
///
/// Where it is no date, or lies in the future.
pub fn date_until(typed: &str, today: NaiveDate) -> Result<NaiveDate, String> {
    let date = read_date(typed)?;
    if date > today {
        return Err(format!("日期不能晚于今天（{}）。", plain_date(today)));
    }
    Ok(date)
}

/// A date from `first` to `last`, both included.
///
/// # Errors
///
/// Where it is no date, or outside.
pub fn date_between(typed: &str, first: NaiveDate, last: NaiveDate) -> Result<NaiveDate, String> {
    date_in(typed, first..=last)
}

/// A date within `range`, both ends included.
///
/// # Errors
///
/// Where it is no date, or outside.
pub fn date_in(typed: &str, range: RangeInclusive<NaiveDate>) -> Result<NaiveDate, String> {
    let date = read_date(typed)?;
    if range.contains(&date) {
        return Ok(date);
    }
    Err(format!("日期应在 {} 到 {} 之间。", plain_date(*range.start()), plain_date(*range.end())))
}

/// A time of day: `9:05`, `09：05`, `0905`.
///
/// # Errors
///
/// Where it is empty, or no time of day.
pub fn read_time(typed: &str) -> Result<NaiveTime, String> {
    let plain = half_width(typed);
    let plain = plain.trim();
    if plain.is_empty() {
        return Err("请填写时间。".into());
    }
    let form = if plain.contains(':') { "%H:%M" } else { "%H%M" };
    NaiveTime::parse_from_str(plain, form)
        .map_err(|_error: chrono::ParseError| "看不懂这个时间，请按 24 小时制 09:30 的样子填写。".into())
}

/// A moment by the court's clocks, not after `now`: a day as [`read_date`] takes it and a time as [`read_time`] does, with
/// `T`, a space or 日 between, or all in one as `202611230930`.
///
/// # Errors
///
/// Where either half is missing or wrong, or it lies in the future.
pub fn moment_until(typed: &str, now: Moment) -> Result<Moment, String> {
    let plain = half_width(typed);
    let plain = plain.trim();
    let packed = plain.len() == 12 && plain.bytes().all(|b| b.is_ascii_digit());
    let halves = if packed { plain.split_at_checked(8) } else { plain.split_once(['T', ' ', '日']) };
    let (day, time) = halves.ok_or("请把日期和时间都填上，例如 2026-11-23 09:30。")?;
    let time = time.trim();
    let time = match time.match_indices(':').nth(1) {
        Some((seconds, _)) => time.get(..seconds).unwrap_or(time),
        None => time,
    };
    let at = Moment::from_court(read_date(day)?.and_time(read_time(time)?));
    if at > now {
        return Err("时间不能晚于现在。".into());
    }
    Ok(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_date_is_read_however_it_is_written() {
        for typed in
            ["2026-11-23", "2026/11/23", "2026.11.23", "20261123", "2026年11月23日", "２０２６－１１－２３"]
        {
            assert_eq!(read_date(typed), Ok(day("2026-11-23")), "{typed}");
        }
        for typed in ["", "2026-02-29", "26-11-23", "11-23", "2026-13-01", "99999999", "昨天", "1799-12-31"]
        {
            assert!(read_date(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn bounds_are_included() {
        let today = day("2026-11-23");
        assert_eq!(date_until("2026-11-23", today), Ok(today));
        assert_eq!(date_until("2026-11-24", today).unwrap_err(), "日期不能晚于今天（2026年11月23日）。");
        assert!(date_between("2026-11-23", today, today).is_ok());
        assert!(date_between("2026-11-22", today, today).is_err());
    }

    #[test]
    fn a_time_of_day_is_read_in_twenty_four_hours() {
        assert_eq!(read_time("9：05").unwrap().to_string(), "09:05:00");
        assert_eq!(read_time("0905").unwrap().to_string(), "09:05:00");
        for typed in ["", "24:00", "9", "上午九点"] {
            assert!(read_time(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn a_moment_is_the_courts_and_not_in_the_future() {
        let now =
            moment_until("2026-11-23T09:30", Moment::from_court(day("2027-01-01").and_time(NaiveTime::MIN)));
        let now = now.unwrap();
        assert_eq!(now.utc().to_string(), "2026-11-23 01:30:00");
        assert_eq!(moment_until("2026-11-23 09:30:59", now), Ok(now));
        assert_eq!(moment_until("2026-11-23 09:31", now), Err("时间不能晚于现在。".into()));
        assert!(moment_until("2026-11-23", now).is_err());
        for typed in ["202611230930", "2026年11月23日 9:30", "2026年11月23日09：30", "２０２６.11.23　0930"]
        {
            assert_eq!(moment_until(typed, now), Ok(now), "{typed}");
        }
        for typed in ["20261123", "2026-11-23 ", "2026-11-23 25:00", "T", "日"] {
            assert!(moment_until(typed, now).is_err(), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn every_day_is_read_in_every_usual_form(days in 0i64..146_000) {
            let day = day("1801-01-01") + chrono::TimeDelta::days(days);
            for form in ["%Y-%m-%d", "%Y/%m/%d", "%Y.%-m.%-d", "%Y%m%d", "%Y年%-m月%-d日", "%Y 年 %m 月 %d 日"] {
                let typed = day.format(form).to_string();
                prop_assert_eq!(read_date(&typed), Ok(day), "{}", typed);
            }
        }

        #[test]
        fn a_moment_is_read_back_however_it_is_written(minutes in 0i64..60 * 24 * 366 * 100) {
            let at = day("1930-01-01").and_time(NaiveTime::MIN) + chrono::TimeDelta::minutes(minutes);
            let later = Moment::from_court(day("2100-01-01").and_time(NaiveTime::MIN));
            for form in ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y%m%d%H%M", "%Y年%-m月%-d日%-H:%M", "%Y.%m.%d %H%M"] {
                let typed = at.format(form).to_string();
                prop_assert_eq!(moment_until(&typed, later).map(Moment::court_time), Ok(at), "{}", typed);
            }
        }

        #[test]
        fn whatever_is_typed_is_a_moment_or_a_whole_sentence(typed in "\\PC{0,24}|[0-9T:年月日 .-]{0,20}") {
            let later = Moment::from_court(day("2100-01-01").and_time(NaiveTime::MIN));
            for told in [read_date(&typed).err(), read_time(&typed).err(), moment_until(&typed, later).err()] {
                prop_assert!(told.is_none_or(|sentence| sentence.ends_with('。')));
            }
        }
    }
}
