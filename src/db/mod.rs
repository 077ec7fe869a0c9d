//! The one connection type for both databases, and the two ways to use it: read, or write in a transaction.

mod checkpoints;
mod values;
mod writer;

pub use values::{NewIds, coded, id, next_id};
pub use writer::{Committed, Witness, Writer};

use crate::error::Problem;
use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::prelude::*;
use diesel::r2d2::{self, R2D2Connection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

pub const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
pub const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// Held round migrations on PostgreSQL, so that two instances that start together don't race.
const MIGRATION_LOCK: i64 = 7_263_001;
/// Held by each audited write on PostgreSQL: the trail's chain has one end, so writes queue for it up front
/// instead of meeting there in a deadlock.
const WRITE_LOCK: i64 = 7_263_002;

/// Held together by everybody who is connected to one schema on PostgreSQL, so that a restore, which wants it alone,
/// finds out that somebody is at work.
pub const IN_USE_LOCK: i32 = 7_263_003;

/// A connection to whichever database the court chose. The URL decides.
#[derive(diesel::MultiConnection)]
pub enum Conn {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Conn {
    /// Whether this is the embedded database.
    pub fn is_sqlite(&self) -> bool {
        matches!(self, Conn::Sqlite(_))
    }
}

pub type Pool = r2d2::Pool<Connector>;
type Manager = <Conn as Connection>::TransactionManager;

/// Runs one query on whichever database is behind `conn`. Only for what diesel cannot
/// build for both at once: `ON CONFLICT`, and inserting several rows in one statement.
#[macro_export]
macro_rules! on_each_database {
    ($conn:expr, |$c:ident| $query:expr) => {
        match $conn {
            $crate::db::Conn::Sqlite($c) => $query,
            $crate::db::Conn::Postgres($c) => $query,
        }
    };
}

/// Inserts several rows: one by one on SQLite, where the statement then stays prepared from one call to the next; in one
/// statement on PostgreSQL, where each would be a journey of its own. A condition such as `on_conflict_do_nothing` may
/// follow.
#[macro_export]
macro_rules! insert_rows {
    ($conn:expr, $table:expr, $rows:expr $(, $condition:ident)?) => {
        match $conn {
            $crate::db::Conn::Sqlite(c) => $rows.into_iter().try_for_each(|row| {
                diesel::insert_into($table).values(row) $(.$condition())? .execute(c).map(drop)
            }),
            $crate::db::Conn::Postgres(c) => {
                diesel::insert_into($table).values($rows) $(.$condition())? .execute(c).map(drop)
            }
        }
    };
}

/// Runs `work` in a write transaction on this connection: all of it happens, or none, also when it panics.
///
/// On SQLite the write lock is taken first (`BEGIN IMMEDIATE`): a transaction that reads and only then writes
/// fails at once with "database is locked" when another writer got in between, whatever `busy_timeout` says.
///
/// # Errors
///
/// What `work` returns, or that the transaction could not begin or commit.
pub fn write<T>(conn: &mut Conn, work: impl FnOnce(&mut Conn) -> Result<T, Problem>) -> Result<T, Problem> {
    begin(conn)?;
    finish(conn, work)
}

fn begin(conn: &mut Conn) -> QueryResult<()> {
    match conn {
        Conn::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE"),
        Conn::Postgres(c) => AnsiTransactionManager::begin_transaction(c),
    }
}

/// Runs `work` in the transaction that has just begun, and ends that transaction.
fn finish<T>(conn: &mut Conn, work: impl FnOnce(&mut Conn) -> Result<T, Problem>) -> Result<T, Problem> {
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| work(conn)))
        .unwrap_or_else(|_| Err(Problem::internal("panicked in a transaction; rolled back")));
    match outcome {
        Ok(value) => Manager::commit_transaction(conn).map(|()| value).map_err(Problem::from),
        Err(problem) => {
            if let Err(error) = Manager::rollback_transaction(conn) {
                tracing::error!(%error, "a rollback failed");
            }
            Err(problem)
        }
    }
}

/// Runs `work` on one unchanging picture of the database.
///
/// # Errors
///
/// What `work` returns, or that the database is away.
pub fn read<T>(conn: &mut Conn, work: impl FnOnce(&mut Conn) -> Result<T, Problem>) -> Result<T, Problem> {
    match conn {
        Conn::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN")?,
        Conn::Postgres(c) => AnsiTransactionManager::begin_transaction_sql(
            c,
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        )?,
    }
    finish(conn, work)
}

/// The court's database: many readers, and one way in for writes.
#[derive(Clone)]
pub struct Database {
    pool: Pool,
    writer: Option<Arc<Writer>>,
    witness: Arc<dyn Witness>,
}

