//! Accounts, sessions, staff, roles and portfolios.

use crate::support::{Answer, TestApp, on_both_databases};
use actix_web::test::TestRequest;
use diesel::prelude::*;
use tingsong::audit;
use tingsong::error::Problem;
use tingsong::people::actions::{self, Attempt, ChangeOutcome, Charge, NewStaff, PasswordChange};
use tingsong::people::actions::{SetUp, SetUpAdministrator, SignInOutcome, SignInRefusal, StaffEdit};
use tingsong::people::passwords::OneTime;
use tingsong::people::rules::{PasswordComplaint, SignInLimits};
use tingsong::people::sessions::{self, Presence};
use tingsong::people::types::{CourtLevel, Staff};
use tingsong::people::{self, Act, DivisionKind, Post, Role, Rows, StaffId};
use tingsong::schema;

on_both_databases! {
    somebody_new_signs_in_with_a_one_time_password_and_chooses_their_own,
    five_wrong_passwords_lock_an_account_and_it_does_not_tell_whether_there_is_one,
    the_right_password_waits_too_while_an_account_is_locked,
    a_one_time_password_lapses_after_a_week,
    a_session_lapses_by_time_and_is_nobodys_once_it_is_ended,
    who_leaves_is_signed_out_and_cannot_come_back,
    nobody_leaves_with_open_matters,
    roles_take_effect_at_once_and_only_the_security_administrator_gives_them,
    a_portfolio_passes_on_and_decides_who_supervises,
    staff_of_another_court_are_not_there,
    what_a_person_edits_is_what_they_looked_at,
    old_sessions_are_forgotten_and_large_type_is_not,
    a_list_of_staff_is_narrowed_and_goes_on,
    the_trail_of_all_this_holds,
    a_person_signs_in_on_the_page_and_goes_where_they_wanted,
    a_wrong_password_is_told_in_words_and_the_name_is_kept,
    nothing_is_open_before_a_one_time_password_is_changed,
    sessions_on_other_machines_are_ended_from_ones_own_page,
    the_system_administrator_enters_somebody_and_sees_the_password_once,
    a_wrong_form_about_somebody_comes_back_with_what_was_typed,
    the_security_administrator_gives_roles_and_opens_accounts,
    portfolios_divisions_and_the_court_are_kept_on_their_pages,
    everyone_may_read_the_permission_table,
    the_first_run_page_is_gone_once_there_is_staff,
}

const LIMITS: fn() -> SignInLimits = SignInLimits::default;

/// Signs in as at the page, from an address of their own.
fn sign_in(app: &TestApp, user: &str, password: &str) -> SignInOutcome {
    let attempt = Attempt {
        user_name: user.into(),
        password: password.into(),
        address: format!("10.0.0.{}", user.len()),
        agent: "Firefox".into(),
    };
    actions::sign_in(app.app.database(), app.app.keys(), app.app.moment(), &LIMITS(), attempt).unwrap()
}

fn token_hash(outcome: &SignInOutcome) -> String {
    match outcome {
        SignInOutcome::In { token, .. } => tingsong::crypto::sm3_hex(token.as_bytes()),
        SignInOutcome::Refused(refusal) => panic!("not let in: {refusal}"),
    }
}

fn present(app: &TestApp, hash: &str) -> Presence {
    let now = app.app.moment();
    app.read(|conn| sessions::present(conn, hash, now, &LIMITS())).unwrap()
}

fn operator(app: &TestApp) -> Act {
    app.app.system_act("命令行")
}

fn newcomer(app: &TestApp, user: &str, roles: &[Role]) -> NewStaff {
    NewStaff {
        court_id: app.court.id,
        division_id: Some(app.court.divisions[0].1),
        name: "何欣".into(),
        post: Post::Judge,
        rank: 3,
        mail: None,
        telephone: None,
        user_name: user.into(),
        roles: roles.to_vec(),
        expires_on: None,
    }
}

/// Enters somebody and returns their one-time password.
fn enter(app: &TestApp, user: &str, roles: &[Role]) -> (StaffId, String) {
    let (act, new, password) = (operator(app), newcomer(app, user, roles), OneTime::new().unwrap());
    let shown = password.shown.clone();
    let id = app.write(move |conn| actions::add_staff(conn, &act, &new, &password)).unwrap();
    (id, shown)
}

