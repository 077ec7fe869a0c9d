//! After the closing: asked by somebody else, drawn once a month, answered who comes again, on both databases.

use crate::replies::{act_on, closed, decide, handled, newest, replied, running, serve};
use crate::support::registrations::{accepted, reload, visit};
use crate::support::{TestApp, on_both_databases};
use diesel::prelude::*;
use std::collections::BTreeSet;
use tingsong::app::jobs::JOBS;
use tingsong::call_backs::types::{Answer, AskManner, Asking, AskingState, Draw, Score};
use tingsong::call_backs::{AskingKind, actions, jobs, rules};
use tingsong::checks::{self, Check, Depth};
use tingsong::deadlines::Code;
use tingsong::error::Problem;
use tingsong::matters::MatterId;
use tingsong::matters::actions::{About, Who, register};
use tingsong::matters::types::Stage;
use tingsong::people::{Act, CourtId, Role};
use tingsong::schema::{askings, call_back_draws, courts, matter_petitioners, matters, outbox};

on_both_databases! {
    satisfaction_is_asked_by_somebody_else_and_once,
    a_dissatisfied_petitioner_is_told_to_the_leader,
    the_months_sample_is_drawn_once_and_can_be_drawn_again,
    what_is_owed_after_closing_is_no_stray_clock_and_anything_else_is,
    whoever_comes_again_is_pointed_to_the_reply,
    reopening_ends_what_was_to_be_asked,
    a_review_goes_up_with_its_file_and_comes_back,
}

fn asked(app: &TestApp, id: MatterId) -> Vec<Asking> {
    app.read(move |conn| {
        Ok(askings::table.filter(askings::matter_id.eq(id)).order(askings::id).load(conn)?)
    })
    .unwrap()
}

async fn satisfaction_is_asked_by_somebody_else_and_once(app: TestApp) {
    let id = closed(&app, "asked").await;
    assert_eq!(running(&app, id), [Code::Satisfaction]);
    assert_eq!(reload(&app, id).next_due_on, None);
    let list = app.get(Role::FilingClerk, "/call-backs").await;
    list.is(200).says(&["张建国", "满意度", "正常"]).does_not_say(&["导出 Excel"]);
    app.get(Role::Handler, "/call-backs").await.is(403);
    app.get(Role::Handler, &format!("/matters/{id}/ask-satisfaction")).await.is(403);
    let path = format!("/matters/{id}/ask-satisfaction");
    app.get(Role::FilingClerk, &path).await.is(200).says(&["138****1234", "法官钱进", "未评价"]);
    let bare = [("score", "unrated"), ("manner", "phone")];
    app.post(Role::FilingClerk, &path, &bare).await.is(422).says(&["没有评价的"]);
    let said = [("score", "mostly_satisfied"), ("manner", "phone"), ("note", "等得久了些")];
    app.post(Role::FilingClerk, &path, &said).await.is(303);
    app.post(Role::FilingClerk, &path, &said).await.is(422);
    let rows = asked(&app, id);
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].state, rows[0].score), (AskingState::Asked, Some(Score::MostlySatisfied)));
    assert!(running(&app, id).is_empty());
    app.get(Role::Handler, &format!("/matters/{id}")).await.is(200).says(&["等得久了些", "基本满意"]);
    app.get(Role::FilingClerk, "/call-backs?state=asked").await.is(200).says(&["窗口小林"]);
    let sheet = app.get(Role::PetitionOfficer, "/call-backs/export?state=asked").await;
    sheet.is(200);
    assert!(sheet.bytes.starts_with(b"PK"));
}

async fn a_dissatisfied_petitioner_is_told_to_the_leader(app: TestApp) {
    let id = closed(&app, "dissatisfied").await;
    let said = [("score", "dissatisfied"), ("manner", "phone"), ("note", "没有说清楚为什么")];
    app.post(Role::FilingClerk, &format!("/matters/{id}/ask-satisfaction"), &said).await.is(303);
    let leader = reload(&app, id).supervising_leader_id.unwrap().0;
    let told: Vec<(Option<i64>, String)> = app
        .read(|conn| Ok(outbox::table.select((outbox::recipient_id, outbox::subject)).load(conn)?))
        .unwrap();
    assert!(told.iter().any(|(whom, said)| *whom == Some(leader) && said.starts_with("信访人不满意")));
}

