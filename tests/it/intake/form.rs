//! The form: sent twice, kept as a draft, its rows, a member list.

use super::*;

on_both_databases! {
    the_same_form_sent_twice_registers_once,
    a_lapsed_session_keeps_what_was_typed,
    a_draft_is_kept_gone_on_with_and_thrown_away,
    a_form_from_elsewhere_registers_nothing,
    a_member_list_fills_the_form,
    rows_are_added_and_taken_away_without_a_script,
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
