//! 答复与办结: from the first draft to the closed matter and back, on both databases.

use crate::support::registrations::{accepted, reload};
use crate::support::{TestApp, on_both_databases};
use diesel::prelude::*;
use tingsong::deadlines::Code;
use tingsong::error::Problem;
use tingsong::escalation::actions::{HeardDraft, Naming, name_leader, record_heard};
use tingsong::matters::types::{CloseReason, HeardLevel, HeardManner, HeardSource, Stage};
use tingsong::matters::{MatterId, life};
use tingsong::people::{DivisionKind, Role, StaffId};
use tingsong::referrals::forms::Destination;
use tingsong::replies::types::Remedy;
use tingsong::replies::{Draft, DraftState};
use tingsong::schema::{clocks, matters, outbox, replies};

on_both_databases! {
    a_reply_is_drafted_returned_approved_served_and_the_matter_closed,
    whoever_wrote_or_handles_it_does_not_approve,
    from_tier_two_the_leader_in_charge_approves,
    while_nobody_is_in_charge_any_leader_approves,
    two_who_write_at_once_one_finds_a_stale_page,
    what_is_typed_is_kept_and_gone_on_with,
    what_somebody_typed_is_not_overwritten_by_an_older_page,
    whoever_wrote_in_a_reply_does_not_approve_what_came_of_it,
    an_approved_reply_that_is_changed_is_approved_anew,
    nothing_is_closed_without_a_served_reply,
    a_petitioner_withdraws_and_the_reason_stands_for_the_reply,
    something_new_reopens_and_the_same_claim_does_not,
    the_proof_of_the_post_comes_later_as_a_new_entry,
}

/// A matter that the judge of the civil division handles.
pub fn handled(app: &TestApp, key: &str) -> MatterId {
    let id = accepted(app, key);
    let civil = app.court.divisions.iter().find(|(kind, _)| *kind == DivisionKind::Civil).unwrap().1;
    let to =
        Destination { division: civil, staff: Some(app.person(Role::Handler)), ..Destination::default() };
    let (act, version) = (app.act(Role::PetitionOfficer), reload(app, id).version);
    app.write(move |conn| tingsong::referrals::actions::refer(conn, &act, id, version, &to).map(drop))
        .unwrap();
    let (act, version) = (app.act(Role::Handler), reload(app, id).version);
    app.write(move |conn| tingsong::referrals::actions::take_over(conn, &act, id, version, None)).unwrap();
    id
}

pub fn newest(app: &TestApp, id: MatterId) -> Draft {
    app.read(move |conn| Ok(tingsong::replies::current_of_job(conn, id)?)).unwrap().unwrap()
}

const WRITTEN: [(&str, &str); 7] = [
    ("receipt", "2026年11月23日本院收到您来访反映的事项。"),
    ("claim", "请求尽快执行到位"),
    ("facts", "已冻结被执行人名下账户一个，扣划三万元。"),
    ("basis", "《中华人民共和国民事诉讼法》第二百五十三条。"),
    ("outcome", "supported"),
    ("opinion", "案款将于本月底前发放到您的账户。"),
    ("remedy_text", "您对本答复不服的，请依照法定程序提出。"),
];

pub async fn write(app: &TestApp, role: Role, id: MatterId, base: (i64, i64), go: &str) -> u16 {
    let (number, version) = (base.0.to_string(), base.1.to_string());
    let mut fields = WRITTEN.to_vec();
    let rest =
        [("number", number.as_str()), ("version", version.as_str()), ("remedy", "procedure"), ("go", go)];
    fields.extend(rest);
    app.post(role, &format!("/matters/{id}/draft-reply"), &fields).await.status.as_u16()
}

pub async fn decide(app: &TestApp, role: Role, id: MatterId, decision: &str, reason: &str) -> u16 {
    let version = newest(app, id).version.to_string();
    let fields = [("version", version.as_str()), ("decision", decision), ("reason", reason)];
    app.post(role, &format!("/matters/{id}/approve-reply"), &fields).await.status.as_u16()
}

