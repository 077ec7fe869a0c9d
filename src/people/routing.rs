//! Routes that can't be mounted without saying who may use them. The same list is what the server serves, what the
//! guard checks before a handler runs, and what the test of every route with every role walks.

use super::act::Actor;
use super::permissions::Permission;
use actix_web::dev::Handler;
use actix_web::http::Method;
use actix_web::web::{self, ServiceConfig};
use actix_web::{FromRequest, Responder};

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anyone who reaches the server: sign-in, set-up, static files.
    Public,
    /// Everyone who is signed in.
    SignedIn,
    /// Those with this permission.
    May(Permission),
    /// Those with at least one of these.
    Any(&'static [Permission]),
}

impl Access {
    /// Whether this person may use it; `None` is a stranger.
    pub fn admits(self, actor: Option<&Actor>) -> bool {
        match (self, actor) {
            (Access::Public, _) | (Access::SignedIn, Some(_)) => true,
            (Access::May(permission), Some(actor)) => actor.may(permission),
            (Access::Any(permissions), Some(actor)) => permissions.iter().any(|p| actor.may(*p)),
            (Access::SignedIn | Access::May(_) | Access::Any(_), None) => false,
        }
    }
}

/// One route of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub method: Method,
    /// As registered, such as `/matters/{id}`.
    pub pattern: String,
    pub access: Access,
    /// Takes files (multipart).
    pub upload: bool,
    /// Runs its handler also for a session that has just lapsed, so that what was typed can be kept.
    pub keeps_input: bool,
}

/// Mounts routes and writes them down.
pub struct Routes<'a> {
    config: &'a mut ServiceConfig,
    pub table: Vec<Entry>,
}

impl<'a> Routes<'a> {
    pub fn on(config: &'a mut ServiceConfig) -> Self {
        Routes { config, table: Vec::new() }
    }

    /// A page or a download.
    pub fn get<F, Args>(&mut self, pattern: &str, access: Access, handler: F)
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.config.route(pattern, web::get().to(handler));
        self.note(Method::GET, pattern, access);
    }

    /// What a form of text fields is sent to. Its CSRF token has been checked when the handler runs.
    pub fn post<F, Args>(&mut self, pattern: &str, access: Access, handler: F)
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.config.route(pattern, web::post().to(handler));
        self.note(Method::POST, pattern, access);
    }

    /// Like [`Routes::post`], for a form that may also carry files.
    pub fn upload<F, Args>(&mut self, pattern: &str, access: Access, handler: F)
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.post(pattern, access, handler);
        if let Some(entry) = self.table.last_mut() {
            entry.upload = true;
        }
    }

    /// Like [`Routes::post`], but the handler also runs when the session has just lapsed: it finds [`super::Lapsed`]
    /// instead of [`super::SignedIn`] and keeps what was typed.
    pub fn post_keeping_input<F, Args>(&mut self, pattern: &str, access: Access, handler: F)
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.post(pattern, access, handler);
        if let Some(entry) = self.table.last_mut() {
            entry.keeps_input = true;
        }
    }

    /// [`Routes::upload`] and [`Routes::post_keeping_input`] in one.
    pub fn upload_keeping_input<F, Args>(&mut self, pattern: &str, access: Access, handler: F)
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.upload(pattern, access, handler);
        if let Some(entry) = self.table.last_mut() {
            entry.keeps_input = true;
        }
    }

    fn note(&mut self, method: Method, pattern: &str, access: Access) {
        self.table.push(Entry {
            method,
            pattern: pattern.to_owned(),
            access,
            upload: false,
            keeps_input: false,
        });
    }
}
