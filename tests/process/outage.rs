//! The disk is full, the database file can't be written, PostgreSQL is restarted: whoever registers reads a Chinese page
//! with an incident number that holds what they typed, nothing acknowledged is lost, and it goes on by itself.

use crate::databases::TestDatabase;
use crate::server::{BINARY, Server, done, found, hidden, kept, page, signed_in, sound, tingsong, visitor};
use diesel::prelude::*;
use reqwest::{Client, StatusCode};
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

const CLERKS: usize = 6;

/// Runs a program of the machine; whether it succeeded. Its complaints are not the test's.
fn run(program: &str, arguments: &[&str]) -> bool {
    let done = Command::new(program).args(arguments).stderr(std::process::Stdio::null()).status();
    done.is_ok_and(|status| status.success())
}

/// Says that a test can't be run here: it needs what only the machine's administrator may do.
fn not_run(why: &str) {
    let thread = std::thread::current();
    writeln!(std::io::stderr(), "NOT RUN: {} ({why})", thread.name().unwrap_or("a test")).ok();
}

/// A file system of a few megabytes over a folder; gone when dropped.
struct Small(PathBuf);

impl Small {
    fn over(folder: &Path) -> Option<Small> {
        let path = folder.to_str().unwrap();
        run("mount", &["-t", "tmpfs", "-o", "size=24m,mode=700", "tingsong-test", path])
            .then(|| Small(folder.to_owned()))
    }

    fn again(&self, how: &str) {
        assert!(run("mount", &["-o", &format!("remount,{how}"), self.0.to_str().unwrap()]), "remount {how}");
    }

    fn ballast(&self) -> PathBuf {
        self.0.join("ballast")
    }

    /// Takes every byte that is left.
    fn fill(&self) {
        let mut ballast = File::create(self.ballast()).unwrap();
        for size in [1 << 16, 1] {
            let piece = vec![0_u8; size];
            while ballast.write_all(&piece).is_ok() {}
        }
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        assert!(run("umount", &["-l", self.0.to_str().unwrap()]), "{} stays mounted", self.0.display());
    }
}

fn block_on(work: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(work);
}

async fn post(client: &Client, base: &str, fields: &[(String, String)]) -> (StatusCode, String) {
    let answer = client.post(format!("{base}/intake/register")).form(fields).send().await.unwrap();
    (answer.status(), answer.text().await.unwrap())
}

/// The form as the page sends it, with the number of its draft.
fn typed(csrf: &str, key: &str, sequence: usize) -> Vec<(String, String)> {
    let mut fields = visitor(csrf, key, sequence);
    fields.push(("draft_id".to_owned(), (900_000 + sequence).to_string()));
    fields
}

/// Every hidden field of a page, as a browser would send it.
fn fields_of(page: &str) -> Vec<(String, String)> {
    let attribute = |tag: &str, name: &str| {
        let value = tag.split_once(&format!("{name}=\"")).unwrap().1.split('"').next().unwrap();
        value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
    };
    page.split("<input type=\"hidden\"")
        .skip(1)
        .map(|rest| rest.split('>').next().unwrap())
        .map(|tag| (attribute(tag, "name"), attribute(tag, "value")))
        .collect()
}

/// The page says what happened under a number, and holds all that was typed.
#[track_caller]
fn gives_back(answer: &(StatusCode, String), typed: &[(String, String)]) {
    let (status, page) = answer;
    assert_eq!(*status, StatusCode::SERVICE_UNAVAILABLE, "{page}");
    for words in ["暂时无法使用", "事件编号：", "再提交一次", "action=\"/intake/register\""] {
        assert!(page.contains(words), "“{words}” is missing:\n{page}");
    }
    assert_eq!(fields_of(page), typed);
}

/// What an outage leaves.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Left {
    Nothing,
    /// Room that is found by and by: what was moved out of the log may be written over.
    SomeRoom,
}

/// Registers, goes through an outage in the middle of work, and goes on.
async fn goes_on(
    database: &TestDatabase,
    (server, one_time): (Server, &str),
    left: Left,
    begin: impl Fn(),
    end: impl Fn(),
) {
    let client = signed_in(&server, one_time).await;
    let base = server.address.clone();
    let csrf = hidden(&page(&client, &format!("{base}/intake/new")).await, "csrf");
    let mut keys = ["before", "after"].map(str::to_owned).to_vec();
    let (status, told) = post(&client, &base, &typed(&csrf, &keys[0], 1)).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{told}");

    begin();
    let (mut nth, mut taken) = (100, true);
    let (mut form, mut refused) = (Vec::new(), (StatusCode::OK, String::new()));
    while taken {
        keys.push(format!("during {nth}"));
        form = typed(&csrf, &keys[keys.len() - 1], nth);
        refused = post(&client, &base, &form).await;
        taken = left == Left::SomeRoom && refused.0 == StatusCode::SEE_OTHER && nth < 300;
        nth += 1;
    }
    gives_back(&refused, &form);
    let others = (0..CLERKS).map(|desk| {
        let key = format!("desk {desk}");
        let form = typed(&csrf, &key, 10 + desk);
        let (client, base) = (client.clone(), base.clone());
        tokio::spawn(async move {
            let answer = post(&client, &base, &form).await;
            if left == Left::SomeRoom && answer.0 == StatusCode::SEE_OTHER {
                return Some(key);
            }
            gives_back(&answer, &form);
            None
        })
    });
    for desk in others.collect::<Vec<_>>() {
        keys.extend(desk.await.unwrap());
    }
    page(&client, &format!("{base}/intake")).await;

    end();
    let (status, told) = post(&client, &base, &fields_of(&refused.1)).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "what the page gave back is taken now: {told}");
    let (status, told) = post(&client, &base, &typed(&csrf, &keys[1], 3)).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{told}");
    server.kill();
    sound(database, keys.iter());
    assert_eq!(kept(&database.url).len(), keys.len(), "what was refused did not happen");
}

