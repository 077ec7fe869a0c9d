//! The pages of all this.

use super::*;
use tingsong::sheets::{Field, Limits};

on_both_databases! {
    a_person_signs_in_on_the_page_and_goes_where_they_wanted,
    a_wrong_password_is_told_in_words_and_the_name_is_kept,
    nothing_is_open_before_a_one_time_password_is_changed,
    sessions_on_other_machines_are_ended_from_ones_own_page,
    the_system_administrator_enters_somebody_and_sees_the_password_once,
    the_list_of_staff_is_taken_out_as_a_workbook,
    a_form_after_the_session_lapsed_leads_to_sign_in_and_back,
    a_wrong_form_about_somebody_comes_back_with_what_was_typed,
    the_security_administrator_gives_roles_and_opens_accounts,
    portfolios_divisions_and_the_court_are_kept_on_their_pages,
    everyone_may_read_the_permission_table,
}

/// Sends the sign-in form as a browser does: the page first, then the form with its token and cookie.
async fn sign_in_on_page(app: &TestApp, user: &str, password: &str, next: &str) -> Answer {
    let page = app.get_as_stranger("/sign-in").await;
    let cookie = page.headers["set-cookie"].split(';').next().unwrap().to_owned();
    let csrf = page.html.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let fields = [("user_name", user), ("password", password), ("next", next), ("csrf", csrf)];
    app.call(TestRequest::post().uri("/sign-in").insert_header(("cookie", cookie)).set_form(fields)).await
}

/// A page or form with the session that signing in gave.
async fn with_session(app: &TestApp, signed_in: &Answer, request: TestRequest) -> Answer {
    let cookie = signed_in.headers["set-cookie"].split(';').next().unwrap().to_owned();
    app.call(request.insert_header(("cookie", cookie))).await
}

async fn a_person_signs_in_on_the_page_and_goes_where_they_wanted(app: TestApp) {
    let (id, one_time) = enter(&app, "hexin", &[Role::Handler]);
    let first = sign_in(&app, "hexin", &one_time);
    assert_eq!(change(&app, id, &first, &one_time, "Kestrel-42"), ChangeOutcome::Changed);

    let page = app.get_as_stranger("/sign-in?next=%2Faccount").await;
    page.is(200).says(&["用户名", "密码", "value=\"/account\""]);
    let done = sign_in_on_page(&app, "hexin", "Kestrel-42", "/account").await;
    assert_eq!(done.is(303).location.as_deref(), Some("/account"));
    let cookie = &done.headers["set-cookie"];
    assert!(cookie.starts_with("tingsong=") && cookie.contains("HttpOnly"), "{cookie}");
    assert!(cookie.contains("SameSite=Strict"), "{cookie}");
    with_session(&app, &done, TestRequest::get().uri("/account")).await.is(200).says(&[
        "何欣",
        "承办人",
        "这次登录",
    ]);

    let elsewhere = sign_in_on_page(&app, "hexin", "Kestrel-42", "//evil.example").await;
    assert_eq!(elsewhere.location.as_deref(), Some("/"));
}

async fn a_wrong_password_is_told_in_words_and_the_name_is_kept(app: TestApp) {
    let wrong = sign_in_on_page(&app, "clerk", "Wrong-password-1", "/").await;
    wrong
        .is(422)
        .says(&["用户名或密码不正确", "再错 4 次", "value=\"clerk\""])
        .does_not_say(&["Wrong-password-1"]);
    for _ in 0..4 {
        sign_in_on_page(&app, "clerk", "Wrong-password-1", "/").await;
    }
    sign_in_on_page(&app, "clerk", "Wrong-password-1", "/").await.is(422).says(&["锁定到 09:15"]);
}

