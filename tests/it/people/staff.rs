//! Staff come, change and leave; roles and portfolios.

use super::*;

on_both_databases! {
    nobody_leaves_with_open_matters,
    roles_take_effect_at_once_and_only_the_security_administrator_gives_them,
    a_portfolio_passes_on_and_decides_who_supervises,
    staff_of_another_court_are_not_there,
    what_a_person_edits_is_what_they_looked_at,
    a_list_of_staff_is_narrowed_and_goes_on,
    the_trail_of_all_this_holds,
}

async fn nobody_leaves_with_open_matters(app: TestApp) {
    let handler = app.person(Role::Handler);
    let court = app.court.id;
    let now = app.app.moment();
    app.write(move |conn| {
        db_open_matter(conn, court, handler, now);
        Ok(())
    })
    .unwrap();
    let act = app.act(Role::Sysadmin);
    let refused = app.write(move |conn| actions::deactivate_staff(conn, &act, handler, 0));
    let Err(Problem::Refused(sentence)) = refused else { panic!("{refused:?}") };
    assert!(sentence.contains("责任人 1 项"), "{sentence}");
}

fn db_open_matter(
    conn: &mut tingsong::db::Conn,
    court: people::CourtId,
    accountable: StaffId,
    now: tingsong::time::Moment,
) {
    use schema::matters;
    diesel::insert_into(matters::table)
        .values((
            (
                matters::id.eq(1_i64),
                matters::court_id.eq(court),
                matters::kind.eq("petition"),
                matters::number.eq("石法访〔2026〕0001号"),
                matters::year.eq(2026_i64),
                matters::seq.eq(1_i64),
                matters::petitioner_line.eq("张三"),
                matters::anonymous.eq(false),
                matters::category_code.eq("other"),
                matters::case_stage.eq("trial"),
                matters::claim.eq("答复"),
                matters::summary.eq("不服判决"),
                matters::conduct.eq(false),
            ),
            (
                matters::stage.eq("handling"),
                matters::first_receiver_id.eq(accountable),
                matters::accountable_id.eq(accountable),
                matters::received_at.eq(now.utc()),
                matters::registered_at.eq(now.utc()),
                matters::next_due_on.eq(now.today()),
                matters::contact_count.eq(1_i64),
                matters::last_contact_at.eq(now.utc()),
                matters::people_count.eq(1_i64),
                matters::query_code.eq("x"),
                matters::version.eq(1_i64),
            ),
        ))
        .execute(conn)
        .unwrap();
}

async fn roles_take_effect_at_once_and_only_the_security_administrator_gives_them(app: TestApp) {
    let (id, one_time) = enter(&app, "hexin", &[Role::Handler]);
    let hash = token_hash(&sign_in(&app, "hexin", &one_time));
    let wanted = [Role::DutyOfficer, Role::FilingClerk];
    for refused in [Role::Sysadmin, Role::Auditor, Role::President] {
        let act = app.act(refused);
        let outcome = app.write(move |conn| actions::assign_roles(conn, &act, id, 1, &wanted));
        assert!(matches!(outcome, Err(Problem::Forbidden)), "{refused:?}: {outcome:?}");
    }
    let act = app.act(Role::SecurityAdmin);
    app.write(move |conn| actions::assign_roles(conn, &act, id, 1, &wanted)).unwrap();
    let Presence::Here(here) = present(&app, &hash) else { panic!("signed out") };
    assert_eq!(here.actor.roles, [Role::FilingClerk, Role::DutyOfficer]);
    assert_eq!(here.actor.scope.rows, Rows::Court);

    let security = app.person(Role::SecurityAdmin);
    let act = app.act(Role::SecurityAdmin);
    let own = app.write(move |conn| actions::assign_roles(conn, &act, security, 0, &[Role::Auditor]));
    assert!(matches!(own, Err(Problem::Refused(_))), "{own:?}");
    let act = app.act(Role::SecurityAdmin);
    let both =
        app.write(move |conn| actions::assign_roles(conn, &act, id, 2, &[Role::Auditor, Role::Handler]));
    assert!(matches!(both, Err(Problem::Refused(_))), "{both:?}");

    let (act, new) = (app.act(Role::Sysadmin), newcomer(&app, "another", &[Role::President]));
    let crowned = app.write(move |conn| actions::add_staff(conn, &act, &new, &OneTime::new().unwrap()));
    assert!(matches!(crowned, Err(Problem::Forbidden)), "{crowned:?}");
}

