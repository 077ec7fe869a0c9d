//! How a deadline is counted, and the date that comes of it with its reasons.

use super::course::Course;
use super::event::PauseReason;
use crate::calendar::types::YearStatus;
use crate::db::coded;
use crate::web::formats::date;
use chrono::NaiveDate;

coded! {
    /// What a deadline is counted in.
    pub enum Unit {
        /// Calendar days (日).
        Day = "day" "日",
        /// Days on which the court works (工作日).
        WorkingDay = "working_day" "个工作日",
        /// Months (月): the same-numbered day, or the month's last where it has none.
        Month = "month" "个月",
        /// The last day of the month that lies this many months on; 0 is the month of the start itself.
        MonthEnd = "month_end" "个月后的月底",
    }
}

impl Unit {
    /// The greatest amount that can be counted: a hundred years.
    pub const fn limit(self) -> u32 {
        match self {
            Unit::Day => 36_600,
            Unit::WorkingDay => 26_000,
            Unit::Month | Unit::MonthEnd => 1_200,
        }
    }
}

/// How long, and whether a last day on which the court doesn't work moves on to the next one on which it does (顺延).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    pub amount: u32,
    pub unit: Unit,
    pub roll: bool,
}

impl Count {
    /// The length in words: 15日, 5个工作日, 3个月, 当日, 当月月底.
    pub fn words(self) -> String {
        match (self.unit, self.amount) {
            (Unit::Day, 0) => "当日".to_owned(),
            (Unit::MonthEnd, 0) => "当月月底".to_owned(),
            (unit, amount) => format!("{amount}{}", unit.label()),
        }
    }
}

/// A date by which something is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// Where counting ends before it moves on.
    pub raw_due_on: NaiveDate,
    pub due_on: NaiveDate,
    /// The years without an announced calendar on which the date rests; empty when it is final.
    pub unsettled: Vec<(i32, YearStatus)>,
}

impl Due {
    /// Whether the date may still change, because a year that it rests on isn't announced.
    pub fn is_provisional(&self) -> bool {
        !self.unsettled.is_empty()
    }
}

/// What counting made of one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// The day from which it runs; never counted.
    Start,
    /// Counted, as the nth.
    Counted(u32),
    /// Passed over: the court doesn't work.
    Skipped,
    /// Passed over: the clock was paused.
    Paused(PauseReason),
    /// Counted after the months, as the nth in place of a day of theirs that was paused.
    MadeUp(u32),
    /// Counted as the nth of the extension.
    Extended(u32),
    /// The day on which this many months are full.
    Months(u32),
    /// As `Months`, where the month has no such day and its last one takes its place.
    MonthsAtEnd(u32),
    /// The last day of the month that is meant.
    MonthEnd,
    /// The day that whoever assigned the matter named.
    Named,
    /// A last day, or one after it, on which the court doesn't work: the deadline moves on.
    RolledOver,
    /// The working day to which it moved.
    RolledTo,
}

/// One day of a derivation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub date: NaiveDate,
    pub mark: Mark,
    /// What the day is, in words: 工作日, 周末, 国庆节放假, 调休上班（国庆节）.
    pub day: String,
}

impl Step {
    /// What happened to the day, in words.
    pub fn words(&self) -> String {
        match self.mark {
            Mark::Start => "起算日，不计入".to_owned(),
            Mark::Counted(n) => format!("第{n}日"),
            Mark::Skipped => "不计入".to_owned(),
            Mark::Paused(reason) => format!("中止，不计入（{}）", reason.label()),
            Mark::MadeUp(n) => format!("补足中止的第{n}日"),
            Mark::Extended(n) => format!("延期第{n}日"),
            Mark::Months(n) => format!("满{n}个月"),
            Mark::MonthsAtEnd(n) => format!("满{n}个月（该月没有对应日，以月末日为准）"),
            Mark::MonthEnd => "月底".to_owned(),
            Mark::Named => "交办机关指定的期限".to_owned(),
            Mark::RolledOver => "不是工作日，顺延".to_owned(),
            Mark::RolledTo => "顺延到此日".to_owned(),
        }
    }
}

/// Why a date is what it is: the day from which it runs, what was counted, and each day on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derivation {
    pub course: Course,
    pub count: Count,
    pub due: Due,
    /// In order of date. Where months are counted, only the days on which one is full, and those after the last.
    pub steps: Vec<Step>,
    /// The first year of the calendar, which tells a year that is too long ago from one not yet announced.
    pub first_known_year: Option<i32>,
}

/// More days than this are told in stretches rather than one by one.
const DAYS_TOLD_SINGLY: usize = 130;

