//! Two editors of one record: the second sees both versions and chooses; on both databases.

use crate::replies;
use crate::support::registrations::{accepted, reload};
use crate::support::{Answer, TestApp, on_both_databases};
use diesel::prelude::*;
use tingsong::people::{DivisionKind, Role};
use tingsong::schema::{divisions, staff};

on_both_databases! {
    two_who_write_a_reply_see_both_texts,
    a_reply_that_changed_is_not_approved_unseen,
    two_who_close_or_link_see_what_happened,
    two_administrators_at_one_setting_see_both,
    two_who_propose_for_one_entry_see_both,
}

/// The hidden fields of the page's form, to be sent once more.
fn again(page: &Answer) -> Vec<(String, String)> {
    let main = page.html.split("<main").nth(1).unwrap();
    let hidden = main.split("type=\"hidden\" name=\"").skip(1);
    let field = |part: &str| {
        let (name, rest) = part.split_once('"').unwrap();
        let value = rest.split("value=\"").nth(1).unwrap().split('"').next().unwrap();
        (name.to_owned(), value.replace("&lt;", "<").replace("&amp;", "&").replace("&quot;", "\""))
    };
    hidden.map(field).filter(|(name, _)| name != "csrf").collect()
}

async fn send(app: &TestApp, role: Role, path: &str, fields: &[(String, String)]) -> Answer {
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    app.post(role, path, &fields).await
}

fn with(fields: &[(&str, &str)], name: &str, value: &str) -> Vec<(String, String)> {
    let one = |(known, old): &(&str, &str)| {
        ((*known).to_owned(), if *known == name { value.to_owned() } else { (*old).to_owned() })
    };
    fields.iter().map(one).collect()
}

const REPLY: [(&str, &str); 8] = [
    ("receipt", "2026年11月23日本院收到您来访反映的事项。"),
    ("claim", "请求尽快执行到位"),
    ("facts", "已冻结账户一个。"),
    ("basis", "民事诉讼法第二百五十三条。"),
    ("outcome", "supported"),
    ("opinion", "案款将于月底前发放。"),
    ("remedy", "procedure"),
    ("remedy_text", "您对本答复不服的，请依照法定程序提出。"),
];

async fn two_who_write_a_reply_see_both_texts(app: TestApp) {
    let id = replies::handled(&app, "two");
    let path = format!("/matters/{id}/draft-reply");
    let mut base = REPLY.to_vec();
    base.extend([("number", "0"), ("version", "0"), ("go", "")]);
    let first = with(&base, "facts", "已经扣划三万元。");
    send(&app, Role::Handler, &path, &first).await.is(303);
    let late = with(
        &with(&base, "facts", "另查封车辆一台。")
            .iter()
            .map(|(a, b)| (a.as_str(), b.as_str()))
            .collect::<Vec<_>>(),
        "outcome",
        "not_supported",
    );
    let page = send(&app, Role::Handler, &path, &late).await;
    page.is(409).says(&["已经扣划三万元", "另查封车辆一台", "仍然起草答复"]);
    // All of both texts: how it came, what follows for each claim, what may be done against it.
    page.says(&[
        "有法定程序，按法定程序办理",
        "您对本答复不服的，请依照法定程序提出。",
        "不予支持",
        "予以支持",
    ]);
    send(&app, Role::Handler, &path, &again(&page)).await.is(303);
    let draft = replies::newest(&app, id);
    let items = app.read(move |conn| Ok(tingsong::replies::items_of(conn, draft.id)?)).unwrap();
    assert_eq!(items[0].facts, "另查封车辆一台。");
}

async fn a_reply_that_changed_is_not_approved_unseen(app: TestApp) {
    let id = replies::handled(&app, "approve");
    replies::write(&app, Role::Handler, id, (0, 0), "submit").await;
    let path = format!("/matters/{id}/approve-reply");
    let stale = [("version", "0"), ("decision", "approve"), ("reason", "")];
    let page = app.post(Role::DivisionHead, &path, &stale).await;
    page.is(409).says(&[
        "第1稿",
        "已冻结被执行人名下账户一个",
        "予以支持",
        "您对本答复不服的，请依照法定程序提出",
    ]);
    page.does_not_say(&["checked"]);
    send(&app, Role::DivisionHead, &path, &again(&page)).await.is(422).says(&["请选择批准还是退回修改"]);
    let mut decided = again(&page);
    decided.push(("decision".into(), "approve".into()));
    send(&app, Role::DivisionHead, &path, &decided).await.is(303);
}

