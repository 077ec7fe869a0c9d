//! The workbench, a leaver, and two people at one matter; on both databases.

use crate::replies;
use crate::support::registrations::{accepted, reload};
use crate::support::{TestApp, on_both_databases};
use diesel::prelude::*;
use tingsong::error::Problem;
use tingsong::handover::actions::hand_over;
use tingsong::handover::forms::Successors;
use tingsong::handover::types::Holding;
use tingsong::instructions::{Given, InstructionId, instruct};
use tingsong::joint::actions::{ask_help, name_case_judge};
use tingsong::matters::MatterId;
use tingsong::people::{DivisionKind, Role, StaffId};
use tingsong::referrals::actions::refer;
use tingsong::referrals::forms::Destination;
use tingsong::schema::{outbox, staff};
use tingsong::supervision::{Manner, Notice, issue};

on_both_databases! {
    everything_a_leaver_holds_goes_in_one_act,
    what_the_first_cannot_take_goes_to_the_second_or_nothing_moves,
    a_division_head_hands_over_for_the_division_only,
    nobody_who_holds_something_is_deactivated,
    what_waits_for_an_answer_or_a_decision_goes_too,
    what_waits_for_a_head_goes_to_who_may_decide_it,
    an_instruction_is_handed_on_with_a_reason,
    the_workbench_counts_what_its_lists_show,
    two_at_one_matter_and_the_second_sees_both_versions,
}

fn version(app: &TestApp, id: MatterId) -> i64 {
    reload(app, id).version
}

/// A matter that waits for the judge, sent by the officer.
fn referred(app: &TestApp, key: &str) -> MatterId {
    let id = accepted(app, key);
    let civil = app.court.divisions.iter().find(|(kind, _)| *kind == DivisionKind::Civil).unwrap().1;
    let to =
        Destination { division: civil, staff: Some(app.person(Role::Handler)), ..Destination::default() };
    let (act, now) = (app.act(Role::PetitionOfficer), version(app, id));
    app.write(move |conn| refer(conn, &act, id, now, &to)).unwrap();
    id
}

fn hand_all(app: &TestApp, by: Role, from: StaffId, to: &Successors, seen: usize) -> Result<(), Problem> {
    let (act, to) = (app.act(by), to.clone());
    app.write(move |conn| hand_over(conn, &act, from, (&to, "退休"), seen).map(drop))
}

fn only(first: StaffId) -> Successors {
    Successors { first: Some(first), second: None }
}

