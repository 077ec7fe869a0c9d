//! Accounts and sessions: passwords, locks, lapsing.

use super::*;

on_both_databases! {
    somebody_new_signs_in_with_a_one_time_password_and_chooses_their_own,
    five_wrong_passwords_lock_an_account_and_it_does_not_tell_whether_there_is_one,
    the_right_password_waits_too_while_an_account_is_locked,
    a_one_time_password_lapses_after_a_week,
    a_session_lapses_by_time_and_is_nobodys_once_it_is_ended,
    who_leaves_is_signed_out_and_cannot_come_back,
    old_sessions_are_forgotten_and_large_type_is_not,
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
