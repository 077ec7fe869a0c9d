//! A whole application for one test: its own database, a stopped clock, one person for each role.

pub mod court;
mod databases;
pub mod registrations;

pub use databases::TestDatabase;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::ServiceResponse;
use actix_web::http::StatusCode;
use actix_web::test::{TestRequest, call_service, init_service};
use diesel::prelude::*;
use std::cell::RefCell;
use std::collections::HashMap;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use tingsong::app::App;
use tingsong::app::config::Config;
use tingsong::app::server::{self, Table};
use tingsong::audit::Anchor;
use tingsong::crypto::{Keys, random_token, sm3_hex};
use tingsong::db::{Conn, Database};
use tingsong::error::Problem;
use tingsong::people::types::Staff;
use tingsong::people::{Act, Role, StaffId, sessions};
use tingsong::schema;
use tingsong::time::{Clock, Moment};

/// Each named test twice: as `name::sqlite` and `name::postgres`.
macro_rules! on_both_databases {
    ($($name:ident),+ $(,)?) => {
        $(mod $name {
            #[actix_web::test]
            async fn sqlite() {
                super::$name($crate::support::TestApp::on_sqlite()).await;
            }

            #[actix_web::test]
            async fn postgres() {
                if let Some(app) = $crate::support::TestApp::on_postgres() {
                    super::$name(app).await;
                }
            }
        })+
    };
}
pub(crate) use on_both_databases;

/// The moment at which every test's clock stands: Monday 2026-11-23, 09:00 in the court.
pub fn monday_morning() -> Moment {
    court_time("2026-11-23 09:00")
}

/// A moment by the court's clocks, such as `2026-11-23 09:00`.
pub fn court_time(text: &str) -> Moment {
    Moment::from_court(chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap())
}

/// What a request was answered with.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub location: Option<String>,
    pub headers: HashMap<String, String>,
    pub html: String,
    pub bytes: Vec<u8>,
}

impl Answer {
    /// Fails the test unless all of these words are on the page.
    #[track_caller]
    pub fn says(&self, words: &[&str]) -> &Self {
        for word in words {
            assert!(self.html.contains(word), "“{word}” is missing ({}):\n{}", self.status, self.html);
        }
        self
    }

    /// Fails the test if any of these words is on the page.
    #[track_caller]
    pub fn does_not_say(&self, words: &[&str]) -> &Self {
        for word in words {
            assert!(!self.html.contains(word), "“{word}” should not be there:\n{}", self.html);
        }
        self
    }

    /// Fails the test unless this is the status.
    #[track_caller]
    pub fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status.as_u16(), status, "{:?}\n{}", self.location, self.html);
        self
    }
}

type Answering = Pin<Box<dyn Future<Output = ServiceResponse<BoxBody>>>>;
type Service = Rc<dyn Fn(actix_http::Request) -> Answering>;

thread_local! {
    static SERVICES: RefCell<HashMap<u64, Service>> = RefCell::default();
}

static APPS: AtomicU64 = AtomicU64::new(0);

/// The application under test.
pub struct TestApp {
    pub app: App,
    pub court: court::Court,
    built: Built,
    table: Arc<Table>,
    tokens: Mutex<HashMap<StaffId, String>>,
    /// Dropped last: it takes the database with it.
    pub database: TestDatabase,
}

/// The service goes with the test, not with its thread: then it would be too late for what it holds.
struct Built(u64);

impl Drop for Built {
    fn drop(&mut self) {
        drop(SERVICES.try_with(|services| services.borrow_mut().remove(&self.0)));
    }
}

impl TestApp {
    /// On an SQLite file of its own.
    pub fn on_sqlite() -> Self {
        TestApp::on(TestDatabase::sqlite())
    }

    /// In a PostgreSQL schema of its own; `None`, said loudly, where no PostgreSQL is named.
    pub fn on_postgres() -> Option<Self> {
        TestDatabase::postgres().map(TestApp::on)
    }

    fn on(database: TestDatabase) -> Self {
        tingsong::db::migrate(&database.url).unwrap();
        let keys = Arc::new(Keys::for_tests());
        let dir = database.dir.path();
        let options = [("database", database.url.clone())];
        let config = Config::load(dir, None, std::iter::empty(), &options).unwrap();
        let clock = Clock::stopped(monday_morning());
        let anchor = Anchor::renew(&dir.join("anchor"), &keys, None).unwrap();
        let pool = Database::open(&database.url, Arc::new(anchor)).unwrap();
        let app = App::new(pool, clock, keys, config);
        tingsong::app::seed(app.database(), app.moment()).unwrap();
        let court = app.database().write(|conn| Ok(court::db_found(conn))).unwrap();
        let table = Arc::new(Table::of(&server::table()));
        TestApp {
            app,
            court,
            built: Built(APPS.fetch_add(1, Ordering::SeqCst)),
            table,
            tokens: Mutex::default(),
            database,
        }
    }

    /// The same court, served anew with these keys.
    pub fn restarted(self, keys: Arc<Keys>) -> Self {
        let (database, clock) = (self.app.database().clone(), self.app.clock().clone());
        let app = App::new(database, clock, keys, self.app.config().clone());
        let built = Built(APPS.fetch_add(1, Ordering::SeqCst));
        TestApp { app, built, tokens: Mutex::default(), ..self }
    }

