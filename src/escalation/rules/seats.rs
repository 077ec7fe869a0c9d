//! Who sits in the work group of a tier, from posts, portfolios and the list of week leaders. A seat whose holder is
//! missing or must stay away is filled by a named substitute; the chain always ends at somebody.

use crate::escalation::types::{Role, Seat, Standin, Tier};
use crate::people::StaffId;
use std::collections::BTreeSet;

/// Who holds which office, as far as a matter is concerned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Posts {
    pub president: Option<StaffId>,
    /// The executive vice president, then the others by rank.
    pub vice_presidents: Vec<StaffId>,
    pub over_division: Option<StaffId>,
    pub over_petitions: Option<StaffId>,
    /// This week's first, then those of the next four weeks.
    pub week_leaders: Vec<StaffId>,
    /// Of the division whose case it is: the head, then the deputy heads.
    pub division_heads: Vec<StaffId>,
    pub filing_heads: Vec<StaffId>,
    pub case_judge: Option<StaffId>,
    pub officers: Vec<StaffId>,
    pub inspectors: Vec<StaffId>,
    pub leader_in_charge: Option<StaffId>,
    pub responsible: Option<StaffId>,
    /// Whoever answers for the matter now: never somebody it is about.
    pub accountable: Option<StaffId>,
    /// Whom it complains about.
    pub barred: BTreeSet<StaffId>,
    /// Of a complaint about conduct: who alone may see it.
    pub only: Option<BTreeSet<StaffId>>,
}

/// Somebody on a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seated {
    pub role: Role,
    pub seat: Seat,
    pub staff: StaffId,
    pub standin: Standin,
}

impl Posts {
    /// Whether somebody may know of the matter at all.
    pub fn may_know(&self, who: StaffId) -> bool {
        !self.barred.contains(&who) && self.only.as_ref().is_none_or(|only| only.contains(&who))
    }

    /// Who hold an office themselves, the first being asked first.
    fn holders(&self, seat: Seat) -> Vec<StaffId> {
        match seat {
            Seat::President => self.president.into_iter().collect(),
            Seat::LeaderInCharge => self.leader_in_charge.into_iter().collect(),
            Seat::WeekLeader => self.week_leaders.clone(),
            Seat::OverDivision => self.over_division.into_iter().collect(),
            Seat::OverPetitions => self.over_petitions.into_iter().collect(),
            Seat::DivisionHead => self.division_heads.clone(),
            Seat::CaseJudge => self.case_judge.into_iter().collect(),
            Seat::Responsible => self.responsible.or(self.accountable).into_iter().collect(),
            Seat::HeadOfFiling => self.filing_heads.clone(),
            Seat::Officer => self.officers.clone(),
            Seat::Invited => Vec::new(),
        }
    }

    /// Who stand in for an office, in their order, whoever comes last being always there.
    fn substitutes(&self, seat: Seat) -> Vec<StaffId> {
        let nearest: Vec<StaffId> = match seat {
            // The president named: the head of inspection meanwhile (2-domain 2.3).
            Seat::President if self.president.is_some() => self.inspectors.clone(),
            Seat::LeaderInCharge => self.over_division.into_iter().chain(self.over_petitions).collect(),
            Seat::DivisionHead | Seat::Responsible => self.over_division.into_iter().collect(),
            Seat::CaseJudge => self.division_heads.iter().copied().chain(self.over_division).collect(),
            Seat::HeadOfFiling => self.over_petitions.into_iter().collect(),
            Seat::Officer => self.filing_heads.iter().copied().chain(self.over_petitions).collect(),
            Seat::President | Seat::WeekLeader | Seat::OverDivision | Seat::OverPetitions | Seat::Invited => {
                Vec::new()
            }
        };
        nearest
            .into_iter()
            .chain(self.vice_presidents.iter().copied())
            .chain(self.president)
            .chain(self.inspectors.iter().copied())
            .chain(self.accountable)
            .collect()
    }

    /// Who sits there: the holder, or for a missing or recused one the first substitute who may. `None` only where nobody
    /// at all may see the matter.
    fn seated(&self, role: Role, seat: Seat) -> Option<Seated> {
        let holders = self.holders(seat);
        if let Some(own) = holders.iter().find(|who| self.may_know(**who)) {
            return Some(Seated { role, seat, staff: *own, standin: Standin::Own });
        }
        let standin = if holders.is_empty() { Standin::Vacant } else { Standin::Recused };
        let staff = self.substitutes(seat).into_iter().find(|who| self.may_know(*who))?;
        Some(Seated { role, seat, staff, standin })
    }
}

/// The seats of a tier's work group, the head first.
pub const fn seats(tier: Tier) -> &'static [(Role, Seat)] {
    match tier {
        Tier::One => &[
            (Role::Head, Seat::WeekLeader),
            (Role::Member, Seat::OverDivision),
            (Role::Member, Seat::DivisionHead),
            (Role::Member, Seat::CaseJudge),
            (Role::Member, Seat::OverPetitions),
            (Role::Member, Seat::HeadOfFiling),
            (Role::Member, Seat::Officer),
        ],
        Tier::Two => &[
            (Role::Head, Seat::LeaderInCharge),
            (Role::Member, Seat::OverDivision),
            (Role::Member, Seat::OverPetitions),
            (Role::Member, Seat::DivisionHead),
            (Role::Member, Seat::Responsible),
            (Role::Member, Seat::HeadOfFiling),
            (Role::Member, Seat::Officer),
        ],
        Tier::Three => &[
            (Role::Head, Seat::President),
            (Role::Deputy, Seat::OverPetitions),
            (Role::Deputy, Seat::OverDivision),
            (Role::Member, Seat::WeekLeader),
            (Role::Member, Seat::DivisionHead),
            (Role::Member, Seat::Responsible),
            (Role::Member, Seat::HeadOfFiling),
            (Role::Member, Seat::Officer),
            (Role::Member, Seat::CaseJudge),
        ],
    }
}

/// The work group that a tier calls for (工作组). In tier three every week leader sits in it.
pub fn propose(tier: Tier, posts: &Posts) -> Vec<Seated> {
    let mut group: Vec<Seated> =
        seats(tier).iter().filter_map(|(role, seat)| posts.seated(*role, *seat)).collect();
    if tier == Tier::Three {
        let others = posts.week_leaders.iter().copied().filter(|who| posts.may_know(*who)).skip(1);
        let seat =
            |staff| Seated { role: Role::Member, seat: Seat::WeekLeader, staff, standin: Standin::Own };
        let more: Vec<Seated> = others.map(seat).collect();
        for one in more {
            if !group.iter().any(|known| known.seat == Seat::WeekLeader && known.staff == one.staff) {
                group.push(one);
            }
        }
    }
    group
}

/// Its head.
pub fn head_of(group: &[Seated]) -> Option<StaffId> {
    group.iter().find(|one| one.role == Role::Head).map(|one| one.staff)
}
