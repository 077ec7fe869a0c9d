//! The three tiers: facts and time raise, groups and leaders are named, nothing falls but by a meeting; on both databases.

mod measures;
mod mends;

use crate::support::registrations::{accepted, first_visit, new_matter, reload, visit, zhang};
use crate::support::{TestApp, court_time, on_both_databases};
use chrono::NaiveDate;
use diesel::prelude::*;
use tingsong::checks::{self, Check, Depth};
use tingsong::deadlines::actions::{Extension, Seen, extend};
use tingsong::deadlines::{ClockId, Code};
use tingsong::error::Problem;
use tingsong::escalation::actions::{
    self, ActDraft, Decided, HeardDraft, MeasureDraft, MeasureNews, MeetingDraft, Naming, PlanDraft,
    SignDraft,
};
use tingsong::escalation::types::tier::CLOCKS;
use tingsong::escalation::types::{
    Cause, Charge, Escalation, EscalationId, LeaderAct, Measure, MeasureState, Member, Role as GroupRole,
    Seat, Standin, Tier, ToldRow,
};
use tingsong::escalation::{jobs, views};
use tingsong::matters::MatterId;
use tingsong::matters::actions::{About, Heard, NewMatter, Registration, Who, register, screen};
use tingsong::matters::rules::Screening;
use tingsong::matters::types::{
    CaseStage, Channel, EntryKind, HeardLevel, HeardManner, HeardSource, MatterKind, Stage,
};
use tingsong::people::types::TierPreset;
use tingsong::people::{Act, DivisionKind, Role, StaffId};
use tingsong::schema::{
    clocks, courts, escalation_told, escalations, hands, heard_at, leader_charges, matter_bars, matters,
    outbox, proposals, tier_measures, timeline, work_group_members, work_groups,
};