async fn nothing_is_open_before_a_one_time_password_is_changed(app: TestApp) {
    let (_, one_time) = enter(&app, "hexin", &[Role::Handler]);
    let done = sign_in_on_page(&app, "hexin", &one_time, "/account").await;
    assert_eq!(done.location.as_deref(), Some("/password"));
    let kept = with_session(&app, &done, TestRequest::get().uri("/account")).await;
    assert_eq!(kept.is(303).location.as_deref(), Some("/password"));
    let page = with_session(&app, &done, TestRequest::get().uri("/password")).await;
    page.is(200).says(&["请先设置自己的新密码"]);
    let csrf =
        page.html.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let send = |new: &'static str| {
        let fields = [
            ("old", one_time.clone()),
            ("new", new.into()),
            ("repeated", new.into()),
            ("csrf", csrf.clone()),
        ];
        TestRequest::post().uri("/password").set_form(fields)
    };
    with_session(&app, &done, send("short")).await.is(422).says(&["密码太短", "密码太简单"]);
    with_session(&app, &done, send("Kestrel-42")).await.is(303);
    with_session(&app, &done, TestRequest::get().uri("/account")).await.is(200);
}

async fn sessions_on_other_machines_are_ended_from_ones_own_page(app: TestApp) {
    let clerk = app.person(Role::FilingClerk);
    app.token(clerk);
    let now = app.app.moment();
    for n in 0..2 {
        app.write(move |conn| {
            sessions::open(conn, now, clerk, &format!("hash {n}"), "10.0.0.9", "Firefox/1")
        })
        .unwrap();
    }
    app.get(Role::FilingClerk, "/account").await.says(&["10.0.0.9", "Firefox", "退出其他所有登录"]);
    app.post(Role::FilingClerk, "/account/end-others", &[]).await.is(303);
    app.get(Role::FilingClerk, "/account").await.is(200).does_not_say(&["10.0.0.9"]);
    app.post(Role::FilingClerk, "/type-size", &[("large", "1")]).await.is(303);
    app.get(Role::FilingClerk, "/account").await.says(&["data-type=\"large\""]);
    app.post(Role::FilingClerk, "/sign-out", &[]).await.is(303);
    app.get(Role::FilingClerk, "/account").await.is(303);
}

const NEW: [(&str, &str); 9] = [
    ("version", "0"),
    ("user_name", "hexin"),
    ("name", "何欣"),
    ("division", "2"),
    ("post", "judge"),
    ("rank", "1"),
    ("mail", ""),
    ("telephone", ""),
    ("expires_on", ""),
];

async fn the_system_administrator_enters_somebody_and_sees_the_password_once(app: TestApp) {
    let page = app.post(Role::Sysadmin, "/settings/staff", &NEW).await;
    page.is(200).says(&["何欣", "hexin", "只显示这一次"]);
    let password = page.html.split("<code>").nth(1).unwrap().split('<').next().unwrap();
    assert!(matches!(sign_in(&app, "hexin", password), SignInOutcome::In { must_change: true, .. }));

    app.get(Role::Sysadmin, "/settings/staff").await.is(200).says(&["hexin", "民事审判庭"]);
    let found = [("text", "何"), ("division", ""), ("state", "active")];
    app.post(Role::Sysadmin, "/settings/staff/search", &found)
        .await
        .is(200)
        .says(&["hexin"])
        .does_not_say(&["aidoffice"]);
    app.get(Role::Sysadmin, "/settings/staff/7").await.is(200).says(&["值班吴用", "重置密码", "停用"]);
    app.post(Role::Sysadmin, "/settings/staff/7/reset-password", &[("version", "0")])
        .await
        .is(200)
        .says(&["一次性密码"]);
    app.post(Role::Sysadmin, "/settings/staff/7/deactivate", &[("version", "0")]).await.is(303);
    app.get(Role::Sysadmin, "/settings/staff/7").await.says(&["恢复使用"]);
    app.post(Role::Sysadmin, "/settings/staff/7/reactivate", &[("version", "1")])
        .await
        .is(200)
        .says(&["一次性密码"]);
    app.get(Role::Sysadmin, "/settings/staff/16").await.is(200).does_not_say(&["/reset-password\""]);
    app.get(Role::Sysadmin, "/settings/staff/77").await.is(404);
}