async fn the_months_sample_is_drawn_once_and_can_be_drawn_again(app: TestApp) {
    let mut all = Vec::new();
    for key in ["a", "b", "c", "d", "e"] {
        all.push(closed(&app, key).await);
    }
    app.at("2026-12-01 04:00");
    let run = |app: &TestApp| {
        let act = Act::system("系统", app.app.moment(), app.app.keys().clone());
        app.write(move |conn| jobs::draw(conn, &act)).unwrap()
    };
    assert_eq!(run(&app), "从2026-11办结的事项中抽取 3 件回访。");
    assert_eq!(run(&app), "从2026-11办结的事项中抽取 0 件回访。", "once");
    assert!(JOBS.iter().any(|job| job.name == "call_backs"));
    let draw: Draw = app.read(|conn| Ok(call_back_draws::table.first(conn)?)).unwrap();
    assert_eq!((draw.closed, draw.drawn), (5, 3));
    let drawn: BTreeSet<MatterId> = app
        .read(|conn| {
            let rows = askings::table.filter(askings::kind.eq(AskingKind::CallBack));
            Ok(rows.select(askings::matter_id).load::<MatterId>(conn)?)
        })
        .unwrap()
        .into_iter()
        .collect();
    assert_eq!(rules::draw(&draw.seed, "2026-11", &all).into_iter().collect::<BTreeSet<_>>(), drawn);
    let id = *drawn.first().unwrap();
    let row = asked(&app, id).into_iter().find(|row| row.kind == AskingKind::CallBack).unwrap();
    assert_eq!(row.due_on, "2026-12-31".parse().unwrap());
    let list = app.get(Role::PetitionOfficer, "/call-backs?kind=call_back").await;
    list.is(200).says(&["抽查回访", "导出 Excel"]);
    let said = [("score", "satisfied"), ("manner", "in_person")];
    let act = app.act(Role::Handler);
    let own = app.write(move |conn| {
        let answer = Answer { score: Score::Satisfied, manner: AskManner::Phone, note: String::new() };
        actions::ask(conn, &act, id, AskingKind::CallBack, &answer)
    });
    assert!(matches!(own, Err(Problem::Forbidden)), "{own:?}");
    app.post(Role::PetitionOfficer, &format!("/matters/{id}/call-back"), &said).await.is(303);
    let missed = *all.iter().find(|id| !drawn.contains(id)).unwrap();
    app.get(Role::PetitionOfficer, &format!("/matters/{missed}/call-back")).await.is(422);
}

fn strays(app: &TestApp) -> i64 {
    let act = app.act(Role::PetitionOfficer);
    let anchor = app.database.dir.path().join("anchor");
    let report = app.read(move |conn| checks::run(conn, &act, &anchor, Depth::End)).unwrap();
    report.findings.iter().find(|finding| finding.check == Check::StrayClock).unwrap().count
}

async fn what_is_owed_after_closing_is_no_stray_clock_and_anything_else_is(app: TestApp) {
    let id = closed(&app, "stray").await;
    again(&app, id, "stray-again");
    assert!(running(&app, id).contains(&Code::RepeatAnswer));
    assert_eq!(strays(&app), 0);
    let (act, court) = (app.act(Role::PetitionOfficer), reload(&app, id).court_id);
    app.write(move |conn| {
        let today = act.now.today();
        tingsong::deadlines::start(conn, &act, court, id.0, Code::Reply, today).map(drop)
    })
    .unwrap();
    assert_eq!(strays(&app), 1);
}

/// They come again about it.
fn again(app: &TestApp, id: MatterId, key: &str) {
    let (act, key) = (app.act(Role::FilingClerk), key.to_owned());
    app.write(move |conn| {
        let known = matter_petitioners::table
            .filter(matter_petitioners::matter_id.eq(id))
            .select(matter_petitioners::petitioner_id)
            .first(conn)?;
        register(conn, &act, &visit(&key, Who::Known(known), About::Existing(id))).map(drop)
    })
    .unwrap();
}

async fn whoever_comes_again_is_pointed_to_the_reply(app: TestApp) {
    let id = closed(&app, "again").await;
    let path = format!("/matters/{id}/answer-again");
    app.get(Role::FilingClerk, &path).await.is(422);
    again(&app, id, "again-2");
    assert_eq!(reload(&app, id).next_due_on, None);
    app.get(Role::FilingClerk, &path).await.is(200).says(&["请以该答复为准", "恢复办理"]);
    app.post(Role::FilingClerk, &path, &[("text", "请看原答复。")]).await.is(422);
    let said = [("manner", "oral"), ("text", "您反映的事项已于11月23日答复，请以该答复为准。")];
    app.post(Role::FilingClerk, &path, &said).await.is(303);
    assert!(!running(&app, id).contains(&Code::RepeatAnswer));
    assert_eq!(reload(&app, id).stage, Stage::Closed);
    app.get(Role::FilingClerk, &format!("/matters/{id}")).await.says(&["答复再次反映（口头）"]);
}

async fn reopening_ends_what_was_to_be_asked(app: TestApp) {
    let id = closed(&app, "dropped").await;
    let new = [("what", "new"), ("reason", "发现被执行人名下新购车辆。")];
    assert_eq!(act_on(&app, Role::PetitionOfficer, id, "reopen", &new).await, 303);
    assert_eq!(asked(&app, id)[0].state, AskingState::Dropped);
    assert!(!running(&app, id).contains(&Code::Satisfaction));
    app.get(Role::FilingClerk, &format!("/matters/{id}/ask-satisfaction")).await.is(422);
    let not_closed = accepted(&app, "open");
    assert!(asked(&app, not_closed).is_empty());
}

