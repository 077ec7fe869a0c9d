use super::*;
use crate::escalation::defaults;
use crate::escalation::types::{Role, Seat, Standin};
use crate::matters::ContactId;
use crate::matters::types::{HeardLevel, HeardManner, MatterId};
use crate::people::StaffId;
use crate::time::Moment;
use proptest::prelude::*;
use std::collections::BTreeSet;

const COURT: CourtId = CourtId(1);

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn shipped(preset: TierPreset) -> Vec<TierRule> {
    let now = Moment::from_court("2026-11-23T09:00:00".parse().unwrap());
    let rows: Vec<TierRule> = defaults::ALL.iter().map(|rule| defaults::row(rule, now)).collect();
    in_force(&rows, COURT, preset, day("2026-11-23"))
}

fn heard(level: HeardLevel, manner: HeardManner, sure: bool) -> Fact {
    Fact::Heard { row: 1, level, body: "信访局".into(), manner, on: None, sure }
}

fn contact(nth: i64, people: i64, in_person: bool) -> Fact {
    Fact::Contact { id: ContactId(7), nth, people, in_person }
}

/// Every cell of the row 何种情形进入 of the table, in both presets: the fact, whether the matter is accepted, and where it
/// puts a matter without a tier.
#[test]
fn what_puts_a_matter_where() {
    use HeardLevel::{Beijing, City, District, Here, Province};
    use HeardManner::{InPerson, Letter, Online, Video};
    let over = |tier| Fact::RanOver { tier, clock: 9, due_on: day("2026-11-20") };
    let failed = |tier| Fact::Failed { tier, clock: 9, why: "双方分歧太大".into() };
    let (one, two, three) = (Some(Tier::One), Some(Tier::Two), Some(Tier::Three));
    for (fact, accepted, standard, strict) in [
        (Fact::Sign { how: Cause::Swept, row: 1 }, true, one, one),
        (Fact::Sign { how: Cause::Assessed, row: 1 }, true, one, one),
        (Fact::Sign { how: Cause::Marked, row: 1 }, true, one, one),
        (heard(City, InPerson, true), true, two, two),
        (heard(City, InPerson, true), false, None, None),
        (heard(City, InPerson, false), true, None, None),
        (heard(City, Video, true), true, None, None),
        (heard(City, Letter, true), true, None, None),
        (heard(City, Online, true), true, None, None),
        (heard(Here, InPerson, true), true, None, None),
        (heard(District, InPerson, true), true, None, None),
        (Fact::Reopened { matter: MatterId(1), version: 3 }, true, two, two),
        (contact(1, 5, true), true, two, two),
        (contact(1, 5, false), true, two, two),
        (contact(1, 5, true), false, None, None),
        (contact(1, 4, true), true, None, two),
        (contact(1, 1, true), true, None, two),
        (contact(1, 1, false), true, None, None),
        (contact(9, 1, false), true, None, None),
        (over(Tier::One), true, two, two),
        (failed(Tier::One), true, two, two),
        (heard(Province, InPerson, true), true, three, three),
        (heard(Province, InPerson, true), false, three, three),
        (heard(Province, InPerson, false), true, None, None),
        (heard(Province, Video, true), true, None, None),
        (heard(Beijing, InPerson, true), false, three, three),
        (heard(Beijing, InPerson, false), true, None, None),
        (heard(Beijing, Video, true), true, None, None),
        (over(Tier::Two), true, three, three),
        (failed(Tier::Two), true, three, three),
        (over(Tier::Three), true, None, None),
        (Fact::Late { clock: 1, due_on: day("2026-10-01"), days: 30 }, true, None, None),
    ] {
        for (preset, expected) in [(TierPreset::Standard, standard), (TierPreset::Strict, strict)] {
            let (rules, facts) = (shipped(preset), [fact.clone()]);
            let chosen = choose(&rules, &facts, accepted, None).map(|grounds| grounds.rule.tier);
            assert_eq!(chosen, expected, "{fact:?} accepted={accepted} {preset:?}");
        }
    }
}

