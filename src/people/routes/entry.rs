//! Signing in, and the first run.

use super::{address, agent, heard};
use crate::app::App;
use crate::error::Problem;
use crate::people::actions::{self, Attempt, SignInOutcome};
use crate::people::forms::{SetUpForm, SignInForm};
use crate::people::pages::entry;
use crate::people::passwords::OneTime;
use crate::people::{SESSION_COOKIE, SignedIn, store, urls};
use crate::web::form::Complaints;
use crate::web::{Form, Frame, html, see_other, unprocessable};
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::StatusCode;
use actix_web::web::{Query, block};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

/// Where to go after signing in.
#[derive(Deserialize)]
pub struct Next {
    #[serde(default)]
    next: String,
}

pub async fn sign_in_page(
    app: App,
    frame: Frame,
    by: Option<SignedIn>,
    query: Query<Next>,
) -> Result<HttpResponse, Problem> {
    if by.is_some() {
        return Ok(see_other(urls::local(&query.next)));
    }
    if !app.read(|conn| Ok(store::any_staff(conn)?)).await? {
        return Ok(see_other(urls::SET_UP));
    }
    let form = SignInForm { next: urls::local(&query.next).to_owned(), ..SignInForm::default() };
    Ok(html(StatusCode::OK, entry::sign_in(&frame, &form, None)))
}

pub async fn sign_in(
    app: App,
    frame: Frame,
    request: HttpRequest,
    form: Form<SignInForm>,
) -> Result<HttpResponse, Problem> {
    let attempt = Attempt {
        user_name: form.user_name.clone(),
        password: form.password.clone(),
        address: address(&app, &request),
        agent: agent(&request),
    };
    let (database, keys, now) = (app.database().clone(), app.keys().clone(), app.moment());
    let limits = app.sign_in_limits();
    let attempted = move || actions::sign_in(&database, &keys, now, &limits, attempt);
    match block(attempted).await.map_err(Problem::internal)?? {
        SignInOutcome::Refused(refusal) => {
            let sentence = refusal.to_string();
            Ok(unprocessable(entry::sign_in(&frame, &form, Some(&sentence))))
        }
        SignInOutcome::In { token, must_change, .. } => {
            let to = if must_change { urls::PASSWORD } else { urls::local(&form.next) };
            let mut response = see_other(to);
            let cookie = session_cookie(&app, &token);
            response.add_cookie(&cookie).map_err(Problem::internal)?;
            Ok(response)
        }
    }
}

/// Gone when the browser is closed, out of reach of scripts, and sent to this site only.
pub fn session_cookie(app: &App, token: &str) -> Cookie<'static> {
    Cookie::build(SESSION_COOKIE, token.to_owned())
        .path("/")
        .http_only(true)
        .secure(app.config().has_tls())
        .same_site(SameSite::Strict)
        .finish()
}

pub async fn set_up_page(app: App, frame: Frame) -> Result<HttpResponse, Problem> {
    if app.read(|conn| Ok(store::any_staff(conn)?)).await? {
        return Ok(see_other(urls::SIGN_IN));
    }
    let form = SetUpForm { level: "basic".into(), ..SetUpForm::default() };
    Ok(html(StatusCode::OK, entry::set_up(&frame, &form, &Complaints::default())))
}

pub async fn set_up(app: App, frame: Frame, form: Form<SetUpForm>) -> Result<HttpResponse, Problem> {
    if app.read(|conn| Ok(store::any_staff(conn)?)).await? {
        return Ok(see_other(urls::SIGN_IN));
    }
    let again = |told: &Complaints| unprocessable(entry::set_up(&frame, &form, told));
    let dir = app.config().data.clone();
    if !actions::is_setup_code(&dir, &form.code)? {
        let mut told = Complaints::default();
        told.add("code", "设置码不正确。请查看服务启动时的控制台，或者数据目录里的 setup-code 文件。");
        return Ok(again(&told));
    }
    let set_up = match form.check() {
        Ok(set_up) => set_up,
        Err(told) => return Ok(again(&told)),
    };
    let three = block(|| Ok::<_, Problem>([OneTime::new()?, OneTime::new()?, OneTime::new()?]));
    let passwords = three.await.map_err(Problem::internal)??;
    let [first, second, third] = passwords.each_ref().map(|one| one.shown.clone());
    let shown = [
        ("系统管理员", set_up.sysadmin.user_name.clone(), first),
        ("安全管理员", set_up.security_admin.user_name.clone(), second),
        ("审计管理员", set_up.auditor.user_name.clone(), third),
    ];
    let act = app.system_act("首次设置");
    match heard(app.write(move |conn| actions::set_up(conn, &act, &set_up, &passwords)).await)? {
        Ok(_) => {
            actions::forget_setup_code(&dir)?;
            Ok(html(StatusCode::OK, entry::set_up_done(&frame, &shown)))
        }
        Err(told) => Ok(again(&told)),
    }
}
