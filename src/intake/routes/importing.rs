//! Takes a list of matters.

use crate::app::App;
use crate::error::Problem;
use crate::intake::forms::{LEDGER_FIELDS, read_ledger};
use crate::intake::pages::{Outcome, import};
use crate::intake::{actions, finding};
use crate::people::SignedIn;
use crate::sheets;
use crate::web::form::Complaints;
use crate::web::{Frame, Upload, download, unprocessable};
use actix_web::HttpResponse;
use maud::Markup;

pub async fn start(frame: Frame) -> Markup {
    import(&frame, "", &Complaints::default(), None)
}

pub async fn template() -> Result<HttpResponse, Problem> {
    let notes = ["每行一件事项。", "证件号码一列已设为文本，请不要改成数值。"];
    let bytes = sheets::template("信访事项导入", LEDGER_FIELDS, &notes)?;
    Ok(download("信访事项导入模板.xlsx", sheets::XLSX, bytes))
}

pub async fn take(app: App, by: SignedIn, frame: Frame, upload: Upload) -> Result<HttpResponse, Problem> {
    let take = upload.field("take").to_owned();
    let mut told = Complaints::default();
    let Some(list) = upload.files.iter().find(|file| file.field == "list" && !file.bytes.is_empty()).cloned()
    else {
        told.add("list", "还没有选择文件。请选择 .xlsx 或 .xls 文件后再按“导入”。");
        return Ok(unprocessable(import(&frame, &take, &told, None)));
    };
    let act = app.act(&by);
    let keys = app.keys().clone();
    let (choosing, now) = (act.clone(), act.now);
    let read = app
        .read(move |conn| {
            let choices = finding::choices(conn, &choosing)?;
            Ok(read_ledger(&list.bytes, &choices, now, |row| keys.mac("import", row.as_bytes())))
        })
        .await?;
    let read = match read {
        Ok(read) => read,
        Err(sentence) => {
            told.add("list", sentence);
            return Ok(unprocessable(import(&frame, &take, &told, None)));
        }
    };
    let mut outcome = Outcome { report: read.report, ..Outcome::default() };
    if outcome.report.is_clean() || take == "good" {
        let rows = read.registrations;
        let made = app.write(move |conn| actions::import(conn, &act, &rows)).await?;
        (outcome.made, outcome.repeated) = made;
    }
    Ok(crate::web::html(actix_web::http::StatusCode::OK, import(&frame, &take, &told, Some(&outcome))))
}
