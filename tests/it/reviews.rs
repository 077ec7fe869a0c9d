//! 复查复核 against one reply and the next, whatever became of the file, on both databases.

use crate::replies::{self, act_on, newest, running};
use crate::support::registrations::reload;
use crate::support::{TestApp, on_both_databases};
use diesel::prelude::*;
use tingsong::checks::{self, Depth};
use tingsong::deadlines::Code;
use tingsong::matters::MatterId;
use tingsong::matters::types::Stage;
use tingsong::people::actions::{CourtDraft, NewStaff, add_court, add_staff};
use tingsong::people::passwords::OneTime;
use tingsong::people::types::CourtLevel;
use tingsong::people::{Act, Post, Role, StaffId};
use tingsong::reviews::ReviewState;
use tingsong::schema::{
    accounts, clocks, courts, matter_links, matters, outbox, reply_drafts, review_requests,
};

on_both_databases! {
    a_reply_given_anew_is_reviewed_anew,
    a_request_taken_back_before_the_file_went_up_is_settled,
    what_is_open_when_the_matter_is_opened_again_goes_on,
    the_time_for_the_file_runs_from_the_day_it_was_received,
    the_court_above_has_a_matter_of_its_own_and_its_opinion_comes_back,
    what_the_lower_court_records_ends_the_matter_above,
}

/// The newest reply offers 复查.
fn offers(app: &TestApp, id: MatterId) {
    app.write(move |conn| {
        let of = reply_drafts::table.filter(reply_drafts::matter_id.eq(id));
        diesel::update(of).set(reply_drafts::remedy.eq("review")).execute(conn)?;
        Ok(())
    })
    .unwrap();
}

async fn asked(app: &TestApp, id: MatterId, on: &str) -> u16 {
    let fields = [("requested_on", on), ("above", "市中级人民法院"), ("grounds", "不服答复意见")];
    app.post(Role::PetitionOfficer, &format!("/matters/{id}/request-review"), &fields).await.status.as_u16()
}

async fn decided(app: &TestApp, id: MatterId, outcome: &str, on: &str) -> u16 {
    let version: i64 = app
        .read(move |conn| {
            Ok(review_requests::table
                .filter(review_requests::matter_id.eq(id))
                .order(review_requests::id.desc())
                .select(review_requests::version)
                .first(conn)?)
        })
        .unwrap();
    let version = version.to_string();
    let fields = [
        ("version", version.as_str()),
        ("outcome", outcome),
        ("decided_on", on),
        ("opinion", "市中院复查意见第3号"),
    ];
    app.post(Role::PetitionOfficer, &format!("/matters/{id}/review-outcome"), &fields).await.status.as_u16()
}

fn states(app: &TestApp, id: MatterId) -> Vec<(String, ReviewState)> {
    app.read(move |conn| {
        Ok(review_requests::table
            .filter(review_requests::matter_id.eq(id))
            .order(review_requests::id)
            .select((review_requests::kind, review_requests::state))
            .load(conn)?)
    })
    .unwrap()
}

async fn a_reply_given_anew_is_reviewed_anew(app: TestApp) {
    let id = replies::replied(&app, "anew").await;
    offers(&app, id);
    assert_eq!(asked(&app, id, "2026-11-23").await, 303);
    let note = [("version", "0"), ("note", "案卷两册，机要送达")];
    app.post(Role::PetitionOfficer, &format!("/matters/{id}/hand-file-over"), &note).await.is(303);
    assert_eq!(decided(&app, id, "revoked", "2026-11-23").await, 303);
    let new = [("what", "new"), ("reason", "上级撤销答复，重新办理。")];
    assert_eq!(act_on(&app, Role::PetitionOfficer, id, "reopen", &new).await, 303);
    assert_eq!(replies::write(&app, Role::Handler, id, (1, 0), "submit").await, 303);
    assert_eq!(newest(&app, id).number, 2);
    // What was opened again after its reply is of tier two: a leader approves.
    assert_eq!(replies::decide(&app, Role::VicePresident, id, "approve", "").await, 303);
    assert_eq!(replies::serve(&app, Role::Handler, id).await, 303);
    offers(&app, id);
    let page = app.get(Role::PetitionOfficer, &format!("/matters/{id}/request-review")).await;
    page.is(200).says(&["申请复查", "2026年12月23日"]);
    assert_eq!(asked(&app, id, "2026-11-23").await, 303);
    let kinds: Vec<String> = states(&app, id).into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["review", "review"]);
}

