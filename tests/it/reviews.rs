//! 复查复核 against one reply and the next, whatever became of the file, on both databases.

use crate::replies::{self, act_on, newest, running};
use crate::support::registrations::reload;
use crate::support::{TestApp, on_both_databases};
use diesel::prelude::*;
use tingsong::deadlines::Code;
use tingsong::matters::MatterId;
use tingsong::matters::types::Stage;
use tingsong::people::Role;
use tingsong::reviews::ReviewState;
use tingsong::schema::{clocks, reply_drafts, review_requests};

on_both_databases! {
    a_reply_given_anew_is_reviewed_anew,
    a_request_taken_back_before_the_file_went_up_is_settled,
    what_is_open_when_the_matter_is_opened_again_goes_on,
    the_time_for_the_file_runs_from_the_day_it_was_received,
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
    assert_eq!(replies::decide(&app, Role::DivisionHead, id, "approve", "").await, 303);
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
