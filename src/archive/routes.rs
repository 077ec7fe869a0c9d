//! Who calls what of the archive's pages.

use super::forms::{ArchiveForm, ArchiveQuery};
use super::pages::{self, ListPage};
use super::views::{self, Opening};
use super::{actions, sheets, urls};
use crate::app::{App, Export};
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::stages::Event;
use crate::matters::urls as matter_urls;
use crate::matters::{self, MatterId};
use crate::people::{Access, Act, Permission, Routes, SignedIn};
use crate::web::form::Complaints;
use crate::web::listing::{MOST_EXPORTED, PAGE};
use crate::web::{Flash, Form, Frame, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::web::{Path, Query};
use maud::Markup;

pub fn routes(routes: &mut Routes) {
    let may = Access::May(Permission::ArchiveMatter);
    routes.get("/matters/{id}/archive", may, page);
    routes.post("/matters/{id}/archive", may, archive);
    routes.get(urls::LIST, may, list);
    routes.get(urls::EXPORT, Access::May(Permission::ExportRegister), export);
    routes.get("/archive/{id}/cover", Access::May(Permission::ViewMatters), cover);
}

async fn list(app: App, by: SignedIn, frame: Frame, query: Query<ArchiveQuery>) -> Result<Markup, Problem> {
    let (act, query) = (app.act(&by), query.into_inner());
    let (which, after) = (query.which(), query.after());
    let listing = app.read(move |conn| views::page(conn, &act, which, after, PAGE)).await?;
    let may_export = by.may(Permission::ExportRegister);
    Ok(pages::list(&frame, &ListPage { listing: &listing, query: &query, may_export }))
}

async fn export(app: App, by: SignedIn, query: Query<ArchiveQuery>) -> Result<HttpResponse, Problem> {
    let which = query.which();
    let all = move |conn: &mut Conn, act: &Act| views::page(conn, act, which, None, MOST_EXPORTED);
    app.export(&by, Export::of("归档台账"), all, sheets::archives).await
}

async fn opening(app: &App, by: &SignedIn, id: MatterId) -> Result<Opening, Problem> {
    let act = app.act(by);
    app.read(move |conn| views::opening(conn, &act, id)).await
}

async fn page(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    let opening = opening(&app, &by, *id).await?;
    Ok(pages::archive(&frame, &opening, &pages::offered(&opening), &Complaints::default()))
}

async fn archive(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    form: Form<ArchiveForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let filing = match form.check() {
        Ok(filing) => filing,
        Err(complaints) => {
            let opening = opening(&app, &by, id).await?;
            return Ok(unprocessable(pages::archive(&frame, &opening, &form, &complaints)));
        }
    };
    let versions = (form.version, form.filed());
    let done = app.write(move |conn| actions::archive(conn, &act, id, versions, &filing)).await;
    if let Some(page) = matters::conflict(&app, &by, &frame, (id, Event::Archive), &*form, &done).await? {
        return Ok(page);
    }
    done?;
    let flash = Flash::done("已经归档。要装订的，按“归档”再打印封面和目录。");
    Ok(see_other_saying(&matter_urls::matter(id), &flash))
}

async fn cover(app: App, by: SignedIn, frame: Frame, id: Path<MatterId>) -> Result<Markup, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let found = app.read(move |conn| views::cover(conn, &act, id)).await?;
    Ok(pages::cover(&frame, &found))
}
