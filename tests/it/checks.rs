//! Each promise, broken by hand in the database, is found by the check that keeps it, and by no other.

use crate::replies;
use crate::support::registrations::{first_visit, id_number, new_matter, person, reload, visit};
use crate::support::{TestApp, on_both_databases};
use diesel::prelude::*;
use tingsong::app::jobs::{JOBS, Runner};
use tingsong::audit::Anchor;
use tingsong::checks::{self, Check, Depth, Report};
use tingsong::db::Committed;
use tingsong::matters::MatterId;
use tingsong::matters::actions::{About, NewMatter, Who, register};
use tingsong::matters::rules::Screening;
use tingsong::people::actions::{CourtDraft, add_court};
use tingsong::people::types::CourtLevel;
use tingsong::people::{Act, DivisionKind, Role};
use tingsong::referrals::actions::refer;
use tingsong::referrals::forms::Destination;
use tingsong::schema::{matter_petitioners, matters, outbox};

on_both_databases! {
    an_orderly_court_keeps_every_promise,
    a_matter_whose_accountable_person_has_left_is_found,
    a_matter_whose_accountable_person_is_complained_of_is_found,
    a_matter_whose_accountable_person_may_not_see_matters_is_found,
    a_matter_without_its_running_clock_is_found,
    a_matter_that_shows_a_later_date_than_its_earliest_is_found,
    a_matter_closed_in_silence_is_found,
    a_trail_that_does_not_reach_its_anchor_is_found,
    a_form_registered_twice_is_found,
    a_number_left_out_and_a_number_given_twice_are_found,
    a_wrong_count_of_contacts_is_found,
    a_sum_that_its_postings_do_not_come_to_is_found,
    a_merge_into_a_merged_record_is_found,
    an_administrator_with_a_second_role_is_found,
    a_missing_calendar_year_is_found,
    a_referral_without_an_addressee_and_a_second_one_are_found,
    hands_of_who_has_left_or_is_complained_of_are_found,
    a_reply_that_was_approved_and_not_served_is_found,
    a_review_without_an_outcome_is_found,
    what_is_not_archived_is_a_hint,
    the_page_names_places_to_whoever_may_see_them_and_counts_to_administrators,
    whoever_is_complained_of_does_not_read_of_it_here,
    the_nightly_check_tells_the_petition_officers_once,
    another_courts_faults_are_not_told_here,
    what_a_closed_matter_owes_is_found_when_it_is_late,
}

/// Two open matters, one of them with a second contact, and one that was answered on the spot.
fn db_court(app: &TestApp) {
    let act = app.act(Role::FilingClerk);
    app.write(move |conn| {
        let first = register(conn, &act, &first_visit("one"))?;
        let known = matter_petitioners::table
            .filter(matter_petitioners::matter_id.eq(first.matter_id))
            .select(matter_petitioners::petitioner_id)
            .first(conn)?;
        let again = visit("two", Who::Known(known), About::Existing(first.matter_id));
        register(conn, &act, &again)?;
        for (key, screening) in [
            ("three", Screening::Accepted),
            ("four", Screening::AnsweredOnTheSpot { answer: "已当面说明执行进展。".into() }),
        ] {
            let who = person("李秀英", &id_number("41040419750506", key.len() as u32), "13800005678");
            let about = About::New(Box::new(NewMatter { screening, ..new_matter() }));
            register(conn, &act, &visit(key, Who::New(Box::new(who)), about))?;
        }
        Ok(())
    })
    .unwrap();
}

fn db_sql(app: &TestApp, sql: &str) {
    let sql = sql.to_owned();
    app.app
        .database()
        .touch(move |conn| {
            for statement in sql.split(';').filter(|s| !s.trim().is_empty()) {
                diesel::sql_query(statement).execute(conn)?;
            }
            Ok(())
        })
        .unwrap();
}

pub fn checked(app: &TestApp, depth: Depth) -> Report {
    let act = app.act(Role::PetitionOfficer);
    let anchor = app.database.dir.path().join("anchor");
    app.read(move |conn| checks::run(conn, &act, &anchor, depth)).unwrap()
}

/// What does not hold, and in how many places.
pub fn broken(app: &TestApp) -> Vec<(Check, i64)> {
    checked(app, Depth::End).broken().map(|finding| (finding.check, finding.count)).collect()
}