#[test]
fn what_is_counted_follows_the_rule_of_the_court() {
    let mut rules = shipped(TierPreset::Standard);
    for rule in &mut rules {
        if rule.cause == Cause::NthRepeat {
            (rule.in_use, rule.threshold) = (true, 3);
        } else if rule.cause == Cause::Group {
            rule.threshold = 10;
        }
    }
    let to = |fact: Fact| choose(&rules, &[fact], true, None).map(|grounds| grounds.rule.cause);
    assert_eq!(to(contact(2, 1, true)), None);
    assert_eq!(to(contact(3, 1, false)), Some(Cause::NthRepeat));
    assert_eq!((to(contact(1, 9, true)), to(contact(1, 10, true))), (None, Some(Cause::Group)));
}

#[test]
fn of_several_facts_the_one_that_leads_highest_counts() {
    let rules = shipped(TierPreset::Standard);
    let facts = [contact(1, 12, true), heard(HeardLevel::Beijing, HeardManner::InPerson, true)];
    let grounds = choose(&rules, &facts, true, Some(Tier::One)).unwrap();
    assert_eq!((grounds.rule.cause, grounds.rule.tier), (Cause::HeardBeijing, Tier::Three));
    assert_eq!(choose(&rules, &facts, true, Some(Tier::Three)), None);
}

#[test]
fn a_court_s_own_row_takes_the_place_of_the_shipped_one_from_its_day_on() {
    let now = Moment::from_court("2026-11-23T09:00:00".parse().unwrap());
    let mut rows: Vec<TierRule> = defaults::ALL.iter().map(|rule| defaults::row(rule, now)).collect();
    let old = rows.iter().find(|row| row.cause == Cause::Group).unwrap().clone();
    rows.push(TierRule { court_id: Some(COURT), threshold: 8, effective_from: day("2026-12-01"), ..old });
    let group = |court, on: &str| {
        let rules = in_force(&rows, court, TierPreset::Standard, day(on));
        rules.into_iter().find(|rule| rule.cause == Cause::Group).unwrap().threshold
    };
    assert_eq!((group(COURT, "2026-11-30"), group(COURT, "2026-12-01")), (5, 8));
    assert_eq!(group(CourtId(2), "2026-12-01"), 5);
}

fn posts() -> Posts {
    Posts {
        president: Some(StaffId(1)),
        vice_presidents: vec![StaffId(2), StaffId(3), StaffId(4)],
        over_division: Some(StaffId(3)),
        over_petitions: Some(StaffId(2)),
        week_leaders: vec![StaffId(4), StaffId(3)],
        division_heads: vec![StaffId(10), StaffId(11)],
        filing_heads: vec![StaffId(12)],
        case_judge: Some(StaffId(13)),
        officers: vec![StaffId(14), StaffId(15)],
        inspectors: vec![StaffId(16)],
        leader_in_charge: Some(StaffId(3)),
        responsible: Some(StaffId(17)),
        accountable: Some(StaffId(18)),
        barred: BTreeSet::new(),
        only: None,
    }
}

fn sitting(tier: Tier, posts: &Posts) -> Vec<(Role, Seat, i64)> {
    propose(tier, posts).into_iter().map(|one| (one.role, one.seat, one.staff.0)).collect()
}

