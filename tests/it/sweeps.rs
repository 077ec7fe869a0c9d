//! Sweeps: opened by themselves, brought in from Excel, answered one after another, chased; on both databases.

use crate::support::registrations::first_visit;
use crate::support::{Answer as Page, TestApp, court, on_both_databases};
use diesel::prelude::*;
use tingsong::app::jobs::JOBS;
use tingsong::checks::{self, Check, Depth};
use tingsong::intake::imports::Importer;
use tingsong::matters::actions::{About, TypedCase, register};
use tingsong::people::{Act, DivisionId, DivisionKind, Role};
use tingsong::schema::{escalations, matters, outbox, sweep_answers, sweep_imports, sweep_rows, sweeps};
use tingsong::sheets::{Cell, Column, Kind, Stamp, Table};
use tingsong::sweeps::imports::{self, Import, ImportState};
use tingsong::sweeps::jobs;
use tingsong::sweeps::types::{Answer, RowKind, Sweep, SweepRow, SweepState};

on_both_databases! {
    the_months_sheets_open_by_themselves_once,
    a_list_is_brought_in_once_and_goes_on_where_it_was_cut_off,
    cases_are_answered_one_after_another_and_an_answer_can_be_taken_back,
    look_again_comes_back_by_itself_next_month,
    tier_one_marks_a_sign_in_the_same_transaction,
    closed_cases_say_how_they_ended_and_visits_are_kept,
    the_unanswered_are_chased_and_checked,
    nobody_answers_for_another_division,
    figures_lead_to_their_rows_and_look_back,
    two_about_one_case_see_what_happened,
}

pub fn system(app: &TestApp) -> Act {
    Act::system("系统", app.app.moment(), app.app.keys().clone())
}

fn open(app: &TestApp) -> String {
    let act = system(app);
    app.write(move |conn| jobs::open(conn, &act)).unwrap()
}

pub fn civil(app: &TestApp) -> DivisionId {
    app.court.divisions.iter().find(|(kind, _)| *kind == DivisionKind::Civil).unwrap().1
}

/// The civil division's newest sheet.
pub fn sheet(app: &TestApp) -> Sweep {
    let division = civil(app);
    app.read(move |conn| {
        let of = sweeps::table.filter(sweeps::division_id.eq(division));
        Ok(of.order(sweeps::from_on.desc()).first(conn)?)
    })
    .unwrap()
}

fn rows(app: &TestApp, sweep: &Sweep) -> Vec<SweepRow> {
    let id = sweep.id;
    app.read(move |conn| {
        let of = sweep_rows::table.filter(sweep_rows::sweep_id.eq(id));
        Ok(of.order(sweep_rows::id).load(conn)?)
    })
    .unwrap()
}

/// Types a case on the civil division's sheet.
pub async fn typed(app: &TestApp, number: &str, kind: &str) -> SweepRow {
    let fields =
        [("case_number", number), ("kind", kind), ("cause", "买卖合同纠纷"), ("parties", "张建国诉李明")];
    app.post(Role::DivisionHead, &format!("/sweeps/{}/add", sheet(app).id), &fields).await.is(303);
    rows(app, &sheet(app))
        .into_iter()
        .find(|row| row.case_number.ends_with(&number[number.len() - 6..]))
        .unwrap()
}

async fn answered(app: &TestApp, row: &SweepRow, answer: &str, note: &str) -> Page {
    let version = row.version.to_string();
    let fields = [("version", version.as_str()), ("answer", answer), ("note", note)];
    app.post(Role::DivisionHead, &format!("/sweeps/rows/{}/answer", row.id), &fields).await
}

fn again(app: &TestApp, row: &SweepRow) -> SweepRow {
    let id = row.id;
    app.read(move |conn| Ok(sweep_rows::table.find(id).first(conn)?)).unwrap()
}

