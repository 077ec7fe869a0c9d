//! What comes from above (上级交办): taken, objected to, reported, answered, on both databases.

use crate::support::registrations::{accepted, first_visit, new_matter};
use crate::support::{TestApp, on_both_databases};
use calamine::{Reader, Xlsx};
use chrono::NaiveDate;
use diesel::prelude::*;
use tingsong::assignments::types::{Assignment, AssignmentId, State};
use tingsong::assignments::{NewAssignment, NewStep, SenderKind, Step, step, take};
use tingsong::checks::{self, Check, Depth};
use tingsong::deadlines::{Clock, Code};
use tingsong::error::Problem;
use tingsong::matters::actions::{About, NewMatter, register, screen};
use tingsong::matters::rules::Screening;
use tingsong::matters::types::{Channel, Matter, MatterId};
use tingsong::people::{Act, Role};
use tingsong::schema::{assignments, clocks, matter_bars, matters, outbox, timeline};

on_both_databases! {
    registering_what_was_assigned_starts_the_senders_own_clock,
    without_a_day_of_theirs_the_rule_counts_one_month,
    a_known_matter_is_assigned_from_above,
    an_assigned_matter_does_not_end_before_the_report,
    a_report_ends_the_clock_and_one_sent_back_starts_it_again,
    what_is_sent_back_has_the_whole_period_again,
    the_senders_new_day_takes_the_place_of_the_old,
    an_objection_is_as_early_as_it_was_made,
    nothing_is_dated_before_it_can_have_been,
    a_corrected_receipt_moves_the_days_for_objecting,
    who_objects_in_time_is_heard_and_who_is_late_is_told,
    two_who_report_at_once_are_told_of_each_other,
    what_the_sender_takes_back_is_owed_no_more,
    two_senders_are_told_apart,
    who_is_complained_of_sees_nothing_of_it,
    a_leader_complained_of_neither_signs_nor_is_offered,
    a_forgotten_assignment_is_found,
    the_register_filters_and_is_taken_out,
    the_pages_lead_from_the_counter_to_the_paper,
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn from_above(due_on: Option<&str>) -> NewAssignment {
    NewAssignment {
        sender_kind: SenderKind::HigherCourt,
        sender: "平阳市中级人民法院".into(),
        number: "平中法访交〔2026〕12号".into(),
        dated_on: Some(day("2026-11-20")),
        received_on: day("2026-11-23"),
        due_on: due_on.map(day),
        demand: "依法处理，报告结果。".into(),
    }
}

fn assigned(app: &TestApp, key: &str, due_on: Option<&str>) -> MatterId {
    let act = app.act(Role::FilingClerk);
    let mut entered = first_visit(key);
    entered.channel = Channel::Assigned;
    entered.assigned = Some(from_above(due_on));
    entered.about = About::New(Box::new(NewMatter { screening: Screening::Accepted, ..new_matter() }));
    app.write(move |conn| register(conn, &act, &entered)).unwrap().matter_id
}

fn db_assignments(app: &TestApp, matter: MatterId) -> Vec<Assignment> {
    app.read(move |conn| {
        Ok(assignments::table.filter(assignments::matter_id.eq(matter)).order(assignments::id).load(conn)?)
    })
    .unwrap()
}

fn only(app: &TestApp, matter: MatterId) -> Assignment {
    let mut all = db_assignments(app, matter);
    assert_eq!(all.len(), 1);
    all.remove(0)
}

fn db_clock(app: &TestApp, assignment: &Assignment) -> Clock {
    let id = assignment.clock_id;
    app.read(move |conn| Ok(clocks::table.find(id).first(conn)?)).unwrap()
}

fn db_matter(app: &TestApp, id: MatterId) -> Matter {
    app.read(move |conn| Ok(matters::table.find(id).first(conn)?)).unwrap()
}

fn db_timeline(app: &TestApp, id: MatterId) -> Vec<String> {
    app.read(move |conn| {
        let of = timeline::table.filter(timeline::matter_id.eq(id)).order(timeline::id);
        Ok(of.select(timeline::text).load(conn)?)
    })
    .unwrap()
}

fn done(app: &TestApp, act: Act, matter: MatterId, new: NewStep) -> Result<(), Problem> {
    let row = only(app, matter);
    app.write(move |conn| step(conn, &act, matter, (row.id, row.version), &new).map(drop))
}

/// Every promise is kept, and each clock's row is what its events come to.
fn all_holds(app: &TestApp) {
    let act = app.act(Role::PetitionOfficer);
    let anchor = app.database.dir.path().join("anchor");
    let report = app.read(move |conn| checks::run(conn, &act, &anchor, Depth::End)).unwrap();
    let kept = [Check::Assignment, Check::Replay, Check::NextDate, Check::StrayClock, Check::Reply];
    for finding in report.findings.iter().filter(|finding| kept.contains(&finding.check)) {
        assert_eq!(finding.count, 0, "{finding:?}");
    }
}

fn new(app: &TestApp, step: Step) -> NewStep {
    NewStep {
        step,
        on_day: app.act(Role::PetitionOfficer).now.today(),
        due_on: None,
        number: String::new(),
        text: "已当面答复信访人，执行款到账。".into(),
        signed_by: (step == Step::Result).then(|| app.person(Role::VicePresident)),
    }
}

async fn registering_what_was_assigned_starts_the_senders_own_clock(app: TestApp) {
    // A Saturday: their day is their day.
    let id = assigned(&app, "a", Some("2026-12-05"));
    let row = only(&app, id);
    assert_eq!((row.state, row.received_on), (State::Open, day("2026-11-23")));
    assert_eq!(row.objection_until, Some(day("2026-11-30")));
    assert!(row.contact_id.is_some());
    let clock = db_clock(&app, &row);
    assert_eq!((clock.code, clock.due_on), (Code::Assigned, day("2026-12-05")));
    assert!(db_timeline(&app, id).iter().any(|text| {
        text.contains("平阳市中级人民法院（平中法访交〔2026〕12号）交办") && text.contains("2026年12月5日")
    }));
    let told: Vec<String> = app.read(|conn| Ok(outbox::table.select(outbox::subject).load(conn)?)).unwrap();
    assert!(told.iter().any(|subject| subject.starts_with("上级交办：")), "{told:?}");
    let officer = app.get(Role::PetitionOfficer, &format!("/clocks/{}", clock.id)).await;
    officer.is(200).says(&["交办机关", "指定"]);
    let pause = app.get(Role::DivisionHead, &format!("/clocks/{}/pause", clock.id)).await;
    assert_ne!(pause.status.as_u16(), 200, "nobody here moves their day");
}

async fn without_a_day_of_theirs_the_rule_counts_one_month(app: TestApp) {
    let id = assigned(&app, "a", None);
    assert_eq!(db_clock(&app, &only(&app, id)).due_on, day("2026-12-23"));
    let told = db_timeline(&app, id);
    assert!(
        told.iter().any(|text| text.contains("来文没有写明期限，按规则推算，2026年12月23日前")),
        "{told:?}"
    );
}

async fn a_known_matter_is_assigned_from_above(app: TestApp) {
    let id = accepted(&app, "a");
    let before = db_matter(&app, id).next_due_on;
    let act = app.act(Role::FilingClerk);
    let sooner = from_above(Some("2026-11-24"));
    app.write(move |conn| take(conn, &act, id, &sooner)).unwrap();
    let after = db_matter(&app, id);
    assert!(before > after.next_due_on, "{before:?}");
    assert_eq!(after.next_due_on, Some(day("2026-11-24")));
    let act = app.act(Role::FilingClerk);
    let early = from_above(Some("2026-11-20"));
    assert!(app.write(move |conn| take(conn, &act, id, &early)).is_err(), "before it came");
    assert_eq!(db_assignments(&app, id).len(), 1, "and nothing of it is left");
    let handler = app.act(Role::Handler);
    assert!(app.write(move |conn| take(conn, &handler, id, &from_above(None))).is_err());
}

async fn an_assigned_matter_does_not_end_before_the_report(app: TestApp) {
    let act = app.act(Role::FilingClerk);
    let spoken = Screening::AnsweredOnTheSpot { answer: "已说明执行措施。".into() };
    let mut entered = first_visit("a");
    entered.channel = Channel::Assigned;
    entered.assigned = Some(from_above(None));
    entered.about = About::New(Box::new(NewMatter { screening: spoken.clone(), ..new_matter() }));
    let ended = app.write(move |conn| register(conn, &act, &entered).map(drop)).unwrap_err();
    assert!(ended.to_string().contains("先报告交办机关"), "{ended}");
    let act = app.act(Role::FilingClerk);
    let undecided = first_visit("b");
    let id = app
        .write(move |conn| {
            let id = register(conn, &act, &undecided)?.matter_id;
            take(conn, &act, id, &from_above(None))?;
            Ok(id)
        })
        .unwrap();
    let officer = app.act(Role::PetitionOfficer);
    let again = spoken.clone();
    let ended = app.write(move |conn| screen(conn, &officer, id, 0, &again)).unwrap_err();
    assert!(ended.to_string().contains("先报告交办机关"), "{ended}");
    let officer = app.act(Role::PetitionOfficer);
    let withdrawn = app
        .write(move |conn| tingsong::replies::actions::withdraw(conn, &officer, id, 0, "信访人表示不再反映"));
    assert!(withdrawn.unwrap_err().to_string().contains("上级交办"));
    done(&app, app.act(Role::PetitionOfficer), id, new(&app, Step::Result)).unwrap();
    let (officer, version) = (app.act(Role::PetitionOfficer), db_matter(&app, id).version);
    app.write(move |conn| screen(conn, &officer, id, version, &spoken)).unwrap();
}

async fn a_report_ends_the_clock_and_one_sent_back_starts_it_again(app: TestApp) {
    let id = assigned(&app, "a", Some("2026-12-05"));
    let officer = || app.act(Role::PetitionOfficer);
    done(&app, officer(), id, new(&app, Step::Progress)).unwrap();
    assert!(db_clock(&app, &only(&app, id)).is_open(), "progress is not the result");
    let stranger = NewStep { signed_by: Some(app.person(Role::Handler)), ..new(&app, Step::Result) };
    let signed = done(&app, officer(), id, stranger).unwrap_err();
    assert!(signed.to_string().contains("签发人应是本院的院领导"), "{signed}");
    done(&app, officer(), id, new(&app, Step::Result)).unwrap();
    let row = only(&app, id);
    assert_eq!((row.state, db_clock(&app, &row).met_on), (State::Reported, Some(day("2026-11-23"))));
    let late = done(&app, officer(), id, new(&app, Step::Objected)).unwrap_err();
    assert!(late.to_string().contains("须有还可以提出异议的上级交办"), "{late}");
    app.at("2026-12-01 09:00");
    let back = NewStep { due_on: Some(day("2026-12-15")), ..new(&app, Step::SentBack) };
    done(&app, officer(), id, back).unwrap();
    let row = only(&app, id);
    let clock = db_clock(&app, &row);
    assert_eq!((row.state, clock.is_open(), clock.due_on), (State::Open, true, day("2026-12-15")));
    all_holds(&app);
    done(&app, officer(), id, new(&app, Step::Result)).unwrap();
    done(&app, officer(), id, new(&app, Step::Accepted)).unwrap();
    assert_eq!(only(&app, id).state, State::Accepted);
    assert!(done(&app, officer(), id, new(&app, Step::TakenBack)).is_err(), "it is settled");
    all_holds(&app);
}

async fn what_is_sent_back_has_the_whole_period_again(app: TestApp) {
    let id = assigned(&app, "a", Some("2026-12-05"));
    let officer = || app.act(Role::PetitionOfficer);
    done(&app, officer(), id, new(&app, Step::Result)).unwrap();
    let first = only(&app, id).clock_id;
    app.at("2027-01-05 09:00");
    done(&app, officer(), id, new(&app, Step::SentBack)).unwrap();
    let row = only(&app, id);
    let clock = db_clock(&app, &row);
    assert_eq!(
        (clock.starts_on, clock.due_on),
        (day("2027-01-05"), day("2027-02-09")),
        "a month by the rule, and past the Spring Festival"
    );
    assert_ne!(clock.id, first);
    assert_eq!(db_matter(&app, id).next_due_on.map(|due| due <= clock.due_on), Some(true));
    let said = db_timeline(&app, id).pop().unwrap();
    assert!(said.contains("期限重新推算，2027年2月9日前报告结果"), "{said}");
    all_holds(&app);
    done(&app, officer(), id, new(&app, Step::Result)).unwrap();
    assert_eq!(db_clock(&app, &row).met_on, Some(day("2027-01-05")));
    all_holds(&app);
}

async fn an_objection_is_as_early_as_it_was_made(app: TestApp) {
    let id = assigned(&app, "a", None);
    app.at("2026-12-02 09:00");
    let officer = Role::PetitionOfficer;
    app.get(officer, &format!("/matters/{id}")).await.says(&["提出异议"]);
    let row = only(&app, id);
    let (about, version) = (row.id.to_string(), row.version.to_string());
    let fields = |on: &'static str| {
        [
            ("assignment", about.clone()),
            ("version", version.clone()),
            ("step", "objected".to_owned()),
            ("on_day", on.to_owned()),
            ("text", "被执行人住所地不在本辖区。".to_owned()),
        ]
    };
    let path = format!("/matters/{id}/object-above");
    let post = async |on: &'static str| {
        let fields = fields(on);
        let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
        app.post(officer, &path, &fields).await
    };
    post("2026-12-01").await.is(422).says(&["提出异议的期限到2026年11月30日为止"]);
    post("2026-11-30").await.is(303);
    assert_eq!(only(&app, id).state, State::Objected);
}

