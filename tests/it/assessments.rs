//! Assessments of cases: summed by the edition of their day, decided with a reason; the questionnaire changed by two.

use crate::support::{TestApp, on_both_databases};
use diesel::prelude::*;
use tingsong::assessments::{Assessment, AssessmentState};
use tingsong::people::Role;
use tingsong::schema::{assessments, escalations, proposals, questionnaires};

on_both_databases! {
    a_case_is_summed_and_listed_with_a_reason,
    below_the_threshold_nothing_is_to_be_decided,
    the_questionnaire_is_changed_by_two_and_old_assessments_keep_theirs,
    a_question_about_a_person_is_refused,
    two_who_decide_or_change_see_both,
}

fn newest(app: &TestApp) -> Assessment {
    app.read(|conn| Ok(assessments::table.order(assessments::id.desc()).first(conn)?)).unwrap()
}

fn edition(app: &TestApp) -> i64 {
    app.read(|conn| {
        let newest = questionnaires::table.order(questionnaires::edition.desc());
        Ok(newest.select(questionnaires::id).first(conn)?)
    })
    .unwrap()
}

async fn assessed(app: &TestApp, number: &str, yes: &[&str]) -> Assessment {
    let edition = edition(app).to_string();
    let submission = format!("assessment of {number}");
    let mut fields = vec![
        ("submission", submission.as_str()),
        ("questionnaire", edition.as_str()),
        ("case_number", number),
        ("cause", "健康权纠纷"),
        ("step", "judgment"),
    ];
    fields.extend(yes.iter().map(|key| ("yes", *key)));
    app.post(Role::Handler, "/assessments/new", &fields).await.is(303);
    newest(app)
}

async fn a_case_is_summed_and_listed_with_a_reason(app: TestApp) {
    let page = app.get(Role::Handler, "/assessments/new").await;
    page.is(200).says(&["评估的是案件", "审理或者执行期限是否延长", "达到 6 分建议列入一级"]);
    app.get(Role::PetitionOfficer, "/assessments/new").await.is(403);
    let made = assessed(&app, "（2026）豫0404民初1号", &["term", "turned", "refused", "nonsense"]).await;
    assert_eq!((made.points, made.threshold, made.state), (8, 6, AssessmentState::Waiting));
    assert_eq!(made.answers, "term,turned,refused");
    assert!(made.measures.contains("判后释法"));
    assessed(&app, "（2026）豫0404民初1号", &["term"]).await;
    assert_eq!(newest(&app).id, made.id, "sent twice, kept once");
    let path = format!("/assessments/{}", made.id);
    app.get(Role::DivisionHead, "/").await.is(200).says(&["待决定的风险评估"]);
    app.get(Role::DivisionHead, &path).await.is(200).says(&["8 分", "作出决定", "判后释法"]);
    app.get(Role::PetitionOfficer, &path).await.is(200).does_not_say(&["作出决定"]);
    let decide = format!("{path}/decide");
    let bare = [("version", "0"), ("listed", "yes"), ("measures", ""), ("reason", "改判且大部分不支持")];
    app.post(Role::DivisionHead, &decide, &bare).await.is(422).says(&["请写明打算采取的措施"]);
    let yes =
        [("version", "0"), ("listed", "yes"), ("measures", "当面释明"), ("reason", "改判且大部分不支持")];
    app.post(Role::DivisionHead, &decide, &yes).await.is(303);
    let kept = newest(&app);
    let sign = kept.sign_id.unwrap();
    assert_eq!(
        (kept.state, kept.decided_by),
        (AssessmentState::Listed, Some(app.person(Role::DivisionHead)))
    );
    let causes: Vec<String> = app
        .read(move |conn| {
            let of = escalations::table.filter(escalations::matter_id.eq(sign));
            Ok(of.select(escalations::cause).load(conn)?)
        })
        .unwrap();
    assert_eq!(causes, ["assessed"]);
    app.get(Role::PetitionOfficer, "/tiers?tier=1").await.is(200).says(&["石法苗〔2026〕0001号"]);
    assert!(app.get(Role::PetitionOfficer, "/assessments/export").await.is(200).bytes.starts_with(b"PK"));
}

async fn below_the_threshold_nothing_is_to_be_decided(app: TestApp) {
    let made = assessed(&app, "（2026）豫0404民初2号", &["mediation"]).await;
    assert_eq!((made.points, made.state), (1, AssessmentState::Low));
    let decide = format!("/assessments/{}/decide", made.id);
    let yes = [("version", "0"), ("listed", "yes"), ("measures", "当面释明"), ("reason", "仍然担心")];
    app.post(Role::Handler, &decide, &yes).await.is(422).says(&["不用决定"]);
    let waiting = assessed(&app, "（2026）豫0404民初3号", &["term", "turned"]).await;
    let no = [("version", "0"), ("listed", "no"), ("measures", ""), ("reason", "双方已经和解")];
    app.post(Role::Handler, &format!("/assessments/{}/decide", waiting.id), &no).await.is(303);
    assert_eq!((newest(&app).state, newest(&app).sign_id), (AssessmentState::NotListed, None));
    app.get(Role::Handler, "/assessments?state=low")
        .await
        .is(200)
        .says(&["民初2号"])
        .does_not_say(&["民初3号"]);
}