impl Database {
    /// Opens the database at `url` (`sqlite:PATH` or `postgres://…`). Its tables must be up to date: see [`migrate`].
    ///
    /// # Errors
    ///
    /// When the URL is of neither kind or the database cannot be reached.
    pub fn open(url: &str, witness: Arc<dyn Witness>) -> anyhow::Result<Self> {
        let connector = Connector::to(url).map_err(anyhow::Error::msg)?;
        let sqlite = matches!(connector, Connector::Sqlite(_));
        let writer =
            if sqlite { Some(Arc::new(Writer::start(connector.clone(), witness.clone())?)) } else { None };
        let pool = r2d2::Pool::builder()
            .max_size(8)
            .min_idle(Some(1))
            .test_on_check_out(!sqlite)
            .connection_timeout(Duration::from_secs(5))
            .error_handler(Box::new(LogPoolErrors))
            .build(connector)?;
        Ok(Database { pool, writer, witness })
    }

    /// Runs `work` on one unchanging picture of the database, on this thread.
    ///
    /// # Errors
    ///
    /// What `work` returns; `Unavailable` when no connection can be had.
    pub fn read<T>(&self, work: impl FnOnce(&mut Conn) -> Result<T, Problem>) -> Result<T, Problem> {
        read(&mut *self.connection()?, work)
    }