async fn nothing_is_dated_before_it_can_have_been(app: TestApp) {
    let id = assigned(&app, "a", None);
    app.at("2026-12-10 09:00");
    let officer = || app.act(Role::PetitionOfficer);
    let on = |step, on: &str| NewStep { on_day: day(on), ..new(&app, step) };
    let early = done(&app, officer(), id, on(Step::Result, "2025-11-24")).unwrap_err();
    assert!(early.to_string().contains("不能早于2026年11月23日"), "{early}");
    assert!(db_clock(&app, &only(&app, id)).is_open(), "and nothing of it is left");
    done(&app, officer(), id, on(Step::Result, "2026-12-01")).unwrap();
    let before = done(&app, officer(), id, on(Step::SentBack, "2026-11-30")).unwrap_err();
    assert!(before.to_string().contains("不能早于2026年12月1日"), "{before}");
    let due = NewStep { due_on: Some(day("2026-12-07")), ..on(Step::SentBack, "2026-12-03") };
    let backwards = NewStep { due_on: Some(day("2026-12-02")), ..due.clone() };
    assert!(done(&app, officer(), id, backwards).is_err());
    done(&app, officer(), id, due).unwrap();
    assert_eq!(db_clock(&app, &only(&app, id)).due_on, day("2026-12-07"), "a letter entered late");
    all_holds(&app);
}

