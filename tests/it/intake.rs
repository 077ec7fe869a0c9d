//! The counter: found, registered, once and with everything; nothing typed is lost; nothing personal in an address.

use crate::support::{Answer, TestApp, on_both_databases};
use diesel::prelude::*;
use tingsong::people::Role;
use tingsong::schema::{contacts, drafts, matters, petitioner_distinct, petitioners};
use tingsong::sheets::{Cell, Column, Kind, Stamp, Table};

on_both_databases! {
    a_new_visitor_is_registered_and_takes_a_receipt_home,
    a_known_visitor_is_recognised_and_comes_again_with_one_field,
    a_group_of_twelve_has_four_who_speak_for_it,
    an_anonymous_letter_is_registered,
    a_wrong_document_number_is_kept_with_a_reason_only,
    a_wrong_case_number_is_explained_and_mended_by_a_button,
    the_same_form_sent_twice_registers_once,
    a_lapsed_session_keeps_what_was_typed,
    a_draft_is_kept_gone_on_with_and_thrown_away,
    a_likely_double_is_shown_before_saving_and_never_in_the_way,
    what_is_not_this_courts_is_screened_at_once_and_answered_on_the_spot,
    a_form_from_elsewhere_registers_nothing,
    a_member_list_fills_the_form,
    rows_are_added_and_taken_away_without_a_script,
}

const CLERK: Role = Role::FilingClerk;
const CARD: &str = "王桂兰|女|汉|19491231|石龙区龙兴街道1号|11010519491231002X|某分局|20100101|长期";

/// The value of a hidden field on a page.
fn hidden(page: &Answer, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let at = page.html.find(&mark).unwrap_or_else(|| panic!("no {name} on the page:\n{}", page.html));
    page.html[at + mark.len()..].split('"').next().unwrap().to_owned()
}

/// A form as it stands on a page that was just opened, to be filled in.
fn opened(page: &Answer) -> Vec<(String, String)> {
    ["submission_key", "draft_id", "matter_id", "seen_doubles"]
        .map(|name| (name.to_owned(), hidden(page, name)))
        .to_vec()
}

async fn send(app: &TestApp, form: &[(String, String)], more: &[(&str, &str)]) -> Answer {
    let mut all: Vec<(&str, &str)> =
        form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    all.extend_from_slice(more);
    app.post(CLERK, "/intake/register", &all).await
}

const VISIT: [(&str, &str); 6] = [
    ("channel", "visit"),
    ("person_id", ""),
    ("name", "王桂兰"),
    ("doc_number", "11010519491231002X"),
    ("category", "enforcement.slow"),
    ("claim", "要求尽快执行到位"),
];

/// A category that ships.
fn category() -> &'static str {
    tingsong::matters::shipped::categories().find(|category| category.parent.is_some()).unwrap().code
}

/// `VISIT` with a category that there is, and these instead or besides.
fn visit(more: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let mut fields: Vec<(&str, &str)> =
        VISIT.iter().copied().filter(|(name, _)| !more.iter().any(|(other, _)| other == name)).collect();
    for (name, value) in &mut fields {
        if *name == "category" {
            *value = category();
        }
    }
    fields.extend_from_slice(more);
    fields
}

/// Registers a visit and follows to its receipt.
async fn registered(app: &TestApp, more: &[(&'static str, &'static str)]) -> Answer {
    let form = opened(app.get(CLERK, "/intake/new").await.is(200));
    let answer = send(app, &form, &visit(more)).await;
    answer.is(303);
    let receipt = answer.location.clone().unwrap();
    assert!(receipt.starts_with("/intake/receipt/"), "{receipt}");
    app.get(CLERK, &receipt).await
}

fn count(app: &TestApp) -> (i64, i64, i64) {
    app.read(|conn| {
        Ok((
            matters::table.count().get_result(conn)?,
            contacts::table.count().get_result(conn)?,
            petitioners::table.count().get_result(conn)?,
        ))
    })
    .unwrap()
}

