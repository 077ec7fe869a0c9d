//! Who can take on what. Nothing here reads a clock, a database or a request.

use super::types::{Holding, Planned};
use crate::people::{Permission, Role};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Somebody who is to take something on, as far as the rule looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Successor {
    /// Active, and in a role that works on matters.
    pub works: bool,
    /// In an office that may do what is held: lead, instruct, draft, approve, extend, enforce. Only asked where [`needs_office`].
    pub competent: bool,
    /// Sees the matter, or will after this handover.
    pub sees: bool,
    /// A complaint about conduct stays with inspection or the president: one of these.
    pub sees_conduct: bool,
    /// The matter complains about them (promise 9).
    pub complained_of: bool,
    /// They decided the case (原案承办人).
    pub case_judge: bool,
}

/// Why somebody can't take something on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    NobodyChosen,
    NotWorking,
    /// Their office doesn't do this.
    NotTheirOffice,
    /// They neither see the matter nor will.
    OutOfSight,
    /// They are complained of, or it is a complaint about conduct that is not theirs to see. Which of the two isn't told.
    Recused,
    JudgeOfTheCase,
}

impl Unfit {
    /// In words for the dry run.
    pub const fn label(self) -> &'static str {
        match self {
            Unfit::NobodyChosen => "还没有选择接手人",
            Unfit::NotWorking => "接手人不办理信访事项",
            Unfit::NotTheirOffice => "接手人的岗位不能办理这一项",
            Unfit::OutOfSight => "接手人看不到此件",
            Unfit::Recused => "接手人按规定不能办理此件",
            Unfit::JudgeOfTheCase => "接手人是原案承办人",
        }
    }
}

/// Says which things a plan shows, whoever would get them: one thing gone and another come, and it is another plan.
pub fn fingerprint(planned: &[Planned]) -> String {
    let mut hasher = DefaultHasher::new();
    for one in planned {
        (one.held.matter.id.0, one.held.holding.code(), one.held.row).hash(&mut hasher);
    }
    format!("{}-{:016x}", planned.len(), hasher.finish())
}

/// What their office must let somebody do who is to hold something so.
pub fn office(holding: Holding) -> Permission {
    match holding {
        Holding::Supervising | Holding::InstructionLeader | Holding::LeaderInCharge => {
            Permission::GiveInstruction
        }
        Holding::ReplyDraft => Permission::DraftReply,
        Holding::ReplyApproval => Permission::ApproveReply,
        Holding::Extension => Permission::ExtendClock,
        Holding::Measure => Permission::ManageEnforcement,
        Holding::Accountable
        | Holding::Handler
        | Holding::Helper
        | Holding::Addressee
        | Holding::Sender
        | Holding::DivisionAddressee
        | Holding::Supervision
        | Holding::Instruction
        | Holding::Responsible
        | Holding::WorkGroup
        | Holding::TierMeasure => Permission::RecordProgress,
    }
}

/// Whether it takes an office of its own to hold something so, rather than to work on matters.
pub fn needs_office(holding: Holding) -> bool {
    office(holding) != Permission::RecordProgress
}

/// Whether somebody with these roles hands over for the whole court, and not for their division alone as its head.
pub fn for_whole_court(roles: &[Role]) -> bool {
    let hands_over = |role: &&Role| role.permissions().contains(&Permission::HandOver);
    roles.iter().filter(hands_over).any(|role| *role != Role::DivisionHead)
}

/// What of this somebody could hold with the roles from before and couldn't with those of after.
pub fn outgrown(held: &[Holding], before: &[Role], after: &[Role]) -> Vec<Holding> {
    let may = |roles: &[Role], holding: Holding| {
        roles.iter().any(|role| role.permissions().contains(&office(holding)))
    };
    held.iter().copied().filter(|one| may(before, *one) && !may(after, *one)).collect()
}

