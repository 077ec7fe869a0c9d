//! 转办: from one hand to the next, on both databases.

use crate::support::registrations::{accepted, reload};
use crate::support::{TestApp, on_both_databases};
use diesel::prelude::*;
use tingsong::error::Problem;
use tingsong::matters::stages::Event;
use tingsong::matters::types::{HandPart, Matter};
use tingsong::matters::{MatterId, life};
use tingsong::people::{DivisionId, DivisionKind, Role, StaffId};
use tingsong::referrals::forms::{Destination, to_head, to_person};
use tingsong::referrals::{actions, jobs};
use tingsong::schema::{outbox, timeline};

on_both_databases! {
    a_matter_goes_from_the_office_to_a_head_and_on_to_a_judge,
    what_is_sent_back_stays_with_the_sender_who_is_told,
    a_referral_can_be_taken_back_until_it_is_answered,
    nobody_but_the_addressee_answers,
    whoever_is_complained_of_gets_nothing,
    silence_is_told_once_and_the_sender_stays_answerable,
    two_at_once_one_finds_a_stale_page,
    the_judge_of_the_case_does_not_go_on_handling_without_a_reason,
    a_form_that_comes_back_keeps_the_version_it_came_with,
    an_undecided_matter_goes_to_the_petition_office,
    a_reason_for_the_judge_of_the_case_is_written_only_of_that_judge,
}

fn division(app: &TestApp, kind: DivisionKind) -> DivisionId {
    app.court.divisions.iter().find(|(k, _)| *k == kind).unwrap().1
}

fn civil(app: &TestApp, staff: Option<StaffId>) -> Destination {
    Destination { division: division(app, DivisionKind::Civil), staff, ..Destination::default() }
}

fn refer(app: &TestApp, role: Role, id: MatterId, to: Destination) -> Result<(), Problem> {
    let (act, version) = (app.act(role), reload(app, id).version);
    app.write(move |conn| actions::refer(conn, &act, id, version, &to).map(drop))
}

fn told(app: &TestApp) -> Vec<(Option<i64>, String)> {
    app.read(|conn| {
        Ok(outbox::table.order(outbox::id).select((outbox::recipient_id, outbox::subject)).load(conn)?)
    })
    .unwrap()
}

fn events(app: &TestApp, role: Role, id: MatterId) -> Vec<Event> {
    let act = app.act(role);
    app.read(move |conn| {
        let matter = tingsong::matters::find(conn, &act.by.scope, id)?;
        Ok(life::stand(conn, &act, matter)?.events(&act.by))
    })
    .unwrap()
}

async fn a_matter_goes_from_the_office_to_a_head_and_on_to_a_judge(app: TestApp) {
    let id = accepted(&app, "life");
    let clerk = app.person(Role::FilingClerk);
    let page = app.get(Role::PetitionOfficer, &format!("/matters/{id}/refer")).await;
    page.is(200).says(&["民事审判庭（负责人接办）", "法官钱进　在办 0 件"]).does_not_say(&["审计管理韩"]);
    let version = reload(&app, id).version.to_string();
    let to = to_head(division(&app, DivisionKind::Civil));
    let fields = [("version", version.as_str()), ("to", to.as_str()), ("note", "请核实执行进度")];
    app.post(Role::PetitionOfficer, &format!("/matters/{id}/refer"), &fields).await.is(303);
    let waiting = reload(&app, id);
    assert_eq!(waiting.accountable_id, clerk, "until it is taken over, the sender's side answers");
    assert!(
        told(&app)
            .contains(&(Some(app.person(Role::DivisionHead).0), format!("转办待接办：{}", waiting.number)))
    );

    let page = app.get(Role::DivisionHead, &format!("/matters/{id}/take-over")).await;
    page.is(200).says(&["请核实执行进度", "本人承办", "法官钱进"]);
    let judge = app.person(Role::Handler);
    let (version, pass) = (waiting.version.to_string(), judge.to_string());
    let fields = [("version", version.as_str()), ("pass_to", pass.as_str())];
    app.post(Role::DivisionHead, &format!("/matters/{id}/take-over"), &fields).await.is(303);
    let passed_on = reload(&app, id);
    assert_eq!(passed_on.accountable_id, app.person(Role::DivisionHead));
    assert_eq!(events(&app, Role::Handler, id), [Event::TakeOver, Event::SendBack]);

    let version = passed_on.version.to_string();
    app.post(Role::Handler, &format!("/matters/{id}/take-over"), &[("version", &version)]).await.is(303);
    let taken = reload(&app, id);
    assert_eq!(taken.accountable_id, judge);
    let act = app.act(Role::Handler);
    let found = app.read(move |conn| life::stand(conn, &act, taken)).unwrap();
    assert_eq!(found.hand(HandPart::Handler).unwrap().staff_id, Some(judge));
    assert!(found.hand(HandPart::Addressee).is_none());
    let page = app.get(Role::Handler, &format!("/matters/{id}")).await;
    page.is(200).says(&["承办庭室", "民事审判庭", "法官钱进接办，从现在起由其负责。"]);
}