async fn the_months_sheets_open_by_themselves_once(app: TestApp) {
    // Filing, civil and enforcement have cases; inspection, finance and the office have none.
    assert_eq!(open(&app), "本月排查表：新开 3 张。");
    assert_eq!(open(&app), "本月排查表：新开 0 张。");
    assert!(JOBS.iter().any(|job| job.name == "sweeps") && JOBS.iter().any(|job| job.name == "sweeps_chase"));
    let sweep = sheet(&app);
    assert_eq!((sweep.from_on, sweep.due_on), ("2026-11-01".parse().unwrap(), "2026-11-30".parse().unwrap()));
    assert_eq!(sweep.opened_by, None);
    app.get(Role::DivisionHead, "/sweeps").await.is(200).says(&[
        "民事审判庭",
        "庭长孙立",
        "还没有案件",
        "开始一次排查",
    ]);
    app.get(Role::Handler, "/sweeps").await.is(200).says(&["民事审判庭"]).does_not_say(&["执行局"]);
    app.get(Role::PetitionOfficer, "/sweeps").await.is(200).says(&["民事审判庭", "执行局", "导出 Excel"]);
    app.get(Role::FilingClerk, "/sweeps").await.is(403);
    let special = [
        ("kind", "special"),
        ("name", "年底集中排查"),
        ("from_on", "2026-11-23"),
        ("to_on", "2026-12-31"),
        ("due_on", "2026-12-31"),
        ("divisions", "2"),
        ("divisions", "3"),
    ];
    app.get(Role::PetitionOfficer, "/sweeps/new").await.is(200).says(&["每旬排查", "立案庭"]);
    app.post(Role::PetitionOfficer, "/sweeps/new", &special).await.is(303);
    app.post(Role::PetitionOfficer, "/sweeps/new", &special).await.is(422).says(&["已经有了"]);
    app.post(Role::DivisionHead, "/sweeps/new", &special).await.is(422).says(&["其他庭室"]);
    app.get(Role::PetitionOfficer, "/sweeps?kind=special").await.is(200).says(&["年底集中排查"]);
    assert!(app.get(Role::PetitionOfficer, "/sweeps/export").await.is(200).bytes.starts_with(b"PK"));
    app.later("2026-12-01 00:30");
    assert_eq!(open(&app), "本月排查表：新开 3 张。");
}

fn list(app: &TestApp, numbers: &[String]) -> Vec<u8> {
    let columns = ["案号", "案由", "当事人"].map(|title| Column { title, width: 20.0, kind: Kind::Text });
    let stamp = Stamp { by: "庭长孙立".to_owned(), at: app.app.moment() };
    let mut table = Table::start("收案", &stamp, &columns).unwrap();
    for number in numbers {
        table.row(&[Cell::text(number), Cell::text("离婚纠纷"), Cell::text("王小二诉赵六")]).unwrap();
    }
    table.finish().unwrap()
}

fn runs(app: &TestApp) -> Vec<Import> {
    app.read(|conn| Ok(sweep_imports::table.order(sweep_imports::id).load(conn)?)).unwrap()
}

async fn bring(app: &TestApp, kind: &str, bytes: &[u8]) -> Page {
    let path = format!("/sweeps/{}/import", sheet(app).id);
    app.upload(Role::DivisionHead, &path, &[("kind", kind)], &[("list", "收案.xlsx", bytes)]).await
}

