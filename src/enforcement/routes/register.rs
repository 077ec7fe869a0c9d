//! The register, its export, and a matter's own page.

use crate::app::{App, Export};
use crate::calendar;
use crate::db::Conn;
use crate::enforcement::forms::EnforcementQuery;
use crate::enforcement::pages::{self, RegisterPage};
use crate::enforcement::types::EnforcementFilter;
use crate::enforcement::{sheets, views};
use crate::error::Problem;
use crate::matters::MatterId;
use crate::people::types::Division;
use crate::people::{self, Act, Permission, SignedIn};
use crate::web::Frame;
use crate::web::listing::{MOST_EXPORTED, PAGE};
use actix_web::HttpResponse;
use actix_web::web::{Path, Query};
use maud::Markup;

fn filter(conn: &mut Conn, act: &Act, query: &EnforcementQuery) -> Result<EnforcementFilter, Problem> {
    let near = calendar::working_days(conn)?.near(act.now.today());
    Ok(query.filter(act.by.staff_id, &near))
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
            Ok((views::page(conn, &act, &filter, asked.order(&asked.after), PAGE)?, divisions(conn, &act)?))
        })
        .await?;
    let page = RegisterPage { listing: &listing, query: &query, divisions: &divisions, may_export };
    Ok(pages::register(&frame, &page))
}

pub async fn export(app: App, by: SignedIn, query: Query<EnforcementQuery>) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let all = move |conn: &mut Conn, act: &Act| {
        let filter = filter(conn, act, &query)?;
        if query.waits() {
            views::untaken_as_listed(conn, act, &filter, MOST_EXPORTED)
        } else {
            views::page(conn, act, &filter, query.order(""), MOST_EXPORTED)
        }
    };
    app.export(&by, Export::of("涉执信访台账"), all, |rows, act| {
        sheets::register("涉执信访台账", rows, act)
    })
    .await
}

pub async fn show(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    let detail = super::detail(&app, &by, id.into_inner()).await?;
    Ok(pages::detail(&frame, &detail))
}
