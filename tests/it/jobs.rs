//! What runs by itself, on the page and on both databases.

use crate::support::{TestApp, on_both_databases};
use tingsong::app::jobs::{JOBS, Runner};
use tingsong::people::Role;

on_both_databases! {
    every_job_runs_and_the_page_says_what_came_of_it,
    a_run_that_was_asked_for_is_made_and_two_instances_make_it_once,
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
