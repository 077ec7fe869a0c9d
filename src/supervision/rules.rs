//! When an answer may be demanded, how a demand hardens, and who answers it. Nothing here reads a clock, a database or a
//! request.

use super::types::{Round, State, Supervision, SupervisionId};
use crate::error::Problem;
use crate::people::StaffId;
use chrono::NaiveDate;

/// Why a supervision can't be issued or answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    MatterClosed,
    StillOpen,
    ReportedAlready,
    AlreadyAnswered,
    NotTheAddressee,
    ToYourself,
    NobodyToAnswer,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Refusal::MatterClosed => "这件事项已经办结，不再督办。",
            Refusal::StillOpen => "上一次督办还没有到答复期限，请等待答复；逾期未答复的可以再次督办。",
            Refusal::ReportedAlready => "已经报告院长，等待答复和院长意见，不再另发督办。",
            Refusal::AlreadyAnswered => "这次督办已经答复，或者已被下一次督办取代，请刷新后查看最新情况。",
            Refusal::NotTheAddressee => "这次督办不是发给您的，也不由您负责，请由收件人或者事项责任人答复。",
            Refusal::ToYourself => "不能督办自己。请改选收件人，或者由其他同志督办。",
            Refusal::NobodyToAnswer => "没有能够答复的收件人。请先为事项确定责任人。",
        })
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Problem::Refused(refusal.to_string())
    }
}

/// The newest supervision of a matter, as far as it decides about the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Latest {
    pub id: SupervisionId,
    pub series: i64,
    pub round: Round,
    pub state: State,
    pub due_on: NaiveDate,
}

impl From<&Supervision> for Latest {
    fn from(row: &Supervision) -> Self {
        Latest { id: row.id, series: row.series, round: row.round, state: row.state, due_on: row.due_on }
    }
}

/// What a round hardens into; nothing comes after the report.
pub const fn harder(round: Round) -> Option<Round> {
    match round {
        Round::First => Some(Round::Second),
        Round::Second => Some(Round::Report),
        Round::Report => None,
    }
}

/// The series and round that may be issued next by hand: a new series where nothing waits, the harder round where the
/// answer is overdue on `today`.
///
/// # Errors
///
/// `MatterClosed`, `StillOpen`, `ReportedAlready`.
pub fn next(closed: bool, latest: Option<Latest>, today: NaiveDate) -> Result<(i64, Round), Refusal> {
    if closed {
        return Err(Refusal::MatterClosed);
    }
    let Some(latest) = latest else { return Ok((1, Round::First)) };
    match latest.state {
        State::Answered => Ok((latest.series + 1, Round::First)),
        State::Hardened => Err(Refusal::StillOpen),
        State::Open if today <= latest.due_on => Err(Refusal::StillOpen),
        State::Open => {
            harder(latest.round).map(|round| (latest.series, round)).ok_or(Refusal::ReportedAlready)
        }
    }
}

/// The hour of the court's day from which that day counts as passed.
const DAY_ENDS: u32 = 18;

/// The last day that has passed at this hour of `today`: today itself in the evening, else yesterday. A run of the job
/// that was missed at night and is made up in the morning so takes nobody's day away.
pub fn passed(today: NaiveDate, hour: u32) -> NaiveDate {
    if hour >= DAY_ENDS { today } else { today.pred_opt().unwrap_or(today) }
}

/// What the nightly job raises: the harder round, once a whole working day has passed after the due day, so that whoever
/// supervises had that day to do it in another manner. `working_days_late` counts from the day after the due day to the
/// last day that has passed.
pub fn hardens(closed: bool, latest: Latest, working_days_late: usize) -> Option<Round> {
    match latest.state {
        State::Open if !closed && working_days_late >= 1 => harder(latest.round),
        State::Open | State::Answered | State::Hardened => None,
    }
}

/// An answer is given once, while it is waited for, by the addressee or whoever answers for the matter by then.
///
/// # Errors
///
/// `MatterClosed`, `AlreadyAnswered`, `NotTheAddressee`.
pub fn answer(
    closed: bool,
    state: State,
    me: StaffId,
    addressee: StaffId,
    accountable: StaffId,
) -> Result<(), Refusal> {
    if closed {
        return Err(Refusal::MatterClosed);
    }
    match state {
        State::Answered | State::Hardened => Err(Refusal::AlreadyAnswered),
        State::Open if me == addressee || me == accountable => Ok(()),
        State::Open => Err(Refusal::NotTheAddressee),
    }
}

#[cfg(test)]
mod tests;
