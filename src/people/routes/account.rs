//! One's own account.

use super::entry::session_cookie;
use crate::app::App;
use crate::error::Problem;
use crate::people::actions::{self, ChangeOutcome, PasswordChange};
use crate::people::forms::PasswordForm;
use crate::people::pages::{account as pages, division_name};
use crate::people::rules::PasswordComplaint;
use crate::people::types::SessionId;
use crate::people::{SignedIn, sessions, store, urls};
use crate::web::form::Complaints;
use crate::web::formats;
use crate::web::frame::ACCOUNT;
use crate::web::{Flash, Form, Frame, html, see_other, see_other_saying, unprocessable};
use actix_web::http::StatusCode;
use actix_web::web::{Path, block};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

pub async fn sign_out(app: App, by: SignedIn) -> Result<HttpResponse, Problem> {
    let (act, session) = (app.act(&by), by.session_id);
    app.write(move |conn| actions::sign_out(conn, &act, session)).await?;
    app.forget_sessions();
    let mut response = see_other(urls::SIGN_IN);
    let mut gone = session_cookie(&app, "");
    gone.make_removal();
    response.add_cookie(&gone).map_err(Problem::internal)?;
    Ok(response)
}

/// A person who must change their password has no navigation yet.
fn is_forced(frame: &Frame) -> bool {
    frame.nav.is_empty()
}

pub async fn password_page(_by: SignedIn, frame: Frame) -> HttpResponse {
    let forced = is_forced(&frame);
    html(StatusCode::OK, pages::change_password(&frame, forced, &Complaints::default()))
}

pub async fn change_password(
    app: App,
    by: SignedIn,
    frame: Frame,
    form: Form<PasswordForm>,
) -> Result<HttpResponse, Problem> {
    let change =
        PasswordChange { old: form.old.clone(), new: form.new.clone(), repeated: form.repeated.clone() };
    let (database, act, limits, session) =
        (app.database().clone(), app.act(&by), app.sign_in_limits(), by.session_id);
    let work = move || actions::change_password(&database, &act, &limits, session, &change);
    let outcome = block(work).await.map_err(Problem::internal)??;
    let mut told = Complaints::default();
    match outcome {
        ChangeOutcome::Changed => {
            app.forget_sessions();
            return Ok(see_other_saying("/", &Flash::done("密码已修改，您在其他电脑上的登录已经退出。")));
        }
        ChangeOutcome::WrongOld => told.add("old", "原密码不正确，请重新输入。"),
        ChangeOutcome::Locked { until } => {
            let until = formats::time(until);
            told.add("old", format!("原密码输错次数太多，{until} 之前不能再试。"));
        }
        ChangeOutcome::Weak(complaints) => {
            for complaint in complaints {
                let repeated = complaint == PasswordComplaint::NotRepeated;
                told.add(if repeated { "repeated" } else { "new" }, complaint.to_string());
            }
        }
    }
    let forced = is_forced(&frame);
    Ok(unprocessable(pages::change_password(&frame, forced, &told)))
}

pub async fn account(app: App, by: SignedIn, frame: Frame) -> Result<HttpResponse, Problem> {
    let (id, court, now, limits) = (by.person()?, by.court()?, app.moment(), app.sign_in_limits());
    let (staff, divisions, portfolio, open) = app
        .read(move |conn| {
            let staff = store::staff(conn, court, id)?;
            let divisions = store::every_division(conn, court)?;
            let portfolio = store::portfolios_on(conn, id, now.today())?;
            Ok((staff, divisions, portfolio, sessions::list_of(conn, id, now, &limits)?))
        })
        .await?;
    let name_of = |id| divisions.iter().find(|one| one.id == id).map(|one| one.name.clone());
    let over = |held: &crate::people::types::Portfolio| match held.division_id {
        Some(division) => name_of(division),
        None => Some("信访工作".to_owned()),
    };
    let page = pages::Account {
        name: &staff.name,
        user_name: &by.user_name,
        division: division_name(&divisions, &staff),
        roles: &by.roles,
        portfolio: portfolio.iter().filter_map(over).collect(),
        session_id: by.session_id,
        sessions: open,
    };
    Ok(html(StatusCode::OK, pages::account(&frame, &page)))
}

pub async fn end_others(app: App, by: SignedIn) -> Result<HttpResponse, Problem> {
    let (act, session) = (app.act(&by), by.session_id);
    let ended = app.write(move |conn| actions::end_others(conn, &act, session)).await?;
    app.forget_sessions();
    Ok(see_other_saying(ACCOUNT, &Flash::done(format!("已退出其他 {ended} 处登录。"))))
}

pub async fn end_session(app: App, by: SignedIn, id: Path<i64>) -> Result<HttpResponse, Problem> {
    let (act, session) = (app.act(&by), SessionId(id.into_inner()));
    app.write(move |conn| actions::end_session(conn, &act, session)).await?;
    app.forget_sessions();
    Ok(see_other_saying(ACCOUNT, &Flash::done("那一处登录已经退出。")))
}

/// Which size of type.
#[derive(Deserialize)]
pub struct TypeSize {
    large: String,
}

pub async fn type_size(
    app: App,
    by: SignedIn,
    request: HttpRequest,
    form: Form<TypeSize>,
) -> Result<HttpResponse, Problem> {
    let (session, large) = (by.session_id, form.large == "1");
    app.write(move |conn| actions::set_large_type(conn, session, large)).await?;
    app.forget_sessions();
    Ok(see_other(&came_from(&request)))
}

/// The path of the page with the button, if the browser says it was one of ours.
fn came_from(request: &HttpRequest) -> String {
    let referer = request.headers().get("referer").and_then(|value| value.to_str().ok());
    let path = referer
        .and_then(|address| address.parse::<actix_web::http::Uri>().ok())
        .filter(|address| {
            address.authority().map(|one| one.as_str()) == Some(request.connection_info().host())
        })
        .and_then(|address| address.path_and_query().map(|path| path.as_str().to_owned()));
    path.map_or_else(|| "/".to_owned(), |path| urls::local(&path).to_owned())
}
