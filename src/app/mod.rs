//! Puts the house together: settings, server, jobs, command line, demo court.

mod background;
pub mod backup;
pub mod command;
pub mod config;
pub mod demo;
mod exports;
mod guard;
mod incident;
pub mod jobs;
mod log;
mod navigation;
mod presence;
pub mod rotate;
pub mod server;

pub use background::still_here;
pub use exports::Export;

use crate::crypto::Keys;
use crate::db::{Conn, Database};
use crate::error::Problem;
use crate::files::{self, Kept};
use crate::mail;
use crate::people::rules::SignInLimits;
use crate::people::{Act, SignedIn};
use crate::time::{Clock, Moment};
use crate::web::UploadedFile;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use config::Config;
use std::future::{Ready, ready};
use std::sync::Arc;

/// What every handler may need, shared by all of them.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    database: Database,
    clock: Clock,
    keys: Arc<Keys>,
    config: Config,
    presence: presence::Cache,
    mail_watch: Arc<mail::Watch>,
}

impl App {
    pub fn new(database: Database, clock: Clock, keys: Arc<Keys>, config: Config) -> Self {
        let (presence, mail_watch) = (presence::Cache::default(), Arc::default());
        App(Arc::new(Inner { database, clock, keys, config, presence, mail_watch }))
    }

    /// The present moment. A request takes it once and passes it down.
    pub fn moment(&self) -> Moment {
        self.0.clock.now()
    }

    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    pub fn keys(&self) -> &Arc<Keys> {
        &self.0.keys
    }

    pub fn config(&self) -> &Config {
        &self.0.config
    }

    pub fn database(&self) -> &Database {
        &self.0.database
    }

    /// How the mail is going, as its sender noted it last: for every page, without a query.
    pub fn mail_watch(&self) -> &Arc<mail::Watch> {
        &self.0.mail_watch
    }

    /// The numbers that sign-in and sessions go by, as the settings have them.
    pub fn sign_in_limits(&self) -> SignInLimits {
        SignInLimits {
            idle_minutes: i64::from(self.0.config.number("session.idle_minutes")),
            absolute_hours: i64::from(self.0.config.number("session.absolute_hours")),
            password_days: i64::from(self.0.config.number("password.valid_days")),
            ..SignInLimits::default()
        }
    }

    /// This person doing something now.
    pub fn act(&self, by: &SignedIn) -> Act {
        Act { by: (*by.actor).clone(), now: self.moment(), keys: self.0.keys.clone() }
    }

    /// The system doing something now, under a name that the trail shows.
    pub fn system_act(&self, name: &str) -> Act {
        Act::system(name, self.moment(), self.0.keys.clone())
    }

    /// Reads on one unchanging picture of the database, off the web workers.
    ///
    /// # Errors
    ///
    /// What `work` returns; `Unavailable` when the database is away.
    pub async fn read<T, F>(&self, work: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T, Problem> + Send + 'static,
    {
        let database = self.0.database.clone();
        actix_web::web::block(move || database.read(work)).await.map_err(Problem::internal)?
    }

    /// Writes in one durable transaction: all of `work` happens, or none.
    ///
    /// # Errors
    ///
    /// What `work` returns, or that it could not be committed.
    pub async fn write<T, F>(&self, work: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T, Problem> + Send + 'static,
    {
        self.0.database.write_async(work).await
    }

    /// Checks and keeps the files of a form, sealed, under their hash, off the web workers.
    ///
    /// # Errors
    ///
    /// `Refused` for a file of a kind that isn't kept, or too large; that the data folder can't be written.
    pub async fn keep_files(&self, files: Vec<UploadedFile>) -> Result<Vec<Kept>, Problem> {
        let (dir, keys) = (self.config().data.clone(), self.keys().clone());
        let limit = usize::try_from(self.config().number("upload.max_mb")).unwrap_or(20) * 1024 * 1024;
        let keep = move |file: &UploadedFile| files::keep(&dir, &keys, &file.name, &file.bytes, limit);
        let all = actix_web::web::block(move || files.iter().map(keep).collect::<Result<Vec<_>, _>>());
        all.await.map_err(Problem::internal)?
    }

    /// Makes the next request of everybody look up their session anew: after any change of roles, portfolios, accounts,
    /// sessions or the court's name.
    pub fn forget_sessions(&self) {
        self.0.presence.clear();
    }
}

/// Puts in what the system ships with, where it isn't there yet: calendar years, deadline rules, categories.
///
/// # Errors
///
/// When the database is away.
pub fn seed(database: &Database, now: Moment) -> Result<(), Problem> {
    database.touch(move |conn| {
        crate::deadlines::seed(conn, now)?;
        crate::matters::seed(conn, now)?;
        crate::escalation::seed(conn, now)?;
        crate::assessments::seed(conn, now)
    })
}

impl FromRequest for App {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(
            request
                .app_data::<App>()
                .cloned()
                .ok_or_else(|| Problem::internal("the server was built without its App")),
        )
    }
}