fn questions(text: &'static str, threshold: &'static str) -> Vec<(&'static str, &'static str)> {
    vec![
        ("threshold", threshold),
        ("text", text),
        ("points", "5"),
        ("measure", "书面答复"),
        ("text", "是否还没有组织过调解"),
        ("points", "1"),
        ("measure", ""),
        ("effective_from", "2026-11-24"),
        ("reason", "按上季度回看修改"),
    ]
}

fn proposal(app: &TestApp) -> (i64, i64) {
    app.read(|conn| {
        let newest = proposals::table.order(proposals::id.desc());
        Ok(newest.select((proposals::id, proposals::version)).first(conn)?)
    })
    .unwrap()
}

async fn the_questionnaire_is_changed_by_two_and_old_assessments_keep_theirs(app: TestApp) {
    let before = assessed(&app, "（2026）豫0404民初4号", &["term"]).await;
    app.get(Role::PetitionOfficer, "/settings/questionnaire").await.is(200).says(&["第 1 版", "拟订改动"]);
    app.get(Role::PetitionOfficer, "/settings/questionnaire/edit").await.is(200).says(&["只问案件，不问人"]);
    let new = questions("各方的申请是否有没有答复的", "5");
    app.post(Role::PetitionOfficer, "/settings/questionnaire/edit", &new).await.is(303);
    let (id, version) = proposal(&app);
    let accept = format!("/settings/questionnaire/proposals/{id}/accept");
    let version = version.to_string();
    app.post(Role::PetitionOfficer, &accept, &[("version", &version)]).await.is(403);
    app.get(Role::SecurityAdmin, "/settings/questionnaire")
        .await
        .is(200)
        .says(&["有一项改动待生效", "确认生效"]);
    app.post(Role::SecurityAdmin, &accept, &[("version", &version)]).await.is(303);
    // From the day on that it says.
    app.get(Role::Handler, "/assessments/new").await.is(200).says(&["达到 6 分"]);
    let old = edition_of(&app, 1).to_string();
    app.later("2026-11-24 09:00");
    app.get(Role::Handler, "/assessments/new").await.is(200).says(&["达到 5 分", "是否有没有答复的"]);
    let stale = [
        ("submission", "a page of yesterday"),
        ("questionnaire", old.as_str()),
        ("case_number", "（2026）豫0404民初5号"),
        ("step", "judgment"),
        ("yes", "term"),
    ];
    app.post(Role::Handler, "/assessments/new", &stale)
        .await
        .is(409)
        .says(&["问卷刚刚换了新的一版", "民初5号"]);
    let made = assessed(&app, "（2026）豫0404民初5号", &["q1"]).await;
    assert_eq!((made.points, made.threshold, made.state), (5, 5, AssessmentState::Waiting));
    let kept: Assessment = app.read(move |conn| Ok(assessments::table.find(before.id).first(conn)?)).unwrap();
    assert_eq!((kept.points, kept.threshold), (3, 6));
    app.get(Role::Handler, &format!("/assessments/{}", kept.id))
        .await
        .is(200)
        .says(&["第 1 版", "期限是否延长"]);
}

fn edition_of(app: &TestApp, number: i64) -> i64 {
    app.read(move |conn| {
        let of = questionnaires::table.filter(questionnaires::edition.eq(number));
        Ok(of.select(questionnaires::id).first(conn)?)
    })
    .unwrap()
}

async fn a_question_about_a_person_is_refused(app: TestApp) {
    for text in ["当事人性格是否偏执", "原告是否有宗教信仰", "当事人有无精神疾病"]
    {
        let page =
            app.post(Role::PetitionOfficer, "/settings/questionnaire/edit", &questions(text, "5")).await;
        page.is(422).says(&["问的是人，不是案件", text]);
    }
    let count: i64 = app.read(|conn| Ok(proposals::table.count().get_result(conn)?)).unwrap();
    assert_eq!(count, 0);
}

async fn two_who_decide_or_change_see_both(app: TestApp) {
    let made = assessed(&app, "（2026）豫0404民初6号", &["term", "turned"]).await;
    let decide = format!("/assessments/{}/decide", made.id);
    let no = [("version", "0"), ("listed", "no"), ("measures", ""), ("reason", "双方已经和解")];
    app.post(Role::Handler, &decide, &no).await.is(303);
    let yes = [("version", "0"), ("listed", "yes"), ("measures", "当面释明"), ("reason", "争议很大")];
    app.post(Role::DivisionHead, &decide, &yes).await.is(409).says(&["双方已经和解", "另有同事办理过"]);
    let mut late = questions("各方的申请是否有没有答复的", "5");
    late.push(("seen", "0:0"));
    app.post(Role::PetitionOfficer, "/settings/questionnaire/edit", &late).await.is(303);
    let page = app.post(Role::PetitionOfficer, "/settings/questionnaire/edit", &late).await;
    page.is(409).says(&["另有同事办理过", "各方的申请是否有没有答复的"]);
    let (id, version) = proposal(&app);
    let version = version.to_string();
    let path = |button: &str| format!("/settings/questionnaire/proposals/{id}/{button}");
    app.post(Role::PetitionOfficer, &path("withdraw"), &[("version", &version)]).await.is(303);
    let page = app.post(Role::SecurityAdmin, &path("accept"), &[("version", &version)]).await;
    page.is(409).says(&["已撤回", "确认生效"]);
}