async fn the_list_of_staff_is_taken_out_as_a_workbook(app: TestApp) {
    let page = app.get(Role::Sysadmin, "/settings/staff").await;
    page.is(200).says(&["导出 Excel", "action=\"/settings/staff/export\""]);
    let fields = [("text", "窗口"), ("division", ""), ("state", "active")];
    let book = app.post(Role::Sysadmin, "/settings/staff/export", &fields).await;
    book.is(200);
    assert!(book.headers["content-disposition"].starts_with("attachment"));
    const FIELDS: &[Field] = &[
        Field { key: "name", title: "姓名", also: &[], required: true, hint: "", example: "" },
        Field { key: "user", title: "用户名", also: &[], required: true, hint: "", example: "" },
        Field { key: "roles", title: "角色", also: &[], required: true, hint: "", example: "" },
    ];
    let sheet = tingsong::sheets::read(&book.bytes, FIELDS, Limits::default()).unwrap();
    let rows: Vec<_> =
        sheet.rows.iter().map(|row| ["name", "user", "roles"].map(|key| row.text(key))).collect();
    assert_eq!(rows, [["窗口小林", "clerk", Role::FilingClerk.label()]]);
    app.post(Role::FilingClerk, "/settings/staff/export", &fields).await.is(403);
    let all = [("text", ""), ("division", ""), ("state", "all")];
    let book = app.post(Role::Sysadmin, "/settings/staff/export", &all).await;
    let sheet = tingsong::sheets::read(&book.bytes, FIELDS, Limits::default()).unwrap();
    assert_eq!(sheet.rows.len(), app.court.people.len());
    let trail = app.read(|conn| Ok(audit::page(conn, &audit::Filter::default(), None, 5)?)).unwrap();
    assert_eq!(trail[0].entry.action, "staff.exported");
}

async fn a_form_after_the_session_lapsed_leads_to_sign_in_and_back(app: TestApp) {
    let clerk = app.person(Role::FilingClerk);
    let cookie = format!("tingsong={}", app.token(clerk));
    app.at("2026-11-23 17:30");
    app.app.forget_sessions();
    let sent = |referer: &'static str| {
        let request = TestRequest::post()
            .uri("/petitioners/search")
            .insert_header(("cookie", cookie.clone()))
            .insert_header(("host", "court.test"))
            .insert_header(("referer", referer))
            .set_form([("q", "王桂兰")]);
        app.call(request)
    };
    let back = sent("http://court.test/petitioners?before=5").await;
    back.is(401).says(&["登录已过期", "没有保存", "/sign-in?next=%2Fpetitioners%3Fbefore%3D5"]);
    for elsewhere in [
        "http://evil.test/petitioners",
        "http://court.test.evil.test/petitioners",
        "http://court.test/petitioners/search",
        "http://court.test//evil.test/",
        "nonsense",
    ] {
        let answer = sent(elsewhere).await;
        answer.is(401).says(&["没有保存", "href=\"/sign-in\""]).does_not_say(&["next="]);
    }
}

async fn a_wrong_form_about_somebody_comes_back_with_what_was_typed(app: TestApp) {
    let mut wrong = NEW;
    wrong[1] = ("user_name", "clerk");
    app.post(Role::Sysadmin, "/settings/staff", &wrong)
        .await
        .is(422)
        .says(&["已经有人使用", "value=\"何欣\""]);
    wrong[6] = ("mail", "no mail");
    app.post(Role::Sysadmin, "/settings/staff/3", &wrong).await.is(422).says(&["邮箱地址不正确", "no mail"]);
    wrong[6] = ("mail", "");
    app.post(Role::Sysadmin, "/settings/staff/3", &wrong).await.is(303);
    app.post(Role::Sysadmin, "/settings/staff/3", &wrong).await.is(409);
    app.get(Role::Sysadmin, "/settings/staff/3").await.says(&["value=\"何欣\""]);
}