fn change(app: &TestApp, staff: StaffId, outcome: &SignInOutcome, old: &str, new: &str) -> ChangeOutcome {
    let SignInOutcome::In { session_id, .. } = outcome else { panic!("not signed in") };
    let typed = PasswordChange { old: old.into(), new: new.into(), repeated: new.into() };
    actions::change_password(app.app.database(), &app.act_of(staff), &LIMITS(), *session_id, &typed).unwrap()
}

async fn somebody_new_signs_in_with_a_one_time_password_and_chooses_their_own(app: TestApp) {
    let (id, one_time) = enter(&app, "hexin", &[Role::Handler]);
    let first = sign_in(&app, " HeXin ", &one_time);
    assert!(matches!(first, SignInOutcome::In { must_change: true, .. }), "{first:?}");
    let second = sign_in(&app, "hexin", &one_time);

    assert_eq!(change(&app, id, &first, "wrong", "Kestrel-42"), ChangeOutcome::WrongOld);
    assert_eq!(
        change(&app, id, &first, &one_time, "My-HeXin-42"),
        ChangeOutcome::Weak(vec![PasswordComplaint::HoldsUserName])
    );
    assert_eq!(
        change(&app, id, &first, &one_time, &one_time),
        ChangeOutcome::Weak(vec![PasswordComplaint::UsedBefore])
    );
    assert_eq!(change(&app, id, &first, &one_time, "Kestrel-42"), ChangeOutcome::Changed);

    assert_eq!(present(&app, &token_hash(&second)), Presence::Nobody, "other sessions end");
    let Presence::Here(here) = present(&app, &token_hash(&first)) else { panic!("signed out") };
    assert_eq!((here.must_change, here.user_name.as_str()), (false, "hexin"));
    assert_eq!((here.actor.scope.rows, here.court_name.as_str()), (Rows::Own, "石龙区人民法院"));

    for n in 43..47 {
        let (old, new) = (format!("Kestrel-{}", n - 1), format!("Kestrel-{n}"));
        assert_eq!(change(&app, id, &first, &old, &new), ChangeOutcome::Changed);
    }
    assert_eq!(
        change(&app, id, &first, "Kestrel-46", "Kestrel-42"),
        ChangeOutcome::Weak(vec![PasswordComplaint::UsedBefore]),
        "the fifth last"
    );
    assert_eq!(change(&app, id, &first, "Kestrel-46", "Kestrel-47"), ChangeOutcome::Changed);
    assert_eq!(
        change(&app, id, &first, "Kestrel-47", "Kestrel-42"),
        ChangeOutcome::Changed,
        "the sixth last"
    );
    assert!(matches!(sign_in(&app, "hexin", &one_time), SignInOutcome::Refused(_)));
}

async fn five_wrong_passwords_lock_an_account_and_it_does_not_tell_whether_there_is_one(app: TestApp) {
    let (id, one_time) = enter(&app, "hexin", &[]);
    let mut refusals = Vec::new();
    for user in ["hexin", "nobody1"] {
        let tries: Vec<SignInOutcome> = (0..6).map(|_| sign_in(&app, user, "Wrong-password-1")).collect();
        refusals.push(tries);
    }
    assert_eq!(refusals[0], refusals[1]);
    assert_eq!(refusals[0][0], SignInOutcome::Refused(SignInRefusal::Wrong { left: 4 }));
    let until = crate::support::court_time("2026-11-23 09:15");
    assert_eq!(refusals[0][4], SignInOutcome::Refused(SignInRefusal::Locked { until }));
    assert_eq!(refusals[0][5], SignInOutcome::Refused(SignInRefusal::Locked { until }));

    let act = app.act(Role::Sysadmin);
    let refused = app.write(move |conn| actions::unlock(conn, &act, id));
    assert!(matches!(refused, Err(Problem::Forbidden)), "{refused:?}");
    let act = app.act(Role::SecurityAdmin);
    app.write(move |conn| actions::unlock(conn, &act, id)).unwrap();
    assert!(matches!(sign_in(&app, "hexin", &one_time), SignInOutcome::In { .. }));
}