/// A matter whose reply offers 复查.
async fn reviewable(app: &TestApp, key: &str) -> MatterId {
    let id = handled(app, key);
    let fields = [
        ("number", "0"),
        ("version", "0"),
        ("receipt", "2026年11月23日本院收到您来访反映的事项。"),
        ("claim", "请求在调解协议上盖章"),
        ("facts", "协议由村调解委员会主持达成。"),
        ("basis", "民事诉讼法关于司法确认的规定。"),
        ("outcome", "explained"),
        ("opinion", "请双方共同申请司法确认。"),
        ("remedy", "review"),
        ("remedy_text", "可以自收到之日起30日内申请复查。"),
        ("go", "submit"),
    ];
    app.post(Role::Handler, &format!("/matters/{id}/draft-reply"), &fields).await.is(303);
    assert_eq!(decide(app, Role::DivisionHead, id, "approve", "").await, 303);
    assert_eq!(serve(app, Role::Handler, id).await, 303);
    id
}

#[expect(clippy::too_many_lines, reason = "one journey from its beginning to its end")]
async fn a_review_goes_up_with_its_file_and_comes_back(app: TestApp) {
    let procedure = replied(&app, "procedure").await;
    app.get(Role::FilingClerk, &format!("/matters/{procedure}/request-review")).await.is(422);

    // The court above is in this installation.
    app.write(|conn| {
        let own: tingsong::people::types::Court = courts::table.find(CourtId(1)).first(conn)?;
        let above = tingsong::people::types::Court {
            id: CourtId(2),
            code: "豫04".into(),
            name: "龙河市中级人民法院".into(),
            short_name: "龙中".into(),
            ..own
        };
        diesel::insert_into(courts::table).values(above).execute(conn)?;
        diesel::update(courts::table.find(CourtId(1)))
            .set(courts::parent_id.eq(Some(CourtId(2))))
            .execute(conn)?;
        Ok(())
    })
    .unwrap();
    let id = reviewable(&app, "review").await;
    assert!(running(&app, id).contains(&Code::ReviewRequest));
    let path = format!("/matters/{id}/request-review");
    app.get(Role::FilingClerk, &path).await.is(200).says(&["龙河市中级人民法院", "申请复查"]);
    let early = [("requested_on", "2026-11-20"), ("grounds", "对认定的事实不服")];
    app.post(Role::FilingClerk, &path, &early).await.is(422);
    let asked = [("requested_on", "2026-11-23"), ("grounds", "对认定的事实不服")];
    app.post(Role::FilingClerk, &path, &asked).await.is(303);
    let open = running(&app, id);
    assert!(open.contains(&Code::FileHandover) && !open.contains(&Code::ReviewRequest));
    let closing = act_on(&app, Role::Handler, id, "close", &[("reason", "answered")]).await;
    assert_eq!(closing, 422, "the file goes up first");

    let path = format!("/matters/{id}/hand-file-over");
    app.post(Role::Handler, &path, &[("version", "0"), ("note", "卷宗一册，机要交换")]).await.is(303);
    app.post(Role::Handler, &path, &[("version", "0"), ("note", "卷宗一册，机要交换")]).await.is(422);
    assert!(!running(&app, id).contains(&Code::FileHandover));
    assert_eq!(act_on(&app, Role::Handler, id, "close", &[("reason", "answered")]).await, 303);

    let path = format!("/matters/{id}/review-outcome");
    let stale =
        [("version", "0"), ("outcome", "revoked"), ("decided_on", "2026-11-23"), ("opinion", "复查意见")];
    app.post(Role::PetitionOfficer, &path, &stale).await.is(409);
    let came =
        [("version", "1"), ("outcome", "revoked"), ("decided_on", "2026-11-23"), ("opinion", "撤销原答复")];
    app.post(Role::PetitionOfficer, &path, &came).await.is(303);
    app.get(Role::Handler, &format!("/matters/{id}"))
        .await
        .is(200)
        .says(&["撤销，重新办理", "龙河市中级人民法院"]);
    let new = [("what", "new"), ("reason", "按上级复查意见重新办理。")];
    assert_eq!(act_on(&app, Role::PetitionOfficer, id, "reopen", &new).await, 303);
    assert_eq!(newest(&app, id).number, 1);

    let mut seen = app.act(Role::PetitionOfficer);
    seen.by.court_id = Some(CourtId(2));
    let sent = app.read(move |conn| tingsong::reviews::views::sent_up(conn, &seen, None)).unwrap();
    assert_eq!(sent.rows.len(), 1);
    assert_eq!(sent.rows[0].court, "石龙区人民法院");
    let none: i64 = app
        .read(|conn| Ok(matters::table.filter(matters::court_id.eq(CourtId(2))).count().get_result(conn)?))
        .unwrap();
    assert_eq!(none, 0);
}