on_both_databases! {
    heard_at_the_province_it_is_tier_three_in_the_same_transaction,
    the_visitor_s_word_is_a_hint_until_the_officer_confirms_it,
    a_group_is_tier_two_once_it_is_accepted,
    the_strict_preset_takes_every_accepted_visit,
    a_video_reception_moves_nothing,
    what_is_marked_is_tier_one_and_rises_when_its_time_is_over,
    two_workers_raise_once,
    a_hold_delays_once_and_no_longer,
    the_president_names_who_is_in_charge_and_acts_are_counted,
    a_plan_has_measures_and_ends_its_clock,
    only_a_meeting_s_decision_goes_down_and_facts_are_not_weighed_twice,
    a_sign_is_solved_or_becomes_a_petition,
    who_is_complained_of_is_neither_seated_nor_told,
    giving_up_raises_and_the_third_tier_is_the_last,
    an_extension_moves_no_tier_clock,
    nobody_leaves_a_tier_by_splitting_or_merging,
    the_pages_lead_through_it_and_keep_what_was_typed,
    a_rule_is_tried_on_all_open_matters_and_put_in_force_by_another,
    the_week_leader_heads_what_is_marked_in_their_week,
    the_checks_find_a_tier_without_its_clock,
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn heard(level: HeardLevel, manner: HeardManner, source: HeardSource) -> Heard {
    Heard { level, body: "省信访局".into(), manner, heard_on: Some(day("2026-11-20")), source }
}

fn in_division(app: &TestApp, screening: Screening) -> About {
    let division = app.court.divisions.iter().find(|(kind, _)| *kind == DivisionKind::Civil).unwrap().1;
    About::New(Box::new(NewMatter { division_id: Some(division), screening, ..new_matter() }))
}

fn registered(app: &TestApp, by: Role, entered: Registration) -> MatterId {
    let act = app.act(by);
    app.write(move |conn| register(conn, &act, &entered)).unwrap().matter_id
}

/// A further contact about a matter.
fn again(app: &TestApp, by: Role, id: MatterId, key: &str, change: impl FnOnce(&mut Registration)) {
    let mut entered = visit(key, Who::New(Box::new(zhang())), About::Existing(id));
    change(&mut entered);
    registered(app, by, entered);
}

fn tier(app: &TestApp, id: MatterId) -> Option<i64> {
    reload(app, id).tier
}

fn history(app: &TestApp, id: MatterId) -> Vec<Escalation> {
    app.read(move |conn| {
        Ok(escalations::table.filter(escalations::matter_id.eq(id)).order(escalations::id).load(conn)?)
    })
    .unwrap()
}

/// The stay in its tier that a page of the matter shows now.
fn stay(app: &TestApp, id: MatterId) -> EscalationId {
    history(app, id).last().unwrap().id
}

/// The tier's clocks that run, by code and day.
fn running(app: &TestApp, id: MatterId) -> Vec<(Code, NaiveDate)> {
    app.read(move |conn| {
        Ok(clocks::table
            .filter(clocks::matter_id.eq(id.0).and(clocks::met_on.is_null()).and(clocks::cancelled.eq(false)))
            .filter(clocks::code.eq_any(CLOCKS))
            .order((clocks::due_on, clocks::id))
            .select((clocks::code, clocks::due_on))
            .load(conn)?)
    })
    .unwrap()
}

fn codes(app: &TestApp, id: MatterId) -> Vec<Code> {
    running(app, id).into_iter().map(|(code, _)| code).collect()
}

/// Exactly one clock of a tier runs, the one of the matter's tier.
fn assert_one_tier_clock(app: &TestApp, id: MatterId) {
    let ends: Vec<Code> = Tier::ALL.map(Tier::clock).to_vec();
    let open: Vec<Code> = codes(app, id).into_iter().filter(|code| ends.contains(code)).collect();
    let expected: Vec<Code> = tier(app, id).and_then(Tier::of).map(Tier::clock).into_iter().collect();
    assert_eq!(open, expected);
}

fn members(app: &TestApp, id: MatterId) -> Vec<Member> {
    app.read(move |conn| {
        Ok(work_group_members::table
            .filter(work_group_members::matter_id.eq(id).and(work_group_members::until.is_null()))
            .order(work_group_members::id)
            .load(conn)?)
    })
    .unwrap()
}

fn charge(app: &TestApp, id: MatterId) -> Option<Charge> {
    app.read(move |conn| {
        Ok(leader_charges::table
            .filter(leader_charges::matter_id.eq(id).and(leader_charges::ended_at.is_null()))
            .first(conn)
            .optional()?)
    })
    .unwrap()
}

fn told(app: &TestApp) -> Vec<ToldRow> {
    app.read(|conn| Ok(escalation_told::table.order(escalation_told::id).load(conn)?)).unwrap()
}

async fn heard_at_the_province_it_is_tier_three_in_the_same_transaction(app: TestApp) {
    let mut entered = first_visit("one");
    entered.about = in_division(&app, Screening::Undecided);
    entered.heard_at = vec![heard(HeardLevel::Province, HeardManner::InPerson, HeardSource::Notice)];
    let id = registered(&app, Role::FilingClerk, entered);
    let matter = reload(&app, id);
    assert_eq!((matter.tier, matter.stage), (Some(3), Stage::Registered));
    let all = history(&app, id);
    assert_eq!(all.len(), 1);
    assert_eq!(
        (all[0].cause, all[0].from_tier, all[0].tier),
        (Cause::HeardProvince, None, Some(Tier::Three))
    );
    assert!(all[0].facts.contains("省信访局") && all[0].rule_words.contains("三级"), "{:?}", all[0]);
    assert_one_tier_clock(&app, id);
    let open = codes(&app, id);
    for code in [Code::TierGroup, Code::TierPlan, Code::TierReview, Code::FirstTalkLeader, Code::LeaderActs] {
        assert!(open.contains(&code), "{code:?} is missing in {open:?}");
    }
    let group = members(&app, id);
    assert_eq!((group[0].role, group[0].seat), (GroupRole::Head, Seat::President));
    assert_eq!(group[0].staff_id, app.person(Role::President));
    assert!(group.iter().any(|one| one.seat == Seat::CaseJudge && one.standin == Standin::Vacant));
    let in_charge = charge(&app, id).unwrap();
    assert_eq!((in_charge.leader_id, in_charge.named_by), (app.person(Role::President), None));
    let rows = told(&app);
    for role in [Role::President, Role::VicePresident, Role::PetitionOfficer, Role::DivisionHead] {
        let who = app.person(role);
        assert!(rows.iter().any(|one| one.staff_id == who && one.mail_id.is_some()), "{role:?} isn't told");
    }
    let urgent: i64 =
        app.read(|conn| Ok(outbox::table.filter(outbox::urgent.eq(true)).count().get_result(conn)?)).unwrap();
    assert_eq!(usize::try_from(urgent).unwrap(), rows.len());
    let page = app.get(Role::PetitionOfficer, &format!("/matters/{id}")).await;
    page.is(200).says(&["三级化解", "三级", "省信访局", "待发送", "院长赵正", "亲自接访"]);
    app.get(Role::Handler, &format!("/matters/{id}")).await.is(404);
}

async fn the_visitor_s_word_is_a_hint_until_the_officer_confirms_it(app: TestApp) {
    let id = accepted(&app, "one");
    for source in [HeardSource::Visitor, HeardSource::Confirmed] {
        again(&app, Role::FilingClerk, id, source.code(), |entered| {
            entered.heard_at = vec![heard(HeardLevel::Beijing, HeardManner::InPerson, source)];
        });
    }
    assert_eq!(tier(&app, id), None, "a clerk confirms nothing");
    let rows: Vec<(i64, HeardSource)> = app
        .read(|conn| {
            Ok(heard_at::table.select((heard_at::id, heard_at::source)).order(heard_at::id).load(conn)?)
        })
        .unwrap();
    assert!(rows.iter().all(|(_, source)| *source == HeardSource::Visitor));
    let act = app.act(Role::PetitionOfficer);
    let hints = app.read(move |conn| Ok(views::wall(conn, &act, &Tier::ALL)?.hints)).unwrap();
    assert_eq!(hints, 2);
    let path = format!("/tiers/of/{id}/heard/{}", rows[0].0);
    let confirmed = [("outcome", "confirmed"), ("text", "电话询问国家信访局，有登记。")];
    app.get(Role::FilingClerk, &path).await.is(403);
    app.post(Role::FilingClerk, &path, &confirmed).await.is(403);
    app.get(Role::PetitionOfficer, &path).await.is(200).says(&["北京", "查无此事"]);
    app.post(Role::PetitionOfficer, &path, &[("outcome", "confirmed"), ("text", "")]).await.is(422);
    app.post(Role::PetitionOfficer, &path, &confirmed).await.is(303);
    assert_eq!(tier(&app, id), Some(3));
    app.post(Role::PetitionOfficer, &path, &confirmed).await.is(409).says(&["专干核实", "有登记"]);
    assert_eq!(history(&app, id).len(), 1);
    let other = accepted(&app, "two");
    let act = app.act(Role::PetitionOfficer);
    let draft = HeardDraft {
        level: HeardLevel::City,
        body: "市委信访局".into(),
        manner: HeardManner::InPerson,
        heard_on: day("2026-11-20"),
        source: HeardSource::Notice,
        reference: "市信访通报第12号".into(),
    };
    app.write(move |conn| actions::record_heard(conn, &act, other, &draft)).unwrap();
    assert_eq!(tier(&app, other), Some(2));
}

async fn a_group_is_tier_two_once_it_is_accepted(app: TestApp) {
    let mut entered = first_visit("one");
    (entered.about, entered.people_count) = (in_division(&app, Screening::Undecided), 12);
    let id = registered(&app, Role::FilingClerk, entered);
    assert_eq!(tier(&app, id), None);
    let (act, version) = (app.act(Role::PetitionOfficer), reload(&app, id).version);
    app.write(move |conn| screen(conn, &act, id, version, &Screening::Accepted)).unwrap();
    assert_eq!(tier(&app, id), Some(2));
    assert_eq!(history(&app, id)[0].cause, Cause::Group);
    assert_one_tier_clock(&app, id);
    assert!(codes(&app, id).contains(&Code::TierLeader) && charge(&app, id).is_none());
    let small = accepted(&app, "two");
    again(&app, Role::FilingClerk, small, "four", |entered| entered.people_count = 4);
    assert_eq!(tier(&app, small), None);
    again(&app, Role::FilingClerk, small, "five", |entered| entered.people_count = 5);
    assert_eq!(tier(&app, small), Some(2));
    again(&app, Role::FilingClerk, small, "nine", |entered| entered.people_count = 9);
    assert_eq!(history(&app, small).len(), 1, "a second group changes nothing");
}

async fn the_strict_preset_takes_every_accepted_visit(app: TestApp) {
    app.write(|conn| {
        Ok(diesel::update(courts::table).set(courts::tier_preset.eq(TierPreset::Strict)).execute(conn)?)
    })
    .unwrap();
    let id = accepted(&app, "one");
    assert_eq!((tier(&app, id), history(&app, id)[0].cause), (Some(2), Cause::AcceptedHere));
    let mut entered = first_visit("two");
    (entered.channel, entered.about) = (Channel::Letter, in_division(&app, Screening::Accepted));
    assert_eq!(tier(&app, registered(&app, Role::FilingClerk, entered)), None);
}

async fn a_video_reception_moves_nothing(app: TestApp) {
    let id = accepted(&app, "one");
    again(&app, Role::PetitionOfficer, id, "video", |entered| {
        entered.heard_at = vec![
            heard(HeardLevel::Beijing, HeardManner::Video, HeardSource::Notice),
            heard(HeardLevel::Province, HeardManner::Letter, HeardSource::Confirmed),
        ];
    });
    assert_eq!(tier(&app, id), None);
}

fn marked(app: &TestApp, by: Role) -> MatterId {
    let act = app.act(by);
    let draft = SignDraft {
        how: Cause::Marked,
        row: 0,
        text: "当事人在庭后多次表示不服，扬言要到上级反映，情绪激动。".into(),
        division_id: None,
        case: None,
        case_stage: CaseStage::Trial,
    };
    app.write(move |conn| actions::mark_sign(conn, &act, &draft)).unwrap()
}

fn system(app: &TestApp) -> Act {
    Act::system("系统", app.app.moment(), app.app.keys().clone())
}

fn run_over(app: &TestApp) {
    let act = system(app);
    app.write(move |conn| jobs::run_over(conn, &act)).unwrap();
}

async fn what_is_marked_is_tier_one_and_rises_when_its_time_is_over(app: TestApp) {
    let id = marked(&app, Role::Handler);
    let matter = reload(&app, id);
    assert_eq!((matter.kind, matter.tier, matter.contact_count), (MatterKind::Sign, Some(1), 0));
    assert_eq!(matter.number, "石法苗〔2026〕0001号");
    assert_eq!(matter.accountable_id, app.person(Role::DivisionHead));
    let group = members(&app, id);
    let head = (group[0].role, group[0].seat, group[0].standin, group[0].staff_id);
    assert_eq!(head, (GroupRole::Head, Seat::WeekLeader, Standin::Vacant, app.person(Role::VicePresident)));
    // Ten working days from Monday 23 November: Monday 7 December.
    assert_eq!(running(&app, id).last(), Some(&(Code::TierOne, day("2026-12-07"))));
    for quiet in ["2026-12-07 23:00", "2026-12-08 17:59"] {
        app.at(quiet);
        run_over(&app);
        assert_eq!(tier(&app, id), Some(1), "{quiet}");
    }
    app.at("2026-12-08 18:10");
    run_over(&app);
    assert_eq!(tier(&app, id), Some(2));
    assert_eq!(history(&app, id)[1].cause, Cause::OneRanOver);
    assert_eq!(history(&app, id)[1].by_id, None);
    assert_one_tier_clock(&app, id);
    app.at("2027-03-15 19:00");
    run_over(&app);
    assert_eq!(tier(&app, id), Some(3), "sixty days, a grace, and nobody solved it");
    app.at("2027-06-01 19:00");
    run_over(&app);
    assert_eq!(history(&app, id).len(), 3);
    assert_one_tier_clock(&app, id);
}

async fn two_workers_raise_once(app: TestApp) {
    let ids: Vec<MatterId> = (0..5).map(|_| marked(&app, Role::Handler)).collect();
    app.at("2026-12-20 20:00");
    std::thread::scope(|scope| {
        for worker in [0, 1, 2].map(|_| scope.spawn(|| run_over(&app))) {
            worker.join().unwrap();
        }
    });
    for id in ids {
        assert_eq!(tier(&app, id), Some(2));
        assert_eq!(history(&app, id).len(), 2);
        assert_one_tier_clock(&app, id);
        let groups: i64 = app
            .read(move |conn| {
                Ok(work_groups::table.filter(work_groups::matter_id.eq(id)).count().get_result(conn)?)
            })
            .unwrap();
        assert_eq!(groups, 2);
    }
}

async fn a_hold_delays_once_and_no_longer(app: TestApp) {
    let id = marked(&app, Role::Handler);
    let hold = |until: &'static str| {
        let (act, stay) = (app.act(Role::PetitionOfficer), stay(&app, id));
        app.write(move |conn| actions::hold(conn, &act, (id, stay), day(until), "双方约定周五签协议。"))
    };
    assert!(matches!(hold("2026-12-10"), Err(Problem::Refused(_))), "its time isn't over yet");
    app.at("2026-12-08 09:00");
    assert!(matches!(hold("2026-12-16"), Err(Problem::Refused(_))), "six working days");
    hold("2026-12-11").unwrap();
    assert!(matches!(hold("2026-12-14"), Err(Problem::Refused(_))), "once");
    app.at("2026-12-11 20:00");
    run_over(&app);
    assert_eq!(tier(&app, id), Some(1), "the last day of the hold");
    app.at("2026-12-12 20:00");
    run_over(&app);
    assert_eq!(tier(&app, id), Some(2));
}

