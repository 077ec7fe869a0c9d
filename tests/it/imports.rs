//! Lists that are brought in: checked cell by cell, written batch by batch, left and come back to, never twice.

use crate::support::{Answer, TestApp, court_time, on_both_databases};
use diesel::prelude::*;
use tingsong::crypto::Keys;
use tingsong::intake::imports::{Importer, forget_reports};
use tingsong::people::Role;
use tingsong::schema::{categories, import_batches, imports, matters, staff};
use tingsong::sheets::{Cell, Column, Kind, Stamp, Table};

on_both_databases! {
    a_list_is_brought_in_once,
    all_or_nothing_names_each_bad_cell_and_registers_none,
    the_good_rows_go_in_and_the_bad_ones_are_told,
    a_restart_in_the_middle_goes_on_where_it_stood,
    all_or_nothing_is_all_or_nothing_to_the_end,
    a_run_is_stopped_and_what_it_registered_stays,
    a_run_ends_with_the_account_of_whoever_brought_it,
    several_workers_at_once_register_each_row_once,
    what_is_no_list_is_told_beside_the_field,
}

const OFFICER: Role = Role::PetitionOfficer;

fn category() -> &'static str {
    tingsong::matters::shipped::categories().find(|category| category.parent.is_some()).unwrap().name
}

fn sheet(rows: &[[&str; 4]]) -> Vec<u8> {
    let columns = ["信访人", "来文编号", "诉求类别", "请求"].map(|title| Column {
        title,
        width: 12.0,
        kind: Kind::Text,
    });
    let stamp = Stamp { by: "周专干".to_owned(), at: crate::support::monday_morning() };
    let mut table = Table::start("台账", &stamp, &columns).unwrap();
    for row in rows {
        table.row(&row.map(Cell::text)).unwrap();
    }
    table.finish().unwrap()
}

fn many(count: usize) -> Vec<u8> {
    let numbers: Vec<String> = (0..count).map(|n| format!("W{n}")).collect();
    let rows: Vec<[&str; 4]> =
        numbers.iter().map(|number| ["张三", number.as_str(), category(), "要求立案"]).collect();
    sheet(&rows)
}

/// Uploads a list and follows to its page.
async fn brought(app: &TestApp, policy: &str, list: &[u8]) -> (String, Answer) {
    let files = [("list", "二〇二六年台账.xlsx", list)];
    let answer = app.upload(OFFICER, "/intake/import", &[("take", policy)], &files).await;
    answer.is(303);
    let place = answer.location.unwrap();
    let page = app.get(OFFICER, &place).await;
    page.is(200);
    (place, page)
}

fn importer(app: &TestApp) -> Importer {
    let app = &app.app;
    Importer::new(app.database().clone(), app.clock().clone(), app.keys().clone())
}

fn finish(app: &TestApp) {
    let mut importer = importer(app);
    while importer.step() {}
}

/// How many matters there are, and how many batches wait.
fn count(app: &TestApp) -> (i64, i64) {
    app.read(|conn| {
        Ok((matters::table.count().get_result(conn)?, import_batches::table.count().get_result(conn)?))
    })
    .unwrap()
}

async fn a_list_is_brought_in_once(app: TestApp) {
    app.get(Role::FilingClerk, "/intake/import").await.is(403);
    app.get(OFFICER, "/intake/import").await.is(200).says(&["从 Excel 导入", "下载模板"]);
    let list = many(2);
    let (place, page) = brought(&app, "all", &list).await;
    page.says(&["正在导入", "data-follow", "停止导入", "可以离开"]);
    let sealed: String =
        app.read(|conn| Ok(import_batches::table.select(import_batches::sealed).first(conn)?)).unwrap();
    assert!(!sealed.contains("张三"));
    finish(&app);
    let page = app.get(OFFICER, &place).await;
    page.says(&["已完成：共 2 行：登记 2 件"]).does_not_say(&["data-follow", "停止导入"]);
    let (again, _) = brought(&app, "all", &list).await;
    finish(&app);
    app.get(OFFICER, &again).await.says(&["登记 0 件，以前导入过 2 件"]);
    app.get(OFFICER, "/intake/import").await.says(&["导入记录", "二〇二六年台账.xlsx", "专干老周", &place]);
    assert_eq!(count(&app), (2, 0));
    app.get(Role::FilingClerk, &place).await.is(403);
    app.get(OFFICER, "/intake/import/1").await.is(404);
}

