//! The one writer of an SQLite database. It commits what several callers asked for in one durable transaction, each
//! caller's work in a savepoint of its own, and answers nobody before the commit.

use super::checkpoints::{Checkpoints, MOST_PAGES};
use super::{Conn, Connector, Manager, begin};
use crate::error::Problem;
use diesel::connection::{SimpleConnection, TransactionManager};
use diesel::r2d2::ManageConnection;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

/// How many callers' work one commit takes at the most.
const GROUP: usize = 64;

/// What the trail's head was at a commit: how many entries, and the hash of the last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Committed {
    pub count: i64,
    pub head: String,
}

/// Watches commits: the audit trail keeps its head outside the database as well, so that a cut-off end is found.
pub trait Witness: Send + Sync {
    /// Reads the head inside the transaction, just before it commits. `None` when there is nothing to keep.
    ///
    /// # Errors
    ///
    /// When the head cannot be read, or an earlier one is not kept yet; the transaction is then rolled back.
    fn before_commit(&self, conn: &mut Conn) -> Result<Option<Committed>, Problem>;

    /// Keeps it, durably, after the commit and before anyone is answered. What it can't keep it must know of at the next
    /// commit: this one stands.
    fn after_commit(&self, seen: Option<Committed>);
}

/// Keeps nothing: for tests of the floor and for databases that have no trail.
impl Witness for () {
    fn before_commit(&self, _: &mut Conn) -> Result<Option<Committed>, Problem> {
        Ok(None)
    }

    fn after_commit(&self, _: Option<Committed>) {}
}

/// One caller's work, then its answer.
trait Job: Send {
    /// Does the work inside the open transaction; a failure has been rolled back when this returns. An error says that
    /// the transaction itself is gone, with everybody's work: SQLite takes it back whole when the disk is full.
    fn run(&mut self, conn: &mut Conn) -> Result<(), String>;
    /// Does the work as the only one of the open transaction, without a savepoint; says whether there is anything to
    /// commit: a failure has taken the whole transaction back.
    fn run_alone(&mut self, conn: &mut Conn) -> Result<bool, String>;
    /// Whether the database could not do the work.
    fn met_an_outage(&self) -> bool;
    /// Answers the caller. `lost` says why the whole group's commit failed, if it did.
    fn answer(self: Box<Self>, lost: Option<String>);
}

struct Work<T, F, A> {
    work: Option<F>,
    outcome: Option<Result<T, Problem>>,
    answer: A,
}

impl<T, F, A> Job for Work<T, F, A>
where
    T: Send,
    F: FnOnce(&mut Conn) -> Result<T, Problem> + Send,
    A: FnOnce(Result<T, Problem>) + Send,
{
    fn run(&mut self, conn: &mut Conn) -> Result<(), String> {
        if let Some(work) = self.work.take() {
            self.outcome = Some(in_savepoint(conn, work)?);
        }
        Ok(())
    }

    fn run_alone(&mut self, conn: &mut Conn) -> Result<bool, String> {
        let Some(work) = self.work.take() else { return Ok(false) };
        let outcome = self.outcome.insert(attempted(conn, work)?);
        Ok(outcome.is_ok())
    }

    fn met_an_outage(&self) -> bool {
        matches!(self.outcome, Some(Err(Problem::Unavailable(_))))
    }

    fn answer(self: Box<Self>, lost: Option<String>) {
        let outcome = match (self.outcome, lost) {
            (Some(Err(problem)), _) => Err(problem),
            (_, Some(reason)) => Err(Problem::Unavailable(anyhow::anyhow!(reason))),
            (Some(Ok(value)), None) => Ok(value),
            (None, None) => Err(Problem::internal("the writer skipped a job")),
        };
        (self.answer)(outcome);
    }
}

/// One caller's work beside others', and what it came to; an error when the transaction around it is gone.
fn in_savepoint<T>(
    conn: &mut Conn,
    work: impl FnOnce(&mut Conn) -> Result<T, Problem>,
) -> Result<Result<T, Problem>, String> {
    Manager::begin_transaction(conn).map_err(|error| error.to_string())?;
    let outcome = attempted(conn, work)?;
    if outcome.is_ok() {
        Manager::commit_transaction(conn).map_err(|error| error.to_string())?;
    }
    Ok(outcome)
}

