//! What backup and restore ask of each database.

use super::manifest::Engine;
use crate::db::{self, Conn};
use crate::error::Problem;
use diesel::migration::{Migration, MigrationSource};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Text};
use diesel_migrations::MigrationHarness;
use std::collections::BTreeMap;
use std::io::{BufRead, Write};
use std::path::Path;

/// How many rows go over at a time.
const BATCH: usize = 2_000;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Nullable<Text>)]
    line: Option<String>,
}

fn lines(conn: &mut Conn, sql: &str) -> QueryResult<Vec<String>> {
    let rows: Vec<Line> = diesel::sql_query(sql).load(conn)?;
    Ok(rows.into_iter().filter_map(|row| row.line).collect())
}

pub fn engine(conn: &Conn) -> Engine {
    if conn.is_sqlite() { Engine::Sqlite } else { Engine::Postgres }
}

/// The migrations that have been applied, in order.
pub fn migrations(conn: &mut Conn) -> QueryResult<Vec<String>> {
    lines(conn, "SELECT version AS line FROM __diesel_schema_migrations ORDER BY version")
}

/// Every migration that this program knows, in order. The two databases have the same ones.
pub fn known_migrations() -> Result<Vec<String>, Problem> {
    let all: Vec<Box<dyn Migration<Pg>>> = db::POSTGRES
        .migrations()
        .map_err(|error| Problem::Internal(anyhow::anyhow!("the migrations can't be listed: {error}")))?;
    let mut versions: Vec<String> =
        all.iter().map(|migration| migration.name().version().to_string()).collect();
    versions.sort();
    Ok(versions)
}

/// Applies the next `count` migrations.
pub fn migrate_by(conn: &mut Conn, count: usize) -> Result<(), Problem> {
    let failed = |error| Problem::Internal(anyhow::anyhow!("a migration failed: {error}"));
    for _ in 0..count {
        match conn {
            Conn::Sqlite(c) => c.run_next_migration(db::SQLITE).map(|_| ()),
            Conn::Postgres(c) => c.run_next_migration(db::POSTGRES).map(|_| ()),
        }
        .map_err(failed)?;
    }
    Ok(())
}

