//! Runs what is due: takes the run, does the work, marks it.

use super::schedule::{AGAIN_AFTER, ATTEMPTS, Period};
use super::store::{self, Outcome, Run};
use super::{Job, Work};
use crate::audit::{self, Subject};
use crate::crypto::Keys;
use crate::db::{Conn, Database};
use crate::error::Problem;
use crate::people::{Act, Permission};
use crate::ticker::Ticker;
use crate::time::{Clock, Moment};
use chrono::TimeDelta;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// The name under which the trail shows what jobs do.
const SYSTEM: &str = "系统";
/// How often a runner looks for what is due.
const LOOK_EVERY: Duration = Duration::from_secs(10);
/// A run that is this late is shown as late.
const LATE_AFTER: TimeDelta = TimeDelta::hours(1);
/// How many of a job's last runs the page shows.
const SHOWN: i64 = 10;

/// One instance's runner.
#[derive(Clone)]
pub struct Runner {
    database: Database,
    clock: Clock,
    keys: Arc<Keys>,
    jobs: &'static [Job],
    holder: String,
    data: PathBuf,
}

/// A run that this runner has made.
#[derive(Debug)]
pub struct Ran {
    pub job: &'static str,
    pub period: String,
    /// What it did, or why it failed.
    pub outcome: Result<String, Problem>,
}

impl Runner {
    pub fn new(database: Database, clock: Clock, keys: Arc<Keys>, jobs: &'static [Job]) -> Self {
        let holder = format!("{:016x}", rand::random::<u64>());
        Runner { database, clock, keys, jobs, holder, data: PathBuf::from(".") }
    }

    /// The data folder that jobs look into; without it, the one that the program runs in.
    pub fn in_folder(self, data: &Path) -> Self {
        Runner { data: data.to_owned(), ..self }
    }

    /// Starts it on a thread of its own.
    ///
    /// # Errors
    ///
    /// When no thread can be started.
    pub fn start(self) -> std::io::Result<Ticker> {
        Ticker::start("jobs", LOOK_EVERY, move || drop(self.run_due()))
    }

    /// Makes every run that is due or asked for, in the order of the list. One that fails is rolled back, logged and
    /// noted; the others still run.
    pub fn run_due(&self) -> Vec<Ran> {
        let asked = self.database.read(|conn| Ok(store::asked(conn)?)).unwrap_or_else(|problem| {
            tracing::error!(?problem, "could not see which jobs were asked for");
            Vec::new()
        });
        let now = self.clock.now();
        let mut ran = Vec::new();
        for job in self.jobs {
            let asked = asked.iter().filter(|run| run.job == job.name).map(|run| Period {
                key: run.period.clone(),
                due_at: Moment::from_utc(run.due_at).court_time(),
            });
            for period in std::iter::once(job.schedule.latest(now.court_time())).chain(asked) {
                ran.extend(self.run(job, period));
            }
        }
        ran
    }

    /// Makes one run, unless it has been made or another instance is at it.
    fn run(&self, job: &'static Job, period: Period) -> Option<Ran> {
        match self.take(job, &period) {
            Ok(true) => {}
            Ok(false) => return None,
            Err(problem) => {
                tracing::error!(job = job.name, ?problem, "a job's run could not be taken");
                return None;
            }
        }
        let outcome = self.work(job, &period.key);
        if let Err(problem) = &outcome {
            tracing::error!(job = job.name, period = period.key, ?problem, "job failed: {}", job.name);
            self.note_failure(job, &period.key, problem);
        }
        Some(Ran { job: job.name, period: period.key, outcome })
    }

    fn take(&self, job: &'static Job, period: &Period) -> Result<bool, Problem> {
        let now = self.clock.now();
        let (key, due_at, holder) =
            (period.key.clone(), Moment::from_court(period.due_at), self.holder.clone());
        let settled = self.database.read(|conn| {
            let run = store::find(conn, job.name, &key)?;
            Ok(run.is_some_and(|run| run.outcome == Outcome::Done))
        })?;
        if settled {
            return Ok(false);
        }
        self.database
            .touch(move |conn| Ok(store::take(conn, now, job.name, &key, due_at, &holder)?.is_some()))
    }

