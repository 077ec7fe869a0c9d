//! The dry run, and the handover itself.

use super::forms::Successors;
use super::rules::{self, Successor, Unfit};
use super::store;
use super::types::{Handover, HandoverId, Held, Holding, Item, Line, Planned, Printed};
use crate::audit::{self, Subject};
use crate::db::{Conn, next_id};
use crate::deadlines::{self, types::RequestId};
use crate::error::Problem;
use crate::escalation::actions as escalation;
use crate::escalation::types::MeasureId;
use crate::matters::mails::{Notice, tell};
use crate::matters::types::{EntryKind, Hand, HandId, HandPart};
use crate::matters::{self, Matter, MatterId, audience, life};
use crate::people::types::Staff;
use crate::people::{self, Act, Actor, Permission, Role, StaffId, sessions};
use crate::replies::{
    self,
    rules::{Approver, approves},
};
use std::collections::{BTreeSet, HashMap};

/// Somebody who is to take over, as an actor of their own.
struct Candidate {
    staff: Staff,
    actor: Actor,
}

impl Candidate {
    fn of(conn: &mut Conn, act: &Act, who: StaffId) -> Result<Self, Problem> {
        let staff = people::staff_of_any_court(conn, who)?;
        let actor = sessions::actor(conn, &staff, act.now)?;
        Ok(Candidate { staff, actor })
    }

    /// Whether their office lets them hold this, as far as permissions go. The draft of a reply to a complaint about
    /// conduct stays with whoever may have the complaint, who has it written.
    fn competent(&self, held: &Held) -> bool {
        let keeps = held.holding == Holding::ReplyDraft && held.matter.conduct && self.actor.scope.conduct;
        self.may(rules::office(held.holding)) || keeps
    }

    fn may(&self, permission: Permission) -> bool {
        self.staff.active && self.actor.may(permission)
    }
}

/// Whose things this person may hand over: a division head those of their division, others those of the court.
///
/// # Errors
///
/// `Forbidden`, `NotFound`.
pub fn leaver(conn: &mut Conn, act: &Act, who: StaffId) -> Result<Staff, Problem> {
    act.require(Permission::HandOver)?;
    let staff = people::staff_of_any_court(conn, who)?;
    let own_division = staff.division_id.is_some() && staff.division_id == act.by.division_id;
    let whole_court = rules::for_whole_court(&act.by.roles);
    if Some(staff.court_id) != act.by.court_id || !(whole_court || own_division) {
        return Err(Problem::NotFound);
    }
    Ok(staff)
}

/// What would go to whom (试移交): nothing is changed. What the acting person merely doesn't reach isn't shown, and is
/// handed over all the same; what complains about them isn't theirs to hand over, nor to know of: somebody else does.
///
/// # Errors
///
/// As [`leaver`].
pub fn plan(conn: &mut Conn, act: &Act, who: StaffId, to: &Successors) -> Result<Vec<Planned>, Problem> {
    let staff = leaver(conn, act, who)?;
    let mut candidates = Vec::new();
    for one in [to.first, to.second].into_iter().flatten().filter(|one| *one != who) {
        candidates.push(Candidate::of(conn, act, one)?);
    }
    candidates.retain(|one| one.staff.court_id == staff.court_id);
    let mut planned: Vec<Planned> = Vec::new();
    let all = store::held(conn, who)?;
    for held in open_to(conn, act, all)? {
        let gains = |one: StaffId| {
            planned.iter().any(|earlier| {
                earlier.held.matter.id == held.matter.id
                    && earlier.to == Ok(one)
                    && rules::gives_sight(earlier.held.holding)
            })
        };
        let to = choose(conn, act, (&candidates, &gains), &held)?;
        planned.push(Planned { held, to });
    }
    Ok(planned)
}

/// What of this the acting person isn't barred from (promise 9).
fn open_to(conn: &mut Conn, act: &Act, mut held: Vec<Held>) -> Result<Vec<Held>, Problem> {
    let ids: Vec<MatterId> = held.iter().map(|one| one.matter.id).collect();
    let barred = matters::barred_from(conn, act.by.person()?, &ids)?;
    held.retain(|one| !barred.contains(&one.matter.id));
    Ok(held)
}

/// The first of the successors who can take this on.
fn choose(
    conn: &mut Conn,
    act: &Act,
    (candidates, gains): (&[Candidate], &dyn Fn(StaffId) -> bool),
    held: &Held,
) -> Result<Result<StaffId, Unfit>, Problem> {
    let mut why = Unfit::NobodyChosen;
    let barred = matters::barred(conn, &held.matter)?;
    let hands = matters::hands_of(conn, &held.matter)?;
    let judge = |one: StaffId| {
        hands.iter().any(|hand| hand.part == HandPart::CaseJudge && hand.staff_id == Some(one))
    };
    for candidate in candidates {
        let one = candidate.staff.id;
        let rule = Successor {
            works: candidate.may(Permission::RecordProgress),
            competent: candidate.competent(held) && may_decide(conn, held, &hands, &candidate.staff)?,
            sees: gains(one) || audience::sees(conn, &candidate.staff, act.now, held.matter.id)?,
            sees_conduct: candidate.actor.scope.conduct,
            complained_of: barred.contains(&one),
            case_judge: judge(one),
        };
        match rules::fit(rule, held.holding, held.matter.conduct) {
            Ok(()) => return Ok(Ok(one)),
            Err(unfit) => why = unfit,
        }
    }
    Ok(Err(why))
}

