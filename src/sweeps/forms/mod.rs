//! What is typed about sheets, cases and answers, and what is chosen above the lists.

mod queries;

pub use queries::{FiguresQuery, RowQuery, SheetQuery, SweepQuery, TriageQuery};

use super::rules::{self, masked};
use super::types::{
    Answer, Answering, CaseLine, Closing, ClosingDraft, Item, Mark, Opening, RowKind, SweepKind, VisitDraft,
};
use crate::matters::case_number::{CaseNumber, CaseNumberFault};
use crate::people::DivisionId;
use crate::text::tidy;
use crate::web::form::{Complaints, date_until, many_of, one_of, optional, paragraphs, read_date, words};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A sheet to be opened, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct OpeningForm {
    pub kind: String,
    pub name: String,
    pub from_on: String,
    pub to_on: String,
    pub due_on: String,
    pub divisions: Vec<String>,
}

impl OpeningForm {
    /// The ten days that `today` is in, for these divisions.
    pub fn of(today: NaiveDate, divisions: &[DivisionId]) -> Self {
        let (from, to) = rules::ten_days_of(today);
        OpeningForm {
            kind: SweepKind::TenDay.code().to_owned(),
            name: String::new(),
            from_on: from.to_string(),
            to_on: to.to_string(),
            due_on: to.to_string(),
            divisions: divisions.iter().map(ToString::to_string).collect(),
        }
    }

    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self, today: NaiveDate) -> Result<Opening, Complaints> {
        let mut complaints = Complaints::default();
        let kind = complaints.hear("kind", one_of(&self.kind, SweepKind::from_code));
        let name = complaints.hear("name", words(&tidy(&self.name), 0..=30));
        let from = complaints.hear("from_on", read_date(&self.from_on));
        let to = complaints.hear("to_on", read_date(&self.to_on));
        let due = complaints.hear("due_on", read_date(&self.due_on));
        let divisions = many_of(&self.divisions, |id| id.parse::<DivisionId>().ok());
        let divisions = divisions.and_then(|all| {
            if all.is_empty() { Err("请至少勾选一个庭室。".to_owned()) } else { Ok(all) }
        });
        let divisions = complaints.hear("divisions", divisions);
        if let (Some(SweepKind::Special), Some("")) = (kind, name.as_deref()) {
            complaints.add("name", rules::Refusal::NoName.to_string());
        }
        let opening = match (kind, name, from, to, due, divisions) {
            (Some(kind), Some(name), Some(from_on), Some(to_on), Some(due_on), Some(divisions)) => {
                let (from_on, to_on) = match kind {
                    SweepKind::Monthly => rules::month_of(from_on),
                    SweepKind::TenDay => rules::ten_days_of(from_on),
                    SweepKind::Special => (from_on, to_on),
                };
                if let Err(refusal) = rules::may_open((from_on, to_on, due_on), today) {
                    complaints.add("due_on", refusal.to_string());
                }
                let name = if kind == SweepKind::Special { name } else { String::new() };
                Some(Opening { kind, name, from_on, to_on, due_on, divisions })
            }
            _ => None,
        };
        complaints.verdict(opening)
    }
}

/// A case as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct CaseForm {
    pub case_number: String,
    pub kind: String,
    pub cause: String,
    pub parties: String,
    pub judge: String,
    pub happened_on: String,
}

/// A case number as a sheet keeps it.
///
/// # Errors
///
/// Which part of it is wrong.
pub fn case_number(typed: &str, today: NaiveDate) -> Result<String, String> {
    let typed = words(&tidy(typed), 1..=60)?;
    let told = |fault: CaseNumberFault| fault.to_string();
    CaseNumber::parse_until(&typed, today).map(|number| number.canonical()).map_err(told)
}