pub async fn serve(app: &TestApp, role: Role, id: MatterId) -> u16 {
    let (version, reply) = (reload(app, id).version.to_string(), newest(app, id).version.to_string());
    let today = app.app.moment().today().to_string();
    let fields = [
        ("version", version.as_str()),
        ("reply_version", reply.as_str()),
        ("manner", "in_person"),
        ("recipient", "张建国"),
        ("served_on", today.as_str()),
        ("received_on", today.as_str()),
        ("proof", "送达回证第12号"),
    ];
    app.upload(role, &format!("/matters/{id}/serve-reply"), &fields, &[]).await.status.as_u16()
}

/// A matter whose reply was served.
pub async fn replied(app: &TestApp, key: &str) -> MatterId {
    let id = handled(app, key);
    assert_eq!(write(app, Role::Handler, id, (0, 0), "submit").await, 303);
    assert_eq!(decide(app, Role::DivisionHead, id, "approve", "").await, 303);
    assert_eq!(serve(app, Role::Handler, id).await, 303);
    id
}

pub async fn act_on(app: &TestApp, role: Role, id: MatterId, event: &str, fields: &[(&str, &str)]) -> u16 {
    let version = reload(app, id).version.to_string();
    let mut all = vec![("version", version.as_str())];
    all.extend(fields);
    app.post(role, &format!("/matters/{id}/{event}"), &all).await.status.as_u16()
}

/// A closed matter.
pub async fn closed(app: &TestApp, key: &str) -> MatterId {
    let id = replied(app, key).await;
    assert_eq!(act_on(app, Role::Handler, id, "close", &[("reason", "answered")]).await, 303);
    id
}

/// The open clocks of a matter, by their due dates.
pub fn running(app: &TestApp, id: MatterId) -> Vec<Code> {
    app.read(move |conn| {
        Ok(clocks::table
            .filter(clocks::matter_id.eq(id.0).and(clocks::met_on.is_null()).and(clocks::cancelled.eq(false)))
            .order((clocks::due_on, clocks::id))
            .select(clocks::code)
            .load(conn)?)
    })
    .unwrap()
}

fn told(app: &TestApp, role: Role, subject: &str) -> bool {
    let (whom, subject) = (app.person(role).0, subject.to_owned());
    app.read(|conn| Ok(outbox::table.select((outbox::recipient_id, outbox::subject)).load(conn)?))
        .unwrap()
        .into_iter()
        .any(|(id, said): (Option<i64>, String)| id == Some(whom) && said.starts_with(&subject))
}

