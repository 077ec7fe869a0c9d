//! What pages show of askings, put together by one scope.

use super::store;
use super::types::{Asking, AskingFilter, AskingId, AskingKind, AskingState};
use crate::calendar;
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::life;
use crate::matters::stages::Event;
use crate::matters::types::{Contact, Reply};
use crate::matters::views::COUNTED;
use crate::matters::{self, Matter, MatterId};
use crate::people::{self, Act, Permission, StaffId};
use crate::petitioners::{self, PetitionerId};
use crate::web::listing::Cursor;
use crate::web::{Due, Listing};
use std::collections::HashMap;

/// An asking as a list shows it.
#[derive(Clone, Debug)]
pub struct Listed {
    pub row: Asking,
    pub matter: Matter,
    /// Who answered for the matter: somebody else asks.
    pub accountable: String,
    pub asked_by: Option<String>,
    /// Its light, while it waits.
    pub due: Option<Due>,
}

/// Puts names and lights to askings.
///
/// # Errors
///
/// When the database is away.
pub fn listed(conn: &mut Conn, act: &Act, rows: Vec<(Asking, Matter)>) -> Result<Vec<Listed>, Problem> {
    let ids: Vec<StaffId> = rows
        .iter()
        .flat_map(|(row, matter)| row.asked_by.into_iter().chain([matter.accountable_id]))
        .collect();
    let names: HashMap<StaffId, String> = people::names_of(conn, &ids)?;
    let days = calendar::working_days(conn)?;
    let today = act.now.today();
    let name = |id: StaffId| names.get(&id).cloned().unwrap_or_default();
    let listed = |(row, matter): (Asking, Matter)| Listed {
        accountable: name(matter.accountable_id),
        asked_by: row.asked_by.map(name),
        due: (row.state == AskingState::Waiting).then(|| days.due(today, row.due_on)),
        row,
        matter,
    };
    Ok(rows.into_iter().map(listed).collect())
}

/// A page of the list.
///
/// # Errors
///
/// When the database is away.
pub fn page(
    conn: &mut Conn,
    act: &Act,
    filter: &AskingFilter,
    after: Option<Cursor<AskingId>>,
    size: i64,
) -> Result<Listing<Listed>, Problem> {
    let rows = store::page(conn, &act.by.scope, filter, after, size + 1)?;
    Listing::cut(rows, size).show(|rows| listed(conn, act, rows))
}

/// What waits to be asked, for the day's page of those who ask: the first due first, at most `limit`.
///
/// # Errors
///
/// When the database is away.
pub fn waiting(conn: &mut Conn, act: &Act, limit: i64) -> Result<Vec<Listed>, Problem> {
    if !act.by.may(Permission::AskSatisfaction) {
        return Ok(Vec::new());
    }
    let filter = AskingFilter { state: Some(AskingState::Waiting), ..AskingFilter::default() };
    Ok(page(conn, act, &filter, None, limit)?.rows)
}

/// How many satisfaction askings, or call-backs drawn, wait; nought for those who don't ask.
///
/// # Errors
///
/// When the database is away.
pub fn count_waiting(conn: &mut Conn, act: &Act, kind: AskingKind) -> Result<i64, Problem> {
    if !act.by.may(Permission::AskSatisfaction) {
        return Ok(0);
    }
    Ok(store::count_waiting(conn, &act.by.scope, kind, COUNTED)?)
}

/// The box on a matter's page. What is still to be asked is shown to those who ask; the handler sees what was said.
///
/// # Errors
///
/// When the database is away.
pub fn box_for(conn: &mut Conn, act: &Act, matter: &Matter) -> Result<Vec<Listed>, Problem> {
    let asks = act.by.may(Permission::AskSatisfaction);
    let rows = store::of_matter(conn, matter)?;
    let shown = rows
        .into_iter()
        .filter(|row| row.state == AskingState::Asked || asks && row.state == AskingState::Waiting);
    let shown = shown.map(|row| (row, matter.clone())).collect();
    listed(conn, act, shown)
}

/// What the form to ask is drawn from: the matter, what it was answered, and whom to ask.
#[derive(Clone, Debug)]
pub struct AskingPage {
    pub matter: Matter,
    pub kind: AskingKind,
    pub accountable: String,
    pub replies: Vec<Reply>,
    pub people: Vec<Reachable>,
}

/// Somebody to ask.
#[derive(Clone, Debug)]
pub struct Reachable {
    pub id: PetitionerId,
    pub name: String,
    /// Masked.
    pub phone: Option<String>,
}

/// The form to ask.
///
/// # Errors
///
/// `NotFound`, `Forbidden`; `Refused` when nothing waits to be asked.
pub fn asking(conn: &mut Conn, act: &Act, id: MatterId, kind: AskingKind) -> Result<AskingPage, Problem> {
    let event = match kind {
        AskingKind::Satisfaction => Event::AskSatisfaction,
        AskingKind::CallBack => Event::CallBack,
    };
    let matter = life::find_for(conn, act, id, event)?.matter;
    let ids: Vec<_> =
        matters::store::participants(conn, &matter)?.into_iter().map(|person| person.petitioner_id).collect();
    let people = petitioners::store::load_all(conn, &ids)?;
    let reachable = |one: &petitioners::Petitioner| Reachable {
        id: one.survivor(),
        name: one.name_shown(),
        phone: one.phone_masked.clone(),
    };
    let people = people.iter().map(reachable).collect();
    let names = people::names_of(conn, &[matter.accountable_id])?;
    let accountable = names.get(&matter.accountable_id).cloned().unwrap_or_default();
    let replies = matters::store::replies_of(conn, &matter)?;
    Ok(AskingPage { matter, kind, accountable, replies, people })
}

/// What the form to answer somebody who came again is drawn from.
#[derive(Clone, Debug)]
pub struct AgainPage {
    pub matter: Matter,
    pub contact: Option<Contact>,
    pub replies: Vec<Reply>,
}

/// The form to answer somebody who came again.
///
/// # Errors
///
/// `NotFound`, `Forbidden`; `Refused` when nobody waits for an answer.
pub fn again(conn: &mut Conn, act: &Act, id: MatterId) -> Result<AgainPage, Problem> {
    let matter = life::find_for(conn, act, id, Event::AnswerAgain)?.matter;
    let contact = matters::store::contacts_of(conn, &matter)?.into_iter().next();
    Ok(AgainPage { contact, replies: matters::store::replies_of(conn, &matter)?, matter })
}