async fn a_corrected_receipt_moves_the_days_for_objecting(app: TestApp) {
    let id = assigned(&app, "a", None);
    let act = app.act(Role::PetitionOfficer);
    app.write(move |conn| {
        use tingsong::deadlines::actions::{correct_received, shifts, shown};
        let seen = shown(&shifts(conn, &act, id, day("2026-11-20"))?);
        correct_received(conn, &act, id, day("2026-11-20"), ("收文章是二十日", &seen))
    })
    .unwrap();
    let row = only(&app, id);
    assert_eq!((row.received_on, row.objection_until), (day("2026-11-20"), Some(day("2026-11-27"))));
    assert_eq!(db_clock(&app, &row).starts_on, day("2026-11-20"));
    app.at("2026-11-30 09:00");
    let late = done(&app, app.act(Role::PetitionOfficer), id, new(&app, Step::Objected)).unwrap_err();
    assert!(late.to_string().contains("2026年11月27日"), "{late}");
}

async fn the_senders_new_day_takes_the_place_of_the_old(app: TestApp) {
    let id = assigned(&app, "a", Some("2026-11-25"));
    assert_eq!(db_matter(&app, id).next_due_on, Some(day("2026-11-25")));
    let later = NewStep { due_on: Some(day("2027-01-08")), ..new(&app, Step::Redated) };
    done(&app, app.act(Role::FilingClerk), id, later).unwrap();
    assert_eq!(db_clock(&app, &only(&app, id)).due_on, day("2027-01-08"));
    assert_ne!(db_matter(&app, id).next_due_on, Some(day("2026-11-25")), "the matter's next date follows");
    let said = db_timeline(&app, id).pop().unwrap();
    assert!(said.contains("答复：改定期限。期限改为2027年1月8日"), "{said}");
}