async fn a_list_is_brought_in_once_and_goes_on_where_it_was_cut_off(app: TestApp) {
    open(&app);
    let mut numbers: Vec<String> = (1..=450).map(|n| format!("（2026）豫0404民初{n}号")).collect();
    numbers.push("2026民初451".to_owned());
    numbers.push("(2026)豫0404民初7号".to_owned());
    let bytes = list(&app, &numbers);
    bring(&app, "", &bytes).await.is(422).says(&["请选择这是收案清单还是结案清单"]);
    let page = bring(&app, "filed", &bytes).await;
    let run = page.is(303).location.clone().unwrap();
    app.get(Role::DivisionHead, &run).await.is(200).says(&[
        "正在导入",
        "已处理 0 行，共 451 行",
        "data-follow",
    ]);
    let worker = || {
        let (database, clock) = (app.app.database().clone(), app.app.clock().clone());
        Importer::of(imports::steps(), database, clock, app.app.keys().clone())
    };
    // The first batch, and the machine goes off.
    assert!(worker().step());
    assert_eq!((rows(&app, &sheet(&app)).len(), runs(&app)[0].rows_done()), (200, 200));
    app.post(Role::DivisionHead, &format!("{run}/stop"), &[]).await.is(303);
    assert!(!worker().step());
    app.get(Role::DivisionHead, &run).await.is(200).says(&["已停下，可以继续", "继续导入"]);
    // Another worker goes on where it stood, when the same file is brought again.
    assert_eq!(bring(&app, "filed", &bytes).await.is(303).location.as_deref(), Some(run.as_str()));
    let mut other = worker();
    while other.step() {}
    let done = runs(&app);
    assert_eq!(
        (done.len(), done[0].state, done[0].made, done[0].known, done[0].rows_bad),
        (1, ImportState::Done, 450, 1, 1)
    );
    assert_eq!(rows(&app, &sheet(&app)).len(), 450);
    let page = app.get(Role::DivisionHead, &run).await;
    page.is(200).says(&["新登记 450 件", "没有读入的行", "列（案号）", "案号有误", "没有重复登记的 1 件"]);
    assert!(app.get(Role::DivisionHead, &format!("{run}/export")).await.is(200).bytes.starts_with(b"PK"));
    assert!(!page.html.contains("王小二"), "no whole name is kept");
    // A list of closed cases adds that they were closed, and doubles nothing.
    bring(&app, "closed", &list(&app, &numbers[..3])).await.is(303);
    let mut last = worker();
    while last.step() {}
    let all = rows(&app, &sheet(&app));
    assert_eq!(all.len(), 450);
    assert_eq!(all.iter().filter(|row| row.kind == RowKind::Both).count(), 3);
    assert_eq!((runs(&app)[1].merged, runs(&app)[1].made), (3, 0));
    app.get(Role::DivisionHead, &format!("/sweeps/{}", sheet(&app).id)).await.is(200).says(&[
        "收案.xlsx",
        "下一页",
        "逐件排查",
    ]);
}

async fn cases_are_answered_one_after_another_and_an_answer_can_be_taken_back(app: TestApp) {
    open(&app);
    let first = typed(&app, "（2026）豫0404民初101号", "filed").await;
    let second = typed(&app, "（2026）豫0404民初102号", "filed").await;
    assert_eq!(first.parties, "张某某、李某");
    let triage = format!("/sweeps/{}/triage", sheet(&app).id);
    let page = app.get(Role::DivisionHead, &triage).await;
    page.is(200).says(&[
        "民初101号",
        "data-press=\"1\"",
        "data-press=\"3\"",
        "data-needs=\"f-note\"",
        "还有 <strong>2</strong> 件",
    ]);
    let next = answered(&app, &first, "nothing", "").await.is(303).location.clone().unwrap();
    app.get(Role::DivisionHead, &next)
        .await
        .is(200)
        .says(&["民初102号", "改刚才那件：（2026）豫0404民初101号"]);
    answered(&app, &second, "", "").await.is(422).says(&["请选择一项"]);
    answered(&app, &second, "again", "看是否上诉").await.is(303);
    app.get(Role::DivisionHead, &triage).await.is(200).says(&["都有了结论"]);
    // Taken back by a further answer: both stay on record.
    let page = app.get(Role::DivisionHead, &format!("{triage}?row={}", second.id)).await;
    page.is(200).says(&["现在的结论是“下月再看”"]);
    answered(&app, &again(&app, &second), "nothing", "已经撤诉").await.is(303);
    let given: Vec<Answer> = app
        .read(move |conn| {
            let of = sweep_answers::table.filter(sweep_answers::row_id.eq(second.id));
            Ok(of.order(sweep_answers::id).select(sweep_answers::answer).load(conn)?)
        })
        .unwrap();
    assert_eq!(given, [Answer::Again, Answer::Nothing]);
    app.get(Role::DivisionHead, &format!("/sweeps/rows/{}", second.id))
        .await
        .is(200)
        .says(&["每次的结论", "看是否上诉"]);
    let carried: i64 = app
        .read(|conn| {
            Ok(sweep_rows::table.filter(sweep_rows::carried_from.is_not_null()).count().get_result(conn)?)
        })
        .unwrap();
    assert_eq!(carried, 0, "what was taken back is off next month's sheet");
    the_sheet_is_finished_and_opened_again(&app).await;
}