/// What of this rests on the division that somebody heads, and stays behind when they change to another.
pub fn of_division(held: &[Holding], roles: &[Role]) -> Vec<Holding> {
    let rests = |holding: &Holding| match holding {
        Holding::DivisionAddressee | Holding::ReplyApproval | Holding::Extension => true,
        Holding::Accountable
        | Holding::Handler
        | Holding::Helper
        | Holding::Addressee
        | Holding::Sender
        | Holding::Supervising
        | Holding::Supervision
        | Holding::Instruction
        | Holding::InstructionLeader
        | Holding::ReplyDraft
        | Holding::Measure
        | Holding::LeaderInCharge
        | Holding::Responsible
        | Holding::WorkGroup
        | Holding::TierMeasure => false,
    };
    if !roles.contains(&Role::DivisionHead)
        || roles.iter().any(|role| matches!(role, Role::President | Role::VicePresident))
    {
        return Vec::new();
    }
    held.iter().copied().filter(rests).collect()
}

/// Whether somebody who holds a matter so sees it for that reason.
pub fn gives_sight(holding: Holding) -> bool {
    match holding {
        Holding::Accountable
        | Holding::Handler
        | Holding::Helper
        | Holding::Addressee
        | Holding::DivisionAddressee
        | Holding::WorkGroup => true,
        Holding::Sender
        | Holding::Supervising
        | Holding::Supervision
        | Holding::Instruction
        | Holding::InstructionLeader
        | Holding::ReplyDraft
        | Holding::ReplyApproval
        | Holding::Extension
        | Holding::Measure
        | Holding::LeaderInCharge
        | Holding::Responsible
        | Holding::TierMeasure => false,
    }
}

/// Whether the judge of the case may not have it without an officer's reason.
fn handles(holding: Holding) -> bool {
    match holding {
        Holding::Accountable
        | Holding::Handler
        | Holding::Addressee
        | Holding::DivisionAddressee
        | Holding::ReplyDraft
        | Holding::ReplyApproval => true,
        Holding::Helper
        | Holding::Sender
        | Holding::Supervising
        | Holding::Supervision
        | Holding::Instruction
        | Holding::InstructionLeader
        | Holding::Extension
        | Holding::Measure
        | Holding::LeaderInCharge
        | Holding::Responsible
        | Holding::WorkGroup
        | Holding::TierMeasure => false,
    }
}

/// Whether this person can take on something that is held so, in a complaint about conduct where `conduct`. To supervise
/// a matter gives no sight of a complaint about conduct and needs none: any leader may who isn't complained of.
///
/// # Errors
///
/// Why not.
pub fn fit(who: Successor, holding: Holding, conduct: bool) -> Result<(), Unfit> {
    if needs_office(holding) {
        if !who.competent {
            return Err(Unfit::NotTheirOffice);
        }
    } else if !who.works {
        return Err(Unfit::NotWorking);
    }
    if who.complained_of {
        return Err(Unfit::Recused);
    }
    if holding == Holding::Supervising {
        return Ok(());
    }
    if conduct && !who.sees_conduct {
        return Err(Unfit::Recused);
    }
    if !who.sees && !gives_sight(holding) && holding != Holding::Sender {
        return Err(Unfit::OutOfSight);
    }
    if who.case_judge && handles(holding) { Err(Unfit::JudgeOfTheCase) } else { Ok(()) }
}

