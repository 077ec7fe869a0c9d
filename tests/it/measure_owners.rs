//! Open measures stay with somebody who sees the matter and may carry them out, on both databases.

use crate::checks::broken;
use crate::enforcement::{draft, due, entries, issued, matter_of_the_judge, measure, measures};
use crate::support::registrations::{accepted, id_number, new_matter, person, reload, visit};
use crate::support::{TestApp, on_both_databases};
use diesel::prelude::*;
use tingsong::checks::Check;
use tingsong::enforcement::{SheetDraft, issue};
use tingsong::error::Problem;
use tingsong::handover::actions::hand_over;
use tingsong::handover::forms::Successors;
use tingsong::links::actions::merge;
use tingsong::matters::actions::{About, NewMatter, Who, register, screen};
use tingsong::matters::rules::Screening;
use tingsong::matters::types::Track;
use tingsong::matters::{MatterId, store};
use tingsong::people::{DivisionKind, Role, StaffId};
use tingsong::referrals::actions::{refer, take_over};
use tingsong::referrals::forms::Destination;
use tingsong::schema::{enforcement_measures, staff};

on_both_databases! {
    who_takes_a_matter_over_takes_the_measures_of_whoever_loses_sight_of_it,
    a_merge_that_bars_the_owner_of_a_measure_gives_it_to_another,
    a_measure_is_handed_over_only_to_who_may_carry_it_out,
    a_measure_that_nobody_can_carry_out_is_found,
    every_form_that_ends_a_matter_says_what_is_left_to_do,
}

fn version(app: &TestApp, id: MatterId) -> i64 {
    reload(app, id).version
}

fn owners(app: &TestApp) -> Vec<StaffId> {
    measures(app).iter().map(|one| one.owner_id).collect()
}

/// A task sheet of one measure.
fn set(app: &TestApp, id: MatterId, owner: StaffId) {
    let draft = SheetDraft {
        measures: vec![measure("核实房产", owner, "2026-12-04")],
        ..draft(app, &format!("one-{id}"))
    };
    let act = app.act(Role::President);
    app.write(move |conn| issue(conn, &act, id, &draft)).unwrap();
}

async fn who_takes_a_matter_over_takes_the_measures_of_whoever_loses_sight_of_it(app: TestApp) {
    let id = matter_of_the_judge(&app, "sight");
    let (act, now) = (app.act(Role::PetitionOfficer), version(&app, id));
    let accept = Screening::Accepted;
    app.write(move |conn| screen(conn, &act, id, now, &accept)).unwrap();
    issued(&app, id);
    let (judge, head) = (app.person(Role::Handler), app.person(Role::DivisionHead));
    assert_eq!(owners(&app), [judge, judge, head]);
    let civil = app.court.divisions.iter().find(|(kind, _)| *kind == DivisionKind::Civil).unwrap().1;
    let (act, now) = (app.act(Role::PetitionOfficer), version(&app, id));
    let to = Destination { division: civil, ..Destination::default() };
    app.write(move |conn| refer(conn, &act, id, now, &to).map(drop)).unwrap();
    assert_eq!(owners(&app), [judge, judge, head], "nobody has taken anything over yet");
    let (act, now) = (app.act(Role::DivisionHead), version(&app, id));
    app.write(move |conn| take_over(conn, &act, id, now, None)).unwrap();
    app.get(Role::Handler, &format!("/matters/{id}")).await.is(404);
    assert_eq!(owners(&app), [head, head, head]);
    app.get(Role::DivisionHead, "/enforcement?mine=1").await.says(&["张建国"]);
    let said = entries(&app);
    assert!(said[1].contains("由法官钱进改由庭长孙立负责：原负责人不再经办"), "{said:?}");
    assert_eq!(broken(&app), []);
}

async fn a_merge_that_bars_the_owner_of_a_measure_gives_it_to_another(app: TestApp) {
    let survivor = accepted(&app, "survivor");
    let (act, inspector) = (app.act(Role::FilingClerk), app.person(Role::Inspector));
    let who = person("李秀英", &id_number("41040419750506", 3), "13800005678");
    let new = NewMatter { screening: Screening::Accepted, ..new_matter() };
    let other = visit("merged", Who::New(Box::new(who)), About::New(Box::new(new)));
    let merged = app.write(move |conn| register(conn, &act, &other)).unwrap().matter_id;
    app.write(move |conn| Ok(store::insert_bars(conn, merged, &[inspector])?)).unwrap();
    set(&app, survivor, inspector);
    let (act, now) = (app.act(Role::PetitionOfficer), version(&app, merged));
    app.write(move |conn| merge(conn, &act, merged, now, survivor, "同一问题").map(drop)).unwrap();
    assert_eq!(owners(&app), [app.person(Role::VicePresident)], "who set the task; the clerk may own none");
    assert_eq!(broken(&app), []);
}

