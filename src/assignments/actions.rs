//! Records what came from above, and each step between this court and the sender. Each is one transaction.

use super::rules;
use super::store;
use super::types::{
    Assignment, AssignmentEvent, AssignmentEventId, AssignmentId, NewAssignment, NewStep, State, Step,
};
use crate::audit::{self, Subject};
use crate::calendar;
use crate::db::Conn;
use crate::deadlines::{self, ClockId, Code};
use crate::error::Problem;
use crate::matters::life;
use crate::matters::mails::{Notice, tell};
use crate::matters::stages::Event;
use crate::matters::{self, ContactId, EntryKind, Matter, MatterId, audience};
use crate::people::types::Staff;
use crate::people::{self, Act, CourtId, StaffId};
use crate::web::formats::plain_date;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// Records on a known matter that somebody above assigned it (登记上级交办).
///
/// # Errors
///
/// `NotFound`, `Forbidden`; as [`open`].
pub fn take(conn: &mut Conn, act: &Act, id: MatterId, new: &NewAssignment) -> Result<AssignmentId, Problem> {
    let found = life::find_for(conn, act, id, Event::TakeAssignment)?;
    open(conn, act, &found.matter, None, new)
}

/// Opens an assignment on a matter: the clock until the result is owed, on the sender's day where they named one; the last
/// day for objecting; and whoever answers for the matter is told. A step within registering, or of [`take`].
///
/// # Errors
///
/// `Refused` when the day they named lies before the paper came, or the court has no rule in force.
pub fn open(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    contact: Option<ContactId>,
    new: &NewAssignment,
) -> Result<AssignmentId, Problem> {
    let from = new.received_on;
    let clock = deadlines::start(conn, act, matter.court_id, matter.id.0, Code::Assigned, from)?;
    let due_on = match new.due_on {
        Some(on) => deadlines::name_due(conn, act, clock.id, on, &new.number, &new.sender)?.due_on,
        None => clock.due_on,
    };
    let row = Assignment {
        id: AssignmentId::new(act.now),
        court_id: matter.court_id,
        matter_id: matter.id,
        contact_id: contact,
        sender_kind: new.sender_kind,
        sender: new.sender.clone(),
        number: new.number.clone(),
        dated_on: new.dated_on,
        received_on: from,
        demand: new.demand.clone(),
        objection_until: objection_until(conn, matter, from)?,
        clock_id: clock.id,
        state: State::Open,
        recorded_by: act.by.person()?,
        recorded_at: act.now.utc(),
        version: 0,
    };
    store::insert(conn, &row)?;
    matters::refresh_next(conn, matter)?;
    let until = plain_date(due_on);
    let asked = match new.due_on {
        Some(_) => format!("来文要求{until}前报告结果"),
        None => format!("来文没有写明期限，按规则推算，{until}前报告结果"),
    };
    let text = format!("{}交办，{asked}。{}", row.words(), row.demand);
    matters::note(conn, act, matter, EntryKind::Assignment, text)?;
    inform(conn, act, matter, &row)?;
    audit::record(
        conn,
        act,
        "assignment.taken",
        Subject::Matter(matter.id.0),
        &[("sender", &row.sender), ("number", &row.number), ("due_on", &due_on.to_string())],
    )?;
    Ok(row.id)
}

/// The last day on which the court may object that the matter isn't its own (信访工作条例 23).
fn objection_until(conn: &mut Conn, matter: &Matter, from: NaiveDate) -> Result<Option<NaiveDate>, Problem> {
    let Some(rule) = deadlines::rule_on(conn, matter.court_id, Code::AssignmentObjection, from)? else {
        return Ok(None);
    };
    let due = deadlines::rules::due(from, rule.count(), &*calendar::working_days(conn)?)?;
    Ok(Some(due.due_on))
}