async fn a_new_visitor_is_registered_and_takes_a_receipt_home(app: TestApp) {
    let page = app.get(CLERK, "/intake").await;
    page.is(200).says(&["谁来了？", "空白登记表", "匿名来信"]);
    let found = app.post(CLERK, "/intake/find", &[("q", CARD)]).await;
    found.is(200).says(&["没有找到登记过的人", "登记新的信访人"]);
    assert_eq!(hidden(&found, "doc_number"), "11010519491231002X");
    let carried =
        [("name", "王桂兰"), ("doc_number", "11010519491231002X"), ("address", "石龙区龙兴街道1号")];
    let form = app.post(CLERK, "/intake/new", &carried).await;
    form.is(200).says(&[
        "value=\"王桂兰\"",
        "value=\"11010519491231002X\"",
        "登记并打印回执",
        "Ctrl + Enter",
    ]);
    let more = [
        ("phone", "13800005678"),
        ("address", "石龙区龙兴街道1号"),
        ("doc_type", ""),
        ("case_number", "(2026)豫0404执12号"),
    ];
    let answer = send(&app, &opened(&form), &visit(&more)).await;
    answer.is(303);
    let receipt = app.get(CLERK, answer.location.as_deref().unwrap()).await;
    receipt.is(200).says(&[
        "信访登记回执",
        "石法访〔2026〕0001号",
        "查询码",
        "王桂兰",
        "初次登记",
        "（2026）豫0404执12号",
        "决定是否作为信访事项受理",
        "首问责任人",
        "窗口小林",
        "诉讼服务中心信访窗口",
        "0375-2520000",
        "石龙区中心路1号",
        "个人信息保护法第十七条",
        "data-autoprint",
    ]);
    receipt.does_not_say(&["11010519491231002X", "13800005678"]);
    let slip = answer.location.unwrap().replace("print=1", "paper=slip");
    app.get(CLERK, &slip)
        .await
        .is(200)
        .says(&["slip80", "石法访〔2026〕0001号"])
        .does_not_say(&["data-autoprint"]);
    assert_eq!(count(&app), (1, 1, 1));
    assert_eq!(app.read(|conn| Ok(drafts::table.count().get_result::<i64>(conn)?)).unwrap(), 0);
}

async fn a_known_visitor_is_recognised_and_comes_again_with_one_field(app: TestApp) {
    registered(&app, &[("phone", "13800005678"), ("case_number", "(2026)豫0404执12号")]).await;
    app.at("2026-12-03 10:00");
    let officer = Role::PetitionOfficer; // whose session is fresh: the clerk's has ended
    let number = "石法访〔2026〕0001号";
    for typed in [
        "王桂兰",
        "11010519491231002X",
        "138 0000 5678",
        "（2026）豫0404执12号",
        "wgl",
        CARD,
        "石法访[2026]0001号",
    ] {
        let found = app.post(officer, "/intake/matches", &[("q", typed)]).await;
        found.is(200).says(&["王桂兰", number, "再次来访", "窗口小林"]);
        found.does_not_say(&["13800005678", "<html"]);
    }
    let found = app.post(officer, "/intake/find", &[("q", "王桂兰")]).await;
    found.says(&["姓名相同", "老年人", "登记新事项"]);
    let at = found.html.find("/intake/further/").unwrap();
    let way = found.html[at..].split('"').next().unwrap().replace("&amp;", "&");
    let form = app.get(officer, &way).await;
    form.is(200).says(&["再次来访", number, "这次反映了什么"]).does_not_say(&["name=\"category\""]);
    let person = hidden(&form, "person_id");
    let filled = opened(&form);
    let mut fields: Vec<(&str, &str)> = filled.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    fields.extend([("channel", "visit"), ("person_id", &person), ("summary", "来问执行进展")]);
    let answer = app.post(officer, "/intake/register", &fields).await;
    answer.is(303);
    let receipt = app.get(officer, answer.location.as_deref().unwrap()).await;
    receipt.says(&["第 2 次，距上次 10 天", number]);
    assert_eq!(count(&app), (1, 2, 1));
}

