//! A run begins, goes on batch by batch, is stopped, goes on again, ends.

use super::reading::Read;
use super::types::{Batch, Import, ImportId, ImportState, Line, Outcome, Remark, Shown};
use crate::audit::{self, Subject};
use crate::crypto::{Keys, sm3_hex};
use crate::db::{Conn, next_id};
use crate::error::Problem;
use crate::intake::imports::Steps;
use crate::people::{self, Act, Permission, sessions};
use crate::sweeps::actions::{enter, workable};
use crate::sweeps::rules::reach;
use crate::sweeps::store;
use crate::sweeps::types::{Entered, SweepId};
use crate::time::Moment;
use chrono::TimeDelta;

/// Rows that one transaction enters while others work.
const ROWS_IN_BATCH: usize = 200;
/// Remarks that the report holds.
const MOST_REMARKS: usize = 2_000;
/// How long a report is kept after the end.
const REPORT_KEPT: TimeDelta = TimeDelta::days(30);

/// What a file is known again by: its content and what was chosen with it.
fn digest_of(bytes: &[u8], chosen: &str) -> String {
    sm3_hex(&[bytes, chosen.as_bytes()].concat())
}

/// Keeps what was read of a list as a run; the worker does the rest. The same file again is the same run, and goes on where
/// it had been stopped.
///
/// # Errors
///
/// `NotFound`; `Forbidden` and `Refused` for who doesn't work on this sheet.
pub fn start(
    conn: &mut Conn,
    act: &Act,
    id: SweepId,
    (name, bytes, chosen): (&str, &[u8], &str),
    read: &Read,
) -> Result<(ImportId, bool), Problem> {
    let sweep = workable(conn, act, id)?;
    let digest = digest_of(bytes, chosen);
    if let Some(there) = store::import_of_digest(conn, id, &digest)? {
        if there.state != ImportState::Done && there.state != ImportState::Running {
            resume(conn, act, there.id)?;
        }
        return Ok((there.id, true));
    }
    let import = Import {
        id: ImportId::new(act.now),
        court_id: sweep.court_id,
        sweep_id: id,
        staff_id: act.by.person()?,
        name: name.chars().take(100).collect(),
        digest,
        state: ImportState::Running,
        rows_total: count(read.rows)?,
        rows_bad: count(read.rows - read.lines.len())?,
        made: 0,
        merged: 0,
        known: 0,
        report: seal(&act.keys, &read.remarks)?,
        message: String::new(),
        started_at: act.now.utc(),
        ended_at: None,
    };
    if !store::insert_import(conn, &import)? {
        return Err(Problem::Stale);
    }
    for (position, lines) in (0..).zip(read.lines.chunks(ROWS_IN_BATCH)) {
        let sealed = act.keys.seal(&serde_json::to_string(lines).map_err(Problem::internal)?);
        store::insert_batch(conn, &Batch { id: next_id(act.now), import_id: import.id, position, sealed })?;
    }
    let rows = import.rows_total.to_string();
    audit::record(conn, act, "sweep.import_started", Subject::Sweep(id.0), &[("rows", &rows)])?;
    Ok((import.id, false))
}

fn count(rows: usize) -> Result<i64, Problem> {
    i64::try_from(rows).map_err(Problem::internal)
}

fn seal(keys: &Keys, remarks: &[Remark]) -> Result<Option<String>, Problem> {
    if remarks.is_empty() {
        return Ok(None);
    }
    let some = remarks.get(..MOST_REMARKS).unwrap_or(remarks);
    Ok(Some(keys.seal(&serde_json::to_string(some).map_err(Problem::internal)?)))
}

fn remarks(keys: &Keys, import: &Import) -> Result<Vec<Remark>, Problem> {
    match &import.report {
        Some(sealed) => serde_json::from_str(&keys.open(sealed)?).map_err(Problem::internal),
        None => Ok(Vec::new()),
    }
}

/// One run, with its remarks, where the person sees its sheet.
///
/// # Errors
///
/// `NotFound` when there is none.
pub fn look(conn: &mut Conn, act: &Act, id: ImportId) -> Result<Shown, Problem> {
    let import = store::import_of(conn, act.by.court()?, id)?;
    store::find(conn, import.court_id, &reach(&act.by), import.sweep_id)?;
    let names = people::names_of(conn, &[import.staff_id])?;
    let by = names.get(&import.staff_id).cloned().unwrap_or_default();
    Ok(Shown { remarks: remarks(&act.keys, &import)?, import, by })
}