/// Every cell of the row 谁来化解.
#[test]
fn who_sits_in_the_group_of_each_tier() {
    use Role::{Deputy, Head, Member};
    let posts = posts();
    assert_eq!(
        sitting(Tier::One, &posts),
        [
            (Head, Seat::WeekLeader, 4),
            (Member, Seat::OverDivision, 3),
            (Member, Seat::DivisionHead, 10),
            (Member, Seat::CaseJudge, 13),
            (Member, Seat::OverPetitions, 2),
            (Member, Seat::HeadOfFiling, 12),
            (Member, Seat::Officer, 14),
        ]
    );
    assert_eq!(
        sitting(Tier::Two, &posts),
        [
            (Head, Seat::LeaderInCharge, 3),
            (Member, Seat::OverDivision, 3),
            (Member, Seat::OverPetitions, 2),
            (Member, Seat::DivisionHead, 10),
            (Member, Seat::Responsible, 17),
            (Member, Seat::HeadOfFiling, 12),
            (Member, Seat::Officer, 14),
        ]
    );
    assert_eq!(
        sitting(Tier::Three, &posts),
        [
            (Head, Seat::President, 1),
            (Deputy, Seat::OverPetitions, 2),
            (Deputy, Seat::OverDivision, 3),
            (Member, Seat::WeekLeader, 4),
            (Member, Seat::DivisionHead, 10),
            (Member, Seat::Responsible, 17),
            (Member, Seat::HeadOfFiling, 12),
            (Member, Seat::Officer, 14),
            (Member, Seat::CaseJudge, 13),
            (Member, Seat::WeekLeader, 3),
        ]
    );
}

#[test]
fn who_is_missing_or_must_stay_away_has_a_named_substitute() {
    let on = |posts: &Posts, tier, seat| {
        let found = propose(tier, posts).into_iter().find(|one| one.seat == seat).unwrap();
        (found.staff.0, found.standin)
    };
    let barred = |who: &[i64]| Posts { barred: who.iter().map(|id| StaffId(*id)).collect(), ..posts() };
    assert_eq!(on(&barred(&[1]), Tier::Three, Seat::President), (16, Standin::Recused));
    assert_eq!(on(&barred(&[1, 16]), Tier::Three, Seat::President), (2, Standin::Recused));
    let vacant = Posts { president: None, ..posts() };
    assert_eq!(on(&vacant, Tier::Three, Seat::President), (2, Standin::Vacant));
    let nobody_named = Posts { leader_in_charge: None, ..posts() };
    assert_eq!(on(&nobody_named, Tier::Two, Seat::LeaderInCharge), (3, Standin::Vacant));
    assert_eq!(on(&barred(&[4, 3]), Tier::One, Seat::WeekLeader), (2, Standin::Recused));
    assert_eq!(on(&barred(&[10]), Tier::One, Seat::DivisionHead), (11, Standin::Own));
    assert_eq!(on(&barred(&[10, 11]), Tier::One, Seat::DivisionHead), (3, Standin::Recused));
    assert_eq!(on(&barred(&[13]), Tier::One, Seat::CaseJudge), (10, Standin::Recused));
    assert_eq!(on(&barred(&[14]), Tier::Two, Seat::Officer), (15, Standin::Own));
    assert_eq!(on(&barred(&[14, 15]), Tier::Two, Seat::Officer), (12, Standin::Recused));
    let conduct = Posts { only: Some([StaffId(1), StaffId(16)].into()), ..posts() };
    assert!(propose(Tier::Three, &conduct).iter().all(|one| [1, 16].contains(&one.staff.0)));
}

#[test]
fn time_raises_after_the_grace_and_never_before_a_hold_is_over() {
    let days = WorkingDays::default();
    let at =
        |passed: &str, hold: Option<&str>| rises(day("2026-11-23"), 1, hold.map(day), day(passed), &days);
    assert!(!at("2026-11-23", None), "the grace is a whole working day");
    assert!(at("2026-11-24", None));
    assert!(!at("2026-11-27", Some("2026-11-27")) && at("2026-11-28", Some("2026-11-27")));
    assert!(rises(day("2026-11-23"), 0, None, day("2026-11-23"), &days));
    assert!(!rises(day("2026-11-23"), 0, None, day("2026-11-22"), &days));
}

#[test]
fn a_hold_is_short_and_comes_once() {
    let days = WorkingDays::default();
    let (due, today) = (day("2026-11-23"), day("2026-11-23"));
    let held = |held, today, until: &str| hold(held, (due, today), day(until), &days);
    assert_eq!(held(false, today, "2026-11-30"), Ok(()));
    assert_eq!(held(false, today, "2026-12-01"), Err(Refusal::HoldLength));
    assert_eq!(held(false, today, "2026-11-23"), Err(Refusal::HoldLength));
    assert_eq!(held(true, today, "2026-11-25"), Err(Refusal::HeldAlready));
    assert_eq!(held(false, day("2026-11-20"), "2026-11-25"), Err(Refusal::HoldTooEarly));
}

