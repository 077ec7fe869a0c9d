//! Staff and their accounts.

use super::{conflicts, heard};
use crate::app::App;
use crate::error::Problem;
use crate::handover;
use crate::people::actions;
use crate::people::forms::{StaffForm, VersionForm};
use crate::people::pages::staff as pages;
use crate::people::passwords::OneTime;
use crate::people::types::{Account, Division, DivisionId, Role, Staff, StaffFilter, StaffId};
use crate::people::{SignedIn, store, urls};
use crate::sheets::XLSX;
use crate::web::form::Complaints;
use crate::web::listing::{PAGE, address};
use crate::web::{Flash, Form, Frame, Listing, download, html, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Path, Query, block};
use serde::Deserialize;

/// How many a search shows.
const FOUND: i64 = 200;

/// Where a list goes on; what it is narrowed to, except by name.
#[derive(Deserialize)]
pub struct ListQuery {
    after: Option<i64>,
    #[serde(default)]
    division: String,
    #[serde(default)]
    state: String,
}

/// What is typed into the filter row.
#[derive(Deserialize)]
pub struct SearchForm {
    text: String,
    division: String,
    state: String,
}

fn filter(text: &str, division: &str, state: &str) -> StaffFilter {
    let active = match state {
        "all" => None,
        "inactive" => Some(false),
        _ => Some(true),
    };
    let division_id = division.parse().ok().map(DivisionId);
    StaffFilter { text: text.trim().to_owned(), division_id, active }
}

pub async fn list(
    app: App,
    by: SignedIn,
    frame: Frame,
    query: Query<ListQuery>,
) -> Result<HttpResponse, Problem> {
    let filter = filter("", &query.division, &query.state);
    let after = query.after.map(StaffId);
    let (people, divisions) = find(&app, &by, filter.clone(), after, PAGE + 1).await?;
    let found = Listing::cut(people, PAGE);
    let kept = [("division", &query.division), ("state", &query.state)];
    let next = found.next(|(one, _)| address(urls::STAFF, &kept, &[("after", &one.id.to_string())]));
    let list = pages::List { filter: &filter, divisions: &divisions, people: &found.rows, next };
    Ok(html(StatusCode::OK, pages::list(&frame, &list)))
}

pub async fn search(
    app: App,
    by: SignedIn,
    frame: Frame,
    form: Form<SearchForm>,
) -> Result<HttpResponse, Problem> {
    let filter = filter(&form.text, &form.division, &form.state);
    let (people, divisions) = find(&app, &by, filter.clone(), None, FOUND).await?;
    let list = pages::List { filter: &filter, divisions: &divisions, people: &people, next: None };
    Ok(html(StatusCode::OK, pages::list(&frame, &list)))
}

pub async fn export(app: App, by: SignedIn, form: Form<SearchForm>) -> Result<HttpResponse, Problem> {
    let filter = filter(&form.text, &form.division, &form.state);
    let act = app.act(&by);
    let bytes = app.write(move |conn| actions::export_staff(conn, &act, &filter)).await?;
    Ok(download("人员账号.xlsx", XLSX, bytes))
}

type Found = (Vec<(Staff, Option<String>)>, Vec<Division>);

async fn find(
    app: &App,
    by: &SignedIn,
    filter: StaffFilter,
    after: Option<StaffId>,
    limit: i64,
) -> Result<Found, Problem> {
    let court = by.court()?;
    app.read(move |conn| {
        let people = store::staff_page(conn, court, &filter, after, limit)?;
        Ok((people, store::every_division(conn, court)?))
    })
    .await
}

async fn divisions(app: &App, by: &SignedIn) -> Result<Vec<Division>, Problem> {
    let court = by.court()?;
    app.read(move |conn| Ok(store::division_list(conn, court)?)).await
}

pub async fn new_page(app: App, by: SignedIn, frame: Frame) -> Result<HttpResponse, Problem> {
    let divisions = divisions(&app, &by).await?;
    let page = pages::new(&frame, &StaffForm::empty(), &divisions, &Complaints::default());
    Ok(html(StatusCode::OK, page))
}

/// A new one-time password; hashing it takes a while.
async fn one_time() -> Result<OneTime, Problem> {
    block(OneTime::new).await.map_err(Problem::internal)?
}

pub async fn add(
    app: App,
    by: SignedIn,
    frame: Frame,
    form: Form<StaffForm>,
) -> Result<HttpResponse, Problem> {
    let outcome = match form.check_new(by.court()?) {
        Err(told) => Err(told),
        Ok(new) => {
            let (act, password) = (app.act(&by), one_time().await?);
            let shown = password.shown.clone();
            let added = app.write(move |conn| {
                let id = actions::add_staff(conn, &act, &new, &password)?;
                Ok((store::staff_of_any_court(conn, id)?, new.user_name))
            });
            heard(added.await)?.map(|(staff, user)| pages::one_time(&frame, &staff, &user, &shown))
        }
    };
    match outcome {
        Ok(page) => Ok(html(StatusCode::OK, page)),
        Err(told) => {
            let divisions = divisions(&app, &by).await?;
            Ok(unprocessable(pages::new(&frame, &form, &divisions, &told)))
        }
    }
}

