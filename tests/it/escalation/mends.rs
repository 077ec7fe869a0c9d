//! What went wrong once: lost facts, second clicks, charges that began anew, people who had left.

use super::*;
use tingsong::matters::types::{CloseReason, HandPart};
use tingsong::referrals::actions::{refer, take_over};
use tingsong::referrals::forms::Destination;
use tingsong::replies::actions::reopen;
use tingsong::schema::{referrals, staff};

on_both_databases! {
    whoever_gives_up_twice_gives_up_once,
    what_is_heard_of_a_closed_matter_is_weighed_when_it_is_opened_again,
    the_same_leader_keeps_what_they_did,
    whom_the_president_named_stays_responsible_in_the_third_tier,
    the_tier_follows_whoever_takes_the_matter_over,
    a_judge_who_left_sits_nowhere,
    what_a_visitor_said_is_refuted_with_a_reason,
    inspection_runs_the_mechanism_for_complaints_about_conduct,
    the_same_form_marks_one_sign,
    both_versions_are_shown_and_nothing_is_buried,
    a_merge_brings_what_was_heard_and_no_new_time,
    a_referred_sign_is_not_ended_and_becomes_a_petition_without_its_referral,
    a_letter_about_a_sign_owes_one_notice,
}

async fn whoever_gives_up_twice_gives_up_once(app: TestApp) {
    let id = marked(&app, Role::Handler);
    let shown = stay(&app, id).to_string();
    let path = format!("/tiers/of/{id}/give-up");
    app.get(Role::PetitionOfficer, &path).await.is(200).says(&[&shown]);
    let form = [("stay", shown.as_str()), ("text", "双方分歧太大，释明三次无效。")];
    app.post(Role::PetitionOfficer, &path, &form).await.is(303);
    assert_eq!(tier(&app, id), Some(2));
    app.post(Role::PetitionOfficer, &path, &form).await.is(409).says(&["二级", "释明三次无效"]);
    assert_eq!(tier(&app, id), Some(2), "the second click was about the first tier");
    let hold = [("stay", shown.as_str()), ("until", "2026-11-25"), ("text", "双方约定周三签协议。")];
    app.post(Role::PetitionOfficer, &format!("/tiers/of/{id}/hold"), &hold).await.is(409).says(&["约定周三"]);
}

fn notice(level: HeardLevel) -> HeardDraft {
    HeardDraft {
        level,
        body: "省信访局".into(),
        manner: HeardManner::InPerson,
        heard_on: day("2026-11-20"),
        source: HeardSource::Notice,
        reference: "省信访通报第8号".into(),
    }
}

fn close(app: &TestApp, id: MatterId) {
    let at = app.app.moment().utc();
    app.write(move |conn| {
        let closed = (matters::stage.eq(Stage::Closed), matters::close_reason.eq(CloseReason::Answered));
        Ok(diesel::update(matters::table.find(id)).set((closed, matters::closed_at.eq(at))).execute(conn)?)
    })
    .unwrap();
}

async fn what_is_heard_of_a_closed_matter_is_weighed_when_it_is_opened_again(app: TestApp) {
    let open = |id: MatterId| {
        let (act, version) = (app.act(Role::PetitionOfficer), reload(&app, id).version);
        app.write(move |conn| reopen(conn, &act, id, version, "到省里反映了新的情况。")).unwrap();
    };
    let (one, two, three) = (accepted(&app, "one"), accepted(&app, "two"), accepted(&app, "three"));
    for id in [one, two, three] {
        close(&app, id);
    }
    again(&app, Role::FilingClerk, one, "came", |entered| {
        entered.heard_at = vec![heard(HeardLevel::Province, HeardManner::InPerson, HeardSource::Notice)];
    });
    let act = app.act(Role::PetitionOfficer);
    app.write(move |conn| actions::record_heard(conn, &act, two, &notice(HeardLevel::Beijing))).unwrap();
    assert_eq!([tier(&app, one), tier(&app, two)], [None, None]);
    for id in [one, two, three] {
        open(id);
    }
    assert_eq!([tier(&app, one), tier(&app, two), tier(&app, three)], [Some(3), Some(3), Some(2)]);
    assert_eq!(history(&app, one).len(), 1, "it rises once, to the highest");
    assert_one_tier_clock(&app, one);
}