async fn who_objects_in_time_is_heard_and_who_is_late_is_told(app: TestApp) {
    let (early, late) = (assigned(&app, "a", None), assigned(&app, "b", None));
    let officer = || app.act(Role::PetitionOfficer);
    done(&app, officer(), early, new(&app, Step::Objected)).unwrap();
    assert_eq!(only(&app, early).state, State::Objected);
    assert!(db_clock(&app, &only(&app, early)).is_open(), "an objection stops nothing");
    done(&app, officer(), early, new(&app, Step::Upheld)).unwrap();
    assert_eq!(only(&app, early).state, State::Open);
    app.at("2026-12-01 09:00");
    let refused = done(&app, officer(), late, new(&app, Step::Objected)).unwrap_err();
    assert!(refused.to_string().contains("异议"), "{refused}");
    assert_eq!(only(&app, late).version, 0);
}

async fn two_who_report_at_once_are_told_of_each_other(app: TestApp) {
    let id = assigned(&app, "a", None);
    let stale = only(&app, id);
    done(&app, app.act(Role::PetitionOfficer), id, new(&app, Step::Progress)).unwrap();
    let fields = [
        ("assignment", stale.id.to_string()),
        ("version", stale.version.to_string()),
        ("step", "progress".to_owned()),
        ("text", "另一个人同时写的进展。".to_owned()),
    ];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    let page = app.post(Role::PetitionOfficer, &format!("/matters/{id}/report-above"), &fields).await;
    page.is(409).says(&["另一个人同时写的进展。", "已当面答复信访人"]);
}