impl CaseForm {
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self, today: NaiveDate) -> Result<CaseLine, Complaints> {
        let mut complaints = Complaints::default();
        let number = complaints.hear("case_number", case_number(&self.case_number, today));
        let chosen = |code: &str| RowKind::from_code(code).filter(|kind| *kind != RowKind::Again);
        let kind = complaints.hear("kind", one_of(&self.kind, chosen));
        let cause = complaints.hear("cause", words(&tidy(&self.cause), 0..=40));
        let parties = complaints.hear("parties", words(&tidy(&self.parties), 0..=200));
        let judge = complaints.hear("judge", words(&tidy(&self.judge), 0..=20));
        let on = optional(&self.happened_on, |typed| date_until(typed, today));
        let on = complaints.hear("happened_on", on);
        let line = match (number, kind, cause, parties, judge, on) {
            (Some(case_number), Some(kind), Some(cause), Some(parties), Some(judge), Some(happened_on)) => {
                Some(CaseLine { case_number, kind, cause, parties: masked(&parties), judge, happened_on })
            }
            _ => None,
        };
        complaints.verdict(line)
    }
}

/// An answer as given. The buttons send `answer`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct AnswerForm {
    pub version: i64,
    pub answer: String,
    pub note: String,
    /// `row` when it was given on the case's own page.
    pub from: String,
}

impl AnswerForm {
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self) -> Result<Answering, Complaints> {
        let mut complaints = Complaints::default();
        let answer = complaints.hear("answer", one_of(&self.answer, Answer::from_code));
        let note = complaints.hear("note", words(&self.note, 0..=200));
        if answer == Some(Answer::TierOne) && note.as_ref().is_some_and(|note| note.chars().count() < 4) {
            complaints.add("note", "列入一级要写一句话：发现了什么苗头。至少 4 个字。");
        }
        complaints.verdict(answer.zip(note).map(|(answer, note)| Answering { answer, note }))
    }
}

/// A visit as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct VisitForm {
    pub submission: String,
    pub visited_on: String,
    pub who: String,
    pub found: String,
}

impl VisitForm {
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self, today: NaiveDate) -> Result<VisitDraft, Complaints> {
        let mut complaints = Complaints::default();
        let submission = complaints.hear("submission", words(&self.submission, 8..=64));
        let visited_on = complaints.hear("visited_on", date_until(&self.visited_on, today));
        let who = complaints.hear("who", words(&tidy(&self.who), 2..=60));
        let found = complaints.hear("found", paragraphs(&self.found, 4..=1_000));
        let draft = match (submission, visited_on, who, found) {
            (Some(submission), Some(visited_on), Some(who), Some(found)) => {
                Some(VisitDraft { visited_on, who, found, submission })
            }
            _ => None,
        };
        complaints.verdict(draft)
    }
}

/// How a case ended, as ticked.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ClosingForm {
    /// Of what was recorded before; -1 where nothing was.
    pub version: i64,
    pub pronounced: String,
    pub served_in_person: String,
    pub explained: String,
    pub views_heard: String,
    pub mediated: String,
    pub note: String,
}

impl ClosingForm {
    /// As recorded; nothing chosen where nothing is.
    pub fn of(closing: Option<&Closing>) -> Self {
        let Some(closing) = closing else { return ClosingForm { version: -1, ..ClosingForm::default() } };
        let mark = |item| closing.mark(item).code().to_owned();
        ClosingForm {
            version: closing.version,
            pronounced: mark(Item::Pronounced),
            served_in_person: mark(Item::ServedInPerson),
            explained: mark(Item::Explained),
            views_heard: mark(Item::ViewsHeard),
            mediated: mark(Item::Mediated),
            note: closing.note.clone(),
        }
    }

    pub fn typed(&self, item: Item) -> &str {
        match item {
            Item::Pronounced => &self.pronounced,
            Item::ServedInPerson => &self.served_in_person,
            Item::Explained => &self.explained,
            Item::ViewsHeard => &self.views_heard,
            Item::Mediated => &self.mediated,
        }
    }

