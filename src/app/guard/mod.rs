//! What stands between the network and every handler: who is it, may they, is the form really theirs, in which frame are
//! their pages drawn, and what becomes of a problem.

mod body;

use super::presence::{self, Who};
use super::{App, incident, navigation};
use crate::crypto::sm3_hex;
use crate::error::Problem;
use crate::people::{Access, Entry, Lapsed, SESSION_COOKIE, SignedIn};
use crate::web::errors::Unsent;
use crate::web::{FLASH_COOKIE, Flash, Frame};
use actix_web::body::{BoxBody, MessageBody};
use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpResponse};
use body::Sent;
use std::collections::HashMap;
use std::sync::Arc;

/// A random value for people who are not signed in, from which their forms' CSRF tokens are made.
const STRANGER_COOKIE: &str = "tingsong_visit";

const HEADERS: [(&str, &str); 7] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
         connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("permissions-policy", "geolocation=(), microphone=()"),
    ("cache-control", "no-store"),
];

/// The routes by method and pattern.
pub struct Table(HashMap<(Method, String), Entry>);

impl Table {
    pub fn of(entries: &[Entry]) -> Self {
        Table(entries.iter().map(|e| ((e.method.clone(), e.pattern.clone()), e.clone())).collect())
    }

    fn find(&self, request: &ServiceRequest) -> Option<&Entry> {
        let method = if request.method() == Method::HEAD { &Method::GET } else { request.method() };
        let pattern = request.match_pattern()?;
        self.0.get(&(method.clone(), pattern))
    }
}

/// Wraps every route; see the module.
///
/// # Errors
///
/// Never: problems become pages.
pub async fn guard(
    table: Arc<Table>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let place = format!("{} {}", request.method(), request.match_pattern().unwrap_or_default());
    if request.path().starts_with("/static/") {
        return Ok(with_headers(next.call(request).await?.map_into_boxed_body()));
    }
    let Some(app) = request.app_data::<App>().cloned() else {
        return Ok(request.into_response(HttpResponse::InternalServerError().finish()));
    };
    let mut visit = Visit::of(&app, &request);
    let mut response = match admit(&app, &table, &mut visit, request).await {
        Ok(request) => next.call(request).await?.map_into_boxed_body(),
        Err((request, turned_away)) => request.into_response(turned_away.into_response(&visit, &place)),
    };
    if let Some(problem) = problem_of(&response) {
        let page = incident::respond(&visit.frame, &problem, &place, visit.unsent().as_ref());
        response = ServiceResponse::new(response.request().clone(), page);
    }
    visit.set_cookies(&mut response);
    Ok(with_headers(response))
}

/// What a request is answered with instead of its handler.
enum TurnedAway {
    SignInFirst(String),
    Elsewhere(HttpResponse),
    /// A form came when nobody was signed in any more; with the page it came from.
    Lapsed(Option<String>),
    With(Problem),
}

impl TurnedAway {
    fn into_response(self, visit: &Visit, place: &str) -> HttpResponse {
        match self {
            TurnedAway::SignInFirst(path) => incident::sign_in_first(&path),
            TurnedAway::Elsewhere(response) => response,
            TurnedAway::Lapsed(back) => incident::lapsed(&visit.frame, back.as_deref()),
            TurnedAway::With(problem) => {
                incident::respond(&visit.frame, &problem, place, visit.unsent().as_ref())
            }
        }
    }
}

impl From<Problem> for TurnedAway {
    fn from(problem: Problem) -> Self {
        TurnedAway::With(problem)
    }
}

/// One request's visitor, as far as is known.
struct Visit {
    frame: Frame,
    /// Set when a new stranger's cookie must go out.
    new_stranger: Option<String>,
    flash_shown: bool,
    secure: bool,
    /// Where the request goes, with its query.
    address: String,
    /// The form that it brought, once it has been read.
    sent: Option<Sent>,
}

