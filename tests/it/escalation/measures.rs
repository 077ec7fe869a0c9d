//! Measures stay with somebody who works on the matter; acts count by their own day; rules that could raise nothing.

use super::*;
use crate::checks::broken;
use tingsong::escalation::actions::{add_member, remove_member};

on_both_databases! {
    a_measure_follows_the_seat_of_its_owner,
    an_act_counts_from_the_day_on_which_it_was_done,
    who_is_named_as_proposed_stands_in_for_nobody,
    a_rule_that_raises_nothing_is_refused,
    what_was_answered_in_time_rises_no_more,
    whoever_is_late_with_a_measure_is_reminded_once,
    the_lists_are_those_that_were_counted,
}

fn measure(app: &TestApp, id: MatterId, owner: Role, key: &str) -> Measure {
    let act = app.act(Role::PetitionOfficer);
    let draft = MeasureDraft {
        text: "到车管所调取过户记录".into(),
        owner: app.person(owner),
        due_on: day("2026-12-04"),
        submission: key.into(),
    };
    let id = app.write(move |conn| actions::add_measure(conn, &act, id, &draft)).unwrap();
    app.read(move |conn| Ok(tier_measures::table.find(id).first(conn)?)).unwrap()
}

fn owner(app: &TestApp, one: &Measure) -> StaffId {
    let id = one.id;
    app.read(move |conn| Ok(tier_measures::table.find(id).select(tier_measures::owner_id).first(conn)?))
        .unwrap()
}

async fn a_measure_follows_the_seat_of_its_owner(app: TestApp) {
    let id = second(&app, "one");
    let judge = app.person(Role::Handler);
    let act = app.act(Role::PetitionOfficer);
    app.write(move |conn| add_member(conn, &act, id, 0, (judge, "熟悉案情"))).unwrap();
    let one = measure(&app, id, Role::Handler, "one");
    let seat = members(&app, id).into_iter().find(|one| one.staff_id == judge).unwrap().id;
    let act = app.act(Role::PetitionOfficer);
    app.write(move |conn| remove_member(conn, &act, (id, seat), 1, (None, "调离"))).unwrap();
    let head = members(&app, id).into_iter().find(|one| one.role == GroupRole::Head).unwrap().staff_id;
    assert_eq!(owner(&app, &one), head);
    assert_eq!(broken(&app), []);
    name(&app, id, None, "2026-12-31").unwrap();
    let other = measure(&app, id, Role::Handler, "two");
    let act = app.act(Role::President);
    let naming = Naming {
        leader: app.person(Role::VicePresident),
        responsible: app.person(Role::DivisionHead),
        due_on: day("2026-12-31"),
    };
    app.write(move |conn| actions::name_leader(conn, &act, id, Some(0), &naming)).unwrap();
    assert_eq!(owner(&app, &other), app.person(Role::DivisionHead));
    app.write(move |conn| {
        let stray = diesel::update(tier_measures::table).set(tier_measures::owner_id.eq(judge));
        Ok(stray.execute(conn)?)
    })
    .unwrap();
    assert_eq!(broken(&app), [(Check::Tier, 1)]);
}

async fn an_act_counts_from_the_day_on_which_it_was_done(app: TestApp) {
    let id = second(&app, "one");
    name(&app, id, None, "2026-12-31").unwrap();
    app.at("2027-01-04 09:00");
    let record = |kind: LeaderAct, on: &'static str| {
        let act = app.act(Role::VicePresident);
        let draft = ActDraft {
            act: kind,
            done_on: day(on),
            record: "与信访人面谈一小时。".into(),
            submission: format!("{kind:?}-{on}"),
        };
        app.write(move |conn| actions::record_act(conn, &act, id, &draft))
    };
    assert!(
        matches!(record(LeaderAct::Met, "2026-11-20"), Err(Problem::Refused(_))),
        "before they were named"
    );
    record(LeaderAct::Met, "2026-11-30").unwrap();
    record(LeaderAct::Studied, "2026-12-02").unwrap();
    record(LeaderAct::Coordinated, "2026-12-01").unwrap();
    let met: Vec<Option<NaiveDate>> = app
        .read(move |conn| {
            Ok(clocks::table
                .filter(clocks::matter_id.eq(id.0))
                .filter(clocks::code.eq_any([Code::FirstTalkLeader, Code::LeaderActs]))
                .order(clocks::code)
                .select(clocks::met_on)
                .load(conn)?)
        })
        .unwrap();
    assert_eq!(met, [Some(day("2026-11-30")), Some(day("2026-12-02"))]);
}

