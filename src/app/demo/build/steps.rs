//! What happens to a matter after screening, written as the court's own actions will write it: the row, its clocks, the
//! timeline, the trail, in one transaction.

use super::super::script::Deadline;
use crate::audit::{self, Subject};
use crate::db::{Conn, next_id};
use crate::deadlines::actions::Seen;
use crate::deadlines::rules::allowed::WantedPause;
use crate::deadlines::types::PauseReason;
use crate::deadlines::{self, Code};
use crate::error::Problem;
use crate::matters::store::{self, Step};
use crate::matters::types::{
    CloseReason, EntryId, EntryKind, Matter, MatterId, Reply, ReplyManner, Stage, TimelineEntry,
};
use crate::people::{self, Act, Scope};
use crate::referrals;
use crate::referrals::forms::Destination;
use chrono::TimeDelta;

/// How far a matter that was sent to somebody has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sent {
    TakenOver,
    /// They haven't taken it over yet.
    Waits,
    /// It was sent to their division, whose head hasn't taken it over yet.
    WaitsForDivision,
}

/// Sends a matter to the person who acts as `taker`. A complaint about conduct has its inspector already.
pub(super) fn assign(
    conn: &mut Conn,
    act: &Act,
    id: MatterId,
    (taker, sent): (&Act, Sent),
) -> Result<(), Problem> {
    let matter = crate::matters::of_job(conn, id)?;
    let (to, division) = (taker.by.person()?, taker.by.division_id);
    if matter.conduct || matter.accountable_id == to {
        return Ok(());
    }
    let division =
        division.ok_or_else(|| Problem::internal("a handler of the demo court has no division"))?;
    let head = people::head_of_division(conn, matter.court_id, division)?;
    let by_division =
        sent == Sent::WaitsForDivision && head.is_some_and(|head| head.id != matter.accountable_id);
    let to = Destination { division, staff: Some(to).filter(|_| !by_division), ..Destination::default() };
    referrals::actions::refer(conn, act, id, matter.version, &to)?;
    if sent == Sent::TakenOver {
        let version = crate::matters::of_job(conn, id)?.version;
        referrals::actions::take_over(conn, taker, id, version, None)?;
    }
    Ok(())
}

/// Something was done; what was owed for it has been done with it.
pub(super) fn note(
    conn: &mut Conn,
    act: &Act,
    scope: &Scope,
    id: MatterId,
    kind: &str,
    text: &str,
) -> Result<(), Problem> {
    let matter = store::find(conn, scope, id)?;
    let (kind, done): (EntryKind, &[Code]) = match kind {
        "referral" => (EntryKind::Referral, &[]),
        "talk" => (EntryKind::Talk, &[Code::FirstTalk, Code::FirstNotice, Code::ProgressFirst]),
        "explanation" => (EntryKind::Explanation, &[Code::FirstTalk, Code::FirstNotice, Code::ProgressFirst]),
        "call" => (EntryKind::Notice, &[Code::FirstNotice, Code::ProgressFirst]),
        _ => (EntryKind::Progress, &[Code::FirstNotice, Code::ProgressFirst]),
    };
    for code in done {
        deadlines::meet(conn, id.0, *code, act.now.today())?;
    }
    if matter.stage != Stage::Closed
        && let Some((clock, _)) = deadlines::next(conn, id.0)?
    {
        store::set_next_due(conn, id, clock.due_on, Some(clock.id))?;
    }
    store::insert_entries(conn, &[entry(act, &matter, kind, text)])?;
    audit::record(conn, act, "matter.noted", Subject::Matter(id.0), &[("kind", kind.code())])
}

/// Something about the deadline of the reply.
pub(super) fn deadline(
    conn: &mut Conn,
    act: &Act,
    id: MatterId,
    what: Deadline,
    why: &str,
) -> Result<(), Problem> {
    let histories = deadlines::histories(conn, id.0)?;
    let reply = histories.iter().find(|one| one.clock.code == Code::Reply && one.clock.is_open());
    let reply = reply.ok_or_else(|| Problem::internal("the demo court's matter awaits no reply"))?;
    let seen = (reply.clock.id, Seen::of(reply));
    match what {
        Deadline::Paused(days) => {
            let from = act.now.today();
            let until = from + TimeDelta::days(days);
            let wanted = WantedPause { reason: PauseReason::Appraisal, from, until };
            deadlines::actions::pause(conn, act, seen, wanted, why).map(drop)
        }
        Deadline::Asked(days) => deadlines::actions::ask_extension(conn, act, seen, days, why).map(drop),
        Deadline::Granted => {
            let asked = deadlines::waiting_request(conn, reply.clock.id)?;
            let asked = asked.ok_or_else(|| Problem::internal("the demo court asked for no extension"))?;
            let which = (asked.id, asked.version);
            deadlines::actions::grant_extension(conn, act, which, why, None).map(drop)
        }
    }
}

/// The reply is given, and with it the matter ends.
pub(super) fn close(
    conn: &mut Conn,
    act: &Act,
    scope: &Scope,
    id: MatterId,
    reason: &str,
    reply: &str,
) -> Result<(), Problem> {
    let matter = store::find(conn, scope, id)?;
    let reason = CloseReason::from_code(reason).unwrap_or(CloseReason::Answered);
    deadlines::meet(conn, id.0, Code::Reply, act.now.today())?;
    deadlines::cancel_open(conn, id.0)?;
    let step = Step {
        stage: Stage::Closed,
        close_reason: Some(reason),
        closed_at: Some(act.now.utc()),
        to_archive_since: Some(act.now.utc()),
        next_due_on: None,
        next_clock_id: None,
        ..as_it_is(&matter)
    };
    save(conn, &matter, &step)?;
    let given = Reply {
        id: next_id(act.now),
        matter_id: id,
        manner: ReplyManner::Written,
        text: reply.to_owned(),
        by_id: act.by.person()?,
        given_at: act.now.utc(),
    };
    store::insert_reply(conn, &given)?;
    let entries = [
        entry(act, &matter, EntryKind::Reply, reply),
        entry(act, &matter, EntryKind::Closed, &format!("办结：{}。", reason.label())),
    ];
    store::insert_entries(conn, &entries)?;
    audit::record(conn, act, "matter.closed", Subject::Matter(id.0), &[("reason", reason.code())])
}

fn as_it_is(matter: &Matter) -> Step {
    Step {
        stage: matter.stage,
        close_reason: matter.close_reason,
        track: matter.track.clone(),
        accountable_id: matter.accountable_id,
        closed_at: matter.closed_at,
        to_archive_since: matter.to_archive_since,
        next_due_on: matter.next_due_on,
        next_clock_id: matter.next_clock_id,
    }
}

fn save(conn: &mut Conn, matter: &Matter, step: &Step) -> Result<(), Problem> {
    if store::advance(conn, matter.id, matter.version, step)? { Ok(()) } else { Err(Problem::Stale) }
}

fn entry(act: &Act, matter: &Matter, kind: EntryKind, text: &str) -> TimelineEntry {
    TimelineEntry {
        id: EntryId::new(act.now),
        court_id: matter.court_id,
        matter_id: matter.id,
        kind,
        at: act.now.utc(),
        staff_id: act.by.staff_id,
        staff_name: act.by.name.clone(),
        text: text.to_owned(),
        contact_id: None,
        corrects_id: None,
    }
}