async fn everything_a_leaver_holds_goes_in_one_act(app: TestApp) {
    let (clerk, officer, judge) =
        (app.person(Role::FilingClerk), app.person(Role::PetitionOfficer), app.person(Role::Handler));
    let (one, two) = (accepted(&app, "one"), referred(&app, "two"));
    let (act, head) = (app.act(Role::PetitionOfficer), app.person(Role::DivisionHead));
    app.write(move |conn| ask_help(conn, &act, one, 0, (head, "核对"))).unwrap();
    let path = format!("/handover/of/{clerk}");
    let page = app.get(Role::PetitionOfficer, &format!("{path}?first={officer}")).await;
    page.is(200).says(&["经手 2 项", "石法访〔2026〕0001号", "专干老周", "确认移交 2 项"]);
    assert_eq!(reload(&app, one).accountable_id, clerk, "a dry run changes nothing");
    let fields = [("first", officer.to_string()), ("seen", "2".to_owned()), ("reason", "退休".to_owned())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let done = app.post(Role::PetitionOfficer, &path, &fields).await;
    done.is(303);
    for id in [one, two] {
        assert_eq!(reload(&app, id).accountable_id, officer);
    }
    let list = app.get(Role::PetitionOfficer, &done.location.unwrap()).await;
    list.is(200).says(&["信访事项移交清单", "窗口小林", "专干老周", "石法访〔2026〕0002号"]);
    // The judge, to whom one is on its way, and the officer who sent it.
    hand_all(&app, Role::President, judge, &only(head), 1).unwrap();
    app.get(Role::DivisionHead, &format!("/matters/{two}/take-over")).await.is(200);
    app.get(Role::Handler, &format!("/matters/{two}")).await.is(404);
    let told: i64 = app
        .read(move |conn| {
            Ok(outbox::table.filter(outbox::recipient_id.eq(head.0)).count().get_result(conn)?)
        })
        .unwrap();
    assert!(told >= 1);
}

async fn what_the_first_cannot_take_goes_to_the_second_or_nothing_moves(app: TestApp) {
    let (clerk, judge, head) =
        (app.person(Role::FilingClerk), app.person(Role::Handler), app.person(Role::DivisionHead));
    let (free, judged) = (accepted(&app, "free"), accepted(&app, "judged"));
    let act = app.act(Role::PetitionOfficer);
    app.write(move |conn| name_case_judge(conn, &act, judged, 0, (judge, ""))).unwrap();
    let refused = hand_all(&app, Role::PetitionOfficer, clerk, &only(judge), 2);
    assert!(matches!(refused, Err(Problem::Refused(words)) if words.contains("原案承办人")));
    assert_eq!(reload(&app, free).accountable_id, clerk, "all or nothing");
    let stale = hand_all(&app, Role::PetitionOfficer, clerk, &only(head), 5);
    assert!(matches!(stale, Err(Problem::Stale)), "not what the dry run showed");
    let both = Successors { first: Some(judge), second: Some(head) };
    hand_all(&app, Role::PetitionOfficer, clerk, &both, 2).unwrap();
    assert_eq!(reload(&app, free).accountable_id, judge);
    assert_eq!(reload(&app, judged).accountable_id, head);
}

async fn a_division_head_hands_over_for_the_division_only(app: TestApp) {
    let clerk = app.person(Role::FilingClerk);
    accepted(&app, "elsewhere");
    app.get(Role::DivisionHead, &format!("/handover/of/{clerk}")).await.is(404);
    let page = app.get(Role::DivisionHead, "/handover").await;
    page.is(200).says(&["法官钱进"]).does_not_say(&["窗口小林"]);
    app.get(Role::Handler, "/handover").await.is(403);
    app.get(Role::Sysadmin, &format!("/handover/of/{clerk}")).await.is(403);
}

async fn nobody_who_holds_something_is_deactivated(app: TestApp) {
    let judge = app.person(Role::Handler);
    referred(&app, "waiting");
    let leave = |app: &TestApp| {
        let (act, judge) = (app.act(Role::Sysadmin), judge);
        let version =
            app.read(move |conn| Ok(staff::table.find(judge).select(staff::version).first(conn)?)).unwrap();
        app.write(move |conn| tingsong::people::actions::deactivate_staff(conn, &act, judge, version))
    };
    assert!(matches!(leave(&app), Err(Problem::Refused(words)) if words.contains("待接办 1 项")));
    app.get(Role::Sysadmin, &format!("/settings/staff/{judge}")).await.says(&["待接办 1 项"]);
    hand_all(&app, Role::PetitionOfficer, judge, &only(app.person(Role::DivisionHead)), 1).unwrap();
    leave(&app).unwrap();
}

async fn the_workbench_counts_what_its_lists_show(app: TestApp) {
    let id = referred(&app, "bench");
    let page = app.get(Role::Handler, "/").await;
    page.is(200).says(&["待我接办", "等您接办", "石法访〔2026〕0001号"]);
    let list = app.get(Role::Handler, "/matters?hand=addressee&order=due").await;
    list.is(200).says(&[&format!("/matters/{id}")]);
    app.get(Role::DivisionHead, "/matters?hand=addressee")
        .await
        .does_not_say(&[&format!("\"/matters/{id}\"")]);
    app.at("2026-12-20 09:00");
    app.get(Role::PetitionOfficer, "/").await.is(200).says(&["全院已超期", "data-pressing"]);
}

async fn two_at_one_matter_and_the_second_sees_both_versions(app: TestApp) {
    let id = accepted(&app, "two");
    let seen = version(&app, id).to_string();
    let judge = app.person(Role::Handler).to_string();
    let first = [("version", seen.as_str()), ("staff", judge.as_str()), ("task", "核对执行款")];
    app.post(Role::PetitionOfficer, &format!("/matters/{id}/ask-help"), &first).await.is(303);
    let civil = app.court.divisions.iter().find(|(kind, _)| *kind == DivisionKind::Civil).unwrap().1;
    let to = format!("d{civil}");
    let path = format!("/matters/{id}/refer");
    let late = [("version", seen.as_str()), ("to", to.as_str()), ("note", "请一周内约谈")];
    let conflict = app.post(Role::PetitionOfficer, &path, &late).await;
    conflict.is(409).says(&[
        "别人刚刚办理过这件事项",
        "请法官钱进协办：核对执行款",
        "请一周内约谈",
        "仍然转办",
    ]);
    let now = version(&app, id).to_string();
    assert!(conflict.html.contains(&format!("name=\"version\" value=\"{now}\"")));
    let again = [("version", now.as_str()), ("to", to.as_str()), ("note", "请一周内约谈")];
    app.post(Role::PetitionOfficer, &path, &again).await.is(303);
}

/// An instruction to the judge about this matter, given by the president.
fn instructed(app: &TestApp, id: MatterId, owner: StaffId) -> InstructionId {
    let act = app.act(Role::President);
    let due_on = "2026-12-10".parse().unwrap();
    let given = Given { text: "请三日内约谈信访人。".into(), owner, due_on };
    app.write(move |conn| instruct(conn, &act, id, &given)).unwrap()
}

async fn what_waits_for_an_answer_or_a_decision_goes_too(app: TestApp) {
    let (judge, head) = (app.person(Role::Handler), app.person(Role::DivisionHead));
    let id = replies::handled(&app, "busy");
    instructed(&app, id, judge);
    let notice = Notice {
        manner: Manner::Letter,
        addressee: judge,
        signer: app.person(Role::President),
        referral: String::new(),
        demand: "请报告办理进展。".into(),
        spoken: String::new(),
    };
    let act = app.act(Role::PetitionOfficer);
    app.write(move |conn| issue(conn, &act, id, None, &notice).map(drop)).unwrap();
    assert_eq!(replies::write(&app, Role::Handler, id, (0, 0), "keep").await, 303);
    crate::enforcement::issued(&app, id);
    let page = app.get(Role::PetitionOfficer, &format!("/handover/of/{judge}?first={head}")).await;
    page.is(200).says(&[
        "经手 7 项",
        "督办待答复",
        "批示待落实",
        "答复起草中",
        "执行措施待完成",
        "确认移交 7 项",
    ]);
    // The clerk works on matters, but writes no replies.
    let clerk = app.person(Role::FilingClerk);
    let page = app.get(Role::PetitionOfficer, &format!("/handover/of/{judge}?first={clerk}")).await;
    page.says(&["接手人的岗位不能办理这一项"]).does_not_say(&["确认移交"]);
    hand_all(&app, Role::PetitionOfficer, judge, &only(head), 7).unwrap();
    let act = app.act(Role::DivisionHead);
    let waiting = app.read(move |conn| tingsong::supervision::waiting(conn, &act, 9)).unwrap();
    assert_eq!(waiting.len(), 1);
    let act = app.act(Role::DivisionHead);
    let waiting = app.read(move |conn| tingsong::instructions::waiting(conn, &act, 9)).unwrap();
    assert_eq!(waiting.len(), 1);
    assert_eq!(replies::newest(&app, id).drafter_id, head);
    let left = app.read(move |conn| Ok(tingsong::handover::holdings(conn, judge)?)).unwrap();
    assert_eq!(left, []);
}

async fn what_waits_for_a_head_goes_to_who_may_decide_it(app: TestApp) {
    let (head, judge) = (app.person(Role::DivisionHead), app.person(Role::Handler));
    let id = replies::handled(&app, "written");
    assert_eq!(replies::write(&app, Role::Handler, id, (0, 0), "submit").await, 303);
    app.get(Role::DivisionHead, "/approvals").await.is(200).says(&["石法访〔2026〕0001号", "法官钱进"]);
    app.get(Role::DivisionHead, "/").await.says(&["待我审批的答复"]);
    app.get(Role::President, "/approvals").await.is(200).says(&["现在没有等您审批"]);
    let held = app.read(move |conn| Ok(tingsong::handover::holdings(conn, head)?)).unwrap();
    assert_eq!(held, [Holding::ReplyApproval]);
    let own = hand_all(&app, Role::PetitionOfficer, head, &only(judge), 1);
    assert!(matches!(own, Err(Problem::Refused(_))), "whoever wrote it does not approve it");
    hand_all(&app, Role::PetitionOfficer, head, &only(app.person(Role::President)), 1).unwrap();
    app.get(Role::President, "/approvals").await.says(&["石法访〔2026〕0001号"]);
    app.get(Role::DivisionHead, "/approvals").await.says(&["现在没有等您审批"]);
    assert_eq!(replies::decide(&app, Role::President, id, "approve", "").await, 303);
    // What waits for a division waits for its head.
    let id = accepted(&app, "to-division");
    let civil = app.court.divisions.iter().find(|(kind, _)| *kind == DivisionKind::Civil).unwrap().1;
    let to = Destination { division: civil, ..Destination::default() };
    let (act, now) = (app.act(Role::PetitionOfficer), version(&app, id));
    app.write(move |conn| refer(conn, &act, id, now, &to)).unwrap();
    let held = app.read(move |conn| Ok(tingsong::handover::holdings(conn, head)?)).unwrap();
    assert_eq!(held, [Holding::DivisionAddressee]);
    hand_all(&app, Role::PetitionOfficer, head, &only(judge), 1).unwrap();
    app.get(Role::Handler, &format!("/matters/{id}/take-over")).await.is(200);
}

async fn an_instruction_is_handed_on_with_a_reason(app: TestApp) {
    let judge = app.person(Role::Handler);
    let id = replies::handled(&app, "told");
    let instruction = instructed(&app, id, judge);
    let path = format!("/instructions/{instruction}/hand-on");
    app.get(Role::PetitionOfficer, &format!("/instructions/{instruction}")).await.says(&["改由他人落实"]);
    app.get(Role::Handler, &format!("/instructions/{instruction}")).await.does_not_say(&["改由谁落实"]);
    let officer = app.person(Role::PetitionOfficer).to_string();
    let bare = [("version", "0"), ("owner", officer.as_str()), ("remark", "")];
    app.post(Role::PetitionOfficer, &path, &bare).await.is(422);
    let fields = [("version", "0"), ("owner", officer.as_str()), ("remark", "原承办人已经调离本院")];
    app.post(Role::Handler, &path, &fields).await.is(422).says(&["由批示领导或者信访专干"]);
    app.post(Role::PetitionOfficer, &path, &fields).await.is(303);
    let act = app.act(Role::PetitionOfficer);
    let waiting = app.read(move |conn| tingsong::instructions::waiting(conn, &act, 9)).unwrap();
    assert_eq!(waiting.len(), 1);
    app.get(Role::Handler, &format!("/matters/{id}"))
        .await
        .says(&["改由专干老周落实。理由：原承办人已经调离本院"]);
}
