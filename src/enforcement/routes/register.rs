//! The register, its export, and a matter's own page.

use crate::app::App;
use crate::audit::{self, Subject};
use crate::calendar;
use crate::db::Conn;
use crate::enforcement::forms::EnforcementQuery;
use crate::enforcement::pages::{self, RegisterPage};
use crate::enforcement::types::EnforcementFilter;
use crate::enforcement::{sheets, views};
use crate::error::Problem;
use crate::matters::MatterId;
use crate::matters::views::{MOST_EXPORTED, PAGE};
use crate::people::types::Division;
use crate::people::{self, Act, Permission, SignedIn};
use crate::sheets::XLSX;
use crate::web::{Frame, download};
use actix_web::HttpResponse;
use actix_web::web::{Path, Query};
use maud::Markup;

/// Working days within which a measure counts as soon due.
const SOON: u32 = 3;

fn filter(conn: &mut Conn, act: &Act, query: &EnforcementQuery) -> Result<EnforcementFilter, Problem> {
    let today = act.now.today();
    let soon = calendar::working_days(conn)?.after(today, SOON).unwrap_or(today);
    Ok(query.filter(act.by.staff_id, today, soon))
}

fn divisions(conn: &mut Conn, act: &Act) -> Result<Vec<Division>, Problem> {
    match act.by.court_id {
        Some(court) => Ok(people::division_list(conn, court)?),
        None => Ok(Vec::new()),
    }
}

pub async fn list(
    app: App,
    by: SignedIn,
    frame: Frame,
    query: Query<EnforcementQuery>,
) -> Result<Markup, Problem> {
    let (act, query) = (app.act(&by), query.into_inner());
    let may_export = by.may(Permission::ExportRegister);
    let asked = query.clone();
    if query.waits() {
        let (listing, divisions) = app
            .read(move |conn| {
                let filter = filter(conn, &act, &asked)?;
                let listing = views::untaken(conn, &act, &filter, asked.after_id(), PAGE)?;
                Ok((listing, divisions(conn, &act)?))
            })
            .await?;
        let page = RegisterPage { listing: &listing, query: &query, divisions: &divisions, may_export };
        return Ok(pages::waiting(&frame, &page));
    }
    let (listing, divisions) = app
        .read(move |conn| {
            let filter = filter(conn, &act, &asked)?;
            Ok((views::page(conn, &act, &filter, asked.order(), PAGE)?, divisions(conn, &act)?))
        })
        .await?;
    let page = RegisterPage { listing: &listing, query: &query, divisions: &divisions, may_export };
    Ok(pages::register(&frame, &page))
}

pub async fn export(app: App, by: SignedIn, query: Query<EnforcementQuery>) -> Result<HttpResponse, Problem> {
    let (act, query) = (app.act(&by), query.into_inner().going_on(String::new()));
    let bytes = app
        .write(move |conn| {
            let filter = filter(conn, &act, &query)?;
            let listing = if query.waits() {
                views::untaken_as_listed(conn, &act, &filter, MOST_EXPORTED)?
            } else {
                views::page(conn, &act, &filter, query.order(), MOST_EXPORTED)?
            };
            let values = [("what", "涉执信访台账"), ("rows", &*listing.rows.len().to_string())];
            audit::record(conn, &act, "register.exported", Subject::Register(0), &values)?;
            sheets::register("涉执信访台账", &listing.rows, &act)
        })
        .await?;
    Ok(download("涉执信访台账.xlsx", XLSX, bytes))
}

pub async fn show(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    let detail = super::detail(&app, &by, id.into_inner()).await?;
    Ok(pages::detail(&frame, &detail))
}