async fn the_sheet_is_finished_and_opened_again(app: &TestApp) {
    let sweep = sheet_of(app, "2026-11-01");
    let finish = |version: i64| (format!("/sweeps/{}/finish", sweep.id), version.to_string());
    let (path, version) = finish(sweep.version);
    app.post(Role::DivisionHead, &path, &[("version", &version)]).await.is(422).says(&["期末"]);
    app.later("2026-11-27 17:00");
    app.get(Role::DivisionHead, &format!("/sweeps/{}", sweep.id)).await.is(200).says(&["排查完毕"]);
    app.post(Role::DivisionHead, &path, &[("version", "7")]).await.is(409).says(&["仍然排查完毕"]);
    app.post(Role::DivisionHead, &path, &[("version", &version)]).await.is(303);
    assert_eq!(sheet_of(app, "2026-11-01").state, SweepState::Finished);
    // A late case opens it again.
    let late = [("case_number", "（2026）豫0404民初103号"), ("kind", "closed")];
    app.post(Role::DivisionHead, &format!("/sweeps/{}/add", sweep.id), &late).await.is(303);
    assert_eq!(sheet_of(app, "2026-11-01").state, SweepState::Open);
}

fn sheet_of(app: &TestApp, from: &str) -> Sweep {
    let (division, from) = (civil(app), from.parse::<chrono::NaiveDate>().unwrap());
    app.read(move |conn| {
        let of = sweeps::table.filter(sweeps::division_id.eq(division).and(sweeps::from_on.eq(from)));
        Ok(of.first(conn)?)
    })
    .unwrap()
}

async fn look_again_comes_back_by_itself_next_month(app: TestApp) {
    open(&app);
    let row = typed(&app, "（2026）豫0404民初201号", "closed").await;
    answered(&app, &row, "again", "等上诉期满").await.is(303);
    let next = sheet_of(&app, "2026-12-01");
    let carried = rows(&app, &next);
    assert_eq!(carried.len(), 1);
    assert_eq!(
        (carried[0].kind, carried[0].carried_from, carried[0].answer),
        (RowKind::Again, Some(row.id), None)
    );
    assert_eq!(carried[0].parties, "张某某、李某");
    answered(&app, &again(&app, &row), "again", "再等等").await.is(303);
    assert_eq!(rows(&app, &next).len(), 1, "once");
    app.later("2026-12-01 00:30");
    assert_eq!(open(&app), "本月排查表：新开 2 张。");
    let page = app.get(Role::DivisionHead, &format!("/sweeps/{}/triage", next.id)).await;
    page.is(200).says(&["上次留看", "2026年11月排查：下月再看", "再等等"]);
    // Filed again or closed next month, it is the same row.
    app.later("2026-12-20 09:00");
    let fields = [("case_number", "（2026）豫0404民初201号"), ("kind", "closed")];
    app.post(Role::DivisionHead, &format!("/sweeps/{}/add", next.id), &fields).await.is(303);
    let all = rows(&app, &next);
    assert_eq!((all.len(), all[0].kind), (1, RowKind::Closed));
}

