//! What a request carries: form fields and files, already read and checked for their CSRF token by the guard; and the
//! answers that are no pages.

use super::form::Complaints;
use super::frame::{Flash, Tone};
use crate::error::Problem;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse};
use maud::Markup;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde::de::DeserializeOwned;
use std::future::{Ready, ready};
use std::ops::Deref;
use std::sync::Arc;

/// The name of the hidden field that holds the CSRF token.
pub const CSRF_FIELD: &str = "csrf";

/// The cookie with the message for the next page.
pub const FLASH_COOKIE: &str = "tingsong_flash";

/// The body of a checked form.
#[derive(Clone)]
pub struct FormBody(pub Bytes);

/// A file that came with a form.
#[derive(Clone, Debug)]
pub struct UploadedFile {
    /// The form field it was chosen in.
    pub field: String,
    /// The name it had on the sender's machine, unchecked.
    pub name: String,
    pub bytes: Bytes,
}

/// The fields and files of a checked multipart form.
#[derive(Clone, Debug, Default)]
pub struct Upload {
    pub fields: Vec<(String, String)>,
    pub files: Vec<UploadedFile>,
}

impl Upload {
    /// The first field of this name; empty when there is none.
    pub fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// The fields as a form type, as [`Form`] would read them.
    ///
    /// # Errors
    ///
    /// `Refused` when they don't make one.
    pub fn form<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        let encoded = serde_html_form::to_string(&self.fields).map_err(Problem::internal)?;
        parse(encoded.as_bytes())
    }
}

/// A form's fields. Repeated fields fill a `Vec`.
#[derive(Debug)]
pub struct Form<T>(pub T);

impl<T> Deref for Form<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    serde_html_form::from_bytes(body)
        .map_err(|_error| Problem::refused("提交的表单不完整，请返回上一页重新填写后再提交。"))
}

impl<T: DeserializeOwned> FromRequest for Form<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let body = request.extensions().get::<FormBody>().cloned();
        ready(
            body.ok_or_else(|| Problem::refused("没有收到表单内容，请返回上一页重新填写后再提交。"))
                .and_then(|body| parse(&body.0))
                .map(Form),
        )
    }
}

impl FromRequest for Upload {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let upload = request.extensions().get::<Arc<Upload>>().cloned();
        ready(
            upload
                .map(|upload| (*upload).clone())
                .ok_or_else(|| Problem::refused("没有收到上传的内容，请返回上一页重新选择文件。")),
        )
    }
}

/// Goes on to another page after a form (303), so that a refresh sends nothing again.
pub fn see_other(address: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((LOCATION, address)).finish()
}

/// Like [`see_other`], with a message that the next page shows once.
pub fn see_other_saying(address: &str, flash: &Flash) -> HttpResponse {
    let cookie = Cookie::build(FLASH_COOKIE, flash.to_cookie())
        .path("/")
        .http_only(true)
        .same_site(SameSite::Strict)
        .finish();
    HttpResponse::SeeOther().insert_header((LOCATION, address)).cookie(cookie).finish()
}

impl Flash {
    /// Its tone and its words, in the characters that a cookie may hold.
    fn to_cookie(&self) -> String {
        let tone = match self.tone {
            Tone::Done => 'd',
            Tone::Notice => 'n',
            Tone::Trouble => 't',
        };
        format!("{tone}{}", utf8_percent_encode(&self.text, NON_ALPHANUMERIC))
    }

    /// The message that a cookie holds; `None` when it makes no sense.
    pub fn from_cookie(value: &str) -> Option<Self> {
        let mut rest = value.chars();
        let tone = match rest.next()? {
            'd' => Tone::Done,
            'n' => Tone::Notice,
            't' => Tone::Trouble,
            _ => return None,
        };
        let text = percent_decode_str(rest.as_str()).decode_utf8().ok()?.into_owned();
        Some(Flash { tone, text })
    }
}

/// The form again, with what was typed and the complaints (422).
pub fn unprocessable(page: Markup) -> HttpResponse {
    html(StatusCode::UNPROCESSABLE_ENTITY, page)
}

/// The form again, with what was typed and the complaints: 409 where somebody else was there first, else 422.
pub fn again(told: &Complaints, page: Markup) -> HttpResponse {
    if told.is_stale() { html(StatusCode::CONFLICT, page) } else { unprocessable(page) }
}

/// A page with a status of its own.
pub fn html(status: StatusCode, page: Markup) -> HttpResponse {
    HttpResponse::build(status).content_type("text/html; charset=utf-8").body(page.into_string())
}

/// A file to be saved, never shown inside a page. `name` may be Chinese.
pub fn download(name: &str, content_type: &str, bytes: Vec<u8>) -> HttpResponse {
    let name = utf8_percent_encode(name, NON_ALPHANUMERIC);
    HttpResponse::Ok()
        .content_type(content_type.to_owned())
        .insert_header(("Content-Disposition", format!("attachment; filename*=UTF-8''{name}")))
        .body(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_survives_its_cookie() {
        for flash in [Flash::done("已登记；回执可以打印。"), Flash::notice("a=b; c"), Flash::trouble("")]
        {
            let value = flash.to_cookie();
            assert!(value.is_ascii() && !value.contains([';', ',', ' ']), "{value}");
            assert_eq!(Flash::from_cookie(&value), Some(flash));
        }
        assert_eq!(Flash::from_cookie(""), None);
        assert_eq!(Flash::from_cookie("x%ff"), None);
    }

    #[test]
    fn repeated_fields_fill_a_list_and_missing_ones_are_told() {
        #[derive(Debug, serde::Deserialize, PartialEq)]
        struct Names {
            name: Vec<String>,
        }
        let read: Names = parse("name=张三&name=李四&csrf=x".as_bytes()).unwrap();
        assert_eq!(read.name, ["张三", "李四"]);
        assert!(matches!(parse::<Names>(b"other=1"), Err(Problem::Refused(_))));
    }
}