async fn a_portfolio_passes_on_and_decides_who_supervises(app: TestApp) {
    let civil = app.court.divisions.iter().find(|(kind, _)| *kind == DivisionKind::Civil).unwrap().1;
    let (vice, president) = (app.person(Role::VicePresident), app.person(Role::President));
    let (court, today) = (app.court.id, app.app.moment().today());
    let on = |day: &str| {
        let day = day.parse().unwrap();
        app.read(|conn| Ok(people::supervising_leader(conn, court, Some(civil), day, &[])?)).unwrap()
    };
    assert_eq!(on("2026-11-23"), Some(vice), "in charge of petitions");

    let act = app.act(Role::SecurityAdmin);
    app.write(move |conn| actions::set_portfolio(conn, &act, president, Charge::Division(civil), today))
        .unwrap();
    assert_eq!(on("2026-11-23"), Some(president));

    let act = app.act(Role::SecurityAdmin);
    let december = "2026-12-01".parse().unwrap();
    app.write(move |conn| actions::set_portfolio(conn, &act, vice, Charge::Division(civil), december))
        .unwrap();
    assert_eq!((on("2026-11-30"), on("2026-12-01")), (Some(president), Some(vice)));

    let head = app.person(Role::DivisionHead);
    let act = app.act(Role::SecurityAdmin);
    let refused =
        app.write(move |conn| actions::set_portfolio(conn, &act, head, Charge::Petitions, december));
    assert!(matches!(refused, Err(Problem::Refused(_))), "{refused:?}");

    let leaders = app.read(|conn| Ok(people::leaders(conn, court)?)).unwrap();
    assert_eq!(leaders.iter().map(|one| one.id).collect::<Vec<_>>(), [president, vice]);
    let filing = app.read(|conn| Ok(people::head_of(conn, court, DivisionKind::Filing)?)).unwrap();
    assert_eq!(filing, None);
    let civil_head = app.read(|conn| Ok(people::head_of(conn, court, DivisionKind::Civil)?)).unwrap();
    assert_eq!(civil_head.map(|one| one.id), Some(head));
    let officers = app.read(|conn| Ok(people::petition_officers(conn, court)?)).unwrap();
    assert_eq!(officers.iter().map(|one| one.id).collect::<Vec<_>>(), [app.person(Role::PetitionOfficer)]);
}

async fn staff_of_another_court_are_not_there(app: TestApp) {
    let act = operator(&app);
    let draft = actions::CourtDraft::new("豫04", "某市中级人民法院", "某中法", CourtLevel::Intermediate);
    let court = app.write(move |conn| actions::add_court(conn, &act, &draft)).unwrap();
    let act = operator(&app);
    let new = NewStaff { court_id: court, division_id: None, ..newcomer(&app, "farther", &[]) };
    let theirs =
        app.write(move |conn| actions::add_staff(conn, &act, &new, &OneTime::new().unwrap())).unwrap();
    let act = app.act(Role::Sysadmin);
    let left = app.write(move |conn| actions::deactivate_staff(conn, &act, theirs, 1));
    assert!(matches!(left, Err(Problem::NotFound)), "{left:?}");
    let act = app.act(Role::SecurityAdmin);
    let roles = app.write(move |conn| actions::assign_roles(conn, &act, theirs, 1, &[Role::Handler]));
    assert!(matches!(roles, Err(Problem::NotFound)), "{roles:?}");
}

async fn what_a_person_edits_is_what_they_looked_at(app: TestApp) {
    let clerk = app.person(Role::FilingClerk);
    let edit = |version| StaffEdit {
        version,
        division_id: None,
        name: "林小".into(),
        post: Post::Officer,
        rank: 2,
        mail: Some("lin@court.test".into()),
        telephone: None,
        expires_on: Some("2026-12-31".parse().unwrap()),
    };
    let (act, first) = (app.act(Role::Sysadmin), edit(0));
    app.write(move |conn| actions::edit_staff(conn, &act, clerk, &first)).unwrap();
    let (act, second) = (app.act(Role::Sysadmin), edit(0));
    let stale = app.write(move |conn| actions::edit_staff(conn, &act, clerk, &second));
    assert!(matches!(stale, Err(Problem::Stale)), "{stale:?}");
    let row: Staff = app.read(|conn| Ok(schema::staff::table.find(clerk).first(conn)?)).unwrap();
    assert_eq!((row.name.as_str(), row.version, row.mail_confirmed_at), ("林小", 1, None));
}

async fn a_list_of_staff_is_narrowed_and_goes_on(app: TestApp) {
    let (court, civil) = (app.court.id, app.court.divisions[1].1);
    let named = |filter: people::StaffFilter, after: Option<StaffId>, limit: i64| {
        let page = app.read(|conn| Ok(people::staff_page(conn, court, &filter, after, limit)?)).unwrap();
        page.into_iter().map(|(_, user)| user.unwrap()).collect::<Vec<_>>()
    };
    let all = people::StaffFilter::default();
    let first = named(all.clone(), None, 3);
    assert_eq!(first, ["clerk", "officer", "handler"]);
    assert_eq!(named(all, Some(StaffId(3)), 2), ["head", "vice"]);
    let in_civil = people::StaffFilter { division_id: Some(civil), ..Default::default() };
    assert_eq!(named(in_civil, None, 9), ["handler", "head", "assistant", "committee"]);
    for (text, found) in [("钱", "handler"), ("aidoff", "aidoffice")] {
        let filter = people::StaffFilter { text: text.into(), active: Some(true), ..Default::default() };
        assert_eq!(named(filter, None, 9), [found]);
    }
    let wild = people::StaffFilter { text: "%".into(), ..Default::default() };
    assert!(named(wild, None, 9).is_empty(), "a percent sign is a percent sign");
}

async fn the_trail_of_all_this_holds(app: TestApp) {
    let (id, one_time) = enter(&app, "hexin", &[]);
    sign_in(&app, "hexin", "Wrong-password-1");
    sign_in(&app, "hexin", &one_time);
    let filter =
        audit::Filter { subject: Some((audit::SubjectKind::Staff, Some(id.0))), ..audit::Filter::default() };
    let shown = app.read(|conn| Ok(audit::page(conn, &filter, None, 10)?)).unwrap();
    let told: Vec<&str> = shown.iter().map(|one| one.entry.action.as_str()).collect();
    assert_eq!(told, ["staff.signed_in", "staff.sign_in_failed", "staff.added"]);
    let said = format!("{shown:?}");
    assert!(!said.contains(&one_time) && !said.contains("Wrong-password-1"), "{said}");
}
