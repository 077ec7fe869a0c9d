//! What a ledger comes to, and what may be set, recorded and taken back. Nothing here reads a clock, a database or a request.

use super::types::{Outcome, Posting, PostingId, PostingKind};
use crate::error::Problem;
use crate::matters::Matter;
use crate::matters::types::{CaseStage, Stage};
use crate::web::formats::money;
use chrono::NaiveDate;
use std::collections::HashSet;
use std::ops::RangeInclusive;

/// The most that one posting, and all payments of a matter together, may come to, in fen: a trillion yuan.
pub const MOST_FEN: i64 = 100_000_000_000_000;

/// What one posting may come to, in fen.
pub const AMOUNT: RangeInclusive<i64> = 1..=MOST_FEN;

/// Why something can't be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    MatterClosed,
    NoMeasure,
    LimitPast,
    DueOutside,
    DoneOutside,
    DoneAlready,
    NotYoursToGiveUp,
    SameOwner,
    TooMuch,
    AlreadyReversed,
    CounterEntry,
    SameAmount,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Refusal::MatterClosed => "这件事项已经办结，不能再下达任务、变动措施。确有需要的，请先恢复办理。",
            Refusal::NoMeasure => "任务单至少要有一项措施。",
            Refusal::LimitPast => "这张任务单的时限已经过了，不能再追加措施，请另下一张任务单。",
            Refusal::DueOutside => "措施的期限应在今天和任务单的时限之间，请核对日期。",
            Refusal::DoneOutside => "完成日期不能早于下达日期，也不能晚于今天，请核对日期。",
            Refusal::DoneAlready => "这项措施已经登记了结果，不用再换负责人。",
            Refusal::NotYoursToGiveUp => {
                "不再继续的措施，由院长、副院长或者信访专干登记。您可以选“还没有做成，继续办理”，写明情况。"
            }
            Refusal::SameOwner => "这项措施本来就由选择的人员负责，请改选他人。",
            Refusal::TooMuch => "累计金额超过了一万亿元，请核对金额单位。",
            Refusal::AlreadyReversed => "这条记录已经更正过了，请看它下面的更正。",
            Refusal::CounterEntry => "更正本身不能再更正。金额还不对的，请另记一笔，或者更正那一笔。",
            Refusal::SameAmount => "改记的金额与原来相同，不需要更正。",
        })
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Problem::Refused(refusal.to_string())
    }
}

/// Whether a matter is about enforcement before anybody sets a task: its case is being enforced, or that is what the
/// petitioner complains of.
pub fn concerns_enforcement(matter: &Matter) -> bool {
    let category = matter.category_code.split('.').next();
    matter.case_stage == CaseStage::Enforcement || category == Some("enforcement")
}

/// What a ledger comes to, in fen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    /// The sum due in force; `None` while none is fixed.
    pub due: Option<i64>,
    pub paid: i64,
}

impl Balance {
    /// Due minus paid; below nought where more was paid than is due.
    pub fn left(self) -> Option<i64> {
        self.due.map(|due| due.saturating_sub(self.paid))
    }

    /// What is still to come in, never below nought.
    pub fn outstanding(self) -> i64 {
        self.left().unwrap_or(0).max(0)
    }

    /// How much of what is due was paid, in whole per cent, rounded down so that 100 means all of it.
    pub fn percent(self) -> Option<i64> {
        let due = i128::from(self.due.filter(|due| *due > 0)?);
        i64::try_from(i128::from(self.paid) * 100 / due).ok()
    }

    /// In a sentence: 累计到账 ¥1,000.00 元，还有 ¥500.00 元没有到账。
    pub fn sentence(self) -> String {
        let paid = money(self.paid);
        match self.left() {
            None => format!("累计到账 {paid}，应执行金额还没有确定。"),
            Some(0) => format!("累计到账 {paid}，已经全部到账。"),
            Some(left) if left < 0 => format!("累计到账 {paid}，比应执行金额多 {}，请核对。", money(-left)),
            Some(left) => format!("累计到账 {paid}，还有 {} 没有到账。", money(left)),
        }
    }
}

