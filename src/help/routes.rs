//! `/help`.

use super::{manuals, pages};
use crate::error::Problem;
use crate::people::{Access, Routes, SignedIn};
use crate::web::Frame;
use actix_web::web::Path;
use maud::Markup;

pub fn routes(routes: &mut Routes) {
    routes.get("/help", Access::SignedIn, index);
    routes.get("/help/{key}", Access::SignedIn, show);
}

async fn index(_by: SignedIn, frame: Frame) -> Markup {
    pages::index(&frame)
}

async fn show(_by: SignedIn, frame: Frame, key: Path<String>) -> Result<Markup, Problem> {
    let manual = manuals().find(|manual| manual.key == key.as_str()).ok_or(Problem::NotFound)?;
    Ok(pages::manual(&frame, manual))
}
