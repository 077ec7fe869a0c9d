//! What puts a matter in a tier, and when. Nothing here reads a clock, a database or a request.

mod facts;
mod seats;
mod sound;

pub use facts::{Fact, Grounds, choose, fits};
pub use seats::{Posts, Seated, head_of, propose, seats};
pub use sound::unsound;

use super::types::{Cause, LeaderAct, Tier, TierRule};
use crate::calendar::types::WorkingDays;
use crate::deadlines::Code;
use crate::error::Problem;
use crate::people::types::TierPreset;
use crate::people::{CourtId, StaffId};
use chrono::NaiveDate;

/// Why something can't be done in a tier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    MatterClosed,
    NotInTier,
    NotASign,
    HeldAlready,
    HoldLength,
    HoldTooEarly,
    NothingAbove,
    NotTheLeader,
    NotInGroup,
    NoCharge,
    NobodyInCharge,
    HeadInCharge,
    BeforeCharge,
    NotHigher,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Refusal::MatterClosed => "这件事项已经办结，不再按三级机制办理。",
            Refusal::NotInTier => "这件事项没有进入三级机制，请先在事项页查看级别。",
            Refusal::NotASign => "这件事项不是苗头，请按信访事项办理。",
            Refusal::HeldAlready => "这一级已经暂缓过一次，不能再暂缓。请抓紧化解，或者升级。",
            Refusal::HoldLength => "暂缓最多五个工作日，并且要晚于今天。请改选日期。",
            Refusal::HoldTooEarly => "本级期限还没有到，不需要暂缓。",
            Refusal::NothingAbove => "已经是三级，不能再升级；化解不了的，请依法办理终结。",
            Refusal::NotTheLeader => "只有包案领导本人或者信访专干可以记录领导的亲自办理情况。",
            Refusal::NotInGroup => "您不是这件事项工作组的成员，也不是信访专干，不能办理这一项。",
            Refusal::NoCharge => "这件事项还没有确定包案领导，请先由院长确定。",
            Refusal::NobodyInCharge => "只有二级事项由院长确定包案领导；三级事项由院长自己包案。",
            Refusal::HeadInCharge => "三级事项由院长自己包案，这里只能调整责任人和期限。",
            Refusal::BeforeCharge => "日期早于包案的日期。只记包案以后领导本人做的事，请改写日期。",
            Refusal::NotHigher => "级别只能上升。误升的级别，由例会作出更正决定。",
        })
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Problem::Refused(refusal.to_string())
    }
}

/// The rule for each cause that holds for a court on `day`: its own row, else the installation's for its preset.
pub fn in_force(rows: &[TierRule], court: CourtId, preset: TierPreset, day: NaiveDate) -> Vec<TierRule> {
    let pick = |cause: Cause| {
        let of = |own: bool| {
            rows.iter().rev().find(move |row| {
                row.cause == cause
                    && row.is_in_force(day)
                    && if own {
                        row.court_id == Some(court)
                    } else {
                        row.court_id.is_none() && row.preset.is_none_or(|only| only == preset)
                    }
            })
        };
        of(true).or_else(|| of(false)).cloned()
    };
    Cause::ALL.iter().filter_map(|cause| pick(*cause)).collect()
}

/// The most working days of a hold.
pub const MOST_HELD: usize = 5;

/// A hold by the petition officer: once for a stay in a tier, from the last day of its clock on, for at most
/// [`MOST_HELD`] working days from `today`.
///
/// # Errors
///
/// `HeldAlready`, `HoldTooEarly`, `HoldLength`.
pub fn hold(
    held: bool,
    (due_on, today): (NaiveDate, NaiveDate),
    until: NaiveDate,
    days: &WorkingDays,
) -> Result<(), Refusal> {
    if held {
        Err(Refusal::HeldAlready)
    } else if today < due_on {
        Err(Refusal::HoldTooEarly)
    } else if until <= today || days.between(today, until) > MOST_HELD {
        Err(Refusal::HoldLength)
    } else {
        Ok(())
    }
}

/// Whether a tier's clock that was due on `due_on` raises the matter: once the grace's working days have wholly passed by
/// `passed`, the last day that is over, and so has the last day of the hold.
pub fn rises(
    due_on: NaiveDate,
    grace_days: i64,
    hold_until: Option<NaiveDate>,
    passed: NaiveDate,
    days: &WorkingDays,
) -> bool {
    let late = i64::try_from(days.between(due_on, passed)).unwrap_or(i64::MAX);
    passed >= due_on && late >= grace_days && hold_until.is_none_or(|until| until < passed)
}

/// Whether a matter may come to `to` by itself: upward only. One that is opened again comes at least to where it was.
pub fn target(from: Option<Tier>, to: Tier, again: bool) -> Option<Tier> {
    match from {
        None => Some(to),
        Some(from) if to > from => Some(to),
        Some(from) if again => Some(from),
        Some(_) => None,
    }
}

/// Whether `to` may be named in charge in this tier, where `now` is: in tier three the charge stays with its head.
///
/// # Errors
///
/// `NobodyInCharge`, `HeadInCharge`.
pub fn naming(tier: Option<Tier>, now: Option<StaffId>, to: StaffId) -> Result<(), Refusal> {
    match (tier, now) {
        (Some(Tier::Two), _) => Ok(()),
        (Some(Tier::Three), Some(now)) if now == to => Ok(()),
        (Some(Tier::Three), Some(_)) => Err(Refusal::HeadInCharge),
        (Some(Tier::One | Tier::Three) | None, _) => Err(Refusal::NobodyInCharge),
    }
}

/// The day from which all three acts were done, each counted from when it was first.
pub fn all_done_on(done: &[(LeaderAct, NaiveDate)]) -> Option<NaiveDate> {
    let first = |act: &LeaderAct| done.iter().filter(|(one, _)| one == act).map(|(_, on)| *on).min();
    LeaderAct::ALL.iter().map(first).collect::<Option<Vec<_>>>()?.into_iter().max()
}

/// What a leader in charge still owes who has done these acts.
pub fn owed_in_charge(done: &[LeaderAct]) -> Vec<Code> {
    let talk = (!done.contains(&LeaderAct::Met)).then_some(Code::FirstTalkLeader);
    let acts = (!missing_acts(done).is_empty()).then_some(Code::LeaderActs);
    talk.into_iter().chain(acts).collect()
}

/// Which of a leader's three acts are still missing.
pub fn missing_acts(done: &[LeaderAct]) -> Vec<LeaderAct> {
    LeaderAct::ALL.iter().copied().filter(|act| !done.contains(act)).collect()
}

/// The causes of running over and of failing, by the tier that is left.
pub const fn ran_over(tier: Tier) -> Option<Cause> {
    match tier {
        Tier::One => Some(Cause::OneRanOver),
        Tier::Two => Some(Cause::TwoRanOver),
        Tier::Three => None,
    }
}

/// As [`ran_over`], where whoever is to solve it says that it can't be solved there.
pub const fn failed(tier: Tier) -> Option<Cause> {
    match tier {
        Tier::One => Some(Cause::OneFailed),
        Tier::Two => Some(Cause::TwoFailed),
        Tier::Three => None,
    }
}

#[cfg(test)]
mod tests;
