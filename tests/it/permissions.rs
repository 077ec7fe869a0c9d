//! Every route with every role and with a stranger, against the one table.

use crate::support::{TestApp, on_both_databases};
use actix_web::http::Method;
use actix_web::test::TestRequest;
use tingsong::app::server;
use tingsong::people::{Access, Entry, Role};

on_both_databases! {
    every_route_answers_every_role_as_the_table_says,
    a_stranger_gets_only_what_is_public,
    a_form_without_its_token_does_nothing,
    every_page_carries_the_strict_headers,
}

/// A pattern with something in its places, for a thing that isn't there.
fn path_of(entry: &Entry) -> String {
    let mut path = String::new();
    let mut inside = false;
    for c in entry.pattern.chars() {
        match c {
            '{' => inside = true,
            '}' => {
                inside = false;
                path.push('7');
            }
            _ if inside => {}
            other => path.push(other),
        }
    }
    path
}

/// Refused at the door, before any handler.
const FORBIDDEN: u16 = 403;

/// Posting for real would end the sessions that the rest of the walk needs.
fn ends_sessions(entry: &Entry) -> bool {
    ["/sign-out", "/account/end-others", "/account/sessions/{id}/end"].contains(&entry.pattern.as_str())
}

async fn every_route_answers_every_role_as_the_table_says(app: TestApp) {
    let table = server::table();
    assert!(table.len() > 10, "the route table is nearly empty");
    for (role, staff) in &app.court.people {
        let actor = app.act_of(*staff).by;
        for entry in table.iter().filter(|entry| !ends_sessions(entry)) {
            let path = path_of(entry);
            let answer = if entry.method == Method::GET {
                app.get_as(*staff, &path).await
            } else {
                app.post_as(*staff, &path, &[]).await
            };
            let refused = answer.status.as_u16() == FORBIDDEN;
            let admitted = entry.access.admits(Some(&actor));
            assert!(!answer.status.is_server_error(), "{role:?} {} {path}: {}", entry.method, answer.html);
            if !admitted {
                assert!(refused, "{role:?} {} {path}: {} but the table says no", entry.method, answer.status);
            } else if entry.method == Method::GET {
                assert!(!refused, "{role:?} {} {path}: refused but the table says yes", entry.method);
            }
        }
    }
}

async fn a_stranger_gets_only_what_is_public(app: TestApp) {
    for entry in server::table().iter().filter(|entry| entry.access != Access::Public) {
        let path = path_of(entry);
        if entry.method == Method::GET {
            let answer = app.get_as_stranger(&path).await;
            answer.is(303);
            assert!(answer.location.as_deref().unwrap().starts_with("/sign-in"), "{path}");
        } else {
            app.call(TestRequest::post().uri(&path)).await.is(401);
        }
    }
}

async fn a_form_without_its_token_does_nothing(app: TestApp) {
    let staff = app.person(Role::FilingClerk);
    let cookie = format!("tingsong={}", app.token(staff));
    let bare = || TestRequest::post().uri("/type-size").insert_header(("cookie", cookie.clone()));
    app.call(bare().set_form([("large", "1")])).await.is(422);
    app.call(bare().set_form([("large", "1"), ("csrf", "guess")])).await.is(422);
    let elsewhere = bare().insert_header(("sec-fetch-site", "cross-site"));
    let csrf = app.csrf(staff);
    app.call(elsewhere.set_form([("large", "1"), ("csrf", &csrf)])).await.is(403);
    app.post(Role::FilingClerk, "/type-size", &[("large", "1")]).await.is(303);
}

async fn every_page_carries_the_strict_headers(app: TestApp) {
    for answer in [app.get(Role::FilingClerk, "/").await, app.get_as_stranger("/nowhere").await] {
        let policy = &answer.headers["content-security-policy"];
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(answer.headers["x-content-type-options"], "nosniff");
        assert_eq!(answer.headers["cache-control"], "no-store");
    }
}