impl Derivation {
    /// The rule of counting in one sentence.
    pub fn method(&self) -> String {
        if self.course.named.is_some() {
            return "以交办机关指定的日期为准，不另行计算，也不顺延。".to_owned();
        }
        let how = match self.count.unit {
            Unit::Day => "起算当日不计入，逐日计算（包括节假日）",
            Unit::WorkingDay => "起算当日不计入，只计工作日（调休上班的周末计入，放假的日子不计入）",
            Unit::Month => "起算当日不计入，到期月的对应日为最后一日；没有对应日的，月末日为最后一日",
            Unit::MonthEnd => "到所计月份的最后一日为止",
        };
        let roll = if self.count.roll {
            "最后一日不是工作日的，顺延到其后第一个工作日"
        } else {
            "最后一日不顺延"
        };
        let pauses = match (self.course.pauses.is_empty(), self.count.unit) {
            (true, _) => "",
            (false, Unit::Day | Unit::WorkingDay) => "；中止的日子不计入",
            (false, Unit::Month | Unit::MonthEnd) => "；期满前中止了几日，期满后补足几日",
        };
        let extension = match self.course.extended_by {
            None => String::new(),
            Some(days) => format!("；期满后延期{days}日，逐日计算"),
        };
        format!("{how}{pauses}{extension}；{roll}。")
    }

    /// What is not final about the date, a sentence a year; empty when nothing is.
    pub fn warnings(&self) -> Vec<String> {
        let about = |(year, status): &(i32, YearStatus)| match status {
            YearStatus::Provisional => {
                format!("注意：{year}年放假安排尚未公布，按暂定日历推算，公布后日期可能变化。")
            }
            YearStatus::Missing if self.first_known_year.is_some_and(|first| *year < first) => {
                format!("注意：日历中没有{year}年的放假安排，只按周末和固定日期的法定节日推算，请人工核对。")
            }
            YearStatus::Missing | YearStatus::Official => format!(
                "注意：{year}年放假安排尚未公布，暂按周末和固定日期的法定节日推算，公布后日期可能变化。"
            ),
        };
        self.due.unsettled.iter().map(about).collect()
    }

    /// The whole explanation, a line for each thing said.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![
            format!("起算日：{}", date(self.course.starts_on)),
            format!("期限：{}", self.count.words()),
            format!("算法：{}", self.method()),
            format!("计算期满：{}", date(self.due.raw_due_on)),
            format!("到期日：{}", date(self.due.due_on)),
        ];
        lines.extend(self.warnings());
        lines.push("逐日说明：".to_owned());
        lines.extend(if self.steps.len() <= DAYS_TOLD_SINGLY { self.singly() } else { self.in_stretches() });
        lines
    }

    fn singly(&self) -> Vec<String> {
        self.steps.iter().map(|step| format!("{}　{}　{}", date(step.date), step.day, step.words())).collect()
    }

    /// Days that follow one another and fare alike make one line.
    fn in_stretches(&self) -> Vec<String> {
        let alike = |a: &Step, b: &Step| match (a.mark, b.mark) {
            (Mark::Counted(_), Mark::Counted(_))
            | (Mark::MadeUp(_), Mark::MadeUp(_))
            | (Mark::Extended(_), Mark::Extended(_)) => true,
            (Mark::Paused(a_reason), Mark::Paused(b_reason)) => a_reason == b_reason,
            (a_mark, b_mark) => a_mark == b_mark && a.day == b.day,
        };
        let adjacent = |a: &Step, b: &Step| a.date.succ_opt() == Some(b.date);
        self.steps
            .chunk_by(|a, b| adjacent(a, b) && alike(a, b))
            .filter_map(|stretch| Some((stretch.first()?, stretch.last()?)))
            .map(|(first, last)| match (first.mark, last.mark) {
                _ if first == last => format!("{}　{}　{}", date(first.date), first.day, first.words()),
                (Mark::Counted(from), Mark::Counted(to)) => {
                    format!("{}至{}　第{from}至{to}日", date(first.date), date(last.date))
                }
                (Mark::Paused(_), _) => {
                    format!("{}至{}　{}", date(first.date), date(last.date), first.words())
                }
                (Mark::MadeUp(from), Mark::MadeUp(to)) => {
                    format!("{}至{}　补足中止的第{from}至{to}日", date(first.date), date(last.date))
                }
                (Mark::Extended(from), Mark::Extended(to)) => {
                    format!("{}至{}　延期第{from}至{to}日", date(first.date), date(last.date))
                }
                _ => format!("{}至{}　{}　{}", date(first.date), date(last.date), first.day, first.words()),
            })
            .collect()
    }
}

/// Why a date cannot be reckoned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// More than [`Unit::limit`].
    TooMuch(Unit),
    /// The start lies outside the years 1950 to 2199.
    StartOutOfRange,
    /// Counting runs off the end of all dates: only with a calendar on which the court never works.
    NoEnd,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Refusal::TooMuch(unit) => {
                write!(f, "期限太长：最多可以计算{}{}，请改小后再试。", unit.limit(), unit.label())
            }
            Refusal::StartOutOfRange => f.write_str("起算日期超出范围：请填写1950年至2199年之间的日期。"),
            Refusal::NoEnd => f.write_str("按现有日历算不出到期日：日历里没有工作日，请检查工作日历。"),
        }
    }
}

impl From<Refusal> for crate::error::Problem {
    fn from(refusal: Refusal) -> Self {
        crate::error::Problem::Refused(refusal.to_string())
    }
}
