//! What pages show of assignments from above, put together by one scope.

use super::actions::{event_of, signers};
use super::rules::{self, Above};
use super::store::{self, Found};
use super::types::{Assignment, AssignmentEvent, AssignmentEventId, AssignmentFilter, AssignmentId, Step};
use crate::calendar;
use crate::db::Conn;
use crate::deadlines;
use crate::error::Problem;
use crate::matters::life;
use crate::matters::stages::Event;
use crate::matters::{Matter, MatterId};
use crate::people::types::Court;
use crate::people::{self, Act, StaffId};
use crate::web::listing::Cursor;
use crate::web::{Due, Listing, Order};
use chrono::NaiveDate;
use std::collections::HashMap;

/// Where a matter's assignments stand. The matter has been found by scope.
///
/// # Errors
///
/// When the database is away.
pub fn standing(conn: &mut Conn, matter: &Matter) -> Result<Above, Problem> {
    Ok(rules::above(&store::of_matter(conn, matter.id)?))
}

/// An assignment with what went to and fro about it.
#[derive(Clone, Debug)]
pub struct Shown {
    pub row: Assignment,
    /// By when the result is owed.
    pub due_on: NaiveDate,
    /// In order.
    pub events: Vec<AssignmentEvent>,
}

/// What a matter's page shows of its assignments.
#[derive(Clone, Debug)]
pub struct Box {
    pub matter: MatterId,
    /// The newest first.
    pub rows: Vec<Shown>,
}

impl Box {
    /// That of its assignments together.
    pub fn version(&self) -> i64 {
        self.rows.iter().map(|one| one.row.version).sum()
    }
}

/// The box on a matter's page. The matter has been found by scope.
///
/// # Errors
///
/// When the database is away.
pub fn box_for(conn: &mut Conn, matter: &Matter) -> Result<Box, Problem> {
    let mut rows = shown(conn, matter)?;
    rows.reverse();
    Ok(Box { matter: matter.id, rows })
}

fn shown(conn: &mut Conn, matter: &Matter) -> Result<Vec<Shown>, Problem> {
    let rows = store::of_matter(conn, matter.id)?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<AssignmentId> = rows.iter().map(|row| row.id).collect();
    let events = store::events_of(conn, &ids)?;
    let due: HashMap<_, _> = deadlines::of_matter(conn, matter.id.0)?
        .into_iter()
        .map(|(clock, _)| (clock.id, clock.due_on))
        .collect();
    let with = |row: Assignment| Shown {
        due_on: due.get(&row.clock_id).copied().unwrap_or(row.received_on),
        events: events.iter().filter(|event| event.assignment_id == row.id).cloned().collect(),
        row,
    };
    Ok(rows.into_iter().map(with).collect())
}

/// What the form for a step is drawn from.
#[derive(Clone, Debug)]
pub struct Stepping {
    pub matter: Matter,
    /// That of the matter's assignments together.
    pub version: i64,
    /// Those for which one of the form's steps can be taken now, each with these steps.
    pub open: Vec<(Shown, Vec<Step>)>,
    /// Who may sign a report: leaders who see the matter.
    pub leaders: Vec<(StaffId, String)>,
}

/// The form for a step of `event`: an objection, a report, or the sender's answer.
///
/// # Errors
///
/// `NotFound`, `Forbidden`; `Refused` when there is nothing to do it to.
pub fn stepping(conn: &mut Conn, act: &Act, id: MatterId, event: Event) -> Result<Stepping, Problem> {
    let matter = life::find_for(conn, act, id, event)?.matter;
    let steps = |row: &Assignment| -> Vec<Step> {
        let fits = |step: &Step| event_of(*step) == event && rules::leads_to(row.state, *step).is_ok();
        Step::ALL.iter().copied().filter(fits).collect()
    };
    let all = shown(conn, &matter)?;
    let version = all.iter().map(|one| one.row.version).sum();
    let open = all.into_iter().map(|one| (steps(&one.row), one));
    let open: Vec<_> = open.filter(|(steps, _)| !steps.is_empty()).map(|(steps, one)| (one, steps)).collect();
    let leaders = signers(conn, act, (matter.court_id, id))?;
    let leaders = leaders.into_iter().map(|one| (one.id, format!("{}（{}）", one.name, one.post.label())));
    Ok(Stepping { version, open, leaders: leaders.collect(), matter })
}

/// A report as it goes out.
#[derive(Clone, Debug)]
pub struct Report {
    pub matter: Matter,
    pub court: Court,
    pub assignment: Assignment,
    pub event: AssignmentEvent,
}

/// One report of a matter.
///
/// # Errors
///
/// `NotFound` when there is none, or none for this person.
pub fn report(conn: &mut Conn, act: &Act, id: MatterId, event: AssignmentEventId) -> Result<Report, Problem> {
    let matter = crate::matters::find(conn, &act.by.scope, id)?;
    let court = people::court(conn, matter.court_id)?;
    let found = shown(conn, &matter)?.into_iter().find_map(|one| {
        let event = one.events.iter().find(|known| known.id == event)?.clone();
        Some((one.row, event))
    });
    let (assignment, event) = found.ok_or(Problem::NotFound)?;
    if event_of(event.kind) != Event::ReportAbove {
        return Err(Problem::NotFound);
    }
    Ok(Report { matter, court, assignment, event })
}

/// An assignment as the register shows it.
#[derive(Clone, Debug)]
pub struct Listed {
    pub row: Assignment,
    pub matter: Matter,
    pub accountable: String,
    pub due_on: NaiveDate,
    /// Its light, while the result is owed.
    pub due: Option<Due>,
}

/// A page of the register.
///
/// # Errors
///
/// When the database is away.
pub fn page(
    conn: &mut Conn,
    act: &Act,
    filter: &AssignmentFilter,
    order: Order,
    after: Option<Cursor<AssignmentId>>,
    size: i64,
) -> Result<Listing<Listed>, Problem> {
    let rows = store::page(conn, &act.by.scope, filter, order, after, size + 1)?;
    Listing::cut(rows, size).show(|rows| listed(conn, act, rows))
}

fn listed(conn: &mut Conn, act: &Act, rows: Vec<Found>) -> Result<Vec<Listed>, Problem> {
    let mut ids: Vec<StaffId> = rows.iter().map(|(_, matter, _)| matter.accountable_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let names = people::names_of(conn, &ids)?;
    let days = calendar::working_days(conn)?;
    let today = act.now.today();
    let shown = |(row, matter, due_on): Found| Listed {
        accountable: names.get(&matter.accountable_id).cloned().unwrap_or_default(),
        due: row.state.owes().then(|| days.due(today, due_on)),
        due_on,
        row,
        matter,
    };
    Ok(rows.into_iter().map(shown).collect())
}
