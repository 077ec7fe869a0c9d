//! Task sheets, measures, results.

use super::{staff, submission};
use crate::enforcement::actions::{MeasureDraft, ResultDraft, SheetDraft};
use crate::enforcement::types::Outcome;
use crate::people::StaffId;
use crate::web::form::{Complaints, RowChange, date_in, date_until, one_of, paragraphs, read_date};
use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// The most measures on one sheet.
const MOST: usize = 30;

/// No task is set for longer than this, in months.
const LONGEST: Months = Months::new(24);

fn due(typed: &str, today: NaiveDate) -> Result<NaiveDate, String> {
    date_in(typed, today..=today.checked_add_months(LONGEST).unwrap_or(today))
}

/// A task sheet as typed: its measures line by line, of which wholly empty ones count as not there.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct SheetForm {
    pub submission: String,
    pub issuer: String,
    pub task: String,
    pub due_on: String,
    pub measure: Vec<String>,
    pub owner: Vec<String>,
    pub until: Vec<String>,
    /// The button that adds or removes a line.
    pub rows: String,
}

impl SheetForm {
    /// How many lines there are.
    pub fn lines(&self) -> usize {
        self.measure.len().clamp(1, MOST)
    }

    /// What stands in this line of a column.
    pub fn at(column: &[String], line: usize) -> &str {
        column.get(line).map_or("", String::as_str)
    }

    /// One line more or less, where such a button was pressed; says whether it was.
    pub fn change_rows(&mut self) -> bool {
        let pressed = std::mem::take(&mut self.rows);
        let columns = [&mut self.measure, &mut self.owner, &mut self.until];
        match RowChange::read(&pressed) {
            Some(RowChange::Add(_)) => {
                for column in columns {
                    column.push(String::new());
                }
                true
            }
            Some(RowChange::Remove(_, row)) => {
                for column in columns.into_iter().filter(|column| row < column.len()) {
                    column.remove(row);
                }
                true
            }
            None => false,
        }
    }

    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self, today: NaiveDate) -> Result<SheetDraft, Complaints> {
        let mut complaints = Complaints::default();
        let submission = submission(&mut complaints, &self.submission);
        let issuer = complaints.hear("issuer", staff(&self.issuer));
        let task = complaints.hear("task", paragraphs(&self.task, 5..=1000));
        let due_on = complaints.hear("due_on", due(&self.due_on, today));
        let mut measures = Vec::new();
        let mut empty = true;
        for line in 0..self.lines() {
            let cell = |column: &[String]| SheetForm::at(column, line).trim().to_owned();
            let typed = (cell(&self.measure), cell(&self.owner), cell(&self.until));
            if typed.0.is_empty() && typed.1.is_empty() && typed.2.is_empty() {
                continue;
            }
            empty = false;
            measures.extend(measure(&mut complaints, line, &typed, (today, due_on)));
        }
        if empty {
            complaints.add("measure.0", "任务单至少要有一项措施，写明做什么、谁负责、什么时候以前。");
        }
        let draft =
            submission.zip(issuer).zip(task.zip(due_on)).map(|((submission, issuer), (task, due_on))| {
                SheetDraft { task, issuer, due_on, measures, submission }
            });
        complaints.verdict(draft)
    }
}

/// One line of the sheet; a day left empty is the sheet's limit.
fn measure(
    complaints: &mut Complaints,
    line: usize,
    (text, owner, until): &(String, String, String),
    (today, limit): (NaiveDate, Option<NaiveDate>),
) -> Option<MeasureDraft> {
    let text = complaints.hear(format!("measure.{line}"), paragraphs(text, 2..=300));
    let owner = complaints.hear(format!("owner.{line}"), staff(owner));
    let last = limit.unwrap_or(NaiveDate::MAX);
    let due_on = match (until.is_empty(), limit) {
        (true, Some(limit)) => Some(limit),
        (true, None) => None,
        (false, _) => {
            let read = read_date(until).and_then(|day| {
                if (today..=last).contains(&day) {
                    Ok(day)
                } else {
                    Err("措施的期限应在今天和任务单的时限之间。".to_owned())
                }
            });
            complaints.hear(format!("until.{line}"), read)
        }
    };
    let ((text, owner), due_on) = text.zip(owner).zip(due_on)?;
    Some(MeasureDraft { text, owner, due_on })
}

/// A measure that is added later.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct MeasureForm {
    pub submission: String,
    pub text: String,
    pub owner: String,
    pub due_on: String,
}

