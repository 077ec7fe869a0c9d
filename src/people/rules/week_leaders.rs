//! The list of week leaders (带班值周领导): no two at once.

use crate::people::types::{Post, WeekLeader};
use chrono::{NaiveDate, TimeDelta};

/// The longest entry.
const MOST_DAYS: i64 = 31;

/// Why an entry can't be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WeekRefusal {
    NoLeader,
    Backwards,
    TooLong,
    Taken,
    Passed,
}

impl std::fmt::Display for WeekRefusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            WeekRefusal::NoLeader => "带班值周领导须是在岗的院领导，请重新选择。",
            WeekRefusal::Backwards => "最后一天不能早于第一天，请改日期。",
            WeekRefusal::TooLong => "一次最多登记三十一天，请分几次登记。",
            WeekRefusal::Taken => "这几天已经有带班值周领导。要更换的，请先删除原来的一条。",
            WeekRefusal::Passed => "这几天已经过去，不能再改。",
        })
    }
}

impl From<WeekRefusal> for crate::error::Problem {
    fn from(refusal: WeekRefusal) -> Self {
        crate::error::Problem::Refused(refusal.to_string())
    }
}

/// Whether somebody with this post may lead from a day to a day, given the entries that lie around them.
///
/// # Errors
///
/// `NoLeader`, `Backwards`, `TooLong`, `Taken`.
pub fn may_lead(
    (post, active): (Post, bool),
    from: NaiveDate,
    to: NaiveDate,
    known: &[WeekLeader],
) -> Result<(), WeekRefusal> {
    if !active || post > Post::CommitteeMemberFullTime {
        Err(WeekRefusal::NoLeader)
    } else if to < from {
        Err(WeekRefusal::Backwards)
    } else if to - from >= TimeDelta::days(MOST_DAYS) {
        Err(WeekRefusal::TooLong)
    } else if known.iter().any(|one| one.from_on <= to && from <= one.to_on) {
        Err(WeekRefusal::Taken)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::types::{CourtId, StaffId, WeekLeaderId};

    fn day(n: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, n).unwrap()
    }

    #[test]
    fn leaders_lead_one_after_the_other() {
        let known = [WeekLeader {
            id: WeekLeaderId(1),
            court_id: CourtId(1),
            staff_id: StaffId(2),
            from_on: day(9),
            to_on: day(15),
        }];
        let vice = (Post::VicePresident, true);
        assert_eq!(may_lead(vice, day(16), day(22), &known), Ok(()));
        assert_eq!(may_lead(vice, day(2), day(8), &known), Ok(()));
        assert_eq!(may_lead(vice, day(15), day(15), &known), Err(WeekRefusal::Taken));
        assert_eq!(may_lead(vice, day(1), day(30), &known), Err(WeekRefusal::Taken));
        assert_eq!(may_lead(vice, day(22), day(16), &known), Err(WeekRefusal::Backwards));
        assert_eq!(may_lead((Post::Judge, true), day(16), day(22), &known), Err(WeekRefusal::NoLeader));
        assert_eq!(may_lead((Post::President, false), day(16), day(22), &known), Err(WeekRefusal::NoLeader));
        let far = day(1) + TimeDelta::days(40);
        assert_eq!(may_lead(vice, day(16), far, &[]), Ok(()));
        assert_eq!(may_lead(vice, day(1), far, &[]), Err(WeekRefusal::TooLong));
    }
}
