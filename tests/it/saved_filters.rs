//! 保存的筛选: kept under a name, each person's own; on both databases.

use crate::support::registrations::{accepted, first_visit};
use crate::support::{TestApp, on_both_databases};
use diesel::prelude::*;
use tingsong::matters::actions::register;
use tingsong::people::Role;
use tingsong::schema::saved_filters;

on_both_databases! {
    a_filter_is_kept_and_opens_its_list_with_its_count,
    nothing_that_tells_of_a_person_is_kept,
    each_keeps_their_own_and_no_more_than_twenty,
}

async fn save(app: &TestApp, role: Role, register: &str, name: &str, query: &str) -> crate::support::Answer {
    app.post(role, "/saved-filters", &[("register", register), ("name", name), ("query", query)]).await
}

fn kept(app: &TestApp) -> Vec<(String, String)> {
    app.read(|conn| {
        let columns = (saved_filters::name, saved_filters::query);
        Ok(saved_filters::table.order(saved_filters::id).select(columns).load(conn)?)
    })
    .unwrap()
}

async fn a_filter_is_kept_and_opens_its_list_with_its_count(app: TestApp) {
    accepted(&app, "one");
    let act = app.act(Role::FilingClerk);
    app.write(move |conn| register(conn, &act, &first_visit("two"))).unwrap();
    let page = app.get(Role::PetitionOfficer, "/matters").await;
    page.does_not_say(&["保存这个筛选"]);
    let page = app.get(Role::PetitionOfficer, "/matters?stage=handling&after=7").await;
    page.is(200).says(&["保存这个筛选", "value=\"stage=handling\""]);
    let saved = save(&app, Role::PetitionOfficer, "matters", "正在办理", "stage=handling&after=7").await;
    saved.is(303);
    assert_eq!(saved.location.as_deref(), Some("/matters?stage=handling"));
    app.get(Role::PetitionOfficer, "/matters").await.says(&["我的筛选", "href=\"/matters?stage=handling\""]);
    let day = app.get(Role::PetitionOfficer, "/").await;
    day.says(&["正在办理 <strong>1</strong>", "href=\"/matters?stage=handling\""]);
    save(&app, Role::PetitionOfficer, "contacts", "来信", "channel=letter").await.is(303);
    app.get(Role::PetitionOfficer, "/contacts").await.says(&["href=\"/contacts?channel=letter\""]);
    let same = save(&app, Role::PetitionOfficer, "matters", "来信", "due=soon").await;
    same.is(422).says(&["同名的筛选"]);
    let id: i64 = app
        .read(|conn| {
            Ok(saved_filters::table.order(saved_filters::id).select(saved_filters::id).first(conn)?)
        })
        .unwrap();
    let rename = format!("/saved-filters/{id}/rename");
    app.post(Role::PetitionOfficer, &rename, &[("name", "来信")]).await.is(422).says(&["同名的筛选"]);
    app.post(Role::PetitionOfficer, &rename, &[("name", "在办")]).await.is(303);
    app.get(Role::PetitionOfficer, "/saved-filters").await.says(&["在办", "来信"]);
    app.post(Role::PetitionOfficer, &format!("/saved-filters/{id}/delete"), &[]).await.is(303);
    assert_eq!(kept(&app), [("来信".to_owned(), "channel=letter".to_owned())]);
}

async fn nothing_that_tells_of_a_person_is_kept(app: TestApp) {
    let typed = "stage=handling&category=41040419600102001X&division=13800001234&hand=张建国&q=张建国";
    save(&app, Role::PetitionOfficer, "matters", "在办", typed).await.is(303);
    assert_eq!(kept(&app), [("在办".to_owned(), "stage=handling".to_owned())]);
    let nothing = save(&app, Role::PetitionOfficer, "matters", "找人", "q=张建国&category=张建国").await;
    nothing.is(422).says(&["还没有筛选条件可以保存"]);
    let number = save(&app, Role::PetitionOfficer, "matters", "13800001234", "stage=handling").await;
    number.is(422).says(&["名称里不要写电话"]);
    assert_eq!(kept(&app).len(), 1);
}

async fn each_keeps_their_own_and_no_more_than_twenty(app: TestApp) {
    for n in 0..20 {
        save(&app, Role::PetitionOfficer, "matters", &format!("筛选{n}"), "due=soon").await.is(303);
    }
    let one_more = save(&app, Role::PetitionOfficer, "matters", "又一个", "due=soon").await;
    one_more.is(422).says(&["最多保存二十个"]);
    save(&app, Role::President, "matters", "筛选1", "due=overdue").await.is(303);
    app.get(Role::President, "/saved-filters").await.says(&["筛选1"]).does_not_say(&["筛选2"]);
    let theirs: i64 = app
        .read(|conn| {
            Ok(saved_filters::table.order(saved_filters::id).select(saved_filters::id).first(conn)?)
        })
        .unwrap();
    app.post(Role::President, &format!("/saved-filters/{theirs}/delete"), &[]).await.is(404);
    app.post(Role::President, &format!("/saved-filters/{theirs}/rename"), &[("name", "我的")]).await.is(404);
    app.get(Role::Sysadmin, "/saved-filters").await.is(403);
}