async fn an_orderly_court_keeps_every_promise(app: TestApp) {
    let empty = checked(&app, Depth::WholeTrail);
    assert!(empty.is_clean(), "{}", checks::command::text(&empty));
    db_court(&app);
    let report = checked(&app, Depth::WholeTrail);
    assert!(report.is_clean(), "{}", checks::command::text(&report));
    assert_eq!(report.findings.iter().map(|f| f.check).collect::<Vec<_>>(), Check::ALL);
}

async fn a_matter_whose_accountable_person_has_left_is_found(app: TestApp) {
    db_court(&app);
    db_sql(&app, &format!("UPDATE staff SET active = FALSE WHERE id = {}", app.person(Role::FilingClerk)));
    assert_eq!(broken(&app), [(Check::Accountable, 2)]);
    let text = checks::command::text(&checked(&app, Depth::End));
    assert!(text.contains("承诺 1") && text.contains("0001号") && text.contains("/matters/"), "{text}");
}

async fn a_matter_whose_accountable_person_is_complained_of_is_found(app: TestApp) {
    db_court(&app);
    let clerk = app.person(Role::FilingClerk);
    db_sql(&app, &format!("INSERT INTO matter_bars SELECT id, {clerk} FROM matters WHERE seq = 1"));
    assert_eq!(broken(&app), [(Check::Accountable, 1)]);
}

async fn a_matter_whose_accountable_person_may_not_see_matters_is_found(app: TestApp) {
    db_court(&app);
    let finance = app.person(Role::Finance);
    db_sql(&app, &format!("UPDATE matters SET accountable_id = {finance} WHERE seq = 2"));
    assert_eq!(broken(&app), [(Check::Accountable, 1)]);
}

async fn a_matter_without_its_running_clock_is_found(app: TestApp) {
    db_court(&app);
    db_sql(
        &app,
        "UPDATE clocks SET cancelled = TRUE WHERE met_on IS NULL \
         AND matter_id IN (SELECT id FROM matters WHERE seq = 1)",
    );
    assert_eq!(broken(&app), [(Check::NextDate, 1)]);
}

async fn a_matter_that_shows_a_later_date_than_its_earliest_is_found(app: TestApp) {
    db_court(&app);
    let later = "(SELECT c.id FROM clocks c WHERE c.matter_id = matters.id AND c.met_on IS NULL \
                 ORDER BY c.due_on DESC, c.id DESC LIMIT 1)";
    let due = "(SELECT MAX(c.due_on) FROM clocks c WHERE c.matter_id = matters.id AND c.met_on IS NULL)";
    db_sql(&app, &format!("UPDATE matters SET next_clock_id = {later}, next_due_on = {due} WHERE seq = 2"));
    assert_eq!(broken(&app), [(Check::NextDate, 1)]);
}

async fn a_matter_closed_in_silence_is_found(app: TestApp) {
    db_court(&app);
    db_sql(&app, "DELETE FROM replies");
    assert_eq!(broken(&app), [(Check::Reply, 1)]);
    db_sql(
        &app,
        "UPDATE matters SET stage = 'closed', close_reason = 'answered', closed_at = registered_at WHERE seq = 1",
    );
    assert_eq!(broken(&app), [(Check::StrayClock, 1), (Check::Reply, 2)]);
}

async fn a_trail_that_does_not_reach_its_anchor_is_found(app: TestApp) {
    db_court(&app);
    let path = app.database.dir.path().join("anchor");
    let beyond = Committed { count: 1_000_000, head: "f".repeat(64) };
    Anchor::renew(&path, app.app.keys(), Some(&beyond)).unwrap();
    assert_eq!(broken(&app), [(Check::Trail, 1)]);
    std::fs::write(&path, "something else").unwrap();
    assert_eq!(broken(&app), [(Check::Trail, 1)]);
    std::fs::remove_file(&path).unwrap();
    assert_eq!(broken(&app), [(Check::Trail, 1)]);
}

async fn a_form_registered_twice_is_found(app: TestApp) {
    db_court(&app);
    db_sql(
        &app,
        "DROP INDEX contacts_submission; UPDATE contacts SET submission_key = 'one' WHERE submission_key = 'two'",
    );
    assert_eq!(broken(&app), [(Check::Submission, 1)]);
}