/// A matter of tier two in the civil division.
fn second(app: &TestApp, key: &str) -> MatterId {
    let mut entered = first_visit(key);
    (entered.about, entered.people_count) = (in_division(app, Screening::Accepted), 6);
    registered(app, Role::FilingClerk, entered)
}

fn name(app: &TestApp, id: MatterId, version: Option<i64>, due: &'static str) -> Result<(), Problem> {
    let act = app.act(Role::President);
    let naming = Naming {
        leader: app.person(Role::VicePresident),
        responsible: app.person(Role::Handler),
        due_on: day(due),
    };
    app.write(move |conn| actions::name_leader(conn, &act, id, version, &naming).map(drop))
}

fn done(app: &TestApp, id: MatterId, kind: LeaderAct, key: &str) -> Result<(), Problem> {
    let act = app.act(Role::VicePresident);
    let draft = ActDraft {
        act: kind,
        done_on: day("2026-11-24"),
        record: "与信访人面谈一小时，听取诉求。".into(),
        submission: key.into(),
    };
    app.write(move |conn| actions::record_act(conn, &act, id, &draft))
}

async fn the_president_names_who_is_in_charge_and_acts_are_counted(app: TestApp) {
    let id = second(&app, "one");
    assert!(
        matches!(done(&app, id, LeaderAct::Met, "early"), Err(Problem::Refused(_))),
        "nobody is in charge"
    );
    assert!(matches!(name(&app, id, None, "2027-06-01"), Err(Problem::Refused(_))), "after the tier's end");
    name(&app, id, None, "2026-12-31").unwrap();
    assert!(matches!(name(&app, id, None, "2026-12-31"), Err(Problem::Stale)));
    let open = codes(&app, id);
    assert!(!open.contains(&Code::TierLeader) && open.contains(&Code::LeaderActs), "{open:?}");
    let group = members(&app, id);
    let head = group.iter().find(|one| one.role == GroupRole::Head).unwrap();
    assert_eq!((head.seat, head.staff_id), (Seat::LeaderInCharge, app.person(Role::VicePresident)));
    // The responsible judge sees it from now on.
    app.get(Role::Handler, &format!("/matters/{id}")).await.is(200).says(&["副院长李明", "还没有"]);
    done(&app, id, LeaderAct::Met, "met").unwrap();
    done(&app, id, LeaderAct::Met, "met").unwrap();
    assert!(!codes(&app, id).contains(&Code::FirstTalkLeader) && codes(&app, id).contains(&Code::LeaderActs));
    let agenda = |app: &TestApp| {
        let act = app.act(Role::President);
        app.read(move |conn| views::agenda(conn, &act)).unwrap()
    };
    assert!(agenda(&app).is_empty());
    app.at("2026-12-24 09:00");
    let due = agenda(&app);
    assert_eq!(due.len(), 1);
    assert_eq!(due[0].why, [views::AgendaWhy::WithoutActs]);
    done(&app, id, LeaderAct::Studied, "studied").unwrap();
    done(&app, id, LeaderAct::Coordinated, "coordinated").unwrap();
    assert!(!codes(&app, id).contains(&Code::LeaderActs));
    assert!(agenda(&app).is_empty());
    let act = app.act(Role::Handler);
    let draft = ActDraft {
        act: LeaderAct::Met,
        done_on: day("2026-11-24"),
        record: "代记。".into(),
        submission: "x".into(),
    };
    assert!(matches!(
        app.write(move |conn| actions::record_act(conn, &act, id, &draft)),
        Err(Problem::Refused(_))
    ));
}