async fn a_group_of_twelve_has_four_who_speak_for_it(app: TestApp) {
    let form = opened(&app.get(CLERK, "/intake/new").await);
    let mut fields = vec![
        ("channel", "visit"),
        ("people_count", "12"),
        ("category", category()),
        ("claim", "要求兑付工资"),
    ];
    for name in ["甲一", "乙二", "丙三", "丁四"] {
        fields.push(("name", name));
        fields.push(("person_id", ""));
    }
    let answer = send(&app, &form, &fields).await;
    answer.is(303);
    let receipt = app.get(CLERK, answer.location.as_deref().unwrap()).await;
    receipt.says(&["甲一等12人", "集体访 12 人"]);
    let parts: Vec<String> = app
        .read(|conn| {
            use tingsong::schema::matter_petitioners as part;
            Ok(part::table.select(part::part).load(conn)?)
        })
        .unwrap();
    assert_eq!(parts, ["representative"; 4]);
    let form = opened(&app.get(CLERK, "/intake/new").await);
    for name in ["戊五", "己六"] {
        fields.push(("name", name));
        fields.push(("person_id", ""));
    }
    send(&app, &form, &fields).await.is(422).says(&["最多五名", "value=\"己六\""]);
}

async fn an_anonymous_letter_is_registered(app: TestApp) {
    let form = app.post(CLERK, "/intake/new", &[("kind", "anonymous"), ("channel", "letter")]).await;
    form.says(&["匿名：不需要填写姓名和证件"]);
    let fields = [
        ("channel", "letter"),
        ("kind", "anonymous"),
        ("person_id", ""),
        ("name", ""),
        ("category", category()),
        ("claim", "反映某案久拖不执"),
    ];
    let answer = send(&app, &opened(&form), &fields).await;
    answer.is(303);
    app.get(CLERK, answer.location.as_deref().unwrap()).await.says(&["匿名", "来信"]);
    let anonymous: bool =
        app.read(|conn| Ok(matters::table.select(matters::anonymous).first(conn)?)).unwrap();
    assert!(anonymous);
}

async fn a_wrong_document_number_is_kept_with_a_reason_only(app: TestApp) {
    let form = opened(&app.get(CLERK, "/intake/new").await);
    let wrong = visit(&[("doc_number", "110105194912310021")]);
    let again = send(&app, &form, &wrong).await;
    again.is(422).says(&[
        "校验码",
        "未核实",
        "value=\"110105194912310021\"",
        "value=\"要求尽快执行到位\"",
        "f-doc_number-0",
    ]);
    assert_eq!(count(&app), (0, 0, 0));
    let kept = visit(&[("doc_number", "110105194912310021"), ("doc_reason", "证件磨损看不清")]);
    send(&app, &form, &kept).await.is(303);
    let status: String =
        app.read(|conn| Ok(petitioners::table.select(petitioners::doc_status).first(conn)?)).unwrap();
    assert_eq!(status, "unverified");
}

async fn a_wrong_case_number_is_explained_and_mended_by_a_button(app: TestApp) {
    let form = opened(&app.get(CLERK, "/intake/new").await);
    let wrong = visit(&[("case_number", "(2026)豫0404执12"), ("case_reason", "")]);
    let again = send(&app, &form, &wrong).await;
    again.is(422).says(&["是否应为", "改为 （2026）豫0404执12号", "value=\"fix:0\""]);
    let mut mended = wrong.clone();
    mended.push(("go", "fix:0"));
    send(&app, &form, &mended).await.is(200).says(&["value=\"（2026）豫0404执12号\""]);
    let kept = visit(&[("case_number", "(2026)豫0404执12"), ("case_reason", "来信原文如此")]);
    send(&app, &form, &kept).await.is(303);
}