async fn a_number_left_out_and_a_number_given_twice_are_found(app: TestApp) {
    db_court(&app);
    db_sql(&app, "UPDATE counters SET last = last + 1 WHERE series = 'matter'");
    assert_eq!(broken(&app), [(Check::Number, 1)]);
    db_sql(&app, "UPDATE matters SET seq = 1 WHERE seq = 2");
    let report = checked(&app, Depth::End);
    let said = &report.broken().next().unwrap().examples[0].what;
    assert!(said.contains("2026 年") && said.contains("缺第 2 号") && said.contains("第 1 号重复"), "{said}");
}

async fn a_wrong_count_of_contacts_is_found(app: TestApp) {
    db_court(&app);
    db_sql(&app, "UPDATE matters SET contact_count = 1 WHERE seq = 1");
    assert_eq!(broken(&app), [(Check::ContactCount, 1)]);
}

async fn a_sum_that_its_postings_do_not_come_to_is_found(app: TestApp) {
    db_court(&app);
    db_sql(
        &app,
        "INSERT INTO enforcement_matters SELECT id, court_id, 500, 0, 500, NULL, 0, registered_at FROM matters \
         WHERE seq = 1",
    );
    assert_eq!(broken(&app), [(Check::Enforcement, 1)]);
    db_sql(
        &app,
        "INSERT INTO enforcement_postings SELECT 1, court_id, id, 'due', 500, '2026-11-20', NULL, '', '判决', NULL, \
         accountable_id, registered_at, 'one', NULL FROM matters WHERE seq = 1",
    );
    assert_eq!(broken(&app), []);
    db_sql(&app, "UPDATE enforcement_matters SET outstanding_fen = 400");
    assert_eq!(broken(&app), [(Check::Enforcement, 1)]);
}

async fn a_merge_into_a_merged_record_is_found(app: TestApp) {
    db_court(&app);
    let (least, greatest) = ("(SELECT MIN(id) FROM petitioners)", "(SELECT MAX(id) FROM petitioners)");
    db_sql(&app, &format!("UPDATE petitioners SET merged_into = {least} WHERE id = {greatest}"));
    assert_eq!(broken(&app), []);
    db_sql(&app, &format!("UPDATE petitioners SET merged_into = {greatest} WHERE id = {least}"));
    assert_eq!(broken(&app), [(Check::Merge, 2)]);
}

async fn an_administrator_with_a_second_role_is_found(app: TestApp) {
    let finance = app.person(Role::Finance);
    db_sql(&app, &format!("INSERT INTO staff_roles (staff_id, role) VALUES ({finance}, 'auditor')"));
    assert_eq!(broken(&app), [(Check::Roles, 1)]);
}

async fn a_missing_calendar_year_is_found(app: TestApp) {
    db_sql(
        &app,
        "DELETE FROM calendar_years WHERE year = 2026; UPDATE calendar_stamps SET stamp = stamp + 1",
    );
    assert_eq!(broken(&app), [(Check::Calendar, 1)]);
    app.at("2027-03-01 09:00");
    assert_eq!(broken(&app), []);
}

async fn the_page_names_places_to_whoever_may_see_them_and_counts_to_administrators(app: TestApp) {
    db_court(&app);
    app.get(Role::PetitionOfficer, "/checks").await.is(200).says(&["自检通过", "符合"]);
    db_sql(&app, "UPDATE matters SET contact_count = 1 WHERE seq = 1");
    let officer = app.get(Role::PetitionOfficer, "/checks").await;
    officer.is(200).says(&["1 处不符合", "0001号", "href=\"/matters/"]);
    let sysadmin = app.get(Role::Sysadmin, "/checks").await;
    sysadmin.is(200).says(&["1 处不符合"]).does_not_say(&["0001号"]);
    app.get(Role::FilingClerk, "/checks").await.is(403);
}

async fn whoever_is_complained_of_does_not_read_of_it_here(app: TestApp) {
    db_court(&app);
    let officer = app.person(Role::PetitionOfficer);
    db_sql(
        &app,
        &format!(
            "INSERT INTO matter_bars SELECT id, {officer} FROM matters WHERE seq = 1; \
             UPDATE matters SET contact_count = 1 WHERE seq = 1"
        ),
    );
    let page = app.get(Role::PetitionOfficer, "/checks").await;
    page.says(&["自检通过"]).does_not_say(&["0001号", "处不符合"]);
    app.get(Role::President, "/checks").await.says(&["1 处不符合", "0001号"]);
    app.get(Role::Sysadmin, "/checks").await.says(&["1 处不符合"]);
    let numbers: Vec<String> =
        app.read(|conn| Ok(matters::table.select(matters::number).load(conn)?)).unwrap();
    assert_eq!(numbers.len(), 3);
}

