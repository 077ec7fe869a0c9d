//! Problems at the edge: each is logged once, under a number that the person can name, and drawn as its page.

use crate::error::Problem;
use crate::web::errors::Unsent;
use crate::web::{Frame, errors, html, see_other};
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, HeaderValue};
use actix_web::{HttpResponse, ResponseError};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// The status alone; the guard draws the page, which needs the request's frame.
impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        match self {
            Problem::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Problem::NotFound => StatusCode::NOT_FOUND,
            Problem::Forbidden => StatusCode::FORBIDDEN,
            Problem::Stale => StatusCode::CONFLICT,
            Problem::SignedOut => StatusCode::UNAUTHORIZED,
            Problem::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Problem::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Problem::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::build(self.status_code()).finish()
    }
}

/// A number to tell the administrator on the telephone: eight digits.
fn number() -> String {
    format!("{:08}", rand::random_range(0..100_000_000_u32))
}

/// The page for `problem`, logged under an incident number when it is ours. `unsent` is the form that could not be taken.
pub fn respond(frame: &Frame, problem: &Problem, place: &str, unsent: Option<&Unsent>) -> HttpResponse {
    let incident = match problem {
        Problem::Unavailable(cause) | Problem::Internal(cause) => {
            let number = number();
            tracing::error!(incident = number, place, cause = ?cause, "a request failed");
            Some(number)
        }
        Problem::Refused(_)
        | Problem::NotFound
        | Problem::Forbidden
        | Problem::Stale
        | Problem::SignedOut
        | Problem::TooLarge(_) => None,
    };
    let page = errors::page(frame, problem, incident.as_deref(), unsent);
    let mut response = HttpResponse::build(problem.status_code()).body(page.into_string());
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    response
}

/// What a form is answered with that came when nobody was signed in any more.
pub fn lapsed(frame: &Frame, back: Option<&str>) -> HttpResponse {
    html(StatusCode::UNAUTHORIZED, errors::lapsed(frame, back))
}

/// To the sign-in page, and back to `path` afterwards.
pub fn sign_in_first(path: &str) -> HttpResponse {
    if path == "/" {
        return see_other("/sign-in");
    }
    see_other(&format!("/sign-in?next={}", utf8_percent_encode(path, NON_ALPHANUMERIC)))
}