async fn a_plan_has_measures_and_ends_its_clock(app: TestApp) {
    let id = second(&app, "one");
    name(&app, id, None, "2026-12-31").unwrap();
    let plan = PlanDraft {
        crux: "车辆去向不明".into(),
        approach: "先找车，再谈分期".into(),
        division_of_work: String::new(),
    };
    let act = app.act(Role::Handler);
    app.write(move |conn| actions::write_plan(conn, &act, id, 0, &plan)).unwrap();
    assert!(codes(&app, id).contains(&Code::TierPlan), "a plan without a measure is none");
    let measure = |owner: Role, key: &str| {
        let act = app.act(Role::Handler);
        let draft = MeasureDraft {
            text: "到车管所调取过户记录".into(),
            owner: app.person(owner),
            due_on: day("2026-12-04"),
            submission: key.into(),
        };
        app.write(move |conn| actions::add_measure(conn, &act, id, &draft))
    };
    assert!(
        matches!(measure(Role::Inspector, "inspector"), Err(Problem::Refused(_))),
        "who isn't in the group"
    );
    let first = measure(Role::Handler, "one").unwrap();
    assert_eq!(measure(Role::Handler, "one").unwrap(), first);
    assert!(!codes(&app, id).contains(&Code::TierPlan));
    let set = |version: i64, state: MeasureState, result: &str| {
        let (act, news) = (app.act(Role::Handler), MeasureNews { state, result: result.into() });
        app.write(move |conn| actions::set_measure(conn, &act, (id, first), version, &news))
    };
    assert!(matches!(set(0, MeasureState::Done, " "), Err(Problem::Refused(_))));
    set(0, MeasureState::Doing, "").unwrap();
    assert!(matches!(set(0, MeasureState::Done, "已查到"), Err(Problem::Stale)));
    set(1, MeasureState::Done, "已查到现车主").unwrap();
    let kept: Measure = app.read(|conn| Ok(tier_measures::table.first(conn)?)).unwrap();
    assert_eq!((kept.state, kept.done_on), (MeasureState::Done, Some(day("2026-11-23"))));
    let outsider = app.act(Role::FilingClerk);
    let draft = MeetingDraft {
        held_on: day("2026-11-23"),
        present: "全体".into(),
        record: "研究".into(),
        submission: "m".into(),
    };
    let refused = app.write(move |conn| actions::hold_meeting(conn, &outsider, id, &draft));
    assert!(matches!(refused, Err(Problem::Refused(_))));
}