async fn the_nightly_check_tells_the_petition_officers_once(app: TestApp) {
    let inner = &app.app;
    let runner = || {
        Runner::new(inner.database().clone(), inner.clock().clone(), inner.keys().clone(), JOBS)
            .in_folder(app.database.dir.path())
    };
    let said = |ran: Vec<tingsong::app::jobs::Ran>| {
        ran.into_iter().find(|ran| ran.job == "check").unwrap().outcome.unwrap()
    };
    let mails = || -> Vec<(String, String)> {
        app.read(|conn| Ok(outbox::table.select((outbox::recipient, outbox::text_body)).load(conn)?)).unwrap()
    };
    db_court(&app);
    assert!(said(runner().run_due()).contains("自检通过"));
    assert_eq!(mails(), []);
    app.at("2026-11-24 09:00");
    db_sql(&app, "DELETE FROM replies");
    assert!(said(runner().run_due()).contains("已发邮件给 1 名信访专干"));
    assert!(runner().run_due().iter().all(|ran| ran.job != "check"), "once a day");
    let sent = mails();
    assert_eq!(sent.len(), 1);
    assert!(sent[0].1.contains("办结的事项都有答复：1 处") && !sent[0].1.contains("号"), "{}", sent[0].1);
}

/// The matter number one, on its way to the judge.
fn referred(app: &TestApp) -> i64 {
    db_court(app);
    let id: MatterId = app
        .read(|conn| Ok(matters::table.filter(matters::seq.eq(2)).select(matters::id).first(conn)?))
        .unwrap();
    let civil = app.court.divisions.iter().find(|(kind, _)| *kind == DivisionKind::Civil).unwrap().1;
    let to =
        Destination { division: civil, staff: Some(app.person(Role::Handler)), ..Destination::default() };
    let (act, version) = (app.act(Role::PetitionOfficer), reload(app, id).version);
    app.write(move |conn| refer(conn, &act, id, version, &to)).unwrap();
    assert_eq!(broken(app), []);
    id.0
}

async fn a_referral_without_an_addressee_and_a_second_one_are_found(app: TestApp) {
    let id = referred(&app);
    db_sql(&app, "UPDATE hands SET until = since WHERE part = 'addressee'");
    assert_eq!(broken(&app), [(Check::Referral, 1)]);
    db_sql(&app, "UPDATE hands SET until = NULL WHERE part = 'addressee'");
    assert_eq!(broken(&app), []);
    let columns =
        "court_id, matter_id, division_id, staff_id, sender_id, note, sent_at, due_on, state, answer";
    db_sql(
        &app,
        &format!(
            "DROP INDEX referrals_pending; INSERT INTO referrals (id, number, {columns}) \
             SELECT 7, 2, {columns} FROM referrals WHERE matter_id = {id}"
        ),
    );
    assert_eq!(broken(&app), [(Check::Referral, 1)]);
}

async fn hands_of_who_has_left_or_is_complained_of_are_found(app: TestApp) {
    let id = referred(&app);
    let judge = app.person(Role::Handler);
    db_sql(&app, &format!("INSERT INTO matter_bars (matter_id, staff_id) VALUES ({id}, {judge})"));
    assert_eq!(broken(&app), [(Check::Hands, 1), (Check::OwnCause, 1)]);
    db_sql(&app, &format!("DELETE FROM matter_bars; UPDATE staff SET active = FALSE WHERE id = {judge}"));
    assert_eq!(broken(&app), [(Check::Hands, 1)]);
    let text = checks::command::text(&checked(&app, Depth::End));
    assert!(text.contains("承办人都在岗") && text.contains("移交") && text.contains("/matters/"), "{text}");
}

async fn a_reply_that_was_approved_and_not_served_is_found(app: TestApp) {
    let id = replies::handled(&app, "served");
    replies::write(&app, Role::Handler, id, (0, 0), "submit").await;
    replies::decide(&app, Role::DivisionHead, id, "approve", "").await;
    assert_eq!(broken(&app), []);
    app.at("2026-12-07 09:00");
    assert_eq!(broken(&app), [(Check::Served, 1)]);
    // The handler's session has lapsed in these two weeks.
    replies::serve(&app, Role::PetitionOfficer, id).await;
    assert_eq!(broken(&app), []);
}