async fn the_same_leader_keeps_what_they_did(app: TestApp) {
    let id = second(&app, "one");
    name(&app, id, None, "2026-12-31").unwrap();
    done(&app, id, LeaderAct::Met, "met").unwrap();
    let first = charge(&app, id).unwrap();
    app.at("2026-12-01 09:00");
    name(&app, id, Some(0), "2027-01-15").unwrap();
    let now = charge(&app, id).unwrap();
    assert_eq!((now.id, now.version, now.due_on), (first.id, 1, day("2027-01-15")));
    let name_another = |leader: Role, version: i64| {
        let (act, to) = (app.act(Role::President), app.person(leader));
        let naming =
            Naming { leader: to, responsible: app.person(Role::DivisionHead), due_on: day("2026-12-31") };
        app.write(move |conn| actions::name_leader(conn, &act, id, Some(version), &naming).map(drop))
            .unwrap();
    };
    let due =
        |app: &TestApp| running(app, id).into_iter().find(|(code, _)| *code == Code::LeaderActs).unwrap().1;
    let before = due(&app);
    app.at("2026-12-03 09:00");
    name_another(Role::President, 1);
    assert!(due(&app) > before && charge(&app, id).unwrap().id != first.id);
    app.at("2026-12-04 09:00");
    name_another(Role::VicePresident, 0);
    assert_eq!((charge(&app, id).unwrap().id, due(&app)), (first.id, before), "no way to gain time");
    assert!(!codes(&app, id).contains(&Code::FirstTalkLeader), "they met them already");
}

async fn whom_the_president_named_stays_responsible_in_the_third_tier(app: TestApp) {
    let id = second(&app, "one");
    name(&app, id, None, "2026-12-31").unwrap();
    let judge = app.person(Role::Handler);
    let (act, shown) = (app.act(Role::PetitionOfficer), stay(&app, id));
    app.write(move |conn| actions::give_up(conn, &act, (id, shown), "信访人不接受。")).unwrap();
    let now = charge(&app, id).unwrap();
    assert_eq!(
        (now.tier, now.leader_id, now.responsible_id),
        (Tier::Three, app.person(Role::President), judge)
    );
    let seats = members(&app, id);
    assert!(seats.iter().any(|one| one.seat == Seat::Responsible && one.staff_id == judge));
    let page = app.get(Role::President, &format!("/tiers/of/{id}/leader")).await;
    page.is(200).says(&["院长赵正", "三级期限", "由组长包案"]).does_not_say(&["副院长李明　"]);
    let to = |leader: Role| {
        let leader = app.person(leader);
        Naming { leader, responsible: app.person(Role::DivisionHead), due_on: day("2026-12-10") }
    };
    let (other, own) = (to(Role::VicePresident), to(Role::President));
    let act = app.act(Role::President);
    let refused = app.write(move |conn| actions::name_leader(conn, &act, id, Some(0), &other));
    assert!(matches!(refused, Err(Problem::Refused(_))));
    let act = app.act(Role::President);
    app.write(move |conn| actions::name_leader(conn, &act, id, Some(0), &own)).unwrap();
    let now = charge(&app, id).unwrap();
    assert_eq!((now.responsible_id, now.due_on), (app.person(Role::DivisionHead), day("2026-12-10")));
    assert!(codes(&app, id).contains(&Code::LeaderActs));
}

/// Sends a matter to the head of the civil division, who takes it over.
fn taken_over(app: &TestApp, id: MatterId) {
    let division = app.court.divisions.iter().find(|(kind, _)| *kind == DivisionKind::Civil).unwrap().1;
    let (act, version) = (app.act(Role::PetitionOfficer), reload(app, id).version);
    let to = Destination { division, ..Destination::default() };
    app.write(move |conn| refer(conn, &act, id, version, &to).map(drop)).unwrap();
    let (act, version) = (app.act(Role::DivisionHead), reload(app, id).version);
    app.write(move |conn| take_over(conn, &act, id, version, None)).unwrap();
}

