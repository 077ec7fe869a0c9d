//! Registration and screening, as actions, on both databases.

use crate::support::registrations::{first_visit, id_number, new_matter, person, visit};
use crate::support::{TestApp, on_both_databases};
use diesel::prelude::*;
use tingsong::audit;
use tingsong::error::Problem;
use tingsong::matters::actions::{About, Registered, Registration, Who, register, screen};
use tingsong::matters::rules::Screening;
use tingsong::matters::store;
use tingsong::matters::types::{Channel, CloseReason, Matter, Part, Stage, Track};
use tingsong::people::{DivisionKind, Role};
use tingsong::petitioners::PetitionerDetails;
use tingsong::schema::{contacts, counters, matters, replies, timeline};

on_both_databases! {
    a_first_visit_opens_a_matter_with_a_person_and_a_date,
    the_same_form_twice_registers_once,
    numbers_have_no_double_and_no_gap,
    a_refused_registration_leaves_nothing_behind,
    a_known_person_comes_again_about_the_same,
    what_is_not_this_courts_ends_with_a_guidance_sheet,
    what_belongs_in_litigation_goes_to_the_head_of_filing,
    an_answer_on_the_spot_ends_the_matter_with_a_reply,
    screening_later_moves_it_on_once,
    a_letter_starts_the_notice_clock_and_a_visit_meets_it,
    an_anonymous_letter_is_registered_and_owed_no_notice,
    whoever_is_complained_of_never_sees_it,
    many_at_once_all_get_through,
    what_was_registered_is_found_by_search,
    each_role_lists_only_what_it_may_see,
}

fn registered(app: &TestApp, role: Role, entered: Registration) -> Result<Registered, Problem> {
    let act = app.act(role);
    app.write(move |conn| register(conn, &act, &entered))
}

fn by_clerk(app: &TestApp, entered: Registration) -> Registered {
    registered(app, Role::FilingClerk, entered).unwrap()
}

fn matter(app: &TestApp, made: Registered) -> Matter {
    app.read(move |conn| Ok(matters::table.find(made.matter_id).first(conn)?)).unwrap()
}

fn count(app: &TestApp) -> (i64, i64, i64) {
    app.read(|conn| {
        Ok((
            matters::table.count().get_result(conn)?,
            contacts::table.count().get_result(conn)?,
            timeline::table.count().get_result(conn)?,
        ))
    })
    .unwrap()
}

fn screened(screening: Screening) -> Registration {
    let new = tingsong::matters::actions::NewMatter { screening, ..new_matter() };
    let who = Who::New(Box::new(person("李秀英", &id_number("41040419750506", 2), "13800005678")));
    visit("screened", who, About::New(Box::new(new)))
}

async fn a_first_visit_opens_a_matter_with_a_person_and_a_date(app: TestApp) {
    let made = by_clerk(&app, first_visit("one"));
    let row = matter(&app, made);
    assert_eq!(row.number, "石法访〔2026〕0001号");
    assert_eq!(row.stage, Stage::Registered);
    assert_eq!(row.accountable_id, app.person(Role::FilingClerk));
    assert_eq!(row.supervising_leader_id, Some(app.person(Role::VicePresident)));
    // 甄别五个工作日: Monday 23 November, counted from Tuesday.
    assert_eq!(row.next_due_on.unwrap().to_string(), "2026-11-30");
    assert!(row.next_clock_id.is_some() && row.query_code.len() == 8);
    assert_eq!(row.petitioner_line, "张建国");
    let trail = app.read(|conn| Ok(audit::head(conn)?)).unwrap().unwrap();
    assert!(trail.count >= 1);
}

async fn the_same_form_twice_registers_once(app: TestApp) {
    let first = by_clerk(&app, first_visit("same"));
    let before = count(&app);
    let second = by_clerk(&app, first_visit("same"));
    assert_eq!((second.contact_id, second.matter_id), (first.contact_id, first.matter_id));
    assert!(second.repeated && !first.repeated);
    assert_eq!(count(&app), before);
}

async fn numbers_have_no_double_and_no_gap(app: TestApp) {
    for key in ["a", "b", "c"] {
        by_clerk(&app, first_visit(key));
        let mut refused = first_visit("refused");
        refused.people_count = 0;
        assert!(registered(&app, Role::FilingClerk, refused).is_err());
    }
    let numbers: Vec<i64> =
        app.read(|conn| Ok(matters::table.order(matters::seq).select(matters::seq).load(conn)?)).unwrap();
    assert_eq!(numbers, [1, 2, 3]);
    let last: i64 = app.read(|conn| Ok(counters::table.select(counters::last).first(conn)?)).unwrap();
    assert_eq!(last, 3);
}