#[test]
fn a_tier_is_left_only_upward_and_what_is_opened_again_comes_back_to_it() {
    for from in Tier::ALL {
        for to in Tier::ALL {
            let up = target(Some(from), to, false);
            assert_eq!(up, (to > from).then_some(to));
            assert_eq!(target(Some(from), to, true), Some(from.max(to)));
        }
        assert_eq!(target(None, from, false), Some(from));
        assert_eq!(ran_over(from).is_some(), from.above().is_some());
        assert_eq!(failed(from).is_some(), from.above().is_some());
    }
}

#[test]
fn three_acts_are_owed() {
    assert_eq!(missing_acts(&[]).len(), 3);
    assert_eq!(missing_acts(&[LeaderAct::Met, LeaderAct::Met]), [LeaderAct::Studied, LeaderAct::Coordinated]);
    assert!(missing_acts(LeaderAct::ALL).is_empty());
}

proptest! {
    /// However many offices are empty and whoever must stay away: every seat has somebody, who may sit there.
    #[test]
    fn every_seat_ends_at_a_named_person(
        offices in proptest::collection::vec(proptest::option::of(1i64..20), 8),
        lists in proptest::collection::vec(proptest::collection::vec(1i64..20, 0..4), 6),
        barred in proptest::collection::btree_set(1i64..20, 0..19),
    ) {
        let office = |n: usize| offices[n].map(StaffId);
        let list = |n: usize| lists[n].iter().copied().map(StaffId).collect::<Vec<_>>();
        let posts = Posts {
            president: office(0),
            vice_presidents: list(0),
            over_division: office(1),
            over_petitions: office(2),
            week_leaders: list(1),
            division_heads: list(2),
            filing_heads: list(3),
            case_judge: office(3),
            officers: list(4),
            inspectors: list(5),
            leader_in_charge: office(4),
            responsible: office(5),
            accountable: Some(StaffId(99)),
            barred: barred.into_iter().map(StaffId).collect(),
            only: None,
        };
        for tier in Tier::ALL {
            let group = propose(tier, &posts);
            prop_assert!(head_of(&group).is_some());
            prop_assert_eq!(group.iter().filter(|one| one.role == Role::Head).count(), 1);
            for (_, seat) in seats(tier) {
                prop_assert!(group.iter().any(|one| one.seat == *seat), "{:?} {:?}", tier, seat);
            }
            prop_assert!(group.iter().all(|one| !posts.barred.contains(&one.staff)));
        }
    }

    /// Whatever happens in whatever order, the tier never falls.
    #[test]
    fn facts_never_lower_a_tier(kinds in proptest::collection::vec(0usize..8, 0..40)) {
        let rules = shipped(TierPreset::Strict);
        let mut at: Option<Tier> = None;
        for (n, kind) in (0i64..).zip(kinds) {
            let fact = match kind {
                0 => heard(HeardLevel::City, HeardManner::InPerson, true),
                1 => heard(HeardLevel::Province, HeardManner::InPerson, n % 2 == 0),
                2 => heard(HeardLevel::Beijing, HeardManner::Video, true),
                3 => contact(n, n % 9, true),
                4 => Fact::Sign { how: Cause::Marked, row: n },
                5 => Fact::RanOver { tier: Tier::One, clock: n, due_on: day("2026-11-20") },
                6 => Fact::RanOver { tier: Tier::Two, clock: n, due_on: day("2026-11-20") },
                _ => Fact::Reopened { matter: MatterId(1), version: n },
            };
            let next = choose(&rules, &[fact], true, at).map(|grounds| grounds.rule.tier).or(at);
            prop_assert!(next >= at);
            at = next;
        }
    }
}