impl Visit {
    fn of(app: &App, request: &ServiceRequest) -> Self {
        let flash = request.cookie(FLASH_COOKIE).and_then(|cookie| Flash::from_cookie(cookie.value()));
        let stranger = request.cookie(STRANGER_COOKIE).map(|c| c.value().to_owned());
        let new_stranger = stranger.is_none().then(crate::crypto::random_token);
        let base = stranger.or_else(|| new_stranger.clone()).unwrap_or_default();
        let mut frame = Frame::anonymous("听讼");
        frame.csrf = app.keys().mac("csrf", base.as_bytes());
        frame.flash = flash;
        let flash_shown = frame.flash.is_some() && request.method() == Method::GET;
        let address = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
        Visit { frame, new_stranger, flash_shown, secure: app.config().has_tls(), address, sent: None }
    }

    /// What was typed, to be sent once more when it could not be taken.
    fn unsent(&self) -> Option<Unsent> {
        self.sent.as_ref()?.again(self.address.clone())
    }

    fn set_cookies(&self, response: &mut ServiceResponse<BoxBody>) {
        let cookie = |name: &'static str, value: &str| {
            Cookie::build(name, value.to_owned())
                .path("/")
                .http_only(true)
                .secure(self.secure)
                .same_site(SameSite::Strict)
                .finish()
        };
        let mut cookies = Vec::new();
        if let Some(value) = &self.new_stranger {
            cookies.push(cookie(STRANGER_COOKIE, value));
        }
        if self.flash_shown && response.status().is_success() {
            let mut gone = cookie(FLASH_COOKIE, "");
            gone.make_removal();
            cookies.push(gone);
        }
        for cookie in cookies {
            if let Err(error) = response.response_mut().add_cookie(&cookie) {
                tracing::error!(%error, "a cookie could not be set");
            }
        }
    }
}

type Refused = (ServiceRequest, TurnedAway);

/// Lets the request through to its handler with everything the handler may ask for, or says why not.
async fn admit(
    app: &App,
    table: &Table,
    visit: &mut Visit,
    mut request: ServiceRequest,
) -> Result<ServiceRequest, Refused> {
    let entry = table.find(&request).cloned();
    match identify(app, visit, &request, entry.as_ref()).await {
        Ok(()) => {}
        Err(TurnedAway::Lapsed(_)) => {
            let back = came_from(table, &request);
            return Err((request, TurnedAway::Lapsed(back)));
        }
        Err(turned_away) => {
            if matches!(turned_away, TurnedAway::With(Problem::Unavailable(_) | Problem::Internal(_))) {
                rescue(app, visit, &mut request, entry.as_ref()).await;
            }
            return Err((request, turned_away));
        }
    }
    let Some(entry) = entry else { return Err((request, Problem::NotFound.into())) };
    if request.method() == Method::POST {
        match body::receive(app, &visit.frame.csrf, &mut request, &entry).await {
            Ok(sent) => visit.sent = Some(sent),
            Err(problem) => return Err((request, problem.into())),
        }
    }
    request.extensions_mut().insert(visit.frame.clone());
    Ok(request)
}

/// The page of ours that the request came from, where there is one to go back to.
fn came_from(table: &Table, request: &ServiceRequest) -> Option<String> {
    let text = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    let (_, rest) = text(header::REFERER)?.split_once("://")?;
    let at = rest.find('/')?;
    let (host, path) = rest.split_at_checked(at)?;
    if text(header::HOST) != Some(host) {
        return None;
    }
    let bare = path.split(['?', '#']).next().unwrap_or(path);
    let pattern = request.resource_map().match_pattern(bare)?;
    table.0.contains_key(&(Method::GET, pattern)).then(|| path.to_owned())
}