async fn a_refused_registration_leaves_nothing_behind(app: TestApp) {
    let mut group = first_visit("group");
    group.people_count = 6;
    let one = group.people[0].clone();
    group.people = vec![one; 6];
    for person in &mut group.people {
        person.part = Part::Representative;
    }
    assert!(matches!(registered(&app, Role::FilingClerk, group), Err(Problem::Refused(_))));
    let mut late = first_visit("late");
    late.happened_at = crate::support::court_time("2026-11-23 09:01");
    assert!(matches!(registered(&app, Role::FilingClerk, late), Err(Problem::Refused(_))));
    assert!(matches!(registered(&app, Role::Auditor, first_visit("x")), Err(Problem::Forbidden)));
    assert_eq!(count(&app), (0, 0, 0));
}

async fn a_known_person_comes_again_about_the_same(app: TestApp) {
    let first = by_clerk(&app, first_visit("first"));
    let row = matter(&app, first);
    let known = app.read(move |conn| Ok(store::participants(conn, &row)?)).unwrap().remove(0).petitioner_id;
    app.at("2026-12-03 10:00");
    let mut again = visit("again", Who::Known(known), About::Existing(first.matter_id));
    again.happened_at = crate::support::court_time("2026-12-03 10:00");
    again.contact_summary = "问执行进展。".into();
    let second = by_clerk(&app, again);
    assert_eq!(second.matter_id, first.matter_id);
    let contact: tingsong::matters::types::Contact =
        app.read(move |conn| Ok(contacts::table.find(second.contact_id).first(conn)?)).unwrap();
    assert_eq!((contact.nth, contact.interval_days), (2, Some(10)));
    assert!(!contact.is_first() && !contact.is_group());
    assert_eq!(matter(&app, first).contact_count, 2);
}

async fn what_is_not_this_courts_ends_with_a_guidance_sheet(app: TestApp) {
    let screening = Screening::NotThisCourt {
        authority: "石龙区人社局".into(),
        guidance: "地址：中心路8号。".into(),
    };
    let row = matter(&app, by_clerk(&app, screened(screening)));
    assert_eq!((row.stage, row.close_reason), (Stage::Closed, Some(CloseReason::NotAccepted)));
    assert!(row.next_due_on.is_none() && row.closed_at.is_some());
    let reply: String = app.read(|conn| Ok(replies::table.select(replies::text).first(conn)?)).unwrap();
    assert!(reply.contains("石龙区人社局"), "{reply}");
}

async fn what_belongs_in_litigation_goes_to_the_head_of_filing(app: TestApp) {
    let entered = screened(Screening::InLitigation(Track::Filing, None));
    let nobody = registered(&app, Role::FilingClerk, entered.clone());
    assert!(matches!(nobody, Err(Problem::Refused(_))), "the test court has no head of filing yet");
    assert_eq!(count(&app), (0, 0, 0));
    let head = app.person(Role::DivisionHead);
    let filing = app.court.divisions.iter().find(|(kind, _)| *kind == DivisionKind::Filing).unwrap().1;
    app.write(move |conn| {
        use tingsong::schema::staff;
        diesel::update(staff::table.find(head)).set(staff::division_id.eq(filing)).execute(conn)?;
        Ok(())
    })
    .unwrap();
    let row = matter(&app, by_clerk(&app, entered));
    assert_eq!((row.stage, row.accountable_id), (Stage::InLitigation, head));
    // 民诉法126: seven days.
    assert_eq!(row.next_due_on.unwrap().to_string(), "2026-11-30");
}

async fn an_answer_on_the_spot_ends_the_matter_with_a_reply(app: TestApp) {
    let screening =
        Screening::AnsweredOnTheSpot { answer: "已说明二审上诉期限和递交地点。".into() };
    let row = matter(&app, by_clerk(&app, screened(screening)));
    assert_eq!(row.close_reason, Some(CloseReason::AnsweredOnTheSpot));
    let replies: i64 = app.read(|conn| Ok(replies::table.count().get_result(conn)?)).unwrap();
    assert_eq!(replies, 1);
}

async fn screening_later_moves_it_on_once(app: TestApp) {
    let made = by_clerk(&app, first_visit("later"));
    let act = app.act(Role::PetitionOfficer);
    let accept = move |version| {
        let act = act.clone();
        move |conn: &mut tingsong::db::Conn| screen(conn, &act, made.matter_id, version, &Screening::Accepted)
    };
    assert!(matches!(app.write(accept(7)), Err(Problem::Stale)));
    app.write(accept(0)).unwrap();
    let row = matter(&app, made);
    assert_eq!((row.stage, row.version), (Stage::Handling, 1));
    // 首次约谈五日: Saturday 28 November rolls to Monday.
    assert_eq!(row.next_due_on.unwrap().to_string(), "2026-11-30");
    assert!(matches!(app.write(accept(1)), Err(Problem::Refused(_))));
}

