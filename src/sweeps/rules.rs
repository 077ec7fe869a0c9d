//! Periods, what a list adds to a sheet, what may be answered, and who sees which sheets. Nothing here reads a clock, a
//! database or a request.

use super::types::{Answer, RowKind, SweepState};
use crate::error::Problem;
use crate::matters::types::CaseStage;
use crate::people::{Actor, DivisionId, DivisionKind, Permission, Role, Rows};
use crate::text::is_han;
use chrono::{Datelike, Days, Months, NaiveDate};

mod figures;
#[cfg(test)]
mod tests;

pub use figures::{Counted, Fact, Look, Seen, count, seen_before};

/// Whose sheets somebody sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    Court,
    Divisions(Vec<DivisionId>),
}

/// The petition office and the president see the court's sheets; a vice president those of their portfolio; heads and
/// judges those of their own division.
pub fn reach(by: &Actor) -> Reach {
    let is = |role: Role| by.roles.contains(&role);
    if is(Role::PetitionOfficer) || is(Role::President) {
        return Reach::Court;
    }
    let mut divisions: Vec<DivisionId> = by.division_id.into_iter().collect();
    if is(Role::VicePresident) || is(Role::DivisionHead) {
        match &by.scope.rows {
            Rows::Court if is(Role::VicePresident) => return Reach::Court,
            Rows::Divisions(more) => {
                divisions.extend(more.iter().filter(|one| Some(**one) != by.division_id));
            }
            Rows::Court | Rows::Own | Rows::None => {}
        }
    }
    Reach::Divisions(divisions)
}

/// Whether somebody works on the sheets of this division: its own people, and the petition office.
pub fn works_on(by: &Actor, division: DivisionId) -> bool {
    by.may(Permission::SweepCases) && (by.may(Permission::RunTiers) || by.division_id == Some(division))
}

/// Whether a division has cases of its own, and so a sheet each month.
pub const fn has_cases(kind: DivisionKind) -> bool {
    match kind {
        DivisionKind::Filing
        | DivisionKind::Civil
        | DivisionKind::Criminal
        | DivisionKind::Administrative
        | DivisionKind::Enforcement
        | DivisionKind::Review
        | DivisionKind::Compensation
        | DivisionKind::Tribunal => true,
        DivisionKind::Inspection
        | DivisionKind::Office
        | DivisionKind::Finance
        | DivisionKind::Bailiffs
        | DivisionKind::Other => false,
    }
}

/// The first and the last day of a day's month.
pub fn month_of(day: NaiveDate) -> (NaiveDate, NaiveDate) {
    let first = day.with_day(1).unwrap_or(day);
    let last = first.checked_add_months(Months::new(1)).and_then(|next| next.pred_opt());
    (first, last.unwrap_or(day))
}

/// The first and the last day of a day's ten-day period: to the 10th, to the 20th, to the month's end.
pub fn ten_days_of(day: NaiveDate) -> (NaiveDate, NaiveDate) {
    let (first, last) = month_of(day);
    let on = |n: u32| first.with_day(n).unwrap_or(first);
    match day.day() {
        ..=10 => (first, on(10)),
        11..=20 => (on(11), on(20)),
        _ => (on(21), last),
    }
}

/// A month as it stands in addresses: `2026-11`.
pub fn month_word(day: NaiveDate) -> String {
    day.format("%Y-%m").to_string()
}

/// Reads [`month_word`].
pub fn read_month(text: &str) -> Option<(NaiveDate, NaiveDate)> {
    format!("{text}-01").parse().ok().map(month_of)
}

/// On which month's sheet a case is looked at again, by a day of it: the month after the period, but never one that has
/// passed.
pub fn next_look(period_end: NaiveDate, today: NaiveDate) -> NaiveDate {
    let (_, last) = month_of(period_end);
    let after = last.checked_add_days(Days::new(1)).unwrap_or(last);
    after.max(month_of(today).0)
}

/// Why a case is on the sheet, when it comes there once more: filed and closed make both; being looked at again gives way
/// to either. The order in which they come makes no difference.
pub const fn merged(there: RowKind, comes: RowKind) -> RowKind {
    match (there, comes) {
        (RowKind::Again, other) | (other, RowKind::Again) => other,
        (RowKind::Filed, RowKind::Filed) => RowKind::Filed,
        (RowKind::Closed, RowKind::Closed) => RowKind::Closed,
        (
            RowKind::Both | RowKind::Filed | RowKind::Closed,
            RowKind::Both | RowKind::Filed | RowKind::Closed,
        ) => RowKind::Both,
    }
}

/// The longest name that is taken for a person's.
const PERSON: usize = 4;
/// What is kept of a party's name, and of all of them.
const OF_ONE: usize = 14;
const OF_ALL: usize = 40;
/// How many parties are named.
const NAMED: usize = 4;

/// Parties as a sheet keeps them: people by their family name, organisations cut short, few of them.
pub fn masked(parties: &str) -> String {
    let apart = |c: char| "、，,;；/ 　\n\t与和诉".contains(c);
    let names: Vec<&str> = parties.split(apart).map(str::trim).filter(|name| !name.is_empty()).collect();
    let mut line: String =
        names.iter().take(NAMED).map(|name| masked_name(name)).collect::<Vec<_>>().join("、");
    if names.len() > NAMED {
        line = format!("{line}等{}方", names.len());
    }
    line.chars().take(OF_ALL).collect()
}

