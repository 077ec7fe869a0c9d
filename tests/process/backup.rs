//! `tingsong backup` and `tingsong restore` as an operator runs them.

use std::path::Path;
use std::process::Command;

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
