//! The workbench, a leaver, and two people at one matter; on both databases.

use crate::replies;
use crate::support::registrations::{accepted, id_number, new_matter, person, reload, visit};
use crate::support::{TestApp, on_both_databases};
use diesel::prelude::*;
use tingsong::campaigns::{self, CampaignDraft};
use tingsong::error::Problem;
use tingsong::handover::actions::{hand_over, plan};
use tingsong::handover::forms::Successors;
use tingsong::handover::rules::fingerprint;
use tingsong::handover::types::Holding;
use tingsong::instructions::{Given, InstructionId, instruct};
use tingsong::joint::actions::{ask_help, name_case_judge};
use tingsong::matters::MatterId;
use tingsong::matters::actions::{About, NewMatter, Who, register};
use tingsong::matters::rules::Screening;
use tingsong::people::{DivisionKind, Role, StaffId};
use tingsong::referrals::actions::refer;
use tingsong::referrals::forms::Destination;
use tingsong::schema::{handovers, matter_bars, matters, outbox, staff, staff_roles};
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
    a_complaint_about_conduct_is_handed_over_to_who_may_have_it,
    a_head_who_also_handles_hands_over_for_the_division_only,
    nobody_hands_over_or_reads_of_a_complaint_about_themselves,
    whoever_began_a_reply_never_approves_it,
    an_office_is_not_changed_over_what_waits_for_it,
    whoever_left_after_the_closing_has_no_hand_in_what_is_opened_again,
    whoever_runs_a_campaign_does_not_leave_it_alone,
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
    let shown = fingerprint_of(app, by, from, &to, seen);
    app.write(move |conn| hand_over(conn, &act, from, (&to, "退休"), &shown).map(drop))
}