    /// Runs `work` in a write transaction and returns when it is durable. On SQLite the one writer runs it,
    /// together with what others asked for at the same time.
    ///
    /// # Errors
    ///
    /// What `work` returns, or that it could not be committed; then nothing of it happened.
    pub fn write<T, F>(&self, work: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T, Problem> + Send + 'static,
    {
        match &self.writer {
            Some(writer) => writer.write(work),
            None => self.write_on_postgres(work),
        }
    }

    /// Like [`Database::write`], for handlers: waits without holding a thread where that is possible.
    ///
    /// # Errors
    ///
    /// As [`Database::write`].
    pub async fn write_async<T, F>(&self, work: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T, Problem> + Send + 'static,
    {
        match &self.writer {
            Some(writer) => writer.write_async(work).await,
            None => {
                let database = self.clone();
                actix_web::web::block(move || database.write_on_postgres(work))
                    .await
                    .map_err(Problem::internal)?
            }
        }
    }

    /// A small write that no person asked for and the trail does not record, such as when a session was last seen or
    /// which instance holds a mail's lease.
    ///
    /// # Errors
    ///
    /// As [`Database::write`].
    pub fn touch<T, F>(&self, work: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T, Problem> + Send + 'static,
    {
        match &self.writer {
            Some(writer) => writer.write(work),
            None => write(&mut *self.connection()?, work),
        }
    }

    /// A connection of one's own, for what needs neither of the above: backup, checks, benchmarks.
    ///
    /// # Errors
    ///
    /// `Unavailable` when none can be had within five seconds.
    pub fn connection(&self) -> Result<r2d2::PooledConnection<Connector>, Problem> {
        self.pool.get().map_err(|error| Problem::Unavailable(error.into()))
    }

    fn write_on_postgres<T>(&self, work: impl FnOnce(&mut Conn) -> Result<T, Problem>) -> Result<T, Problem> {
        let conn = &mut *self.connection()?;
        let (value, seen) = write(conn, |conn| {
            diesel::sql_query("SELECT pg_advisory_xact_lock($1)")
                .bind::<diesel::sql_types::BigInt, _>(WRITE_LOCK)
                .execute(conn)?;
            let value = work(conn)?;
            Ok((value, self.witness.before_commit(conn)?))
        })?;
        self.witness.after_commit(seen);
        Ok(value)
    }
}

/// The pool retries by itself; an operator should still be able to read why it had to.
#[derive(Debug)]
struct LogPoolErrors;

impl r2d2::HandleError<r2d2::Error> for LogPoolErrors {
    fn handle_error(&self, error: r2d2::Error) {
        tracing::warn!(%error, "the database refused a connection");
    }
}

/// Opens connections to the court's database. The URL's scheme says which kind it is:
/// left to itself, diesel tries SQLite first and makes a new file out of a mistyped URL.
#[derive(Clone, Debug)]
pub enum Connector {
    /// `sqlite:PATH`, with the path kept.
    Sqlite(String),
    /// `postgres://…`, with the whole URL kept.
    Postgres(String),
}

impl Connector {
    /// # Errors
    ///
    /// When the URL begins with neither `sqlite:` nor `postgres:`.
    pub fn to(url: &str) -> Result<Self, String> {
        match url.split_once(':') {
            Some(("sqlite", path)) => {
                Ok(Connector::Sqlite(path.strip_prefix("//").unwrap_or(path).to_owned()))
            }
            Some(("postgres" | "postgresql", _)) => Ok(Connector::Postgres(url.to_owned())),
            _ => Err("数据库地址必须以 sqlite: 或 postgres: 开头，请检查设置。".to_owned()),
        }
    }
}

impl r2d2::ManageConnection for Connector {
    type Connection = Conn;
    type Error = r2d2::Error;

    /// A connection that has been told what every connection must be told.
    fn connect(&self) -> Result<Conn, r2d2::Error> {
        let mut conn = match self {
            Connector::Sqlite(path) => {
                made_private(path)?;
                Conn::Sqlite(SqliteConnection::establish(path).map_err(r2d2::Error::ConnectionError)?)
            }
            Connector::Postgres(url) => {
                Conn::Postgres(PgConnection::establish(url).map_err(r2d2::Error::ConnectionError)?)
            }
        };
        match &mut conn {
            Conn::Sqlite(c) => c.batch_execute(
                "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
                 PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -20000;",
            ),
            Conn::Postgres(c) => c.batch_execute(&format!(
                "SET TIME ZONE 'UTC'; SET client_min_messages = warning; \
                 SELECT pg_advisory_lock_shared({IN_USE_LOCK}, hashtext(current_schema()))"
            )),
        }
        .map_err(r2d2::Error::QueryError)?;
        Ok(conn)
    }

    fn is_valid(&self, conn: &mut Conn) -> Result<(), r2d2::Error> {
        conn.ping().map_err(r2d2::Error::QueryError)
    }

    fn has_broken(&self, conn: &mut Conn) -> bool {
        std::thread::panicking() || conn.is_broken()
    }
}

/// Makes the database's file where there is none; SQLite gives its log the same rights. Other names than paths are for
/// SQLite to read.
fn made_private(path: &str) -> Result<(), r2d2::Error> {
    if path.is_empty() || path.starts_with(':') || path.starts_with("file:") {
        return Ok(());
    }
    crate::private::ensure_file(Path::new(path))
        .map_err(|error| r2d2::Error::ConnectionError(ConnectionError::BadConnection(error.to_string())))
}

/// Brings the tables of the database at `url` up to date and returns how many migrations that took.
///
/// # Errors
///
/// When it cannot be reached, or a migration fails. The server does not start without it.
pub fn migrate(url: &str) -> anyhow::Result<usize> {
    let connector = Connector::to(url).map_err(anyhow::Error::msg)?;
    let mut conn = r2d2::ManageConnection::connect(&connector)?;
    migrate_on(&mut conn)
}

/// [`migrate`] on a connection that is already there.
///
/// # Errors
///
/// When a migration fails.
pub fn migrate_on(conn: &mut Conn) -> anyhow::Result<usize> {
    match conn {
        Conn::Sqlite(c) => c.run_pending_migrations(SQLITE).map(|done| done.len()),
        Conn::Postgres(c) => {
            advisory(c, "SELECT pg_advisory_lock($1)")?;
            let done = c.run_pending_migrations(POSTGRES).map(|done| done.len());
            advisory(c, "SELECT pg_advisory_unlock($1)")?;
            done
        }
    }
    .map_err(|error| anyhow::anyhow!("a migration failed: {error}"))
}

fn advisory(conn: &mut PgConnection, sql: &str) -> QueryResult<usize> {
    diesel::sql_query(sql).bind::<diesel::sql_types::BigInt, _>(MIGRATION_LOCK).execute(conn)
}

/// Turns off what SQLite does for programs that share one connection among threads, which the types forbid here, and its
/// memory statistics, whose lock makes two readers slower than one. Must come before the first connection; later it has
/// no effect.
#[expect(
    unsafe_code,
    reason = "the only way to these switches; called before any connection, as SQLite demands"
)]
pub fn quiet_sqlite() {
    // SAFETY: the arguments are those that SQLite documents for these options; a connection is never used by two threads
    // at once, because `SqliteConnection` is not `Sync`.
    unsafe {
        libsqlite3_sys::sqlite3_config(libsqlite3_sys::SQLITE_CONFIG_MULTITHREAD);
        libsqlite3_sys::sqlite3_config(libsqlite3_sys::SQLITE_CONFIG_MEMSTATUS, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistyped_url_is_refused_instead_of_becoming_a_file() {
        assert!(Connector::to("postgress:court").is_err());
        assert!(Connector::to("court.db").is_err());
        assert!(matches!(Connector::to("sqlite:/a/b.db"), Ok(Connector::Sqlite(p)) if p == "/a/b.db"));
        assert!(matches!(Connector::to("postgresql://h/d"), Ok(Connector::Postgres(_))));
    }
}