/// Enters the next batch of a run as the person who brought it. Says whether something is left to do.
///
/// # Errors
///
/// `Forbidden` and `Refused` when that person may no longer do it.
pub fn go_on(conn: &mut Conn, system: &Act, id: ImportId) -> Result<bool, Problem> {
    let mut import = store::load_import(conn, id)?;
    if import.state != ImportState::Running {
        return Ok(false);
    }
    let staff = people::staff_of_any_court(conn, import.staff_id)?;
    if !staff.active {
        return Err(Problem::refused("导入人员的账号已经停用，余下的行没有导入。"));
    }
    let act = Act { by: sessions::actor(conn, &staff, system.now)?, ..system.clone() };
    let sweep = workable(conn, &act, import.sweep_id)?;
    let Some(batch) = store::next_batch(conn, id)? else {
        return end(conn, &act, &mut import, ImportState::Done, "").map(|()| false);
    };
    let mut all = remarks(&act.keys, &import)?;
    let lines: Vec<Line> = serde_json::from_str(&act.keys.open(&batch.sealed)?).map_err(Problem::internal)?;
    for line in lines {
        match enter(conn, &act, &sweep, &line.case)? {
            Entered::New(_) => import.made += 1,
            Entered::Merged(_) => import.merged += 1,
            Entered::Known(_) => {
                import.known += 1;
                let why = format!("{}已经在这张排查表上，没有重复登记。", line.case.case_number);
                let place = format!("第 {} 行", line.row);
                all.push(Remark { row: line.row, outcome: Outcome::Known, place, why });
            }
        }
    }
    import.report = seal(&act.keys, &all)?;
    store::delete_batch(conn, batch.id)?;
    store::save_import(conn, &import)?;
    let (made, merged) = (import.made.to_string(), import.merged.to_string());
    let values = [("made", &*made), ("merged", &*merged)];
    audit::record(conn, &act, "sweep.batch_imported", Subject::Sweep(sweep.id.0), &values)?;
    Ok(true)
}

fn end(
    conn: &mut Conn,
    act: &Act,
    import: &mut Import,
    state: ImportState,
    message: &str,
) -> Result<(), Problem> {
    import.state = state;
    import.message = message.to_owned();
    import.ended_at = Some(act.now.utc());
    store::save_import(conn, import)?;
    let (made, known) = (import.made.to_string(), import.known.to_string());
    let values = [("state", state.code()), ("made", &*made), ("known", &*known)];
    audit::record(conn, act, "sweep.import_ended", Subject::Sweep(import.sweep_id.0), &values)
}

/// Ends a run that cannot go on, with a sentence that says why. What it has not written is kept.
///
/// # Errors
///
/// When the database is away.
pub fn give_up(conn: &mut Conn, system: &Act, id: ImportId, why: &str) -> Result<(), Problem> {
    let mut import = store::load_import(conn, id)?;
    if import.state != ImportState::Running {
        return Ok(());
    }
    end(conn, system, &mut import, ImportState::Failed, why)
}

/// Stops a run; what it has entered stays, the rest waits.
///
/// # Errors
///
/// `Forbidden`, `NotFound`; `Refused` when it doesn't run.
pub fn stop(conn: &mut Conn, act: &Act, id: ImportId) -> Result<(), Problem> {
    let mut import = store::import_of(conn, act.by.court()?, id)?;
    workable(conn, act, import.sweep_id)?;
    if import.state != ImportState::Running {
        return Err(Problem::refused("这次导入没有在进行，不用再停止。"));
    }
    let message = format!("由{}停下；已经登记的案件保留，余下的行可以继续导入。", act.by.name);
    end(conn, act, &mut import, ImportState::Stopped, &message)
}

/// Lets a run that was stopped, or failed, go on where it stood.
///
/// # Errors
///
/// `Forbidden`, `NotFound`; `Refused` when there is nothing to go on with.
pub fn resume(conn: &mut Conn, act: &Act, id: ImportId) -> Result<(), Problem> {
    act.require(Permission::SweepCases)?;
    let mut import = store::import_of(conn, act.by.court()?, id)?;
    workable(conn, act, import.sweep_id)?;
    if import.state == ImportState::Done || import.state == ImportState::Running {
        return Err(Problem::refused("这次导入正在进行或者已经完成，不用再继续。"));
    }
    import.state = ImportState::Running;
    import.message = String::new();
    import.ended_at = None;
    import.staff_id = act.by.person()?;
    store::save_import(conn, &import)?;
    let left = (import.rows_good() - import.rows_done()).to_string();
    audit::record(conn, act, "sweep.import_resumed", Subject::Sweep(import.sweep_id.0), &[("rows", &left)])
}

/// Takes away the reports of runs that ended thirty days ago, and what they never wrote; returns how many.
///
/// # Errors
///
/// When the database is away.
pub fn forget_reports(conn: &mut Conn, now: Moment) -> Result<usize, Problem> {
    Ok(store::forget_reports(conn, now.plus(-REPORT_KEPT).utc())?)
}

/// How the worker does it.
pub const fn steps() -> Steps {
    Steps {
        running: |conn| Ok(store::running_import(conn)?.map(|id| id.0)),
        go_on: |conn, act, id| go_on(conn, act, ImportId(id)),
        give_up: |conn, act, id, why| give_up(conn, act, ImportId(id), why),
    }
}