/// What the postings of a matter come to. Of the sums fixed and not taken back, the one of the latest day is in force, and
/// of one day the one entered last, where a corrected one keeps its place; payments add up with what was taken back of them.
pub fn balance(postings: &[Posting]) -> Balance {
    let reversed: HashSet<PostingId> = postings.iter().filter_map(|posting| posting.reverses_id).collect();
    let stands = |posting: &&Posting| posting.reverses_id.is_none() && !reversed.contains(&posting.id);
    let of = |kind: PostingKind| postings.iter().filter(move |posting| posting.kind == kind);
    let due = of(PostingKind::Due).filter(stands).max_by_key(|posting| (posting.happened_on, posting.rank()));
    let paid = of(PostingKind::Paid).fold(0_i64, |sum, posting| sum.saturating_add(posting.amount_fen));
    Balance { due: due.map(|posting| posting.amount_fen), paid }
}

/// Whether a payment still fits in.
///
/// # Errors
///
/// `TooMuch`.
pub fn pay(before: Balance, amount: i64) -> Result<(), Refusal> {
    match before.paid.checked_add(amount) {
        Some(sum) if sum <= MOST_FEN => Ok(()),
        Some(_) | None => Err(Refusal::TooMuch),
    }
}

/// Whether a posting may be taken back, and perhaps put down anew with the amount `instead`.
///
/// # Errors
///
/// `CounterEntry`, `AlreadyReversed`, `SameAmount`.
pub fn reverse(posting: &Posting, postings: &[Posting], instead: Option<i64>) -> Result<(), Refusal> {
    if posting.reverses_id.is_some() {
        Err(Refusal::CounterEntry)
    } else if postings.iter().any(|other| other.reverses_id == Some(posting.id)) {
        Err(Refusal::AlreadyReversed)
    } else if instead == Some(posting.amount_fen) {
        Err(Refusal::SameAmount)
    } else {
        Ok(())
    }
}

/// Whether a task with measures due on these days may be set on `today`, all to be done by `limit`.
///
/// # Errors
///
/// `MatterClosed`, `NoMeasure`, `DueOutside`.
pub fn issue(stage: Stage, today: NaiveDate, limit: NaiveDate, due: &[NaiveDate]) -> Result<(), Refusal> {
    if stage == Stage::Closed {
        Err(Refusal::MatterClosed)
    } else if due.is_empty() {
        Err(Refusal::NoMeasure)
    } else if due.iter().all(|due| (today..=limit).contains(due)) {
        Ok(())
    } else {
        Err(Refusal::DueOutside)
    }
}

/// Whether a measure due on `due` may be added on `today` to a task sheet with this time limit.
///
/// # Errors
///
/// `MatterClosed`, `LimitPast`, `DueOutside`.
pub fn add(stage: Stage, today: NaiveDate, limit: NaiveDate, due: NaiveDate) -> Result<(), Refusal> {
    if stage != Stage::Closed && limit < today {
        return Err(Refusal::LimitPast);
    }
    issue(stage, today, limit, &[due])
}

/// Whether a measure may be given to somebody else; `same` says that they own it already.
///
/// # Errors
///
/// `MatterClosed`, `DoneAlready`, `SameOwner`.
pub fn pass_on(stage: Stage, done_on: Option<NaiveDate>, same: bool) -> Result<(), Refusal> {
    if stage == Stage::Closed {
        Err(Refusal::MatterClosed)
    } else if done_on.is_some() {
        Err(Refusal::DoneAlready)
    } else if same {
        Err(Refusal::SameOwner)
    } else {
        Ok(())
    }
}

/// When a measure that was added on `added` ended, as somebody says on `today` how it went on the day `on`; `None` where it
/// goes on. Only who may set tasks (`sets`) gives one up.
///
/// # Errors
///
/// `DoneOutside`, `NotYoursToGiveUp`.
pub fn ended(
    outcome: Outcome,
    sets: bool,
    (added, on, today): (NaiveDate, NaiveDate, NaiveDate),
) -> Result<Option<NaiveDate>, Refusal> {
    if !(added..=today).contains(&on) {
        return Err(Refusal::DoneOutside);
    }
    match outcome {
        Outcome::Done => Ok(Some(on)),
        Outcome::GoingOn => Ok(None),
        Outcome::GivenUp if sets => Ok(Some(on)),
        Outcome::GivenUp => Err(Refusal::NotYoursToGiveUp),
    }
}

#[cfg(test)]
mod tests;
