//! The dry run, and the handover itself.

use super::forms::Successors;
use super::rules::{self, Successor, Unfit};
use super::store;
use super::types::{Handover, HandoverId, Held, Holding, Item, Line, Planned, Printed};
use crate::audit::{self, Subject};
use crate::db::{Conn, next_id};
use crate::error::Problem;
use crate::matters::mails::{Notice, tell};
use crate::matters::types::{EntryKind, Hand, HandId, HandPart};
use crate::matters::{self, Matter};
use crate::people::types::Staff;
use crate::people::{self, Act, Permission, Role, StaffId};
use std::collections::{BTreeSet, HashMap, HashSet};

/// What is known of those who are to take over.
struct Candidates {
    working: HashSet<StaffId>,
    conduct: HashSet<StaffId>,
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
    let candidates = Candidates {
        working: people::who_may(conn, staff.court_id, Permission::RecordProgress)?,
        conduct: people::who_may(conn, staff.court_id, Permission::ReviewAccountability)?,
    };
    let held = store::held(conn, who)?;
    held.into_iter()
        .map(|held| {
            let to = choose(conn, &candidates, &held, (who, to))?;
            Ok(Planned { held, to })
        })
        .collect()
}

/// The first of the successors who can take this on.
fn choose(
    conn: &mut Conn,
    candidates: &Candidates,
    held: &Held,
    (from, to): (StaffId, &Successors),
) -> Result<Result<StaffId, Unfit>, Problem> {
    let mut why = Unfit::NobodyChosen;
    let barred = matters::barred(conn, &held.matter)?;
    let judges: Vec<StaffId> = matters::hands_of(conn, &held.matter)?
        .into_iter()
        .filter(|hand| hand.part == HandPart::CaseJudge)
        .filter_map(|hand| hand.staff_id)
        .collect();
    for one in [to.first, to.second].into_iter().flatten().filter(|one| *one != from) {
        let rule = Successor {
            works: candidates.working.contains(&one),
            sees_conduct: candidates.conduct.contains(&one),
            complained_of: barred.contains(&one),
            case_judge: judges.contains(&one),
        };
        match rules::fit(rule, held.holding, held.matter.conduct) {
            Ok(()) => return Ok(Ok(one)),
            Err(unfit) => why = unfit,
        }
    }
    Ok(Err(why))
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
    let (matter, today) = (&held.matter, act.now.today());
    let part = match held.holding {
        Holding::Accountable => {
            store::set_accountable(conn, matter.id, to)?;
            None
        }
        Holding::Sender => {
            store::set_referral(conn, matter.id, Holding::Sender, to)?;
            None
        }
        Holding::Addressee => {
            store::set_referral(conn, matter.id, Holding::Addressee, to)?;
            Some(HandPart::Addressee)
        }
        Holding::Handler => Some(HandPart::Handler),
        Holding::Helper => Some(HandPart::Helper),
    };
    if let Some(part) = part {
        let old = matters::hands_of(conn, matter)?;
        let old = old.into_iter().find(|hand| hand.part == part && hand.staff_id == Some(from.id));
        matters::end_hands(conn, matter.id, part, Some(from.id), today)?;
        let old = old.ok_or_else(|| Problem::internal("what is handed over isn't there"))?;
        let new = Hand { id: HandId::new(act.now), staff_id: Some(to), since: today, ..old };
        matters::insert_hand(conn, &new)?;
    }
    let name = people::staff_of_any_court(conn, to)?.name;
    let text = format!("{}移交（{}），由{name}接手。", from.name, held.holding.label());
    matters::note(conn, act, matter, EntryKind::Accountable, text)?;
    let key = format!("handed-over:{}:{}", held.holding.code(), today);
    let text = "一件信访事项移交给您，请查看办理情况和下一时限。";
    tell(conn, act, matter, to, Notice { subject: "移交给您的事项", text, key: &key, urgent: false })?;
    let values = [("holding", held.holding.code()), ("to", name.as_str())];
    audit::record(conn, act, "matter.handed_over", Subject::Matter(matter.id.0), &values)
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