async fn a_request_taken_back_before_the_file_went_up_is_settled(app: TestApp) {
    let id = replies::replied(&app, "back").await;
    offers(&app, id);
    assert_eq!(asked(&app, id, "2026-11-23").await, 303);
    assert!(running(&app, id).contains(&Code::FileHandover));
    assert_eq!(decided(&app, id, "withdrawn", "2026-11-22").await, 422, "not before it was asked for");
    assert_eq!(decided(&app, id, "withdrawn", "2026-11-23").await, 303);
    assert_eq!(states(&app, id), [("review".to_owned(), ReviewState::Decided)]);
    assert!(!running(&app, id).contains(&Code::FileHandover));
    assert_eq!(act_on(&app, Role::Handler, id, "close", &[("reason", "answered")]).await, 303);
    assert_eq!(reload(&app, id).stage, Stage::Closed);
}

async fn what_is_open_when_the_matter_is_opened_again_goes_on(app: TestApp) {
    let id = replies::replied(&app, "open").await;
    offers(&app, id);
    assert_eq!(asked(&app, id, "2026-11-23").await, 303);
    let new = [("what", "new"), ("reason", "发现新的财产线索。")];
    assert_eq!(act_on(&app, Role::PetitionOfficer, id, "reopen", &new).await, 303);
    assert_eq!(reload(&app, id).stage, Stage::Handling);
    app.get(Role::PetitionOfficer, &format!("/matters/{id}")).await.says(&["移送案卷", "登记复查复核结果"]);
    let note = [("version", "0"), ("note", "案卷两册，机要送达")];
    app.post(Role::PetitionOfficer, &format!("/matters/{id}/hand-file-over"), &note).await.is(303);
    assert!(!running(&app, id).contains(&Code::FileHandover));
    assert_eq!(decided(&app, id, "upheld", "2026-11-23").await, 303);
    assert_eq!(states(&app, id), [("review".to_owned(), ReviewState::Decided)]);
}

async fn the_time_for_the_file_runs_from_the_day_it_was_received(app: TestApp) {
    let id = replies::replied(&app, "received").await;
    offers(&app, id);
    app.at("2026-12-07 09:00");
    let mut fields =
        vec![("requested_on", "2026-11-24"), ("received_on", "2026-11-23"), ("grounds", "不服答复意见")];
    fields.push(("above", "市中级人民法院"));
    let path = format!("/matters/{id}/request-review");
    app.post(Role::PetitionOfficer, &path, &fields).await.is(422);
    fields[1] = ("received_on", "2026-11-25");
    app.post(Role::PetitionOfficer, &path, &fields).await.is(303);
    let due: chrono::NaiveDate = app
        .read(move |conn| {
            Ok(clocks::table
                .filter(clocks::matter_id.eq(id.0).and(clocks::code.eq(Code::FileHandover)))
                .select(clocks::due_on)
                .first(conn)?)
        })
        .unwrap();
    assert_eq!(due.to_string(), "2026-12-02", "five working days after Wednesday the 25th");
    app.get(Role::PetitionOfficer, "/after-closing").await.says(&["待移送案卷", &reload(&app, id).number]);
}

fn operator(app: &TestApp) -> Act {
    Act::system("命令行", app.app.moment(), app.app.keys().clone())
}

/// The petition officer of a court above the test court, in the same installation.
fn officer_above(app: &TestApp) -> StaffId {
    let act = operator(app);
    let draft = CourtDraft::new("豫04", "平顶山市中级人民法院", "平中法", CourtLevel::Intermediate);
    let (above, below) = (app.write(move |conn| add_court(conn, &act, &draft)).unwrap(), app.court.id);
    let act = operator(app);
    let new = NewStaff {
        court_id: above,
        division_id: None,
        name: "中院专干".into(),
        user_name: "above".into(),
        post: Post::Officer,
        rank: 1,
        mail: Some("above@court.test".into()),
        telephone: None,
        roles: vec![Role::PetitionOfficer],
        expires_on: None,
    };
    app.write(move |conn| {
        let id = add_staff(conn, &act, &new, &OneTime::new().unwrap())?;
        diesel::update(courts::table.find(below)).set(courts::parent_id.eq(Some(above))).execute(conn)?;
        diesel::update(accounts::table.find(id)).set(accounts::must_change.eq(false)).execute(conn)?;
        Ok(id)
    })
    .unwrap()
}

/// The matter at the court above that this matter's review became.
fn matter_above(app: &TestApp, id: MatterId) -> MatterId {
    let found: Option<MatterId> = app
        .read(move |conn| {
            Ok(review_requests::table
                .filter(review_requests::matter_id.eq(id))
                .select(review_requests::above_matter_id)
                .first(conn)?)
        })
        .unwrap();
    found.unwrap()
}