async fn the_same_form_sent_twice_registers_once(app: TestApp) {
    let form = opened(&app.get(CLERK, "/intake/new").await);
    let first = send(&app, &form, &visit(&[])).await;
    let again = send(&app, &form, &visit(&[])).await;
    assert_eq!((first.status.as_u16(), again.status.as_u16()), (303, 303));
    let page = |answer: &Answer| answer.location.as_deref().unwrap().split('?').next().unwrap().to_owned();
    assert_eq!(page(&first), page(&again));
    assert_eq!(count(&app), (1, 1, 1));
}

async fn a_lapsed_session_keeps_what_was_typed(app: TestApp) {
    let form = opened(&app.get(CLERK, "/intake/new").await);
    app.at("2026-11-23 17:30");
    app.app.forget_sessions();
    let answer = send(&app, &form, &visit(&[("phone", "13800005678")])).await;
    answer.is(303);
    let to = answer.location.unwrap();
    assert!(to.starts_with("/sign-in?next=%2Fintake%2Fdrafts%2F"), "{to}");
    assert_eq!(count(&app), (0, 0, 0));
    let sealed: String = app.read(|conn| Ok(drafts::table.select(drafts::sealed).first(conn)?)).unwrap();
    assert!(!sealed.contains("王桂兰") && !sealed.contains("13800005678"));
}

async fn a_draft_is_kept_gone_on_with_and_thrown_away(app: TestApp) {
    let form = opened(&app.get(CLERK, "/intake/new").await);
    let mut fields: Vec<(&str, &str)> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    fields.extend(visit(&[("care", "0:ill")]));
    app.post(CLERK, "/intake/drafts/save", &fields).await.is(204);
    app.post(CLERK, "/intake/drafts/save", &fields).await.is(204);
    app.get(CLERK, "/intake").await.says(&["我的草稿", "王桂兰：要求尽快执行到位"]);
    let draft = format!("/intake/drafts/{}", form[1].1);
    let page = app.get(CLERK, &draft).await;
    page.is(200).says(&["value=\"王桂兰\"", "value=\"0:ill\" data-row-value checked"]);
    assert_eq!(hidden(&page, "submission_key"), form[0].1);
    app.get(Role::PetitionOfficer, &draft).await.is(404);
    app.post(Role::PetitionOfficer, &format!("{draft}/discard"), &[]).await.is(303);
    app.get(CLERK, &draft).await.is(200);
    app.post(CLERK, &format!("{draft}/discard"), &[]).await.is(303);
    app.get(CLERK, &draft).await.is(404);
    send(&app, &form, &visit(&[])).await.is(303);
    app.post(CLERK, "/intake/drafts/save", &fields).await.is(204);
    app.get(CLERK, "/intake").await.does_not_say(&["我的草稿"]);
}

async fn a_likely_double_is_shown_before_saving_and_never_in_the_way(app: TestApp) {
    registered(&app, &[("case_number", "(2026)豫0404执12号")]).await;
    let form = opened(&app.get(CLERK, "/intake/new").await);
    let fields = visit(&[("case_number", "(2026)豫0404执12号")]);
    let shown = send(&app, &form, &fields).await;
    shown.is(422).says(&["可能已经登记过", "登记为这件的再次来访", "继续登记为新事项", "不是同一人"]);
    assert_eq!(count(&app), (1, 1, 1));

    let at = shown.html.find("value=\"further:").unwrap();
    let go = shown.html[at + 7..].split('"').next().unwrap();
    let mut further = fields.clone();
    further.push(("go", go));
    send(&app, &form, &further).await.is(200).says(&["再次来访", "要求尽快执行到位", "这次反映了什么"]);

    let person = hidden(&shown, "seen_doubles").split(':').nth(1).unwrap().to_owned();
    let not_same = format!("0:{person}");
    let mut seen: Vec<(String, String)> = opened(&shown);
    seen.push(("not_same".into(), not_same));
    send(&app, &seen, &fields).await.is(303);
    assert_eq!(count(&app), (2, 2, 2));
    let apart: i64 = app.read(|conn| Ok(petitioner_distinct::table.count().get_result(conn)?)).unwrap();
    assert_eq!(apart, 1);
}