fn masked_name(name: &str) -> String {
    let length = name.chars().count();
    if length <= PERSON && name.chars().all(|c| is_han(c) || c == '某' || c == '·') {
        return name.chars().take(1).chain(std::iter::repeat_n('某', length.saturating_sub(1))).collect();
    }
    if name.chars().filter(char::is_ascii_digit).count() > PERSON {
        return "某某".to_owned();
    }
    name.chars().take(OF_ONE).collect()
}

/// The stage that a kind of case (类型代字) stands for.
pub fn stage_of(kind: Option<&str>, filed: bool) -> CaseStage {
    let Some(kind) = kind else { return CaseStage::Trial };
    let has = |words: &[&str]| words.iter().any(|word| kind.contains(word));
    if has(&["执"]) {
        CaseStage::Enforcement
    } else if has(&["赔", "救"]) {
        CaseStage::Compensation
    } else if has(&["申", "监", "再", "抗"]) {
        CaseStage::Review
    } else if filed && kind.ends_with('辖') {
        CaseStage::Filing
    } else {
        CaseStage::Trial
    }
}

/// Why something about a sheet is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The number of its sign.
    OnTierOne(String),
    Unanswered(i64),
    Finished,
    NotClosed,
    NotYours,
    TooEarly(NaiveDate),
    Backwards,
    NoName,
    TooLong,
    DueBefore,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Refusal::OnTierOne(number) => write!(
                f,
                "这件案件已经列入一级（{number}），结论不能再改。化解了的，在“三级化解”里办结这个苗头。"
            ),
            Refusal::Unanswered(left) => {
                write!(f, "还有 {left} 件案件没有结论，逐件排查完以后再点“排查完毕”。")
            }
            Refusal::Finished => f.write_str("这张排查表已经排查完毕。"),
            Refusal::NotClosed => f.write_str("只有结案的案件才登记结案情况，这件案件不是本期结案的。"),
            Refusal::NotYours => {
                f.write_str("这是其他庭室的排查表，由该庭室的庭长和承办人排查；需要代办的，请信访专干办理。")
            }
            Refusal::TooEarly(day) => write!(
                f,
                "本期到{}才结束，以后还会有收案和结案，请在期末再点“排查完毕”。",
                crate::web::formats::plain_date(*day)
            ),
            Refusal::Backwards => f.write_str("排查期间的最后一天不能早于第一天，请核对。"),
            Refusal::NoName => f.write_str("专项排查要有名称，例如“国庆期间专项排查”。"),
            Refusal::TooLong => f.write_str("排查期间最长三个月，更长的请分期排查。"),
            Refusal::DueBefore => f.write_str("答复期限不能早于排查期间的最后一天，也不能早于今天。"),
        }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Problem::Refused(refusal.to_string())
    }
}

/// Whether a row may be answered, whatever was answered before: what is on tier one stays there. `sign` is its number.
///
/// # Errors
///
/// That it is on tier one.
pub fn may_answer(before: Option<Answer>, sign: Option<&str>) -> Result<(), Refusal> {
    match (before, sign) {
        (Some(Answer::TierOne), number) => Err(Refusal::OnTierOne(number.unwrap_or("苗头").to_owned())),
        (Some(Answer::Nothing | Answer::Again) | None, _) => Ok(()),
    }
}

/// Whether a sheet may be called finished: nothing unanswered, and its period at its last working days.
///
/// # Errors
///
/// What is still in the way.
pub fn may_finish(
    state: SweepState,
    unanswered: i64,
    ends_on: NaiveDate,
    soon: NaiveDate,
) -> Result<(), Refusal> {
    match state {
        SweepState::Finished => Err(Refusal::Finished),
        SweepState::Open if unanswered > 0 => Err(Refusal::Unanswered(unanswered)),
        SweepState::Open if ends_on > soon => Err(Refusal::TooEarly(ends_on)),
        SweepState::Open => Ok(()),
    }
}

/// The longest period of one sheet.
const LONGEST: Months = Months::new(3);

/// Whether a sheet for this period may be opened.
///
/// # Errors
///
/// What is wrong with it.
pub fn may_open(
    (from_on, to_on, due_on): (NaiveDate, NaiveDate, NaiveDate),
    today: NaiveDate,
) -> Result<(), Refusal> {
    if to_on < from_on {
        return Err(Refusal::Backwards);
    }
    if from_on.checked_add_months(LONGEST).is_some_and(|end| to_on >= end) {
        return Err(Refusal::TooLong);
    }
    if due_on < to_on || due_on < today { Err(Refusal::DueBefore) } else { Ok(()) }
}

/// How far the chasing of an unanswered sheet has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Chase {
    /// Its day is near: the head is told.
    Near,
    /// Its day has passed: the head is told.
    Late,
    /// A working day more has passed: the leader over the division is told.
    Above,
}

impl Chase {
    /// In the key of its mail. Never change one: old rows hold it.
    pub const fn code(self) -> &'static str {
        match self {
            Chase::Near => "near",
            Chase::Late => "late",
            Chase::Above => "above",
        }
    }
}

/// What is due about a sheet that should be answered by `due_on`; `soon` is the last day whose light is yellow, `working`
/// how many working days lie after the due day up to and with today.
pub fn chase(due_on: NaiveDate, today: NaiveDate, soon: NaiveDate, working: usize) -> Option<Chase> {
    if today <= due_on {
        return (due_on <= soon).then_some(Chase::Near);
    }
    Some(if working > 1 { Chase::Above } else { Chase::Late })
}