async fn two_who_close_or_link_see_what_happened(app: TestApp) {
    let id = replies::replied(&app, "close").await;
    let other = accepted(&app, "other");
    let before = (reload(&app, id).version - 1).to_string();
    let page = app
        .post(Role::Handler, &format!("/matters/{id}/close"), &[("version", &before), ("reason", "answered")])
        .await;
    page.is(409).says(&["您要办的：办结", "答复办结"]);
    send(&app, Role::Handler, &format!("/matters/{id}/close"), &again(&page)).await.is(303);
    let number = reload(&app, id).number;
    let late = [
        ("version", "77"),
        ("number", number.as_str()),
        ("kind", "repeat"),
        ("way", "later"),
        ("note", "同一案件"),
    ];
    let page = app.post(Role::PetitionOfficer, &format!("/matters/{other}/link"), &late).await;
    page.is(409).says(&["您要办的：建立关联", "同一案件"]);
    let bad = (reload(&app, id).version - 1).to_string();
    let fields = [("version", bad.as_str()), ("retention", "ten_years"), ("title", "登记表"), ("pages", "3")];
    let page = app.post(Role::FilingClerk, &format!("/matters/{id}/archive"), &fields).await;
    page.is(409).says(&["您要办的：归档", "10年", "页数"]);
    send(&app, Role::FilingClerk, &format!("/matters/{id}/archive"), &again(&page)).await.is(303);
}

async fn two_administrators_at_one_setting_see_both(app: TestApp) {
    let civil = app.court.divisions.iter().find(|(kind, _)| *kind == DivisionKind::Civil).unwrap().1;
    let path = format!("/settings/divisions/{civil}");
    let fields = [
        ("version", "0"),
        ("name", "民事审判第一庭"),
        ("kind", "civil"),
        ("telephone", "0375-2520001"),
        ("position", "2"),
        ("active", "1"),
    ];
    app.post(Role::Sysadmin, &path, &fields).await.is(303);
    let late = with(&fields, "name", "民一庭");
    let page = send(&app, Role::Sysadmin, &path, &late).await;
    page.is(409).says(&["民事审判第一庭", "民一庭", "用我填写的", "保留现在的", DivisionKind::Civil.label()]);
    send(&app, Role::Sysadmin, &path, &again(&page)).await.is(303);
    let name: String =
        app.read(move |conn| Ok(divisions::table.find(civil).select(divisions::name).first(conn)?)).unwrap();
    assert_eq!(name, "民一庭");
    let judge = app.person(Role::Handler);
    app.write(move |conn| {
        diesel::update(staff::table.find(judge)).set(staff::version.eq(7)).execute(conn)?;
        Ok(())
    })
    .unwrap();
    let roles = [("version", "0"), ("roles", "handler"), ("roles", "duty_officer")];
    let page = app.post(Role::SecurityAdmin, &format!("/settings/roles/{judge}"), &roles).await;
    page.is(409).says(&[Role::Handler.label(), Role::DutyOfficer.label(), "用我填写的"]);
    send(&app, Role::SecurityAdmin, &format!("/settings/roles/{judge}"), &again(&page)).await.is(303);
}

async fn two_who_propose_for_one_entry_see_both(app: TestApp) {
    let page = app.get(Role::PetitionOfficer, "/settings/categories?edit=enforcement").await;
    page.is(200).says(&["name=\"seen\" value=\"0:0\""]);
    let fields = [
        ("seen", "0:0"),
        ("code", "enforcement"),
        ("parent_code", ""),
        ("name", "执行方面"),
        ("conduct", ""),
        ("active", "1"),
        ("reason", "统一名称"),
    ];
    app.post(Role::PetitionOfficer, "/settings/categories", &fields).await.is(303);
    let late = with(&fields, "name", "执行问题");
    let page = send(&app, Role::PetitionOfficer, "/settings/categories", &late).await;
    page.is(409).says(&["执行方面", "执行问题", "用我填写的"]);
    send(&app, Role::PetitionOfficer, "/settings/categories", &again(&page)).await.is(303);
    let rule = app.get(Role::PetitionOfficer, "/settings/rules/of/reply/edit").await;
    rule.is(200).says(&["name=\"seen\" value=\"0:0\""]);
    app.get(Role::PetitionOfficer, "/settings/calendar/days/2026-12-05").await.says(&["name=\"seen\""]);
}