/// What the dry run shows where it shows so many things; where it doesn't, nothing.
pub fn fingerprint_of(app: &TestApp, by: Role, from: StaffId, to: &Successors, many: usize) -> String {
    let (act, to) = (app.act(by), to.clone());
    let planned = app.read(move |conn| plan(conn, &act, from, &to)).unwrap_or_default();
    if planned.len() == many { fingerprint(&planned) } else { String::new() }
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
    let other = [("first", officer.to_string()), ("seen", "2-0".to_owned()), ("reason", "退休".to_owned())];
    let other: Vec<(&str, &str)> = other.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let late = app.post(Role::PetitionOfficer, &path, &other).await;
    late.is(409).says(&["另有同事办理过", "经手 2 项", "退休"]);
    let seen = fingerprint_of(&app, Role::PetitionOfficer, clerk, &only(officer), 2);
    let fields = [("first", officer.to_string()), ("seen", seen), ("reason", "退休".to_owned())];
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
    let draft = replies::newest(&app, id);
    assert_eq!(
        (draft.drafter_id, draft.holder_id),
        (judge, Some(head)),
        "what was written stays the writer's"
    );
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

/// A complaint about the conduct of `whom`, which inspection answers for.
fn complaint(app: &TestApp, key: &str, whom: StaffId) -> MatterId {
    let act = app.act(Role::FilingClerk);
    let new = NewMatter { complained_of: vec![whom], screening: Screening::Accepted, ..new_matter() };
    let who = person("李秀英", &id_number("41040419750506", 3), "13800005678");
    let entered = visit(key, Who::New(Box::new(who)), About::New(Box::new(new)));
    app.write(move |conn| register(conn, &act, &entered)).unwrap().matter_id
}

fn held(app: &TestApp, who: StaffId) -> Vec<Holding> {
    app.read(move |conn| Ok(tingsong::handover::holdings(conn, who)?)).unwrap()
}

async fn a_complaint_about_conduct_is_handed_over_to_who_may_have_it(app: TestApp) {
    let (vice, president, inspector) =
        (app.person(Role::VicePresident), app.person(Role::President), app.person(Role::Inspector));
    let id = complaint(&app, "conduct", app.person(Role::Handler));
    assert_eq!(reload(&app, id).supervising_leader_id, Some(vice));
    assert_eq!(
        (held(&app, vice), held(&app, inspector)),
        (vec![Holding::Supervising], vec![Holding::Accountable])
    );
    let officer = app.person(Role::PetitionOfficer);
    let refused = hand_all(&app, Role::PetitionOfficer, vice, &only(officer), 1);
    assert!(
        matches!(refused, Err(Problem::Refused(words)) if words.contains("岗位") && !words.contains("石法"))
    );
    hand_all(&app, Role::PetitionOfficer, vice, &only(president), 1).unwrap();
    assert_eq!(reload(&app, id).supervising_leader_id, Some(president));
    // A leader who doesn't see it supervises it all the same, as the portfolio has it from the beginning.
    hand_all(&app, Role::PetitionOfficer, president, &only(vice), 1).unwrap();
    // The court's only inspector leaves: the president has it.
    app.get(Role::PetitionOfficer, &format!("/handover/of/{inspector}?first={president}"))
        .await
        .is(200)
        .says(&["经手 1 项", "（您看不到此件）", "确认移交 1 项"]);
    assert_eq!(replies::write(&app, Role::Inspector, id, (0, 0), "save").await, 303);
    hand_all(&app, Role::PetitionOfficer, inspector, &only(president), 2).unwrap();
    assert_eq!(reload(&app, id).accountable_id, president);
    assert_eq!(held(&app, inspector), []);
}

async fn a_head_who_also_handles_hands_over_for_the_division_only(app: TestApp) {
    let (clerk, head) = (app.person(Role::FilingClerk), app.person(Role::DivisionHead));
    app.write(move |conn| {
        let also = (staff_roles::staff_id.eq(head), staff_roles::role.eq(Role::Handler));
        diesel::insert_into(staff_roles::table).values(also).execute(conn)?;
        Ok(())
    })
    .unwrap();
    accepted(&app, "elsewhere");
    app.get(Role::DivisionHead, &format!("/handover/of/{clerk}")).await.is(404);
    app.get(Role::DivisionHead, "/handover").await.says(&["法官钱进"]).does_not_say(&["窗口小林"]);
    let refused = hand_all(&app, Role::DivisionHead, clerk, &only(head), 1);
    assert!(matches!(refused, Err(Problem::NotFound)));
}

async fn nobody_hands_over_or_reads_of_a_complaint_about_themselves(app: TestApp) {
    let (president, inspector) = (app.person(Role::President), app.person(Role::Inspector));
    let id = complaint(&app, "president", president);
    let path = format!("/handover/of/{inspector}");
    let page = app.get(Role::President, &path).await;
    page.is(200).says(&["没有可以由您移交的信访事项"]).does_not_say(&["经手 1 项", "看不到此件"]);
    let mine = complaint(&app, "judge", app.person(Role::Handler));
    app.get(Role::President, &path).await.says(&["经手 1 项"]);
    hand_all(&app, Role::President, inspector, &only(president), 1).unwrap();
    assert_eq!((reload(&app, id).accountable_id, reload(&app, mine).accountable_id), (inspector, president));
    // Whoever reads the list of an earlier handover reads nothing of it either.
    let list: i64 = app
        .read(|conn| Ok(handovers::table.select(handovers::id).first(conn)?))
        .map(|id: tingsong::handover::types::HandoverId| id.0)
        .unwrap();
    app.write(move |conn| {
        let bar = (matter_bars::matter_id.eq(mine), matter_bars::staff_id.eq(president));
        diesel::insert_into(matter_bars::table).values(bar).execute(conn)?;
        Ok(())
    })
    .unwrap();
    let printed = app.get(Role::President, &format!("/handover/lists/{list}")).await;
    printed.is(404).does_not_say(&["不公开", "责任人"]);
    app.get(Role::PetitionOfficer, &format!("/handover/lists/{list}")).await.says(&["不公开", "责任人"]);
}

async fn whoever_began_a_reply_never_approves_it(app: TestApp) {
    let (judge, head) = (app.person(Role::Handler), app.person(Role::DivisionHead));
    let id = replies::handled(&app, "begun");
    // The head helps, and begins the reply; then hands everything to the judge and is to approve it.
    let (act, version) = (app.act(Role::PetitionOfficer), version(&app, id));
    app.write(move |conn| ask_help(conn, &act, id, version, (head, "起草答复"))).unwrap();
    assert_eq!(replies::write(&app, Role::DivisionHead, id, (0, 0), "save").await, 303);
    assert_eq!(held(&app, head), [Holding::Helper, Holding::ReplyDraft]);
    hand_all(&app, Role::PetitionOfficer, head, &only(judge), 2).unwrap();
    let draft = replies::newest(&app, id);
    assert_eq!((draft.drafter_id, draft.holder_id), (head, Some(judge)));
    assert!(held(&app, judge).contains(&Holding::ReplyDraft));
    assert_eq!(replies::write(&app, Role::Handler, id, (draft.number, draft.version), "submit").await, 303);
    assert_eq!(replies::decide(&app, Role::DivisionHead, id, "approve", "").await, 403);
    app.get(Role::VicePresident, "/approvals").await.says(&["石法访〔2026〕0001号"]);
    assert_eq!(replies::decide(&app, Role::VicePresident, id, "approve", "").await, 303);
}

async fn an_office_is_not_changed_over_what_waits_for_it(app: TestApp) {
    let head = app.person(Role::DivisionHead);
    let id = replies::handled(&app, "office");
    assert_eq!(replies::write(&app, Role::Handler, id, (0, 0), "submit").await, 303);
    assert_eq!(held(&app, head), [Holding::ReplyApproval]);
    let roles = |app: &TestApp, roles: &'static [Role]| {
        let act = app.act(Role::SecurityAdmin);
        let version =
            app.read(move |conn| Ok(staff::table.find(head).select(staff::version).first(conn)?)).unwrap();
        app.write(move |conn| tingsong::people::actions::assign_roles(conn, &act, head, version, roles))
    };
    let refused = roles(&app, &[Role::Handler]);
    assert!(matches!(refused, Err(Problem::Refused(words)) if words.contains("答复待审批 1 项")));
    roles(&app, &[Role::DivisionHead, Role::Handler]).unwrap();
    // Whoever can no longer approve doesn't keep it from the others, whatever was changed behind the pages.
    app.get(Role::VicePresident, "/approvals").await.says(&["现在没有等您审批"]);
    app.write(move |conn| {
        diesel::update(staff::table.find(head)).set(staff::division_id.eq(None::<i64>)).execute(conn)?;
        Ok(())
    })
    .unwrap();
    app.get(Role::DivisionHead, "/approvals").await.says(&["现在没有等您审批"]);
    app.get(Role::VicePresident, "/approvals").await.says(&["石法访〔2026〕0001号"]);
}