#[expect(clippy::too_many_lines, reason = "one journey from its beginning to its end")]
async fn a_reply_is_drafted_returned_approved_served_and_the_matter_closed(app: TestApp) {
    let id = handled(&app, "journey");
    let page = app.get(Role::Handler, &format!("/matters/{id}/draft-reply")).await;
    page.is(200).says(&["请求尽快执行到位", "本院收到您来访反映的信访事项", "data-draft-url", "送审"]);
    let bare = app.post(Role::Handler, &format!("/matters/{id}/draft-reply"), &[("go", "submit")]).await;
    bare.is(422).says(&["请选择救济途径", "请选择对这项诉求的处理意见"]);
    assert_eq!(write(&app, Role::Handler, id, (0, 0), "submit").await, 303);
    assert!(told(&app, Role::DivisionHead, "答复意见书待审批"));

    let page = app.get(Role::DivisionHead, &format!("/matters/{id}/approve-reply")).await;
    page.is(200).says(&["已冻结被执行人名下账户", "予以支持", "法官钱进"]);
    assert_eq!(decide(&app, Role::DivisionHead, id, "return", " ").await, 422);
    assert_eq!(decide(&app, Role::DivisionHead, id, "return", "请写明扣划日期").await, 303);
    assert!(told(&app, Role::Handler, "答复意见书被退回"));
    let returned = newest(&app, id);
    assert_eq!((returned.number, returned.state), (1, DraftState::Returned));
    let page = app.get(Role::Handler, &format!("/matters/{id}/draft-reply")).await;
    page.is(200).says(&["请写明扣划日期", "已冻结被执行人名下账户"]);

    assert_eq!(write(&app, Role::Handler, id, (1, returned.version), "submit").await, 303);
    assert_eq!(newest(&app, id).number, 2, "what was returned is kept as it was");
    assert_eq!(decide(&app, Role::DivisionHead, id, "approve", "").await, 303);
    assert_eq!(running(&app, id).first(), Some(&Code::Serve));
    let row = reload(&app, id);
    assert!(row.next_due_on.is_some() && row.stage == Stage::Handling);

    let early = app.get(Role::Handler, &format!("/matters/{id}/close")).await;
    early.is(422).says(&["办理中"]);
    assert_eq!(serve(&app, Role::Handler, id).await, 303);
    let row = reload(&app, id);
    assert_eq!(row.stage, Stage::Replied);
    let open = running(&app, id);
    assert!(open.contains(&Code::Close) && !open.contains(&Code::Reply) && !open.contains(&Code::Serve));
    let given: String = app
        .read(move |conn| {
            Ok(replies::table.filter(replies::matter_id.eq(id)).select(replies::text).first(conn)?)
        })
        .unwrap();
    assert!(given.contains("一、诉求：请求尽快执行到位") && given.contains("案款将于本月底前发放"));

    let paper = app.get(Role::Handler, &format!("/matters/{id}/reply")).await;
    paper
        .is(200)
        .says(&["石龙区人民法院", "答复意见书", "关于张建国信访事项的答复意见"])
        .does_not_say(&["民事审判庭"]);
    assert_eq!(act_on(&app, Role::Handler, id, "close", &[("reason", "withdrawn")]).await, 422);
    assert_eq!(act_on(&app, Role::Handler, id, "close", &[("reason", "settled")]).await, 303);
    let row = reload(&app, id);
    assert_eq!((row.stage, row.close_reason), (Stage::Closed, Some(CloseReason::Settled)));
    app.get(Role::PetitionOfficer, &format!("/matters/{id}")).await.is(200).says(&[
        "退回答复意见书（第1稿），理由：请写明扣划日期",
        "直接送达",
        "送达回证第12号",
        "办结：息诉。",
    ]);
}

async fn whoever_wrote_or_handles_it_does_not_approve(app: TestApp) {
    let id = handled(&app, "own");
    assert_eq!(write(&app, Role::Handler, id, (0, 0), "submit").await, 303);
    for role in [Role::Handler, Role::PetitionOfficer, Role::FilingClerk] {
        let status = decide(&app, role, id, "approve", "").await;
        assert!(matches!(status, 403 | 404), "{role:?} {status}");
    }
    assert_eq!(newest(&app, id).state, DraftState::Submitted);
    let page = app.get(Role::Handler, &format!("/matters/{id}")).await;
    page.is(200).says(&["待审批"]).does_not_say(&["审批答复"]);

    // The head who wrote it himself: a leader approves.
    let id = accepted(&app, "head");
    let civil = app.court.divisions.iter().find(|(kind, _)| *kind == DivisionKind::Civil).unwrap().1;
    let to = Destination { division: civil, ..Destination::default() };
    let (act, version) = (app.act(Role::PetitionOfficer), reload(&app, id).version);
    app.write(move |conn| tingsong::referrals::actions::refer(conn, &act, id, version, &to).map(drop))
        .unwrap();
    let (act, version) = (app.act(Role::DivisionHead), reload(&app, id).version);
    app.write(move |conn| tingsong::referrals::actions::take_over(conn, &act, id, version, None)).unwrap();
    assert_eq!(write(&app, Role::DivisionHead, id, (0, 0), "submit").await, 303);
    assert_eq!(decide(&app, Role::DivisionHead, id, "approve", "").await, 403);
    assert!(told(&app, Role::VicePresident, "答复意见书待审批"));
    assert_eq!(decide(&app, Role::VicePresident, id, "approve", "").await, 303);
}