async fn the_security_administrator_gives_roles_and_opens_accounts(app: TestApp) {
    let handler = "/settings/roles/3";
    app.get(Role::SecurityAdmin, "/settings/roles").await.is(200).says(&["法官钱进", "承办人"]);
    app.get(Role::SecurityAdmin, handler).await.is(200).says(&["保存角色", "锁定账号"]);
    let clash = [("version", "0"), ("roles", "handler"), ("roles", "auditor")];
    app.post(Role::SecurityAdmin, handler, &clash).await.is(422).says(&["不能由同一个人担任"]);
    let both = [("version", "0"), ("roles", "handler"), ("roles", "duty_officer")];
    app.post(Role::SecurityAdmin, handler, &both).await.is(303);
    app.get(Role::SecurityAdmin, "/settings/roles").await.says(&["承办人、值班员"]);
    app.post(Role::SecurityAdmin, handler, &[("version", "0"), ("roles", "handler")]).await.is(409);

    app.post(Role::SecurityAdmin, "/settings/roles/3/close", &[("version", "1")]).await.is(303);
    app.get(Role::SecurityAdmin, handler).await.says(&["解锁账号"]);
    app.post(Role::SecurityAdmin, "/settings/roles/3/unlock", &[("version", "1")]).await.is(303);
    app.get(Role::SecurityAdmin, handler).await.says(&["锁定账号"]);
    app.get(Role::SecurityAdmin, "/settings/roles/15").await.is(200).says(&["另一位安全管理员"]);
}

async fn portfolios_divisions_and_the_court_are_kept_on_their_pages(app: TestApp) {
    app.get(Role::SecurityAdmin, "/settings/portfolios").await.is(200).says(&["副院长李明", "信访工作"]);
    let over = [("staff", "6"), ("charge", "2"), ("from_on", "2026-11-23")];
    app.post(Role::SecurityAdmin, "/settings/portfolios", &over).await.is(303);
    app.get(Role::SecurityAdmin, "/settings/portfolios").await.says(&["院长赵正", "民事审判庭"]);
    let past = [("staff", "6"), ("charge", "petitions"), ("from_on", "2026-11-22")];
    app.post(Role::SecurityAdmin, "/settings/portfolios", &past).await.is(422).says(&["已经过去"]);
    app.post(Role::SecurityAdmin, "/settings/portfolios/1/end", &[("to_on", "2026-11-23")]).await.is(303);

    let division = [
        ("version", "0"),
        ("name", "刑事审判庭"),
        ("kind", "criminal"),
        ("telephone", ""),
        ("position", "7"),
        ("active", "1"),
    ];
    app.post(Role::Sysadmin, "/settings/divisions", &division).await.is(303);
    app.get(Role::Sysadmin, "/settings/divisions").await.is(200).says(&["刑事审判庭"]);
    app.post(Role::Sysadmin, "/settings/divisions", &division).await.is(422).says(&["同名的庭室"]);
    let closed =
        [("version", "0"), ("name", "民事审判庭"), ("kind", "civil"), ("telephone", ""), ("position", "2")];
    app.post(Role::Sysadmin, "/settings/divisions/2", &closed).await.is(422).says(&["在用人员"]);

    let court = [
        ("version", "0"),
        ("code", "豫0404"),
        ("name", "石龙区人民法院"),
        ("short_name", "石龙法"),
        ("level", "basic"),
        ("address", "中心路1号"),
        ("window_name", "信访窗口"),
        ("telephone", ""),
        ("number_pattern", "{short}访〔{year}〕{seq:4}号"),
        ("tier_preset", "strict"),
    ];
    app.post(Role::Sysadmin, "/settings/court", &court).await.is(303);
    app.get(Role::Sysadmin, "/settings/court").await.is(200).says(&["石龙法"]);
    let mut wrong = court;
    wrong[8] = ("number_pattern", "{seq}");
    app.post(Role::Sysadmin, "/settings/court", &wrong).await.is(422).says(&["信访编号的格式"]);
}

async fn everyone_may_read_the_permission_table(app: TestApp) {
    for role in [Role::FilingClerk, Role::Auditor] {
        app.get(role, "/settings/permissions").await.is(200).says(&["立案庭窗口", "合并信访人", "留痕"]);
    }
}
