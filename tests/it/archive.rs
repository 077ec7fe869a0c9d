//! 归档, on both databases.

use crate::replies;
use crate::support::registrations::{accepted, new_matter, reload, visit, zhang};
use crate::support::{TestApp, court_time, on_both_databases};
use diesel::prelude::*;
use tingsong::archive::{self, Filing, Item, Retention};
use tingsong::error::Problem;
use tingsong::matters::MatterId;
use tingsong::matters::actions::{About, NewMatter, Who, register};
use tingsong::matters::rules::Screening;
use tingsong::people::Role;
use tingsong::schema::{archives, matters};

on_both_databases! {
    a_closed_matter_is_archived_with_number_index_and_cover,
    the_index_is_mended_and_the_number_stays,
    what_is_closed_for_three_months_is_counted_and_listed,
    an_open_matter_is_not_archived,
    whoever_is_complained_of_sees_no_file,
    two_at_once_one_finds_a_stale_page,
    what_was_opened_again_is_archived_again,
    inspection_archives_what_nobody_else_sees,
}

/// A matter that was answered on the spot.
fn closed(app: &TestApp, key: &str) -> MatterId {
    let act = app.act(Role::FilingClerk);
    let screening = Screening::AnsweredOnTheSpot { answer: "已当面说明执行进展。".into() };
    let new = NewMatter { screening, ..new_matter() };
    let entered = visit(key, Who::New(Box::new(zhang())), About::New(Box::new(new)));
    app.write(move |conn| register(conn, &act, &entered)).unwrap().matter_id
}

fn filing(pages: &[i64]) -> Filing {
    let item = |pages: &i64| Item { title: "来访登记表".into(), pages: *pages };
    Filing { retention: Retention::TenYears, remark: String::new(), items: pages.iter().map(item).collect() }
}

fn file(app: &TestApp, role: Role, id: MatterId, filed: Option<i64>) -> Result<(), Problem> {
    let (act, version) = (app.act(role), reload(app, id).version);
    app.write(move |conn| archive::archive(conn, &act, id, (version, filed), &filing(&[2, 3])).map(drop))
}

async fn a_closed_matter_is_archived_with_number_index_and_cover(app: TestApp) {
    let id = closed(&app, "file");
    let path = format!("/matters/{id}/archive");
    let page = app.get(Role::FilingClerk, &path).await;
    page.is(200).says(&["来访登记表（第1次）", "口头答复", "办理经过"]);
    let version = reload(&app, id).version.to_string();
    let bare = app.post(Role::FilingClerk, &path, &[("version", &version)]).await;
    bare.is(422).says(&["请选择一项"]);
    let fields = [
        ("version", &*version),
        ("retention", "ten_years"),
        ("title", "来访登记表"),
        ("pages", "2"),
        ("title", "口头答复记录"),
        ("pages", "3"),
        ("title", ""),
        ("pages", ""),
    ];
    app.post(Role::FilingClerk, &path, &fields).await.is(303);
    let cover = app.get(Role::PetitionOfficer, &format!("/archive/{id}/cover")).await;
    cover.is(200).says(&["石法访档〔2026〕0001号", "口头答复记录", "3—5", "5 页", "10年", "窗口小林"]);
    let list = app.get(Role::PetitionOfficer, "/archive?which=archived").await;
    list.is(200).says(&["石法访档〔2026〕0001号"]);
    app.get(Role::PetitionOfficer, "/archive").await.is(200).says(&["没有符合条件的事项"]);
    app.get(Role::PetitionOfficer, "/archive/export?which=archived").await.is(200);
    app.get(Role::FilingClerk, &format!("/matters/{id}"))
        .await
        .says(&["归档：石法访档〔2026〕0001号，2份材料，共5页"]);
    file(&app, Role::FilingClerk, closed(&app, "next"), None).unwrap();
    let numbers: Vec<String> = app
        .read(|conn| Ok(archives::table.order(archives::seq).select(archives::number).load(conn)?))
        .unwrap();
    assert_eq!(numbers, ["石法访档〔2026〕0001号", "石法访档〔2026〕0002号"]);
}

async fn the_index_is_mended_and_the_number_stays(app: TestApp) {
    let id = closed(&app, "mend");
    file(&app, Role::FilingClerk, id, None).unwrap();
    assert!(matches!(file(&app, Role::FilingClerk, id, None), Err(Problem::Stale)), "it is there already");
    file(&app, Role::PetitionOfficer, id, Some(0)).unwrap();
    assert!(matches!(file(&app, Role::PetitionOfficer, id, Some(0)), Err(Problem::Stale)));
    let (number, version): (String, i64) = app
        .read(|conn| Ok(archives::table.select((archives::number, archives::version)).first(conn)?))
        .unwrap();
    assert_eq!((number.as_str(), version), ("石法访档〔2026〕0001号", 1));
}