    /// # Errors
    ///
    /// What is wrong, field by field; what wasn't done is explained in words.
    pub fn check(&self) -> Result<ClosingDraft, Complaints> {
        let mut complaints = Complaints::default();
        let mut mark = |item: Item| complaints.hear(item.code(), one_of(self.typed(item), Mark::from_code));
        let all = (
            mark(Item::Pronounced),
            mark(Item::ServedInPerson),
            mark(Item::Explained),
            mark(Item::ViewsHeard),
            mark(Item::Mediated),
        );
        let note = complaints.hear("note", paragraphs(&self.note, 0..=500));
        let (Some(a), Some(b), Some(c), Some(d), Some(e), Some(note)) =
            (all.0, all.1, all.2, all.3, all.4, note)
        else {
            return complaints.verdict(None);
        };
        let marks = [a, b, c, d, e];
        if marks.contains(&Mark::No) && note.is_empty() {
            complaints.add("note", "选了“否”的，请写明原因，或者打算什么时候补办。");
        }
        complaints.verdict(Some(ClosingDraft { marks, note }))
    }
}

/// A version that a button was pressed at.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
pub struct VersionForm {
    pub version: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        "2026-11-23".parse().unwrap()
    }

    #[test]
    fn tier_one_needs_a_sentence() {
        let answer = |answer: &str, note: &str| {
            AnswerForm { answer: answer.into(), note: note.into(), ..Default::default() }.check()
        };
        assert!(answer("nothing", "").is_ok() && answer("again", "").is_ok());
        assert_eq!(answer("tier_one", "急").unwrap_err().about("note").count(), 1);
        assert!(answer("tier_one", "原告扬言不服").is_ok() && answer("", "").is_err());
    }

    #[test]
    fn what_was_not_done_is_explained() {
        let all = |mark: &str, note: &str| ClosingForm {
            pronounced: "yes".into(),
            served_in_person: "na".into(),
            explained: mark.into(),
            views_heard: "yes".into(),
            mediated: "na".into(),
            note: note.into(),
            version: -1,
        };
        assert_eq!(all("no", "").check().unwrap_err().about("note").count(), 1);
        let draft = all("no", "约定下周二释明").check().unwrap();
        assert_eq!(draft.marks, [Mark::Yes, Mark::NotApplicable, Mark::No, Mark::Yes, Mark::NotApplicable]);
        assert_eq!(all("", "").check().unwrap_err().about("explained").count(), 1);
    }

    #[test]
    fn a_month_and_ten_days_are_whole_and_a_special_period_has_a_name() {
        let form = |kind: &str, name: &str| OpeningForm {
            kind: kind.into(),
            name: name.into(),
            from_on: "2026-11-23".into(),
            to_on: "2026-11-25".into(),
            due_on: "2026-11-30".into(),
            divisions: vec!["2".into()],
        };
        let opened = |kind, name| form(kind, name).check(today()).map(|o| (o.from_on, o.to_on));
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(opened("monthly", ""), Ok((day("2026-11-01"), day("2026-11-30"))));
        assert_eq!(opened("ten_day", ""), Ok((day("2026-11-21"), day("2026-11-30"))));
        assert_eq!(opened("special", "年底"), Ok((day("2026-11-23"), day("2026-11-25"))));
        assert_eq!(form("special", "").check(today()).unwrap_err().about("name").count(), 1);
        let nobody = OpeningForm { divisions: Vec::new(), ..form("monthly", "") };
        assert_eq!(nobody.check(today()).unwrap_err().about("divisions").count(), 1);
    }

    #[test]
    fn a_case_is_kept_canonical_and_masked() {
        let form = CaseForm {
            case_number: "(2026) 豫0404民初 12号".into(),
            kind: "closed".into(),
            cause: "买卖合同纠纷".into(),
            parties: "张建国诉李明".into(),
            ..CaseForm::default()
        };
        let line = form.check(today()).unwrap();
        assert_eq!(
            (line.case_number.as_str(), line.parties.as_str()),
            ("（2026）豫0404民初12号", "张某某、李某")
        );
        let again = CaseForm { kind: "again".into(), ..form.clone() };
        assert!(again.check(today()).is_err(), "only the month before puts a case on the sheet again");
        let wrong = CaseForm { case_number: "2026民初12".into(), ..form };
        assert_eq!(wrong.check(today()).unwrap_err().about("case_number").count(), 1);
    }
}
