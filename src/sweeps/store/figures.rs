//! What the figures are counted from.

use super::seen;
use crate::db::Conn;
use crate::matters::store::visible;
use crate::matters::types::MatterKind;
use crate::matters::{Matter, MatterId};
use crate::people::{CourtId, DivisionId, Scope};
use crate::schema::{matter_cases, matters, sweep_closings, sweep_rows, sweeps};
use crate::sweeps::rules::Reach;
use crate::sweeps::types::{Answer, Closing, RowId, SweepId, SweepRow};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use std::collections::HashMap;

/// How many ids go into one query.
const AT_ONCE: usize = 2_000;

/// Every case of the sheets whose period begins within these days, with its division and how it ended.
pub fn month_facts(
    conn: &mut Conn,
    (court, reach): (CourtId, &Reach),
    (first, last): (NaiveDate, NaiveDate),
) -> QueryResult<Vec<(DivisionId, SweepRow, Option<Closing>)>> {
    let sheets: Vec<(SweepId, DivisionId)> = seen(court, reach)
        .filter(sweeps::from_on.between(first, last))
        .select((sweeps::id, sweeps::division_id))
        .load(conn)?;
    let divisions: HashMap<SweepId, DivisionId> = sheets.iter().copied().collect();
    let ids: Vec<SweepId> = sheets.iter().map(|(id, _)| *id).collect();
    let mut facts = Vec::new();
    for some in ids.chunks(AT_ONCE) {
        let rows: Vec<SweepRow> =
            sweep_rows::table.filter(sweep_rows::sweep_id.eq_any(some.to_vec())).load(conn)?;
        let mut closings = closings(conn, &rows)?;
        facts.extend(rows.into_iter().filter_map(|row| {
            let division = divisions.get(&row.sweep_id).copied()?;
            let closing = closings.remove(&row.id);
            Some((division, row, closing))
        }));
    }
    Ok(facts)
}

fn closings(conn: &mut Conn, rows: &[SweepRow]) -> QueryResult<HashMap<RowId, Closing>> {
    let closed: Vec<RowId> = rows.iter().filter(|row| row.kind.is_closed()).map(|row| row.id).collect();
    let mut found = HashMap::new();
    for some in closed.chunks(AT_ONCE) {
        let some: Vec<Closing> =
            sweep_closings::table.filter(sweep_closings::row_id.eq_any(some.to_vec())).load(conn)?;
        found.extend(some.into_iter().map(|closing| (closing.row_id, closing)));
    }
    Ok(found)
}

/// A petition that names cases.
#[derive(Clone, Debug)]
pub struct HindsightRow {
    pub matter: Matter,
    /// Canonical.
    pub numbers: Vec<String>,
}

/// The petitions registered in this time that name a case and that the person may see.
pub fn petitions_of(
    conn: &mut Conn,
    (court, scope): (CourtId, &Scope),
    (from, before): (NaiveDateTime, NaiveDateTime),
) -> QueryResult<Vec<HindsightRow>> {
    let found: Vec<Matter> = matters::table
        .filter(matters::court_id.eq(court).and(matters::kind.eq(MatterKind::Petition)))
        .filter(matters::registered_at.ge(from).and(matters::registered_at.lt(before)))
        .filter(visible(scope))
        .order(matters::id.desc())
        .load(conn)?;
    let mut numbers: HashMap<MatterId, Vec<String>> = HashMap::new();
    let ids: Vec<MatterId> = found.iter().map(|matter| matter.id).collect();
    for some in ids.chunks(AT_ONCE) {
        let cases: Vec<(MatterId, String)> = matter_cases::table
            .filter(matter_cases::matter_id.eq_any(some.to_vec()))
            .order((matter_cases::matter_id, matter_cases::position))
            .select((matter_cases::matter_id, matter_cases::number))
            .load(conn)?;
        for (id, number) in cases {
            numbers.entry(id).or_default().push(number);
        }
    }
    let with_cases = |matter: Matter| {
        let numbers = numbers.remove(&matter.id)?;
        Some(HindsightRow { matter, numbers })
    };
    Ok(found.into_iter().filter_map(with_cases).collect())
}

/// A case that was on a sheet: its number, the answer and when it was given, and since when it was there.
pub type Looked = (String, Option<Answer>, Option<NaiveDateTime>, NaiveDateTime);

/// What sweeps had answered about these cases, in the order in which it was answered.
pub fn answered_before(conn: &mut Conn, court: CourtId, numbers: &[String]) -> QueryResult<Vec<Looked>> {
    let mut found = Vec::new();
    for some in numbers.chunks(AT_ONCE) {
        let rows: Vec<Looked> = sweep_rows::table
            .filter(sweep_rows::court_id.eq(court).and(sweep_rows::case_number.eq_any(some.to_vec())))
            .order(sweep_rows::id)
            .select((
                sweep_rows::case_number,
                sweep_rows::answer,
                sweep_rows::answered_at,
                sweep_rows::added_at,
            ))
            .load(conn)?;
        found.extend(rows);
    }
    Ok(found)
}
