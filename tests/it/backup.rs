//! Backup and restore: a copy made at work comes back whole, and nothing is replaced by anything that isn't.

use crate::support::registrations::{first_visit, id_number, new_matter, person, visit};
use crate::support::{TestApp, TestDatabase, monday_morning, on_both_databases};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tingsong::app::backup::{BrokenPromises, Manifest, Restored, Site, make, restore};
use tingsong::audit::{self, Anchor};
use tingsong::crypto::Keys;
use tingsong::db::{Conn, Database};
use tingsong::error::Problem;
use tingsong::files;
use tingsong::matters::actions::{About, Who, register};
use tingsong::on_each_database;
use tingsong::people::{Act, Role};
use tingsong::schema::{audit_entries, audit_values, matters};
use tingsong::time::Moment;

on_both_databases! {
    a_copy_made_while_people_work_comes_back_whole_elsewhere,
    a_restore_replaces_what_is_there_and_keeps_it,
    while_the_server_runs_nothing_is_replaced,
    a_damaged_or_altered_copy_is_refused,
    a_copy_sealed_with_another_key_is_refused,
    a_copy_with_a_broken_trail_is_refused,
    a_copy_whose_attachments_are_lost_is_refused,
    a_copy_that_breaks_a_promise_is_refused_unless_somebody_accepts_it,
    a_folder_that_is_there_is_not_overwritten,
}

const PDF: &[u8] = b"%PDF-1.7 a petition";

fn site<'a>(database: &'a TestDatabase, keys: &'a Arc<Keys>) -> Site<'a> {
    Site { data: database.dir.path(), url: &database.url, keys, now: monday_morning() }
}

fn back_up(app: &TestApp, name: &str) -> (PathBuf, Manifest) {
    let to = app.database.dir.path().join(name);
    let act = Act::system("命令行", monday_morning(), app.app.keys().clone());
    let manifest = make(&site(&app.database, app.app.keys()), app.app.database(), &act, &to).unwrap();
    (to, manifest)
}

fn restore_to(database: &TestDatabase, keys: &Arc<Keys>, from: &Path) -> Result<Restored, Problem> {
    let act = Act::system("命令行", monday_morning(), keys.clone());
    restore(&site(database, keys), &act, from, BrokenPromises::Refused)
}

/// An empty place of the same kind.
fn elsewhere(app: &TestApp) -> TestDatabase {
    if app.database.url.starts_with("sqlite") {
        TestDatabase::sqlite()
    } else {
        TestDatabase::postgres().unwrap()
    }
}

fn registered(app: &TestApp, key: &str, sequence: u32) {
    let act = app.act(Role::FilingClerk);
    let who = Who::New(Box::new(person("王小明", &id_number("41040419800101", sequence), "13800004321")));
    let entered = visit(key, who, About::New(Box::new(new_matter())));
    app.write(move |conn| register(conn, &act, &entered)).unwrap();
}

/// One matter with one attachment; the attachment's hash.
fn with_attachment(app: &TestApp) -> String {
    let act = app.act(Role::FilingClerk);
    let made = app.write(move |conn| register(conn, &act, &first_visit("first"))).unwrap();
    let kept =
        files::keep(app.database.dir.path(), app.app.keys(), "材料.pdf", PDF, files::LIMIT_BYTES).unwrap();
    let hash = kept.hash.clone();
    let row = files::Attachment::of(kept, (app.court.id.0, made.matter_id.0), None, monday_morning());
    app.write(move |conn| Ok(files::insert(conn, &row)?)).unwrap();
    hash
}

fn count_matters(database: &Database) -> i64 {
    database.read(|conn| Ok(matters::table.count().get_result(conn)?)).unwrap()
}

/// The restored data, opened as the server opens it.
fn opened(database: &TestDatabase, keys: &Keys) -> Database {
    let anchor = Anchor::open(&database.dir.path().join("anchor"), keys).unwrap();
    Database::open(&database.url, Arc::new(anchor)).unwrap()
}

#[track_caller]
fn is_whole(database: &TestDatabase, keys: &Keys, opened: &Database) {
    let anchor = database.dir.path().join("anchor");
    let report = opened.read(|conn| audit::command::verify(conn, keys, &anchor, None, &mut |_| {})).unwrap();
    assert!(report.is_good(), "{:?}", report.sentences());
    let newest: String = opened
        .read(|conn| {
            let actions = audit_entries::table.order(audit_entries::seq.desc());
            Ok(actions.select(audit_entries::action).first(conn)?)
        })
        .unwrap();
    assert_eq!(newest, "backup.restored");
}