async fn whoever_left_after_the_closing_has_no_hand_in_what_is_opened_again(app: TestApp) {
    let (judge, vice) = (app.person(Role::Handler), app.person(Role::VicePresident));
    let id = replies::closed(&app, "left").await;
    assert_eq!(reload(&app, id).supervising_leader_id, Some(vice));
    assert_eq!((held(&app, judge), held(&app, vice)), (vec![], vec![]));
    app.write(move |conn| {
        let gone = staff::table.filter(staff::id.eq_any([judge, vice]));
        diesel::update(gone).set(staff::active.eq(false)).execute(conn)?;
        Ok(())
    })
    .unwrap();
    let new = [("what", "new"), ("reason", "发现新的财产线索。")];
    assert_eq!(replies::act_on(&app, Role::PetitionOfficer, id, "reopen", &new).await, 303);
    let row = reload(&app, id);
    assert_eq!(row.accountable_id, app.person(Role::PetitionOfficer));
    assert_eq!(row.supervising_leader_id, Some(app.person(Role::President)));
    assert_eq!((held(&app, judge), held(&app, vice)), (vec![], vec![]));
    app.get(Role::PetitionOfficer, &format!("/matters/{id}")).await.says(&["法官钱进已不在岗，不再经手"]);
    // Whoever has something although they left, whatever the reason, is found and handed over.
    app.get(Role::PetitionOfficer, "/handover").await.does_not_say(&["已停用"]);
    app.write(move |conn| {
        diesel::update(matters::table.find(id)).set(matters::accountable_id.eq(judge)).execute(conn)?;
        Ok(())
    })
    .unwrap();
    app.get(Role::PetitionOfficer, "/handover").await.says(&["法官钱进", "已停用，还有经手的事项"]);
    hand_all(&app, Role::PetitionOfficer, judge, &only(app.person(Role::PetitionOfficer)), 1).unwrap();
}

async fn whoever_runs_a_campaign_does_not_leave_it_alone(app: TestApp) {
    let judge = app.person(Role::Handler);
    let act = app.act(Role::PetitionOfficer);
    let draft = |responsible| CampaignDraft {
        name: "春雷集中执行".into(),
        goal: "发放案款".into(),
        starts_on: "2026-11-23".parse().unwrap(),
        ends_on: "2026-12-31".parse().unwrap(),
        responsible,
    };
    let led = draft(judge);
    let id = app.write(move |conn| campaigns::open(conn, &act, &led)).unwrap();
    let leave = |app: &TestApp| {
        let act = app.act(Role::Sysadmin);
        let version =
            app.read(move |conn| Ok(staff::table.find(judge).select(staff::version).first(conn)?)).unwrap();
        app.write(move |conn| tingsong::people::actions::deactivate_staff(conn, &act, judge, version))
    };
    assert!(matches!(leave(&app), Err(Problem::Refused(words)) if words.contains("春雷集中执行")));
    let (act, other) = (app.act(Role::PetitionOfficer), draft(app.person(Role::PetitionOfficer)));
    app.write(move |conn| campaigns::change(conn, &act, id, 0, &other)).unwrap();
    leave(&app).unwrap();
}
