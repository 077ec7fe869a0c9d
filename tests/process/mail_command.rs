//! `tingsong mail test` as an operator runs it, against a real SMTP server.

use crate::gate::need;
use crate::smtp::Peer;
use serde_json::Value;
use std::path::Path;
use std::process::Command;
use tingsong::mail::Security;

/// Runs it with these settings; its exit code, and what it said to each output.
fn mail_test(data: &Path, settings: &[(&str, &str)], arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_tingsong"))
        .env_remove("TINGSONG_DATA")
        .envs(settings.iter().copied())
        .arg("--data")
        .arg(data)
        .args(["mail", "test"])
        .args(arguments)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn over_smtp(port: &str) -> [(&'static str, &str); 5] {
    [
        ("TINGSONG_MAIL_TRANSPORT", "smtp"),
        ("TINGSONG_MAIL_HOST", "127.0.0.1"),
        ("TINGSONG_MAIL_PORT", port),
        ("TINGSONG_MAIL_SECURITY", "plain"),
        ("TINGSONG_MAIL_FROM", "听讼 <tingsong@court.example>"),
    ]
}

#[test]
fn a_test_mail_that_the_server_takes_is_said_to_be_sent() {
    let Some(python) = need("TINGSONG_TEST_SMTP") else { return };
    let dir = tempfile::tempdir().unwrap();
    let peer = Peer::start(&python, &dir.path().join("peer"), Security::Plain, 0);
    let data = dir.path().join("data");
    let port = peer.port.to_string();
    let (code, said, complained) = mail_test(&data, &over_smtp(&port), &["wang@court.example"]);
    assert_eq!(code, Some(0), "{said}\n{complained}");
    assert!(said.starts_with("测试邮件已经发出。\n回答：250 2.0.0 kept\n"), "{said}");
    let [arrived] = &peer.accepted()[..] else { panic!("{:?}", peer.accepted()) };
    assert_eq!(arrived["headers"]["Subject"], "听讼：测试邮件");
    assert_eq!(arrived["rcpt_tos"][0], "wang@court.example");
    assert!(said.contains(arrived["headers"]["Message-ID"].as_str().unwrap()), "{said}");
    assert!(!data.exists(), "it needs no data");
}

#[test]
fn a_refused_recipient_ends_with_1_and_the_servers_words() {
    let Some(python) = need("TINGSONG_TEST_SMTP") else { return };
    let dir = tempfile::tempdir().unwrap();
    let peer = Peer::start(&python, &dir.path().join("peer"), Security::Plain, 0);
    let port = peer.port.to_string();
    let (code, said, complained) = mail_test(dir.path(), &over_smtp(&port), &["rcpt-550@court.example"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("停在提交收件人时") && said.contains("550 5.7.0 as the test wants it"), "{said}");
    assert!(said.contains("请核对收件地址"), "{said}");
    assert_eq!(complained.trim(), "测试邮件没有发出去，原因见上。");
    assert!(peer.accepted().is_empty());

    let (code, said, _) = mail_test(dir.path(), &over_smtp(&port), &["rcpt-550@court.example", "--json"]);
    let told: Value = serde_json::from_str(&said).unwrap();
    assert_eq!((code, &told["sent"], &told["stopped"]), (Some(1), &false.into(), &"提交收件人时".into()));
    assert!(told["reply"].as_str().unwrap().starts_with("550 "), "{told}");
}

#[test]
fn a_server_that_is_not_there_ends_with_1_and_says_what_to_check() {
    let dir = tempfile::tempdir().unwrap();
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string();
    let (code, said, _) = mail_test(dir.path(), &over_smtp(&free), &["wang@court.example"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("邮件服务器没有开启，或者端口不对"), "{said}");
    assert!(said.contains("请核对 mail.host") && said.contains(&format!("127.0.0.1:{free}")), "{said}");
}

#[test]
fn without_a_server_the_test_mail_becomes_a_file_and_a_wrong_address_none() {
    let dir = tempfile::tempdir().unwrap();
    let (code, said, _) = mail_test(dir.path(), &[], &["wang@court.example", "--json"]);
    let told: Value = serde_json::from_str(&said).unwrap();
    assert_eq!((code, &told["sent"]), (Some(0), &true.into()));
    assert_eq!(std::fs::read_dir(dir.path().join("mail")).unwrap().count(), 1);

    let (code, said, complained) = mail_test(dir.path(), &[], &["王院长"]);
    assert_eq!((code, said.as_str()), (Some(1), ""));
    assert!(complained.contains("“王院长”不是有效的邮件地址"), "{complained}");
    let none = [("TINGSONG_MAIL_TRANSPORT", "none")];
    let (code, _, complained) = mail_test(dir.path(), &none, &["wang@court.example"]);
    assert!(code == Some(1) && complained.contains("mail.transport"), "{complained}");
}