async fn the_tier_follows_whoever_takes_the_matter_over(app: TestApp) {
    let (id, third) = (second(&app, "one"), second(&app, "two"));
    let clerk = app.person(Role::FilingClerk);
    let responsible = |id: MatterId| {
        members(&app, id).into_iter().find(|one| one.seat == Seat::Responsible).unwrap().staff_id
    };
    assert_eq!(responsible(id), clerk);
    taken_over(&app, id);
    assert_eq!(responsible(id), app.person(Role::DivisionHead));
    let act = app.act(Role::PetitionOfficer);
    app.write(move |conn| actions::record_heard(conn, &act, third, &notice(HeardLevel::Province))).unwrap();
    assert_eq!(charge(&app, third).unwrap().responsible_id, clerk);
    taken_over(&app, third);
    let head = app.person(Role::DivisionHead);
    assert_eq!((charge(&app, third).unwrap().responsible_id, responsible(third)), (head, head));
    let named = second(&app, "three");
    name(&app, named, None, "2026-12-31").unwrap();
    taken_over(&app, named);
    assert_eq!(
        charge(&app, named).unwrap().responsible_id,
        app.person(Role::Handler),
        "whom the president named"
    );
}

async fn a_judge_who_left_sits_nowhere(app: TestApp) {
    let id = accepted(&app, "one");
    let judge = app.person(Role::Handler);
    app.write(move |conn| {
        let matter = tingsong::matters::of_job(conn, id)?;
        let hand = tingsong::matters::types::Hand {
            id: tingsong::matters::types::HandId(7),
            court_id: matter.court_id,
            matter_id: id,
            part: HandPart::CaseJudge,
            division_id: None,
            staff_id: Some(judge),
            note: String::new(),
            since: day("2026-11-01"),
            until: None,
        };
        tingsong::matters::insert_hand(conn, &hand)?;
        diesel::update(staff::table.find(judge)).set(staff::active.eq(false)).execute(conn)?;
        Ok(())
    })
    .unwrap();
    let act = app.act(Role::PetitionOfficer);
    app.write(move |conn| actions::record_heard(conn, &act, id, &notice(HeardLevel::Province))).unwrap();
    let seats = members(&app, id);
    assert!(seats.iter().all(|one| one.staff_id != judge));
    assert!(seats.iter().any(|one| one.seat == Seat::CaseJudge && one.standin == Standin::Vacant));
}

async fn what_a_visitor_said_is_refuted_with_a_reason(app: TestApp) {
    let (id, closed) = (accepted(&app, "one"), accepted(&app, "two"));
    for id in [id, closed] {
        again(&app, Role::FilingClerk, id, &format!("said-{id}"), |entered| {
            entered.heard_at = vec![heard(HeardLevel::Province, HeardManner::InPerson, HeardSource::Visitor)];
        });
    }
    close(&app, closed);
    let page = app.get(Role::PetitionOfficer, "/tiers/heard").await;
    page.is(200).says(&["省信访局", &reload(&app, id).number]).does_not_say(&[&reload(&app, closed).number]);
    app.get(Role::FilingClerk, "/tiers/heard").await.is(200).does_not_say(&["省信访局"]);
    app.get(Role::PetitionOfficer, "/tiers").await.is(200).says(&["有 1 条等您核实"]);
    let row: i64 = app
        .read(move |conn| {
            Ok(heard_at::table.filter(heard_at::matter_id.eq(id)).select(heard_at::id).first(conn)?)
        })
        .unwrap();
    let path = format!("/tiers/of/{id}/heard/{row}");
    let refuted = [("outcome", "refuted"), ("text", "省信访局答复没有登记。")];
    app.post(Role::PetitionOfficer, &path, &refuted).await.is(303);
    app.post(Role::PetitionOfficer, &path, &refuted).await.is(409).says(&["查无此事"]);
    assert_eq!(tier(&app, id), None);
    app.get(Role::PetitionOfficer, "/tiers/heard").await.is(200).does_not_say(&["省信访局"]);
    app.get(Role::PetitionOfficer, &format!("/matters/{id}")).await.is(200).says(&["没有登记", "查无此事"]);
}

