//! The signed-in person of a request. A handler that names `SignedIn` can't run for a stranger.

use super::act::Actor;
use super::types::{SessionId, StaffId};
use crate::error::Problem;
use crate::web::Frame;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use std::future::{Ready, ready};
use std::ops::Deref;
use std::sync::Arc;

/// The cookie that holds the session's token.
pub const SESSION_COOKIE: &str = "tingsong";

/// Who is signed in, and the frame their pages are drawn in. Put there by the guard.
#[derive(Clone)]
pub struct SignedIn {
    pub actor: Arc<Actor>,
    /// The session's row.
    pub session_id: SessionId,
    pub user_name: String,
}

impl Deref for SignedIn {
    type Target = Actor;

    fn deref(&self) -> &Actor {
        &self.actor
    }
}

impl FromRequest for SignedIn {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(request.extensions().get::<SignedIn>().cloned().ok_or(Problem::SignedOut))
    }
}

/// Whose session has lapsed, on routes that keep what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lapsed {
    pub staff_id: StaffId,
}

impl FromRequest for Lapsed {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(request.extensions().get::<Lapsed>().copied().ok_or(Problem::SignedOut))
    }
}

/// The frame of this request's pages: the court, the navigation, the CSRF token, a message from the step before.
impl FromRequest for Frame {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(
            request
                .extensions()
                .get::<Frame>()
                .cloned()
                .ok_or_else(|| Problem::internal("a handler ran without the guard")),
        )
    }
}