async fn a_review_without_an_outcome_is_found(app: TestApp) {
    let id = replies::replied(&app, "review").await;
    db_sql(&app, &format!("UPDATE reply_drafts SET remedy = 'review' WHERE matter_id = {id}"));
    let fields = [("requested_on", "2026-11-23"), ("above", "市中级人民法院"), ("grounds", "不服答复意见")];
    app.post(Role::FilingClerk, &format!("/matters/{id}/request-review"), &fields).await.is(303);
    app.get(Role::PetitionOfficer, "/reviews").await.is(200).says(&["市中级人民法院", "待移送案卷"]);
    assert_eq!(broken(&app), []);
    app.at("2026-12-24 09:00");
    assert_eq!(broken(&app), [(Check::Review, 1)]);
}

async fn what_is_not_archived_is_a_hint(app: TestApp) {
    db_court(&app);
    app.at("2027-03-01 09:00");
    let report = checked(&app, Depth::End);
    let hints: Vec<(Check, i64)> = report.hints().map(|one| (one.check, one.count)).collect();
    assert_eq!(hints, [(Check::Archive, 1)]);
    assert!(report.is_clean() && report.verdict().contains("另有提醒"), "{}", report.verdict());
    assert!(checks::command::text(&report).contains("提醒：办结三个月内归档"));
}

async fn another_courts_faults_are_not_told_here(app: TestApp) {
    db_court(&app);
    let act = Act::system("命令行", app.app.moment(), app.app.keys().clone());
    let draft = CourtDraft::new("豫04", "某市中级人民法院", "某中法", CourtLevel::Intermediate);
    let court = app.write(move |conn| add_court(conn, &act, &draft)).unwrap();
    let columns = "name, post, rank, mail, mail_confirmed_at, telephone, active, version, created_at";
    let judge = app.person(Role::Handler);
    db_sql(
        &app,
        &format!(
            "INSERT INTO staff (id, court_id, division_id, {columns}) \
             SELECT 900, {court}, NULL, '外院甲', post, rank, mail, mail_confirmed_at, telephone, active, version, \
             created_at FROM staff WHERE id = {judge}; \
             INSERT INTO staff_roles (staff_id, role) VALUES (900, 'handler'); \
             INSERT INTO staff_roles (staff_id, role) VALUES (900, 'auditor')"
        ),
    );
    assert_eq!(broken(&app), [], "an officer is told of their own court");
    app.get(Role::PetitionOfficer, "/checks").await.says(&["自检通过"]).does_not_say(&["外院甲"]);
    app.get(Role::Sysadmin, "/checks").await.says(&["1 处不符合"]).does_not_say(&["外院甲"]);
    let act = Act::system("命令行", app.app.moment(), app.app.keys().clone());
    let anchor = app.database.dir.path().join("anchor");
    let whole = app.read(move |conn| checks::run(conn, &act, &anchor, Depth::End)).unwrap();
    assert!(checks::command::text(&whole).contains("外院甲"));
    app.at("2026-11-24 09:00");
    let inner = &app.app;
    let ran = Runner::new(inner.database().clone(), inner.clock().clone(), inner.keys().clone(), JOBS)
        .in_folder(app.database.dir.path())
        .run_due();
    let said = ran.into_iter().find(|ran| ran.job == "check").unwrap().outcome.unwrap();
    assert!(said.contains("1 项不符合") && said.contains("已发邮件给 0 名"), "{said}");
}

async fn what_a_closed_matter_owes_is_found_when_it_is_late(app: TestApp) {
    let id = replies::closed(&app, "late").await;
    let act = app.act(Role::FilingClerk);
    app.write(move |conn| {
        let known = matter_petitioners::table
            .filter(matter_petitioners::matter_id.eq(id))
            .select(matter_petitioners::petitioner_id)
            .first(conn)?;
        register(conn, &act, &visit("again", Who::Known(known), About::Existing(id)))
    })
    .unwrap();
    assert_eq!(broken(&app), []);
    app.at("2026-12-01 09:00");
    assert_eq!(broken(&app), [(Check::Owed, 1)]);
    let fields = [("manner", "oral"), ("text", "请看十一月二十三日的答复意见书。")];
    app.post(Role::PetitionOfficer, &format!("/matters/{id}/answer-again"), &fields).await.is(303);
    assert_eq!(broken(&app), []);
}
