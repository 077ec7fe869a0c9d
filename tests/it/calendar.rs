//! The calendar and the rule table: what is proposed, what is put in force, and what moves with it.

use crate::support::{TestApp, on_both_databases};
use chrono::NaiveDate;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use tingsong::calendar::types::{DayKind, YearStatus};
use tingsong::calendar::{self, working_days};
use tingsong::deadlines::{self, Code};
use tingsong::error::Problem;
use tingsong::people::Role;
use tingsong::proposals::{Proposal, ProposalId, ProposalKind, open_of};
use tingsong::schema::{matters, timeline};

on_both_databases! {
    a_year_is_read_by_all_and_changed_by_the_officer_alone,
    a_changed_day_holds_only_after_it_was_put_in_force,
    days_changed_one_after_the_other_wait_together,
    an_import_shows_its_changes_and_takes_effect_with_them,
    a_bad_list_comes_back_with_what_was_typed,
    a_proposal_is_sent_back_or_taken_back_and_changes_nothing,
    nobody_settles_a_proposal_twice,
    the_officer_puts_nothing_in_force,
    a_rule_is_changed_by_a_new_row_and_running_deadlines_keep_theirs,
    a_wrong_rule_comes_back_with_what_was_typed,
    next_year_is_asked_for_from_november,
    a_date_explains_itself_to_whoever_may_see_its_matter,
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn waiting(app: &TestApp, kind: ProposalKind, target: &str) -> Option<Proposal> {
    let court = (kind == ProposalKind::Rule).then_some(app.court.id);
    app.read(|conn| Ok(open_of(conn, kind, target, court)?)).unwrap()
}

/// A matter with just its row, so that clocks have something to run for.
fn db_matter(app: &TestApp, id: i64) {
    let sql = format!(
        "INSERT INTO matters (id, court_id, kind, number, year, seq, petitioner_line, anonymous, category_code, case_stage, \
     claim, summary, conduct, stage, first_receiver_id, accountable_id, received_at, registered_at, next_due_on, \
     contact_count, last_contact_at, people_count, query_code, version) VALUES ({id}, 1, 'petition', \
     '石法访〔2026〕{id}号', 2026, {id}, '张三', FALSE, 'x', 'trial', '', '', FALSE, 'registered', 1, 1, \
     '2026-11-23 01:00:00', '2026-11-23 01:00:00', '2026-11-30', 1, '2026-11-23 01:00:00', 1, '', 0)"
    );
    app.write(move |conn| Ok(conn.batch_execute(&sql)?)).unwrap();
}

fn next_due(app: &TestApp, id: i64) -> Option<NaiveDate> {
    app.read(|conn| Ok(matters::table.find(id).select(matters::next_due_on).first(conn)?)).unwrap()
}

async fn decide(app: &TestApp, role: Role, kind: ProposalKind, target: &str, verb: &str) -> u16 {
    let proposal = waiting(app, kind, target).unwrap();
    let place = if kind == ProposalKind::Rule { "rules" } else { "calendar" };
    let path = format!("/settings/{place}/proposals/{}/{verb}", proposal.id);
    let fields = [("version", proposal.version.to_string()), ("note", "来源不清".to_owned())];
    let fields = fields.each_ref().map(|(field, value)| (*field, value.as_str()));
    app.post(role, &path, &fields).await.status.as_u16()
}

async fn propose_day(app: &TestApp, date: &str, kind: &str, name: &str) {
    let path = format!("/settings/calendar/days/{date}");
    let fields = [("kind", kind), ("name", name), ("reason", "依通知")];
    app.post(Role::PetitionOfficer, &path, &fields).await.is(303);
}

fn works_on(app: &TestApp, date: &str) -> bool {
    app.read(working_days).unwrap().is_working_day(day(date))
}

async fn a_year_is_read_by_all_and_changed_by_the_officer_alone(app: TestApp) {
    let page = app.get(Role::FilingClerk, "/settings/calendar").await;
    page.is(200).says(&["工作日历 2026年", "已公布", "国务院办公厅关于2026年部分节假日安排的通知", "248 天"]);
    page.does_not_say(&["导入放假安排", "/settings/calendar/days/"]);
    let officer = app.get(Role::PetitionOfficer, "/settings/calendar/years/2027").await;
    officer.is(200).says(&["暂定", "导入放假安排", "/settings/calendar/days/2027-01-01"]);
    app.get(Role::FilingClerk, "/settings/calendar/years/2030").await.is(200).says(&["未录入"]);
    app.get(Role::FilingClerk, "/settings/calendar/years/99999").await.is(404);
    app.get(Role::PetitionOfficer, "/settings/calendar/days/2026-02-30").await.is(404);
}

async fn a_changed_day_holds_only_after_it_was_put_in_force(app: TestApp) {
    db_matter(&app, 5);
    let act = app.act(Role::FilingClerk);
    let court = app.court.id;
    let clock = app
        .write(move |conn| {
            let from = day("2026-11-23");
            deadlines::start(conn, &act, court, 5, Code::FirstNotice, from)
        })
        .unwrap();
    assert_eq!(clock.due_on, day("2026-11-30"));
    propose_day(&app, "2026-11-30", "holiday", "停电检修").await;
    assert!(works_on(&app, "2026-11-30"), "not yet");
    let page = app.get(Role::SecurityAdmin, "/settings/calendar/years/2026").await;
    page.says(&["有一项改动待生效", "依通知", "2026年11月30日 周一", "停电检修放假", "确认生效"]);
    assert_eq!(decide(&app, Role::SecurityAdmin, ProposalKind::Calendar, "2026", "accept").await, 303);
    assert!(!works_on(&app, "2026-11-30"));
    let (moved, _) = app.read(|conn| deadlines::next(conn, 5)).unwrap().unwrap();
    assert_eq!((moved.id, moved.due_on), (clock.id, day("2026-12-01")));
    assert_eq!(next_due(&app, 5), Some(day("2026-12-01")), "the lists show it too");
    let told: Vec<String> = app
        .read(|conn| {
            Ok(timeline::table.filter(timeline::matter_id.eq(5)).select(timeline::text).load(conn)?)
        })
        .unwrap();
    assert_eq!(told, ["工作日历有变动，“首次告知”的到期日由2026年11月30日调整为2026年12月1日。"]);
    let page = app.get(Role::PetitionOfficer, "/settings/calendar/years/2026").await;
    page.says(&["改动记录", "已生效：依通知"]).does_not_say(&["有一项改动待生效"]);
}

async fn days_changed_one_after_the_other_wait_together(app: TestApp) {
    propose_day(&app, "2026-12-05", "workday", "元旦").await;
    propose_day(&app, "2026-12-07", "holiday", "元旦").await;
    let page = app.get(Role::SecurityAdmin, "/settings/calendar/years/2026").await;
    page.says(&["共 2 天有变化", "调休上班（元旦）", "元旦放假", "已由新的改动取代"]);
    decide(&app, Role::SecurityAdmin, ProposalKind::Calendar, "2026", "accept").await;
    assert!(works_on(&app, "2026-12-05") && !works_on(&app, "2026-12-07"));
}

const LIST: &str = "日期,种类,名称\n2027/1/1,放假,元旦\n2027-01-02,上班,元旦\n2027-02-05,放假,春节";

async fn an_import_shows_its_changes_and_takes_effect_with_them(app: TestApp) {
    let fields =
        [("year", "2027"), ("status", "official"), ("source", "国办发明电〔2026〕7号"), ("list", "")];
    let file = [("file", "2027.csv", LIST.as_bytes())];
    app.upload(Role::PetitionOfficer, "/settings/calendar/import", &fields, &file).await.is(303);
    let page = app.get(Role::SecurityAdmin, "/settings/calendar/years/2027").await;
    page.says(&["状态改为", "国办发明电〔2026〕7号", "2027年1月2日 周六", "调休上班（元旦）"]);
    decide(&app, Role::SecurityAdmin, ProposalKind::Calendar, "2027", "accept").await;
    let calendar = app.read(working_days).unwrap();
    assert_eq!(calendar.status(2027), YearStatus::Official);
    assert_eq!(
        calendar.special_days(2027).map(|d| d.kind).collect::<Vec<_>>(),
        [DayKind::Holiday, DayKind::Workday, DayKind::Holiday]
    );
    let again = app.upload(Role::PetitionOfficer, "/settings/calendar/import", &fields, &file).await;
    again.is(422).says(&["和现行日历完全一样"]);
}

async fn a_bad_list_comes_back_with_what_was_typed(app: TestApp) {
    let fields =
        [("year", "2027"), ("status", "official"), ("source", "某通知来源"), ("list", "明天,放假,元旦2")];
    let page = app.upload(Role::PetitionOfficer, "/settings/calendar/import", &fields, &[]).await;
    page.is(422);
    let rows = [("list", "2027-01-01,放假,元旦\n2027-01-04,加班,元旦")];
    let fields: Vec<_> = fields.iter().take(3).chain(&rows).copied().collect();
    let page = app.upload(Role::PetitionOfficer, "/settings/calendar/import", &fields, &[]).await;
    page.is(422).says(&["第2行", "“加班”不是日期种类", "某通知来源", "2027-01-04,加班,元旦"]);
    let gbk: &[u8] = &[0xd4, 0xaa, 0xb5, 0xa9];
    let file = [("file", "a.csv", gbk)];
    let page = app.upload(Role::PetitionOfficer, "/settings/calendar/import", &fields, &file).await;
    page.is(422).says(&["不是 UTF-8 编码"]);
}

async fn a_proposal_is_sent_back_or_taken_back_and_changes_nothing(app: TestApp) {
    for (role, verb, said) in
        [(Role::SecurityAdmin, "reject", "已退回"), (Role::PetitionOfficer, "withdraw", "已撤回")]
    {
        propose_day(&app, "2026-11-30", "holiday", "停电检修").await;
        assert_eq!(decide(&app, role, ProposalKind::Calendar, "2026", verb).await, 303);
        assert!(works_on(&app, "2026-11-30"));
        assert_eq!(waiting(&app, ProposalKind::Calendar, "2026"), None);
        app.get(Role::PetitionOfficer, "/settings/calendar").await.says(&[said]);
    }
}

async fn nobody_settles_a_proposal_twice(app: TestApp) {
    propose_day(&app, "2026-11-30", "holiday", "停电检修").await;
    let id: ProposalId = waiting(&app, ProposalKind::Calendar, "2026").unwrap().id;
    let accept = format!("/settings/calendar/proposals/{id}/accept");
    app.post(Role::SecurityAdmin, &accept, &[("version", "3")]).await.is(409);
    app.post(Role::SecurityAdmin, &accept, &[("version", "0")]).await.is(303);
    app.post(Role::SecurityAdmin, &accept, &[("version", "0")]).await.is(409);
    app.post(Role::SecurityAdmin, &accept, &[("version", "1")]).await.is(409);
    let other = format!("/settings/rules/proposals/{id}/accept");
    app.post(Role::SecurityAdmin, &other, &[("version", "1")]).await.is(404);
}

async fn the_officer_puts_nothing_in_force(app: TestApp) {
    propose_day(&app, "2026-11-30", "holiday", "停电检修").await;
    assert_eq!(decide(&app, Role::PetitionOfficer, ProposalKind::Calendar, "2026", "accept").await, 403);
    let act = app.act(Role::PetitionOfficer);
    let id = waiting(&app, ProposalKind::Calendar, "2026").unwrap().id;
    let refused = app.write(move |conn| calendar::actions::put_in_force(conn, &act, id, 0));
    assert!(matches!(refused, Err(Problem::Forbidden)));
    assert!(works_on(&app, "2026-11-30"));
}

fn rule_fields<'a>(amount: &'a str, from: &'a str) -> [(&'a str, &'a str); 10] {
    [
        ("name", "答复"),
        ("basis", "院定：2026年第三次院务会"),
        ("amount", amount),
        ("unit", "day"),
        ("roll", "1"),
        ("status", "own"),
        ("extension_by", "president"),
        ("max_extension_days", "30"),
        ("effective_from", from),
        ("reason", "院务会决定"),
    ]
}