async fn tier_one_marks_a_sign_in_the_same_transaction(app: TestApp) {
    open(&app);
    let row = typed(&app, "（2026）豫0404民初301号", "closed").await;
    answered(&app, &row, "tier_one", "急").await.is(422).says(&["至少 4 个字"]);
    answered(&app, &row, "tier_one", "退款没有着落，原告多次来电").await.is(303);
    let kept = again(&app, &row);
    let sign = kept.sign_id.unwrap();
    let (number, tier): (String, Option<i64>) = app
        .read(move |conn| {
            Ok(matters::table.find(sign).select((matters::number, matters::tier)).first(conn)?)
        })
        .unwrap();
    assert_eq!((number.as_str(), tier), ("石法苗〔2026〕0001号", Some(1)));
    let causes: Vec<String> = app
        .read(move |conn| {
            let of = escalations::table.filter(escalations::matter_id.eq(sign));
            Ok(of.select(escalations::cause).load(conn)?)
        })
        .unwrap();
    assert_eq!(causes, ["swept"]);
    app.get(Role::PetitionOfficer, "/tiers?tier=1").await.is(200).says(&["石法苗〔2026〕0001号"]);
    // What is on tier one stays there.
    answered(&app, &kept, "nothing", "看错了").await.is(422).says(&["已经列入一级"]);
    assert_eq!(again(&app, &row).answer, Some(Answer::TierOne));
    // Another sheet that finds the same case doesn't mark it twice.
    let special = [
        ("kind", "special"),
        ("name", "年底集中排查"),
        ("from_on", "2026-11-23"),
        ("to_on", "2026-12-31"),
        ("due_on", "2026-12-31"),
        ("divisions", "2"),
    ];
    app.post(Role::DivisionHead, "/sweeps/new", &special).await.is(303);
    let other = typed(&app, "（2026）豫0404民初301号", "closed").await;
    assert_ne!(other.id, row.id);
    answered(&app, &other, "tier_one", "还是没有退款").await.is(303);
    assert_eq!(again(&app, &other).sign_id, Some(sign));
}

async fn closed_cases_say_how_they_ended_and_visits_are_kept(app: TestApp) {
    open(&app);
    let filed = typed(&app, "（2026）豫0404民初401号", "filed").await;
    let row = typed(&app, "（2026）豫0404民初402号", "closed").await;
    let marks = |explained: &'static str, note: &'static str, version: &'static str| {
        [
            ("version", version),
            ("pronounced", "yes"),
            ("served_in_person", "yes"),
            ("explained", explained),
            ("views_heard", "yes"),
            ("mediated", "na"),
            ("note", note),
        ]
    };
    let path = format!("/sweeps/rows/{}/closing", row.id);
    let page = app.get(Role::Handler, &format!("/sweeps/rows/{}", row.id)).await;
    page.is(200).says(&[
        "公开宣判",
        "承办法官当面送达",
        "判后释法",
        "听取各方意见",
        "组织过调解",
        "还没有登记",
    ]);
    app.post(Role::Handler, &path, &marks("no", "", "-1")).await.is(422).says(&["请写明原因"]);
    app.post(Role::Handler, &path, &marks("no", "下周二释明", "-1")).await.is(303);
    app.post(Role::DivisionHead, &path, &marks("yes", "", "-1")).await.is(409).says(&["下周二释明"]);
    app.post(Role::DivisionHead, &path, &marks("yes", "", "0")).await.is(303);
    let other = format!("/sweeps/rows/{}/closing", filed.id);
    app.post(Role::Handler, &other, &marks("yes", "", "-1")).await.is(422).says(&["只有结案的案件"]);
    let visit = [
        ("submission", "a-visit-of-november"),
        ("visited_on", "2026-11-20"),
        ("who", "孙立、钱进"),
        ("found", "到小区看过，漏水点还没有修，物业答应月底前修好。"),
    ];
    let path = format!("/sweeps/rows/{}/visit", row.id);
    app.post(Role::Handler, &path, &visit).await.is(303);
    app.post(Role::Handler, &path, &visit).await.is(303);
    let page = app.get(Role::Handler, &format!("/sweeps/rows/{}", row.id)).await;
    assert_eq!(page.html.matches("漏水点还没有修").count(), 1);
    app.get(Role::PetitionOfficer, "/sweeps/rows?closing=explained:yes").await.is(200).says(&["民初402号"]);
    app.get(Role::PetitionOfficer, "/sweeps/rows?closing=explained:no")
        .await
        .is(200)
        .does_not_say(&["民初402号"]);
}