async fn what_is_closed_for_three_months_is_counted_and_listed(app: TestApp) {
    let id = closed(&app, "late");
    let number = reload(&app, id).number;
    let overdue = |app: &TestApp| {
        let act = app.act(Role::FilingClerk);
        app.read(move |conn| archive::overdue(conn, &act)).unwrap()
    };
    let closed_at = |court: &str| {
        let at = court_time(court).utc();
        app.write(move |conn| {
            diesel::update(matters::table.find(id))
                .set((matters::closed_at.eq(Some(at)), matters::to_archive_since.eq(Some(at))))
                .execute(conn)?;
            Ok(())
        })
        .unwrap();
    };
    closed_at("2026-08-23 00:10");
    assert_eq!(overdue(&app), 0, "on the day itself it is in time");
    closed_at("2026-08-22 23:50");
    assert_eq!(overdue(&app), 1);
    app.get(Role::FilingClerk, "/archive?which=overdue").await.is(200).says(&[&number, "满三个月"]);
    app.get(Role::FilingClerk, "/").await.says(&["办结满三个月没有归档"]);
    file(&app, Role::FilingClerk, id, None).unwrap();
    assert_eq!(overdue(&app), 0);
}

async fn an_open_matter_is_not_archived(app: TestApp) {
    let id = accepted(&app, "open");
    assert!(matches!(file(&app, Role::FilingClerk, id, None), Err(Problem::Refused(_))));
    app.get(Role::FilingClerk, &format!("/archive/{id}/cover")).await.is(404);
}

async fn whoever_is_complained_of_sees_no_file(app: TestApp) {
    let id = closed(&app, "barred");
    file(&app, Role::PetitionOfficer, id, None).unwrap();
    let clerk = app.person(Role::FilingClerk);
    app.write(move |conn| Ok(tingsong::matters::store::insert_bars(conn, id, &[clerk])?)).unwrap();
    app.get(Role::FilingClerk, &format!("/archive/{id}/cover")).await.is(404);
    app.get(Role::FilingClerk, "/archive?which=archived").await.is(200).does_not_say(&["石法访档"]);
    app.get(Role::DivisionHead, "/archive").await.is(403);
    app.get(Role::Sysadmin, &format!("/archive/{id}/cover")).await.is(403);
}

async fn two_at_once_one_finds_a_stale_page(app: TestApp) {
    let id = closed(&app, "stale");
    let (act, version) = (app.act(Role::FilingClerk), reload(&app, id).version);
    let answer =
        app.write(move |conn| archive::archive(conn, &act, id, (version - 1, None), &filing(&[1])).map(drop));
    assert!(matches!(answer, Err(Problem::Stale)));
    let filed: i64 = app.read(|conn| Ok(archives::table.count().get_result(conn)?)).unwrap();
    assert_eq!(filed, 0, "nothing of it is left behind");
}

async fn what_was_opened_again_is_archived_again(app: TestApp) {
    let id = closed(&app, "twice");
    file(&app, Role::FilingClerk, id, None).unwrap();
    app.at("2026-12-01 09:00");
    let fields = [("what", "new"), ("reason", "发现新的财产线索。")];
    assert_eq!(replies::act_on(&app, Role::PetitionOfficer, id, "reopen", &fields).await, 303);
    let why = [("reason", "12月1日来电，案款已经到账，自己要求撤回。")];
    assert_eq!(replies::act_on(&app, Role::PetitionOfficer, id, "withdraw", &why).await, 303);
    let number = reload(&app, id).number;
    let waiting = app.get(Role::FilingClerk, "/archive?which=waiting").await;
    waiting.is(200).says(&[&number, "再次办结，没有归档"]);
    app.get(Role::FilingClerk, "/archive?which=archived").await.does_not_say(&[&number]);
    let form = app.get(Role::FilingClerk, &format!("/matters/{id}/archive")).await;
    form.is(200).says(&["石法访档〔2026〕0001号", "补上新的材料再归档一次"]).does_not_say(&["保存目录"]);
    file(&app, Role::FilingClerk, id, Some(0)).unwrap();
    app.get(Role::FilingClerk, "/archive?which=waiting").await.does_not_say(&[&number]);
    app.get(Role::FilingClerk, &format!("/matters/{id}"))
        .await
        .says(&["再次办结后归档：石法访档〔2026〕0001号"]);
    let filed: Vec<i64> = app.read(|conn| Ok(archives::table.select(archives::version).load(conn)?)).unwrap();
    assert_eq!(filed, [1], "the number stays");
}

async fn inspection_archives_what_nobody_else_sees(app: TestApp) {
    let id = closed(&app, "conduct");
    app.write(move |conn| {
        diesel::update(matters::table.find(id)).set(matters::conduct.eq(true)).execute(conn)?;
        Ok(())
    })
    .unwrap();
    assert!(matches!(file(&app, Role::PetitionOfficer, id, None), Err(Problem::NotFound)));
    app.get(Role::Inspector, "/archive?which=waiting").await.is(200).says(&[&reload(&app, id).number]);
    file(&app, Role::Inspector, id, None).unwrap();
}
