//! The counter's addresses.

mod drafts;
mod importing;
mod opening;
mod receipts;
mod registering;

use super::{finding, pages, urls};
use crate::app::App;
use crate::error::Problem;
use crate::people::{Access, Permission, Routes, SignedIn};
use crate::web::{Form, Frame};
use actix_web::HttpResponse;
use maud::Markup;
use serde::Deserialize;

/// Mounts the slice's routes.
pub fn routes(routes: &mut Routes) {
    let access = Access::May(Permission::RegisterMatter);
    routes.get(urls::INTAKE, access, start);
    routes.post(urls::FIND, access, find);
    routes.post(urls::MATCHES, access, matches);
    routes.get(urls::NEW, access, opening::blank);
    routes.post(urls::NEW, access, opening::carried);
    routes.get("/intake/further/{id}", access, opening::further);
    routes.upload_keeping_input(urls::REGISTER, access, registering::register);
    routes.post_keeping_input(urls::SAVE_DRAFT, access, drafts::save);
    routes.get("/intake/drafts/{id}", access, drafts::resume);
    routes.post("/intake/drafts/{id}/discard", access, drafts::discard);
    routes.get("/intake/receipt/{id}", Access::May(Permission::ViewMatters), receipts::receipt);
    routes.get(urls::MEMBERS_TEMPLATE, access, receipts::members_template);
    let bring = Access::May(Permission::ImportRegister);
    routes.get(urls::IMPORT, bring, importing::start);
    routes.upload(urls::IMPORT, bring, importing::take);
    routes.get(urls::IMPORT_TEMPLATE, bring, importing::template);
    routes.get("/intake/import/{id}", bring, importing::show);
    routes.get("/intake/import/{id}/faults.xlsx", bring, importing::faults);
    routes.post("/intake/import/{id}/stop", bring, importing::stop);
}

/// What was typed into the one box.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Box {
    q: String,
}

async fn start(app: App, by: SignedIn, frame: Frame) -> Result<Markup, Problem> {
    finder(app, by, frame, None).await
}

async fn find(app: App, by: SignedIn, frame: Frame, typed: Form<Box>) -> Result<Markup, Problem> {
    finder(app, by, frame, Some(typed.0.q)).await
}

async fn finder(app: App, by: SignedIn, frame: Frame, text: Option<String>) -> Result<Markup, Problem> {
    let act = app.act(&by);
    let now = act.now;
    let may_import = act.by.may(Permission::ImportRegister);
    let typed = text.clone();
    let (found, drafts) = app
        .read(move |conn| {
            let found = typed.map(|typed| finding::find(conn, &act, &typed)).transpose()?;
            Ok((found, finding::drafts(conn, &act)?))
        })
        .await?;
    Ok(pages::finder(&pages::Finder {
        frame: &frame,
        text: text.as_deref().unwrap_or(""),
        found: found.as_ref(),
        drafts: &drafts,
        may_import,
        now,
    }))
}

/// The fragment under the box.
async fn matches(app: App, by: SignedIn, frame: Frame, typed: Form<Box>) -> Result<HttpResponse, Problem> {
    let act = app.act(&by);
    let found = app.read(move |conn| finding::find(conn, &act, &typed.q)).await?;
    let fragment = pages::matches(&frame.csrf, &found);
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(fragment.into_string()))
}