/// The matter in tier two, in which this leader is in charge.
fn in_charge_of(app: &TestApp, id: MatterId, leader: StaffId) {
    let (officer, president) = (app.act(Role::PetitionOfficer), app.act(Role::President));
    let heard = HeardDraft {
        level: HeardLevel::City,
        body: "市委信访局".into(),
        manner: HeardManner::InPerson,
        heard_on: app.app.moment().today(),
        source: HeardSource::Notice,
        reference: "市信访通报第12号".into(),
    };
    app.write(move |conn| record_heard(conn, &officer, id, &heard).map(drop)).unwrap();
    let naming =
        Naming { leader, responsible: app.person(Role::Handler), due_on: "2026-12-31".parse().unwrap() };
    app.write(move |conn| name_leader(conn, &president, id, None, &naming).map(drop)).unwrap();
}

async fn from_tier_two_the_leader_in_charge_approves(app: TestApp) {
    let id = handled(&app, "tier");
    in_charge_of(&app, id, app.person(Role::VicePresident));
    assert_eq!(write(&app, Role::Handler, id, (0, 0), "submit").await, 303);
    assert!(!told(&app, Role::DivisionHead, "答复意见书待审批"));
    assert!(!told(&app, Role::President, "答复意见书待审批"));
    assert!(told(&app, Role::VicePresident, "答复意见书待审批"));
    app.get(Role::VicePresident, "/approvals").await.is(200).says(&["张建国"]);
    app.get(Role::President, "/approvals").await.is(200).does_not_say(&["张建国"]);
    for other in [Role::DivisionHead, Role::President] {
        assert_eq!(decide(&app, other, id, "approve", "").await, 403);
    }
    assert_eq!(decide(&app, Role::VicePresident, id, "approve", "").await, 303);
}

async fn while_nobody_is_in_charge_any_leader_approves(app: TestApp) {
    let id = handled(&app, "tier");
    app.write(move |conn| {
        diesel::update(matters::table.find(id)).set(matters::tier.eq(Some(2_i64))).execute(conn)?;
        Ok(())
    })
    .unwrap();
    assert_eq!(write(&app, Role::Handler, id, (0, 0), "submit").await, 303);
    assert!(!told(&app, Role::DivisionHead, "答复意见书待审批"));
    assert_eq!(decide(&app, Role::DivisionHead, id, "approve", "").await, 403);
    assert_eq!(decide(&app, Role::President, id, "approve", "").await, 303);
}

async fn two_who_write_at_once_one_finds_a_stale_page(app: TestApp) {
    let id = handled(&app, "stale");
    assert_eq!(write(&app, Role::Handler, id, (0, 0), "save").await, 303);
    let first = newest(&app, id);
    assert_eq!((first.number, first.version), (1, 1));
    assert_eq!(write(&app, Role::Handler, id, (1, 1), "save").await, 303);
    assert_eq!(write(&app, Role::Handler, id, (1, 1), "save").await, 409);
    assert_eq!(write(&app, Role::Handler, id, (0, 0), "save").await, 409);
    assert_eq!(newest(&app, id).version, 2);
    assert_eq!(write(&app, Role::Handler, id, (1, 2), "submit").await, 303);
    let (act, version) = (app.act(Role::DivisionHead), newest(&app, id).version);
    let stale = app.write(move |conn| {
        let decision = tingsong::replies::forms::Decision::Approve;
        tingsong::replies::actions::decide(conn, &act, id, version - 1, &decision)
    });
    assert!(matches!(stale, Err(Problem::Stale)), "{stale:?}");
    assert_eq!(write(&app, Role::Handler, id, (1, 3), "save").await, 422, "not while it waits for approval");
}

