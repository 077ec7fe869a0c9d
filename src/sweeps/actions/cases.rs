//! Cases come to a sheet; somebody goes to look; how a closed case ended is recorded.

use super::workable;
use crate::audit::{self, Subject};
use crate::db::{Conn, next_id};
use crate::error::Problem;
use crate::people::Act;
use crate::sweeps::rules::{self, reach};
use crate::sweeps::store;
use crate::sweeps::types::{
    CaseLine, Closing, ClosingDraft, Entered, FieldVisit, RowId, Sweep, SweepId, SweepRow, VisitDraft,
};

/// Enters a case on a sheet, once however often it comes. The caller knows that the person works on it.
///
/// # Errors
///
/// When it can't be written.
pub fn enter(conn: &mut Conn, act: &Act, sweep: &Sweep, line: &CaseLine) -> Result<Entered, Problem> {
    put(conn, act, sweep, (line, None))
}

/// As [`enter`], also for a case that is carried over from another sheet's row.
pub(super) fn put(
    conn: &mut Conn,
    act: &Act,
    sweep: &Sweep,
    (line, carried_from): (&CaseLine, Option<RowId>),
) -> Result<Entered, Problem> {
    store::lock(conn, sweep.id)?;
    if let Some(there) = store::row_of_case(conn, sweep.id, &line.case_number)? {
        let kind = rules::merged(there.kind, line.kind);
        if kind == there.kind {
            return Ok(Entered::Known(there.id));
        }
        store::merge_row(conn, &there, kind, line)?;
        return Ok(Entered::Merged(there.id));
    }
    let row = SweepRow {
        id: RowId::new(act.now),
        court_id: sweep.court_id,
        sweep_id: sweep.id,
        case_number: line.case_number.clone(),
        kind: line.kind,
        cause: line.cause.clone(),
        parties: line.parties.clone(),
        judge: line.judge.clone(),
        happened_on: line.happened_on,
        carried_from,
        answer: None,
        note: String::new(),
        answered_by: None,
        answered_at: None,
        sign_id: None,
        added_by: act.by.staff_id.filter(|_| carried_from.is_none()),
        added_at: act.now.utc(),
        version: 0,
    };
    store::insert_row(conn, &row)?;
    store::reopen(conn, sweep.id)?;
    Ok(Entered::New(row.id))
}

/// Enters a case that somebody typed.
///
/// # Errors
///
/// `Forbidden`, `NotFound`; `Refused` for another division's sheet.
pub fn type_case(conn: &mut Conn, act: &Act, id: SweepId, line: &CaseLine) -> Result<Entered, Problem> {
    let sweep = workable(conn, act, id)?;
    let entered = enter(conn, act, &sweep, line)?;
    match entered {
        Entered::New(_) | Entered::Merged(_) => {
            let values = [("case", line.case_number.as_str()), ("kind", line.kind.code())];
            audit::record(conn, act, "sweep.case_added", Subject::Sweep(id.0), &values)?;
        }
        Entered::Known(_) => {}
    }
    Ok(entered)
}

/// A row that this person works on, and its sheet.
pub(super) fn workable_row(conn: &mut Conn, act: &Act, id: RowId) -> Result<(SweepRow, Sweep), Problem> {
    let (row, sweep) = store::find_row(conn, act.by.court()?, &reach(&act.by), id)?;
    workable(conn, act, sweep.id)?;
    Ok((row, sweep))
}

/// Records that somebody went to look (实地走访), once however often it is sent.
///
/// # Errors
///
/// `Forbidden`, `NotFound`; `Refused` for another division's case.
pub fn visit(conn: &mut Conn, act: &Act, id: RowId, draft: &VisitDraft) -> Result<(), Problem> {
    let (row, sweep) = workable_row(conn, act, id)?;
    let visit = FieldVisit {
        id: next_id(act.now),
        row_id: id,
        visited_on: draft.visited_on,
        who: draft.who.clone(),
        found: draft.found.clone(),
        submission: draft.submission.clone(),
        recorded_by: act.by.person()?,
        recorded_at: act.now.utc(),
    };
    if !store::insert_visit(conn, &visit)? {
        return Ok(());
    }
    let day = draft.visited_on.to_string();
    let values = [("case", row.case_number.as_str()), ("on", &*day)];
    audit::record(conn, act, "sweep.visited", Subject::Sweep(sweep.id.0), &values)
}

/// Records how a closed case ended for its parties (结案情况). `version` is of what was recorded before; -1 where nothing was.
///
/// # Errors
///
/// `Refused` for a case that wasn't closed; `Stale` when somebody has recorded it meanwhile.
pub fn record_closing(
    conn: &mut Conn,
    act: &Act,
    id: RowId,
    version: i64,
    draft: &ClosingDraft,
) -> Result<(), Problem> {
    let (row, sweep) = workable_row(conn, act, id)?;
    if !row.kind.is_closed() {
        return Err(rules::Refusal::NotClosed.into());
    }
    let [pronounced, served_in_person, explained, views_heard, mediated] = draft.marks;
    let closing = Closing {
        row_id: id,
        pronounced,
        served_in_person,
        explained,
        views_heard,
        mediated,
        note: draft.note.clone(),
        recorded_by: act.by.person()?,
        recorded_at: act.now.utc(),
        version: version + 1,
    };
    if !store::save_closing(conn, version, &closing)? {
        return Err(Problem::Stale);
    }
    let marks: Vec<&str> = draft.marks.iter().map(|mark| mark.code()).collect();
    let marks = marks.join(",");
    let values = [("case", row.case_number.as_str()), ("marks", &*marks), ("note", draft.note.as_str())];
    audit::record(conn, act, "sweep.closing_recorded", Subject::Sweep(sweep.id.0), &values)
}
