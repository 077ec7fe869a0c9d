//! Who calls the list.

use super::types::Duty;
use super::{pages, urls, views};
use crate::app::App;
use crate::error::Problem;
use crate::people::{Access, Permission, Routes, SignedIn};
use crate::web::Frame;
use actix_web::web::Query;
use maud::Markup;
use serde::Deserialize;

pub fn routes(routes: &mut Routes) {
    routes.get(urls::LIST, Access::May(Permission::ViewMatters), list);
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct What {
    what: String,
}

async fn list(app: App, by: SignedIn, frame: Frame, query: Query<What>) -> Result<Markup, Problem> {
    let (act, only) = (app.act(&by), Duty::from_code(&query.what));
    let owed = app.read(move |conn| views::list(conn, &act, only)).await?;
    Ok(pages::list(&frame, &owed, only))
}