async fn only_a_meeting_s_decision_goes_down_and_facts_are_not_weighed_twice(app: TestApp) {
    let id = accepted(&app, "one");
    again(&app, Role::PetitionOfficer, id, "two", |entered| {
        entered.heard_at = vec![heard(HeardLevel::Province, HeardManner::InPerson, HeardSource::Notice)];
    });
    assert_eq!(tier(&app, id), Some(3));
    let correct = |meeting: i64, to: Option<Tier>| {
        let act = app.act(Role::President);
        let decided = Decided {
            meeting,
            name: "2026年第40次信访例会".into(),
            to,
            reason: "通报所指为同名的另一人。".into(),
        };
        app.write(move |conn| actions::correct(conn, &act, id, &decided))
    };
    assert!(matches!(correct(1, Some(Tier::Three)), Err(Problem::Refused(_))));
    correct(1, Some(Tier::Two)).unwrap();
    assert_eq!(tier(&app, id), Some(2));
    assert_one_tier_clock(&app, id);
    assert_eq!(charge(&app, id), None);
    assert!(matches!(correct(2, Some(Tier::Two)), Err(Problem::Refused(_))));
    correct(2, None).unwrap();
    assert_eq!((tier(&app, id), codes(&app, id).len(), members(&app, id).len()), (None, 0, 0));
    again(&app, Role::FilingClerk, id, "three", |_| {});
    assert_eq!(tier(&app, id), None, "what was weighed is not weighed again");
    again(&app, Role::PetitionOfficer, id, "four", |entered| {
        entered.heard_at = vec![heard(HeardLevel::Province, HeardManner::InPerson, HeardSource::Confirmed)];
    });
    assert_eq!(tier(&app, id), Some(3), "a new fact is a new cause");
    let kinds: Vec<String> = app
        .read(move |conn| {
            Ok(timeline::table
                .filter(timeline::matter_id.eq(id).and(timeline::kind.eq(EntryKind::Escalation)))
                .select(timeline::text)
                .load(conn)?)
        })
        .unwrap();
    assert_eq!(kinds.iter().filter(|text| text.contains("更正为")).count(), 2);
}