fn mails(app: &TestApp) -> Vec<(Option<i64>, String)> {
    let all: Vec<(Option<i64>, String)> = app
        .read(|conn| {
            Ok(outbox::table.order(outbox::id).select((outbox::recipient_id, outbox::subject)).load(conn)?)
        })
        .unwrap();
    all.into_iter().filter(|(_, subject)| subject.contains("排查")).collect()
}

async fn the_unanswered_are_chased_and_checked(app: TestApp) {
    open(&app);
    typed(&app, "（2026）豫0404民初501号", "filed").await;
    let chase = |at: &str| {
        app.later(at);
        let act = system(&app);
        app.write(move |conn| jobs::chase(conn, &act)).unwrap();
        mails(&app)
    };
    let to = |role: Role| Some(app.person(role).0);
    let civil = |all: &[(Option<i64>, String)]| -> Vec<(Option<i64>, String)> {
        all.iter().filter(|(_, subject)| subject.contains("民事审判庭")).cloned().collect()
    };
    assert!(chase("2026-11-24 08:00").is_empty());
    let near = civil(&chase("2026-11-25 08:00"));
    assert_eq!(near.len(), 1);
    assert!(near[0].1.starts_with("排查快到期") && near[0].0 == to(Role::DivisionHead));
    assert_eq!(civil(&chase("2026-11-26 08:00")).len(), 1, "once");
    let late = civil(&chase("2026-12-01 08:00"));
    assert!(late[1].1.starts_with("排查没有答完") && late[1].0 == to(Role::DivisionHead));
    let above = civil(&chase("2026-12-02 08:00"));
    assert_eq!(above.len(), 3);
    assert!(above[2].1.starts_with("请督促排查") && above[2].0 == to(Role::VicePresident));
    assert_eq!(civil(&chase("2026-12-03 08:00")).len(), 3);
    app.get(Role::DivisionHead, "/").await.is(200).says(&["本月待排查的案件", "排查逾期没有答完的庭室"]);
    app.get(Role::VicePresident, "/").await.is(200).says(&["排查逾期没有答完的庭室"]);
    app.get(Role::DivisionHead, "/sweeps?due=overdue").await.is(200).says(&["超期 3 天"]);
    let act = app.act(Role::PetitionOfficer);
    let anchor = app.database.dir.path().join("anchor");
    let report = app.read(move |conn| checks::run(conn, &act, &anchor, Depth::End)).unwrap();
    let finding = report.findings.iter().find(|finding| finding.check == Check::Sweep).unwrap();
    assert_eq!(finding.count, 3);
    assert!(finding.examples.iter().any(|one| one.what == "民事审判庭2026年11月排查"));
}