/// Reads the form of somebody whom the database, which is away, can't tell us: the cookie alone says whose token it must
/// carry, and nothing is done with the form but to give it back.
async fn rescue(app: &App, visit: &mut Visit, request: &mut ServiceRequest, entry: Option<&Entry>) {
    let (Some(hash), Some(entry), true) = (session_hash(request), entry, *request.method() == Method::POST)
    else {
        return;
    };
    let csrf = app.keys().mac("csrf", hash.as_bytes());
    match body::receive(app, &csrf, request, entry).await {
        Ok(sent) => visit.sent = Some(sent),
        Err(problem) => tracing::warn!(?problem, "a form could not be kept while the database is away"),
    }
}

/// The hash of the session's token, by which the database knows it.
fn session_hash(request: &ServiceRequest) -> Option<String> {
    request.cookie(SESSION_COOKIE).map(|cookie| sm3_hex(cookie.value().as_bytes()))
}

/// Finds out who it is and whether the route admits them.
async fn identify(
    app: &App,
    visit: &mut Visit,
    request: &ServiceRequest,
    entry: Option<&Entry>,
) -> Result<(), TurnedAway> {
    let now = app.moment();
    let access = entry.map_or(Access::Public, |entry| entry.access);
    let token_hash = session_hash(request);
    let who = match &token_hash {
        Some(hash) => presence::look_up(app, hash.clone(), now).await?,
        None => Who::Nobody,
    };
    if let (Some(hash), Who::Here(_) | Who::Lapsed(_)) = (&token_hash, &who) {
        visit.frame.csrf = app.keys().mac("csrf", hash.as_bytes());
    }
    match who {
        Who::Here(seen) => {
            navigation::furnish(&mut visit.frame, &seen, app.mail_watch().alarm(now), request.path());
            let present = &seen.present;
            let actor = Arc::new(present.actor.clone());
            let admitted = access.admits(Some(&actor));
            request.extensions_mut().insert(SignedIn {
                actor,
                session_id: present.session_id,
                user_name: present.user_name.clone(),
            });
            let path = request.path();
            if present.must_change && access != Access::Public && path != "/password" && path != "/sign-out" {
                return Err(TurnedAway::Elsewhere(crate::web::see_other("/password")));
            }
            if admitted { Ok(()) } else { Err(Problem::Forbidden.into()) }
        }
        Who::Lapsed(staff_id) if entry.is_some_and(|entry| entry.keeps_input) => {
            request.extensions_mut().insert(Lapsed { staff_id });
            Ok(())
        }
        Who::Lapsed(_) | Who::Nobody if access == Access::Public => Ok(()),
        Who::Lapsed(_) | Who::Nobody if *request.method() == Method::GET => {
            let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
            Err(TurnedAway::SignInFirst(path.to_owned()))
        }
        Who::Lapsed(_) | Who::Nobody => Err(TurnedAway::Lapsed(None)),
    }
}

/// The problem behind a response, if a handler or an extractor answered with one.
fn problem_of(response: &ServiceResponse<BoxBody>) -> Option<Problem> {
    let error = response.response().error()?;
    let Some(problem) = error.as_error::<Problem>() else {
        let status = error.as_response_error().status_code();
        return Some(if status.is_client_error() {
            Problem::NotFound
        } else {
            Problem::Internal(anyhow::anyhow!("{error}"))
        });
    };
    Some(match problem {
        Problem::Refused(sentence) => Problem::Refused(sentence.clone()),
        Problem::TooLarge(sentence) => Problem::TooLarge(sentence.clone()),
        Problem::NotFound => Problem::NotFound,
        Problem::Forbidden => Problem::Forbidden,
        Problem::Stale => Problem::Stale,
        Problem::SignedOut => Problem::SignedOut,
        Problem::Unavailable(cause) => Problem::Unavailable(anyhow::anyhow!("{cause:?}")),
        Problem::Internal(cause) => Problem::Internal(anyhow::anyhow!("{cause:?}")),
    })
}

fn with_headers(mut response: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        let name = HeaderName::from_static(name);
        // A handler may know better: static files may be cached, attachments have a stricter policy.
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    response
}