/// Every table that holds data.
pub fn tables(conn: &mut Conn) -> QueryResult<Vec<String>> {
    let sql = if conn.is_sqlite() {
        "SELECT name AS line FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' \
         AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_\\_diesel%' ESCAPE '\\' ORDER BY name"
    } else {
        "SELECT tablename::text AS line FROM pg_tables WHERE schemaname = current_schema() \
         AND tablename NOT LIKE '\\_\\_diesel%' ORDER BY tablename"
    };
    lines(conn, sql)
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// How many rows each table has.
pub fn counts(conn: &mut Conn) -> QueryResult<BTreeMap<String, i64>> {
    let mut counts = BTreeMap::new();
    for table in tables(conn)? {
        let row: Number =
            diesel::sql_query(format!("SELECT COUNT(*) AS n FROM \"{table}\"")).get_result(conn)?;
        counts.insert(table, row.n);
    }
    Ok(counts)
}

/// The content that attachments name, each once.
pub fn attachment_hashes(conn: &mut Conn) -> QueryResult<Vec<String>> {
    lines(conn, "SELECT DISTINCT hash AS line FROM attachments ORDER BY hash")
}

/// What is wrong inside the database file or between its tables, in the database's own words. PostgreSQL has looked at
/// the same while it was loaded.
pub fn damages(conn: &mut Conn) -> QueryResult<Vec<String>> {
    if !conn.is_sqlite() {
        return Ok(Vec::new());
    }
    let mut found = lines(conn, "SELECT integrity_check AS line FROM pragma_integrity_check")?;
    found.retain(|line| line != "ok");
    found.extend(lines(
        conn,
        "SELECT \"table\" || ' → ' || parent AS line FROM pragma_foreign_key_check LIMIT 20",
    )?);
    Ok(found)
}

// -- SQLite ----------------------------------------------------------------------------------------------------------

/// Writes a consistent copy of the database to `to` while others go on working.
pub fn copy_sqlite(conn: &mut Conn, to: &Path) -> QueryResult<()> {
    diesel::sql_query("VACUUM INTO $1").bind::<Text, _>(to.display().to_string()).execute(conn).map(|_| ())
}

/// Folds the write-ahead log into the file, so that the file alone is the database. `false` while anybody else has it
/// open.
pub fn fold(conn: &mut Conn) -> Result<bool, Problem> {
    #[derive(QueryableByName)]
    struct Mode {
        #[diesel(sql_type = Text)]
        journal_mode: String,
    }
    diesel::sql_query("PRAGMA busy_timeout = 0").execute(conn)?;
    match diesel::sql_query("PRAGMA journal_mode = DELETE").get_result::<Mode>(conn) {
        Ok(mode) => Ok(mode.journal_mode == "delete"),
        Err(diesel::result::Error::DatabaseError(_, about)) if about.message().contains("locked") => {
            Ok(false)
        }
        Err(error) => Err(error.into()),
    }
}

// -- PostgreSQL ------------------------------------------------------------------------------------------------------

/// Writes every row of `table` as a line of JSON. Must run in one transaction for all tables. Returns how many.
pub fn dump(conn: &mut Conn, table: &str, out: &mut impl Write) -> Result<i64, Problem> {
    diesel::sql_query(format!(
        "DECLARE tingsong_copy NO SCROLL CURSOR FOR SELECT row_to_json(t)::text AS line FROM \"{table}\" t"
    ))
    .execute(conn)?;
    let mut count = 0;
    loop {
        let batch = lines(conn, &format!("FETCH {BATCH} FROM tingsong_copy"))?;
        if batch.is_empty() {
            break;
        }
        for line in &batch {
            out.write_all(line.as_bytes())?;
            out.write_all(b"\n")?;
        }
        count += i64::try_from(batch.len()).map_err(Problem::internal)?;
    }
    diesel::sql_query("CLOSE tingsong_copy").execute(conn)?;
    Ok(count)
}

/// Puts the rows that [`dump`] wrote into the empty `table`.
pub fn load(conn: &mut Conn, table: &str, input: impl BufRead) -> Result<(), Problem> {
    let insert = |conn: &mut Conn, batch: &[String]| {
        let sql = format!(
            "INSERT INTO \"{table}\" SELECT * FROM json_populate_recordset(NULL::\"{table}\", $1::json)"
        );
        diesel::sql_query(sql).bind::<Text, _>(format!("[{}]", batch.join(","))).execute(conn)
    };
    let mut batch = Vec::with_capacity(BATCH);
    for line in input.lines() {
        batch.push(line?);
        if batch.len() == BATCH {
            insert(conn, &batch)?;
            batch.clear();
        }
    }
    if !batch.is_empty() {
        insert(conn, &batch)?;
    }
    Ok(())
}

#[derive(QueryableByName)]
struct ForeignKey {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    of_table: String,
    #[diesel(sql_type = Text)]
    definition: String,
}

/// Runs `work` without foreign keys, so that tables can be filled in any order, and puts them back, which checks every
/// row.
pub fn without_foreign_keys(
    conn: &mut Conn,
    work: impl FnOnce(&mut Conn) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let keys: Vec<ForeignKey> = diesel::sql_query(
        "SELECT c.conname::text AS name, r.relname::text AS of_table, pg_get_constraintdef(c.oid) AS definition \
         FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid \
         WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace ORDER BY r.relname, c.conname",
    )
    .load(conn)?;
    for key in &keys {
        let sql = format!("ALTER TABLE \"{}\" DROP CONSTRAINT \"{}\"", key.of_table, key.name);
        diesel::sql_query(sql).execute(conn)?;
    }
    work(conn)?;
    for key in &keys {
        let ForeignKey { name, of_table, definition } = key;
        let sql = format!("ALTER TABLE \"{of_table}\" ADD CONSTRAINT \"{name}\" {definition}");
        diesel::sql_query(sql).execute(conn)?;
    }
    Ok(())
}

/// The schema that the court's tables are in.
pub fn current_schema(conn: &mut Conn) -> Result<String, Problem> {
    let found = lines(conn, "SELECT current_schema()::text AS line")?;
    found.into_iter().next().ok_or_else(|| {
        Problem::refused("PostgreSQL 里没有可用的模式（schema）。请检查数据库地址里的 search_path。")
    })
}

/// Whether nobody else is connected to these tables; from then on nobody else can connect while this connection lives.
pub fn alone(conn: &mut Conn) -> QueryResult<bool> {
    #[derive(QueryableByName)]
    struct Alone {
        #[diesel(sql_type = Bool)]
        alone: bool,
    }
    let sql = "SELECT pg_try_advisory_lock($1, hashtext(current_schema())) AS alone";
    let row: Alone =
        diesel::sql_query(sql).bind::<diesel::sql_types::Integer, _>(db::IN_USE_LOCK).get_result(conn)?;
    Ok(row.alone)
}

/// Makes an empty schema and works in it from now on.
pub fn enter_new_schema(conn: &mut Conn, name: &str) -> QueryResult<()> {
    diesel::sql_query(format!("CREATE SCHEMA \"{name}\"")).execute(conn)?;
    enter_schema(conn, name)
}

pub fn enter_schema(conn: &mut Conn, name: &str) -> QueryResult<()> {
    diesel::sql_query(format!("SET search_path TO \"{name}\"")).execute(conn).map(|_| ())
}

pub fn drop_schema(conn: &mut Conn, name: &str) -> QueryResult<()> {
    diesel::sql_query(format!("DROP SCHEMA IF EXISTS \"{name}\" CASCADE")).execute(conn).map(|_| ())
}

/// Puts the schema `new` in the place of `place`, which is kept as `aside`.
pub fn exchange_schemas(conn: &mut Conn, new: &str, place: &str, aside: &str) -> Result<(), Problem> {
    db::write(conn, |conn| {
        diesel::sql_query(format!("ALTER SCHEMA \"{place}\" RENAME TO \"{aside}\"")).execute(conn)?;
        diesel::sql_query(format!("ALTER SCHEMA \"{new}\" RENAME TO \"{place}\"")).execute(conn)?;
        Ok(())
    })
}
