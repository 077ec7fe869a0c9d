//! What somebody holds of a tier passes to a successor (移交), and a matter's tier to what is split off or merged with it.

use super::facts::{heard_fact, known, weigh};
use super::group::replace;
use super::{Raise, raise, start};
use crate::db::{Conn, next_id};
use crate::deadlines;
use crate::error::Problem;
use crate::escalation::rules::Fact;
use crate::escalation::store;
use crate::escalation::types::tier::IN_CHARGE;
use crate::escalation::types::{Cause, Charge, ChargeId, MeasureId, Member, Role, Seat, Tier};
use crate::matters::types::HeardAt;
use crate::matters::{self, Matter};
use crate::people::{Act, StaffId};

/// Who takes over the charge of a matter: the leader, or the responsible person. A new leader's own acts and time count anew.
///
/// # Errors
///
/// `Stale` where nobody is in charge any more.
pub fn pass_charge(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    leader: bool,
    to: StaffId,
) -> Result<(), Problem> {
    let old = store::charge_of(conn, matter.id)?.ok_or(Problem::Stale)?;
    seat_with(conn, act, matter, leader, to)?;
    if !leader {
        return match store::set_charge_holder(conn, old.id, false, to)? {
            1 => Ok(()),
            _ => Err(Problem::Stale),
        };
    }
    store::end_charge(conn, matter.id, None, act.now.utc())?;
    let new = Charge {
        id: ChargeId::new(act.now),
        leader_id: to,
        named_by: act.by.staff_id,
        named_at: act.now.utc(),
        ended_at: None,
        version: 0,
        ..old
    };
    store::insert_charge(conn, &new)?;
    for code in IN_CHARGE {
        deadlines::cancel(conn, matter.id.0, code)?;
    }
    start(conn, act, matter, &IN_CHARGE)?;
    matters::refresh_next(conn, matter)
}

/// Who takes a charge over takes its seat in the group, whoever took the others.
fn seat_with(conn: &mut Conn, act: &Act, matter: &Matter, leader: bool, to: StaffId) -> Result<(), Problem> {
    let Some(group) = store::group_of(conn, matter.id)? else { return Ok(()) };
    let goes = |one: &Member| {
        one.staff_id != to && if leader { one.role == Role::Head } else { one.seat == Seat::Responsible }
    };
    for seat in store::members_of(conn, group.id)?.iter().filter(|one| goes(one)) {
        replace(conn, act, matter, seat, Some(to), "移交")?;
    }
    Ok(())
}

/// Gives every seat that somebody holds in the matter's group to `to`.
///
/// # Errors
///
/// When it can't be written.
pub fn pass_seats(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    from: StaffId,
    to: StaffId,
) -> Result<(), Problem> {
    let Some(group) = store::group_of(conn, matter.id)? else { return Ok(()) };
    for seat in store::members_of(conn, group.id)?.iter().filter(|one| one.staff_id == from) {
        replace(conn, act, matter, seat, Some(to), "移交")?;
    }
    Ok(())
}

/// Gives an open measure to `to`.
///
/// # Errors
///
/// `Stale` where it is done.
pub fn pass_measure(conn: &mut Conn, id: MeasureId, to: StaffId) -> Result<(), Problem> {
    if store::set_measure_owner(conn, id, to)? == 1 { Ok(()) } else { Err(Problem::Stale) }
}

/// Lets what was split off be in the tier of the matter that it comes from: nobody gets out of a tier by splitting.
///
/// # Errors
///
/// As [`super::came`].
pub fn inherit(conn: &mut Conn, act: &Act, original: &Matter, new: &Matter) -> Result<(), Problem> {
    follow(conn, act, original, new, &format!("由{}分出，沿用其级别", original.number))
}

/// Lets the survivor of a merge be at least in the tier of the matter that went into it; where that has been heard is known
/// of the survivor too, and weighed there.
///
/// # Errors
///
/// As [`super::came`].
pub fn merged(conn: &mut Conn, act: &Act, merged: &Matter, survivor: &Matter) -> Result<(), Problem> {
    follow(conn, act, merged, survivor, &format!("{}并入，沿用其级别", merged.number))?;
    let known = known(conn, merged)?;
    let used = store::keys_of(conn, merged.id)?;
    let mut facts: Vec<Fact> =
        known.iter().filter(|fact| matches!(fact, Fact::Contact { .. })).cloned().collect();
    let mut copies = Vec::new();
    for heard in store::heard_of(conn, merged.id)? {
        let new = known.contains(&heard_fact(&heard)) && !used.contains(&heard_fact(&heard).key());
        let copy = HeardAt { id: next_id(act.now), matter_id: survivor.id, contact_id: None, ..heard };
        facts.extend(new.then(|| heard_fact(&copy)));
        copies.push(copy);
    }
    matters::store::insert_heard_at(conn, &copies)?;
    facts.retain(|fact| !used.contains(&fact.key()));
    let survivor = matters::of_job(conn, survivor.id)?;
    weigh(conn, act, &survivor, &facts).map(drop)
}

/// Puts a matter in the tier of another, with what is left of its time there.
fn follow(conn: &mut Conn, act: &Act, from: &Matter, to: &Matter, words: &str) -> Result<(), Problem> {
    let Some(tier) = from.tier.and_then(Tier::of).filter(|tier| Some(tier.number()) > to.tier) else {
        return Ok(());
    };
    let cause = store::newest(conn, from.id)?.map_or(Cause::BackAfterReply, |newest| newest.cause);
    let cause = if cause == Cause::Correction { Cause::BackAfterReply } else { cause };
    let to = matters::of_job(conn, to.id)?;
    let by =
        Raise { to: tier, cause, key: format!("follows:{}", from.id), rule: None, facts: words.to_owned() };
    if raise(conn, act, &to, &by)?.is_none() {
        return Ok(());
    }
    let clocks = deadlines::of_matter(conn, from.id.0)?.into_iter().map(|(clock, _)| clock);
    let Some(clock) = clocks.filter(|clock| clock.code == tier.clock()).max_by_key(|clock| clock.id) else {
        return Ok(());
    };
    deadlines::cancel(conn, to.id.0, clock.code)?;
    deadlines::start_all(conn, act, to.court_id, to.id.0, &[(clock.code, clock.starts_on)])?;
    matters::refresh_next(conn, &to)
}