/// Whether the rules about a reply that waits for approval, or an extension for its decision, let this person decide.
/// True for everything else.
fn may_decide(conn: &mut Conn, held: &Held, hands: &[Hand], who: &Staff) -> Result<bool, Problem> {
    match held.holding {
        Holding::ReplyApproval => {
            let Some(reply) = replies::current(conn, &held.matter)? else { return Ok(false) };
            let roles = people::roles_of(conn, who.id)?;
            let over = |hand: &Hand| hand.part == HandPart::Division && hand.division_id == who.division_id;
            let approver = Approver {
                id: who.id,
                heads: roles.contains(&Role::DivisionHead)
                    && who.division_id.is_some()
                    && hands.iter().any(over),
                leads: roles.contains(&Role::President) || roles.contains(&Role::VicePresident),
            };
            let writers = replies::writers_of(conn, reply.id)?;
            // Whoever takes the charge over takes over what it approves.
            let in_charge = crate::escalation::in_charge(conn, &held.matter)?
                .filter(|leader| reply.approver_id != Some(*leader));
            Ok(approves(approver, &life::waiting(&held.matter, hands, &reply, writers, in_charge)))
        }
        Holding::Extension => Ok(deadlines::may_decide(conn, RequestId(held.row), &held.matter, who)?),
        Holding::Accountable
        | Holding::Handler
        | Holding::Helper
        | Holding::Addressee
        | Holding::Sender
        | Holding::DivisionAddressee
        | Holding::Supervising
        | Holding::Supervision
        | Holding::Instruction
        | Holding::InstructionLeader
        | Holding::ReplyDraft
        | Holding::Measure
        | Holding::LeaderInCharge
        | Holding::Responsible
        | Holding::WorkGroup
        | Holding::TierMeasure => Ok(true),
    }
}

/// Hands over everything that somebody holds, in one act (移交). `seen`: what the dry run showed, by
/// [`rules::fingerprint`].
///
/// # Errors
///
/// As [`leaver`]; `Refused` while something can go to nobody, when there is nothing, or when it has become more or fewer.
pub fn hand_over(
    conn: &mut Conn,
    act: &Act,
    who: StaffId,
    (to, reason): (&Successors, &str),
    seen: &str,
) -> Result<HandoverId, Problem> {
    let from = leaver(conn, act, who)?;
    let planned = plan(conn, act, who, to)?;
    if planned.is_empty() {
        return Err(Problem::refused("这个人现在没有可以由您移交的信访事项。"));
    }
    if rules::fingerprint(&planned) != seen {
        return Err(Problem::Stale);
    }
    let id = HandoverId::new(act.now);
    let mut items = Vec::with_capacity(planned.len());
    for one in planned {
        let to = match one.to {
            Ok(to) => to,
            Err(unfit) => return Err(stuck(conn, act, &one.held.matter, unfit)?),
        };
        pass(conn, act, &one.held, (&from, to))?;
        let item = Item {
            id: next_id(act.now),
            handover_id: id,
            matter_id: one.held.matter.id,
            holding: one.held.holding,
            to_id: to,
        };
        items.push(item);
    }
    let row = Handover {
        id,
        court_id: from.court_id,
        from_id: who,
        by_id: act.by.person()?,
        at: act.now.utc(),
        reason: reason.to_owned(),
    };
    store::insert(conn, &row, &items)?;
    let values = [("name", from.name.as_str()), ("count", &items.len().to_string())];
    audit::record(conn, act, "staff.handed_over", Subject::Staff(who.0), &values)?;
    Ok(id)
}

/// Takes everything that somebody holds of one matter from them, because it complains about them (回避): to `to`; what only
/// a leader may hold, to `leader`.
///
/// # Errors
///
/// When it can't be written.
pub fn take_away(
    conn: &mut Conn,
    act: &Act,
    (matter, from): (MatterId, StaffId),
    (to, leader): (StaffId, StaffId),
) -> Result<(), Problem> {
    let from = people::staff_of_any_court(conn, from)?;
    for held in store::held(conn, from.id)?.iter().filter(|held| held.matter.id == matter) {
        let leads = rules::office(held.holding) == Permission::GiveInstruction;
        pass(conn, act, held, (&from, if leads { leader } else { to }))?;
    }
    Ok(())
}

/// Why nothing moved. A matter that the acting person doesn't see isn't named.
fn stuck(conn: &mut Conn, act: &Act, matter: &Matter, unfit: Unfit) -> Result<Problem, Problem> {
    let seen = !matters::find_all(conn, &act.by.scope, &[matter.id])?.is_empty();
    let which = if seen { matter.number.as_str() } else { "有一件您看不到的事项" };
    Ok(Problem::refused(format!(
        "{which}不能移交：{}。请另选接手人或者第二接手人，再试一次。",
        unfit.label()
    )))
}

