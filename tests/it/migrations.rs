//! Migrations are code: up, down, up again, the same on both databases, and `schema.rs` says what is there.

use crate::support::TestDatabase;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::r2d2::ManageConnection;
use diesel::sql_types::Text;
use diesel_migrations::MigrationHarness;
use std::collections::BTreeMap;
use tingsong::db::{self, Conn, Connector};

#[derive(QueryableByName, Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Described {
    #[diesel(sql_type = Text)]
    line: String,
}

/// Every table's columns, with types in one vocabulary and whether they may be null.
fn describe(conn: &mut Conn) -> Vec<String> {
    let sql = if conn.is_sqlite() {
        "SELECT m.name || '.' || p.name || ' ' || CASE WHEN p.type = 'INTEGER' AND p.pk > 0 THEN 'BIGINT' ELSE p.type END || \
         CASE WHEN p.\"notnull\" = 1 THEN ' NOT NULL' ELSE '' END AS line \
         FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table'"
    } else {
        "SELECT table_name || '.' || column_name || ' ' || CASE data_type WHEN 'timestamp without time zone' \
         THEN 'TIMESTAMP' WHEN 'bytea' THEN 'BLOB' ELSE upper(data_type) END || \
         CASE is_nullable WHEN 'NO' THEN ' NOT NULL' ELSE '' END AS line \
         FROM information_schema.columns WHERE table_schema = current_schema()"
    };
    let rows: Vec<Described> = diesel::sql_query(sql).load(conn).unwrap();
    let mut lines: Vec<String> = rows
        .into_iter()
        .map(|row| row.line)
        .filter(|line| {
            let ours = ["sqlite_", "__diesel", "search_"];
            !ours.iter().any(|prefix| line.starts_with(prefix))
        })
        .collect();
    lines.sort();
    lines
}

fn open(database: &TestDatabase) -> Conn {
    Connector::to(&database.url).unwrap().connect().unwrap()
}

fn down_all(conn: &mut Conn) {
    match conn {
        Conn::Sqlite(c) => c.revert_all_migrations(db::SQLITE).map(|_| ()),
        Conn::Postgres(c) => c.revert_all_migrations(db::POSTGRES).map(|_| ()),
    }
    .unwrap();
}

fn up_down_up(database: &TestDatabase) -> Vec<String> {
    let conn = &mut open(database);
    assert!(db::migrate_on(conn).unwrap() > 0);
    let first = describe(conn);
    down_all(conn);
    assert_eq!(describe(conn), Vec::<String>::new(), "down leaves something behind");
    db::migrate_on(conn).unwrap();
    assert_eq!(describe(conn), first);
    assert_eq!(db::migrate_on(conn).unwrap(), 0);
    first
}

/// The columns that `schema.rs` declares, in the same words.
fn declared() -> Vec<String> {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/schema.rs")).unwrap();
    let types: BTreeMap<&str, &str> = [
        ("BigInt", "BIGINT"),
        ("Integer", "INTEGER"),
        ("Text", "TEXT"),
        ("Bool", "BOOLEAN"),
        ("Timestamp", "TIMESTAMP"),
        ("Date", "DATE"),
        ("Binary", "BLOB"),
    ]
    .into();
    let mut table = String::new();
    let mut lines = Vec::new();
    for line in text.lines().map(str::trim) {
        if let Some((column, kind)) = line.trim_end_matches(',').split_once(" -> ") {
            if line.contains("joinable") {
                continue;
            }
            let bare = kind.strip_prefix("Nullable<").map(|kind| kind.trim_end_matches('>'));
            let null = if bare.is_some() { "" } else { " NOT NULL" };
            lines.push(format!("{table}.{column} {}{null}", types[bare.unwrap_or(kind)]));
        } else if line.ends_with(") {") {
            table = line.split(" (").next().unwrap().to_owned();
        }
    }
    lines.sort();
    lines
}

#[test]
fn sqlite_goes_up_down_up_and_is_what_the_schema_says() {
    assert_eq!(up_down_up(&TestDatabase::sqlite()), declared());
}

#[test]
fn postgres_goes_up_down_up_and_is_what_the_schema_says() {
    if let Some(database) = TestDatabase::postgres() {
        assert_eq!(up_down_up(&database), declared());
    }
}

#[test]
fn both_databases_have_the_same_migrations() {
    let names = |kind: &str| {
        let path = format!("{}/migrations/{kind}", env!("CARGO_MANIFEST_DIR"));
        let mut names: Vec<String> = std::fs::read_dir(path)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    assert_eq!(names("sqlite"), names("postgres"));
}

#[test]
fn nothing_deletes_or_rewrites_the_trail() {
    let databases = [Some(TestDatabase::sqlite()), TestDatabase::postgres()];
    for database in databases.iter().flatten() {
        let conn = &mut open(database);
        db::migrate_on(conn).unwrap();
        let insert = "INSERT INTO audit_entries (seq, at, actor_name, action, subject_kind, digests, prev, hash) \
                      VALUES (1, '2026-11-23 01:00:00', '系统', 'x', 'system', '', '', 'h')";
        conn.batch_execute(insert).unwrap();
        assert!(conn.batch_execute("UPDATE audit_entries SET action = 'y'").is_err());
        assert!(conn.batch_execute("DELETE FROM audit_entries").is_err());
    }
}