/// What the page about somebody needs.
struct Loaded {
    staff: Staff,
    account: Account,
    roles: Vec<Role>,
    divisions: Vec<Division>,
    locked: bool,
    /// In words; empty for nothing.
    holds: String,
}

async fn load(app: &App, by: &SignedIn, id: StaffId) -> Result<Loaded, Problem> {
    let (court, looking, now) = (by.court()?, by.person()?, app.moment().utc());
    app.read(move |conn| {
        let staff = store::staff(conn, court, id)?;
        let account = store::account(conn, id)?;
        Ok(Loaded {
            roles: store::roles_of(conn, id)?,
            divisions: store::division_list(conn, court)?,
            locked: store::locked_users(conn, now)?.contains(&account.user_name),
            holds: handover::shown_in_words(conn, id, looking)?,
            staff,
            account,
        })
    })
    .await
}

impl Loaded {
    fn page(&self, frame: &Frame, by: &SignedIn, form: &StaffForm, told: &Complaints) -> maud::Markup {
        let detail = pages::Detail {
            staff: &self.staff,
            account: &self.account,
            roles: &self.roles,
            divisions: &self.divisions,
            locked: self.locked,
            holds: &self.holds,
            oneself: by.staff_id == Some(self.staff.id),
        };
        pages::detail(frame, &detail, form, told)
    }
}

pub async fn show(app: App, by: SignedIn, frame: Frame, id: Path<i64>) -> Result<HttpResponse, Problem> {
    let loaded = load(&app, &by, StaffId(id.into_inner())).await?;
    let form = StaffForm::of(&loaded.staff, &loaded.account);
    Ok(html(StatusCode::OK, loaded.page(&frame, &by, &form, &Complaints::default())))
}

pub async fn edit(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<i64>,
    form: Form<StaffForm>,
) -> Result<HttpResponse, Problem> {
    let id = StaffId(id.into_inner());
    let outcome = match form.check() {
        Err(told) => Err(told),
        Ok(edit) => {
            let act = app.act(&by);
            let done = app.write(move |conn| actions::edit_staff(conn, &act, id, &edit)).await;
            if matches!(done, Err(Problem::Stale)) {
                let now = load(&app, &by, id).await?;
                return conflicts::staff(&frame, &form, (&now.staff, &now.account), &now.divisions);
            }
            heard(done)?
        }
    };
    match outcome {
        Ok(()) => {
            app.forget_sessions();
            Ok(see_other_saying(&urls::staff(id), &Flash::done("已保存。")))
        }
        Err(told) => {
            let loaded = load(&app, &by, id).await?;
            Ok(unprocessable(loaded.page(&frame, &by, &form, &told)))
        }
    }
}

pub async fn deactivate(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<i64>,
    form: Form<VersionForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id, version) = (app.act(&by), StaffId(id.into_inner()), form.version);
    let done = app.write(move |conn| actions::deactivate_staff(conn, &act, id, version)).await;
    if matches!(done, Err(Problem::Stale)) {
        let now = load(&app, &by, id).await?;
        return Ok(conflicts::account(&frame, &now.staff, &now.roles, false));
    }
    done?;
    app.forget_sessions();
    Ok(see_other_saying(&urls::staff(id), &Flash::done("账号已停用，这位同事的登录已经退出。")))
}

pub async fn reactivate(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<i64>,
    form: Form<VersionForm>,
) -> Result<HttpResponse, Problem> {
    let (id, version) = (StaffId(id.into_inner()), form.version);
    let (act, password) = (app.act(&by), one_time().await?);
    let shown = password.shown.clone();
    let done = app.write(move |conn| actions::reactivate_staff(conn, &act, id, version, &password)).await;
    let loaded = load(&app, &by, id).await?;
    if matches!(done, Err(Problem::Stale)) {
        return Ok(conflicts::account(&frame, &loaded.staff, &loaded.roles, true));
    }
    done?;
    Ok(html(StatusCode::OK, pages::one_time(&frame, &loaded.staff, &loaded.account.user_name, &shown)))
}

pub async fn reset_password(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<i64>,
    _form: Form<VersionForm>,
) -> Result<HttpResponse, Problem> {
    let id = StaffId(id.into_inner());
    let (act, password) = (app.act(&by), one_time().await?);
    let shown = password.shown.clone();
    app.write(move |conn| actions::reset_password(conn, &act, id, &password)).await?;
    app.forget_sessions();
    let loaded = load(&app, &by, id).await?;
    Ok(html(StatusCode::OK, pages::one_time(&frame, &loaded.staff, &loaded.account.user_name, &shown)))
}
