//! Days, years and the calendar that they make.

use crate::db::coded;
use crate::web::light::SOON_WORKING_DAYS;
use crate::web::{Due, Near};
use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

coded! {
    /// How a day differs from what its place in the week says.
    pub enum DayKind {
        /// Nobody works although it is Monday to Friday, or a weekend day that is a statutory holiday.
        Holiday = "holiday" "放假",
        /// A weekend day that is worked to make up for a holiday.
        Workday = "workday" "调休上班",
    }
}

coded! {
    /// How far a year's calendar can be relied on.
    pub enum YearStatus {
        /// The State Council's office has announced it.
        Official = "official" "已公布",
        /// Only the days that the law fixes are in it.
        Provisional = "provisional" "暂定",
        /// Nothing has been entered; weekends and the holidays of fixed date are all that is known.
        Missing = "missing" "未录入",
    }
}

/// A day that differs from its place in the week, and the holiday it belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpecialDay {
    pub date: NaiveDate,
    pub kind: DayKind,
    /// The holiday's name, such as 国庆节; a make-up day carries the name of the holiday that it makes up for.
    pub name: String,
}

/// What is known of one year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Year {
    pub status: YearStatus,
    /// Where it comes from: the number and date of the announcement.
    pub source: String,
}

/// What one day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day<'a> {
    /// Monday to Friday and nothing else.
    Weekday,
    /// A weekend day that is worked (调休上班), and the holiday that it makes up for.
    MakeUp(&'a str),
    Weekend,
    /// A holiday, and its name.
    Holiday(&'a str),
}

impl Day<'_> {
    /// Whether the court works on it.
    pub fn is_working(self) -> bool {
        matches!(self, Day::Weekday | Day::MakeUp(_))
    }

    /// The day in words: 工作日, 周末, 国庆节放假, 调休上班（国庆节）.
    pub fn words(self) -> String {
        match self {
            Day::Weekday => "工作日".to_owned(),
            Day::Weekend => "周末".to_owned(),
            Day::Holiday(name) => format!("{name}放假"),
            Day::MakeUp(name) => format!("调休上班（{name}）"),
        }
    }
}

/// The court's calendar: the days that differ, and what is known of each year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkingDays {
    days: BTreeMap<NaiveDate, (DayKind, String)>,
    years: BTreeMap<i32, Year>,
}

impl WorkingDays {
    /// The calendar with these days and years. Of two entries for one day the later one holds.
    pub fn new(
        days: impl IntoIterator<Item = SpecialDay>,
        years: impl IntoIterator<Item = (i32, Year)>,
    ) -> Self {
        WorkingDays {
            days: days.into_iter().map(|day| (day.date, (day.kind, day.name))).collect(),
            years: years.into_iter().collect(),
        }
    }

    /// The years that come with the software.
    pub fn shipped() -> Arc<WorkingDays> {
        static SHIPPED: LazyLock<Arc<WorkingDays>> =
            LazyLock::new(|| Arc::new(super::rules::shipped_calendar()));
        SHIPPED.clone()
    }

    /// What `date` is. In a year that is missing, the holidays whose dates the law fixes still count.
    pub fn day(&self, date: NaiveDate) -> Day<'_> {
        match self.days.get(&date) {
            Some((DayKind::Holiday, name)) => Day::Holiday(name),
            Some((DayKind::Workday, name)) => Day::MakeUp(name),
            None => match (self.status(date.year()), fixed_holiday(date)) {
                (YearStatus::Missing, Some(name)) => Day::Holiday(name),
                _ if is_weekend(date) => Day::Weekend,
                _ => Day::Weekday,
            },
        }
    }

    /// Whether the court works on `date`.
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        self.day(date).is_working()
    }

    /// The first working day on or after `date`; `None` only at the end of all dates.
    pub fn on_or_after(&self, date: NaiveDate) -> Option<NaiveDate> {
        date.iter_days().find(|day| self.is_working_day(*day))
    }

    /// The first working day after `date`.
    pub fn next(&self, date: NaiveDate) -> Option<NaiveDate> {
        self.on_or_after(date.succ_opt()?)
    }

    /// The last working day before `date`.
    pub fn previous(&self, date: NaiveDate) -> Option<NaiveDate> {
        let mut day = date.pred_opt()?;
        while !self.is_working_day(day) {
            day = day.pred_opt()?;
        }
        Some(day)
    }

    /// The `n`th working day after `start`, which itself is never counted; `start` when `n` is 0.
    pub fn after(&self, start: NaiveDate, n: u32) -> Option<NaiveDate> {
        let mut day = start;
        for _ in 0..n {
            day = self.next(day)?;
        }
        Some(day)
    }

    /// How many working days lie after `from` and up to `to`, `to` included; 0 when `to` is not later.
    pub fn between(&self, from: NaiveDate, to: NaiveDate) -> usize {
        from.iter_days().skip(1).take_while(|day| *day <= to).filter(|day| self.is_working_day(*day)).count()
    }

    /// The day `on` as a deadline, seen from `today`.
    pub fn due(&self, today: NaiveDate, on: NaiveDate) -> Due {
        Due { on, today, working_days_left: u32::try_from(self.between(today, on)).unwrap_or(u32::MAX) }
    }

    /// Up to which days things are overdue, and soon due, seen from `today`.
    pub fn near(&self, today: NaiveDate) -> Near {
        let soon = self.after(today, SOON_WORKING_DAYS).unwrap_or(today);
        Near { yesterday: today.pred_opt().unwrap_or(today), soon }
    }

    /// How far `year` can be relied on.
    pub fn status(&self, year: i32) -> YearStatus {
        self.years.get(&year).map_or(YearStatus::Missing, |year| year.status)
    }

    /// What is known of `year`, where anything is.
    pub fn year(&self, year: i32) -> Option<&Year> {
        self.years.get(&year)
    }

    /// The years that are entered, the earliest first.
    pub fn years(&self) -> impl Iterator<Item = (i32, &Year)> {
        self.years.iter().map(|(number, year)| (*number, year))
    }

    /// The days of `year` that differ from their place in the week, the earliest first.
    pub fn special_days(&self, year: i32) -> impl Iterator<Item = SpecialDay> {
        self.days.iter().filter(move |(date, _)| date.year() == year).map(|(date, (kind, name))| SpecialDay {
            date: *date,
            kind: *kind,
            name: name.clone(),
        })
    }

    /// The first year entered, if there is one.
    pub fn first_year(&self) -> Option<i32> {
        self.years.keys().next().copied()
    }
}

/// Saturday or Sunday.
pub fn is_weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The statutory holidays that fall on the same date each year (《全国年节及纪念日放假办法》, as revised in 2024).
/// The lunar ones and 清明节 have to be entered.
fn fixed_holiday(date: NaiveDate) -> Option<&'static str> {
    match (date.month(), date.day()) {
        (1, 1) => Some("元旦"),
        (5, 1) => Some("劳动节"),
        (5, 2) if date.year() >= 2025 => Some("劳动节"),
        (10, 1..=3) => Some("国庆节"),
        _ => None,
    }
}
