//! Takes a list of matters, and shows how far it has got.

use crate::app::App;
use crate::error::Problem;
use crate::intake::forms::{LEDGER_FIELDS, LedgerRead, read_ledger};
use crate::intake::imports::{self, ImportId, Policy, actions};
use crate::intake::{finding, pages, urls};
use crate::people::{Act, SignedIn};
use crate::sheets;
use crate::web::form::Complaints;
use crate::web::{Flash, Frame, Upload, UploadedFile, download, see_other, see_other_saying, unprocessable};
use actix_web::HttpResponse;
use actix_web::web::{Path, block};
use maud::Markup;

pub async fn start(app: App, by: SignedIn, frame: Frame) -> Result<Markup, Problem> {
    form(&app, app.act(&by), &frame, "", &Complaints::default()).await
}

async fn form(
    app: &App,
    act: Act,
    frame: &Frame,
    policy: &str,
    told: &Complaints,
) -> Result<Markup, Problem> {
    let runs = app.read(move |conn| actions::latest(conn, &act)).await?;
    Ok(pages::imports(frame, policy, told, &runs))
}

pub async fn template() -> Result<HttpResponse, Problem> {
    let notes = ["每行一件事项。", "证件号码一列已设为文本，请不要改成数值。"];
    let bytes = sheets::template("信访事项导入", LEDGER_FIELDS, &notes)?;
    Ok(download("信访事项导入模板.xlsx", sheets::XLSX, bytes))
}

pub async fn take(app: App, by: SignedIn, frame: Frame, upload: Upload) -> Result<HttpResponse, Problem> {
    let act = app.act(&by);
    let code = upload.field("take").to_owned();
    let policy = Policy::from_code(&code).unwrap_or(Policy::All);
    let list = upload.files.into_iter().find(|file| file.field == "list" && !file.bytes.is_empty());
    let read = match list {
        Some(list) => read(&app, &act, list).await?,
        None => Err("还没有选择文件。请选择 .xlsx 或 .xls 文件后再按“检查并导入”。".to_owned()),
    };
    match read {
        Ok((name, read)) => {
            let id = app.write(move |conn| actions::start(conn, &act, &name, policy, &read)).await?;
            Ok(see_other(&urls::import(id)))
        }
        Err(sentence) => {
            let mut told = Complaints::default();
            told.add("list", sentence);
            Ok(unprocessable(form(&app, act, &frame, &code, &told).await?))
        }
    }
}

/// Reads and checks the whole list, away from the web workers.
async fn read(
    app: &App,
    act: &Act,
    list: UploadedFile,
) -> Result<Result<(String, LedgerRead), String>, Problem> {
    let choosing = act.clone();
    let choices = app.read(move |conn| finding::choices(conn, &choosing)).await?;
    let (keys, now) = (act.keys.clone(), act.now);
    let reading = move || {
        let read = read_ledger(&list.bytes, &choices, now, |row| keys.mac("import", row.as_bytes()))?;
        if read.report.rows == 0 {
            return Err("表里没有内容，请检查是否填在“数据”这张表里。".to_owned());
        }
        Ok((list.name, read))
    };
    block(reading).await.map_err(Problem::internal)
}

pub async fn show(app: App, by: SignedIn, frame: Frame, id: Path<ImportId>) -> Result<Markup, Problem> {
    let act = app.act(&by);
    let now = act.now;
    let (shown, faults) = app.read(move |conn| actions::look(conn, &act, id.into_inner())).await?;
    Ok(pages::import(&frame, &shown, &faults, now))
}

pub async fn faults(app: App, by: SignedIn, id: Path<ImportId>) -> Result<HttpResponse, Problem> {
    let act = app.act(&by);
    let looking = act.clone();
    let (shown, faults) = app.read(move |conn| actions::look(conn, &looking, id.into_inner())).await?;
    Ok(download("导入错误清单.xlsx", sheets::XLSX, imports::workbook(&shown, &faults, &act)?))
}

pub async fn stop(app: App, by: SignedIn, id: Path<ImportId>) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    app.write(move |conn| actions::stop(conn, &act, id)).await?;
    Ok(see_other_saying(&urls::import(id), &Flash::done("已停止导入。已经登记的事项保留。")))
}
