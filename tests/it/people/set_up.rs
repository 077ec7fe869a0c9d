//! The first run: a court and its three administrators, once.

use super::*;

on_both_databases! {
    the_first_run_page_is_gone_once_there_is_staff,
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

async fn the_first_run_page_is_gone_once_there_is_staff(app: TestApp) {
    assert_eq!(app.get_as_stranger("/setup").await.is(303).location.as_deref(), Some("/sign-in"));
}
