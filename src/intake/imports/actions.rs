//! A run begins, goes on batch by batch, is stopped, ends.

use super::store;
use super::types::{Batch, Fault, Import, ImportId, ImportState, Line, Policy, Shown};
use crate::audit::{self, Subject};
use crate::crypto::Keys;
use crate::db::{Conn, next_id};
use crate::error::Problem;
use crate::intake::finding;
use crate::intake::forms::LedgerRead;
use crate::intake::types::Choices;
use crate::matters;
use crate::people::{self, Act, Permission, StaffId, sessions};
use crate::time::Moment;
use chrono::TimeDelta;

/// Rows that one transaction registers while others work.
const ROWS_IN_BATCH: usize = 50;
/// Bad cells that the report names.
const MOST_FAULTS: usize = 1_000;
/// Runs in the list.
const MOST_LISTED: i64 = 20;
/// How long a report is kept after the end.
const REPORT_KEPT: TimeDelta = TimeDelta::days(30);

/// Keeps what was read of a list as a run; a worker does the rest. With bad rows and all-or-nothing it ends here.
///
/// # Errors
///
/// `Forbidden` without the permission to bring in a register.
pub fn start(
    conn: &mut Conn,
    act: &Act,
    name: &str,
    policy: Policy,
    read: &LedgerRead,
) -> Result<ImportId, Problem> {
    act.require(Permission::ImportRegister)?;
    let refused = policy == Policy::All && !read.report.is_clean();
    let mut import = Import {
        id: ImportId::new(act.now),
        court_id: act.by.court()?,
        staff_id: act.by.person()?,
        name: name.chars().take(100).collect(),
        policy,
        state: if refused { ImportState::Refused } else { ImportState::Running },
        rows_total: count(read.report.rows)?,
        rows_bad: count(read.report.rows - read.lines.len())?,
        made: 0,
        known: 0,
        report: report_of(&act.keys, read)?,
        message: String::new(),
        started_at: act.now.utc(),
        ended_at: refused.then(|| act.now.utc()),
    };
    store::insert(conn, &import)?;
    let rows = import.rows_total.to_string();
    let values = [("rows", rows.as_str()), ("policy", policy.code())];
    audit::record(conn, act, "import.started", Subject::System, &values)?;
    if !refused {
        keep_batches(conn, act, import.id, &read.lines)?;
        if read.lines.is_empty() {
            end(conn, act, &mut import, ImportState::Done, "")?;
        }
    }
    Ok(import.id)
}

fn count(rows: usize) -> Result<i64, Problem> {
    i64::try_from(rows).map_err(Problem::internal)
}

fn keep_batches(conn: &mut Conn, act: &Act, import_id: ImportId, lines: &[Line]) -> Result<(), Problem> {
    for (position, lines) in (0..).zip(lines.chunks(ROWS_IN_BATCH)) {
        let sealed = act.keys.seal(&Line::pack(lines)?);
        let batch = Batch { id: next_id(act.now), import_id, position, sealed };
        store::insert_batch(conn, &batch)?;
    }
    Ok(())
}

fn report_of(keys: &Keys, read: &LedgerRead) -> Result<Option<String>, Problem> {
    let faults = read.report.bad.iter().take(MOST_FAULTS).map(|cell| Fault {
        row: cell.row,
        place: format!("{}（{}）", cell.address, cell.title),
        why: cell.why.clone(),
    });
    seal_report(keys, &faults.collect::<Vec<_>>())
}

fn seal_report(keys: &Keys, faults: &[Fault]) -> Result<Option<String>, Problem> {
    if faults.is_empty() {
        return Ok(None);
    }
    Ok(Some(keys.seal(&serde_json::to_string(faults).map_err(Problem::internal)?)))
}

/// The bad cells of a run that its report names.
fn faults(keys: &Keys, import: &Import) -> Result<Vec<Fault>, Problem> {
    match &import.report {
        Some(sealed) => serde_json::from_str(&keys.open(sealed)?).map_err(Problem::internal),
        None => Ok(Vec::new()),
    }
}

/// The latest runs of the person's court, the newest first.
///
/// # Errors
///
/// `Forbidden` without a court; when the database is away.
pub fn latest(conn: &mut Conn, act: &Act) -> Result<Vec<Shown>, Problem> {
    let imports = store::latest(conn, act.by.court()?, MOST_LISTED)?;
    shown(conn, imports)
}

/// One run of the person's court, with the bad cells that its report names.
///
/// # Errors
///
/// `NotFound` when there is none.
pub fn look(conn: &mut Conn, act: &Act, id: ImportId) -> Result<(Shown, Vec<Fault>), Problem> {
    let import = store::find(conn, act.by.court()?, id)?;
    let faults = faults(&act.keys, &import)?;
    let shown = shown(conn, vec![import])?.pop().ok_or(Problem::NotFound)?;
    Ok((shown, faults))
}

