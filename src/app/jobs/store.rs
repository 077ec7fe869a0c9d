//! The rows of what ran.

use super::schedule::{Standing, may_take};
use crate::db::{Conn, coded};
use crate::on_each_database;
use crate::schema::job_runs;
use crate::time::Moment;
use chrono::NaiveDateTime;
use diesel::prelude::*;

coded! {
    /// How a run stands.
    pub enum Outcome {
        Asked = "asked" "等待运行",
        Running = "running" "正在运行",
        Done = "done" "完成",
        Failed = "failed" "失败",
    }
}

/// One run of one job.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = job_runs, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct Run {
    pub job: String,
    /// The period it is for, or `asked-` and a moment when a person asked for it.
    pub period: String,
    pub due_at: NaiveDateTime,
    pub started_at: NaiveDateTime,
    pub finished_at: Option<NaiveDateTime>,
    pub outcome: Outcome,
    pub attempts: i32,
    /// The instance that took it.
    pub holder: String,
    /// What it did, or why it failed.
    pub message: String,
}

impl Run {
    fn standing(&self) -> Standing {
        match self.outcome {
            Outcome::Asked => Standing::Asked,
            Outcome::Done => Standing::Done,
            Outcome::Running => Standing::Running(self.started_at),
            Outcome::Failed => Standing::Failed {
                attempts: self.attempts,
                finished_at: self.finished_at.unwrap_or(self.started_at),
            },
        }
    }
}

pub fn find(conn: &mut Conn, job: &str, period: &str) -> QueryResult<Option<Run>> {
    job_runs::table.find((job, period)).select(Run::as_select()).first(conn).optional()
}

/// Takes the run of `period` for `holder`, if nobody has it. Returns the attempt's number.
pub fn take(
    conn: &mut Conn,
    now: Moment,
    job: &str,
    period: &str,
    due_at: Moment,
    holder: &str,
) -> QueryResult<Option<i32>> {
    let before = find(conn, job, period)?;
    if !may_take(before.as_ref().map(Run::standing), now.utc()) {
        return Ok(None);
    }
    let attempts = before.as_ref().map_or(1, |run| run.attempts + 1);
    let run = Run {
        job: job.to_owned(),
        period: period.to_owned(),
        due_at: due_at.utc(),
        started_at: now.utc(),
        finished_at: None,
        outcome: Outcome::Running,
        attempts,
        holder: holder.to_owned(),
        message: String::new(),
    };
    let taken = match before {
        None => insert(conn, &run)?,
        Some(before) => diesel::update(
            job_runs::table
                .find((job, period))
                .filter(job_runs::attempts.eq(before.attempts))
                .filter(job_runs::outcome.eq(before.outcome)),
        )
        .set(&run)
        .execute(conn)?,
    };
    Ok((taken == 1).then_some(attempts))
}

/// Adds a run unless there is one of that job and period. Returns how many were added.
pub fn insert(conn: &mut Conn, run: &Run) -> QueryResult<usize> {
    let statement = diesel::insert_into(job_runs::table).values(run).on_conflict_do_nothing();
    on_each_database!(conn, |c| statement.execute(c))
}

/// Marks a run as ended. Says whether `holder` still had it.
pub fn finish(
    conn: &mut Conn,
    now: Moment,
    (job, period, holder): (&str, &str, &str),
    outcome: Outcome,
    message: &str,
) -> QueryResult<bool> {
    let mine = job_runs::table
        .find((job, period))
        .filter(job_runs::holder.eq(holder))
        .filter(job_runs::outcome.eq(Outcome::Running));
    let ended = diesel::update(mine)
        .set((
            job_runs::finished_at.eq(Some(now.utc())),
            job_runs::outcome.eq(outcome),
            job_runs::message.eq(message),
        ))
        .execute(conn)?;
    Ok(ended == 1)
}

/// What people have asked for and nobody has taken, the oldest first.
pub fn asked(conn: &mut Conn) -> QueryResult<Vec<Run>> {
    job_runs::table
        .filter(job_runs::outcome.eq(Outcome::Asked))
        .order((job_runs::started_at, job_runs::job))
        .select(Run::as_select())
        .load(conn)
}

/// The newest runs of a job, the newest first.
pub fn newest(conn: &mut Conn, job: &str, limit: i64) -> QueryResult<Vec<Run>> {
    job_runs::table
        .filter(job_runs::job.eq(job))
        .order(job_runs::started_at.desc())
        .limit(limit)
        .select(Run::as_select())
        .load(conn)
}

/// Takes out the runs that began before `before`. Returns how many.
pub fn forget_before(conn: &mut Conn, before: Moment) -> QueryResult<usize> {
    diesel::delete(job_runs::table.filter(job_runs::started_at.lt(before.utc()))).execute(conn)
}
