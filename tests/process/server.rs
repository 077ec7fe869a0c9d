//! The real program: run for one command, or serving; a clerk who signs in to it and registers visitors.

use crate::databases::TestDatabase;
use diesel::prelude::*;
use diesel::r2d2::ManageConnection;
use reqwest::redirect::Policy;
use reqwest::{Client, StatusCode};
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Output, Stdio};
use tingsong::db::Connector;
use tingsong::schema::contacts;

pub const BINARY: &str = env!("CARGO_BIN_EXE_tingsong");
const PASSWORD: &str = "Xinfang-2026-chuangkou";

/// A court with one clerk; the clerk's one-time password.
pub fn found(database: &TestDatabase) -> String {
    let court = ["--code", "豫0404", "--name", "石龙区人民法院", "--short", "石法"];
    done(database, &[&["court", "add"], &court[..]].concat());
    let person = ["--name", "王芳", "--user", "clerk", "--role", "filing_clerk"];
    let one_time = done(database, &[&["staff", "add"], &person[..]].concat());
    one_time.lines().next().unwrap().to_owned()
}

/// `tingsong`, with this database and a data folder of its own.
pub fn tingsong(database: &TestDatabase, arguments: &[&str]) -> Command {
    let mut command = Command::new(BINARY);
    command.args(arguments).arg("--data").arg(database.dir.path()).arg("--database").arg(&database.url);
    command.env("TINGSONG_MAIL_TRANSPORT", "none").stdin(Stdio::null());
    command
}

pub fn done(database: &TestDatabase, arguments: &[&str]) -> String {
    let Output { status, stdout, stderr } = tingsong(database, arguments).output().unwrap();
    let (said, complained) = (String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
    assert!(status.success(), "{arguments:?}: {said}\n{complained}");
    said.into_owned()
}

pub struct Server {
    pub child: Child,
    pub address: String,
}

impl Server {
    /// Starts it on a free port; what it logs goes to `log` in the data folder.
    pub fn start(database: &TestDatabase) -> Server {
        Server::run(database, tingsong(database, &["serve", "--listen", "127.0.0.1:0"]))
    }

    /// The same by this command, which must serve on a free port.
    pub fn run(database: &TestDatabase, mut command: Command) -> Server {
        let log = File::options().create(true).append(true).open(database.dir.path().join("log")).unwrap();
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = lines.map_while(Result::ok).find_map(|line| {
            line.split_once("听讼已启动：").map(|(_, address)| address.trim_end_matches('/').to_owned())
        });
        let told = || std::fs::read_to_string(database.dir.path().join("log")).unwrap();
        let address = address.unwrap_or_else(|| panic!("it did not start: {}", told()));
        Server { child, address }
    }

    /// As a power cut would: nothing is finished, nothing is told.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// The value of a hidden field on a page.
pub fn hidden(page: &str, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let at = page.find(&mark).unwrap_or_else(|| panic!("no {name} on the page:\n{page}"));
    page[at + mark.len()..].split('"').next().unwrap().to_owned()
}

pub async fn page(client: &Client, url: &str) -> String {
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
pub async fn signed_in(server: &Server, one_time: &str) -> Client {
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

/// The form of a visitor whom nobody knows yet, as their clerk sends it.
pub fn visitor(csrf: &str, key: &str, sequence: usize) -> Vec<(String, String)> {
    let category =
        tingsong::matters::shipped::categories().find(|category| category.parent.is_some()).unwrap().code;
    let summary = format!("第{sequence}件：判决生效已经八个月没有执行。");
    let fields: [(&str, &str); 10] = [
        ("csrf", csrf),
        ("submission_key", key),
        ("channel", "visit"),
        ("person_id", ""),
        ("name", &name(sequence)),
        ("doc_type", "id"),
        ("doc_number", &id_number(sequence)),
        ("category", category),
        ("claim", "要求尽快执行到位"),
        ("summary", &summary),
    ];
    fields.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec()
}

/// How often each submission is in the database.
pub fn kept(url: &str) -> HashMap<String, usize> {
    let mut conn = Connector::to(url).unwrap().connect().unwrap();
    let keys: Vec<String> = contacts::table.select(contacts::submission_key).load(&mut conn).unwrap();
    keys.into_iter().fold(HashMap::new(), |mut counts, key| {
        *counts.entry(key).or_insert(0) += 1;
        counts
    })
}

/// Nothing that was acknowledged is lost, nothing is there twice, the trail is whole and every promise is kept.
pub fn sound<'a>(database: &TestDatabase, acknowledged: impl Iterator<Item = &'a String>) {
    let kept = kept(&database.url);
    for key in acknowledged {
        assert_eq!(kept.get(key), Some(&1), "{key} was acknowledged");
    }
    assert!(kept.values().all(|times| *times == 1), "registered twice: {kept:?}");
    let verdict: serde_json::Value =
        serde_json::from_str(&done(database, &["audit", "verify", "--json"])).unwrap();
    assert_eq!(verdict["good"], true, "{verdict}");
    let checked: serde_json::Value = serde_json::from_str(&done(database, &["check", "--json"])).unwrap();
    assert_eq!(checked["clean"], true, "{checked}");
}