async fn what_is_not_this_courts_is_screened_at_once_and_answered_on_the_spot(app: TestApp) {
    let spot = registered(&app, &[("screening", "answered"), ("answer", "已当场说明立案所需材料。")]).await;
    spot.says(&["您反映的事项已当场答复。", "已当场说明立案所需材料。"]);
    let form = opened(&app.get(CLERK, "/intake/new").await);
    let fields = visit(&[
        ("name", "李四"),
        ("doc_number", ""),
        ("screening", "in_litigation"),
        ("track", "civil_retrial"),
    ]);
    let refused = send(&app, &form, &fields).await;
    refused.is(422).says(&["立案庭还没有设置庭长", "value=\"李四\""]);
}

async fn a_form_from_elsewhere_registers_nothing(app: TestApp) {
    let form = opened(&app.get(CLERK, "/intake/new").await);
    let staff = app.person(CLERK);
    let cookie = format!("tingsong={}", app.token(staff));
    let mut fields: Vec<(&str, &str)> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    fields.extend(visit(&[]));
    fields.push(("csrf", "guess"));
    let request = actix_web::test::TestRequest::post()
        .uri("/intake/register")
        .insert_header(("cookie", cookie))
        .set_form(fields);
    app.call(request).await.is(422);
    assert_eq!(count(&app), (0, 0, 0));
}

fn sheet(titles: &[&'static str], rows: &[&[&'static str]]) -> Vec<u8> {
    let columns: Vec<Column<'_>> =
        titles.iter().map(|title| Column { title, width: 12.0, kind: Kind::Text }).collect();
    let stamp = Stamp { by: "周专干".to_owned(), at: crate::support::monday_morning() };
    let mut table = Table::start("表", &stamp, &columns).unwrap();
    for row in rows {
        let cells: Vec<Cell<'_>> = row.iter().map(|text| Cell::text(*text)).collect();
        table.row(&cells).unwrap();
    }
    table.finish().unwrap()
}

async fn a_member_list_fills_the_form(app: TestApp) {
    app.get(CLERK, "/intake/members.xlsx").await.is(200);
    let form = opened(&app.get(CLERK, "/intake/new").await);
    let list = sheet(
        &["姓名", "身份证号", "是否代表"],
        &[&["甲一", "11010519491231002X", "是"], &["乙二", "110105194912310021", ""]],
    );
    let mut fields: Vec<(&str, &str)> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    fields.extend([("go", "members"), ("channel", "visit"), ("name", ""), ("person_id", "")]);
    let all = app.upload(CLERK, "/intake/register", &fields, &[("members", "名单.xlsx", &list)]).await;
    all.is(422).says(&["校验码", "第 "]).does_not_say(&["value=\"甲一\""]);
    fields.push(("members_take", "good"));
    let good = app.upload(CLERK, "/intake/register", &fields, &[("members", "名单.xlsx", &list)]).await;
    good.says(&["value=\"甲一\"", "校验码"]).does_not_say(&["value=\"乙二\""]);
}

async fn rows_are_added_and_taken_away_without_a_script(app: TestApp) {
    let form = opened(&app.get(CLERK, "/intake/new").await);
    let mut fields = visit(&[("rows", "add-person")]);
    let more = send(&app, &form, &fields).await;
    more.is(200).says(&["f-name-0", "f-name-1", "value=\"remove-person-1\""]);
    fields.retain(|(name, _)| *name != "rows");
    fields.extend([("rows", "remove-person-0"), ("name", "乙"), ("person_id", "")]);
    let fewer = send(&app, &form, &fields).await;
    fewer.is(200).says(&["value=\"乙\""]).does_not_say(&["value=\"王桂兰\"", "f-name-1"]);
}