async fn what_the_sender_takes_back_is_owed_no_more(app: TestApp) {
    let id = assigned(&app, "a", None);
    done(&app, app.act(Role::FilingClerk), id, new(&app, Step::TakenBack)).unwrap();
    let row = only(&app, id);
    assert_eq!((row.state, db_clock(&app, &row).cancelled), (State::TakenBack, true));
    assert!(db_matter(&app, id).next_due_on.is_some(), "what is owed to the petitioner is still owed");
    all_holds(&app);
}

async fn two_senders_are_told_apart(app: TestApp) {
    let id = assigned(&app, "a", None);
    let act = app.act(Role::FilingClerk);
    let other = NewAssignment {
        sender_kind: SenderKind::Congress,
        sender: "石龙区人大常委会".into(),
        number: String::new(),
        ..from_above(Some("2026-12-01"))
    };
    app.write(move |conn| take(conn, &act, id, &other)).unwrap();
    let page = app.get(Role::PetitionOfficer, &format!("/matters/{id}/report-above")).await;
    page.is(200).says(&["石龙区人大常委会", "平中法访交〔2026〕12号"]);
    let [first, second] = db_assignments(&app, id).try_into().unwrap();
    let act = app.act(Role::PetitionOfficer);
    let result = new(&app, Step::Result);
    app.write(move |conn| step(conn, &act, id, (second.id, second.version), &result).map(drop)).unwrap();
    let states: Vec<State> = db_assignments(&app, id).iter().map(|one| one.state).collect();
    assert_eq!(states, [State::Open, State::Reported]);
    assert!(db_clock(&app, &first).is_open(), "the other sender's clock still runs");
    let act = app.act(Role::PetitionOfficer);
    let result = new(&app, Step::Result);
    let nowhere = app.write(move |conn| step(conn, &act, id, (AssignmentId(7), 0), &result).map(drop));
    assert!(matches!(nowhere, Err(Problem::NotFound)));
}