async fn what_is_sent_back_stays_with_the_sender_who_is_told(app: TestApp) {
    let id = accepted(&app, "back");
    refer(&app, Role::PetitionOfficer, id, civil(&app, Some(app.person(Role::Handler)))).unwrap();
    let version = reload(&app, id).version.to_string();
    let path = format!("/matters/{id}/send-back");
    let bare = app.post(Role::Handler, &path, &[("version", &version), ("reason", " ")]).await;
    bare.is(422).says(&["请写明理由"]);
    let fields = [("version", version.as_str()), ("reason", "不是本庭的案件")];
    app.post(Role::Handler, &path, &fields).await.is(303);
    let row = reload(&app, id);
    assert_eq!(row.accountable_id, app.person(Role::FilingClerk));
    let sender = app.person(Role::PetitionOfficer).0;
    assert!(told(&app).contains(&(Some(sender), format!("转办被退回：{}", row.number))));
    app.get(Role::PetitionOfficer, &format!("/matters/{id}")).await.says(&["退回转办，理由：不是本庭的案件"]);
    app.get(Role::Handler, &format!("/matters/{id}")).await.is(404);
}

async fn a_referral_can_be_taken_back_until_it_is_answered(app: TestApp) {
    let id = accepted(&app, "withdraw");
    refer(&app, Role::PetitionOfficer, id, civil(&app, None)).unwrap();
    assert!(refer(&app, Role::PetitionOfficer, id, civil(&app, None)).is_err(), "one at a time");
    let version = reload(&app, id).version.to_string();
    let fields = [("version", version.as_str()), ("reason", "应转执行局")];
    app.post(Role::PetitionOfficer, &format!("/matters/{id}/withdraw-referral"), &fields).await.is(303);
    assert!(events(&app, Role::PetitionOfficer, id).contains(&Event::Refer));
    app.get(Role::DivisionHead, &format!("/matters/{id}/take-over")).await.is(404);
}

async fn nobody_but_the_addressee_answers(app: TestApp) {
    let id = accepted(&app, "whose");
    refer(&app, Role::PetitionOfficer, id, civil(&app, Some(app.person(Role::Handler)))).unwrap();
    let version = reload(&app, id).version.to_string();
    for role in [Role::DivisionHead, Role::PetitionOfficer, Role::President] {
        let answer = app.post(role, &format!("/matters/{id}/take-over"), &[("version", &version)]).await;
        assert!(matches!(answer.status.as_u16(), 403 | 404), "{role:?} {}", answer.status);
    }
    assert_eq!(reload(&app, id).accountable_id, app.person(Role::FilingClerk));
}

async fn whoever_is_complained_of_gets_nothing(app: TestApp) {
    let id = accepted(&app, "barred");
    let judge = app.person(Role::Handler);
    app.write(move |conn| Ok(tingsong::matters::store::insert_bars(conn, id, &[judge])?)).unwrap();
    let page = app.get(Role::PetitionOfficer, &format!("/matters/{id}/refer")).await;
    page.is(200).does_not_say(&["法官钱进"]);
    let refused = refer(&app, Role::PetitionOfficer, id, civil(&app, Some(judge)));
    assert!(matches!(refused, Err(Problem::Refused(_))), "{refused:?}");
    let to = to_person(division(&app, DivisionKind::Civil), judge);
    let version = reload(&app, id).version.to_string();
    let fields = [("version", version.as_str()), ("to", to.as_str())];
    let answer = app.post(Role::PetitionOfficer, &format!("/matters/{id}/refer"), &fields).await;
    answer.is(422).says(&["不能转给这个人"]);
    assert!(told(&app).iter().all(|(whom, _)| *whom != Some(judge.0)));
}

async fn silence_is_told_once_and_the_sender_stays_answerable(app: TestApp) {
    let id = accepted(&app, "silence");
    refer(&app, Role::PetitionOfficer, id, civil(&app, None)).unwrap();
    let run = |app: &TestApp| {
        let act = tingsong::people::Act::system("系统", app.app.moment(), app.app.keys().clone());
        app.write(move |conn| jobs::tell_of_silence(conn, &act)).unwrap()
    };
    // Two working days: due on Wednesday, late on Thursday.
    app.at("2026-11-25 23:00");
    assert!(run(&app).starts_with("0 件"));
    app.at("2026-11-26 00:10");
    assert!(run(&app).starts_with("1 件"));
    assert!(run(&app).starts_with("0 件"), "once");
    let row = reload(&app, id);
    let subject = format!("转办逾期未接办：{}", row.number);
    let whom: Vec<i64> =
        told(&app).into_iter().filter(|(_, s)| *s == subject).filter_map(|(whom, _)| whom).collect();
    assert!(
        whom.contains(&app.person(Role::PetitionOfficer).0)
            && whom.contains(&app.person(Role::VicePresident).0)
    );
    assert_eq!(row.accountable_id, app.person(Role::FilingClerk));
    let said: i64 = app
        .read(move |conn| {
            Ok(timeline::table
                .filter(timeline::matter_id.eq(id).and(timeline::text.like("转办逾期%")))
                .count()
                .get_result(conn)?)
        })
        .unwrap();
    assert_eq!(said, 1);
}

