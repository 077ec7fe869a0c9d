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
    a_button_about_a_settled_proposal_says_what_became_of_it,
    a_year_that_waits_is_not_replaced_unread,
    two_about_one_account_see_what_became_of_it,
    what_has_moved_on_is_shown_beside_the_button,
    two_who_supervise_one_matter_see_both_demands,
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

/// The newest proposal's id.
fn proposed(app: &TestApp) -> i64 {
    use tingsong::schema::proposals;
    app.read(|conn| Ok(proposals::table.order(proposals::id.desc()).select(proposals::id).first(conn)?))
        .unwrap()
}

async fn a_button_about_a_settled_proposal_says_what_became_of_it(app: TestApp) {
    let day = [("kind", "holiday"), ("name", "停电检修"), ("reason", "依通知")];
    app.post(Role::PetitionOfficer, "/settings/calendar/days/2026-11-30", &day).await.is(303);
    let at = format!("/settings/calendar/proposals/{}", proposed(&app));
    let unread = app.post(Role::SecurityAdmin, &format!("{at}/accept"), &[("version", "9")]).await;
    unread.is(409).says(&["待生效", "依通知", "专干老周", "仍然确认生效"]);
    let reject = [("version", "0"), ("note", "来源不清")];
    app.post(Role::SecurityAdmin, &format!("{at}/reject"), &reject).await.is(303);
    for (role, verb, meant) in [
        (Role::SecurityAdmin, "accept", "确认生效"),
        (Role::SecurityAdmin, "reject", "退回修改"),
        (Role::PetitionOfficer, "withdraw", "撤回这项改动"),
    ] {
        let late = app.post(role, &format!("{at}/{verb}"), &reject).await;
        late.is(409).says(&[meant, "已退回", "来源不清", "安全管理沈", "现在已经不能再办这一步"]);
        late.does_not_say(&["仍然"]);
    }
    let category = [
        ("seen", "0:0"),
        ("code", "enforcement"),
        ("name", "执行方面"),
        ("active", "1"),
        ("reason", "统一名称"),
    ];
    app.post(Role::PetitionOfficer, "/settings/categories", &category).await.is(303);
    let at = format!("/settings/categories/proposals/{}", proposed(&app));
    app.post(Role::SecurityAdmin, &format!("{at}/accept"), &[("version", "0")]).await.is(303);
    let late = app.post(Role::PetitionOfficer, &format!("{at}/withdraw"), &[("version", "0")]).await;
    late.is(409).says(&["已生效", "统一名称", "撤回这项改动", "诉求类别"]);
    let late = app.post(Role::SecurityAdmin, &format!("{at}/reject"), &reject).await;
    late.is(409).says(&["退回修改", "来源不清"]);
}

async fn a_year_that_waits_is_not_replaced_unread(app: TestApp) {
    let path = "/settings/calendar/import";
    let year = |list| {
        [
            ("seen", ""),
            ("year", "2027"),
            ("status", "official"),
            ("source", "国务院办公厅关于2027年部分节假日安排的通知"),
            ("list", list),
        ]
    };
    app.upload(Role::PetitionOfficer, path, &year("2027-01-01,放假,元旦"), &[]).await.is(303);
    let first = proposed(&app);
    let page = app.upload(Role::PetitionOfficer, path, &year("2027-02-05,放假,春节"), &[]).await;
    page.is(409).says(&["2027-01-01,放假,元旦", "2027-02-05,放假,春节", "已公布", "用我填写的"]);
    assert_eq!(proposed(&app), first, "nothing was replaced");
    send(&app, Role::PetitionOfficer, path, &again(&page)).await.is(303);
    assert_ne!(proposed(&app), first);
}

async fn two_about_one_account_see_what_became_of_it(app: TestApp) {
    let assistant = app.person(Role::JudgeAssistant);
    let path = format!("/settings/staff/{assistant}");
    let version = || -> String {
        let of = staff::table.find(assistant).select(staff::version);
        app.read(|conn| Ok(of.first::<i64>(conn)?)).unwrap().to_string()
    };
    let late = app.post(Role::Sysadmin, &format!("{path}/deactivate"), &[("version", "7")]).await;
    late.is(409).says(&["助理王文", "在用", "仍然停用账号"]);
    let before = version();
    send(&app, Role::Sysadmin, &format!("{path}/deactivate"), &again(&late)).await.is(303);
    let late = app.post(Role::Sysadmin, &format!("{path}/deactivate"), &[("version", &before)]).await;
    late.is(409).says(&["已停用", "现在已经不能再办这一步"]);
    let late = app.post(Role::Sysadmin, &format!("{path}/reactivate"), &[("version", &before)]).await;
    late.is(409).says(&["已停用", "仍然恢复使用"]);
    send(&app, Role::Sysadmin, &format!("{path}/reactivate"), &again(&late)).await.is(200);
}