async fn a_rule_is_changed_by_a_new_row_and_running_deadlines_keep_theirs(app: TestApp) {
    app.get(Role::FilingClerk, "/settings/rules").await.is(200).says(&[
        "首次告知",
        "《民事诉讼法》第一百二十六条",
        "法定",
        "院定",
        "待核实",
        "未启用",
    ]);
    let (act, court) = (app.act(Role::FilingClerk), app.court.id);
    let running = app
        .write(move |conn| deadlines::start(conn, &act, court, 5, Code::Reply, day("2026-11-23")))
        .unwrap();
    let edit = "/settings/rules/of/reply/edit";
    app.get(Role::PetitionOfficer, edit).await.is(200).says(&["value=\"60\"", "提交待生效"]);
    app.post(Role::PetitionOfficer, edit, &rule_fields("45", "2026-11-23")).await.is(303);
    app.get(Role::SecurityAdmin, "/settings/rules").await.says(&["有改动待生效"]);
    app.get(Role::SecurityAdmin, "/settings/rules/of/reply").await.says(&["60日", "45日", "确认生效"]);
    assert_eq!(decide(&app, Role::SecurityAdmin, ProposalKind::Rule, "reply", "accept").await, 303);
    let amount = |date: &str| {
        let date = day(date);
        app.read(move |conn| deadlines::rule_on(conn, court, Code::Reply, date)).unwrap().unwrap().amount
    };
    assert_eq!((amount("2026-11-22"), amount("2026-11-23")), (60, 45));
    let (clock, rule) = app.read(|conn| deadlines::next(conn, 5)).unwrap().unwrap();
    assert_eq!((clock.due_on, rule.amount), (running.due_on, 60));
    for (length, from) in [("50", "2026-11-23"), ("30", "2026-12-01")] {
        app.post(Role::PetitionOfficer, edit, &rule_fields(length, from)).await.is(303);
        assert_eq!(decide(&app, Role::SecurityAdmin, ProposalKind::Rule, "reply", "accept").await, 303);
    }
    assert_eq!((amount("2026-11-22"), amount("2026-11-23"), amount("2026-12-01")), (60, 50, 30));
    let page = app.get(Role::FilingClerk, "/settings/rules/of/reply").await;
    page.is(200).says(&["50日", "30日", "2026年12月1日起", "未生效即被取代", "默认", "例如从今天"]);
}

