//! 批量转办: several matters in one go, each by itself; on both databases.

use crate::support::registrations::{accepted, reload};
use crate::support::{Answer, TestApp, on_both_databases};
use diesel::prelude::*;
use tingsong::joint::actions::{ask_help, name_case_judge};
use tingsong::matters::MatterId;
use tingsong::people::{DivisionKind, Role};
use tingsong::referrals::forms::{to_head, to_person};
use tingsong::schema::{matter_bars, referral_batch_items, referrals, timeline};

on_both_databases! {
    ticked_matters_go_together_and_what_cannot_is_told,
    the_same_form_twice_refers_once,
    one_that_somebody_works_on_meanwhile_stays,
    only_who_may_refer_ticks_and_nobody_sends_what_they_do_not_see,
    each_matter_that_goes_to_the_judge_of_its_case_has_its_own_reason,
}

fn civil(app: &TestApp) -> tingsong::people::DivisionId {
    app.court.divisions.iter().find(|(kind, _)| *kind == DivisionKind::Civil).unwrap().1
}

fn judge(app: &TestApp) -> String {
    to_person(civil(app), app.person(Role::Handler))
}

async fn send(app: &TestApp, step: &str, ids: &[String], more: &[(&str, &str)]) -> Answer {
    let mut fields: Vec<(&str, &str)> = ids.iter().map(|id| ("ids", id.as_str())).collect();
    fields.extend(more);
    app.post(Role::PetitionOfficer, &format!("/bulk-referrals{step}"), &fields).await
}

/// What the preview sends along, and the key of its form.
fn confirmed(preview: &Answer) -> (Vec<String>, String) {
    let form = preview.html.split("action=\"/bulk-referrals\"").nth(1).unwrap();
    let form = form.split("</form>").next().unwrap();
    let value = |part: &str| part.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let ids = form.split("name=\"ids\"").skip(1).map(value).collect();
    (ids, value(form.split("name=\"submission_key\"").nth(1).unwrap()))
}

fn sent(app: &TestApp) -> i64 {
    app.read(|conn| Ok(referrals::table.count().get_result(conn)?)).unwrap()
}

fn version(app: &TestApp, id: MatterId) -> i64 {
    reload(app, id).version
}

async fn ticked_matters_go_together_and_what_cannot_is_told(app: TestApp) {
    let (free, judged, barred) = (accepted(&app, "free"), accepted(&app, "judged"), accepted(&app, "barred"));
    let (act, who) = (app.act(Role::PetitionOfficer), app.person(Role::Handler));
    app.write(move |conn| {
        name_case_judge(conn, &act, judged, 0, (who, ""))?;
        let bar = (matter_bars::matter_id.eq(barred), matter_bars::staff_id.eq(who));
        diesel::insert_into(matter_bars::table).values(bar).execute(conn)?;
        Ok(())
    })
    .unwrap();
    let ids: Vec<String> = [free, judged, barred].iter().map(ToString::to_string).collect();
    let page = send(&app, "/choose", &ids, &[]).await;
    page.is(200).says(&["0001号", "0002号", "0003号", "可以转办", "民事审判庭（负责人接办）"]);
    send(&app, "/preview", &ids, &[("to", "")]).await.is(422).says(&["请选择转给哪个庭室"]);
    let to = judge(&app);
    let preview = send(&app, "/preview", &ids, &[("to", &to), ("note", "请一周内约谈")]).await;
    preview.is(200).says(&["确认转办 1 件", "原案承办人", "不能转给这个人", "民事审判庭法官钱进"]);
    assert_eq!(sent(&app), 0, "a preview refers nothing");
    let (ready, key) = confirmed(&preview);
    assert_eq!(ready, [format!("{free}:0")]);
    let all: Vec<String> =
        [free, judged, barred].iter().map(|id| format!("{id}:{}", version(&app, *id))).collect();
    let more = [("to", to.as_str()), ("note", "请一周内约谈"), ("submission_key", key.as_str())];
    let done = send(&app, "", &all, &more).await;
    done.is(303);
    let result = app.get(Role::PetitionOfficer, &done.location.unwrap()).await;
    result.is(200).says(&["已转办 <strong>1 件", "没有转的 <strong>2 件", "原案承办人", "不能转给这个人"]);
    assert_eq!(sent(&app), 1);
    app.get(Role::Handler, "/matters?hand=addressee").await.says(&[&format!("\"/matters/{free}\"")]);
    let nothing = send(&app, "/choose", &[], &[]).await;
    nothing.is(422).says(&["还没有勾选事项"]);
}

