//! What runs by itself, on the page and on both databases.

use crate::support::registrations::first_visit;
use crate::support::{TestApp, court_time, on_both_databases};
use diesel::prelude::*;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};
use tingsong::app::jobs::{JOBS, Runner};
use tingsong::files::{self, Attachment, Kept};
use tingsong::matters::actions::register;
use tingsong::people::Role;
use tingsong::schema::{attachments, audit_entries, draft_files, drafts};

on_both_databases! {
    every_job_runs_and_the_page_says_what_came_of_it,
    a_run_that_was_asked_for_is_made_and_two_instances_make_it_once,
    contents_that_nobody_refers_to_are_swept_after_a_day_and_no_others,
    drafts_that_nobody_has_gone_on_with_for_thirty_days_are_swept,
}

fn runner(app: &TestApp) -> Runner {
    Runner::new(app.app.database().clone(), app.app.clock().clone(), app.app.keys().clone(), JOBS)
}

async fn every_job_runs_and_the_page_says_what_came_of_it(app: TestApp) {
    app.get(Role::Sysadmin, "/jobs").await.is(200).says(&["还没有运行过", "没有按时运行"]);
    let ran = runner(&app).run_due();
    assert_eq!(ran.len(), JOBS.len());
    assert!(ran.iter().all(|run| run.outcome.is_ok()), "{ran:?}");
    let page = app.get(Role::Sysadmin, "/jobs").await;
    page.says(&["清理过期的运行记录", "每天 03:10", "清理过期的登录记录", "完成"])
        .does_not_say(&["没有按时运行"]);
    assert!(runner(&app).run_due().is_empty());
    app.get(Role::FilingClerk, "/jobs").await.is(403);
}

async fn a_run_that_was_asked_for_is_made_and_two_instances_make_it_once(app: TestApp) {
    runner(&app).run_due();
    let name = JOBS[0].name;
    app.post(Role::PetitionOfficer, &format!("/jobs/{name}/run"), &[]).await.is(303);
    app.get(Role::PetitionOfficer, "/jobs").await.says(&["等待运行", "专干老周"]);
    let ran: usize = std::thread::scope(|scope| {
        let runners = [0, 1, 2].map(|_| scope.spawn(|| runner(&app).run_due().len()));
        runners.into_iter().map(|runner| runner.join().unwrap()).sum()
    });
    assert_eq!(ran, 1);
    app.post(Role::PetitionOfficer, "/jobs/no-such-job/run", &[]).await.is(404);
}

/// Runs everything, looking into the test's data folder; what the job `name` said.
fn said(app: &TestApp, name: &str) -> String {
    let ran = runner(app).in_folder(app.database.dir.path()).run_due();
    let run = ran.into_iter().find(|run| run.job == name).unwrap();
    run.outcome.unwrap()
}

fn swept(app: &TestApp, action: &str) -> i64 {
    let noted = audit_entries::table.filter(audit_entries::action.eq(action.to_owned())).count();
    app.read(|conn| Ok(noted.get_result(conn)?)).unwrap()
}

fn kept(app: &TestApp, content: &[u8]) -> Kept {
    let dir = app.database.dir.path();
    files::keep(dir, app.app.keys(), "材料.pdf", content, files::LIMIT_BYTES).unwrap()
}

fn place(app: &TestApp, hash: &str) -> PathBuf {
    app.database.dir.path().join("files").join(&hash[..2]).join(hash)
}

/// As if it had been written long ago.
fn age(file: &std::path::Path) {
    let file = std::fs::File::options().write(true).open(file).unwrap();
    file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1)).unwrap();
}

/// A draft of the clerk's, last saved at this court time.
fn db_draft(app: &TestApp, id: i64, saved_at: &str) {
    let (me, at) = (app.person(Role::FilingClerk), court_time(saved_at).utc());
    let row = (
        drafts::id.eq(id),
        drafts::staff_id.eq(me.0),
        drafts::kind.eq("intake"),
        drafts::title.eq("登记"),
        drafts::sealed.eq("x"),
        drafts::created_at.eq(at),
        drafts::saved_at.eq(at),
    );
    app.write(move |conn| Ok(diesel::insert_into(drafts::table).values(row).execute(conn)?)).unwrap();
}

