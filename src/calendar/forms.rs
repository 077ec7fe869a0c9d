//! What is typed about the calendar.

use super::change::YearContent;
use super::rules::parse;
use super::types::{DayKind, SpecialDay, Year, YearStatus, is_weekend};
use crate::web::form::{Complaints, number_in, one_of, words};
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// Years that can be entered.
pub const YEARS: std::ops::RangeInclusive<i64> = 2000..=2199;
/// The choice that makes a day what its place in the week says.
pub const ORDINARY: &str = "ordinary";

/// One day.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct DayForm {
    /// What had been proposed last for the year when the form was opened.
    #[serde(default)]
    pub seen: String,
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub reason: String,
}

/// One day as it is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayChange {
    /// `None`: what its place in the week says.
    pub kind: Option<(DayKind, String)>,
    pub reason: String,
}

impl DayForm {
    /// # Errors
    ///
    /// Every complaint at once.
    pub fn check(&self, date: NaiveDate) -> Result<DayChange, Complaints> {
        let mut complaints = Complaints::default();
        let kind = complaints.hear(
            "kind",
            one_of(&self.kind, |code| match code {
                ORDINARY => Some(None),
                code => DayKind::from_code(code).map(Some),
            }),
        );
        if kind == Some(Some(DayKind::Workday)) && !is_weekend(date) {
            complaints.add("kind", "这一天是周一至周五，本来就上班，不需要调休。");
        }
        let name = match kind {
            Some(Some(_)) => complaints.hear("name", words(&self.name, 1..=20)),
            _ => Some(String::new()),
        };
        let reason = complaints.hear("reason", words(&self.reason, 1..=200));
        let change = kind
            .zip(name)
            .zip(reason)
            .map(|((kind, name), reason)| DayChange { kind: kind.map(|kind| (kind, name)), reason });
        complaints.verdict(change)
    }
}

/// A year's list.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct ImportForm {
    /// What was proposed last for the year, as it was shown; empty where nothing was.
    #[serde(default)]
    pub seen: String,
    #[serde(default)]
    pub year: String,
    #[serde(default)]
    pub status: String,
    #[serde(default)]
    pub source: String,
    #[serde(default)]
    pub list: String,
}

impl ImportForm {
    /// The form that a proposed year could have come from.
    pub fn of(content: &YearContent) -> Self {
        let line = |day: &SpecialDay| {
            let kind = if day.kind == DayKind::Holiday { "放假" } else { "上班" };
            format!("{},{kind},{}", day.date, day.name)
        };
        ImportForm {
            seen: String::new(),
            year: content.year.to_string(),
            status: content.about.status.code().to_owned(),
            source: content.about.source.clone(),
            list: content.days.iter().map(line).collect::<Vec<_>>().join("\n"),
        }
    }

    /// # Errors
    ///
    /// Every complaint at once.
    pub fn check(&self) -> Result<YearContent, Complaints> {
        let mut complaints = Complaints::default();
        let year = complaints.hear("year", number_in(&self.year, YEARS)).and_then(|y| i32::try_from(y).ok());
        let status = complaints.hear(
            "status",
            one_of(&self.status, |code| YearStatus::from_code(code).filter(|s| *s != YearStatus::Missing)),
        );
        let source = complaints.hear("source", words(&self.source, 4..=200));
        let days = match parse(&self.list) {
            Ok(days) if days.is_empty() => {
                complaints.add("list", "请粘贴或选择放假安排的清单，每行一天。");
                None
            }
            Ok(days) => Some(days),
            Err(lines) => {
                lines.into_iter().for_each(|line| complaints.add("list", line));
                None
            }
        };
        for other in days.iter().flatten().filter(|day| year.is_some_and(|year| day.date.year() != year)) {
            complaints.add("list", format!("{}不属于这一年，请到那一年的日历里单独修改。", other.date));
        }
        let content = year.zip(status).zip(source).zip(days).map(|(((year, status), source), days)| {
            YearContent { year, about: Year { status, source }, days }
        });
        complaints.verdict(content)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn form(kind: &str, name: &str, reason: &str) -> DayForm {
        DayForm { kind: kind.into(), name: name.into(), reason: reason.into(), ..DayForm::default() }
    }

    #[test]
    fn a_day_needs_a_kind_a_name_and_a_reason() {
        let monday = day("2026-11-23");
        let ok = form("holiday", "院庆", "依通知").check(monday).unwrap();
        assert_eq!(ok.kind, Some((DayKind::Holiday, "院庆".into())));
        assert_eq!(form(ORDINARY, "", "录入有误").check(monday).unwrap().kind, None);
        assert!(form("workday", "国庆节", "依通知").check(monday).is_err());
        assert!(form("workday", "国庆节", "依通知").check(day("2026-11-22")).is_ok());
        let complaints = form("holiday", "", "").check(monday).unwrap_err();
        assert_eq!(complaints.iter().map(|(field, _)| field).collect::<Vec<_>>(), ["name", "reason"]);
        assert!(form("missing", "", "x").check(monday).is_err());
    }

    #[test]
    fn a_list_belongs_to_its_year_and_says_what_is_wrong_line_by_line() {
        let list = |list: &str| ImportForm {
            seen: String::new(),
            year: "2027".into(),
            status: "official".into(),
            source: "国办发明电〔2026〕7号".into(),
            list: list.into(),
        };
        let ok = list("2027-01-01,放假,元旦").check().unwrap();
        assert_eq!((ok.year, ok.about.status, ok.days.len()), (2027, YearStatus::Official, 1));
        assert!(list("").check().is_err());
        assert_eq!(list("2026-12-31,放假,元旦\n2027-01-01,放假,元旦").check().unwrap_err().iter().count(), 1);
        assert_eq!(list("x\n1,2,3\n2027-1-1,加班,元旦").check().unwrap_err().iter().count(), 2);
        assert!(ImportForm { status: "missing".into(), ..list("2027-01-01,放假,元旦") }.check().is_err());
        assert!(ImportForm { year: "1900".into(), ..list("2027-01-01,放假,元旦") }.check().is_err());
    }
}