async fn who_is_complained_of_sees_nothing_of_it(app: TestApp) {
    let id = assigned(&app, "a", None);
    let handler = app.person(Role::Handler);
    let division = app.act(Role::Handler).by.division_id;
    app.write(move |conn| {
        diesel::update(matters::table.find(id))
            .set((matters::accountable_id.eq(handler), matters::division_id.eq(division)))
            .execute(conn)?;
        Ok(())
    })
    .unwrap();
    app.get(Role::Handler, "/assignments").await.is(200).says(&["平阳市中级人民法院"]);
    app.write(move |conn| {
        diesel::insert_into(matter_bars::table)
            .values((matter_bars::matter_id.eq(id), matter_bars::staff_id.eq(handler)))
            .execute(conn)?;
        Ok(())
    })
    .unwrap();
    app.get(Role::Handler, "/assignments").await.is(200).does_not_say(&["平阳市中级人民法院"]);
    app.get(Role::Handler, &format!("/matters/{id}/report-above")).await.is(404);
}

async fn a_leader_complained_of_neither_signs_nor_is_offered(app: TestApp) {
    let id = assigned(&app, "a", None);
    let (vice, path) = (app.person(Role::VicePresident), format!("/matters/{id}/report-above"));
    app.get(Role::PetitionOfficer, &path).await.is(200).says(&["副院长李明"]);
    app.write(move |conn| {
        diesel::insert_into(matter_bars::table)
            .values((matter_bars::matter_id.eq(id), matter_bars::staff_id.eq(vice)))
            .execute(conn)?;
        Ok(())
    })
    .unwrap();
    app.get(Role::PetitionOfficer, &path).await.is(200).does_not_say(&["副院长李明"]).says(&["院长"]);
    let signed = done(&app, app.act(Role::PetitionOfficer), id, new(&app, Step::Result)).unwrap_err();
    assert!(signed.to_string().contains("签发人"), "{signed}");
    assert_eq!(only(&app, id).state, State::Open, "and nothing of it is left");
    let by_another = NewStep { signed_by: Some(app.person(Role::President)), ..new(&app, Step::Result) };
    done(&app, app.act(Role::PetitionOfficer), id, by_another).unwrap();
}

async fn a_forgotten_assignment_is_found(app: TestApp) {
    let id = assigned(&app, "a", None);
    let clock = only(&app, id).clock_id;
    app.write(move |conn| {
        diesel::update(clocks::table.find(clock)).set(clocks::cancelled.eq(true)).execute(conn)?;
        Ok(())
    })
    .unwrap();
    let (act, anchor) = (app.act(Role::PetitionOfficer), app.database.dir.path().join("anchor"));
    let report = app.read(move |conn| checks::run(conn, &act, &anchor, Depth::End)).unwrap();
    let found = report.findings.iter().find(|finding| finding.check == Check::Assignment).unwrap();
    assert_eq!((found.count, found.examples[0].href.clone()), (1, format!("/matters/{id}")));
}