async fn the_same_form_twice_refers_once(app: TestApp) {
    let ids: Vec<MatterId> = (0..3).map(|n| accepted(&app, &format!("k{n}"))).collect();
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let to = to_head(civil(&app));
    let (ready, key) = confirmed(&send(&app, "/preview", &ids, &[("to", &to)]).await);
    assert_eq!(ready.len(), 3);
    let more = [("to", to.as_str()), ("submission_key", key.as_str())];
    let first = send(&app, "", &ready, &more).await;
    let second = send(&app, "", &ready, &more).await;
    assert_eq!(first.location, second.location);
    assert_eq!(sent(&app), 3);
    let kept: i64 = app
        .read(|conn| {
            let referred = referral_batch_items::table.filter(referral_batch_items::referred.eq(true));
            Ok(referred.count().get_result(conn)?)
        })
        .unwrap();
    assert_eq!(kept, 3);
    app.get(Role::President, &first.location.unwrap()).await.is(404);
}

async fn one_that_somebody_works_on_meanwhile_stays(app: TestApp) {
    let (one, two) = (accepted(&app, "one"), accepted(&app, "two"));
    let to = judge(&app);
    let preview = send(&app, "/preview", &[one.to_string(), two.to_string()], &[("to", &to)]).await;
    let (ready, key) = confirmed(&preview);
    let (act, head) = (app.act(Role::PetitionOfficer), app.person(Role::DivisionHead));
    app.write(move |conn| ask_help(conn, &act, one, 0, (head, "核对"))).unwrap();
    let done = send(&app, "", &ready, &[("to", &to), ("submission_key", &key)]).await;
    let result = app.get(Role::PetitionOfficer, &done.location.unwrap()).await;
    result.says(&["另有同事办理过这件事项，没有转办", "已转办 <strong>1 件"]);
    assert_eq!(sent(&app), 1);
}

async fn only_who_may_refer_ticks_and_nobody_sends_what_they_do_not_see(app: TestApp) {
    let id = accepted(&app, "one");
    app.get(Role::PetitionOfficer, "/matters").await.says(&["批量转办所选的事项", "name=\"ids\""]);
    app.get(Role::FilingClerk, "/matters").await.does_not_say(&["批量转办", "name=\"ids\""]);
    let fields = [("ids", id.to_string())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    app.post(Role::FilingClerk, "/bulk-referrals/choose", &fields).await.is(403);
    // A head sees those of the own division only.
    app.post(Role::DivisionHead, "/bulk-referrals/choose", &fields).await.is(404);
}

async fn each_matter_that_goes_to_the_judge_of_its_case_has_its_own_reason(app: TestApp) {
    let (free, one, two) = (accepted(&app, "free"), accepted(&app, "one"), accepted(&app, "two"));
    let (act, who) = (app.act(Role::PetitionOfficer), app.person(Role::Handler));
    app.write(move |conn| {
        name_case_judge(conn, &act, one, 0, (who, ""))?;
        name_case_judge(conn, &act, two, 0, (who, ""))
    })
    .unwrap();
    let ids: Vec<String> = [free, one, two].iter().map(ToString::to_string).collect();
    let to = judge(&app);
    let preview = send(&app, "/preview", &ids, &[("to", &to)]).await;
    preview.is(200).says(&["确认转办 1 件", "0002号由原案承办人办理的理由", "0003号由原案承办人办理的理由"]);
    preview.does_not_say(&["0001号由原案承办人办理的理由"]);
    let ids: Vec<String> = [free, one, two].iter().map(|id| format!("{id}:{}", version(&app, *id))).collect();
    let (first, second) = (one.to_string(), two.to_string());
    let why = [
        ("to", to.as_str()),
        ("excuse_for", first.as_str()),
        ("excuse", "全庭仅此一名法官在岗"),
        ("excuse_for", second.as_str()),
        ("excuse", ""),
    ];
    let preview = send(&app, "/preview", &ids, &why).await;
    preview.is(200).says(&["确认转办 2 件"]);
    let (ready, key) = confirmed(&preview);
    let mut more = vec![("submission_key", key.as_str())];
    more.extend(why);
    send(&app, "", &ready, &more).await.is(303);
    assert_eq!(sent(&app), 2);
    let said = |id: MatterId| -> Vec<String> {
        app.read(move |conn| {
            Ok(timeline::table.filter(timeline::matter_id.eq(id)).select(timeline::text).load(conn)?)
        })
        .unwrap()
    };
    assert!(said(one).iter().any(|text| text.contains("理由：全庭仅此一名法官在岗")));
    assert!(
        said(free).iter().all(|text| !text.contains("原案承办人办理")),
        "it isn't the judge of that case"
    );
}