impl MeasureForm {
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self, today: NaiveDate) -> Result<(MeasureDraft, String), Complaints> {
        let mut complaints = Complaints::default();
        let submission = submission(&mut complaints, &self.submission);
        let text = complaints.hear("text", paragraphs(&self.text, 2..=300));
        let owner = complaints.hear("owner", staff(&self.owner));
        let due_on = complaints.hear("due_on", due(&self.due_on, today));
        let draft = text
            .zip(owner)
            .zip(due_on.zip(submission))
            .map(|((text, owner), (due_on, submission))| (MeasureDraft { text, owner, due_on }, submission));
        complaints.verdict(draft)
    }
}

/// Who is to own a measure from now on.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct OwnerForm {
    pub version: i64,
    pub owner: String,
    pub reason: String,
}

impl OwnerForm {
    /// Who, and why.
    ///
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self) -> Result<(StaffId, String), Complaints> {
        let mut complaints = Complaints::default();
        let owner = complaints.hear("owner", staff(&self.owner));
        let reason = complaints.hear("reason", paragraphs(&self.reason, 2..=300));
        let both = owner.zip(reason);
        complaints.verdict(both)
    }
}

/// What became of a measure.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ResultForm {
    pub version: i64,
    pub outcome: String,
    pub done_on: String,
    pub text: String,
}

impl ResultForm {
    /// How it went; a day left empty is today.
    ///
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self, today: NaiveDate) -> Result<ResultDraft, Complaints> {
        let mut complaints = Complaints::default();
        let outcome = complaints.hear("outcome", one_of(&self.outcome, Outcome::from_code));
        let day = if self.done_on.trim().is_empty() { Ok(today) } else { date_until(&self.done_on, today) };
        let done_on = complaints.hear("done_on", day);
        let text = complaints.hear("text", paragraphs(&self.text, 2..=1000));
        let draft = outcome.zip(done_on).zip(text);
        complaints.verdict(draft.map(|((outcome, on), text)| ResultDraft { outcome, on, text }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        "2026-11-23".parse().unwrap()
    }

    fn own(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    fn form() -> SheetForm {
        SheetForm {
            submission: "abcdefgh".into(),
            issuer: "3".into(),
            task: "一个月内拍卖查封房产。".into(),
            due_on: "2026-12-23".into(),
            measure: own(&["委托评估", "", "上网拍卖"]),
            owner: own(&["5", "", "6"]),
            until: own(&["2026-12-01", "", ""]),
            rows: String::new(),
        }
    }

    #[test]
    fn empty_lines_are_not_there_and_a_day_left_empty_is_the_limit() {
        let draft = form().check(today()).unwrap();
        let days: Vec<String> = draft.measures.iter().map(|one| one.due_on.to_string()).collect();
        assert_eq!(days, ["2026-12-01", "2026-12-23"]);
        assert_eq!((draft.measures[1].owner, draft.issuer), (StaffId(6), StaffId(3)));
    }

    #[test]
    fn every_line_begun_is_finished_and_ends_within_the_limit() {
        let wrong = SheetForm {
            measure: own(&["", "查询银行账户"]),
            owner: own(&["5", ""]),
            until: own(&["", "2026-12-24"]),
            ..form()
        };
        let wrong = wrong.check(today()).unwrap_err();
        for field in ["measure.0", "owner.1", "until.1"] {
            assert_eq!(wrong.about(field).count(), 1, "{field}");
        }
        let none = SheetForm { measure: vec![], owner: vec![], until: vec![], ..form() };
        assert_eq!(none.check(today()).unwrap_err().about("measure.0").count(), 1);
        let late = SheetForm { due_on: "2026-11-22".into(), ..form() };
        assert_eq!(late.check(today()).unwrap_err().about("due_on").count(), 1);
    }

    #[test]
    fn buttons_add_and_remove_lines() {
        let mut more = SheetForm { rows: "add-measure".into(), ..form() };
        assert!(more.change_rows() && more.lines() == 4);
        let mut less = SheetForm { rows: "remove-measure-1".into(), ..form() };
        assert!(less.change_rows());
        assert_eq!(less.measure, ["委托评估", "上网拍卖"]);
        assert!(!form().change_rows());
    }

    #[test]
    fn a_result_is_not_of_the_future_and_a_day_left_empty_is_today() {
        let form =
            ResultForm { outcome: "done".into(), text: "已划拨。".into(), ..ResultForm::default() };
        assert_eq!(form.check(today()).unwrap().on, today());
        let unsaid = ResultForm { outcome: String::new(), ..form.clone() };
        assert_eq!(unsaid.check(today()).unwrap_err().about("outcome").count(), 1);
        let ahead = ResultForm { done_on: "2026-11-24".into(), ..form };
        assert_eq!(ahead.check(today()).unwrap_err().about("done_on").count(), 1);
    }
}