async fn the_right_password_waits_too_while_an_account_is_locked(app: TestApp) {
    let (_, one_time) = enter(&app, "hexin", &[]);
    for _ in 0..5 {
        sign_in(&app, "hexin", "Wrong-password-1");
    }
    app.at("2026-11-23 09:14");
    assert!(matches!(
        sign_in(&app, "hexin", &one_time),
        SignInOutcome::Refused(SignInRefusal::Locked { .. })
    ));
    app.at("2026-11-23 09:15");
    assert!(matches!(sign_in(&app, "hexin", &one_time), SignInOutcome::In { .. }));
}

async fn a_one_time_password_lapses_after_a_week(app: TestApp) {
    let (id, one_time) = enter(&app, "hexin", &[]);
    app.at("2026-11-30 09:00");
    assert_eq!(sign_in(&app, "hexin", &one_time), SignInOutcome::Refused(SignInRefusal::OneTimeLapsed));
    let (act, password) = (app.act(Role::Sysadmin), OneTime::new().unwrap());
    let shown = password.shown.clone();
    app.write(move |conn| actions::reset_password(conn, &act, id, &password)).unwrap();
    assert!(matches!(sign_in(&app, "hexin", &shown), SignInOutcome::In { must_change: true, .. }));

    let auditor = app.person(Role::Auditor);
    let (act, password) = (app.act(Role::Sysadmin), OneTime::new().unwrap());
    let refused = app.write(move |conn| actions::reset_password(conn, &act, auditor, &password));
    assert!(matches!(refused, Err(Problem::Refused(_))), "one administrator gets at another: {refused:?}");
}

async fn a_session_lapses_by_time_and_is_nobodys_once_it_is_ended(app: TestApp) {
    let (id, one_time) = enter(&app, "hexin", &[Role::FilingClerk]);
    let outcome = sign_in(&app, "hexin", &one_time);
    let SignInOutcome::In { session_id, .. } = outcome else { panic!("{outcome:?}") };
    let hash = token_hash(&outcome);
    app.at("2026-11-23 09:29");
    assert!(matches!(present(&app, &hash), Presence::Here(_)));
    let now = app.app.moment();
    app.app.database().touch(move |conn| sessions::seen(conn, session_id, now)).unwrap();
    app.at("2026-11-23 09:58");
    assert!(matches!(present(&app, &hash), Presence::Here(_)));
    app.at("2026-11-23 09:59");
    assert_eq!(present(&app, &hash), Presence::Lapsed { staff_id: id });
    assert_eq!(present(&app, "no such token"), Presence::Nobody);

    let again = sign_in(&app, "hexin", &one_time);
    let SignInOutcome::In { session_id, .. } = again else { panic!("{again:?}") };
    let now = app.app.moment();
    let open = app.read(|conn| sessions::list_of(conn, id, now, &LIMITS())).unwrap();
    assert_eq!(open.len(), 1, "the lapsed one is not listed");
    let act = app.act_of(id);
    app.write(move |conn| actions::sign_out(conn, &act, session_id)).unwrap();
    assert_eq!(present(&app, &token_hash(&again)), Presence::Nobody);
}