async fn inspection_runs_the_mechanism_for_complaints_about_conduct(app: TestApp) {
    let mut entered = first_visit("one");
    let complained_of = vec![app.person(Role::Handler)];
    entered.about = About::New(Box::new(NewMatter { complained_of, ..new_matter() }));
    entered.heard_at = vec![heard(HeardLevel::Province, HeardManner::InPerson, HeardSource::Visitor)];
    let id = registered(&app, Role::FilingClerk, entered);
    let other = accepted(&app, "two");
    app.get(Role::PetitionOfficer, "/tiers/heard").await.is(200).does_not_say(&["省信访局"]);
    app.get(Role::Inspector, "/tiers/heard").await.is(200).says(&["省信访局"]);
    let path = format!("/tiers/of/{id}/heard");
    app.get(Role::Inspector, &path).await.is(200);
    app.get(Role::Inspector, &format!("/tiers/of/{other}/heard")).await.is(403);
    let act = app.act(Role::Inspector);
    app.write(move |conn| actions::record_heard(conn, &act, id, &notice(HeardLevel::Province))).unwrap();
    assert_eq!(tier(&app, id), Some(3));
    let act = app.act(Role::Inspector);
    app.write(move |conn| actions::confirm_group(conn, &act, id, 0)).unwrap();
    let act = app.act(Role::Inspector);
    let refused = app.write(move |conn| actions::record_heard(conn, &act, other, &notice(HeardLevel::City)));
    assert!(matches!(refused, Err(Problem::Forbidden)));
}

async fn the_same_form_marks_one_sign(app: TestApp) {
    let sign = [("submission", "s1"), ("text", "宣判后当事人情绪激动，多次表示要上访。")];
    app.post(Role::FilingClerk, "/signs/new", &sign).await.is(303);
    app.post(Role::FilingClerk, "/signs/new", &sign).await.is(303);
    let signs: i64 = app.read(|conn| Ok(matters::table.count().get_result(conn)?)).unwrap();
    assert_eq!(signs, 1);
    let id = accepted(&app, "one");
    let notice = [
        ("submission", "h1"),
        ("level", "city"),
        ("body", "市信访局"),
        ("manner", "in_person"),
        ("heard_on", "2026-11-20"),
        ("source", "notice"),
        ("reference", "通报第3号"),
    ];
    for _ in 0..2 {
        app.post(Role::PetitionOfficer, &format!("/tiers/of/{id}/heard"), &notice).await.is(303);
    }
    let rows: i64 = app.read(|conn| Ok(heard_at::table.count().get_result(conn)?)).unwrap();
    assert_eq!((rows, tier(&app, id)), (1, Some(2)));
}

