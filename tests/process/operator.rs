//! What an operator relies on without asking: who can read the data, and by whose calendar a date is reckoned.

use diesel::connection::SimpleConnection;
use diesel::r2d2::ManageConnection;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;
use tingsong::db::{Conn, Connector};

/// Runs the real program, which may make files that everybody can read; what it said.
fn tingsong(data: &Path, arguments: &[&str]) -> String {
    let output = Command::new("sh")
        .args(["-c", "umask 000; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_tingsong"), "--data"])
        .arg(data)
        .args(arguments)
        .env_remove("TINGSONG_DATA")
        .output()
        .unwrap();
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {complained}");
    String::from_utf8(output.stdout).unwrap()
}

fn in_database(data: &Path, sql: &str) -> Conn {
    let mut conn = Connector::Sqlite(data.join("tingsong.db").display().to_string()).connect().unwrap();
    tingsong::on_each_database!(&mut conn, |c| c.batch_execute(sql)).unwrap();
    conn
}

#[track_caller]
fn is_private(path: &Path) {
    let metadata = path.metadata().unwrap();
    let mode = metadata.permissions().mode() & 0o777;
    assert_eq!(mode, if metadata.is_dir() { 0o700 } else { 0o600 }, "{}", path.display());
    if metadata.is_dir() {
        std::fs::read_dir(path).unwrap().for_each(|entry| is_private(&entry.unwrap().path()));
    }
}

#[test]
fn nobody_else_on_the_machine_can_read_the_data_or_a_backup() {
    let dir = tempfile::tempdir().unwrap();
    let (data, copy) = (dir.path().join("court/data"), dir.path().join("copies/monday"));
    tingsong(&data, &["court", "add", "--code", "豫0404", "--name", "石龙区人民法院", "--short", "石法"]);
    tingsong(&data, &["mail", "test", "wang@court.example"]);
    let conn = in_database(&data, "CREATE TABLE more (id INTEGER)");
    for name in ["tingsong.db", "tingsong.db-wal", "tingsong.db-shm", "anchor", "key"] {
        is_private(&data.join(name));
    }
    is_private(&data);
    drop(conn);
    in_database(&data, "DROP TABLE more");
    tingsong(&data, &["backup", "--to", copy.to_str().unwrap()]);
    is_private(&copy);
    tingsong(&data, &["restore", "--from", copy.to_str().unwrap()]);
    is_private(&data);
}

#[test]
fn a_date_is_reckoned_by_the_courts_own_calendar_where_there_is_one() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let due = ["calendar", "due", "--from", "2026-11-23", "--working-days", "1"];
    let told = tingsong(&data, &due);
    assert_eq!(told.lines().next(), Some("2026-11-24"));
    assert!(told.lines().last().unwrap().contains("按软件自带的工作日历推算"), "{told}");
    assert!(!data.exists(), "it makes nothing");

    tingsong(&data, &["migrate"]);
    assert!(tingsong(&data, &due).contains("按软件自带的工作日历推算"), "its calendar is empty");

    tingsong(&data, &["court", "add", "--code", "豫0404", "--name", "石龙区人民法院", "--short", "石法"]);
    drop(in_database(
        &data,
        "INSERT INTO calendar_days (day, kind, name) VALUES ('2026-11-24', 'holiday', '院庆')",
    ));
    let told = tingsong(&data, &due);
    assert_eq!(told.lines().next(), Some("2026-11-25"), "{told}");
    assert_eq!(told.lines().last(), Some("按本院的工作日历推算。"));

    std::fs::write(data.join("tingsong.db"), "not a database at all, and long enough to be one ...").unwrap();
    let told = tingsong(&data, &due);
    assert_eq!(told.lines().next(), Some("2026-11-24"));
    assert!(told.lines().last().unwrap().contains("本院的数据库现在打不开"), "{told}");
}