/// What somebody holds, counted by kind, in words: `责任人 2 项、督办待答复 1 项`.
pub fn in_words(held: &[Holding]) -> String {
    let count = |holding: &Holding| held.iter().filter(|one| *one == holding).count();
    let kinds = Holding::ALL.iter().map(|holding| (holding, count(holding))).filter(|(_, n)| *n > 0);
    kinds.map(|(holding, n)| format!("{} {n} 项", holding.label())).collect::<Vec<_>>().join("、")
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIT: Successor = Successor {
        works: true,
        competent: true,
        sees: true,
        sees_conduct: false,
        complained_of: false,
        case_judge: false,
    };

    #[test]
    fn each_holding_goes_to_who_may_have_it() {
        for holding in Holding::ALL {
            assert_eq!(fit(FIT, *holding, false), Ok(()), "{holding:?}");
            let idle = fit(Successor { works: false, ..FIT }, *holding, false);
            assert_eq!(idle.is_ok(), needs_office(*holding), "{holding:?}");
            let layman = fit(Successor { competent: false, ..FIT }, *holding, false);
            assert_eq!(layman.is_ok(), !needs_office(*holding), "{holding:?}");
            assert_eq!(fit(Successor { complained_of: true, ..FIT }, *holding, false), Err(Unfit::Recused));
            let supervises = *holding == Holding::Supervising;
            assert_eq!(fit(FIT, *holding, true).is_ok(), supervises, "{holding:?}");
            assert_eq!(fit(Successor { sees_conduct: true, ..FIT }, *holding, true), Ok(()));
        }
    }

    #[test]
    fn what_is_to_be_answered_goes_to_who_sees_the_matter() {
        let blind = Successor { sees: false, ..FIT };
        for holding in [
            Holding::Supervision,
            Holding::Instruction,
            Holding::ReplyApproval,
            Holding::Extension,
            Holding::Measure,
        ] {
            assert_eq!(fit(blind, holding, false), Err(Unfit::OutOfSight));
        }
        for holding in [Holding::Accountable, Holding::Helper, Holding::Addressee, Holding::Sender] {
            assert_eq!(fit(blind, holding, false), Ok(()));
        }
    }

    #[test]
    fn the_judge_of_the_case_neither_handles_it_nor_writes_or_approves_the_reply() {
        let judge = Successor { case_judge: true, ..FIT };
        let kept: Vec<&Holding> =
            Holding::ALL.iter().filter(|one| fit(judge, **one, false).is_err()).collect();
        assert_eq!(
            kept,
            [
                &Holding::Accountable,
                &Holding::Handler,
                &Holding::Addressee,
                &Holding::DivisionAddressee,
                &Holding::ReplyDraft,
                &Holding::ReplyApproval,
            ]
        );
    }

    #[test]
    fn only_an_office_that_hands_over_gives_the_whole_court() {
        for (roles, whole) in [
            (vec![Role::DivisionHead], false),
            (vec![Role::DivisionHead, Role::Handler], false),
            (vec![Role::Handler, Role::DutyOfficer, Role::DivisionHead], false),
            (vec![Role::DivisionHead, Role::PetitionOfficer], true),
            (vec![Role::VicePresident], true),
            (vec![Role::President], true),
        ] {
            assert_eq!(for_whole_court(&roles), whole, "{roles:?}");
        }
    }

    #[test]
    fn what_an_office_leaves_behind_is_known_before_it_changes() {
        let held = [Holding::ReplyApproval, Holding::Handler, Holding::DivisionAddressee];
        let (head, judge) = ([Role::DivisionHead, Role::Handler], [Role::Handler]);
        assert_eq!(outgrown(&held, &head, &judge), [Holding::ReplyApproval]);
        assert_eq!(outgrown(&held, &head, &[Role::Bailiff]), held);
        assert_eq!(outgrown(&held, &judge, &head), []);
        assert_eq!(of_division(&held, &head), [Holding::ReplyApproval, Holding::DivisionAddressee]);
        assert_eq!(of_division(&held, &judge), []);
        assert_eq!(of_division(&held, &[Role::VicePresident]), []);
    }

    #[test]
    fn what_is_held_is_counted_by_kind() {
        let held = [Holding::Supervision, Holding::Accountable, Holding::Accountable];
        assert_eq!(in_words(&held), "责任人 2 项、督办待答复 1 项");
        assert_eq!(in_words(&[]), "");
    }
}