async fn who_is_named_as_proposed_stands_in_for_nobody(app: TestApp) {
    let id = second(&app, "one");
    let head = |app: &TestApp| members(app, id).into_iter().find(|one| one.role == GroupRole::Head).unwrap();
    let proposed = head(&app);
    assert_eq!(proposed.standin, Standin::Vacant);
    let act = app.act(Role::President);
    let (leader, responsible) = (proposed.staff_id, app.person(Role::Handler));
    let naming = Naming { leader, responsible, due_on: day("2026-12-31") };
    app.write(move |conn| actions::name_leader(conn, &act, id, None, &naming)).unwrap();
    assert_eq!((head(&app).staff_id, head(&app).standin), (leader, Standin::Own));
}

async fn a_rule_that_raises_nothing_is_refused(app: TestApp) {
    let change = |cause: &'static str, tier: &'static str| {
        let fields = [
            ("tier", tier),
            ("threshold", "0"),
            ("grace_days", "1"),
            ("told", "president"),
            ("in_use", "1"),
            ("basis", "院定：2026年第12次党组会"),
            ("note", ""),
            ("effective_from", "2026-11-23"),
            ("reason", "试一试。"),
        ];
        (format!("/settings/tier-rules/of/{cause}/edit"), fields)
    };
    for (cause, tier, word) in [("group", "2", "从 2 起算"), ("one_ran_over", "1", "升到二级以上")] {
        let (path, fields) = change(cause, tier);
        app.post(Role::PetitionOfficer, &path, &fields).await.is(422).says(&[word]);
    }
}

async fn what_was_answered_in_time_rises_no_more(app: TestApp) {
    let id = second(&app, "one");
    app.write(move |conn| {
        let matter = tingsong::matters::of_job(conn, id)?;
        actions::answered(conn, &matter, day("2027-01-15"))?;
        let set = matters::stage.eq(Stage::Replied);
        Ok(diesel::update(matters::table.find(id)).set(set).execute(conn)?)
    })
    .unwrap();
    assert_eq!(broken(&app).iter().filter(|(check, _)| *check == Check::Tier).count(), 0);
    app.at("2027-03-15 19:00");
    run_over(&app);
    assert_eq!(tier(&app, id), Some(2));
}

async fn whoever_is_late_with_a_measure_is_reminded_once(app: TestApp) {
    let id = second(&app, "one");
    name(&app, id, None, "2026-12-31").unwrap();
    measure(&app, id, Role::Handler, "one");
    let remind = || {
        let act = system(&app);
        app.write(move |conn| jobs::remind(conn, &act)).unwrap()
    };
    app.at("2026-12-04 09:00");
    assert!(remind().contains(" 0 封"), "its day isn't over");
    app.at("2026-12-05 07:05");
    assert!(remind().contains(" 1 封") && remind().contains(" 0 封"));
}

async fn the_lists_are_those_that_were_counted(app: TestApp) {
    let (id, other) = (second(&app, "one"), second(&app, "two"));
    name(&app, id, None, "2026-12-31").unwrap();
    name(&app, other, None, "2026-12-31").unwrap();
    measure(&app, id, Role::Handler, "one");
    let page = app.get(Role::Handler, "/work-groups?which=measures").await;
    page.is(200).says(&[&reload(&app, id).number]).does_not_say(&[&reload(&app, other).number]);
    app.get(Role::Handler, "/").await.is(200).says(&["有我负责的化解措施的"]);
    for act in LeaderAct::ALL {
        done(&app, id, *act, act.code()).unwrap();
    }
    app.at("2026-12-28 09:00");
    let page = app.get(Role::VicePresident, "/work-groups?which=acts").await;
    page.is(200).says(&[&reload(&app, other).number]).does_not_say(&[&reload(&app, id).number]);
}
