//! How high a matter has risen.

use crate::deadlines::Code;
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql};
use diesel::expression::AsExpression;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::BigInt;

/// A tier of the mechanism (级别). A matter without one is handled in the ordinary way (未入级).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, diesel::deserialize::FromSqlRow,
)]
#[diesel(sql_type = BigInt)]
pub enum Tier {
    One,
    Two,
    Three,
}

impl Tier {
    pub const ALL: [Tier; 3] = [Tier::One, Tier::Two, Tier::Three];

    /// As the databases and addresses keep it.
    pub const fn number(self) -> i64 {
        match self {
            Tier::One => 1,
            Tier::Two => 2,
            Tier::Three => 3,
        }
    }

    /// The tier with this number.
    pub const fn of(number: i64) -> Option<Tier> {
        match number {
            1 => Some(Tier::One),
            2 => Some(Tier::Two),
            3 => Some(Tier::Three),
            _ => None,
        }
    }

    /// The word on every page.
    pub const fn label(self) -> &'static str {
        match self {
            Tier::One => "一级",
            Tier::Two => "二级",
            Tier::Three => "三级",
        }
    }

    /// The clock that runs until it must be solved or rises.
    pub const fn clock(self) -> Code {
        match self {
            Tier::One => Code::TierOne,
            Tier::Two => Code::TierTwo,
            Tier::Three => Code::TierThree,
        }
    }

    /// The tier above.
    pub const fn above(self) -> Option<Tier> {
        match self {
            Tier::One => Some(Tier::Two),
            Tier::Two => Some(Tier::Three),
            Tier::Three => None,
        }
    }

    /// What is owed from the day on which a matter comes to this tier, each with its clock. Named by the president, a
    /// leader in charge owes the first talk and the three acts besides ([`IN_CHARGE`]).
    pub const fn obligations(self) -> &'static [Code] {
        match self {
            Tier::One => &[Code::TierOne, Code::TierGroup],
            Tier::Two => &[Code::TierTwo, Code::TierGroup, Code::TierLeader, Code::TierPlan],
            Tier::Three => &[Code::TierThree, Code::TierGroup, Code::TierPlan, Code::TierReview],
        }
    }
}

/// What a leader owes from the day on which they are named in charge.
pub const IN_CHARGE: [Code; 2] = [Code::FirstTalkLeader, Code::LeaderActs];

/// Every clock that a tier starts. They stand beside the clocks of the law, and nothing done to those moves these.
pub const CLOCKS: [Code; 9] = [
    Code::TierOne,
    Code::TierTwo,
    Code::TierThree,
    Code::TierGroup,
    Code::TierLeader,
    Code::TierPlan,
    Code::TierReview,
    Code::FirstTalkLeader,
    Code::LeaderActs,
];

impl<DB: Backend> ToSql<BigInt, DB> for Tier
where
    i64: ToSql<BigInt, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        let number: &'static i64 = match self {
            Tier::One => &1,
            Tier::Two => &2,
            Tier::Three => &3,
        };
        number.to_sql(out)
    }
}

impl<DB: Backend> FromSql<BigInt, DB> for Tier
where
    i64: FromSql<BigInt, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
        let number = i64::from_sql(bytes)?;
        Tier::of(number).ok_or_else(|| format!("there is no tier {number}").into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiers_rise_one_by_one_and_each_has_a_clock_of_its_own() {
        assert_eq!(Tier::ALL.map(Tier::above), [Some(Tier::Two), Some(Tier::Three), None]);
        assert!(Tier::One < Tier::Two && Tier::Two < Tier::Three);
        for tier in Tier::ALL {
            assert_eq!(Tier::of(tier.number()), Some(tier));
            assert_eq!(tier.obligations()[0], tier.clock());
            assert!(tier.obligations().iter().all(|code| CLOCKS.contains(code)));
        }
        assert_eq!((Tier::of(0), Tier::of(4)), (None, None));
    }
}
