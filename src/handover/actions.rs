//! The dry run, and the handover itself.

use super::forms::Successors;
use super::rules::{self, Successor, Unfit};
use super::store;
use super::types::{Handover, HandoverId, Held, Holding, Item, Line, Planned, Printed};
use crate::audit::{self, Subject};
use crate::db::{Conn, next_id};
use crate::deadlines::{self, types::RequestId};
use crate::error::Problem;
use crate::matters::mails::{Notice, tell};
use crate::matters::types::{EntryKind, Hand, HandId, HandPart};
use crate::matters::{self, Matter, audience, life};
use crate::people::types::Staff;
use crate::people::{self, Act, CourtId, Permission, Role, StaffId};
use crate::replies::{
    self,
    rules::{Approver, approves},
};
use std::collections::{BTreeSet, HashMap, HashSet};

/// What is known of those who are to take over.
struct Candidates {
    working: HashSet<StaffId>,
    conduct: HashSet<StaffId>,
    drafting: HashSet<StaffId>,
    instructing: HashSet<StaffId>,
    approving: HashSet<StaffId>,
    extending: HashSet<StaffId>,
    enforcing: HashSet<StaffId>,
}

impl Candidates {
    fn of(conn: &mut Conn, court: CourtId) -> Result<Self, Problem> {
        let mut may = |permission| people::who_may(conn, court, permission);
        Ok(Candidates {
            working: may(Permission::RecordProgress)?,
            conduct: may(Permission::ReviewAccountability)?,
            drafting: may(Permission::DraftReply)?,
            instructing: may(Permission::GiveInstruction)?,
            approving: may(Permission::ApproveReply)?,
            extending: may(Permission::ExtendClock)?,
            enforcing: may(Permission::ManageEnforcement)?,
        })
    }

    /// Whether their office lets somebody hold this, as far as permissions go.
    fn competent(&self, who: StaffId, holding: Holding) -> bool {
        match holding {
            Holding::Supervising | Holding::InstructionLeader => self.instructing.contains(&who),
            Holding::ReplyDraft => self.drafting.contains(&who),
            Holding::ReplyApproval => self.approving.contains(&who),
            Holding::Extension => self.extending.contains(&who),
            Holding::Measure => self.enforcing.contains(&who),
            Holding::Accountable
            | Holding::Handler
            | Holding::Helper
            | Holding::Addressee
            | Holding::Sender
            | Holding::DivisionAddressee
            | Holding::Supervision
            | Holding::Instruction => self.working.contains(&who),
        }
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
    let whole_court = act.by.roles.iter().any(|role| *role != Role::DivisionHead);
    if Some(staff.court_id) != act.by.court_id || !(whole_court || own_division) {
        return Err(Problem::NotFound);
    }
    Ok(staff)
}

/// What would go to whom (试移交): nothing is changed. What the acting person may not see themselves isn't shown; it is
/// handed over all the same.
///
/// # Errors
///
/// As [`leaver`].
pub fn plan(conn: &mut Conn, act: &Act, who: StaffId, to: &Successors) -> Result<Vec<Planned>, Problem> {
    let staff = leaver(conn, act, who)?;
    let candidates = Candidates::of(conn, staff.court_id)?;
    let mut planned: Vec<Planned> = Vec::new();
    for held in store::held(conn, who)? {
        let gains = |one: StaffId| {
            planned.iter().any(|earlier| {
                earlier.held.matter.id == held.matter.id
                    && earlier.to == Ok(one)
                    && rules::gives_sight(earlier.held.holding)
            })
        };
        let to = choose(conn, act, (&candidates, &gains), &held, (who, to))?;
        planned.push(Planned { held, to });
    }
    Ok(planned)
}

/// The first of the successors who can take this on.
fn choose(
    conn: &mut Conn,
    act: &Act,
    (candidates, gains): (&Candidates, &dyn Fn(StaffId) -> bool),
    held: &Held,
    (from, to): (StaffId, &Successors),
) -> Result<Result<StaffId, Unfit>, Problem> {
    let mut why = Unfit::NobodyChosen;
    let barred = matters::barred(conn, &held.matter)?;
    let hands = matters::hands_of(conn, &held.matter)?;
    let judge = |one: StaffId| {
        hands.iter().any(|hand| hand.part == HandPart::CaseJudge && hand.staff_id == Some(one))
    };
    for one in [to.first, to.second].into_iter().flatten().filter(|one| *one != from) {
        let staff = people::staff_of_any_court(conn, one)?;
        let rule = Successor {
            works: candidates.working.contains(&one),
            competent: candidates.competent(one, held.holding) && may_decide(conn, held, &hands, &staff)?,
            sees: gains(one) || audience::sees(conn, &staff, act.now, held.matter.id)?,
            sees_conduct: candidates.conduct.contains(&one),
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
            Ok(approves(approver, life::waiting(&held.matter, hands, &reply)))
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
        | Holding::Measure => Ok(true),
    }
}

/// Hands over everything that somebody holds, in one act (移交). `seen`: how many things the dry run showed.
///
/// # Errors
///
/// As [`leaver`]; `Refused` while something can go to nobody, when there is nothing, or when it has become more or fewer.
pub fn hand_over(
    conn: &mut Conn,
    act: &Act,
    who: StaffId,
    (to, reason): (&Successors, &str),
    seen: usize,
) -> Result<HandoverId, Problem> {
    let from = leaver(conn, act, who)?;
    let planned = plan(conn, act, who, to)?;
    if planned.is_empty() {
        return Err(Problem::refused("这个人现在没有经手的信访事项，不需要移交。"));
    }
    if planned.len() != seen {
        return Err(Problem::Stale);
    }
    let id = HandoverId::new(act.now);
    let mut items = Vec::with_capacity(planned.len());
    for one in planned {
        let to = one.to.map_err(|unfit| stuck(&one.held.matter, unfit))?;
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

fn stuck(matter: &Matter, unfit: Unfit) -> Problem {
    let words =
        format!("{}不能移交：{}。请另选接手人或者第二接手人，再试一次。", matter.number, unfit.label());
    Problem::refused(words)
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

/// The list of a handover.
///
/// # Errors
///
/// `Forbidden`, `NotFound`.
pub fn printed(conn: &mut Conn, act: &Act, id: HandoverId) -> Result<Printed, Problem> {
    act.require(Permission::HandOver)?;
    let handover = store::find(conn, &act.by.scope, id)?;
    leaver(conn, act, handover.from_id)?;
    let items = store::items(conn, id)?;
    let ids: BTreeSet<_> = items.iter().map(|item| item.matter_id).collect();
    let ids: Vec<_> = ids.into_iter().collect();
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
