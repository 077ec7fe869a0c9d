//! `tingsong backup` and `tingsong restore` as an operator runs them.

use diesel::RunQueryDsl;
use diesel::r2d2::ManageConnection;
use std::path::Path;
use std::process::Command;
use tingsong::db::Connector;

/// Runs the real program; whether it succeeded, and all that it said.
fn tingsong(data: &Path, arguments: &[&str]) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_tingsong"))
        .env_remove("TINGSONG_DATA")
        .arg("--data")
        .arg(data)
        .args(arguments)
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(said).unwrap())
}

#[test]
fn an_operator_backs_up_loses_the_machine_and_restores_on_another() {
    let dir = tempfile::tempdir().unwrap();
    let (old, new, copy) = (dir.path().join("old"), dir.path().join("new"), dir.path().join("copy"));
    let copy_name = copy.to_str().unwrap();
    let (good, said) = tingsong(&old, &["backup", "--to", copy_name]);
    assert!(good && said.contains("备份完成") && said.contains("没有密钥文件"), "{said}");
    let (good, said) = tingsong(&old, &["backup", "--to", copy_name]);
    assert!(!good && said.contains("已经存在"), "{said}");

    let (good, said) = tingsong(&new, &["restore", "--from", copy_name]);
    assert!(!good, "there is no key yet: {said}");
    std::fs::create_dir_all(&new).unwrap();
    std::fs::copy(old.join("key"), new.join("key")).unwrap();
    let (good, said) = tingsong(&new, &["restore", "--from", copy_name]);
    assert!(good && said.contains("恢复完成"), "{said}");
    let (good, said) = tingsong(&new, &["--at", "2030-01-01T09:00", "restore", "--from", copy_name]);
    assert!(good && said.contains("原来的数据保留在") && said.contains("replaced-20300101-090000"), "{said}");
    let (good, said) = tingsong(&new, &["migrate"]);
    assert!(good && said.contains("已是最新"), "{said}");
}

#[test]
fn an_operator_reads_which_promises_a_copy_breaks_and_decides() {
    let dir = tempfile::tempdir().unwrap();
    let (data, copy) = (dir.path().join("data"), dir.path().join("copy"));
    let (good, said) =
        tingsong(&data, &["court", "add", "--code", "豫0404", "--name", "石龙区人民法院", "--short", "石法"]);
    assert!(good, "{said}");
    let mut conn = Connector::Sqlite(data.join("tingsong.db").display().to_string()).connect().unwrap();
    diesel::sql_query("INSERT INTO counters SELECT id, 'matter', 2026, 3 FROM courts")
        .execute(&mut conn)
        .unwrap();
    drop(conn);
    let copy = copy.to_str().unwrap();
    let (good, said) = tingsong(&data, &["backup", "--to", copy]);
    assert!(good, "{said}");

    let before = std::fs::read(data.join("tingsong.db")).unwrap();
    let (good, said) = tingsong(&data, &["restore", "--from", copy]);
    assert!(!good && said.contains("× 承诺 10，事项编号不重不漏：3 处不符合。"), "{said}");
    assert!(said.contains("现有数据没有改动") && said.contains("--despite-checks"), "{said}");
    assert_eq!(std::fs::read(data.join("tingsong.db")).unwrap(), before);
    let (good, said) = tingsong(&data, &["restore", "--from", copy, "--despite-checks"]);
    assert!(good && said.contains("恢复完成") && said.contains("事项编号不重不漏"), "{said}");
}
