//! The trail as the auditor reads and verifies it in the browser.

use crate::support::registrations::first_visit;
use crate::support::{TestApp, on_both_databases};
use std::fs;
use std::path::Path;
use tingsong::audit::{Subject, action_label, record};
use tingsong::matters::actions::register;
use tingsong::people::Role;

on_both_databases! {
    the_auditor_reads_who_did_what_with_what_was_recorded,
    the_list_is_narrowed_by_person_action_thing_and_day,
    the_list_goes_on_page_by_page,
    a_filter_that_makes_no_sense_says_so_beside_its_field,
    verifying_says_whether_the_trail_is_whole,
    nobody_but_the_auditor_reads_the_trail,
}

fn db_matter(app: &TestApp) -> i64 {
    let act = app.act(Role::FilingClerk);
    app.write(move |conn| register(conn, &act, &first_visit("one"))).unwrap().matter_id.0
}

fn db_lines(app: &TestApp, count: i64) {
    let act = app.act(Role::Sysadmin);
    app.write(move |conn| {
        (1..=count).try_for_each(|n| {
            record(conn, &act, "staff.edited", Subject::Staff(n), &[("name", &format!("第{n}人"))])
        })
    })
    .unwrap();
}

async fn the_auditor_reads_who_did_what_with_what_was_recorded(app: TestApp) {
    db_matter(&app);
    let page = app.get(Role::Auditor, "/audit").await;
    page.is(200).says(&["登记信访事项", "信访事项", "0001号", "渠道", "2026-11-23 09:00"]);
    page.does_not_say(&["41040419600102", "13800001234", "兴平路"]);
}

async fn the_list_is_narrowed_by_person_action_thing_and_day(app: TestApp) {
    let matter = db_matter(&app);
    db_lines(&app, 2);
    let clerk = app.person(Role::FilingClerk);
    for (query, there, not_there) in [
        (format!("actor={clerk}"), "0001号", "第1人"),
        ("action=staff.edited".into(), "第1人", "0001号"),
        (format!("kind=matter&id={matter}"), "0001号", "第1人"),
        ("kind=staff&id=2".into(), "第2人", "第1人"),
        ("from=2026-11-23&to=2026-11-23".into(), "0001号", "没有符合条件的记录"),
        ("from=2026-11-24".into(), "没有符合条件的记录", "0001号"),
        ("to=2026-11-22".into(), "没有符合条件的记录", "0001号"),
    ] {
        let page = app.get(Role::Auditor, &format!("/audit?{query}")).await;
        page.is(200).says(&[there]).does_not_say(&[not_there]);
    }
}

async fn the_list_goes_on_page_by_page(app: TestApp) {
    db_lines(&app, 60);
    let first = app.get(Role::Auditor, "/audit?action=staff.edited").await;
    first.says(&["第60人", "第11人", "rel=\"next\""]).does_not_say(&["第10人"]);
    let from = first.html.find("action=staff%2Eedited&amp;before=").unwrap();
    let next: String = first.html[from..].split('"').next().unwrap().replace("&amp;", "&");
    let second = app.get(Role::Auditor, &format!("/audit?{next}")).await;
    second.says(&["第10人", "第1人", "rel=\"prev\""]).does_not_say(&["第11人", "rel=\"next\""]);
}

async fn a_filter_that_makes_no_sense_says_so_beside_its_field(app: TestApp) {
    let page = app.get(Role::Auditor, "/audit?from=2026-11-24&to=2026-11-23").await;
    page.is(422).says(&["截止日期早于起始日期", "value=\"2026-11-24\""]);
    app.get(Role::Auditor, "/audit?actor=someone").await.is(422).says(&["编号由数字组成"]);
    app.get(Role::Auditor, "/audit?kind=nothing").await.is(422);
}

async fn verifying_says_whether_the_trail_is_whole(app: TestApp) {
    db_lines(&app, 3);
    let page = app.post(Role::Auditor, "/audit/verify", &[("head", "")]).await;
    page.is(200).says(&["留痕完好", "与留痕一致", "校验留痕"]);
    app.post(Role::Auditor, "/audit/verify", &[("head", "not a hash")]).await.is(422);
    let never = "0123456789abcdef";
    app.post(Role::Auditor, "/audit/verify", &[("head", never)]).await.is(200).says(&["没有校验码"]);
    fs::write(app.database.dir.path().join("anchor"), "something else").unwrap();
    app.post(Role::Auditor, "/audit/verify", &[]).await.is(200).says(&["锚点文件已经损坏", "role=\"alert\""]);
}

async fn nobody_but_the_auditor_reads_the_trail(app: TestApp) {
    for role in [Role::President, Role::Sysadmin, Role::SecurityAdmin, Role::PetitionOfficer] {
        app.get(role, "/audit").await.is(403);
        app.post(role, "/audit/verify", &[]).await.is(403);
    }
}

/// The actions that the sources record, as the second argument of `record`.
fn recorded(dir: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            recorded(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap();
            for call in code.split("record(conn").skip(1) {
                let action =
                    call.split('"').nth(1).filter(|word| word.contains('.') && !word.contains([' ', '{']));
                found.extend(action.map(str::to_owned));
            }
        }
    }
}

#[test]
fn every_action_that_is_recorded_has_a_chinese_name() {
    let mut actions = Vec::new();
    recorded(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut actions);
    assert!(actions.len() > 20, "{actions:?}");
    actions.retain(|action| action_label(action) == action);
    assert!(actions.is_empty(), "these need a name in src/audit/labels.rs: {actions:?}");
}
