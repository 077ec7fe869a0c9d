//! The real binary, killed (SIGKILL) at any moment while people register over HTTP: every registration that was
//! acknowledged is there once, the trail verifies, and the check is clean. On both databases.

use crate::databases::TestDatabase;
use crate::server::{Server, done, found, hidden, page, signed_in, sound, tingsong, visitor};
use diesel::prelude::*;
use diesel::r2d2::ManageConnection;
use reqwest::{Client, StatusCode};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tingsong::db::Connector;
use tokio::sync::mpsc;

const ROUNDS: usize = 5;
const CLERKS: usize = 6;

#[test]
fn sqlite() {
    survives(&TestDatabase::sqlite());
}

#[test]
fn postgres() {
    if let Some(database) = TestDatabase::postgres() {
        survives(&database);
    }
}

/// Sends one visitor's form. The receipt's address, when it was acknowledged; `None` when the server died on the way.
async fn register(client: &Client, base: &str, csrf: &str, key: &str, sequence: usize) -> Option<String> {
    let fields = visitor(csrf, key, sequence);
    let answer = client.post(format!("{base}/intake/register")).form(&fields).send().await.ok()?;
    let (status, location) = (answer.status(), answer.headers().get("location").cloned());
    if status != StatusCode::SEE_OTHER {
        let page = answer.text().await.ok()?;
        panic!("{key}: {status}\n{page}");
    }
    let location = location.unwrap();
    location.to_str().unwrap().split('?').next().map(str::to_owned)
}

/// A clerk registers one visitor after the other until the server is gone; each acknowledged key goes to `acknowledged`.
async fn clerk(
    client: Client,
    base: String,
    csrf: String,
    (round, desk): (usize, usize),
    acknowledged: mpsc::UnboundedSender<(String, String)>,
    over: Arc<AtomicBool>,
) {
    for n in 0.. {
        let (key, sequence) = (format!("{round}-{desk}-{n}"), ((round - 1) * CLERKS + desk) * 1000 + n);
        let sent = register(&client, &base, &csrf, &key, sequence).await;
        let Some(receipt) = sent else { break };
        // Every third clerk is impatient and clicks twice.
        if n % 3 == 0 {
            match register(&client, &base, &csrf, &key, sequence).await {
                Some(again) => assert_eq!(again, receipt, "{key} was sent twice"),
                None => drop(acknowledged.send((key.clone(), receipt.clone()))),
            }
        }
        if acknowledged.send((key, receipt)).is_err() || over.load(Ordering::SeqCst) {
            break;
        }
    }
}

/// One round: the clerks at work, and the kill after this many acknowledgements.
async fn round(
    server: Server,
    client: &Client,
    number: usize,
    kill_after: usize,
    acknowledged: &mut HashMap<String, String>,
) {
    let csrf = hidden(&page(client, &format!("{}/intake/new", server.address)).await, "csrf");
    let (sender, mut heard) = mpsc::unbounded_channel();
    let over = Arc::new(AtomicBool::new(false));
    let clerks: Vec<_> = (0..CLERKS)
        .map(|desk| {
            let work = (client.clone(), server.address.clone(), csrf.clone());
            tokio::spawn(clerk(work.0, work.1, work.2, (number, desk), sender.clone(), over.clone()))
        })
        .collect();
    drop(sender);
    for _ in 0..kill_after {
        let (key, receipt) = heard.recv().await.expect("the clerks are at work");
        acknowledged.insert(key, receipt);
    }
    server.kill();
    over.store(true, Ordering::SeqCst);
    for clerk in clerks {
        clerk.await.unwrap();
    }
    while let Some((key, receipt)) = heard.recv().await {
        acknowledged.insert(key, receipt);
    }
}

fn survives(database: &TestDatabase) {
    let one_time = found(database);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(rounds(database, &one_time));
}

async fn rounds(database: &TestDatabase, one_time: &str) {
    let mut acknowledged = HashMap::new();
    let mut client = None;
    for number in 1..=ROUNDS {
        let server = Server::start(database);
        let client = match &client {
            Some(client) => client,
            None => client.insert(signed_in(&server, one_time).await),
        };
        let kill_after = usize::from(rand::random::<u8>() % 30) + 5;
        round(server, client, number, kill_after, &mut acknowledged).await;
        sound(database, acknowledged.keys());
    }
    let server = Server::start(database);
    let client = client.unwrap();
    for receipt in acknowledged.values().take(10) {
        page(&client, &format!("{}{receipt}", server.address)).await;
    }
    server.kill();
}

#[test]
fn a_port_that_is_taken_is_named_with_what_to_do() {
    let database = TestDatabase::sqlite();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let listen = taken.local_addr().unwrap().to_string();
    let output = tingsong(&database, &["serve", "--listen", &listen]).output().unwrap();
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success());
    assert!(complained.contains(&listen) && complained.contains("请换一个端口"), "{complained}");
}

#[test]
fn a_bad_verdict_ends_with_1_and_keeps_its_json_pure() {
    let database = TestDatabase::sqlite();
    let court = ["--code", "豫0404", "--name", "石龙区人民法院", "--short", "石法"];
    done(&database, &[&["court", "add"], &court[..]].concat());
    assert!(done(&database, &["check"]).contains("自检通过"));
    let mut conn = Connector::to(&database.url).unwrap().connect().unwrap();
    diesel::sql_query("INSERT INTO counters SELECT id, 'matter', 2026, 3 FROM courts")
        .execute(&mut conn)
        .unwrap();
    let output = tingsong(&database, &["check", "--json"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["clean"], false);
    let number = report["findings"].as_array().unwrap().iter().find(|f| f["check"] == "number").unwrap();
    assert_eq!((&number["count"], &number["promise"]), (&3.into(), &10.into()));
}