#[track_caller]
fn refused(outcome: Result<Restored, Problem>, words: &str) {
    let Err(Problem::Refused(sentence)) = outcome else { panic!("not refused: {outcome:?}") };
    assert!(sentence.contains(words), "{sentence}");
}

async fn a_copy_made_while_people_work_comes_back_whole_elsewhere(app: TestApp) {
    let hash = with_attachment(&app);
    let enough = AtomicBool::new(false);
    let (from, manifest) = std::thread::scope(|scope| {
        for clerk in 0..3_u32 {
            let (app, enough) = (&app, &enough);
            scope.spawn(move || {
                for n in 0.. {
                    registered(app, &format!("{clerk}-{n}"), clerk * 300 + n);
                    if enough.load(Ordering::SeqCst) || n > 250 {
                        return;
                    }
                }
            });
        }
        while count_matters(app.app.database()) < 5 {
            std::thread::yield_now();
        }
        let copy = back_up(&app, "copy");
        enough.store(true, Ordering::SeqCst);
        copy
    });
    assert!(manifest.rows["matters"] >= 5 && manifest.trail_lines >= 5, "{manifest:?}");
    assert!(!from.join("key").exists());

    let place = elsewhere(&app);
    restore_to(&place, app.app.keys(), &from).unwrap();
    let there = opened(&place, app.app.keys());
    assert_eq!(count_matters(&there), manifest.rows["matters"]);
    is_whole(&place, app.app.keys(), &there);
    assert_eq!(files::open(place.dir.path(), app.app.keys(), &hash).unwrap(), PDF);
    let typed = tingsong::search::Typed::read("名下有车").unwrap();
    let found = there.read(|conn| Ok(tingsong::search::query(conn, &typed, None, 10)?)).unwrap();
    assert!(!found.is_empty(), "the search index came along");
}

async fn a_restore_replaces_what_is_there_and_keeps_it(app: TestApp) {
    with_attachment(&app);
    let (from, manifest) = back_up(&app, "copy");
    registered(&app, "later", 1);
    assert_eq!(count_matters(app.app.database()), manifest.rows["matters"] + 1);

    let keys = app.app.keys().clone();
    let TestApp { app, database, .. } = app;
    drop(app);
    let restored = stopped(|| restore_to(&database, &keys, &from)).unwrap();
    assert!(restored.kept.len() >= 2, "{restored:?}");
    let there = opened(&database, &keys);
    assert_eq!(count_matters(&there), manifest.rows["matters"]);
    is_whole(&database, &keys, &there);
}

/// The writer's thread and the pool close their connections by themselves, a moment after the application is gone.
fn stopped(restore: impl Fn() -> Result<Restored, Problem>) -> Result<Restored, Problem> {
    loop {
        match restore() {
            Err(Problem::Refused(sentence)) if sentence.contains("还在运行") => std::thread::yield_now(),
            outcome => return outcome,
        }
    }
}

async fn while_the_server_runs_nothing_is_replaced(app: TestApp) {
    with_attachment(&app);
    let (from, manifest) = back_up(&app, "copy");
    registered(&app, "later", 1);
    refused(restore_to(&app.database, app.app.keys(), &from), "服务还在运行");
    assert_eq!(count_matters(app.app.database()), manifest.rows["matters"] + 1);
    registered(&app, "and on", 2);
    let rest: Vec<String> = std::fs::read_dir(app.database.dir.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains("restoring") || name.contains("replaced"))
        .collect();
    assert!(rest.is_empty(), "{rest:?}");
}

async fn a_damaged_or_altered_copy_is_refused(app: TestApp) {
    let hash = with_attachment(&app);
    let place = elsewhere(&app);
    let file = format!("files/{}/{hash}", &hash[..2]);
    let keys = app.app.keys();

    let (from, _) = back_up(&app, "one byte");
    let mut bytes = std::fs::read(from.join(&file)).unwrap();
    bytes[9] ^= 1;
    std::fs::write(from.join(&file), bytes).unwrap();
    refused(restore_to(&place, keys, &from), "丢失或损坏");

    let (from, _) = back_up(&app, "one file less");
    std::fs::remove_file(from.join(&file)).unwrap();
    refused(restore_to(&place, keys, &from), "丢失或损坏");

    let (from, _) = back_up(&app, "one file more");
    std::fs::write(from.join("files/extra"), "x").unwrap();
    refused(restore_to(&place, keys, &from), "多出了清单上没有的文件");

    let (from, manifest) = back_up(&app, "another list");
    let forged = Manifest { trail_lines: 1, ..manifest };
    std::fs::write(from.join("manifest.json"), serde_json::to_vec(&forged).unwrap()).unwrap();
    refused(restore_to(&place, keys, &from), "签名不对");

    refused(restore_to(&place, keys, Path::new("/nowhere")), "不是一份完整的备份");
}

