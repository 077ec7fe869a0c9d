//! What would become of each, and what became of it.

use super::actions::reason;
use super::store;
use super::types::{BatchId, Done, Outcome, Previewed, Ticked};
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::life;
use crate::matters::stages::Event;
use crate::matters::{self, Matter, MatterId};
use crate::people::{self, Act};
use crate::referrals;
use crate::referrals::forms::Destination;
use std::collections::HashMap;

/// Each of the ticked matters that the person may see, and whether it can be referred: there, where `to` is chosen, or at
/// all. Asks what the act itself asks: stage, who refers, who is recused.
///
/// # Errors
///
/// When the database is away.
pub fn preview(
    conn: &mut Conn,
    act: &Act,
    ticked: &[Ticked],
    to: Option<&Destination>,
    excuses: &HashMap<MatterId, String>,
) -> Result<Vec<Previewed>, Problem> {
    let ids: Vec<MatterId> = ticked.iter().map(|one| one.id).collect();
    let mut seen: HashMap<MatterId, Matter> =
        matters::find_all(conn, &act.by.scope, &ids)?.into_iter().map(|one| (one.id, one)).collect();
    let mut all = Vec::with_capacity(seen.len());
    for matter in ids.iter().filter_map(|id| seen.remove(id)) {
        let to = to.map(|to| {
            let excuse = excuses.get(&matter.id).cloned().unwrap_or_default();
            Destination { excuse, ..to.clone() }
        });
        let (may, case_judge) = match to {
            Some(to) => (
                referrals::actions::may_refer(conn, act, matter.id, &to),
                referrals::actions::goes_to_case_judge(conn, &matter, &to)?,
            ),
            None => (life::find_for(conn, act, matter.id, Event::Refer).map(drop), false),
        };
        let verdict = match may {
            Ok(()) => Ok(()),
            Err(problem) => Err(reason(problem)?),
        };
        all.push(Previewed { matter, case_judge, verdict });
    }
    Ok(all)
}

/// What became of each matter of one's bulk referral.
///
/// # Errors
///
/// `NotFound` for another's.
pub fn done(conn: &mut Conn, act: &Act, id: BatchId) -> Result<Done, Problem> {
    let batch = store::find(conn, act.by.person()?, id)?;
    let items = store::items(conn, id)?;
    let ids: Vec<MatterId> = items.iter().map(|item| item.matter_id).collect();
    let mut seen: HashMap<MatterId, Matter> =
        matters::find_all(conn, &act.by.scope, &ids)?.into_iter().map(|one| (one.id, one)).collect();
    let divisions = people::division_list(conn, batch.court_id)?;
    let division = divisions.into_iter().find(|one| one.id == batch.division_id);
    let division = division.map(|one| one.name).unwrap_or_default();
    let to = match batch.to_id {
        Some(staff) => format!("{division}{}", people::staff_of_any_court(conn, staff)?.name),
        None => format!("{division}（负责人接办）"),
    };
    let outcomes =
        items.into_iter().map(|item| Outcome { matter: seen.remove(&item.matter_id), item }).collect();
    Ok(Done { batch, to, outcomes })
}