#[test]
fn a_full_disk() {
    let database = TestDatabase::sqlite();
    let Some(small) = Small::over(database.dir.path()) else {
        return not_run("only root may mount a small file system");
    };
    let one_time = found(&database);
    let server = Server::start(&database);
    let end = || std::fs::remove_file(small.ballast()).unwrap();
    block_on(goes_on(&database, (server, &one_time), Left::SomeRoom, || small.fill(), end));
}

/// The same for everybody: a process may not write any file at all, also not its log.
#[test]
fn files_that_may_not_grow() {
    let database = TestDatabase::sqlite();
    let one_time = found(&database);
    let serve = tingsong(&database, &["serve", "--listen", "127.0.0.1:0"]);
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\"", BINARY]).args(serve.get_args());
    command.env("TINGSONG_MAIL_TRANSPORT", "none");
    let server = Server::run(&database, command);
    let process = server.child.id().to_string();
    let limit = |bytes: &str| assert!(run("prlimit", &["--pid", &process, &format!("--fsize={bytes}:")]));
    let (begin, end) = (|| limit("0"), || limit("unlimited"));
    block_on(goes_on(&database, (server, &one_time), Left::Nothing, begin, end));
}

#[test]
fn a_database_file_that_turns_read_only() {
    let database = TestDatabase::sqlite();
    let one_time = found(&database);
    let files = ["tingsong.db", "tingsong.db-wal"].map(|name| database.dir.path().join(name));
    let [main, log] = files.each_ref().map(|file| file.to_str().unwrap());
    if !run("chattr", &["+i", main]) || !run("chattr", &["-i", main]) {
        return not_run("only root may make a file immutable, and not on every file system");
    }
    let server = Server::start(&database);
    let (begin, end) =
        (|| assert!(run("chattr", &["+i", main, log])), || assert!(run("chattr", &["-i", main, log])));
    block_on(goes_on(&database, (server, &one_time), Left::Nothing, begin, end));
}

#[test]
fn a_data_folder_that_cannot_be_written_is_said_at_the_start() {
    let database = TestDatabase::sqlite();
    let Some(small) = Small::over(database.dir.path()) else {
        return not_run("only root may mount a file system read-only");
    };
    found(&database);
    small.again("ro");
    let output = tingsong(&database, &["serve", "--listen", "127.0.0.1:0"]).output().unwrap();
    let complained = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{complained}");
    assert!(complained.contains("只读") && complained.contains("请检查"), "{complained}");
    small.again("rw");
    Server::start(&database).kill();
}

/// Ends every connection of this program as a restart of PostgreSQL does; how many there were.
fn end_connections(base: &str, program: &str) -> usize {
    let mut admin = PgConnection::establish(base).unwrap();
    diesel::sql_query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1")
        .bind::<diesel::sql_types::Text, _>(program)
        .execute(&mut admin)
        .unwrap()
}

/// Registers visitors, each until it is acknowledged; the keys of all of them.
async fn patient_clerk(
    client: Client,
    base: String,
    csrf: String,
    desk: usize,
    over: Arc<AtomicBool>,
) -> Vec<String> {
    let mut acknowledged = Vec::new();
    while !over.load(Ordering::SeqCst) {
        let n = acknowledged.len();
        let mut form = typed(&csrf, &format!("{desk}-{n}"), desk * 1000 + n);
        loop {
            let (status, told) = post(&client, &base, &form).await;
            if status == StatusCode::SEE_OTHER {
                break;
            }
            gives_back(&(status, told.clone()), &form);
            form = fields_of(&told);
        }
        acknowledged.push(format!("{desk}-{n}"));
    }
    acknowledged
}

#[test]
fn postgres_restarted() {
    let Some(mut database) = TestDatabase::postgres() else { return };
    let one_time = found(&database);
    let program = format!("outage_{}", std::process::id());
    let named = format!("{}&application_name={program}", database.url);
    let plain = std::mem::replace(&mut database.url, named);
    let command = tingsong(&database, &["serve", "--listen", "127.0.0.1:0"]);
    database.url = plain;
    let base = std::env::var("TINGSONG_TEST_POSTGRES").unwrap();
    block_on(async {
        let server = Server::run(&database, command);
        let client = signed_in(&server, &one_time).await;
        let csrf = hidden(&page(&client, &format!("{}/intake/new", server.address)).await, "csrf");
        let over = Arc::new(AtomicBool::new(false));
        let clerks: Vec<_> = (0..CLERKS)
            .map(|desk| {
                let work = (client.clone(), server.address.clone(), csrf.clone());
                tokio::spawn(patient_clerk(work.0, work.1, work.2, desk, over.clone()))
            })
            .collect();
        for wave in 1..=4 {
            let worked = || kept(&database.url).len() >= wave * 20;
            while !worked() {
                tokio::task::yield_now().await;
            }
            assert!(end_connections(&base, &program) > 0);
        }
        over.store(true, Ordering::SeqCst);
        let mut acknowledged = Vec::new();
        for clerk in clerks {
            acknowledged.extend(clerk.await.unwrap());
        }
        page(&client, &format!("{}/intake", server.address)).await;
        server.kill();
        sound(&database, acknowledged.iter());
        assert_eq!(kept(&database.url).len(), acknowledged.len());
    });
    done(&database, &["check", "--trail"]);
}