async fn what_is_typed_is_kept_and_gone_on_with(app: TestApp) {
    let id = handled(&app, "typing");
    let keep = format!("/matters/{id}/draft-reply/keep");
    let typed = [("number", "0"), ("version", "0"), ("claim", "请求尽快执行"), ("facts", "刚开始写")];
    app.post(Role::Handler, &keep, &typed).await.is(204);
    app.post(Role::Handler, &keep, &typed).await.is(204);
    assert_eq!((newest(&app, id).number, newest(&app, id).version), (1, 1));
    app.get(Role::Handler, &format!("/matters/{id}/draft-reply")).await.is(200).says(&["刚开始写"]);
    assert_eq!(
        write(&app, Role::Handler, id, (0, 0), "submit").await,
        303,
        "the page that was typed on goes on"
    );
    assert_eq!(decide(&app, Role::DivisionHead, id, "return", "请补充依据").await, 303);
    let returned = newest(&app, id);
    let (number, version) = (returned.number.to_string(), returned.version.to_string());
    let typed = [
        ("number", number.as_str()),
        ("version", version.as_str()),
        ("claim", "请求尽快执行"),
        ("facts", "第二稿"),
    ];
    app.post(Role::Handler, &keep, &typed).await.is(204);
    assert_eq!((newest(&app, id).number, newest(&app, id).state), (2, DraftState::Drafted));
    app.get(Role::Handler, &format!("/matters/{id}/draft-reply"))
        .await
        .is(200)
        .says(&["第二稿", "请补充依据"]);
    assert_eq!(write(&app, Role::Handler, id, (1, returned.version), "submit").await, 303);
    app.post(Role::FilingClerk, &keep, &typed).await.is(403);
}

async fn what_somebody_typed_is_not_overwritten_by_an_older_page(app: TestApp) {
    let id = handled(&app, "helper");
    let (helper, keep) = (app.person(Role::PetitionOfficer), format!("/matters/{id}/draft-reply/keep"));
    let (act, version) = (app.act(Role::PetitionOfficer), reload(&app, id).version);
    app.write(move |conn| tingsong::joint::actions::ask_help(conn, &act, id, version, (helper, "核对数额")))
        .unwrap();
    assert_eq!(write(&app, Role::Handler, id, (0, 0), "save").await, 303);
    // Both have the page of version 1; the judge types for an hour, which is only kept.
    let typed = [("number", "1"), ("version", "1"), ("claim", "请求尽快执行"), ("facts", "一小时写成的")];
    app.post(Role::Handler, &keep, &typed).await.is(204);
    app.post(Role::Handler, &keep, &typed).await.is(204);
    let path = format!("/matters/{id}/draft-reply");
    let mut late = WRITTEN.to_vec();
    late.extend([("number", "1"), ("version", "1"), ("remedy", "procedure"), ("go", "save")]);
    let page = app.post(Role::PetitionOfficer, &path, &late).await;
    page.is(409).says(&["一小时写成的", "已冻结被执行人名下账户一个"]);
    app.post(Role::PetitionOfficer, &keep, &typed).await.is(422).says(&["正由别人起草"]);
    // The judge's own page goes on, and saves.
    assert_eq!(write(&app, Role::Handler, id, (1, 1), "save").await, 303);
    assert_eq!(
        write(&app, Role::Handler, id, (1, 1), "save").await,
        409,
        "another window of the same person"
    );
}

async fn whoever_wrote_in_a_reply_does_not_approve_what_came_of_it(app: TestApp) {
    let id = handled(&app, "writers");
    let (head, vice) = (app.person(Role::DivisionHead), app.person(Role::VicePresident));
    let (act, version) = (app.act(Role::PetitionOfficer), reload(&app, id).version);
    app.write(move |conn| tingsong::joint::actions::ask_help(conn, &act, id, version, (head, "起草")))
        .unwrap();
    assert_eq!(write(&app, Role::Handler, id, (0, 0), "save").await, 303);
    let one = newest(&app, id);
    assert_eq!(write(&app, Role::DivisionHead, id, (1, one.version), "save").await, 303);
    let one = newest(&app, id);
    assert_eq!(write(&app, Role::Handler, id, (1, one.version), "submit").await, 303);
    let one = newest(&app, id);
    assert_eq!(
        (one.drafter_id, one.submitted_by),
        (app.person(Role::Handler), Some(app.person(Role::Handler)))
    );
    assert_eq!(one.approver_id, Some(vice), "not the head, who wrote in it");
    assert_eq!(decide(&app, Role::DivisionHead, id, "approve", "").await, 403);
    // Returned and gone on with: what the head wrote is still in it.
    assert_eq!(decide(&app, Role::VicePresident, id, "return", "请写明日期").await, 303);
    let one = newest(&app, id);
    assert_eq!(write(&app, Role::Handler, id, (1, one.version), "submit").await, 303);
    assert_eq!(newest(&app, id).number, 2);
    assert_eq!(decide(&app, Role::DivisionHead, id, "approve", "").await, 403);
    assert_eq!(decide(&app, Role::VicePresident, id, "approve", "").await, 303);
}

