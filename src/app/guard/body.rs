//! A form on its way in: read within bounds, and checked to come from a page of ours.

use crate::app::App;
use crate::crypto::same;
use crate::error::Problem;
use crate::people::Entry;
use crate::web::errors::Unsent;
use crate::web::{CSRF_FIELD, FormBody, Upload, UploadedFile};
use actix_web::HttpMessage;
use actix_web::dev::ServiceRequest;
use actix_web::web::{Bytes, BytesMut};
use futures_util::StreamExt;
use std::sync::Arc;

/// The most that a form without files may send.
const FORM_BYTES: usize = 2 * 1024 * 1024;

/// Fields that hold a password.
const PASSWORDS: [&str; 4] = ["password", "old", "new", "repeated"];

/// A form as it came, checked to be from a page of ours.
pub enum Sent {
    Plain(Bytes),
    Parts(Arc<Upload>),
}

impl Sent {
    /// The form to be sent once more to `action`, as it was; `None` when it holds a password, which no page repeats.
    pub fn again(&self, action: String) -> Option<Unsent> {
        let (fields, files) = match self {
            Sent::Plain(body) => (fields_of(body), false),
            Sent::Parts(upload) => (upload.fields.clone(), !upload.files.is_empty()),
        };
        let secret = fields.iter().any(|(name, _)| PASSWORDS.contains(&name.as_str()));
        (!secret).then_some(Unsent { action, fields, files })
    }
}

/// Reads a form into the request's extensions and checks that it comes from a page of ours, by this token.
///
/// # Errors
///
/// `Forbidden` from another site; `Refused` or `TooLarge` with what is wrong.
pub async fn receive(
    app: &App,
    csrf: &str,
    request: &mut ServiceRequest,
    entry: &Entry,
) -> Result<Sent, Problem> {
    let site = request.headers().get("sec-fetch-site").and_then(|value| value.to_str().ok());
    if !matches!(site, None | Some("same-origin" | "none")) {
        return Err(Problem::Forbidden);
    }
    let multipart = request.content_type().eq_ignore_ascii_case("multipart/form-data");
    let (token, sent) = if multipart {
        if !entry.upload {
            return Err(Problem::refused("这个页面不接收文件，请返回上一页重新操作。"));
        }
        // Room for the fields beside the files.
        let most = usize::try_from(app.config().number("upload.max_mb")).unwrap_or(20) * 1024 * 1024 * 3;
        let body = read_body(request, most + FORM_BYTES).await?;
        let upload = read_multipart(request, body).await?;
        let token = upload.field(CSRF_FIELD).to_owned();
        let upload = Arc::new(upload);
        request.extensions_mut().insert(upload.clone());
        (token, Sent::Parts(upload))
    } else {
        let body = read_body(request, FORM_BYTES).await?;
        let token = token_in(&body);
        if entry.upload {
            let fields = fields_of(&body);
            request.extensions_mut().insert(Arc::new(Upload { fields, files: Vec::new() }));
        }
        request.extensions_mut().insert(FormBody(body.clone()));
        (token, Sent::Plain(body))
    };
    if same(&token, csrf) {
        return Ok(sent);
    }
    Err(Problem::refused(
        "这个页面打开得太久，或者您已经重新登录过。请返回上一页，刷新后再提交；填写的内容请先复制保存。",
    ))
}

fn fields_of(body: &[u8]) -> Vec<(String, String)> {
    serde_html_form::from_bytes(body).unwrap_or_default()
}

fn token_in(body: &[u8]) -> String {
    fields_of(body)
        .into_iter()
        .find(|(name, _)| name == CSRF_FIELD)
        .map_or_else(String::new, |(_, value)| value)
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