async fn both_versions_are_shown_and_nothing_is_buried(app: TestApp) {
    let id = second(&app, "one");
    let plan = |crux: &'static str| {
        [("number", "0"), ("crux", crux), ("approach", "先查车再谈分期"), ("division_of_work", "")]
    };
    let path = format!("/tiers/of/{id}/plan");
    app.post(Role::PetitionOfficer, &path, &plan("车辆去向不明")).await.is(303);
    let both = app.post(Role::FilingClerk, &path, &plan("信访人要求道歉")).await;
    both.is(409).says(&["车辆去向不明", "信访人要求道歉", "用我填写的", r#"name="number" value="1""#]);
    let member = members(&app, id).into_iter().find(|one| one.seat == Seat::HeadOfFiling).unwrap();
    let to = app.person(Role::Handler).to_string();
    let change = [("version", "0"), ("staff", to.as_str()), ("reason", "熟悉案情")];
    let path = format!("/tiers/of/{id}/members/{}", member.id);
    app.post(Role::PetitionOfficer, &path, &change).await.is(303);
    let late = app.post(Role::PetitionOfficer, &path, &change).await;
    late.is(409).says(&["熟悉案情", "工作组现在", "法官钱进"]).does_not_say(&["仍然"]);
    let confirm = [("version", "0")];
    let page = app.post(Role::PetitionOfficer, &format!("/tiers/of/{id}/confirm"), &confirm).await;
    page.is(409).says(&["工作组现在", "仍然确定工作组"]);
    name(&app, id, None, "2026-12-31").unwrap();
    let leader = app.person(Role::VicePresident).to_string();
    let late = [("version", ""), ("leader", &*leader), ("responsible", &*to), ("due_on", "2026-12-20")];
    let page = app.post(Role::President, &format!("/tiers/of/{id}/leader"), &late).await;
    page.is(409).says(&["2026-12-31", "2026-12-20", "副院长李明"]);
}

async fn a_merge_brings_what_was_heard_and_no_new_time(app: TestApp) {
    let survivor = accepted(&app, "one");
    let mut entered = first_visit("two");
    entered.about = in_division(&app, Screening::Undecided);
    entered.heard_at = vec![heard(HeardLevel::City, HeardManner::InPerson, HeardSource::Notice)];
    let merged = registered(&app, Role::FilingClerk, entered);
    assert_eq!(tier(&app, merged), None, "not accepted yet");
    let merge = |id: MatterId, into: MatterId| {
        let (act, version) = (app.act(Role::PetitionOfficer), reload(&app, id).version);
        app.write(move |conn| {
            tingsong::links::actions::merge(conn, &act, id, version, into, "同一问题").map(drop)
        })
        .unwrap();
    };
    merge(merged, survivor);
    assert_eq!((tier(&app, survivor), history(&app, survivor)[0].cause), (Some(2), Cause::HeardCity));
    let late = accepted(&app, "three");
    let due = running(&app, survivor).into_iter().find(|(code, _)| *code == Code::TierTwo).unwrap();
    app.at("2027-01-12 09:00");
    merge(survivor, late);
    assert!(running(&app, late).contains(&due), "what is left of the time goes along");
    assert_one_tier_clock(&app, late);
}

async fn a_referred_sign_is_not_ended_and_becomes_a_petition_without_its_referral(app: TestApp) {
    let id = marked(&app, Role::PetitionOfficer);
    let division = app.court.divisions.iter().find(|(kind, _)| *kind == DivisionKind::Civil).unwrap().1;
    let (act, version) = (app.act(Role::PetitionOfficer), reload(&app, id).version);
    let to = Destination { division, ..Destination::default() };
    app.write(move |conn| refer(conn, &act, id, version, &to).map(drop)).unwrap();
    let (act, version) = (app.act(Role::PetitionOfficer), reload(&app, id).version);
    let refused = app.write(move |conn| actions::settle_sign(conn, &act, id, version, "已经释明。"));
    assert!(matches!(&refused, Err(Problem::Refused(why)) if why.contains("转办")), "{refused:?}");
    again(&app, Role::FilingClerk, id, "came", |_| {});
    assert_eq!(reload(&app, id).stage, Stage::Registered);
    let states: Vec<String> =
        app.read(|conn| Ok(referrals::table.select(referrals::state).load(conn)?)).unwrap();
    assert_eq!(states, ["withdrawn"]);
}

async fn a_letter_about_a_sign_owes_one_notice(app: TestApp) {
    let owed = |app: &TestApp, id: MatterId| -> i64 {
        app.read(move |conn| {
            Ok(clocks::table
                .filter(clocks::matter_id.eq(id.0).and(clocks::code.eq(Code::FirstNotice)))
                .filter(clocks::met_on.is_null().and(clocks::cancelled.eq(false)))
                .count()
                .get_result(conn)?)
        })
        .unwrap()
    };
    let (by_letter, at_the_window) = (marked(&app, Role::Handler), marked(&app, Role::Handler));
    again(&app, Role::FilingClerk, by_letter, "letter", |entered| entered.channel = Channel::Letter);
    again(&app, Role::FilingClerk, at_the_window, "visit", |_| {});
    assert_eq!((owed(&app, by_letter), owed(&app, at_the_window)), (1, 0));
}