fn db_in_draft(app: &TestApp, draft: i64, kept: &Kept) {
    let row = (
        draft_files::id.eq(draft),
        draft_files::draft_id.eq(draft),
        draft_files::name.eq(kept.name.clone()),
        draft_files::kind.eq(kept.kind.code()),
        draft_files::size_bytes.eq(kept.size_bytes),
        draft_files::hash.eq(kept.hash.clone()),
        draft_files::key_id.eq(kept.key_id.clone()),
        draft_files::kept_at.eq(app.app.moment().utc()),
    );
    app.write(move |conn| Ok(diesel::insert_into(draft_files::table).values(row).execute(conn)?)).unwrap();
}

async fn contents_that_nobody_refers_to_are_swept_after_a_day_and_no_others(app: TestApp) {
    let contents: [&[u8]; 5] = [b"%PDF-1.7 a", b"%PDF-1.7 b", b"%PDF-1.7 c", b"%PDF-1.7 d", b"%PDF-1.7 e"];
    let [attached, drafted, young, orphan, again] = contents.map(|content| kept(&app, content));
    let act = app.act(Role::FilingClerk);
    let made = app.write(move |conn| register(conn, &act, &first_visit("first"))).unwrap();
    let row = Attachment::of(attached.clone(), (app.court.id.0, made.matter_id.0), None, app.app.moment());
    app.write(move |conn| Ok(files::insert(conn, &row)?)).unwrap();
    db_draft(&app, 7, "2026-11-20 09:00");
    db_in_draft(&app, 7, &drafted);
    let half_written = place(&app, &orphan.hash).with_file_name(".half-written");
    std::fs::write(&half_written, "x").unwrap();
    for file in [&attached, &drafted, &orphan, &again] {
        age(&place(&app, &file.hash));
    }
    age(&half_written);
    // Somebody uploads the same content once more; its row is not written yet.
    kept(&app, contents[4]);

    assert_eq!(said(&app, "sweep_files"), "清理了 1 个没有附件也没有草稿引用的文件。");
    assert!(!place(&app, &orphan.hash).exists() && !half_written.exists());
    for file in [&attached, &drafted, &young, &again] {
        assert!(place(&app, &file.hash).exists());
    }
    assert_eq!(swept(&app, "attachment.swept"), 1);
    let opened = files::open(app.database.dir.path(), app.app.keys(), &attached.hash).unwrap();
    assert_eq!(opened, contents[0]);
    assert_eq!(app.read(|conn| Ok(attachments::table.count().get_result::<i64>(conn)?)).unwrap(), 1);
}

async fn drafts_that_nobody_has_gone_on_with_for_thirty_days_are_swept(app: TestApp) {
    db_draft(&app, 1, "2026-10-24 08:59");
    db_draft(&app, 2, "2026-10-24 09:01");
    let held = kept(&app, b"%PDF-1.7 in a draft");
    db_in_draft(&app, 1, &held);
    age(&place(&app, &held.hash));
    let ran = runner(&app).in_folder(app.database.dir.path()).run_due();
    let said: Vec<String> =
        ran.into_iter().filter(|run| run.job.starts_with("sweep_")).map(|run| run.outcome.unwrap()).collect();
    assert_eq!(said, ["清理了 1 份 30 天没有动过的登记草稿。", "清理了 1 个没有附件也没有草稿引用的文件。"]);
    let left: Vec<i64> = app.read(|conn| Ok(drafts::table.select(drafts::id).load(conn)?)).unwrap();
    assert_eq!((left, place(&app, &held.hash).exists()), (vec![2], false));
    assert_eq!(swept(&app, "draft.swept"), 1);
}