/// What came with a matter came on the day to which its receipt was corrected: of these clocks with their former starts, the
/// assignment came then too, and may be objected to until a day reckoned from it. A step within that correction.
///
/// # Errors
///
/// When it can't be written.
pub fn follow_receipt(
    conn: &mut Conn,
    matter: &Matter,
    moved: &[(ClockId, NaiveDate)],
    on: NaiveDate,
) -> Result<(), Problem> {
    let all = store::of_matter(conn, matter.id)?;
    for row in all.into_iter().filter(|row| moved.contains(&(row.clock_id, row.received_on))) {
        let until = objection_until(conn, matter, on)?;
        store::set_received(conn, row.id, on, until)?;
    }
    Ok(())
}

/// Whoever answers for the matter, and the leader over them, hear of it on the same day.
fn inform(conn: &mut Conn, act: &Act, matter: &Matter, row: &Assignment) -> Result<(), Problem> {
    let officers = people::petition_officers(conn, matter.court_id)?;
    let mut whom: BTreeSet<_> = officers.into_iter().map(|officer| officer.id).collect();
    whom.insert(matter.accountable_id);
    whom.extend(matter.supervising_leader_id);
    let key = format!("assignment:{}", row.id);
    let text = "上级机关交办了一件事项，要求在期限内报告结果。请登录查看交办要求和期限。";
    for one in whom.into_iter().filter(|one| Some(*one) != act.by.staff_id) {
        tell(conn, act, matter, one, Notice { subject: "上级交办", text, key: &key, urgent: true })?;
    }
    Ok(())
}

/// What the stage table calls a step.
pub(super) fn event_of(step: Step) -> Event {
    match step {
        Step::Objected => Event::ObjectAbove,
        Step::Progress | Step::Result => Event::ReportAbove,
        Step::Upheld | Step::Redated | Step::SentBack | Step::Accepted | Step::TakenBack => {
            Event::AnswerFromAbove
        }
    }
}

/// Records a step of one of a matter's assignments, which together are still at `version`: an objection, a report, or the sender's answer.
///
/// # Errors
///
/// `NotFound`, `Forbidden`, `Stale`; `Refused` by [`rules::after`].
pub fn step(
    conn: &mut Conn,
    act: &Act,
    id: MatterId,
    (assignment, version): (AssignmentId, i64),
    new: &NewStep,
) -> Result<AssignmentEventId, Problem> {
    let found = life::find_for(conn, act, id, event_of(new.step))?;
    let all = store::of_matter(conn, id)?;
    let together = rules::version(&all);
    let row = all.into_iter().find(|one| one.id == assignment).ok_or(Problem::NotFound)?;
    if together != version {
        return Err(Problem::Stale);
    }
    let since = rules::since(&row, &store::events_of(conn, &[row.id])?);
    let state = rules::after(&row, since, new)?;
    if !store::advance(conn, row.id, row.version, state)? {
        return Err(Problem::Stale);
    }
    let restarted = move_clock(conn, act, &row, new)?;
    matters::refresh_next(conn, &found.matter)?;
    let event = event(conn, act, &row, new)?;
    store::insert_event(conn, &event)?;
    matters::note(conn, act, &found.matter, EntryKind::Assignment, words(&row, &event, restarted))?;
    if event_of(new.step) == Event::AnswerFromAbove {
        pass_on(conn, act, &found.matter, &event)?;
    }
    let values = [("sender", row.sender.as_str()), ("step", new.step.code())];
    audit::record(conn, act, "assignment.went_on", Subject::Matter(id.0), &values)?;
    Ok(event.id)
}

/// A report ends the clock; what is sent back has a clock of its own, from the day on which it came back; the sender's word
/// moves the day, or does away with it. Returns the day to which a new clock runs by the rule, where none was named.
fn move_clock(
    conn: &mut Conn,
    act: &Act,
    row: &Assignment,
    new: &NewStep,
) -> Result<Option<NaiveDate>, Problem> {
    let mut clock_id = row.clock_id;
    let mut reckoned = None;
    match new.step {
        Step::Result => deadlines::meet_one(conn, clock_id, new.on_day)?,
        Step::TakenBack => deadlines::cancel_one(conn, clock_id)?,
        Step::SentBack => {
            let (court, matter) = (row.court_id, row.matter_id.0);
            let clock = deadlines::start(conn, act, court, matter, Code::Assigned, new.on_day)?;
            store::set_clock(conn, row.id, clock.id)?;
            clock_id = clock.id;
            reckoned = Some(clock.due_on);
        }
        Step::Objected | Step::Progress | Step::Upheld | Step::Redated | Step::Accepted => {}
    }
    let Some(on) = new.due_on else { return Ok(reckoned) };
    deadlines::name_due(conn, act, clock_id, on, &new.text, &row.sender)?;
    Ok(None)
}