async fn a_sign_is_solved_or_becomes_a_petition(app: TestApp) {
    let solved = marked(&app, Role::FilingClerk);
    let (act, version) = (app.act(Role::PetitionOfficer), reload(&app, solved).version);
    app.write(move |conn| actions::settle_sign(conn, &act, solved, version, "庭长当面释明，当事人接受。"))
        .unwrap();
    let matter = reload(&app, solved);
    assert_eq!((matter.stage, matter.tier), (Stage::Closed, Some(1)));
    assert!(codes(&app, solved).is_empty());
    let id = marked(&app, Role::Handler);
    again(&app, Role::FilingClerk, id, "came", |_| {});
    let matter = reload(&app, id);
    assert_eq!(
        (matter.kind, matter.number.as_str(), matter.contact_count),
        (MatterKind::Petition, "石法访〔2026〕0001号", 1)
    );
    assert_eq!((matter.tier, matter.stage), (Some(1), Stage::Registered));
    assert_eq!(matter.petitioner_line, "张建国");
    assert_one_tier_clock(&app, id);
    again(&app, Role::FilingClerk, solved, "came-too", |_| {});
    let matter = reload(&app, solved);
    assert_eq!((matter.kind, matter.tier, matter.closed_at), (MatterKind::Petition, Some(2), None));
    assert_one_tier_clock(&app, solved);
}

async fn who_is_complained_of_is_neither_seated_nor_told(app: TestApp) {
    let (vice, head) = (app.person(Role::VicePresident), app.person(Role::DivisionHead));
    let mut entered = first_visit("one");
    let division = app.court.divisions.iter().find(|(kind, _)| *kind == DivisionKind::Civil).unwrap().1;
    entered.about = About::New(Box::new(NewMatter {
        division_id: Some(division),
        complained_of: vec![vice, head],
        ..new_matter()
    }));
    entered.heard_at = vec![heard(HeardLevel::Province, HeardManner::InPerson, HeardSource::Notice)];
    let id = registered(&app, Role::FilingClerk, entered);
    assert_eq!(tier(&app, id), Some(3));
    let allowed = [app.person(Role::President), app.person(Role::Inspector)];
    assert!(members(&app, id).iter().all(|one| allowed.contains(&one.staff_id)));
    assert!(told(&app).iter().all(|one| allowed.contains(&one.staff_id)));
    let mailed: Vec<Option<i64>> =
        app.read(|conn| Ok(outbox::table.select(outbox::recipient_id).load(conn)?)).unwrap();
    assert!(mailed.iter().all(|who| *who != Some(vice.0) && *who != Some(head.0)));
    let seen: Vec<Option<StaffId>> = app
        .read(move |conn| {
            Ok(hands::table.filter(hands::matter_id.eq(id)).select(hands::staff_id).load(conn)?)
        })
        .unwrap();
    assert!(!seen.contains(&Some(vice)) && !seen.contains(&Some(head)));
    let act = app.act(Role::VicePresident);
    assert!(app.read(move |conn| views::wall(conn, &act, &Tier::ALL)).unwrap().rows.is_empty());
    let barred: i64 = app.read(|conn| Ok(matter_bars::table.count().get_result(conn)?)).unwrap();
    assert_eq!(barred, 2);
}

async fn giving_up_raises_and_the_third_tier_is_the_last(app: TestApp) {
    let id = marked(&app, Role::Handler);
    let give_up = |by: Role| {
        let (act, stay) = (app.act(by), stay(&app, id));
        let why = "双方对事实认定分歧太大，释明三次无效。";
        app.write(move |conn| actions::give_up(conn, &act, (id, stay), why))
    };
    assert!(matches!(give_up(Role::FilingClerk), Err(Problem::Refused(_))));
    give_up(Role::DivisionHead).unwrap();
    assert_eq!((tier(&app, id), history(&app, id)[1].cause), (Some(2), Cause::OneFailed));
    give_up(Role::PetitionOfficer).unwrap();
    assert_eq!((tier(&app, id), history(&app, id)[2].cause), (Some(3), Cause::TwoFailed));
    assert!(matches!(give_up(Role::President), Err(Problem::Refused(_))));
}

async fn an_extension_moves_no_tier_clock(app: TestApp) {
    let id = second(&app, "one");
    let before = running(&app, id);
    let reply: ClockId = app
        .read(move |conn| {
            Ok(clocks::table
                .filter(clocks::matter_id.eq(id.0).and(clocks::code.eq(Code::Reply)))
                .select(clocks::id)
                .first(conn)?)
        })
        .unwrap();
    let act = app.act(Role::President);
    app.write(move |conn| {
        let extension =
            Extension { days: 20, note: "鉴定尚未完成，需要等待结论。", sender: None };
        extend(conn, &act, (reply, Seen(0)), extension)
    })
    .unwrap();
    assert_eq!(running(&app, id), before);
    // Another contact, a note and a referral later, the tier's clocks stand where they stood.
    app.at("2026-11-25 10:00");
    again(&app, Role::FilingClerk, id, "again", |_| {});
    assert_eq!(running(&app, id), before);
}

