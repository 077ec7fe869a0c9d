//! What somebody sees of what is owed.

use super::store;
use super::types::{Duty, Owed};
use crate::calendar;
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::types::Stage;
use crate::matters::{self, Matter, MatterId};
use crate::people::{self, Act, StaffId};
use crate::web::Due;
use chrono::NaiveDate;
use std::collections::HashMap;

/// The most clocks of a court that are looked through.
const MOST: i64 = 1_000;

type Found = (Duty, Matter, NaiveDate);

/// What is owed of matters that this person may see, the first due first. Of matters that are open, only what their own
/// next date doesn't tell of: the file that goes up while the matter is handled.
fn found(conn: &mut Conn, act: &Act) -> Result<Vec<Found>, Problem> {
    let running = store::running(conn, act.by.court()?, MOST)?;
    if running.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<MatterId> = running.iter().map(|(id, _, _)| MatterId(*id)).collect();
    let seen = matters::find_all(conn, &act.by.scope, &ids)?;
    let seen: HashMap<i64, Matter> = seen.into_iter().map(|matter| (matter.id.0, matter)).collect();
    let owed = |(id, code, due_on): (i64, _, NaiveDate)| {
        let (duty, matter) = (Duty::of_clock(code)?, seen.get(&id)?);
        let silent = matter.stage == Stage::Closed || duty == Duty::HandFileOver;
        silent.then(|| (duty, matter.clone(), due_on))
    };
    Ok(running.into_iter().filter_map(owed).collect())
}

/// How much of each kind there is, and whether any of it is late; only the kinds of which there is some.
///
/// # Errors
///
/// When the database is away.
pub fn counts(conn: &mut Conn, act: &Act) -> Result<Vec<(Duty, i64, bool)>, Problem> {
    let found = found(conn, act)?;
    let today = act.now.today();
    let count = |duty: Duty| {
        let of_kind: Vec<&Found> = found.iter().filter(|(one, _, _)| *one == duty).collect();
        let late = of_kind.iter().any(|(_, _, due_on)| *due_on < today);
        (duty, i64::try_from(of_kind.len()).unwrap_or(MOST), late)
    };
    Ok(Duty::ALL.into_iter().map(count).filter(|(_, count, _)| *count > 0).collect())
}

/// All of it, or what is of one kind, with names and lights.
///
/// # Errors
///
/// When the database is away.
pub fn list(conn: &mut Conn, act: &Act, only: Option<Duty>) -> Result<Vec<Owed>, Problem> {
    let mut found = found(conn, act)?;
    found.retain(|(duty, _, _)| only.is_none_or(|only| only == *duty));
    let people: Vec<StaffId> = found.iter().map(|(_, matter, _)| matter.accountable_id).collect();
    let names = people::names_of(conn, &people)?;
    let days = calendar::working_days(conn)?;
    let today = act.now.today();
    let owed = |(duty, matter, on): Found| {
        let working_days_left = u32::try_from(days.between(today, on)).unwrap_or(u32::MAX);
        let accountable = names.get(&matter.accountable_id).cloned().unwrap_or_default();
        Owed { duty, accountable, due: Due { on, today, working_days_left }, matter }
    };
    Ok(found.into_iter().map(owed).collect())
}