fn shown(conn: &mut Conn, imports: Vec<Import>) -> Result<Vec<Shown>, Problem> {
    let people: Vec<StaffId> = imports.iter().map(|import| import.staff_id).collect();
    let names = people::names_of(conn, &people)?;
    let by = |import: &Import| names.get(&import.staff_id).cloned().unwrap_or_default();
    Ok(imports.into_iter().map(|import| Shown { by: by(&import), import }).collect())
}

/// Takes a run's next step as the person who brought it: one batch, or all of them where it is all or nothing. Says
/// whether something is left to do.
///
/// # Errors
///
/// `Forbidden` and `Refused` when that person may no longer do it; as [`matters::actions::register::register`].
pub fn go_on(conn: &mut Conn, system: &Act, id: ImportId) -> Result<bool, Problem> {
    let mut import = store::load(conn, id)?;
    if import.state != ImportState::Running {
        return Ok(false);
    }
    let staff = people::staff_of_any_court(conn, import.staff_id)?;
    if !staff.active {
        return Err(Problem::refused("导入人员的账号已经停用，余下的行没有登记。"));
    }
    let act = Act { by: sessions::actor(conn, &staff, system.now)?, ..system.clone() };
    act.require(Permission::ImportRegister)?;
    let choices = finding::choices(conn, &act)?;
    while let Some(batch) = store::next_batch(conn, id)? {
        register(conn, &act, &choices, &mut import, &batch)?;
        store::delete_batch(conn, batch.id)?;
        if import.policy == Policy::Good {
            store::save(conn, &import)?;
            return Ok(true);
        }
    }
    let (made, known) = (import.made.to_string(), import.known.to_string());
    end(conn, &act, &mut import, ImportState::Done, "")?;
    let values = [("made", made.as_str()), ("known", known.as_str())];
    audit::record(conn, &act, "register.imported", Subject::System, &values)?;
    Ok(false)
}

/// Registers the rows of one batch. A row that was good at the upload and is not any more, because a category was
/// closed meanwhile, joins the report, or ends a run that is all or nothing.
fn register(
    conn: &mut Conn,
    act: &Act,
    choices: &Choices,
    import: &mut Import,
    batch: &Batch,
) -> Result<(), Problem> {
    let uploaded_at = Moment::from_utc(import.started_at);
    for line in Line::unpack(&act.keys.open(&batch.sealed)?)? {
        let place = format!("第 {} 行", line.row);
        match line.form.check(choices, uploaded_at) {
            Ok(registration) => match matters::actions::register(conn, act, &registration)?.repeated {
                true => import.known += 1,
                false => import.made += 1,
            },
            Err(told) => {
                let why = told.iter().map(|(_, sentence)| sentence).collect::<Vec<_>>().join("");
                if import.policy == Policy::All {
                    return Err(Problem::refused(format!("{place}：{why}整张表都没有登记。")));
                }
                let mut all = faults(&act.keys, import)?;
                all.push(Fault { row: line.row, place, why });
                import.report = seal_report(&act.keys, &all)?;
                import.rows_bad += 1;
            }
        }
    }
    Ok(())
}

/// Ends a run and takes away what it has not written.
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
    store::delete_batches(conn, import.id)?;
    store::save(conn, import)?;
    Ok(())
}

/// Ends a run that cannot go on, with a sentence that says why.
///
/// # Errors
///
/// When the database is away.
pub fn give_up(conn: &mut Conn, system: &Act, id: ImportId, why: &str) -> Result<(), Problem> {
    let mut import = store::load(conn, id)?;
    if import.state != ImportState::Running {
        return Ok(());
    }
    end(conn, system, &mut import, ImportState::Failed, why)?;
    let made = import.made.to_string();
    audit::record(conn, system, "import.failed", Subject::System, &[("made", &made)])
}

/// Stops a run of one's own court; what it has registered stays.
///
/// # Errors
///
/// `Forbidden`, `NotFound`; `Refused` when it has ended already.
pub fn stop(conn: &mut Conn, act: &Act, id: ImportId) -> Result<(), Problem> {
    act.require(Permission::ImportRegister)?;
    let mut import = store::find(conn, act.by.court()?, id)?;
    if import.state != ImportState::Running {
        return Err(Problem::refused("这次导入已经结束，不用再停止。"));
    }
    let message = format!("由{}停止；已经登记的事项保留，余下的行没有登记。", act.by.name);
    end(conn, act, &mut import, ImportState::Stopped, &message)?;
    let made = import.made.to_string();
    audit::record(conn, act, "import.stopped", Subject::System, &[("made", &made)])
}

/// Takes away the reports of runs that ended thirty days ago; returns how many.
///
/// # Errors
///
/// When the database is away.
pub fn forget_reports(conn: &mut Conn, now: Moment) -> Result<usize, Problem> {
    Ok(store::forget_reports(conn, now.plus(-REPORT_KEPT).utc())?)
}