async fn a_letter_starts_the_notice_clock_and_a_visit_meets_it(app: TestApp) {
    let running = |app: &TestApp, made: Registered| {
        let clocks = app.read(move |conn| tingsong::deadlines::of_matter(conn, made.matter_id.0)).unwrap();
        clocks
            .into_iter()
            .filter(|(c, _)| c.code == tingsong::deadlines::Code::FirstNotice)
            .map(|(c, _)| c.met_on.is_none())
            .collect::<Vec<_>>()
    };
    let visited = by_clerk(&app, first_visit("visit"));
    let letter = by_clerk(&app, Registration { channel: Channel::Letter, ..first_visit("letter") });
    assert_eq!(running(&app, visited), [false]);
    assert_eq!(running(&app, letter), [true]);
}

async fn an_anonymous_letter_is_registered_and_owed_no_notice(app: TestApp) {
    let who = Who::New(Box::new(PetitionerDetails::anonymous()));
    let entered = visit("anonymous", who, About::New(Box::new(new_matter())));
    let made = by_clerk(&app, Registration { channel: Channel::Letter, ..entered });
    let row = matter(&app, made);
    assert!(row.anonymous && row.petitioner_line == "匿名");
    let clocks = app.read(move |conn| tingsong::deadlines::of_matter(conn, made.matter_id.0)).unwrap();
    assert!(clocks.iter().all(|(clock, _)| clock.code != tingsong::deadlines::Code::FirstNotice));
    assert!(row.next_due_on.is_some());
}

async fn whoever_is_complained_of_never_sees_it(app: TestApp) {
    let judge = app.person(Role::Handler);
    let mut new = new_matter();
    new.complained_of = vec![judge];
    new.division_id = Some(app.court.divisions[1].1);
    let who = Who::New(Box::new(person("王桂兰", &id_number("41040419680809", 4), "13800009999")));
    let made = by_clerk(&app, visit("conduct", who, About::New(Box::new(new))));
    assert_eq!(matter(&app, made).accountable_id, app.person(Role::Inspector));
    for (role, sees) in [
        (Role::Handler, false),
        (Role::DivisionHead, false),
        (Role::PetitionOfficer, false),
        (Role::FilingClerk, true),
        (Role::Inspector, true),
        (Role::President, true),
        (Role::Auditor, false),
    ] {
        let scope = app.act(role).by.scope;
        let found = app.read(move |conn| Ok(store::find(conn, &scope, made.matter_id).optional()?)).unwrap();
        assert_eq!(found.is_some(), sees, "{role:?}");
    }
}

async fn many_at_once_all_get_through(app: TestApp) {
    std::thread::scope(|scope| {
        for thread in 0..6 {
            let app = &app;
            scope.spawn(move || {
                for n in 0..5 {
                    by_clerk(app, first_visit(&format!("{thread}-{n}")));
                }
            });
        }
    });
    let mut numbers: Vec<i64> = app.read(|conn| Ok(matters::table.select(matters::seq).load(conn)?)).unwrap();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=30).collect::<Vec<i64>>());
}

async fn what_was_registered_is_found_by_search(app: TestApp) {
    let made = by_clerk(&app, first_visit("found"));
    for typed in ["名下有车", "执行", "张建国", "zjg", "zhangjianguo", "0001号", "石法访〔2026〕0001号"]
    {
        let typed = tingsong::search::Typed::read(typed).unwrap();
        let found = app.read(move |conn| Ok(tingsong::search::query(conn, &typed, None, 10)?)).unwrap();
        let found: Vec<i64> = found.iter().map(|hit| hit.id).collect();
        assert_eq!(found, [made.matter_id.0]);
    }
}

async fn each_role_lists_only_what_it_may_see(app: TestApp) {
    by_clerk(&app, first_visit("listed"));
    for (role, seen) in [
        (Role::FilingClerk, 1),
        (Role::PetitionOfficer, 1),
        (Role::VicePresident, 1),
        (Role::Handler, 0),
        (Role::Finance, 0),
        (Role::Sysadmin, 0),
        (Role::Auditor, 0),
    ] {
        let scope = app.act(role).by.scope;
        let (newest, due, contacts) = app
            .read(move |conn| {
                let filter = tingsong::matters::types::MatterFilter::default();
                Ok((
                    store::matters_newest(conn, &scope, &filter, None, 10)?.len(),
                    store::matters_by_due(conn, &scope, &filter, None, 10)?.len(),
                    store::contacts(
                        conn,
                        &scope,
                        &tingsong::matters::types::ContactFilter::default(),
                        None,
                        10,
                    )?
                    .len(),
                ))
            })
            .unwrap();
        assert_eq!((newest, due, contacts), (seen, seen, seen), "{role:?}");
    }
}