    /// The person of the test court with this role.
    pub fn person(&self, role: Role) -> StaffId {
        self.court.people.iter().find(|(r, _)| *r == role).unwrap().1
    }

    /// This person acting now, as an action wants it.
    pub fn act(&self, role: Role) -> Act {
        self.act_of(self.person(role))
    }

    /// Any person acting now.
    pub fn act_of(&self, staff: StaffId) -> Act {
        let now = self.app.moment();
        let by = self
            .read(move |conn| {
                let staff: Staff = schema::staff::table.find(staff).first(conn)?;
                sessions::actor(conn, &staff, now)
            })
            .unwrap();
        Act { by, now, keys: self.app.keys().clone() }
    }

    pub fn read<T>(&self, work: impl FnOnce(&mut Conn) -> Result<T, Problem>) -> Result<T, Problem> {
        self.app.database().read(work)
    }

    pub fn write<T, F>(&self, work: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T, Problem> + Send + 'static,
    {
        self.app.database().write(work)
    }

    /// Moves the clock to this court time.
    pub fn at(&self, court: &str) {
        self.app.clock().set(court_time(court));
    }

    /// The same, days later: everybody signs in anew.
    pub fn later(&self, court: &str) {
        self.at(court);
        self.tokens.lock().unwrap().clear();
    }

    /// The session token of this person, who is signed in from now on.
    pub fn token(&self, staff: StaffId) -> String {
        if let Some(token) = self.tokens.lock().unwrap().get(&staff) {
            return token.clone();
        }
        let token = random_token();
        let (hash, now) = (sm3_hex(token.as_bytes()), self.app.moment());
        self.write(move |conn| {
            court::db_session(conn, staff, &hash, now);
            Ok(())
        })
        .unwrap();
        self.tokens.lock().unwrap().insert(staff, token.clone());
        token
    }

    /// What every form of this person carries.
    pub fn csrf(&self, staff: StaffId) -> String {
        self.app.keys().mac("csrf", sm3_hex(self.token(staff).as_bytes()).as_bytes())
    }

    /// A page, as the person with this role.
    pub async fn get(&self, role: Role, path: &str) -> Answer {
        self.get_as(self.person(role), path).await
    }

    /// A page, as this person.
    pub async fn get_as(&self, staff: StaffId, path: &str) -> Answer {
        let request = TestRequest::get().uri(path).insert_header(("cookie", self.cookie(staff)));
        self.call(request).await
    }

    /// A page, as a stranger.
    pub async fn get_as_stranger(&self, path: &str) -> Answer {
        self.call(TestRequest::get().uri(path)).await
    }

    /// A form, as the person with this role, with the CSRF token that their pages carry.
    pub async fn post(&self, role: Role, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_as(self.person(role), path, fields).await
    }

    /// A form, as this person.
    pub async fn post_as(&self, staff: StaffId, path: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = self.csrf(staff);
        let mut all = fields.to_vec();
        all.push(("csrf", &csrf));
        let request =
            TestRequest::post().uri(path).insert_header(("cookie", self.cookie(staff))).set_form(all);
        self.call(request).await
    }

    /// A multipart form with files: field, file name, content.
    pub async fn upload(
        &self,
        role: Role,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &[u8])],
    ) -> Answer {
        self.upload_as(self.person(role), path, fields, files).await
    }

    /// The same, as this person.
    pub async fn upload_as(
        &self,
        staff: StaffId,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &[u8])],
    ) -> Answer {
        let csrf = self.csrf(staff);
        let mut body = Vec::new();
        for (name, value) in fields.iter().chain(&[("csrf", csrf.as_str())]) {
            let head =
                format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(head.as_bytes());
        }
        for (field, name, content) in files {
            let head = format!(
                "--edge\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--edge--\r\n");
        let request = TestRequest::post()
            .uri(path)
            .insert_header(("cookie", self.cookie(staff)))
            .insert_header(("content-type", "multipart/form-data; boundary=edge"))
            .set_payload(body);
        self.call(request).await
    }

    fn cookie(&self, staff: StaffId) -> String {
        format!("tingsong={}", self.token(staff))
    }

    /// The whole application as one service, built once a test: a test calls it on its own thread.
    async fn service(&self) -> Service {
        if let Some(service) = SERVICES.with_borrow(|services| services.get(&self.built.0).cloned()) {
            return service;
        }
        let made = Rc::new(init_service(server::service(&self.app, &self.table)).await);
        let service: Service = Rc::new(move |request| {
            let made = made.clone();
            Box::pin(async move { call_service(&*made, request).await.map_into_boxed_body() })
        });
        SERVICES.with_borrow_mut(|services| services.insert(self.built.0, service.clone()));
        service
    }

    /// Sends any request through the whole application.
    pub async fn call(&self, request: TestRequest) -> Answer {
        let response = self.service().await(request.to_request()).await;
        let status = response.status();
        let headers: HashMap<String, String> = response
            .headers()
            .iter()
            .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            .collect();
        let bytes = response.into_body().try_into_bytes();
        let bytes = bytes.map(|bytes| bytes.to_vec()).unwrap_or_default();
        let html = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status, location: headers.get("location").cloned(), headers, html, bytes }
    }
}