    fn work(&self, job: &'static Job, period: &str) -> Result<String, Problem> {
        let act = Act::system(SYSTEM, self.clock.now(), self.keys.clone());
        let (clock, period, holder) = (self.clock.clone(), period.to_owned(), self.holder.clone());
        let finish = move |conn: &mut Conn, said: &str| {
            let run = (job.name, period.as_str(), holder.as_str());
            match store::finish(conn, clock.now(), run, Outcome::Done, said)? {
                true => Ok(()),
                false => Err(Problem::internal("another instance has taken this run over; rolled back")),
            }
        };
        match job.work {
            Work::Write(work) => self.database.write(move |conn| {
                let said = work(conn, &act)?;
                finish(conn, &said)?;
                Ok(said)
            }),
            Work::Look(look) => {
                let said = self.database.read(|conn| look(conn, &act))?;
                let kept = said.clone();
                self.database.touch(move |conn| finish(conn, &said))?;
                Ok(kept)
            }
            Work::LookThenWrite(look) => {
                let then = self.database.read(|conn| look(conn, &act, &self.data))?;
                self.database.write(move |conn| {
                    let said = then(conn, &act)?;
                    finish(conn, &said)?;
                    Ok(said)
                })
            }
        }
    }

    fn note_failure(&self, job: &'static Job, period: &str, problem: &Problem) {
        let (now, period, holder) = (self.clock.now(), period.to_owned(), self.holder.clone());
        let said = problem.to_string();
        let noted = self.database.touch(move |conn| {
            let run = (job.name, period.as_str(), holder.as_str());
            Ok(store::finish(conn, now, run, Outcome::Failed, &said)?)
        });
        if let Err(problem) = noted {
            tracing::error!(job = job.name, ?problem, "a job's failure could not be noted");
        }
    }
}

/// Asks for a run of `job` now (立即运行); a runner takes it within seconds.
///
/// # Errors
///
/// `NotFound` when there is no such job.
pub fn ask(conn: &mut Conn, act: &Act, jobs: &[Job], job: &str) -> Result<(), Problem> {
    act.require(Permission::ViewJobs)?;
    let job = jobs.iter().find(|known| known.name == job).ok_or(Problem::NotFound)?;
    let now = act.now;
    let run = Run {
        job: job.name.to_owned(),
        period: format!("asked-{}", now.utc().format("%Y-%m-%dT%H:%M:%S%.6f")),
        due_at: now.utc(),
        started_at: now.utc(),
        finished_at: None,
        outcome: Outcome::Asked,
        attempts: 0,
        holder: String::new(),
        message: format!("由{}要求运行。", act.by.name),
    };
    store::insert(conn, &run)?;
    audit::record(conn, act, "job.asked", Subject::System, &[("job", job.name)])
}

/// One job as the page shows it.
#[derive(Clone, Debug)]
pub struct Overview {
    pub name: &'static str,
    pub label: &'static str,
    pub schedule: String,
    pub next_at: Moment,
    /// The newest first.
    pub runs: Vec<Run>,
    /// Its last regular run is more than an hour late.
    pub late: bool,
    /// Its last regular run failed and is not tried again.
    pub failed: bool,
}

/// How every job stands.
///
/// # Errors
///
/// When the database is away.
pub fn overview(conn: &mut Conn, now: Moment, jobs: &[Job]) -> Result<Vec<Overview>, Problem> {
    jobs.iter()
        .map(|job| {
            let latest = job.schedule.latest(now.court_time());
            let run = store::find(conn, job.name, &latest.key)?;
            let outcome = run.as_ref().map(|run| run.outcome);
            let overdue = now.court_time() - latest.due_at > LATE_AFTER + AGAIN_AFTER;
            Ok(Overview {
                name: job.name,
                label: job.label,
                schedule: job.schedule.label(),
                next_at: Moment::from_court(job.schedule.next(now.court_time()).due_at),
                runs: store::newest(conn, job.name, SHOWN)?,
                late: overdue && outcome != Some(Outcome::Done),
                failed: run.is_some_and(|run| run.outcome == Outcome::Failed && run.attempts >= ATTEMPTS),
            })
        })
        .collect()
}
