//! Dates, times, money and numbers as they stand on pages and papers.

use crate::time::Moment;
use chrono::{Datelike, NaiveDate, TimeDelta, Timelike, Weekday};

/// `周一`.
pub fn weekday(on: NaiveDate) -> &'static str {
    match on.weekday() {
        Weekday::Mon => "周一",
        Weekday::Tue => "周二",
        Weekday::Wed => "周三",
        Weekday::Thu => "周四",
        Weekday::Fri => "周五",
        Weekday::Sat => "周六",
        Weekday::Sun => "周日",
    }
}

/// `2026年11月23日 周一`.
pub fn date(on: NaiveDate) -> String {
    format!("{} {}", plain_date(on), weekday(on))
}

/// `2026年11月23日`, for papers and the middle of sentences.
pub fn plain_date(on: NaiveDate) -> String {
    format!("{}年{}月{}日", on.year(), on.month(), on.day())
}

/// `2026-11-23`, for narrow columns, where digits must line up.
pub fn short_date(on: NaiveDate) -> String {
    on.format("%Y-%m-%d").to_string()
}

/// `14:05`, by the court's clocks.
pub fn time(at: Moment) -> String {
    let court = at.court_time();
    format!("{:02}:{:02}", court.hour(), court.minute())
}

/// `2026年11月23日 周一 14:05`.
pub fn moment(at: Moment) -> String {
    format!("{} {}", date(at.today()), time(at))
}

/// `2026-11-23 14:05`, for narrow columns.
pub fn short_moment(at: Moment) -> String {
    format!("{} {}", short_date(at.today()), time(at))
}

/// `¥12,345.00 元`, from fen.
pub fn money(fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    let (yuan, rest) = (fen.unsigned_abs() / 100, fen.unsigned_abs() % 100);
    format!("{sign}¥{}.{rest:02} 元", grouped(yuan))
}

/// `12,345.00`, from fen: for columns whose head says that it is yuan.
pub fn yuan(fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", grouped(fen.unsigned_abs() / 100), fen.unsigned_abs() % 100)
}

/// `1,234,567`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A length of time in its largest fitting unit or two: `3 天`, `2 小时 5 分钟`, `不到 1 分钟`.
pub fn duration(length: TimeDelta) -> String {
    let minutes = length.num_minutes().max(0);
    match (minutes / 1440, minutes / 60 % 24, minutes % 60) {
        (0, 0, 0) => "不到 1 分钟".into(),
        (0, 0, m) => format!("{m} 分钟"),
        (0, h, 0) => format!("{h} 小时"),
        (0, h, m) => format!("{h} 小时 {m} 分钟"),
        (d, 0, _) => format!("{d} 天"),
        (d, h, _) => format!("{d} 天 {h} 小时"),
    }
}

/// `刚刚`, `5 分钟前`, `今天 14:05`, `昨天 14:05`, else the date and time.
pub fn ago(at: Moment, now: Moment) -> String {
    let passed = now.utc() - at.utc();
    let days = (now.today() - at.today()).num_days();
    if passed < TimeDelta::minutes(1) && passed >= TimeDelta::zero() {
        "刚刚".into()
    } else if passed < TimeDelta::hours(1) && passed >= TimeDelta::zero() {
        format!("{} 分钟前", passed.num_minutes())
    } else {
        match days {
            0 => format!("今天 {}", time(at)),
            1 => format!("昨天 {}", time(at)),
            _ => short_moment(at),
        }
    }
}

/// `1.4 MB`, `812 KB`, `96 字节`.
pub fn file_size(bytes: u64) -> String {
    const KB: u64 = 1024;
    match bytes {
        0..KB => format!("{bytes} 字节"),
        KB..1_048_576 => format!("{} KB", bytes / KB),
        _ => format!("{}.{} MB", bytes / 1_048_576, bytes % 1_048_576 * 10 / 1_048_576),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDateTime;

    fn court(text: &str) -> Moment {
        Moment::from_court(NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap())
    }

    #[test]
    fn dates_and_times_read_as_on_a_chinese_paper() {
        let at = court("2026-11-23 09:05");
        assert_eq!(date(at.today()), "2026年11月23日 周一");
        assert_eq!(moment(at), "2026年11月23日 周一 09:05");
        assert_eq!(short_moment(court("2026-01-04 00:00")), "2026-01-04 00:00");
        assert_eq!(weekday("2026-11-29".parse().unwrap()), "周日");
    }

    #[test]
    fn money_is_grouped_and_keeps_its_fen() {
        let cases = [
            (1_234_500, "¥12,345.00 元"),
            (5, "¥0.05 元"),
            (-100, "-¥1.00 元"),
            (100_000_000, "¥1,000,000.00 元"),
            (i64::MIN, "-¥92,233,720,368,547,758.08 元"),
        ];
        for (fen, words) in cases {
            assert_eq!(money(fen), words);
        }
    }

    #[test]
    fn lengths_of_time_use_the_unit_that_fits() {
        let cases = [
            (0, "不到 1 分钟"),
            (59, "59 分钟"),
            (60, "1 小时"),
            (125, "2 小时 5 分钟"),
            (1440, "1 天"),
            (1510, "1 天 1 小时"),
        ];
        for (minutes, words) in cases {
            assert_eq!(duration(TimeDelta::minutes(minutes)), words);
        }
    }

    #[test]
    fn ago_names_today_and_yesterday_by_the_courts_day() {
        let now = court("2026-11-23 00:30");
        assert_eq!(ago(court("2026-11-23 00:30"), now), "刚刚");
        assert_eq!(ago(court("2026-11-22 23:50"), now), "40 分钟前");
        assert_eq!(ago(court("2026-11-22 14:05"), now), "昨天 14:05");
        assert_eq!(ago(court("2026-11-20 14:05"), now), "2026-11-20 14:05");
    }

    #[test]
    fn file_sizes_change_unit_at_their_boundaries() {
        assert_eq!(file_size(1023), "1023 字节");
        assert_eq!(file_size(1024), "1 KB");
        assert_eq!(file_size(1_048_575), "1023 KB");
        assert_eq!(file_size(1_572_864), "1.5 MB");
    }
}