fn event(conn: &mut Conn, act: &Act, row: &Assignment, new: &NewStep) -> Result<AssignmentEvent, Problem> {
    let signed_name = match new.signed_by {
        None => None,
        Some(leader) => Some(signer(conn, act, row, leader)?),
    };
    Ok(AssignmentEvent {
        id: AssignmentEventId::new(act.now),
        court_id: row.court_id,
        assignment_id: row.id,
        kind: new.step,
        on_day: new.on_day,
        due_on: new.due_on,
        number: new.number.clone(),
        text: new.text.clone(),
        signed_by: new.signed_by,
        signed_name,
        by_id: act.by.person()?,
        by_name: act.by.name.clone(),
        at: act.now.utc(),
    })
}

/// The leaders who may sign a report: those who see the matter, so nobody whom it complains of (promise 9).
pub(super) fn signers(
    conn: &mut Conn,
    act: &Act,
    (court, matter): (CourtId, MatterId),
) -> Result<Vec<Staff>, Problem> {
    let leaders = people::leaders(conn, court)?;
    audience::who_see(conn, leaders, act.now, matter)
}

/// The name of a leader who may sign.
fn signer(conn: &mut Conn, act: &Act, row: &Assignment, leader: StaffId) -> Result<String, Problem> {
    let signers = signers(conn, act, (row.court_id, row.matter_id))?;
    let found = signers.into_iter().find(|one| one.id == leader).map(|one| one.name);
    found.ok_or_else(|| Problem::refused("签发人应是本院的院领导，并且看得到这件事项，请重新选择。"))
}

/// What the timeline says of a step; `restarted` is the day to which the clock was started again by the rule.
fn words(row: &Assignment, event: &AssignmentEvent, restarted: Option<NaiveDate>) -> String {
    let on = plain_date(event.on_day);
    let number = if event.number.is_empty() { String::new() } else { format!("（{}）", event.number) };
    let named = event.due_on.map(|day| format!("期限改为{}。", plain_date(day)));
    let again = restarted.map(|day| format!("期限重新推算，{}前报告结果。", plain_date(day)));
    let due = named.or(again).unwrap_or_default();
    let signed = event.signed_name.as_ref().map(|name| format!("{name}签发。")).unwrap_or_default();
    if event_of(event.kind) == Event::AnswerFromAbove {
        format!("{on}{}答复{number}：{}。{due}{}", row.sender, event.kind.label(), event.text)
    } else {
        format!("{on}向{}{}{number}。{signed}{}", row.sender, event.kind.label(), event.text)
    }
}

/// Whoever answers for the matter hears what the sender said; so do the petition officers, where something is owed again.
fn pass_on(conn: &mut Conn, act: &Act, matter: &Matter, event: &AssignmentEvent) -> Result<(), Problem> {
    let text = format!("交办机关对一件交办事项有了答复：{}。请登录查看。", event.kind.label());
    let key = format!("assignment-answer:{}", event.id);
    let urgent = matches!(event.kind, Step::SentBack | Step::Upheld);
    let mut whom: BTreeSet<_> =
        audience::responsible(conn, matter, act.now)?.into_iter().map(|one| one.id).collect();
    if urgent {
        let officers = people::petition_officers(conn, matter.court_id)?;
        whom.extend(audience::who_see(conn, officers, act.now, matter.id)?.into_iter().map(|one| one.id));
    }
    for one in whom.into_iter().filter(|one| Some(*one) != act.by.staff_id) {
        tell(conn, act, matter, one, Notice { subject: "交办机关答复", text: &text, key: &key, urgent })?;
    }
    Ok(())
}