async fn a_measure_is_handed_over_only_to_who_may_carry_it_out(app: TestApp) {
    let id = matter_of_the_judge(&app, "leaver");
    set(&app, id, app.person(Role::Inspector));
    let hand = |to: Role| {
        let (act, from) = (app.act(Role::PetitionOfficer), app.person(Role::Inspector));
        let to = Successors { first: Some(app.person(to)), second: None };
        let shown = crate::handover::fingerprint_of(&app, Role::PetitionOfficer, from, &to, 1);
        app.write(move |conn| hand_over(conn, &act, from, (&to, "退休"), &shown).map(drop))
    };
    let clerk = hand(Role::FilingClerk);
    assert!(matches!(&clerk, Err(Problem::Refused(words)) if words.contains("岗位不能办理")), "{clerk:?}");
    assert_eq!(owners(&app), [app.person(Role::Inspector)]);
    hand(Role::Handler).unwrap();
    assert_eq!(owners(&app), [app.person(Role::Handler)]);
}

async fn a_measure_that_nobody_can_carry_out_is_found(app: TestApp) {
    let id = accepted(&app, "lost");
    set(&app, id, app.person(Role::Inspector));
    assert_eq!(broken(&app), []);
    let give = |to: Role| {
        let to = app.person(to);
        app.write(move |conn| {
            diesel::update(enforcement_measures::table)
                .set(enforcement_measures::owner_id.eq(to))
                .execute(conn)?;
            Ok(())
        })
        .unwrap();
        broken(&app)
    };
    assert_eq!(give(Role::Handler), [(Check::Measure, 1)], "who doesn't see it");
    assert_eq!(give(Role::FilingClerk), [(Check::Measure, 1)], "whose office doesn't do this");
    assert_eq!(give(Role::Inspector), []);
    let inspector = app.person(Role::Inspector);
    app.write(move |conn| Ok(store::insert_bars(conn, id, &[inspector])?)).unwrap();
    assert_eq!(broken(&app), [(Check::Measure, 1)], "who is complained of");
    assert_eq!(give(Role::VicePresident), []);
    let vice = app.person(Role::VicePresident);
    app.write(move |conn| {
        diesel::update(staff::table.find(vice)).set(staff::active.eq(false)).execute(conn)?;
        Ok(())
    })
    .unwrap();
    assert!(broken(&app).contains(&(Check::Measure, 1)), "who has left");
}

async fn every_form_that_ends_a_matter_says_what_is_left_to_do(app: TestApp) {
    let left = "还有 ¥1,000.00 元 没有到账，还有 3 项执行措施没有登记结果";
    let id = matter_of_the_judge(&app, "left");
    due(&app, id, 1_000, "due");
    issued(&app, id);
    let officer = Role::PetitionOfficer;
    app.get(officer, &format!("/matters/{id}")).await.is(200).says(&["确定甄别结果", left]);
    app.get(officer, &format!("/matters/{id}/merge")).await.is(200).says(&[left]);
    app.get(officer, &format!("/matters/{id}/link")).await.is(200).does_not_say(&[left]);
    let decide = |screening: Screening| {
        let (act, now) = (app.act(officer), version(&app, id));
        app.write(move |conn| screen(conn, &act, id, now, &screening)).unwrap();
    };
    let filing = app.court.divisions.iter().find(|(kind, _)| *kind == DivisionKind::Filing).unwrap().1;
    let head = app.person(Role::DivisionHead);
    app.write(move |conn| {
        diesel::update(staff::table.find(head)).set(staff::division_id.eq(filing)).execute(conn)?;
        Ok(())
    })
    .unwrap();
    decide(Screening::InLitigation(Track::ALL[0], None));
    app.get(officer, &format!("/matters/{id}/litigation-result")).await.is(200).says(&[left]);
    let withdrawn = tingsong::matters::stages::Event::PetitionerWithdraws;
    app.get(officer, &tingsong::matters::urls::event(id, withdrawn)).await.is(200).says(&[left]);
}
