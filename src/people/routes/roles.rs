//! Roles, portfolios, and the permission table.

use super::{conflicts, heard};
use crate::app::App;
use crate::error::Problem;
use crate::people::actions;
use crate::people::forms::{PortfolioForm, RolesForm, VersionForm};
use crate::people::pages::roles as pages;
use crate::people::types::{Account, PortfolioId, Role, Staff, StaffId};
use crate::people::{SignedIn, store, urls};
use crate::web::form::{Complaints, read_date};
use crate::web::{Flash, Form, Frame, html, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use maud::Markup;
use serde::Deserialize;
use std::collections::HashSet;

pub async fn permissions(_by: SignedIn, frame: Frame) -> HttpResponse {
    html(StatusCode::OK, pages::permissions(&frame))
}

pub async fn matrix(app: App, by: SignedIn, frame: Frame) -> Result<HttpResponse, Problem> {
    let (court, now) = (by.court()?, app.moment().utc());
    let (people, held, accounts, locked, divisions) = app
        .read(move |conn| {
            Ok((
                store::staff_in_court(conn, court)?,
                store::roles_in_court(conn, court)?,
                store::accounts_in_court(conn, court)?,
                store::locked_users(conn, now)?,
                store::every_division(conn, court)?,
            ))
        })
        .await?;
    let closed: HashSet<StaffId> = accounts
        .iter()
        .filter(|account| account.locked || locked.contains(&account.user_name))
        .map(|account| account.staff_id)
        .collect();
    let line = |staff: Staff| {
        let mut roles: Vec<Role> =
            held.iter().filter(|(id, _)| *id == staff.id).map(|(_, role)| *role).collect();
        roles.sort();
        pages::Line { locked: closed.contains(&staff.id), staff, roles }
    };
    let lines: Vec<pages::Line> = people.into_iter().map(line).collect();
    Ok(html(StatusCode::OK, pages::matrix(&frame, &lines, &divisions)))
}

async fn load(app: &App, by: &SignedIn, id: StaffId) -> Result<(Staff, Account, Vec<Role>, bool), Problem> {
    let (court, now) = (by.court()?, app.moment().utc());
    app.read(move |conn| {
        let staff = store::staff(conn, court, id)?;
        let account = store::account(conn, id)?;
        let locked = account.locked || store::locked_users(conn, now)?.contains(&account.user_name);
        Ok((staff, account, store::roles_of(conn, id)?, locked))
    })
    .await
}

async fn page(
    app: &App,
    by: &SignedIn,
    frame: &Frame,
    id: StaffId,
    told: &Complaints,
) -> Result<Markup, Problem> {
    let (staff, account, roles, locked) = load(app, by, id).await?;
    let oneself = by.staff_id == Some(id);
    let one = pages::Assignment { staff: &staff, account: &account, roles: &roles, locked, oneself };
    Ok(pages::assignment(frame, &one, told))
}

pub async fn show(app: App, by: SignedIn, frame: Frame, id: Path<i64>) -> Result<HttpResponse, Problem> {
    let id = StaffId(id.into_inner());
    Ok(html(StatusCode::OK, page(&app, &by, &frame, id, &Complaints::default()).await?))
}

pub async fn assign(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<i64>,
    form: Form<RolesForm>,
) -> Result<HttpResponse, Problem> {
    let id = StaffId(id.into_inner());
    let outcome = match form.check() {
        Err(told) => Err(told),
        Ok(roles) => {
            let (act, version) = (app.act(&by), form.version);
            let done = app.write(move |conn| actions::assign_roles(conn, &act, id, version, &roles)).await;
            if matches!(done, Err(Problem::Stale)) {
                let (staff, _, roles, _) = load(&app, &by, id).await?;
                return conflicts::roles(&frame, &form, &staff, &roles);
            }
            heard(done)?
        }
    };
    match outcome {
        Ok(()) => {
            app.forget_sessions();
            Ok(see_other_saying(urls::ROLES, &Flash::done("角色已保存，立即生效。")))
        }
        Err(told) => Ok(unprocessable(page(&app, &by, &frame, id, &told).await?)),
    }
}

pub async fn unlock(
    app: App,
    by: SignedIn,
    id: Path<i64>,
    _form: Form<VersionForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), StaffId(id.into_inner()));
    app.write(move |conn| actions::unlock(conn, &act, id)).await?;
    Ok(see_other_saying(&urls::roles(id), &Flash::done("账号已解锁，现在可以登录。")))
}

pub async fn close(
    app: App,
    by: SignedIn,
    id: Path<i64>,
    _form: Form<VersionForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), StaffId(id.into_inner()));
    app.write(move |conn| actions::close_account(conn, &act, id)).await?;
    app.forget_sessions();
    Ok(see_other_saying(&urls::roles(id), &Flash::done("账号已锁定，这位同事的登录已经退出。")))
}

async fn portfolio_page(
    app: &App,
    by: &SignedIn,
    frame: &Frame,
    form: &PortfolioForm,
    told: &Complaints,
) -> Result<Markup, Problem> {
    let (court, today) = (by.court()?, app.moment().today());
    let (entries, leaders, divisions, names) = app
        .read(move |conn| {
            let entries = store::portfolios_in_court(conn, court)?;
            let mut names = Vec::new();
            for id in entries.iter().map(|entry| entry.staff_id).collect::<HashSet<_>>() {
                names.push((id, store::staff(conn, court, id)?.name));
            }
            Ok((entries, store::leaders(conn, court)?, store::division_list(conn, court)?, names))
        })
        .await?;
    let page = pages::Portfolios {
        today,
        entries: &entries,
        leaders: &leaders,
        divisions: &divisions,
        names: &names,
    };
    Ok(pages::portfolios(frame, &page, form, told))
}

pub async fn portfolios(app: App, by: SignedIn, frame: Frame) -> Result<HttpResponse, Problem> {
    let form = PortfolioForm { from_on: app.moment().today().to_string(), ..PortfolioForm::default() };
    let page = portfolio_page(&app, &by, &frame, &form, &Complaints::default()).await?;
    Ok(html(StatusCode::OK, page))
}

pub async fn set_portfolio(
    app: App,
    by: SignedIn,
    frame: Frame,
    form: Form<PortfolioForm>,
) -> Result<HttpResponse, Problem> {
    let outcome = match form.check() {
        Err(told) => Err(told),
        Ok((staff, charge, from_on)) => {
            let act = app.act(&by);
            heard(app.write(move |conn| actions::set_portfolio(conn, &act, staff, charge, from_on)).await)?
        }
    };
    match outcome {
        Ok(_) => {
            app.forget_sessions();
            Ok(see_other_saying(urls::PORTFOLIOS, &Flash::done("分管已保存。")))
        }
        Err(told) => Ok(unprocessable(portfolio_page(&app, &by, &frame, &form, &told).await?)),
    }
}

/// The last day of a portfolio entry.
#[derive(Deserialize)]
pub struct EndForm {
    to_on: String,
}

pub async fn end_portfolio(
    app: App,
    by: SignedIn,
    id: Path<i64>,
    form: Form<EndForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), PortfolioId(id.into_inner()));
    let to_on = read_date(&form.to_on).map_err(Problem::Refused)?;
    app.write(move |conn| actions::end_portfolio(conn, &act, id, to_on)).await?;
    app.forget_sessions();
    Ok(see_other_saying(urls::PORTFOLIOS, &Flash::done("这项分管到期终止。")))
}