async fn the_register_filters_and_is_taken_out(app: TestApp) {
    let (open, over) = (assigned(&app, "a", Some("2026-12-05")), assigned(&app, "b", Some("2026-11-24")));
    done(&app, app.act(Role::PetitionOfficer), open, new(&app, Step::Result)).unwrap();
    app.at("2026-11-26 09:00");
    let numbers = [db_matter(&app, open).number, db_matter(&app, over).number];
    let officer = Role::PetitionOfficer;
    let all = app.get(officer, "/assignments").await;
    all.is(200).says(&[&numbers[0], &numbers[1], "已报告结果"]);
    let late = app.get(officer, "/assignments?due=overdue").await;
    late.is(200).says(&[&numbers[1]]);
    late.does_not_say(&[&numbers[0]]);
    app.get(officer, "/assignments?state=reported").await.says(&[&numbers[0]]).does_not_say(&[&numbers[1]]);
    let sorted = app.get(officer, "/assignments?state=reported&order=due").await;
    sorted.says(&[&numbers[0]]).does_not_say(&[&numbers[1]]);
    let owed = app.get(officer, "/assignments?state=owed").await;
    owed.says(&[&numbers[1]]).does_not_say(&[&numbers[0]]);
    app.get(officer, "/assignments?sender_kind=congress").await.says(&["没有符合条件的上级交办"]);
    let table = app.get(officer, "/assignments/export?state=owed").await;
    let mut book = Xlsx::new(std::io::Cursor::new(table.is(200).bytes.clone())).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    let text: Vec<String> = sheet.rows().flatten().map(ToString::to_string).collect();
    assert!(text.contains(&numbers[1]) && !text.contains(&numbers[0]), "{text:?}");
}

async fn the_pages_lead_from_the_counter_to_the_paper(app: TestApp) {
    let id = accepted(&app, "a");
    let clerk = Role::FilingClerk;
    app.get(clerk, &format!("/matters/{id}")).await.says(&["登记上级交办"]);
    let form = format!("/matters/{id}/take-assignment");
    app.get(clerk, &form).await.is(200).says(&["交办机关", "要求报告结果的期限"]);
    app.post(clerk, &form, &[("sender", "")]).await.is(422).says(&["交办机关"]);
    let fields = [("sender", "石龙区人大常委会"), ("number", "石人信〔2026〕21号"), ("due_on", "2026-12-18")];
    app.post(clerk, &form, &fields).await.is(303);
    assert_eq!(only(&app, id).sender_kind, SenderKind::Congress);
    let officer = Role::PetitionOfficer;
    let matter = app.get(officer, &format!("/matters/{id}")).await;
    matter.says(&["石龙区人大常委会（石人信〔2026〕21号）", "待报告结果", "报告交办机关"]);
    app.get(officer, &format!("/matters/{id}/report-above")).await.is(200).says(&["签发人", "报告结果"]);
    let signer = app.person(Role::VicePresident).to_string();
    let about = only(&app, id).id.to_string();
    let fields = [
        ("assignment", about.as_str()),
        ("version", "0"),
        ("step", "result"),
        ("number", "石法函〔2026〕58号"),
        ("signed_by", &signer),
        ("text", "执行款已经全部发还信访人。\n信访人表示满意。"),
    ];
    app.post(officer, &format!("/matters/{id}/report-above"), &fields).await.is(303);
    let matter = app.get(officer, &format!("/matters/{id}")).await;
    matter.says(&["已报告结果", "打印报告"]);
    let href = matter.html.split("href=\"").find(|rest| rest.contains("/reports-above/")).unwrap();
    let paper = href.split('"').next().unwrap().to_owned();
    let says =
        ["交办事项办理结果报告", "石龙区人大常委会：", "石法函〔2026〕58号", "执行款已经全部发还信访人。"];
    app.get(officer, &paper).await.is(200).says(&says);
    app.get(officer, &format!("/matters/{id}/reports-above/1")).await.is(404);
    app.get(officer, &format!("/matters/{id}/answer-from-above")).await.is(200).says(&["认可办理结果"]);
}