async fn a_copy_sealed_with_another_key_is_refused(app: TestApp) {
    let (from, _) = back_up(&app, "copy");
    let other = Arc::new(Keys::create(&app.database.dir.path().join("another key")).unwrap());
    refused(restore_to(&elsewhere(&app), &other, &from), "密钥不对");
}

async fn a_copy_with_a_broken_trail_is_refused(app: TestApp) {
    with_attachment(&app);
    registered(&app, "more", 1);
    let cut = |conn: &mut Conn| {
        let sql = if conn.is_sqlite() {
            "DROP TRIGGER audit_entries_never_change; UPDATE audit_entries SET actor_name = '别人' WHERE seq = 1"
        } else {
            "ALTER TABLE audit_entries DISABLE TRIGGER USER; \
             UPDATE audit_entries SET actor_name = '别人' WHERE seq = 1"
        };
        Ok(on_each_database!(conn, |c| c.batch_execute(sql))?)
    };
    app.write(cut).unwrap();
    let (from, _) = back_up(&app, "copy");
    refused(restore_to(&elsewhere(&app), app.app.keys(), &from), "留痕没有通过校验");
}

async fn a_copy_whose_attachments_are_lost_is_refused(app: TestApp) {
    let hash = with_attachment(&app);
    std::fs::remove_file(app.database.dir.path().join("files").join(&hash[..2]).join(&hash)).unwrap();
    let (from, _) = back_up(&app, "copy");
    refused(restore_to(&elsewhere(&app), app.app.keys(), &from), "有 1 个附件没有内容");
}

async fn a_copy_that_breaks_a_promise_is_refused_unless_somebody_accepts_it(app: TestApp) {
    with_attachment(&app);
    let miscount = |conn: &mut Conn| {
        Ok(diesel::update(matters::table).set(matters::contact_count.eq(7)).execute(conn).map(|_| ())?)
    };
    app.write(miscount).unwrap();
    let (from, _) = back_up(&app, "copy");
    let mend = |conn: &mut Conn| {
        Ok(diesel::update(matters::table).set(matters::contact_count.eq(1)).execute(conn).map(|_| ())?)
    };
    app.write(mend).unwrap();
    registered(&app, "later", 1);
    let keys = app.app.keys().clone();
    let TestApp { app, database, .. } = app;
    drop(app);
    let outcome = stopped(|| restore_to(&database, &keys, &from));
    let Err(Problem::Refused(sentence)) = outcome else { panic!("not refused: {outcome:?}") };
    for words in ["× 承诺 10，来访次数与记录一致：1 处不符合。", "--despite-checks", "现有数据没有改动"]
    {
        assert!(sentence.contains(words), "{sentence}");
    }
    let untouched = opened(&database, &keys);
    assert_eq!(count_matters(&untouched), 2);
    drop(untouched);

    let act = Act::system("命令行", monday_morning(), keys.clone());
    let accept = || restore(&site(&database, &keys), &act, &from, BrokenPromises::Accepted);
    let restored = stopped(accept).unwrap();
    assert_eq!(restored.broken.len(), 1, "{restored:?}");
    let there = opened(&database, &keys);
    assert_eq!(count_matters(&there), 1);
    is_whole(&database, &keys, &there);
    let noted: Option<String> = there
        .read(|conn| {
            let noted = audit_values::table.filter(audit_values::field.eq("failed_checks"));
            Ok(noted.select(audit_values::value).first(conn)?)
        })
        .unwrap();
    assert_eq!(noted.as_deref(), Some("来访次数与记录一致"));
}

async fn a_folder_that_is_there_is_not_overwritten(app: TestApp) {
    let (to, _) = back_up(&app, "copy");
    let act = Act::system(
        "命令行",
        Moment::from_court("2026-11-24T09:00:00".parse().unwrap()),
        app.app.keys().clone(),
    );
    let again = make(&site(&app.database, app.app.keys()), app.app.database(), &act, &to);
    assert!(matches!(again, Err(Problem::Refused(_))), "{again:?}");
    assert!(to.join("manifest.json").is_file());
}