async fn an_approved_reply_that_is_changed_is_approved_anew(app: TestApp) {
    let id = handled(&app, "changed");
    assert_eq!(write(&app, Role::Handler, id, (0, 0), "submit").await, 303);
    assert_eq!(decide(&app, Role::DivisionHead, id, "approve", "").await, 303);
    let approved = newest(&app, id);
    let (number, version) = (approved.number.to_string(), approved.version.to_string());
    let typed = [("number", number.as_str()), ("version", version.as_str()), ("claim", "改")];
    app.post(Role::Handler, &format!("/matters/{id}/draft-reply/keep"), &typed).await.is(422);
    assert_eq!(newest(&app, id).state, DraftState::Approved, "typing alone takes no approval away");
    assert_eq!(write(&app, Role::Handler, id, (1, approved.version), "save").await, 303);
    assert_eq!(newest(&app, id).state, DraftState::Drafted);
    assert!(!running(&app, id).contains(&Code::Serve));
    assert_eq!(serve(&app, Role::Handler, id).await, 422);
}

async fn nothing_is_closed_without_a_served_reply(app: TestApp) {
    let id = handled(&app, "gate");
    for (event, fields) in [
        ("close", vec![("reason", "answered")]),
        ("conclude", vec![("document", "豫高法〔2026〕1号"), ("reason", "已经依法终结")]),
    ] {
        for role in [Role::Handler, Role::PetitionOfficer, Role::Inspector] {
            let status = act_on(&app, role, id, event, &fields).await;
            assert!(matches!(status, 403 | 404 | 422), "{event} {role:?} {status}");
        }
    }
    assert_eq!(reload(&app, id).stage, Stage::Handling);
    let id = replied(&app, "concluded").await;
    assert_eq!(newest(&app, id).remedy, Remedy::Procedure);
    assert!(!running(&app, id).contains(&Code::ReviewRequest), "not offered where a procedure of law exists");
    let fields = [("document", "豫高法〔2026〕1号"), ("reason", "已经依法终结")];
    assert_eq!(act_on(&app, Role::Handler, id, "conclude", &fields).await, 403);
    assert_eq!(act_on(&app, Role::PetitionOfficer, id, "conclude", &fields).await, 303);
    assert_eq!(reload(&app, id).close_reason, Some(CloseReason::Concluded));
}

async fn a_petitioner_withdraws_and_the_reason_stands_for_the_reply(app: TestApp) {
    let id = handled(&app, "withdrawn");
    assert_eq!(write(&app, Role::Handler, id, (0, 0), "submit").await, 303);
    assert_eq!(act_on(&app, Role::Handler, id, "withdraw", &[("reason", " ")]).await, 422);
    let why = [("reason", "11月23日来电，案款已经到账，自己要求撤回。")];
    assert_eq!(act_on(&app, Role::Handler, id, "withdraw", &why).await, 303);
    let row = reload(&app, id);
    assert_eq!((row.stage, row.close_reason), (Stage::Closed, Some(CloseReason::Withdrawn)));
    assert_eq!(newest(&app, id).state, DraftState::Recalled);
    assert!(running(&app, id).is_empty());
    let given: String = app
        .read(move |conn| {
            Ok(replies::table.filter(replies::matter_id.eq(id)).select(replies::text).first(conn)?)
        })
        .unwrap();
    assert!(given.contains("案款已经到账"));
}