async fn nobody_leaves_a_tier_by_splitting_or_merging(app: TestApp) {
    let (high, low) = (second(&app, "one"), accepted(&app, "two"));
    let (version, survivor) = (reload(&app, high).version.to_string(), reload(&app, low).number);
    let fields =
        [("version", version.as_str()), ("number", &survivor), ("note", "同一人同一事由，一并办理。")];
    app.post(Role::PetitionOfficer, &format!("/matters/{high}/merge"), &fields).await.is(303);
    assert_eq!(tier(&app, low), Some(2));
    assert_one_tier_clock(&app, low);
    assert!(codes(&app, high).is_empty());
    let open: i64 = app
        .read(move |conn| Ok(matters::table.filter(matters::tier.is_not_null()).count().get_result(conn)?))
        .unwrap();
    assert_eq!(open, 2);
    assert_eq!(court_time("2026-11-23 09:00"), app.app.moment());
}

async fn the_pages_lead_through_it_and_keep_what_was_typed(app: TestApp) {
    let id = second(&app, "one");
    the_president_names_a_leader(&app, id).await;
    report_and_plan_are_written(&app, id).await;
    the_leader_acts_and_everybody_sees_it(&app, id).await;
    a_sign_is_marked(&app).await;
}

async fn the_president_names_a_leader(app: &TestApp, id: MatterId) {
    let page = app.get(Role::President, "/tiers").await;
    page.is(200).says(&["二级", "确定包案领导", "张建国"]);
    app.get(Role::President, "/").await.is(200).says(&["待我确定包案领导"]);
    app.get(Role::President, "/tiers/wall?size=a3")
        .await
        .is(200)
        .says(&["二级、三级信访事项一览", "改用 A4"]);
    let form = app.get(Role::President, &format!("/tiers/of/{id}/leader")).await;
    form.is(200).says(&["副院长李明", "正在包案 0 件", "不晚于二级期限", "法官钱进（法官）"]);
    app.get(Role::PetitionOfficer, &format!("/tiers/of/{id}/leader")).await.is(403);
    let (leader, judge) =
        (app.person(Role::VicePresident).to_string(), app.person(Role::Handler).to_string());
    let late = [("version", ""), ("leader", &*leader), ("responsible", &judge), ("due_on", "2028-01-01")];
    app.post(Role::President, &format!("/tiers/of/{id}/leader"), &late)
        .await
        .is(422)
        .says(&["二级期限", "2028-01-01"]);
    let named = [("version", ""), ("leader", &*leader), ("responsible", &judge), ("due_on", "2026-12-31")];
    app.post(Role::President, &format!("/tiers/of/{id}/leader"), &named).await.is(303);
    app.post(Role::President, &format!("/tiers/of/{id}/leader"), &named).await.is(409);
}

async fn report_and_plan_are_written(app: &TestApp, id: MatterId) {
    let judge = app.person(Role::Handler).to_string();
    let version = [("version", "0")];
    app.post(Role::PetitionOfficer, &format!("/tiers/of/{id}/confirm"), &version).await.is(303);
    let report = [
        ("number", "0"),
        ("case_facts", "借款合同纠纷，判决已经生效。"),
        ("course", "信访人两次来院，要求尽快执行。"),
        ("obstacles", "车辆去向不明，账户没有余额。"),
        ("opinion", "先查车，再谈分期履行。"),
    ];
    app.post(Role::Handler, &format!("/tiers/of/{id}/report"), &report).await.is(303);
    app.post(Role::Handler, &format!("/tiers/of/{id}/report"), &report).await.is(409).says(&["先查车"]);
    app.get(Role::Handler, &format!("/tiers/of/{id}/report-paper"))
        .await
        .is(200)
        .says(&["案件情况汇报", "车辆去向不明"]);
    let plan =
        [("number", "0"), ("crux", "车辆去向不明"), ("approach", "先查车再谈分期"), ("division_of_work", "")];
    app.post(Role::Handler, &format!("/tiers/of/{id}/plan"), &plan).await.is(303);
    let measure =
        [("text", "调取过户记录"), ("owner", &*judge), ("due_on", "2026-12-04"), ("submission", "m1")];
    app.post(Role::Handler, &format!("/tiers/of/{id}/measures"), &measure).await.is(303);
    app.get(Role::Handler, &format!("/tiers/of/{id}/plan-paper"))
        .await
        .is(200)
        .says(&["化解方案", "调取过户记录"]);
}