async fn two_at_once_one_finds_a_stale_page(app: TestApp) {
    let id = accepted(&app, "stale");
    let version = reload(&app, id).version;
    let (act, to) = (app.act(Role::PetitionOfficer), civil(&app, None));
    let stale = app.write(move |conn| actions::refer(conn, &act, id, version - 1, &to).map(drop));
    assert!(matches!(stale, Err(Problem::Stale)));
    assert!(told(&app).is_empty(), "nothing of it is left behind");
    assert_eq!(reload(&app, id).version, version);
}

async fn an_undecided_matter_goes_to_the_petition_office(app: TestApp) {
    let act = app.act(Role::FilingClerk);
    let entered = crate::support::registrations::first_visit("undecided");
    let id =
        app.write(move |conn| tingsong::matters::actions::register(conn, &act, &entered)).unwrap().matter_id;
    let before: Matter = reload(&app, id);
    let version = before.version.to_string();
    let path = format!("/matters/{id}/send-for-screening");
    app.get(Role::FilingClerk, &path).await.is(200).says(&["送信访专干甄别"]);
    app.post(Role::FilingClerk, &path, &[("version", &version)]).await.is(303);
    let after = reload(&app, id);
    assert_eq!(after.accountable_id, app.person(Role::PetitionOfficer));
    assert_eq!((after.next_due_on, after.next_clock_id), (before.next_due_on, before.next_clock_id));
    let gone = app.post(Role::FilingClerk, &path, &[("version", &after.version.to_string())]).await;
    gone.is(422).says(&["甄别中"]);
}

async fn the_judge_of_the_case_does_not_go_on_handling_without_a_reason(app: TestApp) {
    let id = crate::replies::handled(&app, "judge");
    let judge = app.person(Role::Handler).to_string();
    let version = reload(&app, id).version.to_string();
    let path = format!("/matters/{id}/case-judge");
    let bare = [("version", version.as_str()), ("staff", judge.as_str())];
    app.post(Role::PetitionOfficer, &path, &bare).await.is(422).says(&["现在就承办这件事项", "请写明理由"]);
    let said = [("version", version.as_str()), ("staff", judge.as_str()), ("excuse", "全庭仅此一名法官在岗")];
    app.post(Role::PetitionOfficer, &path, &said).await.is(303);
    let page = app.get(Role::PetitionOfficer, &format!("/matters/{id}")).await;
    page.says(&["由其继续承办的理由：全庭仅此一名法官在岗"]);
}

async fn a_reason_for_the_judge_of_the_case_is_written_only_of_that_judge(app: TestApp) {
    let id = accepted(&app, "free");
    let to = Destination {
        excuse: "全庭仅此一名法官在岗".into(),
        ..civil(&app, Some(app.person(Role::Handler)))
    };
    refer(&app, Role::PetitionOfficer, id, to).unwrap();
    let texts: Vec<String> = app
        .read(move |conn| {
            Ok(timeline::table.filter(timeline::matter_id.eq(id)).select(timeline::text).load(conn)?)
        })
        .unwrap();
    assert!(texts.iter().all(|text| !text.contains("原案承办人")), "{texts:?}");
}

async fn a_form_that_comes_back_keeps_the_version_it_came_with(app: TestApp) {
    let id = accepted(&app, "twice");
    let old = reload(&app, id).version.to_string();
    refer(&app, Role::PetitionOfficer, id, civil(&app, None)).unwrap();
    let (act, version) = (app.act(Role::PetitionOfficer), reload(&app, id).version);
    app.write(move |conn| actions::withdraw(conn, &act, id, version, "另转他人")).unwrap();
    let path = format!("/matters/{id}/refer");
    let held = format!("name=\"version\" value=\"{old}\"");
    let wrong = [("version", old.as_str()), ("to", ""), ("note", "请核实")];
    app.post(Role::PetitionOfficer, &path, &wrong).await.is(422).says(&[held.as_str()]);
    let head = format!("d{}", civil(&app, None).division);
    let right = [("version", old.as_str()), ("to", head.as_str()), ("note", "请核实")];
    app.post(Role::PetitionOfficer, &path, &right).await.is(409).says(&["请核实"]);
}