async fn all_or_nothing_names_each_bad_cell_and_registers_none(app: TestApp) {
    let list = sheet(&[["张三", "W1", category(), "要求立案"], ["李四", "W2", "没有这类", ""]]);
    let (place, page) = brought(&app, "all", &list).await;
    page.says(&["有错误，没有导入", "一行也没有登记", "（诉求类别）", "（请求）", "C 列"]);
    finish(&app);
    assert_eq!(count(&app), (0, 0));
    let book = app.get(OFFICER, &format!("{place}/faults.xlsx")).await;
    book.is(200);
    assert!(book.bytes.starts_with(b"PK"));
    let report: Option<String> =
        app.read(|conn| Ok(imports::table.select(imports::report).first(conn)?)).unwrap();
    assert!(!report.unwrap().contains("类别"), "the report is sealed");
    app.write(|conn| forget_reports(conn, court_time("2026-12-22 09:00"))).unwrap();
    app.get(OFFICER, &place).await.says(&["（请求）"]);
    app.write(|conn| forget_reports(conn, court_time("2026-12-24 09:00"))).unwrap();
    app.get(OFFICER, &place).await.says(&["已经清除"]).does_not_say(&["（请求）"]);
}

async fn the_good_rows_go_in_and_the_bad_ones_are_told(app: TestApp) {
    let list = sheet(&[["张三", "W1", category(), "要求立案"], ["李四", "W2", "没有这类", ""]]);
    let (place, _) = brought(&app, "good", &list).await;
    finish(&app);
    app.get(OFFICER, &place).await.says(&["登记 1 件，有错误 1 行", "（诉求类别）"]);
    assert_eq!(count(&app), (1, 0));
}

async fn a_restart_in_the_middle_goes_on_where_it_stood(app: TestApp) {
    let (place, _) = brought(&app, "good", &many(120)).await;
    assert!(importer(&app).step());
    assert_eq!(count(&app), (50, 2));
    app.get(OFFICER, &place).await.says(&["正在导入", "登记 50 件", "已处理 50 行，共 120 行"]);
    app.get(OFFICER, "/intake/import").await.says(&["正在导入"]);
    finish(&app);
    assert_eq!(count(&app), (120, 0));
    app.get(OFFICER, &place).await.says(&["已完成：共 120 行：登记 120 件"]);
    let mut numbers: Vec<i64> = app.read(|conn| Ok(matters::table.select(matters::seq).load(conn)?)).unwrap();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=120).collect::<Vec<i64>>());
}

fn close_category(app: &TestApp, name: &'static str) {
    app.write(move |conn| {
        let one = categories::table.filter(categories::name.eq(name));
        diesel::update(one).set(categories::active.eq(false)).execute(conn)?;
        Ok(())
    })
    .unwrap();
}

async fn all_or_nothing_is_all_or_nothing_to_the_end(app: TestApp) {
    let other = tingsong::matters::shipped::categories()
        .filter(|one| one.parent.is_some() && one.name != category())
        .last()
        .unwrap()
        .name;
    let numbers: Vec<String> = (0..70).map(|n| format!("W{n}")).collect();
    let mut rows: Vec<[&str; 4]> =
        numbers.iter().map(|number| ["张三", number.as_str(), category(), "要求立案"]).collect();
    rows[69][2] = other;
    let list = sheet(&rows);
    let (all, _) = brought(&app, "all", &list).await;
    close_category(&app, other);
    finish(&app);
    app.get(OFFICER, &all).await.says(&["没有做完", "登记 0 件", "整张表都没有登记"]);
    assert_eq!(count(&app), (0, 0));
    app.write(|conn| Ok(diesel::update(categories::table).set(categories::active.eq(true)).execute(conn)?))
        .unwrap();
    let (good, _) = brought(&app, "good", &list).await;
    close_category(&app, other);
    finish(&app);
    app.get(OFFICER, &good).await.says(&["已完成", "登记 69 件，有错误 1 行", "第 73 行"]);
}

