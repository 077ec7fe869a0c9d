//! Sheets: listed, opened, looked at, finished; a case typed.

use super::answered;
use crate::app::{App, Export};
use crate::calendar;
use crate::db::Conn;
use crate::error::Problem;
use crate::people::types::Division;
use crate::people::{Act, Permission, SignedIn};
use crate::sweeps::forms::{CaseForm, OpeningForm, SheetQuery, SweepQuery, VersionForm};
use crate::sweeps::types::{Entered, SweepId, SweepState};
use crate::sweeps::views::{self, ListedSweep, SheetPage};
use crate::sweeps::{actions, pages, sheets, urls};
use crate::web::conflict::Beside;
use crate::web::form::Complaints;
use crate::web::listing::{Cursor, MOST_EXPORTED, PAGE};
use crate::web::{Flash, Form, Frame, Listing, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::web::{Path, Query};
use maud::Markup;

fn page_of(
    conn: &mut Conn,
    act: &Act,
    query: &SweepQuery,
    (after, size): (Option<Cursor<SweepId>>, i64),
) -> Result<Listing<ListedSweep>, Problem> {
    let near = calendar::working_days(conn)?.near(act.now.today());
    views::page(conn, act, &query.filter(&near), after, size)
}

pub async fn list(app: App, by: SignedIn, frame: Frame, query: Query<SweepQuery>) -> Result<Markup, Problem> {
    let (act, query) = (app.act(&by), query.into_inner());
    let asked = query.clone();
    let (listing, divisions, may_open) = app
        .read(move |conn| {
            let listing = page_of(conn, &act, &asked, (asked.after(), PAGE))?;
            let opens = act.by.may(Permission::SweepCases) && !views::own_divisions(conn, &act)?.is_empty();
            Ok((listing, views::divisions(conn, &act)?, opens))
        })
        .await?;
    let may = (divisions.as_slice(), may_open, by.may(Permission::ExportRegister));
    Ok(pages::list(&frame, &listing, &query, may))
}

pub async fn export(app: App, by: SignedIn, query: Query<SweepQuery>) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let all = move |conn: &mut Conn, act: &Act| page_of(conn, act, &query, (None, MOST_EXPORTED));
    app.export(&by, Export::of("排查表"), all, sheets::sweeps).await
}

async fn own(app: &App, by: &SignedIn) -> Result<Vec<Division>, Problem> {
    let act = app.act(by);
    app.read(move |conn| views::own_divisions(conn, &act)).await
}

pub async fn open_page(app: App, by: SignedIn, frame: Frame) -> Result<Markup, Problem> {
    let divisions = own(&app, &by).await?;
    let ids: Vec<_> = divisions.iter().map(|one| one.id).collect();
    let typed = OpeningForm::of(app.moment().today(), &ids);
    Ok(pages::open(&frame, &divisions, &typed, &Complaints::default()))
}

pub async fn open(
    app: App,
    by: SignedIn,
    frame: Frame,
    form: Form<OpeningForm>,
) -> Result<HttpResponse, Problem> {
    let divisions = own(&app, &by).await?;
    let act = app.act(&by);
    let opening = match form.check(act.now.today()) {
        Ok(opening) => opening,
        Err(told) => return Ok(unprocessable(pages::open(&frame, &divisions, &form, &told))),
    };
    let done = app.write(move |conn| actions::open(conn, &act, &opening)).await;
    match answered(done, |told| pages::open(&frame, &divisions, &form, told))? {
        Ok(made) => {
            let flash = Flash::done(format!("打开了 {made} 张排查表，请导入或者录入案件。"));
            Ok(see_other_saying(urls::LIST, &flash))
        }
        Err(page) => Ok(page),
    }
}

async fn load(app: &App, by: &SignedIn, id: SweepId, query: SheetQuery) -> Result<SheetPage, Problem> {
    let act = app.act(by);
    app.read(move |conn| views::sheet(conn, &act, id, &query, PAGE)).await
}

pub async fn show(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<SweepId>,
    query: Query<SheetQuery>,
) -> Result<Markup, Problem> {
    let query = query.into_inner();
    let page = load(&app, &by, id.into_inner(), query.clone()).await?;
    Ok(pages::sheet(&frame, &page, &query))
}

async fn found(app: &App, by: &SignedIn, id: SweepId) -> Result<ListedSweep, Problem> {
    let act = app.act(by);
    app.read(move |conn| {
        actions::workable(conn, &act, id)?;
        views::find(conn, &act, id)
    })
    .await
}

pub async fn add_page(app: App, by: SignedIn, frame: Frame, id: Path<SweepId>) -> Result<Markup, Problem> {
    let listed = found(&app, &by, id.into_inner()).await?;
    let typed = CaseForm { kind: "filed".to_owned(), ..CaseForm::default() };
    Ok(pages::add(&frame, &listed, &typed, &Complaints::default()))
}

pub async fn add(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<SweepId>,
    form: Form<CaseForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let listed = found(&app, &by, id).await?;
    let line = match form.check(act.now.today()) {
        Ok(line) => line,
        Err(told) => return Ok(unprocessable(pages::add(&frame, &listed, &form, &told))),
    };
    let number = line.case_number.clone();
    let entered = app.write(move |conn| actions::type_case(conn, &act, id, &line)).await?;
    let flash = match entered {
        Entered::New(_) => Flash::done(format!("{number}已经录入。可以接着录入下一件。")),
        Entered::Merged(_) => Flash::done(format!("{number}本来就在表上，已经补充收结情况。")),
        Entered::Known(_) => Flash::notice(format!("{number}已经在这张排查表上，没有重复登记。")),
    };
    Ok(see_other_saying(&urls::add(id), &flash))
}

pub async fn finish(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<SweepId>,
    form: Form<VersionForm>,
) -> Result<HttpResponse, Problem> {
    let (act, id, version) = (app.act(&by), id.into_inner(), form.version);
    match app.write(move |conn| actions::finish(conn, &act, id, version)).await {
        Err(Problem::Stale) => moved_on(&app, &by, &frame, id).await,
        Err(problem) => Err(problem),
        Ok(()) => Ok(see_other_saying(&urls::sweep(id), &Flash::done("这一期排查完毕。"))),
    }
}

/// The sheet as it stands, beside the button that was pressed on an older picture of it.
async fn moved_on(app: &App, by: &SignedIn, frame: &Frame, id: SweepId) -> Result<HttpResponse, Problem> {
    let listed = load(app, by, id, SheetQuery::default()).await?.listed;
    let (sweep, keep, action) = (&listed.sweep, urls::sweep(id), urls::finish(id));
    let title = format!("{}　{}", listed.division, sweep.title());
    let now = [
        ("状态", sweep.state.label().to_owned()),
        ("案件", format!("{} 件，没有结论的 {} 件", listed.counts.total, listed.counts.unanswered)),
    ];
    let again = (sweep.state == SweepState::Open)
        .then(|| (action.as_str(), vec![("version", sweep.version.to_string())]));
    let beside =
        Beside { title: &title, help: "sweeps#sheet", keep: &keep, meant: "排查完毕", now: &now, again };
    Ok(beside.answer(frame))
}