async fn who_leaves_is_signed_out_and_cannot_come_back(app: TestApp) {
    let (id, one_time) = enter(&app, "hexin", &[Role::Handler]);
    let hash = token_hash(&sign_in(&app, "hexin", &one_time));
    let act = app.act(Role::Sysadmin);
    app.write(move |conn| actions::deactivate_staff(conn, &act, id, 1)).unwrap();
    assert_eq!(present(&app, &hash), Presence::Nobody);
    assert_eq!(sign_in(&app, "hexin", &one_time), SignInOutcome::Refused(SignInRefusal::Closed));

    let (act, password) = (app.act(Role::Sysadmin), OneTime::new().unwrap());
    let shown = password.shown.clone();
    app.write(move |conn| actions::reactivate_staff(conn, &act, id, 2, &password)).unwrap();
    assert!(matches!(sign_in(&app, "hexin", &shown), SignInOutcome::In { .. }));

    let auditor = app.person(Role::Auditor);
    let act = app.act(Role::Sysadmin);
    let refused = app.write(move |conn| actions::deactivate_staff(conn, &act, auditor, 0));
    assert!(matches!(refused, Err(Problem::Refused(_))), "the last auditor left: {refused:?}");
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
    assert!(sentence.contains("1 件未办结"), "{sentence}");
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
        app.read(|conn| Ok(people::supervising_leader(conn, court, Some(civil), day)?)).unwrap()
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

async fn old_sessions_are_forgotten_and_large_type_is_not(app: TestApp) {
    let (id, one_time) = enter(&app, "hexin", &[]);
    sign_in(&app, "hexin", &one_time);
    app.at("2026-11-23 09:01");
    let second = sign_in(&app, "hexin", &one_time);
    let SignInOutcome::In { session_id, .. } = second else { panic!("{second:?}") };
    app.write(move |conn| actions::set_large_type(conn, session_id, true)).unwrap();
    app.at("2026-11-29 09:00");
    let now = app.app.moment();
    assert_eq!(app.write(move |conn| sessions::forget_old(conn, now, 5)).unwrap(), 1);
    let third = sign_in(&app, "hexin", &one_time);
    let Presence::Here(here) = present(&app, &token_hash(&third)) else { panic!("{third:?}") };
    assert!(here.large_type && here.actor.staff_id == Some(id));
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

#[test]
fn the_first_run_makes_a_court_and_three_people_once() {
    let database = crate::support::TestDatabase::sqlite();
    tingsong::db::migrate(&database.url).unwrap();
    let pool = tingsong::db::Database::open(&database.url, std::sync::Arc::new(())).unwrap();
    let keys = std::sync::Arc::new(tingsong::crypto::Keys::for_tests());
    let act = Act::system("首次设置", crate::support::monday_morning(), keys.clone());
    let who = |name: &str, user: &str| SetUpAdministrator { name: name.into(), user_name: user.into() };
    let draft = SetUp {
        court: actions::CourtDraft::new("豫0404", "石龙区人民法院", "石法", CourtLevel::Basic),
        sysadmin: who("蒋一", "jiangyi"),
        security_admin: who("沈二", "shener"),
        auditor: who("韩三", "hansan"),
    };
    let passwords = || [(); 3].map(|()| OneTime::new().unwrap());
    let one_person = SetUp { auditor: who("蒋一", "hansan"), ..draft.clone() };
    let (first, three) = (act.clone(), passwords());
    let refused = pool.write(move |conn| actions::set_up(conn, &first, &one_person, &three));
    assert!(matches!(refused, Err(Problem::Refused(_))), "{refused:?}");

    let (first, three, good) = (act.clone(), passwords(), draft.clone());
    let shown = three[1].shown.clone();
    pool.write(move |conn| actions::set_up(conn, &first, &good, &three)).unwrap();
    let attempt = Attempt {
        user_name: "shener".into(),
        password: shown,
        address: "10.0.0.1".into(),
        agent: String::new(),
    };
    let now = crate::support::monday_morning();
    let outcome = actions::sign_in(&pool, &keys, now, &LIMITS(), attempt).unwrap();
    assert!(matches!(outcome, SignInOutcome::In { must_change: true, .. }), "{outcome:?}");

    let three = passwords();
    let again = pool.write(move |conn| actions::set_up(conn, &act, &draft, &three));
    assert!(matches!(again, Err(Problem::Refused(_))), "{again:?}");
}

#[test]
fn the_set_up_code_is_made_once_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    assert!(!actions::is_setup_code(dir.path(), "").unwrap());
    let code = actions::setup_code(dir.path()).unwrap();
    assert_eq!(actions::setup_code(dir.path()).unwrap(), code);
    let mode = std::fs::metadata(dir.path().join("setup-code")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(actions::is_setup_code(dir.path(), &format!(" {code} ")).unwrap());
    assert!(!actions::is_setup_code(dir.path(), "").unwrap());
    assert!(!actions::is_setup_code(dir.path(), "guess").unwrap());
    actions::forget_setup_code(dir.path()).unwrap();
    actions::forget_setup_code(dir.path()).unwrap();
    assert!(!actions::is_setup_code(dir.path(), &code).unwrap());
}

/// Sends the sign-in form as a browser does: the page first, then the form with its token and cookie.
async fn sign_in_on_page(app: &TestApp, user: &str, password: &str, next: &str) -> Answer {
    let page = app.get_as_stranger("/sign-in").await;
    let cookie = page.headers["set-cookie"].split(';').next().unwrap().to_owned();
    let csrf = page.html.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let fields = [("user_name", user), ("password", password), ("next", next), ("csrf", csrf)];
    app.call(TestRequest::post().uri("/sign-in").insert_header(("cookie", cookie)).set_form(fields)).await
}

/// A page or form with the session that signing in gave.
async fn with_session(app: &TestApp, signed_in: &Answer, request: TestRequest) -> Answer {
    let cookie = signed_in.headers["set-cookie"].split(';').next().unwrap().to_owned();
    app.call(request.insert_header(("cookie", cookie))).await
}

async fn a_person_signs_in_on_the_page_and_goes_where_they_wanted(app: TestApp) {
    let (id, one_time) = enter(&app, "hexin", &[Role::Handler]);
    let first = sign_in(&app, "hexin", &one_time);
    assert_eq!(change(&app, id, &first, &one_time, "Kestrel-42"), ChangeOutcome::Changed);

    let page = app.get_as_stranger("/sign-in?next=%2Faccount").await;
    page.is(200).says(&["用户名", "密码", "value=\"/account\""]);
    let done = sign_in_on_page(&app, "hexin", "Kestrel-42", "/account").await;
    assert_eq!(done.is(303).location.as_deref(), Some("/account"));
    let cookie = &done.headers["set-cookie"];
    assert!(cookie.starts_with("tingsong=") && cookie.contains("HttpOnly"), "{cookie}");
    assert!(cookie.contains("SameSite=Strict"), "{cookie}");
    with_session(&app, &done, TestRequest::get().uri("/account")).await.is(200).says(&[
        "何欣",
        "承办人",
        "这次登录",
    ]);

    let elsewhere = sign_in_on_page(&app, "hexin", "Kestrel-42", "//evil.example").await;
    assert_eq!(elsewhere.location.as_deref(), Some("/"));
}

async fn a_wrong_password_is_told_in_words_and_the_name_is_kept(app: TestApp) {
    let wrong = sign_in_on_page(&app, "clerk", "Wrong-password-1", "/").await;
    wrong
        .is(422)
        .says(&["用户名或密码不正确", "再错 4 次", "value=\"clerk\""])
        .does_not_say(&["Wrong-password-1"]);
    for _ in 0..4 {
        sign_in_on_page(&app, "clerk", "Wrong-password-1", "/").await;
    }
    sign_in_on_page(&app, "clerk", "Wrong-password-1", "/").await.is(422).says(&["锁定到 09:15"]);
}

async fn nothing_is_open_before_a_one_time_password_is_changed(app: TestApp) {
    let (_, one_time) = enter(&app, "hexin", &[Role::Handler]);
    let done = sign_in_on_page(&app, "hexin", &one_time, "/account").await;
    assert_eq!(done.location.as_deref(), Some("/password"));
    let kept = with_session(&app, &done, TestRequest::get().uri("/account")).await;
    assert_eq!(kept.is(303).location.as_deref(), Some("/password"));
    let page = with_session(&app, &done, TestRequest::get().uri("/password")).await;
    page.is(200).says(&["请先设置自己的新密码"]);
    let csrf =
        page.html.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let send = |new: &'static str| {
        let fields = [
            ("old", one_time.clone()),
            ("new", new.into()),
            ("repeated", new.into()),
            ("csrf", csrf.clone()),
        ];
        TestRequest::post().uri("/password").set_form(fields)
    };
    with_session(&app, &done, send("short")).await.is(422).says(&["密码太短", "密码太简单"]);
    with_session(&app, &done, send("Kestrel-42")).await.is(303);
    with_session(&app, &done, TestRequest::get().uri("/account")).await.is(200);
}

async fn sessions_on_other_machines_are_ended_from_ones_own_page(app: TestApp) {
    let clerk = app.person(Role::FilingClerk);
    app.token(clerk);
    let now = app.app.moment();
    for n in 0..2 {
        app.write(move |conn| {
            sessions::open(conn, now, clerk, &format!("hash {n}"), "10.0.0.9", "Firefox/1")
        })
        .unwrap();
    }
    app.get(Role::FilingClerk, "/account").await.says(&["10.0.0.9", "Firefox", "退出其他所有登录"]);
    app.post(Role::FilingClerk, "/account/end-others", &[]).await.is(303);
    app.get(Role::FilingClerk, "/account").await.is(200).does_not_say(&["10.0.0.9"]);
    app.post(Role::FilingClerk, "/type-size", &[("large", "1")]).await.is(303);
    app.get(Role::FilingClerk, "/account").await.says(&["data-type=\"large\""]);
    app.post(Role::FilingClerk, "/sign-out", &[]).await.is(303);
    app.get(Role::FilingClerk, "/account").await.is(303);
}

const NEW: [(&str, &str); 9] = [
    ("version", "0"),
    ("user_name", "hexin"),
    ("name", "何欣"),
    ("division", "2"),
    ("post", "judge"),
    ("rank", "1"),
    ("mail", ""),
    ("telephone", ""),
    ("expires_on", ""),
];

async fn the_system_administrator_enters_somebody_and_sees_the_password_once(app: TestApp) {
    let page = app.post(Role::Sysadmin, "/settings/staff", &NEW).await;
    page.is(200).says(&["何欣", "hexin", "只显示这一次"]);
    let password = page.html.split("<code>").nth(1).unwrap().split('<').next().unwrap();
    assert!(matches!(sign_in(&app, "hexin", password), SignInOutcome::In { must_change: true, .. }));

    app.get(Role::Sysadmin, "/settings/staff").await.is(200).says(&["hexin", "民事审判庭"]);
    let found = [("text", "何"), ("division", ""), ("state", "active")];
    app.post(Role::Sysadmin, "/settings/staff/search", &found)
        .await
        .is(200)
        .says(&["hexin"])
        .does_not_say(&["aidoffice"]);
    app.get(Role::Sysadmin, "/settings/staff/7").await.is(200).says(&["值班吴用", "重置密码", "停用"]);
    app.post(Role::Sysadmin, "/settings/staff/7/reset-password", &[("version", "0")])
        .await
        .is(200)
        .says(&["一次性密码"]);
    app.post(Role::Sysadmin, "/settings/staff/7/deactivate", &[("version", "0")]).await.is(303);
    app.get(Role::Sysadmin, "/settings/staff/7").await.says(&["恢复使用"]);
    app.post(Role::Sysadmin, "/settings/staff/7/reactivate", &[("version", "1")])
        .await
        .is(200)
        .says(&["一次性密码"]);
    app.get(Role::Sysadmin, "/settings/staff/16").await.is(200).does_not_say(&["/reset-password\""]);
    app.get(Role::Sysadmin, "/settings/staff/77").await.is(404);
}

async fn a_wrong_form_about_somebody_comes_back_with_what_was_typed(app: TestApp) {
    let mut wrong = NEW;
    wrong[1] = ("user_name", "clerk");
    app.post(Role::Sysadmin, "/settings/staff", &wrong)
        .await
        .is(422)
        .says(&["已经有人使用", "value=\"何欣\""]);
    wrong[6] = ("mail", "no mail");
    app.post(Role::Sysadmin, "/settings/staff/3", &wrong).await.is(422).says(&["邮箱地址不正确", "no mail"]);
    wrong[6] = ("mail", "");
    app.post(Role::Sysadmin, "/settings/staff/3", &wrong).await.is(303);
    app.post(Role::Sysadmin, "/settings/staff/3", &wrong).await.is(409);
    app.get(Role::Sysadmin, "/settings/staff/3").await.says(&["value=\"何欣\""]);
}

async fn the_security_administrator_gives_roles_and_opens_accounts(app: TestApp) {
    let handler = "/settings/roles/3";
    app.get(Role::SecurityAdmin, "/settings/roles").await.is(200).says(&["法官钱进", "承办人"]);
    app.get(Role::SecurityAdmin, handler).await.is(200).says(&["保存角色", "锁定账号"]);
    let clash = [("version", "0"), ("roles", "handler"), ("roles", "auditor")];
    app.post(Role::SecurityAdmin, handler, &clash).await.is(422).says(&["不能由同一个人担任"]);
    let both = [("version", "0"), ("roles", "handler"), ("roles", "duty_officer")];
    app.post(Role::SecurityAdmin, handler, &both).await.is(303);
    app.get(Role::SecurityAdmin, "/settings/roles").await.says(&["承办人、值班员"]);
    app.post(Role::SecurityAdmin, handler, &[("version", "0"), ("roles", "handler")]).await.is(409);

    app.post(Role::SecurityAdmin, "/settings/roles/3/close", &[("version", "1")]).await.is(303);
    app.get(Role::SecurityAdmin, handler).await.says(&["解锁账号"]);
    app.post(Role::SecurityAdmin, "/settings/roles/3/unlock", &[("version", "1")]).await.is(303);
    app.get(Role::SecurityAdmin, handler).await.says(&["锁定账号"]);
    app.get(Role::SecurityAdmin, "/settings/roles/15").await.is(200).says(&["另一位安全管理员"]);
}

async fn portfolios_divisions_and_the_court_are_kept_on_their_pages(app: TestApp) {
    app.get(Role::SecurityAdmin, "/settings/portfolios").await.is(200).says(&["副院长李明", "信访工作"]);
    let over = [("staff", "6"), ("charge", "2"), ("from_on", "2026-11-23")];
    app.post(Role::SecurityAdmin, "/settings/portfolios", &over).await.is(303);
    app.get(Role::SecurityAdmin, "/settings/portfolios").await.says(&["院长赵正", "民事审判庭"]);
    let past = [("staff", "6"), ("charge", "petitions"), ("from_on", "2026-11-22")];
    app.post(Role::SecurityAdmin, "/settings/portfolios", &past).await.is(422).says(&["已经过去"]);
    app.post(Role::SecurityAdmin, "/settings/portfolios/1/end", &[("to_on", "2026-11-23")]).await.is(303);

    let division = [
        ("version", "0"),
        ("name", "刑事审判庭"),
        ("kind", "criminal"),
        ("telephone", ""),
        ("position", "7"),
        ("active", "1"),
    ];
    app.post(Role::Sysadmin, "/settings/divisions", &division).await.is(303);
    app.get(Role::Sysadmin, "/settings/divisions").await.is(200).says(&["刑事审判庭"]);
    app.post(Role::Sysadmin, "/settings/divisions", &division).await.is(422).says(&["同名的庭室"]);
    let closed =
        [("version", "0"), ("name", "民事审判庭"), ("kind", "civil"), ("telephone", ""), ("position", "2")];
    app.post(Role::Sysadmin, "/settings/divisions/2", &closed).await.is(422).says(&["在用人员"]);

    let court = [
        ("version", "0"),
        ("code", "豫0404"),
        ("name", "石龙区人民法院"),
        ("short_name", "石龙法"),
        ("level", "basic"),
        ("address", "中心路1号"),
        ("window_name", "信访窗口"),
        ("telephone", ""),
        ("number_pattern", "{short}访〔{year}〕{seq:4}号"),
        ("tier_preset", "strict"),
    ];
    app.post(Role::Sysadmin, "/settings/court", &court).await.is(303);
    app.get(Role::Sysadmin, "/settings/court").await.is(200).says(&["石龙法"]);
    let mut wrong = court;
    wrong[8] = ("number_pattern", "{seq}");
    app.post(Role::Sysadmin, "/settings/court", &wrong).await.is(422).says(&["信访编号的格式"]);
}

async fn everyone_may_read_the_permission_table(app: TestApp) {
    for role in [Role::FilingClerk, Role::Auditor] {
        app.get(role, "/settings/permissions").await.is(200).says(&["立案庭窗口", "合并信访人", "留痕"]);
    }
}

async fn the_first_run_page_is_gone_once_there_is_staff(app: TestApp) {
    assert_eq!(app.get_as_stranger("/setup").await.is(303).location.as_deref(), Some("/sign-in"));
}
