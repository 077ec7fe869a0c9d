//! How a portfolio passes from one leader to the next (分管交接).

use crate::people::types::{Portfolio, PortfolioId, Post};
use chrono::NaiveDate;

/// What becomes of an earlier entry over the same thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handover {
    /// With its last day.
    Ends(PortfolioId, NaiveDate),
    /// It was to begin later, and is taken out.
    NeverBegins(PortfolioId),
}

/// Why a portfolio can't be given or ended like this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PortfolioRefusal {
    NoLeader,
    Left,
    DayPassed,
}

impl std::fmt::Display for PortfolioRefusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            PortfolioRefusal::NoLeader => {
                "只有院长、副院长和专职审委会委员可以分管工作，请先由系统管理员更正这位同事的职务。"
            }
            PortfolioRefusal::Left => "这位同事的账号已经停用，不能再分管工作。",
            PortfolioRefusal::DayPassed => "这一天已经过去了，分管只能从今天或者以后的日期起调整。",
        })
    }
}

impl From<PortfolioRefusal> for crate::error::Problem {
    fn from(refusal: PortfolioRefusal) -> Self {
        crate::error::Problem::Refused(refusal.to_string())
    }
}

/// Portfolios change from today on, never backwards: who supervised a matter then stays who it was.
///
/// # Errors
///
/// `DayPassed`.
pub fn check_portfolio_day(day: NaiveDate, today: NaiveDate) -> Result<(), PortfolioRefusal> {
    if day < today { Err(PortfolioRefusal::DayPassed) } else { Ok(()) }
}

/// What becomes of the entries over the same thing, `held`, when somebody with this post takes it over from `from_on`.
///
/// # Errors
///
/// `NoLeader`, `Left`, `DayPassed`.
pub fn take_over(
    post: Post,
    active: bool,
    held: &[Portfolio],
    from_on: NaiveDate,
    today: NaiveDate,
) -> Result<Vec<Handover>, PortfolioRefusal> {
    if !active {
        return Err(PortfolioRefusal::Left);
    }
    if post > Post::CommitteeMemberFullTime {
        return Err(PortfolioRefusal::NoLeader);
    }
    check_portfolio_day(from_on, today)?;
    let reaches = |entry: &&Portfolio| entry.to_on.is_none_or(|last| last >= from_on);
    let step = |entry: &Portfolio| match from_on.pred_opt() {
        Some(eve) if entry.from_on <= eve => Handover::Ends(entry.id, eve),
        Some(_) | None => Handover::NeverBegins(entry.id),
    };
    Ok(held.iter().filter(reaches).map(step).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::types::{CourtId, DivisionId, StaffId};

    fn day(n: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, n).unwrap()
    }

    fn entry(id: i64, from: u32, to: Option<u32>) -> Portfolio {
        Portfolio {
            id: PortfolioId(id),
            court_id: CourtId(1),
            staff_id: StaffId(1),
            division_id: Some(DivisionId(1)),
            petitions: false,
            from_on: day(from),
            to_on: to.map(day),
        }
    }

    #[test]
    fn the_next_takes_over_where_the_last_ends() {
        let held = [entry(1, 1, Some(9)), entry(2, 10, None), entry(3, 26, None)];
        assert_eq!(
            take_over(Post::VicePresident, true, &held, day(25), day(23)),
            Ok(vec![Handover::Ends(PortfolioId(2), day(24)), Handover::NeverBegins(PortfolioId(3))])
        );
        let today = [entry(4, 23, None)];
        assert_eq!(
            take_over(Post::President, true, &today, day(23), day(23)),
            Ok(vec![Handover::NeverBegins(PortfolioId(4))])
        );
    }

    #[test]
    fn only_leaders_who_are_here_and_never_backwards() {
        use PortfolioRefusal::{DayPassed, Left, NoLeader};
        assert_eq!(take_over(Post::DivisionHead, true, &[], day(23), day(23)), Err(NoLeader));
        assert_eq!(take_over(Post::VicePresident, false, &[], day(23), day(23)), Err(Left));
        assert_eq!(take_over(Post::VicePresident, true, &[], day(22), day(23)), Err(DayPassed));
        for leader in [
            Post::President,
            Post::ExecutiveVicePresident,
            Post::VicePresident,
            Post::CommitteeMemberFullTime,
        ] {
            assert_eq!(take_over(leader, true, &[], day(23), day(23)), Ok(vec![]));
        }
    }
}