async fn what_has_moved_on_is_shown_beside_the_button(app: TestApp) {
    let id = replies::handled(&app, "moved");
    let question = [
        ("leader", &*app.person(Role::VicePresident).to_string()),
        ("question", "由谁牵头核查？"),
        ("proposal", "建议由执行局牵头核查。"),
    ]
    .map(|(name, value)| (name, value.to_owned()));
    let question: Vec<(&str, &str)> = question.iter().map(|(name, value)| (*name, value.as_str())).collect();
    app.post(Role::PetitionOfficer, &format!("/instructions/ask/{id}"), &question).await.is(303);
    let asked: i64 = app
        .read(|conn| {
            use tingsong::schema::instructions;
            Ok(instructions::table.select(instructions::id).first(conn)?)
        })
        .unwrap();
    let late = app
        .post(Role::PetitionOfficer, &format!("/instructions/{asked}/withdraw"), &[("version", "5")])
        .await;
    late.is(409).says(&["仍然撤回请示"]);
    send(&app, Role::PetitionOfficer, &format!("/instructions/{asked}/withdraw"), &again(&late))
        .await
        .is(303);
    let late = app
        .post(Role::PetitionOfficer, &format!("/instructions/{asked}/withdraw"), &[("version", "0")])
        .await;
    late.is(409).says(&["撤回请示", "现在已经不能再办这一步"]);

    let clock: i64 = app
        .read(|conn| {
            let all = tingsong::deadlines::of_matter(conn, id.0)?;
            Ok(all.iter().find(|(one, _)| one.code == tingsong::deadlines::Code::Reply).unwrap().0.id.0)
        })
        .unwrap();
    let asking = [("seen", "0"), ("days", "10"), ("reason", "评估还没有做完"), ("note", "评估还没有做完")];
    app.post(Role::Handler, &format!("/clocks/{clock}/ask"), &asking).await.is(303);
    let request: i64 = app
        .read(|conn| {
            use tingsong::schema::extension_requests;
            Ok(extension_requests::table.select(extension_requests::id).first(conn)?)
        })
        .unwrap();
    let withdraw = format!("/extensions/{request}/withdraw");
    let late = app.post(Role::Handler, &withdraw, &[("version", "3")]).await;
    late.is(409).says(&["评估还没有做完", "仍然撤回申请"]);
    send(&app, Role::Handler, &withdraw, &again(&late)).await.is(303);
    app.post(Role::Handler, &withdraw, &[("version", "0")]).await.is(409).says(&["现在已经不能再办这一步"]);
}

async fn two_who_supervise_one_matter_see_both_demands(app: TestApp) {
    let id = replies::handled(&app, "supervised");
    let path = format!("/supervision/of/{id}");
    let (judge, vice) = (app.person(Role::Handler).to_string(), app.person(Role::VicePresident).to_string());
    let demand = |words| {
        [
            ("after", ""),
            ("manner", "letter"),
            ("addressee", judge.as_str()),
            ("signer", vice.as_str()),
            ("demand", words),
        ]
    };
    app.post(Role::PetitionOfficer, &path, &demand("请三日内说明执行进展。")).await.is(303);
    let late = app.post(Role::VicePresident, &path, &demand("请当面答复信访人。")).await;
    late.is(409).says(&["请三日内说明执行进展", "请当面答复信访人", "法官钱进", "为什么现在不能再发"]);
    late.does_not_say(&["仍然"]);
    app.at("2026-12-21 09:00");
    crate::supervision::db_awake(&app);
    let late = app.post(Role::VicePresident, &path, &demand("请当面答复信访人。")).await;
    late.is(409).says(&["请三日内说明执行进展", "请当面答复信访人", "用我填写的"]);
    send(&app, Role::VicePresident, &path, &again(&late)).await.is(303);
}
