//! Correcting the day on which a matter was received (更正收到日期): what would move is shown first, and then moved.

use crate::assignments;
use crate::audit::{self, Subject};
use crate::calendar;
use crate::calendar::types::WorkingDays;
use crate::db::Conn;
use crate::deadlines::clocks::{History, NewEvent, happen, histories};
use crate::deadlines::rules::allowed::{Arrival, moves_with_receipt};
use crate::deadlines::rules::replay::{projected, state};
use crate::deadlines::types::{Clock, Event};
use crate::error::Problem;
use crate::matters::{self, EntryKind, Matter, MatterId};
use crate::people::{Act, Permission};
use crate::time::Moment;
use crate::web::formats::plain_date;
use chrono::NaiveDate;

/// A clock of the matter before the correction and after it.
#[derive(Clone, Debug)]
pub struct Shift {
    pub history: History,
    /// `None` where it stays as it is.
    pub after: Option<Clock>,
}

/// What a corrected day would do to each clock of the matter, by due date.
///
/// # Errors
///
/// `Forbidden`, `NotFound`; `Refused` when the matter can't have been received on that day.
pub fn shifts(conn: &mut Conn, act: &Act, id: MatterId, on: NaiveDate) -> Result<Vec<Shift>, Problem> {
    let matter = open(conn, act, id, on)?;
    shifts_of(conn, &matter, on)
}

fn open(conn: &mut Conn, act: &Act, id: MatterId, on: NaiveDate) -> Result<Matter, Problem> {
    act.require(Permission::CorrectReceived)?;
    let matter = matters::find(conn, &act.by.scope, id)?;
    let arrival = arrival(&matter);
    if on == arrival.received_on {
        return Err(Problem::refused("新的收到日期和原来相同，没有需要更正的。"));
    }
    if on > arrival.registered_on {
        return Err(Problem::refused(format!(
            "收到日期不能晚于登记日期（{}），请核对。",
            plain_date(arrival.registered_on)
        )));
    }
    let again = matters::store::second_contact(conn, &matter)?;
    let again = again.map(|contact| Moment::from_utc(contact.happened_at).today());
    match again {
        Some(again) if on > again => Err(Problem::refused(format!(
            "收到日期不能晚于第二次来访来信的日期（{}），请核对。",
            plain_date(again)
        ))),
        Some(_) | None => Ok(matter),
    }
}

fn arrival(matter: &Matter) -> Arrival {
    Arrival {
        received_on: Moment::from_utc(matter.received_at).today(),
        registered_on: Moment::from_utc(matter.registered_at).today(),
    }
}

fn shifts_of(conn: &mut Conn, matter: &Matter, on: NaiveDate) -> Result<Vec<Shift>, Problem> {
    let days = calendar::working_days(conn)?;
    let arrival = arrival(matter);
    histories(conn, matter.id.0)?.into_iter().map(|history| shift(history, arrival, on, &days)).collect()
}

fn shift(history: History, arrival: Arrival, on: NaiveDate, days: &WorkingDays) -> Result<Shift, Problem> {
    if !moves_with_receipt(&history.clock, &history.rule, arrival) {
        return Ok(Shift { history, after: None });
    }
    let course = history.state.course.clone().then(Event::StartCorrected { to: on })?;
    let after = projected(&history.clock, &state(course, history.rule.count(), days)?);
    Ok(Shift { history, after: Some(after) })
}

/// What somebody was shown before they confirmed, to be compared with what would happen now.
pub fn shown(shifts: &[Shift]) -> String {
    let line = |shift: &Shift| {
        let clock = &shift.history.clock;
        let after = shift.after.as_ref().map(|after| after.due_on.to_string()).unwrap_or_default();
        format!("{}:{}:{after}", clock.id, clock.due_on)
    };
    shifts.iter().map(line).collect::<Vec<_>>().join(" ")
}

/// Corrects the day on which a matter was received, and moves the clocks that were started from it, if what would
/// happen is what was `seen`. Returns how many moved.
///
/// # Errors
///
/// As [`shifts`]; `Stale` when something else would happen than was seen.
pub fn correct_received(
    conn: &mut Conn,
    act: &Act,
    id: MatterId,
    on: NaiveDate,
    (reason, seen): (&str, &str),
) -> Result<usize, Problem> {
    let matter = open(conn, act, id, on)?;
    let shifts = shifts_of(conn, &matter, on)?;
    if shown(&shifts) != seen {
        return Err(Problem::Stale);
    }
    let was = Moment::from_utc(matter.received_at);
    let at = on.and_time(was.court_time().time());
    let at = Moment::from_court(at).min(Moment::from_utc(matter.registered_at));
    if !matters::store::correct_received(conn, &matter, at)? {
        return Err(Problem::Stale);
    }
    let (mut moved, mut clocks) = (Vec::new(), Vec::new());
    for shift in shifts.iter().filter(|shift| shift.after.is_some()) {
        let event = Event::StartCorrected { to: on };
        let new = NewEvent { event, note: reason, allowed_by: &act.by.name, request: None };
        let after = happen(conn, act, &shift.history, new)?;
        clocks.push((after.id, shift.history.clock.starts_on));
        moved.push(format!(
            "“{}”的到期日由{}调整为{}；",
            shift.history.rule.name,
            plain_date(shift.history.clock.due_on),
            plain_date(after.due_on)
        ));
    }
    assignments::follow_receipt(conn, &matter, &clocks, on)?;
    tell(conn, act, &matter, (was.today(), on), &moved, reason)?;
    Ok(moved.len())
}

fn tell(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    (was, is): (NaiveDate, NaiveDate),
    moved: &[String],
    reason: &str,
) -> Result<(), Problem> {
    let moved_words = if moved.is_empty() { "期限不变；".to_owned() } else { moved.concat() };
    let text = format!("收到日期由{}更正为{}；{moved_words}理由：{reason}", plain_date(was), plain_date(is));
    matters::note(conn, act, matter, EntryKind::Correction, text)?;
    matters::refresh_next(conn, matter)?;
    let (was, is, count) = (was.to_string(), is.to_string(), moved.len().to_string());
    let values = [
        ("before", was.as_str()),
        ("after", is.as_str()),
        ("moved_deadlines", count.as_str()),
        ("reason", reason),
    ];
    audit::record(conn, act, "matter.received_corrected", Subject::Matter(matter.id.0), &values)
}