async fn something_new_reopens_and_the_same_claim_does_not(app: TestApp) {
    let id = closed(&app, "reopened").await;
    assert_eq!(
        act_on(&app, Role::Handler, id, "reopen", &[("what", "new"), ("reason", "有新的证据")]).await,
        403
    );
    let same = [("version", "9"), ("what", "same"), ("reason", "还是原来的请求")];
    let page = app.post(Role::PetitionOfficer, &format!("/matters/{id}/reopen"), &same).await;
    page.is(422).says(&["登记再次来访"]);
    let new = [("what", "new"), ("reason", "发现被执行人名下新购车辆。")];
    assert_eq!(act_on(&app, Role::PetitionOfficer, id, "reopen", &new).await, 303);
    let row = reload(&app, id);
    assert_eq!((row.stage, row.close_reason, row.closed_at), (Stage::Handling, None, None));
    assert_eq!(row.tier, Some(2), "back after a reply");
    assert_eq!(row.accountable_id, app.person(Role::Handler));
    assert!(running(&app, id).contains(&Code::Reply) && row.next_due_on.is_some());
    assert!(told(&app, Role::Handler, "恢复办理"));
    let act = app.act(Role::Handler);
    let found = app.read(move |conn| life::stand(conn, &act, row)).unwrap();
    assert_eq!(found.standing.reply, None, "the reply of before is not the reply of now");
    assert_eq!(act_on(&app, Role::Handler, id, "close", &[("reason", "answered")]).await, 422);
    assert_eq!(write(&app, Role::Handler, id, (1, 0), "submit").await, 303);
    assert_eq!(newest(&app, id).number, 2);
}

async fn the_proof_of_the_post_comes_later_as_a_new_entry(app: TestApp) {
    let id = handled(&app, "post");
    let path = format!("/matters/{id}/reply-receipt");
    app.get(Role::Handler, &path).await.is(422).says(&["还没有送达"]);
    write(&app, Role::Handler, id, (0, 0), "submit").await;
    decide(&app, Role::DivisionHead, id, "approve", "").await;
    let (version, reply) = (reload(&app, id).version.to_string(), newest(&app, id).version.to_string());
    let fields = [
        ("version", version.as_str()),
        ("reply_version", reply.as_str()),
        ("manner", "post"),
        ("tracking", "XA12345678941"),
        ("recipient", "张建国"),
        ("served_on", "2026-11-23"),
        ("received_on", ""),
        ("proof", "挂号信收据"),
    ];
    app.upload(Role::Handler, &format!("/matters/{id}/serve-reply"), &fields, &[]).await.is(303);
    app.get(Role::Handler, &format!("/matters/{id}")).await.says(&["补记签收"]);
    app.get(Role::FilingClerk, &path).await.is(403);
    app.at("2026-11-30 09:00");
    let version = newest(&app, id).version.to_string();
    let early = [("version", version.as_str()), ("received_on", "2026-11-22"), ("proof", "邮政查询结果")];
    app.upload(Role::PetitionOfficer, &path, &early, &[]).await.is(422);
    let fields = [("version", version.as_str()), ("received_on", "2026-11-26"), ("proof", "邮政查询结果")];
    app.upload(Role::PetitionOfficer, &path, &fields, &[]).await.is(303);
    assert_eq!(newest(&app, id).received_on, "2026-11-26".parse().ok());
    let page = app.get(Role::PetitionOfficer, &format!("/matters/{id}")).await;
    page.says(&["补记签收：信访人2026年11月26日收到答复意见书", "邮政查询结果"]);
    let stale = [("version", version.as_str()), ("received_on", "2026-11-27"), ("proof", "邮政查询结果")];
    app.upload(Role::PetitionOfficer, &path, &stale, &[])
        .await
        .is(409)
        .says(&["另有同事办理过", "2026年11月26日"]);
}
