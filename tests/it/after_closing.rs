//! 办结后待办: what a closed matter still owes is on somebody's desk, on both databases.

use crate::replies;
use crate::support::registrations::{reload, visit};
use crate::support::{TestApp, on_both_databases};
use diesel::prelude::*;
use tingsong::handover::types::Holding;
use tingsong::matters::MatterId;
use tingsong::matters::actions::{About, Who, register};
use tingsong::people::Role;
use tingsong::schema::{matter_petitioners, outbox, staff};

on_both_databases! {
    somebody_who_comes_again_is_told_counted_listed_and_handed_over,
    where_nobody_is_left_the_officers_are_told,
    what_an_older_clock_owes_stands_first,
}

fn comes_again(app: &TestApp, id: MatterId, key: &'static str) {
    let act = app.act(Role::FilingClerk);
    app.write(move |conn| {
        let known = matter_petitioners::table
            .filter(matter_petitioners::matter_id.eq(id))
            .select(matter_petitioners::petitioner_id)
            .first(conn)?;
        register(conn, &act, &visit(key, Who::Known(known), About::Existing(id)))
    })
    .unwrap();
}

fn told(app: &TestApp, role: Role, subject: &str) -> usize {
    let (whom, subject) = (app.person(role).0, subject.to_owned());
    let all: Vec<(Option<i64>, String)> = app
        .read(|conn| Ok(outbox::table.select((outbox::recipient_id, outbox::subject)).load(conn)?))
        .unwrap();
    all.iter().filter(|(id, said)| *id == Some(whom) && said.starts_with(&subject)).count()
}

async fn somebody_who_comes_again_is_told_counted_listed_and_handed_over(app: TestApp) {
    let (judge, head) = (app.person(Role::Handler), app.person(Role::DivisionHead));
    let id = replies::closed(&app, "again").await;
    let holdings =
        |app: &TestApp, who| app.read(move |conn| Ok(tingsong::handover::holdings(conn, who)?)).unwrap();
    assert_eq!(holdings(&app, judge), []);
    app.get(Role::Handler, "/").await.does_not_say(&["再次反映待答复"]);
    app.get(Role::Handler, "/after-closing").await.is(200).says(&["现在没有办结以后还欠着的事"]);
    comes_again(&app, id, "twice");
    assert_eq!(told(&app, Role::Handler, "办结后再次反映"), 1);
    comes_again(&app, id, "thrice");
    assert_eq!(told(&app, Role::Handler, "办结后再次反映"), 2, "each time");
    app.get(Role::Handler, "/").await.says(&["再次反映待答复", "/after-closing?what=repeat_answer"]);
    let number = reload(&app, id).number;
    for role in [Role::Handler, Role::PetitionOfficer, Role::DivisionHead] {
        app.get(role, "/after-closing?what=repeat_answer").await.is(200).says(&[&number, "法官钱进"]);
    }
    app.get(Role::Handler, "/after-closing?what=file_handover").await.does_not_say(&[&number]);
    app.get(Role::Auditor, "/after-closing").await.is(403);
    assert_eq!(holdings(&app, judge), [Holding::Accountable]);
    let page = app.get(Role::PetitionOfficer, &format!("/handover/of/{judge}?first={head}")).await;
    page.is(200).says(&["经手 1 项", &number, "确认移交 1 项"]);
    let fields = [("manner", "oral"), ("text", "请看十一月二十三日的答复意见书。")];
    app.post(Role::Handler, &format!("/matters/{id}/answer-again"), &fields).await.is(303);
    app.get(Role::Handler, "/after-closing").await.does_not_say(&[&number]);
    assert_eq!(holdings(&app, judge), []);
}

async fn where_nobody_is_left_the_officers_are_told(app: TestApp) {
    let judge = app.person(Role::Handler);
    let id = replies::closed(&app, "left").await;
    app.write(move |conn| {
        diesel::update(staff::table.find(judge)).set(staff::active.eq(false)).execute(conn)?;
        Ok(())
    })
    .unwrap();
    comes_again(&app, id, "twice");
    assert_eq!(told(&app, Role::Handler, "办结后再次反映"), 0);
    assert_eq!(told(&app, Role::PetitionOfficer, "办结后再次反映"), 1);
}

async fn what_an_older_clock_owes_stands_first(app: TestApp) {
    let (one, two) = (replies::closed(&app, "one").await, replies::closed(&app, "two").await);
    comes_again(&app, two, "two-again");
    app.at("2026-11-25 09:00");
    comes_again(&app, one, "one-again");
    let (one, two) = (reload(&app, one).number, reload(&app, two).number);
    let page = app.get(Role::PetitionOfficer, "/after-closing").await;
    assert!(page.html.find(&two).unwrap() < page.html.find(&one).unwrap());
    app.get(Role::PetitionOfficer, "/").await.says(&["再次反映待答复"]);
}