fn pass(conn: &mut Conn, act: &Act, held: &Held, (from, to): (&Staff, StaffId)) -> Result<(), Problem> {
    let matter = &held.matter;
    match held.holding {
        Holding::Accountable => drop(store::set_accountable(conn, matter.id, to)?),
        Holding::Supervising => drop(store::set_supervising(conn, matter.id, to)?),
        Holding::Sender => drop(store::set_referral(conn, matter.id, Holding::Sender, to)?),
        Holding::Addressee | Holding::DivisionAddressee => {
            store::set_referral(conn, matter.id, Holding::Addressee, to)?;
            let whose = Some(from.id).filter(|_| held.holding == Holding::Addressee);
            pass_hand(conn, act, matter, (HandPart::Addressee, whose), to)?;
        }
        Holding::Handler => pass_hand(conn, act, matter, (HandPart::Handler, Some(from.id)), to)?,
        Holding::Helper => pass_hand(conn, act, matter, (HandPart::Helper, Some(from.id)), to)?,
        Holding::WorkGroup => escalation::pass_seats(conn, act, matter, from.id, to)?,
        Holding::LeaderInCharge => escalation::pass_charge(conn, act, matter, true, to)?,
        Holding::Responsible => escalation::pass_charge(conn, act, matter, false, to)?,
        Holding::TierMeasure => escalation::pass_measure(conn, MeasureId(held.row), to)?,
        Holding::Supervision
        | Holding::Instruction
        | Holding::InstructionLeader
        | Holding::ReplyDraft
        | Holding::ReplyApproval
        | Holding::Extension
        | Holding::Measure => {
            if store::set_waiting(conn, held.holding, held.row, to)? != 1 {
                return Err(Problem::Stale);
            }
        }
    }
    let name = people::staff_of_any_court(conn, to)?.name;
    let text = format!("{}移交（{}），由{name}接手。", from.name, held.holding.label());
    matters::note(conn, act, matter, EntryKind::Accountable, text)?;
    let key = format!("handed-over:{}:{}", held.holding.code(), act.now.today());
    let text = "一件信访事项移交给您，请查看办理情况和下一时限。";
    tell(conn, act, matter, to, Notice { subject: "移交给您的事项", text, key: &key, urgent: false })?;
    let values = [("holding", held.holding.code()), ("to", name.as_str())];
    audit::record(conn, act, "matter.handed_over", Subject::Matter(matter.id.0), &values)
}

/// Ends somebody's part in a matter, or a division's where `whose` is nobody, and gives it to `to`.
fn pass_hand(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    (part, whose): (HandPart, Option<StaffId>),
    to: StaffId,
) -> Result<(), Problem> {
    let today = act.now.today();
    let old = matters::hands_of(conn, matter)?;
    let old = old.into_iter().find(|hand| hand.part == part && hand.staff_id == whose);
    matters::end_hands(conn, matter.id, part, whose, today)?;
    let old = old.ok_or_else(|| Problem::internal("what is handed over isn't there"))?;
    let new = Hand { id: HandId::new(act.now), staff_id: Some(to), since: today, ..old };
    Ok(matters::insert_hand(conn, &new)?)
}

/// The list of a handover, without what complains about whoever looks.
///
/// # Errors
///
/// `Forbidden`; `NotFound`, also where nothing is left of the list.
pub fn printed(conn: &mut Conn, act: &Act, id: HandoverId) -> Result<Printed, Problem> {
    act.require(Permission::HandOver)?;
    let handover = store::find(conn, &act.by.scope, id)?;
    leaver(conn, act, handover.from_id)?;
    let mut items = store::items(conn, id)?;
    let ids: BTreeSet<_> = items.iter().map(|item| item.matter_id).collect();
    let ids: Vec<_> = ids.into_iter().collect();
    let barred = matters::barred_from(conn, act.by.person()?, &ids)?;
    items.retain(|item| !barred.contains(&item.matter_id));
    if items.is_empty() {
        return Err(Problem::NotFound);
    }
    let seen = matters::find_all(conn, &act.by.scope, &ids)?;
    let seen: HashMap<_, _> =
        seen.into_iter().map(|matter| (matter.id, (matter.number, matter.petitioner_line))).collect();
    let mut people: Vec<StaffId> = items.iter().map(|item| item.to_id).collect();
    people.extend([handover.from_id, handover.by_id]);
    let names = people::names_of(conn, &people)?;
    let name = |id: &StaffId| names.get(id).cloned().unwrap_or_default();
    Ok(Printed {
        from: name(&handover.from_id),
        by: name(&handover.by_id),
        lines: items
            .iter()
            .map(|item| Line {
                matter: seen.get(&item.matter_id).cloned(),
                holding: item.holding,
                to: name(&item.to_id),
            })
            .collect(),
        handover,
    })
}
