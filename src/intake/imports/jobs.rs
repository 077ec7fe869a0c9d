//! The worker that writes what runs have left to do.

use super::types::ImportId;
use super::{actions, store};
use crate::crypto::Keys;
use crate::db::{Conn, Database};
use crate::error::Problem;
use crate::people::Act;
use crate::ticker::Ticker;
use crate::time::Clock;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// How often the worker looks for a new run.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// A step that fails for a reason of ours is tried so often in all.
const ATTEMPTS: u32 = 3;
/// The name under which the trail shows what it does by itself.
const SYSTEM: &str = "系统";

/// How the runs of one kind of list are gone on with: which is next, by its id; its next step, which says whether it may be
/// worth while to take another at once; its end, with a sentence that says why.
#[derive(Clone, Copy)]
pub struct Steps {
    pub running: fn(&mut Conn) -> Result<Option<i64>, Problem>,
    pub go_on: fn(&mut Conn, &Act, i64) -> Result<bool, Problem>,
    pub give_up: fn(&mut Conn, &Act, i64, &str) -> Result<(), Problem>,
}

/// The lists of matters.
const LEDGERS: Steps = Steps {
    running: |conn| Ok(store::running(conn)?.map(|id| id.0)),
    go_on: |conn, act, id| actions::go_on(conn, act, ImportId(id)),
    give_up: |conn, act, id, why| actions::give_up(conn, act, ImportId(id), why),
};

/// Writes runs, a step at a time. Several instances may be at it together: a batch goes with its rows or not at all.
pub struct Importer {
    database: Database,
    clock: Clock,
    keys: Arc<Keys>,
    steps: Steps,
    /// The run whose steps have failed, and how many in a row.
    failing: Option<(i64, u32)>,
}

impl Importer {
    /// For lists of matters.
    pub fn new(database: Database, clock: Clock, keys: Arc<Keys>) -> Self {
        Importer::of(LEDGERS, database, clock, keys)
    }

    /// For another kind of list.
    pub fn of(steps: Steps, database: Database, clock: Clock, keys: Arc<Keys>) -> Self {
        Importer { database, clock, keys, steps, failing: None }
    }

    /// Takes one step of the oldest run. Says whether it may be worth while to take another at once.
    pub fn step(&mut self) -> bool {
        let Steps { running, go_on, .. } = self.steps;
        let id = match self.database.read(running) {
            Ok(Some(id)) => id,
            Ok(None) => return false,
            Err(problem) => {
                tracing::error!(?problem, "could not see which imports are to be gone on with");
                return false;
            }
        };
        let act = Act::system(SYSTEM, self.clock.now(), self.keys.clone());
        match self.database.write(move |conn| go_on(conn, &act, id)) {
            Ok(_) => {
                self.failing = None;
                true
            }
            Err(problem) => self.trouble(id, &problem),
        }
    }

    /// The database away: later. Our fault: again, some times. The rules: never again.
    fn trouble(&mut self, id: i64, problem: &Problem) -> bool {
        let why = match problem {
            Problem::Unavailable(_) => {
                tracing::warn!(?problem, "an import waits for the database");
                return false;
            }
            Problem::Internal(_) => {
                let failed = self.failing.filter(|(run, _)| *run == id).map_or(1, |(_, times)| times + 1);
                self.failing = Some((id, failed));
                tracing::error!(import = id, ?problem, failed, "a step of an import failed");
                if failed < ATTEMPTS {
                    return false;
                }
                "系统出现了内部错误，余下的行没有登记。请与系统管理员联系；以后可以把同一张表再传一次，登记过的行不会重复登记。".to_owned()
            }
            Problem::Forbidden => "导入人员已经没有导入台账的权限，余下的行没有登记。".to_owned(),
            Problem::Refused(sentence) | Problem::TooLarge(sentence) => sentence.clone(),
            Problem::NotFound | Problem::Stale | Problem::SignedOut => problem.to_string(),
        };
        let act = Act::system(SYSTEM, self.clock.now(), self.keys.clone());
        let give_up = self.steps.give_up;
        match self.database.write(move |conn| give_up(conn, &act, id, &why)) {
            Ok(()) => true,
            Err(problem) => {
                tracing::error!(import = id, ?problem, "an import could not be ended");
                false
            }
        }
    }

    /// Starts it on a thread of its own.
    ///
    /// # Errors
    ///
    /// When no thread can be started.
    pub fn start(mut self) -> std::io::Result<Importing> {
        let ending = Arc::new(AtomicBool::new(false));
        let end = ending.clone();
        let ticker =
            Ticker::start(
                "imports",
                LOOK_EVERY,
                move || {
                    while !end.load(Ordering::Relaxed) && self.step() {}
                },
            )?;
        Ok(Importing { ending, _ticker: ticker })
    }
}

/// The running worker. Dropping it lets the step in hand be finished.
pub struct Importing {
    ending: Arc<AtomicBool>,
    _ticker: Ticker,
}

impl Drop for Importing {
    fn drop(&mut self) {
        self.ending.store(true, Ordering::Relaxed);
    }
}