async fn a_wrong_rule_comes_back_with_what_was_typed(app: TestApp) {
    let edit = "/settings/rules/of/reply/edit";
    let page = app.post(Role::PetitionOfficer, edit, &rule_fields("四十五", "2026-11-22")).await;
    page.is(422).says(&["四十五", "有 2 处需要修改", "院定：2026年第三次院务会"]);
    app.get(Role::PetitionOfficer, "/settings/rules/of/nothing").await.is(404);
    app.post(Role::PetitionOfficer, "/settings/rules/of/nothing/edit", &rule_fields("1", "x")).await.is(404);
    assert_eq!(waiting(&app, ProposalKind::Rule, "reply"), None);
}

async fn next_year_is_asked_for_from_november(app: TestApp) {
    let warning = "2027年的放假安排还是暂定日历";
    app.get(Role::FilingClerk, "/settings/calendar").await.says(&[warning]);
    app.at("2026-10-31 09:00");
    app.get(Role::FilingClerk, "/settings/calendar").await.does_not_say(&[warning]);
}

async fn a_date_explains_itself_to_whoever_may_see_its_matter(app: TestApp) {
    db_matter(&app, 5);
    let (act, court) = (app.act(Role::FilingClerk), app.court.id);
    let clock = app
        .write(move |conn| deadlines::start(conn, &act, court, 5, Code::Reply, day("2026-11-23")))
        .unwrap();
    let path = format!("/clocks/{}", clock.id);
    app.get(Role::FilingClerk, &path).await.is(200).says(&[
        "为什么是 2027年1月22日 周五",
        "《信访工作条例》第三十四条",
        "石法访〔2026〕5号",
        "2026年11月24日 周二",
        "第1日",
        "注意：2027年放假安排尚未公布，按暂定日历推算",
    ]);
    app.get(Role::Handler, &path).await.is(404);
    app.get(Role::Sysadmin, &path).await.is(403);
    app.get(Role::FilingClerk, "/clocks/7").await.is(404);
}
