//! Accounts, sessions, staff, roles and portfolios.

mod accounts;
mod pages;
mod proxies;
mod set_up;
mod staff;

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
