//! Whose failed sign-ins are counted behind a reverse proxy, and that nobody can put theirs on somebody else.

use crate::support::{TestApp, on_both_databases};
use actix_web::test::TestRequest;
use diesel::prelude::*;
use tingsong::app::App;
use tingsong::app::config::Config;
use tingsong::schema::throttles;

on_both_databases! {
    behind_a_trusted_proxy_the_persons_own_address_is_counted,
    nobody_elses_word_about_an_address_is_taken,
    where_no_proxy_is_trusted_no_header_is_read,
}

/// The same court with these proxies trusted.
fn trusting(mut app: TestApp, proxies: &str) -> TestApp {
    let options = [("database", app.database.url.clone()), ("trusted_proxies", proxies.to_owned())];
    let config = Config::load(app.database.dir.path(), None, std::iter::empty(), &options).unwrap();
    let (database, clock, keys) =
        (app.app.database().clone(), app.app.clock().clone(), app.app.keys().clone());
    app.app = App::new(database, clock, keys, config);
    app
}

/// A failed sign-in from this peer with this header; the addresses for which failures are counted after it.
async fn counted(app: &TestApp, peer: &str, forwarded: Option<&str>) -> Vec<String> {
    let peer = format!("{peer}:40000").parse().unwrap();
    let page = app.call(TestRequest::get().uri("/sign-in").peer_addr(peer)).await;
    let cookie = page.headers["set-cookie"].split(';').next().unwrap().to_owned();
    let csrf =
        page.html.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let fields = [("csrf", csrf.as_str()), ("user_name", "nobody"), ("password", "wrong"), ("next", "/")];
    let mut request = TestRequest::post().uri("/sign-in").peer_addr(peer).insert_header(("cookie", cookie));
    if let Some(forwarded) = forwarded {
        request = request.insert_header(("x-forwarded-for", forwarded));
    }
    app.call(request.set_form(fields)).await.is(422);
    let keys: Vec<String> = app
        .write(|conn| {
            let keys = throttles::table.select(throttles::key).load(conn)?;
            diesel::delete(throttles::table).execute(conn)?;
            Ok(keys)
        })
        .unwrap();
    keys.into_iter().filter_map(|key| key.strip_prefix("a:").map(str::to_owned)).collect()
}

async fn behind_a_trusted_proxy_the_persons_own_address_is_counted(app: TestApp) {
    let app = trusting(app, "10.0.0.0/24");
    assert_eq!(counted(&app, "10.0.0.1", Some("10.2.0.7")).await, ["10.2.0.7"]);
    assert_eq!(counted(&app, "10.0.0.1", Some("10.2.0.7, 10.0.0.2")).await, ["10.2.0.7"]);
    assert_eq!(counted(&app, "10.0.0.1", None).await, ["10.0.0.1"]);
}

async fn nobody_elses_word_about_an_address_is_taken(app: TestApp) {
    let app = trusting(app, "10.0.0.1");
    assert_eq!(counted(&app, "10.2.0.7", Some("10.3.0.1")).await, ["10.2.0.7"], "this is no proxy");
    let forged = "10.3.0.1, 10.0.0.1, 10.2.0.7";
    assert_eq!(counted(&app, "10.0.0.1", Some(forged)).await, ["10.2.0.7"], "what came before the proxy");
}

async fn where_no_proxy_is_trusted_no_header_is_read(app: TestApp) {
    assert_eq!(counted(&app, "10.2.0.7", Some("10.3.0.1")).await, ["10.2.0.7"]);
}
