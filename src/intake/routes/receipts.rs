//! Papers of the counter: the receipt, and templates to fill in.

use crate::app::App;
use crate::error::Problem;
use crate::intake::forms::MEMBER_FIELDS;
use crate::intake::{pages, receipts};
use crate::matters::ContactId;
use crate::people::SignedIn;
use crate::sheets;
use crate::web::{Frame, download};
use actix_web::HttpResponse;
use actix_web::web::{Path, Query};
use maud::Markup;
use serde::Deserialize;

/// How the receipt is wanted.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    /// `slip` for the 80 mm printer.
    paper: String,
    /// It prints by itself.
    print: String,
}

pub async fn receipt(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<ContactId>,
    wanted: Query<Wanted>,
) -> Result<Markup, Problem> {
    let act = app.act(&by);
    let id = id.into_inner();
    let receipt = app.read(move |conn| receipts::receipt(conn, &act, id)).await?;
    Ok(pages::receipt(&frame, id, &receipt, wanted.paper == "slip", wanted.print == "1"))
}

pub async fn members_template() -> Result<HttpResponse, Problem> {
    let notes = [
        "每行一人；五人以上选出的代表最多五名，在“是否代表”一列填“是”。",
        "证件号码一列已设为文本，请不要改成数值。",
    ];
    let bytes = sheets::template("集体访成员名单", MEMBER_FIELDS, &notes)?;
    Ok(download("集体访成员名单.xlsx", sheets::XLSX, bytes))
}
