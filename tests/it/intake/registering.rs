//! Who came, and what becomes of it.

use super::*;

on_both_databases! {
    a_new_visitor_is_registered_and_takes_a_receipt_home,
    a_known_visitor_is_recognised_and_comes_again_with_one_field,
    a_group_of_twelve_has_four_who_speak_for_it,
    an_anonymous_letter_is_registered,
    a_wrong_document_number_is_kept_with_a_reason_only,
    a_wrong_case_number_is_explained_and_mended_by_a_button,
    a_likely_double_is_shown_before_saving_and_never_in_the_way,
    what_is_not_this_courts_is_screened_at_once_and_answered_on_the_spot,
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
