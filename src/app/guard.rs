//! What stands between the network and every handler: who is it, may they, is the form really theirs, in which frame are
//! their pages drawn, and what becomes of a problem.

use super::presence::{self, Who};
use super::{App, incident, navigation};
use crate::crypto::{same, sm3_hex};
use crate::error::Problem;
use crate::people::{Access, Entry, Lapsed, SESSION_COOKIE, SignedIn};
use crate::web::{CSRF_FIELD, FLASH_COOKIE, Flash, FormBody, Frame, Upload, UploadedFile};
use actix_web::body::{BoxBody, MessageBody};
use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::{Bytes, BytesMut};
use actix_web::{Error, HttpMessage, HttpResponse};
use futures_util::StreamExt;
use std::collections::HashMap;
use std::sync::Arc;

/// A random value for people who are not signed in, from which their forms' CSRF tokens are made.
const STRANGER_COOKIE: &str = "tingsong_visit";
/// The most that a form without files may send.
const FORM_BYTES: usize = 2 * 1024 * 1024;

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
        Err((request, turned_away)) => request.into_response(turned_away.into_response(&visit.frame, &place)),
    };
    if let Some(problem) = problem_of(&response) {
        let page = incident::respond(&visit.frame, &problem, &place);
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
    fn into_response(self, frame: &Frame, place: &str) -> HttpResponse {
        match self {
            TurnedAway::SignInFirst(path) => incident::sign_in_first(&path),
            TurnedAway::Elsewhere(response) => response,
            TurnedAway::Lapsed(back) => incident::lapsed(frame, back.as_deref()),
            TurnedAway::With(problem) => incident::respond(frame, &problem, place),
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
        Visit { frame, new_stranger, flash_shown, secure: app.config().has_tls() }
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
        Err(turned_away) => return Err((request, turned_away)),
    }
    let Some(entry) = entry else { return Err((request, Problem::NotFound.into())) };
    if request.method() == Method::POST
        && let Err(problem) = receive(app, visit, &mut request, &entry).await
    {
        return Err((request, problem.into()));
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

/// Finds out who it is and whether the route admits them.
async fn identify(
    app: &App,
    visit: &mut Visit,
    request: &ServiceRequest,
    entry: Option<&Entry>,
) -> Result<(), TurnedAway> {
    let now = app.moment();
    let access = entry.map_or(Access::Public, |entry| entry.access);
    let token_hash = request.cookie(SESSION_COOKIE).map(|cookie| sm3_hex(cookie.value().as_bytes()));
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

/// Reads a form and checks that it comes from a page of ours.
async fn receive(
    app: &App,
    visit: &Visit,
    request: &mut ServiceRequest,
    entry: &Entry,
) -> Result<(), Problem> {
    let site = request.headers().get("sec-fetch-site").and_then(|value| value.to_str().ok());
    if !matches!(site, None | Some("same-origin" | "none")) {
        return Err(Problem::Forbidden);
    }
    let multipart = request.content_type().eq_ignore_ascii_case("multipart/form-data");
    let token = if multipart {
        if !entry.upload {
            return Err(Problem::refused("这个页面不接收文件，请返回上一页重新操作。"));
        }
        // Room for the fields beside the files.
        let most = usize::try_from(app.config().number("upload.max_mb")).unwrap_or(20) * 1024 * 1024 * 3;
        let body = read_body(request, most + FORM_BYTES).await?;
        let upload = read_multipart(request, body).await?;
        let token = upload.field(CSRF_FIELD).to_owned();
        request.extensions_mut().insert(Arc::new(upload));
        token
    } else {
        let body = read_body(request, FORM_BYTES).await?;
        let token = token_in(&body);
        if entry.upload {
            let fields = serde_html_form::from_bytes(&body).unwrap_or_default();
            request.extensions_mut().insert(Arc::new(Upload { fields, files: Vec::new() }));
        }
        request.extensions_mut().insert(FormBody(body));
        token
    };
    if same(&token, &visit.frame.csrf) {
        return Ok(());
    }
    Err(Problem::refused(
        "这个页面打开得太久，或者您已经重新登录过。请返回上一页，刷新后再提交；填写的内容请先复制保存。",
    ))
}

fn token_in(body: &[u8]) -> String {
    let fields: Vec<(String, String)> = serde_html_form::from_bytes(body).unwrap_or_default();
    fields.into_iter().find(|(name, _)| name == CSRF_FIELD).map_or_else(String::new, |(_, value)| value)
}

async fn read_body(request: &mut ServiceRequest, most: usize) -> Result<Bytes, Problem> {
    let mut payload = request.take_payload();
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_error| Problem::refused("网络中断，内容没有收全，请重新提交。"))?;
        if body.len() + chunk.len() > most {
            return Err(Problem::TooLarge(
                "一次提交的内容太大了。请减少附件，或者把大文件分几次上传。".to_owned(),
            ));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

async fn read_multipart(request: &ServiceRequest, body: Bytes) -> Result<Upload, Problem> {
    let broken = || Problem::refused("上传的内容不完整，请返回上一页重新选择文件后再提交。");
    let stream = futures_util::stream::once(std::future::ready(Ok(body)));
    let mut parts = actix_multipart::Multipart::new(request.headers(), stream);
    let mut upload = Upload::default();
    while let Some(part) = parts.next().await {
        let mut part = part.map_err(|_error| broken())?;
        let field = part.name().unwrap_or_default().to_owned();
        let name = part.content_disposition().and_then(|d| d.get_filename()).map(str::to_owned);
        let mut bytes = BytesMut::new();
        while let Some(chunk) = part.next().await {
            bytes.extend_from_slice(&chunk.map_err(|_error| broken())?);
        }
        match name {
            Some(name) if name.is_empty() && bytes.is_empty() => {}
            Some(name) => upload.files.push(UploadedFile { field, name, bytes: bytes.freeze() }),
            None => {
                upload.fields.push((field, String::from_utf8(bytes.to_vec()).map_err(|_error| broken())?))
            }
        }
    }
    Ok(upload)
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