/// The work and what it came to; when it failed, what it did has been taken back.
fn attempted<T>(
    conn: &mut Conn,
    work: impl FnOnce(&mut Conn) -> Result<T, Problem>,
) -> Result<Result<T, Problem>, String> {
    let outcome = catch_unwind(AssertUnwindSafe(|| work(conn)))
        .unwrap_or_else(|_| Err(Problem::internal("panicked in a transaction; rolled back")));
    if let Err(problem) = &outcome {
        Manager::rollback_transaction(conn)
            .map_err(|error| format!("{problem:?}; it could not be rolled back: {error}"))?;
    }
    Ok(outcome)
}

/// A handle to the writer's thread. The thread ends when the last handle is gone and its queue is empty.
pub struct Writer {
    queue: Sender<Box<dyn Job>>,
}

impl Writer {
    /// Opens the write connection and starts the thread.
    ///
    /// # Errors
    ///
    /// When the database cannot be opened or the thread not started.
    pub fn start(connector: Connector, witness: Arc<dyn Witness>) -> anyhow::Result<Self> {
        let conn = opened(&connector)?;
        let checkpoints = Checkpoints::start(connector.clone())?;
        let (queue, jobs) = channel();
        std::thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || serve(&connector, Some(conn), &jobs, &*witness, &checkpoints))?;
        Ok(Writer { queue })
    }

    /// Runs `work` and returns when it is durable.
    ///
    /// # Errors
    ///
    /// What `work` returns, or `Unavailable` when the group could not be committed.
    pub fn write<T, F>(&self, work: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T, Problem> + Send + 'static,
    {
        let (tell, hear) = channel();
        self.submit(work, move |outcome| {
            // A caller that has gone away needs no answer.
            drop(tell.send(outcome));
        })?;
        hear.recv().map_err(|_error| Problem::internal("the writer has stopped"))?
    }

    /// Runs `work` without holding a thread while waiting.
    ///
    /// # Errors
    ///
    /// As [`Writer::write`].
    pub async fn write_async<T, F>(&self, work: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T, Problem> + Send + 'static,
    {
        let (tell, hear) = tokio::sync::oneshot::channel();
        self.submit(work, move |outcome| drop(tell.send(outcome)))?;
        hear.await.map_err(|_error| Problem::internal("the writer has stopped"))?
    }

    fn submit<T, F, A>(&self, work: F, answer: A) -> Result<(), Problem>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T, Problem> + Send + 'static,
        A: FnOnce(Result<T, Problem>) + Send + 'static,
    {
        self.queue
            .send(Box::new(Work { work: Some(work), outcome: None, answer }))
            .map_err(|_error| Problem::internal("the writer has stopped"))
    }
}

fn serve(
    connector: &Connector,
    mut conn: Option<Conn>,
    jobs: &Receiver<Box<dyn Job>>,
    witness: &dyn Witness,
    checkpoints: &Checkpoints,
) {
    while let Ok(first) = jobs.recv() {
        let mut group = vec![first];
        group.extend(jobs.try_iter().take(GROUP - 1));
        let lost = match reopened(connector, conn.take()) {
            Ok(mut open) => {
                let outcome = commit(&mut open, &mut group, witness);
                // After a failed commit the connection's state is unknown, and one that was opened while the file could
                // not be written stays read-only for ever: the next group gets a new one.
                if outcome.is_ok() && !group.iter().any(|job| job.met_an_outage()) {
                    conn = Some(open);
                }
                outcome.err()
            }
            Err(error) => Some(error.to_string()),
        };
        match &lost {
            Some(reason) => tracing::error!(reason, "a group of writes was not committed"),
            None => checkpoints.committed(),
        }
        for job in group {
            job.answer(lost.clone());
        }
    }
}

fn reopened(connector: &Connector, conn: Option<Conn>) -> Result<Conn, diesel::r2d2::Error> {
    conn.map_or_else(|| opened(connector), Ok)
}

/// A connection whose commits leave the log to [`Checkpoints`].
fn opened(connector: &Connector) -> Result<Conn, diesel::r2d2::Error> {
    let mut conn = connector.connect()?;
    crate::on_each_database!(&mut conn, |c| c
        .batch_execute(&format!("PRAGMA wal_autocheckpoint = {MOST_PAGES}")))
    .map_err(diesel::r2d2::Error::QueryError)?;
    Ok(conn)
}

/// Runs the group in one transaction and makes it durable; says why that failed, if it did.
fn commit(conn: &mut Conn, group: &mut [Box<dyn Job>], witness: &dyn Witness) -> Result<(), String> {
    begin(conn).map_err(|e| e.to_string())?;
    if let [only] = group {
        if !only.run_alone(conn)? {
            return Ok(());
        }
    } else {
        for job in group.iter_mut() {
            job.run(conn)?;
        }
    }
    let seen = witness.before_commit(conn).map_err(|problem| format!("{problem:?}"))?;
    Manager::commit_transaction(conn).map_err(|e| e.to_string())?;
    witness.after_commit(seen);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use diesel::connection::SimpleConnection;
    use diesel::prelude::*;
    use diesel::sql_types::BigInt;
    use std::sync::Mutex;

    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        n: i64,
    }

    fn writer() -> (tempfile::TempDir, Writer) {
        watched(Arc::new(()))
    }

    fn watched(witness: Arc<dyn Witness>) -> (tempfile::TempDir, Writer) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("t.db");
        let connector = Connector::Sqlite(path.display().to_string());
        connector
            .connect()
            .unwrap()
            .batch_execute("CREATE TABLE t (id INTEGER PRIMARY KEY, who BIGINT NOT NULL)")
            .unwrap();
        (dir, Writer::start(connector, witness).unwrap())
    }

    fn insert(conn: &mut Conn, who: i64) -> Result<(), Problem> {
        diesel::sql_query("INSERT INTO t (who) VALUES ($1)").bind::<BigInt, _>(who).execute(conn)?;
        Ok(())
    }

    fn count(writer: &Writer) -> i64 {
        let one = |conn: &mut Conn| {
            Ok(diesel::sql_query("SELECT COUNT(*) AS n FROM t").get_result::<Count>(conn)?.n)
        };
        writer.write(one).unwrap()
    }

    #[test]
    fn every_callers_work_is_there_once() {
        let (_dir, writer) = writer();
        let writer = &writer;
        std::thread::scope(|scope| {
            for who in 0..8 {
                scope.spawn(move || {
                    for _ in 0..25 {
                        writer.write(move |conn| insert(conn, who)).unwrap();
                    }
                });
            }
        });
        assert_eq!(count(writer), 200);
    }

    #[test]
    fn a_refused_or_panicking_caller_takes_only_its_own_work_back() {
        let (_dir, writer) = writer();
        let refused = writer.write(|conn| {
            insert(conn, 1)?;
            Err::<(), _>(Problem::refused("不行"))
        });
        assert!(matches!(refused, Err(Problem::Refused(_))));
        let panicked = writer.write(|conn| -> Result<(), Problem> {
            insert(conn, 2)?;
            panic!("an accident in an action");
        });
        assert!(matches!(panicked, Err(Problem::Internal(_))));
        writer.write(|conn| insert(conn, 3)).unwrap();
        assert_eq!(count(&writer), 1);
    }

    /// What happened, in order.
    #[derive(Default)]
    struct Told(Mutex<Vec<&'static str>>);

    impl Told {
        fn tell(&self, what: &'static str) {
            self.0.lock().unwrap().push(what);
        }
    }

    impl Witness for Told {
        fn before_commit(&self, _: &mut Conn) -> Result<Option<Committed>, Problem> {
            self.tell("about to commit");
            Ok(Some(Committed { count: 1, head: String::new() }))
        }

        fn after_commit(&self, _: Option<Committed>) {
            self.tell("kept outside");
        }
    }

    #[test]
    fn nobody_is_answered_before_the_head_is_kept_outside() {
        let told = Arc::new(Told::default());
        let (_dir, writer) = watched(told.clone());
        writer.write(|conn| insert(conn, 1)).unwrap();
        told.tell("answered");
        assert_eq!(*told.0.lock().unwrap(), ["about to commit", "kept outside", "answered"]);
    }

    #[test]
    fn when_the_transaction_is_gone_everybody_hears_so_and_the_next_are_served() {
        let (_dir, writer) = writer();
        let gone = writer.write(|conn| {
            insert(conn, 1)?;
            // As SQLite does by itself when the disk is full.
            crate::on_each_database!(conn, |c| c.batch_execute("ROLLBACK"))?;
            Err::<(), _>(Problem::internal("the disk is full"))
        });
        assert!(matches!(gone, Err(Problem::Unavailable(_))), "{gone:?}");
        writer.write(|conn| insert(conn, 2)).unwrap();
        assert_eq!(count(&writer), 1);
    }
}
