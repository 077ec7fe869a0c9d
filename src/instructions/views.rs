//! What pages show of instructions, put together by one scope.

use super::actions;
use super::rules::{self, Step};
use super::store;
use super::types::{Instruction, InstructionFilter, InstructionId, State};
use crate::calendar;
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::{Matter, MatterId};
use crate::people::{self, Act, Permission, StaffId};
use crate::time::Moment;
use crate::web::listing::Cursor;
use crate::web::{Due, Listing, Order};
use std::collections::HashMap;

/// An instruction as a list shows it.
#[derive(Clone, Debug)]
pub struct Listed {
    pub row: Instruction,
    pub matter: Matter,
    pub leader: String,
    pub asker: Option<String>,
    pub owner: Option<String>,
    pub confirmed_by: Option<String>,
    /// Its light, while it is being carried out.
    pub due: Option<Due>,
}

/// Puts names and lights to instructions.
///
/// # Errors
///
/// When the database is away.
pub fn listed(
    conn: &mut Conn,
    rows: Vec<(Instruction, Matter)>,
    now: Moment,
) -> Result<Vec<Listed>, Problem> {
    let involved = |row: &Instruction| {
        let rest = row.asked_by.into_iter().chain(row.owner_id).chain(row.confirmed_by);
        std::iter::once(row.leader_id).chain(rest)
    };
    let mut ids: Vec<StaffId> = rows.iter().flat_map(|(row, _)| involved(row)).collect();
    ids.sort_unstable();
    ids.dedup();
    let names: HashMap<StaffId, String> = people::names_of(conn, &ids)?;
    let days = calendar::working_days(conn)?;
    let today = now.today();
    let name = |id: StaffId| names.get(&id).cloned().unwrap_or_default();
    let light = |row: &Instruction| {
        let on = row.due_on.filter(|_| row.state == State::Given)?;
        Some(days.due(today, on))
    };
    let shown = |(row, matter): (Instruction, Matter)| Listed {
        leader: name(row.leader_id),
        asker: row.asked_by.map(name),
        owner: row.owner_id.map(name),
        confirmed_by: row.confirmed_by.map(name),
        due: light(&row),
        row,
        matter,
    };
    Ok(rows.into_iter().map(shown).collect())
}

/// A page of the register.
///
/// # Errors
///
/// When the database is away.
pub fn page(
    conn: &mut Conn,
    act: &Act,
    filter: &InstructionFilter,
    order: Order,
    after: Option<Cursor<InstructionId>>,
    size: i64,
) -> Result<Listing<Listed>, Problem> {
    let rows = store::page(conn, &act.by.scope, filter, order, after, size + 1)?;
    Listing::cut(rows, size).show(|rows| listed(conn, rows, act.now))
}

/// Everything that the page of one instruction shows.
#[derive(Clone, Debug)]
pub struct Detail {
    pub shown: Listed,
    pub court: String,
    /// The steps that this person may make now.
    pub steps: Vec<Step>,
    /// Whom one may choose to carry it out, where it may be given or handed on now.
    pub owners: Vec<(StaffId, String)>,
}

/// One instruction, and what this person may do with it.
///
/// # Errors
///
/// `NotFound` when there is none, or none for this person.
pub fn detail(conn: &mut Conn, act: &Act, id: InstructionId) -> Result<Detail, Problem> {
    let (row, matter) = store::find(conn, &act.by.scope, id)?;
    let parties = actions::parties(&row, act.by.person()?, act);
    let permitted = |step: Step| match step {
        Step::Give | Step::Return => act.by.may(Permission::GiveInstruction),
        Step::Withdraw => act.by.may(Permission::RequestInstruction),
        Step::Finish | Step::Confirm | Step::SendBack | Step::HandOn => true,
    };
    let may = |step: &Step| permitted(*step) && rules::step(row.state, *step, &parties).is_ok();
    let steps: Vec<Step> = Step::ALL.into_iter().filter(may).collect();
    let owners = if steps.contains(&Step::Give) || steps.contains(&Step::HandOn) {
        let mut owners = actions::owners(conn, act, &matter)?;
        owners.retain(|one| Some(one.id) != row.owner_id);
        named(owners)
    } else {
        Vec::new()
    };
    let court = people::court(conn, matter.court_id)?.name;
    let shown = listed(conn, vec![(row, matter)], act.now)?.pop().ok_or(Problem::NotFound)?;
    Ok(Detail { shown, court, steps, owners })
}

/// Staff as they are chosen from a list.
pub(super) fn named(staff: Vec<people::types::Staff>) -> Vec<(StaffId, String)> {
    staff.into_iter().map(|one| (one.id, format!("{}（{}）", one.name, one.post.label()))).collect()
}

/// Something about an instruction that waits for somebody, for the day's page.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub id: InstructionId,
    /// The matter's number.
    pub matter: String,
    /// Who came, and what they ask for.
    pub about: String,
    pub state: State,
    pub due: Option<Due>,
}

/// What waits for this person: to instruct, to carry out, to confirm; at most `limit`.
///
/// # Errors
///
/// When the database is away.
pub fn waiting(conn: &mut Conn, act: &Act, limit: i64) -> Result<Vec<Waiting>, Problem> {
    let Some(me) = act.by.staff_id else { return Ok(Vec::new()) };
    let rows = store::waiting_for(conn, &act.by.scope, me, limit)?;
    let waiting = |one: Listed| Waiting {
        id: one.row.id,
        about: format!("{}：{}", one.matter.petitioner_line, one.matter.claim),
        matter: one.matter.number,
        state: one.row.state,
        due: one.due,
    };
    Ok(listed(conn, rows, act.now)?.into_iter().map(waiting).collect())
}

/// A matter's newest instruction and its version. The matter has been found by scope.
///
/// # Errors
///
/// When the database is away.
pub fn latest(conn: &mut Conn, matter: MatterId) -> Result<Option<(InstructionId, i64)>, Problem> {
    Ok(store::of_matter(conn, matter)?.first().map(|row| (row.id, row.version)))
}