async fn a_run_is_stopped_and_what_it_registered_stays(app: TestApp) {
    let (place, _) = brought(&app, "good", &many(60)).await;
    assert!(importer(&app).step());
    app.post(Role::FilingClerk, &format!("{place}/stop"), &[]).await.is(403);
    app.post(OFFICER, &format!("{place}/stop"), &[]).await.is(303);
    finish(&app);
    app.get(OFFICER, &place).await.says(&["已停止：", "登记 50 件", "由专干老周停止"]);
    assert_eq!(count(&app), (50, 0));
    app.post(OFFICER, &format!("{place}/stop"), &[]).await.is(422).says(&["已经结束"]);
}

async fn a_run_ends_with_the_account_of_whoever_brought_it(app: TestApp) {
    let (place, _) = brought(&app, "good", &many(3)).await;
    let officer = app.person(OFFICER);
    let set = move |active: bool| {
        move |conn: &mut tingsong::db::Conn| {
            Ok(diesel::update(staff::table.find(officer)).set(staff::active.eq(active)).execute(conn)?)
        }
    };
    app.write(set(false)).unwrap();
    finish(&app);
    app.write(set(true)).unwrap();
    app.get(OFFICER, &place).await.says(&["没有做完", "账号已经停用"]);
    assert_eq!(count(&app), (0, 0));
}

async fn several_workers_at_once_register_each_row_once(app: TestApp) {
    brought(&app, "good", &many(180)).await;
    std::thread::scope(|scope| {
        for _ in 0..3 {
            let mut importer = importer(&app);
            scope.spawn(move || while importer.step() {});
        }
    });
    finish(&app);
    assert_eq!(count(&app), (180, 0));
    let made: i64 = app.read(|conn| Ok(imports::table.select(imports::made).first(conn)?)).unwrap();
    assert_eq!(made, 180);
}

async fn what_is_no_list_is_told_beside_the_field(app: TestApp) {
    let none = app.upload(OFFICER, "/intake/import", &[("take", "good")], &[]).await;
    none.is(422).says(&["还没有选择文件", "value=\"good\" selected"]);
    for (list, words) in [(b"nonsense".to_vec(), "Excel"), (sheet(&[]), "没有内容")] {
        let files = [("list", "台账.xlsx", list.as_slice())];
        app.upload(OFFICER, "/intake/import", &[("take", "good")], &files).await.is(422).says(&[words]);
    }
    let started: i64 = app.read(|conn| Ok(imports::table.count().get_result(conn)?)).unwrap();
    assert_eq!(started, 0);
}

/// A worker that cannot open what was sealed tries three times, then says so and leaves nothing behind.
#[actix_web::test]
async fn a_step_that_keeps_failing_ends_the_run() {
    let app = TestApp::on_sqlite();
    let (place, _) = brought(&app, "good", &many(3)).await;
    let place_of_key = app.database.dir.path().join("another-key");
    let other = std::sync::Arc::new(Keys::create(&place_of_key).unwrap());
    let mut stranger = Importer::new(app.app.database().clone(), app.app.clock().clone(), other);
    assert!(!stranger.step() && !stranger.step());
    assert_eq!(count(&app), (0, 1));
    assert!(stranger.step());
    app.get(OFFICER, &place).await.says(&["没有做完", "内部错误"]);
    assert_eq!(count(&app), (0, 0));
}