async fn the_leader_acts_and_everybody_sees_it(app: &TestApp, id: MatterId) {
    let act = [("act", "met"), ("done_on", ""), ("record", "与信访人当面谈了一小时。"), ("submission", "a1")];
    app.post(Role::VicePresident, &format!("/tiers/of/{id}/act"), &act).await.is(303);
    app.post(Role::VicePresident, &format!("/tiers/of/{id}/act"), &[("act", "met")]).await.is(422);
    let page = app.get(Role::VicePresident, &format!("/tiers/of/{id}")).await;
    page.is(200).says(&["包案领导", "调取过户记录", "开始办理", "集体访", "信访专干"]);
    app.get(Role::VicePresident, "/work-groups").await.is(200).says(&["包案领导", "未完成措施 1 项"]);
    app.get(Role::PetitionOfficer, "/matters?tier=2").await.is(200).says(&["张建国"]);
    app.get(Role::PetitionOfficer, "/matters?tier=3").await.is(200).does_not_say(&["张建国"]);
    app.get(Role::JudgeAssistant, &format!("/tiers/of/{id}")).await.is(403);
}

async fn a_sign_is_marked(app: &TestApp) {
    let sign =
        [("text", "宣判后当事人情绪激动，多次表示要上访。"), ("case_number", "一号案"), ("division", "")];
    app.post(Role::FilingClerk, "/signs/new", &sign).await.is(422).says(&["情绪激动"]);
    let sign = [("text", "宣判后当事人情绪激动，多次表示要上访。"), ("case_number", ""), ("division", "")];
    app.post(Role::FilingClerk, "/signs/new", &sign).await.is(303);
    app.get(Role::PetitionOfficer, "/tiers?tier=1").await.is(200).says(&["情绪激动", "苗头"]);
}

async fn a_rule_is_tried_on_all_open_matters_and_put_in_force_by_another(app: TestApp) {
    let (one, two) = (accepted(&app, "one"), accepted(&app, "two"));
    for (key, id) in [("a", one), ("b", one), ("c", two)] {
        again(&app, Role::FilingClerk, id, key, |_| {});
    }
    app.get(Role::PetitionOfficer, "/settings/tier-rules").await.is(200).says(&[
        "集体访",
        "不采用",
        "1 个工作日",
    ]);
    let path = "/settings/tier-rules/of/nth_repeat";
    app.get(Role::PetitionOfficer, &format!("{path}/edit")).await.is(200).says(&["从第几次反映起"]);
    let change = [
        ("tier", "2"),
        ("threshold", "3"),
        ("grace_days", "0"),
        ("told", "president"),
        ("told", "officers"),
        ("in_use", "1"),
        ("basis", "院定：2026年第12次党组会"),
        ("note", ""),
        ("effective_from", "2026-11-23"),
        ("reason", "重复来访三次仍未化解的，应当由院领导包案。"),
    ];
    app.post(Role::PetitionOfficer, &format!("{path}/edit"), &change).await.is(303);
    let page = app.get(Role::SecurityAdmin, path).await;
    page.is(200).says(&["试算", "未办结 2 件", "确认生效"]).does_not_say(&["张建国"]);
    app.get(Role::PetitionOfficer, path).await.says(&["张建国", "撤回这项改动"]);
    assert_eq!(tier(&app, one), None, "a what-if changes nothing");
    let proposal: i64 = app
        .read(|conn| {
            Ok(proposals::table.select(proposals::id).first::<tingsong::proposals::ProposalId>(conn)?.0)
        })
        .unwrap();
    let accept = format!("/settings/tier-rules/proposals/{proposal}/accept");
    app.post(Role::PetitionOfficer, &accept, &[("version", "0")]).await.is(403);
    app.post(Role::SecurityAdmin, &accept, &[("version", "0")]).await.is(303);
    again(&app, Role::FilingClerk, two, "d", |_| {});
    assert_eq!((tier(&app, two), history(&app, two)[0].cause), (Some(2), Cause::NthRepeat));
}

async fn the_week_leader_heads_what_is_marked_in_their_week(app: TestApp) {
    let president = app.person(Role::President).to_string();
    let week = [("staff", president.as_str()), ("from_on", "2026-11-23"), ("to_on", "2026-11-29")];
    app.post(Role::FilingClerk, "/settings/week-leaders", &week).await.is(403);
    app.post(Role::PetitionOfficer, "/settings/week-leaders", &week).await.is(303);
    app.post(Role::PetitionOfficer, "/settings/week-leaders", &week)
        .await
        .is(422)
        .says(&["已经有带班值周领导"]);
    app.get(Role::PetitionOfficer, "/settings/week-leaders").await.is(200).says(&["院长赵正", "本周"]);
    let id = marked(&app, Role::Handler);
    let head = members(&app, id).into_iter().find(|one| one.role == GroupRole::Head).unwrap();
    assert_eq!((head.staff_id, head.standin), (app.person(Role::President), Standin::Own));
}

async fn the_checks_find_a_tier_without_its_clock(app: TestApp) {
    let id = second(&app, "one");
    let found = |app: &TestApp| {
        let (act, anchor) = (system(app), app.database.dir.path().join("anchor"));
        let report = app.read(move |conn| checks::run(conn, &act, &anchor, Depth::End)).unwrap();
        report.findings.iter().find(|finding| finding.check == Check::Tier).unwrap().count
    };
    assert_eq!(found(&app), 0);
    app.write(move |conn| {
        let end = clocks::table.filter(clocks::matter_id.eq(id.0).and(clocks::code.eq(Code::TierTwo)));
        Ok(diesel::update(end).set(clocks::cancelled.eq(true)).execute(conn)?)
    })
    .unwrap();
    assert_eq!(found(&app), 1);
}
