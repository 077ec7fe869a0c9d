//! Takes a list of cases, and shows how far it has got.

use crate::app::App;
use crate::error::Problem;
use crate::people::{Act, SignedIn};
use crate::sheets;
use crate::sweeps::imports::{self, FIELDS, ImportId, Read};
use crate::sweeps::pages::{self, ImportTyped};
use crate::sweeps::types::{RowKind, SweepId};
use crate::sweeps::views::{self, ListedSweep};
use crate::sweeps::{actions, rules, urls};
use crate::web::form::Complaints;
use crate::web::{Flash, Frame, Upload, UploadedFile, download, see_other, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::web::{Path, block};
use maud::Markup;

async fn found(app: &App, act: Act, id: SweepId) -> Result<ListedSweep, Problem> {
    app.read(move |conn| {
        actions::workable(conn, &act, id)?;
        views::find(conn, &act, id)
    })
    .await
}

pub async fn form(app: App, by: SignedIn, frame: Frame, id: Path<SweepId>) -> Result<Markup, Problem> {
    let listed = found(&app, app.act(&by), id.into_inner()).await?;
    let typed = ImportTyped { kind: RowKind::Filed.code().to_owned() };
    Ok(pages::import(&frame, &listed, &typed, &Complaints::default()))
}

pub async fn template() -> Result<HttpResponse, Problem> {
    let notes = ["每行一件案件；只有“案号”一列是必须的。", "当事人只保存姓氏和简称。"];
    let bytes = sheets::template("排查案件导入", FIELDS, &notes)?;
    Ok(download("排查案件导入模板.xlsx", sheets::XLSX, bytes))
}

/// Reads the whole list, away from the web workers.
async fn read(
    list: Option<UploadedFile>,
    kind: Option<RowKind>,
    act: &Act,
) -> Result<Result<(UploadedFile, Read), (&'static str, String)>, Problem> {
    let Some(list) = list else {
        return Ok(Err(("list", "还没有选择文件。请选择 .xlsx 或 .xls 文件后再点“导入”。".to_owned())));
    };
    let Some(kind) = kind else {
        return Ok(Err(("kind", "请选择这是收案清单还是结案清单。".to_owned())));
    };
    let today = act.now.today();
    let reading = move || match imports::read(&list.bytes, kind, today) {
        Ok(read) => Ok((list, read)),
        Err(sentence) => Err(("list", sentence)),
    };
    block(reading).await.map_err(Problem::internal)
}

pub async fn take(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<SweepId>,
    upload: Upload,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    let listed = found(&app, act.clone(), id).await?;
    let typed = ImportTyped { kind: upload.field("kind").to_owned() };
    let kind = RowKind::from_code(&typed.kind).filter(|kind| *kind != RowKind::Again);
    let list = upload.files.into_iter().find(|file| file.field == "list" && !file.bytes.is_empty());
    let (list, read) = match read(list, kind, &act).await? {
        Ok(read) => read,
        Err((field, sentence)) => {
            let mut told = Complaints::default();
            told.add(field, sentence);
            return Ok(unprocessable(pages::import(&frame, &listed, &typed, &told)));
        }
    };
    let chosen = typed.kind;
    let (run, again) = app
        .write(move |conn| imports::start(conn, &act, id, (&list.name, &list.bytes, &chosen), &read))
        .await?;
    if again {
        let flash = Flash::notice("这份文件以前导入过，下面是那一次的情况，没有重复导入。");
        return Ok(see_other_saying(&urls::run(run), &flash));
    }
    Ok(see_other(&urls::run(run)))
}

pub async fn show(app: App, by: SignedIn, frame: Frame, id: Path<ImportId>) -> Result<Markup, Problem> {
    let act = app.act(&by);
    let now = act.now;
    let (shown, listed, works) = app
        .read(move |conn| {
            let shown = imports::look(conn, &act, id.into_inner())?;
            let listed = views::find(conn, &act, shown.import.sweep_id)?;
            let works = rules::works_on(&act.by, listed.sweep.division_id);
            Ok((shown, listed, works))
        })
        .await?;
    Ok(pages::run(&frame, &shown, (&listed, works), now))
}

pub async fn faults(app: App, by: SignedIn, id: Path<ImportId>) -> Result<HttpResponse, Problem> {
    let act = app.act(&by);
    let looking = act.clone();
    let shown = app.read(move |conn| imports::look(conn, &looking, id.into_inner())).await?;
    Ok(download("排查导入情况.xlsx", sheets::XLSX, imports::workbook(&shown, &act)?))
}

pub async fn stop(app: App, by: SignedIn, id: Path<ImportId>) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    app.write(move |conn| imports::stop(conn, &act, id)).await?;
    Ok(see_other_saying(&urls::run(id), &Flash::done("已经停下，随时可以继续。")))
}

pub async fn resume(app: App, by: SignedIn, id: Path<ImportId>) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    app.write(move |conn| imports::resume(conn, &act, id)).await?;
    Ok(see_other_saying(&urls::run(id), &Flash::done("接着上次停下的地方继续导入。")))
}