async fn nobody_answers_for_another_division(app: TestApp) {
    open(&app);
    let row = typed(&app, "（2026）豫0404民初601号", "filed").await;
    let divisions = app.court.divisions.clone();
    let stranger = app
        .write(move |conn| Ok(court::db_second(conn, &divisions, (50, Role::Handler, "法官外庭"))))
        .unwrap();
    let enforcement =
        app.court.divisions.iter().find(|(kind, _)| *kind == DivisionKind::Enforcement).unwrap().1;
    app.write(move |conn| {
        use tingsong::schema::staff;
        diesel::update(staff::table.find(stranger))
            .set(staff::division_id.eq(Some(enforcement)))
            .execute(conn)?;
        Ok(())
    })
    .unwrap();
    app.get_as(stranger, &format!("/sweeps/rows/{}", row.id)).await.is(404);
    app.get_as(stranger, &format!("/sweeps/{}", row.sweep_id)).await.is(404);
    let fields = [("version", "0"), ("answer", "nothing")];
    app.post_as(stranger, &format!("/sweeps/rows/{}/answer", row.id), &fields).await.is(404);
    app.get_as(stranger, "/sweeps/rows").await.is(200).does_not_say(&["民初601号"]);
    // The vice president looks and doesn't answer; the petition office answers for any division.
    app.get(Role::VicePresident, &format!("/sweeps/{}", row.sweep_id))
        .await
        .is(200)
        .does_not_say(&["逐件排查"]);
    app.post(Role::VicePresident, &format!("/sweeps/rows/{}/answer", row.id), &fields).await.is(403);
    app.post(Role::PetitionOfficer, &format!("/sweeps/rows/{}/answer", row.id), &fields).await.is(303);
    assert_eq!(again(&app, &row).answer, Some(Answer::Nothing));
}

async fn figures_lead_to_their_rows_and_look_back(app: TestApp) {
    open(&app);
    let row = typed(&app, "（2026）豫0404民初701号", "closed").await;
    typed(&app, "（2026）豫0404民初702号", "filed").await;
    answered(&app, &row, "nothing", "").await.is(303);
    let page = app.get(Role::PetitionOfficer, "/sweeps/figures?month=2026-11").await;
    page.is(200).says(&["2026年11月排查统计", "1 / 2（50%）", "还差 1 件", "answer=any"]);
    app.get(Role::PetitionOfficer, "/sweeps/rows?month=2026-11&answer=any")
        .await
        .is(200)
        .says(&["民初701号"])
        .does_not_say(&["民初702号"]);
    app.get(Role::PetitionOfficer, "/sweeps/rows?closing=missing")
        .await
        .is(200)
        .says(&["民初701号"])
        .does_not_say(&["民初702号"]);
    for path in ["/sweeps/figures/export", "/sweeps/hindsight/export", "/sweeps/rows/export"] {
        assert!(app.get(Role::PetitionOfficer, path).await.is(200).bytes.starts_with(b"PK"), "{path}");
    }
    // Somebody comes about the case that had no sign.
    app.later("2026-11-25 10:00");
    let act = app.act(Role::FilingClerk);
    let mut came = first_visit("hindsight");
    if let About::New(new) = &mut came.about {
        let number = "（2026）豫0404民初701号".to_owned();
        new.cases = vec![TypedCase { number, verified: true, reason: None }];
    }
    app.write(move |conn| register(conn, &act, &came)).unwrap();
    let page = app.get(Role::PetitionOfficer, "/sweeps/hindsight?month=2026-11").await;
    page.is(200).says(&["民初701号", "无苗头", "没有评估过"]);
    app.get(Role::PetitionOfficer, "/sweeps/hindsight?month=2026-11&which=never")
        .await
        .is(200)
        .does_not_say(&["民初701号"]);
    app.get(Role::PetitionOfficer, "/sweeps/figures?month=2026-11").await.is(200).says(&["1 / 1（100%）"]);
}

async fn two_about_one_case_see_what_happened(app: TestApp) {
    open(&app);
    let row = typed(&app, "（2026）豫0404民初801号", "filed").await;
    answered(&app, &row, "again", "看是否上诉").await.is(303);
    let page = answered(&app, &row, "nothing", "").await;
    page.is(409).says(&["另有同事办理过", "现在的结论是“下月再看”"]);
    let fields = [("version", "0"), ("answer", "nothing"), ("from", "row")];
    let page = app.post(Role::Handler, &format!("/sweeps/rows/{}/answer", row.id), &fields).await;
    page.is(409).says(&["看是否上诉", "另有同事办理过"]);
    assert_eq!(again(&app, &row).answer, Some(Answer::Again));
}
