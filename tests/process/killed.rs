//! The real binary, killed (SIGKILL) at any moment while people register over HTTP: every registration that was
//! acknowledged is there once, the trail verifies, and the check is clean. On both databases.

use crate::databases::TestDatabase;
use diesel::prelude::*;
use diesel::r2d2::ManageConnection;
use reqwest::redirect::Policy;
use reqwest::{Client, StatusCode};
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tingsong::db::Connector;
use tingsong::schema::contacts;
use tokio::sync::mpsc;

const BINARY: &str = env!("CARGO_BIN_EXE_tingsong");
const ROUNDS: usize = 5;
const CLERKS: usize = 6;
const PASSWORD: &str = "Xinfang-2026-chuangkou";

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

/// `tingsong`, with this database and a data folder of its own.
fn tingsong(database: &TestDatabase, arguments: &[&str]) -> Command {
    let mut command = Command::new(BINARY);
    command.args(arguments).arg("--data").arg(database.dir.path()).arg("--database").arg(&database.url);
    command.env("TINGSONG_MAIL_TRANSPORT", "none").stdin(Stdio::null());
    command
}

fn done(database: &TestDatabase, arguments: &[&str]) -> String {
    let Output { status, stdout, stderr } = tingsong(database, arguments).output().unwrap();
    let (said, complained) = (String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
    assert!(status.success(), "{arguments:?}: {said}\n{complained}");
    said.into_owned()
}

struct Server {
    child: Child,
    address: String,
}

impl Server {
    /// Starts it on a free port; what it logs goes to `log` in the data folder.
    fn start(database: &TestDatabase) -> Server {
        let log = File::options().create(true).append(true).open(database.dir.path().join("log")).unwrap();
        let mut child = tingsong(database, &["serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = lines.map_while(Result::ok).find_map(|line| {
            line.split_once("听讼已启动：").map(|(_, address)| address.trim_end_matches('/').to_owned())
        });
        let told = || std::fs::read_to_string(database.dir.path().join("log")).unwrap();
        let address = address.unwrap_or_else(|| panic!("it did not start: {}", told()));
        Server { child, address }
    }

    /// As a power cut would: nothing is finished, nothing is told.
    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// The value of a hidden field on a page.
fn hidden(page: &str, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let at = page.find(&mark).unwrap_or_else(|| panic!("no {name} on the page:\n{page}"));
    page[at + mark.len()..].split('"').next().unwrap().to_owned()
}

async fn page(client: &Client, url: &str) -> String {
    let answer = client.get(url).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK, "{url}");
    answer.text().await.unwrap()
}

async fn send(client: &Client, url: &str, fields: &[(&str, &str)]) {
    let answer = client.post(url).form(fields).send().await.unwrap();
    let status = answer.status();
    assert_eq!(status, StatusCode::SEE_OTHER, "{url}: {}", answer.text().await.unwrap());
}

/// Signs in as a new member of staff does: with the one-time password, which has to be changed at once.
async fn signed_in(server: &Server, one_time: &str) -> Client {
    let client = Client::builder().cookie_store(true).redirect(Policy::none()).build().unwrap();
    let base = &server.address;
    let csrf = hidden(&page(&client, &format!("{base}/sign-in")).await, "csrf");
    let fields = [("csrf", csrf.as_str()), ("user_name", "clerk"), ("password", one_time), ("next", "/")];
    send(&client, &format!("{base}/sign-in"), &fields).await;
    let csrf = hidden(&page(&client, &format!("{base}/password")).await, "csrf");
    let fields = [("csrf", csrf.as_str()), ("old", one_time), ("new", PASSWORD), ("repeated", PASSWORD)];
    send(&client, &format!("{base}/password"), &fields).await;
    client
}

/// An ID number with its check character.
fn id_number(sequence: usize) -> String {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let body = format!("41040419{:02}0102{:03}", 50 + sequence / 1000 % 40, sequence % 1000);
    let sum: u32 = body.chars().zip(WEIGHTS).map(|(c, weight)| c.to_digit(10).unwrap() * weight).sum();
    let check = "10X98765432".chars().nth(usize::try_from(sum % 11).unwrap()).unwrap();
    format!("{body}{check}")
}

/// A name that nobody else has: the counter asks before it registers a namesake on the same day.
fn name(sequence: usize) -> String {
    let digits = sequence.to_string();
    let word = |digit: char| {
        "零一二三四五六七八九".chars().nth(usize::try_from(digit.to_digit(10).unwrap()).unwrap()).unwrap()
    };
    format!("王{}", digits.chars().map(word).collect::<String>())
}

/// Sends one visitor's form. The receipt's address, when it was acknowledged; `None` when the server died on the way.
async fn register(client: &Client, base: &str, csrf: &str, key: &str, sequence: usize) -> Option<String> {
    let category =
        tingsong::matters::shipped::categories().find(|category| category.parent.is_some()).unwrap().code;
    let (number, summary) = (id_number(sequence), format!("第{sequence}件：判决生效已经八个月没有执行。"));
    let name = name(sequence);
    let fields = [
        ("csrf", csrf),
        ("submission_key", key),
        ("channel", "visit"),
        ("person_id", ""),
        ("name", &name),
        ("doc_type", "id"),
        ("doc_number", &number),
        ("category", category),
        ("claim", "要求尽快执行到位"),
        ("summary", &summary),
    ];
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

/// How often each submission is in the database.
fn kept(url: &str) -> HashMap<String, usize> {
    let mut conn = Connector::to(url).unwrap().connect().unwrap();
    let keys: Vec<String> = contacts::table.select(contacts::submission_key).load(&mut conn).unwrap();
    keys.into_iter().fold(HashMap::new(), |mut counts, key| {
        *counts.entry(key).or_insert(0) += 1;
        counts
    })
}

fn survives(database: &TestDatabase) {
    let court = ["--code", "豫0404", "--name", "石龙区人民法院", "--short", "石法"];
    done(database, &[&["court", "add"], &court[..]].concat());
    let person = ["--name", "王芳", "--user", "clerk", "--role", "filing_clerk"];
    let one_time = done(database, &[&["staff", "add"], &person[..]].concat());
    let one_time = one_time.lines().next().unwrap().to_owned();
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
        sound(database, &acknowledged);
    }
    let server = Server::start(database);
    let client = client.unwrap();
    for receipt in acknowledged.values().take(10) {
        page(&client, &format!("{}{receipt}", server.address)).await;
    }
    server.kill();
}

/// Nothing that was acknowledged is lost, nothing is there twice, the trail is whole and every promise is kept.
fn sound(database: &TestDatabase, acknowledged: &HashMap<String, String>) {
    let kept = kept(&database.url);
    for key in acknowledged.keys() {
        assert_eq!(kept.get(key), Some(&1), "{key} was acknowledged");
    }
    assert!(kept.values().all(|times| *times == 1), "registered twice: {kept:?}");
    let verdict: serde_json::Value =
        serde_json::from_str(&done(database, &["audit", "verify", "--json"])).unwrap();
    assert_eq!(verdict["good"], true, "{verdict}");
    let checked: serde_json::Value = serde_json::from_str(&done(database, &["check", "--json"])).unwrap();
    assert_eq!(checked["clean"], true, "{checked}");
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