async fn asked_of_the_court_above(app: &TestApp, id: MatterId) -> MatterId {
    let fields = [("requested_on", "2026-11-23"), ("above", ""), ("grounds", "对认定的执行款数额不服")];
    app.post(Role::PetitionOfficer, &format!("/matters/{id}/request-review"), &fields).await.is(303);
    matter_above(app, id)
}

fn is_clean(app: &TestApp) -> String {
    let (act, anchor) = (operator(app), app.database.dir.path().join("anchor"));
    let report = app.read(move |conn| checks::run(conn, &act, &anchor, Depth::End)).unwrap();
    if report.is_clean() { String::new() } else { checks::command::text(&report) }
}

async fn the_court_above_has_a_matter_of_its_own_and_its_opinion_comes_back(app: TestApp) {
    let officer = officer_above(&app);
    let id = replies::replied(&app, "above").await;
    offers(&app, id);
    let above = asked_of_the_court_above(&app, id).await;
    let row = reload(&app, above);
    assert_eq!(
        (row.accountable_id, row.stage, row.petitioner_line.as_str()),
        (officer, Stage::Handling, "张建国")
    );
    assert_eq!(row.number, "平中法访〔2026〕0001号");
    assert_eq!(running(&app, above), [Code::ReviewOpinion]);
    assert_eq!(row.next_due_on.unwrap().to_string(), "2026-12-23");
    let told: i64 = app
        .read(move |conn| {
            Ok(outbox::table.filter(outbox::recipient_id.eq(officer.0)).count().get_result(conn)?)
        })
        .unwrap();
    assert_eq!(told, 1);
    assert_eq!(linked(&app), (above, id));
    app.get_as(officer, "/reviews").await.is(200).says(&["石龙区人民法院", &format!("/matters/{above}")]);
    let page = app.get_as(officer, &format!("/matters/{above}")).await;
    page.is(200).says(&["作出复查复核意见", "对认定的执行款数额不服", "张建国"]);
    app.get_as(officer, &format!("/matters/{id}")).await.is(404);
    app.get(Role::PetitionOfficer, &format!("/matters/{above}")).await.is(404);
    assert_eq!(is_clean(&app), "");
    let path = format!("/matters/{above}/decide-review");
    app.get_as(officer, &path).await.is(200).says(&["作出意见"]);
    let version = row.version.to_string();
    let fields = [
        ("version", version.as_str()),
        ("outcome", "changed"),
        ("decided_on", "2026-11-23"),
        ("opinion", "豫04复查3号：执行款数额应为三万五千元"),
    ];
    app.post_as(officer, &path, &fields).await.is(303);
    assert_eq!(reload(&app, above).stage, Stage::Closed);
    assert_eq!(running(&app, above), [Code::Satisfaction]);
    assert_eq!(states(&app, id), [("review".to_owned(), ReviewState::Decided)]);
    assert!(!running(&app, id).contains(&Code::FileHandover), "the file has no way to go any more");
    app.get(Role::Handler, &format!("/matters/{id}"))
        .await
        .says(&["复查结果：变更", "执行款数额应为三万五千元"]);
    app.post_as(officer, &path, &fields).await.is(422);
    assert_eq!(is_clean(&app), "");
}

/// The only link there is: the later matter, and the one that it goes back to.
fn linked(app: &TestApp) -> (MatterId, MatterId) {
    app.read(|conn| {
        Ok(matter_links::table.select((matter_links::later_id, matter_links::original_id)).first(conn)?)
    })
    .unwrap()
}

async fn what_the_lower_court_records_ends_the_matter_above(app: TestApp) {
    officer_above(&app);
    let (one, two) = (replies::replied(&app, "one").await, replies::replied(&app, "two").await);
    offers(&app, one);
    offers(&app, two);
    let first = asked_of_the_court_above(&app, one).await;
    let second = asked_of_the_court_above(&app, two).await;
    let people: i64 = app
        .read(move |conn| {
            use tingsong::schema::petitioners::{court_id, table};
            Ok(table.filter(court_id.ne(tingsong::people::CourtId(1))).count().get_result(conn)?)
        })
        .unwrap();
    assert_eq!(people, 1, "the same person comes up twice and is one record there");
    assert_eq!(decided(&app, one, "withdrawn", "2026-11-23").await, 303);
    assert_eq!(decided(&app, two, "upheld", "2026-11-23").await, 303);
    let reasons: Vec<Option<String>> = app
        .read(move |conn| {
            Ok(matters::table
                .filter(matters::id.eq_any([first, second]))
                .order(matters::id)
                .select(matters::close_reason)
                .load(conn)?)
        })
        .unwrap();
    assert_eq!(reasons, [Some("withdrawn".to_owned()), Some("answered".to_owned())]);
    assert_eq!(is_clean(&app), "");
}
