//! Opens an answered matter again, on something new (恢复办理).

use crate::audit::{self, Subject};
use crate::call_backs;
use crate::db::Conn;
use crate::deadlines::{self, Code};
use crate::error::Problem;
use crate::escalation;
use crate::matters::life::{self, Change, Found};
use crate::matters::mails::{Notice, tell};
use crate::matters::rules::{Screening, outcome};
use crate::matters::stages::Event;
use crate::matters::types::{HandPart, Stage};
use crate::matters::{self, EntryKind, Matter, MatterId, audience};
use crate::people::{self, Act, StaffId};

/// Opens it again: handled as if it had been accepted today, by whoever answered for it last; by whoever opens it, where
/// that person has left or may no longer see it. The hands of those who have left end, and the portfolio says anew who
/// supervises it.
///
/// # Errors
///
/// `NotFound`, `Forbidden`, `Stale`; `Refused` by the stage.
pub fn reopen(conn: &mut Conn, act: &Act, id: MatterId, version: i64, reason: &str) -> Result<(), Problem> {
    let found = life::find_for(conn, act, id, Event::Reopen)?;
    let matter = &found.matter;
    let accountable = accountable(conn, act, &found)?;
    let left = let_go(conn, act, &found)?;
    supervise(conn, act, matter)?;
    call_backs::drop_waiting(conn, matter)?;
    for code in [Code::Close, Code::ReviewRequest] {
        deadlines::cancel(conn, id.0, code)?;
    }
    let started: Vec<_> =
        outcome(&Screening::Accepted).clocks.into_iter().map(|code| (code, act.now.today())).collect();
    deadlines::start_all(conn, act, matter.court_id, id.0, &started)?;
    let left = if left.is_empty() { left } else { format!("{left}已不在岗，不再经手。") };
    matters::note(conn, act, matter, EntryKind::Reopened, format!("恢复办理。{left}新的情况：{reason}"))?;
    let key = format!("reopened:{version}");
    let text = "一件已办结的信访事项因为新的情况恢复办理，由您负责。请查看新的情况，按时答复。";
    tell(conn, act, matter, accountable, Notice { subject: "恢复办理", text, key: &key, urgent: false })?;
    audit::record(conn, act, "matter.reopened", Subject::Matter(id.0), &[])?;
    let change = Change { stage: Some(Stage::Handling), accountable: Some(accountable), ..Change::default() };
    life::move_on(conn, act, matter, version, change)?;
    escalation::reopened(conn, act, matter)
}

fn accountable(conn: &mut Conn, act: &Act, found: &Found) -> Result<StaffId, Problem> {
    let before = people::staff_of_any_court(conn, found.matter.accountable_id)?;
    let same =
        before.court_id == found.matter.court_id && audience::sees(conn, &before, act.now, found.matter.id)?;
    if same { Ok(before.id) } else { act.by.person() }
}

/// Ends the hands of those who handled it or helped, and have left or may no longer see it; returns their names.
fn let_go(conn: &mut Conn, act: &Act, found: &Found) -> Result<String, Problem> {
    let mut gone: Vec<String> = Vec::new();
    for hand in found.hands.iter().filter(|hand| hand.part != HandPart::CaseJudge) {
        let Some(who) = hand.staff_id else { continue };
        let staff = people::staff_of_any_court(conn, who)?;
        if staff.court_id == found.matter.court_id && audience::sees(conn, &staff, act.now, found.matter.id)?
        {
            continue;
        }
        matters::end_hands(conn, found.matter.id, hand.part, Some(who), act.now.today())?;
        if !gone.contains(&staff.name) {
            gone.push(staff.name);
        }
    }
    Ok(gone.join("、"))
}

/// The leader from the portfolio of today supervises it, unless the complaint is about them; whoever did goes on where
/// they still lead.
fn supervise(conn: &mut Conn, act: &Act, matter: &Matter) -> Result<(), Problem> {
    let leaders = people::leaders(conn, matter.court_id)?;
    if matter.supervising_leader_id.is_some_and(|old| leaders.iter().any(|leader| leader.id == old)) {
        return Ok(());
    }
    let barred = matters::barred(conn, matter)?;
    let today = act.now.today();
    let new = people::supervising_leader(conn, matter.court_id, matter.division_id, today, &barred)?;
    Ok(matters::store::set_supervising(conn, matter.id, new)?)
}
