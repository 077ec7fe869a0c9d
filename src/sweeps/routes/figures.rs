//! The figures of a month, and the petitions behind them.

use crate::app::{App, Export};
use crate::db::Conn;
use crate::error::Problem;
use crate::people::{Act, Permission, SignedIn};
use crate::sweeps::forms::FiguresQuery;
use crate::sweeps::pages::{self, HindsightPage};
use crate::sweeps::sheets;
use crate::sweeps::views::{self, Figures, Hindsight};
use crate::web::{Frame, Listing};
use actix_web::HttpResponse;
use actix_web::web::Query;
use maud::Markup;

pub async fn show(
    app: App,
    by: SignedIn,
    frame: Frame,
    query: Query<FiguresQuery>,
) -> Result<Markup, Problem> {
    let act = app.act(&by);
    let page = app.read(move |conn| views::figures(conn, &act, query.month(act.now.today()))).await?;
    Ok(pages::figures(&frame, &page, by.may(Permission::ExportRegister)))
}

pub async fn export(app: App, by: SignedIn, query: Query<FiguresQuery>) -> Result<HttpResponse, Problem> {
    let all = move |conn: &mut Conn, act: &Act| -> Result<Listing<Figures>, Problem> {
        let page = views::figures(conn, act, query.month(act.now.today()))?;
        Ok(Listing { rows: vec![page], more: false })
    };
    app.export(&by, Export::of("排查统计"), all, sheets::figures).await
}

fn found(conn: &mut Conn, act: &Act, query: &FiguresQuery) -> Result<Vec<Hindsight>, Problem> {
    let mut rows = views::hindsight(conn, act, query.month(act.now.today()))?;
    let division = query.division.parse().ok();
    rows.retain(|one| one.is(&query.which) && (division.is_none() || one.matter.division_id == division));
    Ok(rows)
}

pub async fn hindsight(
    app: App,
    by: SignedIn,
    frame: Frame,
    query: Query<FiguresQuery>,
) -> Result<Markup, Problem> {
    let (act, query) = (app.act(&by), query.into_inner());
    let month = query.month(act.now.today()).0;
    let asked = query.clone();
    let rows = app.read(move |conn| found(conn, &act, &asked)).await?;
    let may_export = by.may(Permission::ExportRegister);
    Ok(pages::hindsight(&frame, &HindsightPage { rows: &rows, query: &query, month, may_export }))
}

pub async fn hindsight_export(
    app: App,
    by: SignedIn,
    query: Query<FiguresQuery>,
) -> Result<HttpResponse, Problem> {
    let all = move |conn: &mut Conn, act: &Act| -> Result<Listing<Hindsight>, Problem> {
        Ok(Listing { rows: found(conn, act, &query)?, more: false })
    };
    app.export(&by, Export::of("排查回看"), all, sheets::hindsight).await
}
