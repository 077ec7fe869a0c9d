//! Papers of a matter: brought in, and opened again.

use crate::app::App;
use crate::audit::{self, Subject};
use crate::error::Problem;
use crate::files::{self, AttachmentId};
use crate::matters::actions;
use crate::matters::types::MatterId;
use crate::matters::{store, urls};
use crate::people::SignedIn;
use crate::web::{Flash, Upload, see_other_saying};
use actix_web::HttpResponse;
use actix_web::web::{Path, block};

pub async fn attach(
    app: App,
    by: SignedIn,
    id: Path<MatterId>,
    upload: Upload,
) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), id.into_inner());
    if upload.files.is_empty() {
        return Err(Problem::refused("还没有选择文件。请先选择要上传的材料，再按“上传”。"));
    }
    // Whoever may not see the matter must not learn by an upload that it is there.
    let scope = by.scope.clone();
    app.read(move |conn| Ok(store::find(conn, &scope, id)?)).await?;
    let kept = app.keep_files(upload.files).await?;
    let count = kept.len();
    app.write(move |conn| actions::attach(conn, &act, id, kept)).await?;
    Ok(see_other_saying(&urls::matter(id), &Flash::done(format!("已上传 {count} 份材料。"))))
}

pub async fn open(app: App, by: SignedIn, id: Path<i64>) -> Result<HttpResponse, Problem> {
    let (act, id) = (app.act(&by), AttachmentId(id.into_inner()));
    let attachment = app
        .write(move |conn| {
            let attachment = files::find(conn, id)?;
            store::find(conn, &act.by.scope, MatterId(attachment.matter_id))?;
            audit::record(conn, &act, "attachment.opened", Subject::Attachment(id.0), &[])?;
            Ok(attachment)
        })
        .await?;
    let (dir, keys, hash) = (app.config().data.clone(), app.keys().clone(), attachment.hash.clone());
    let bytes = block(move || files::open(&dir, &keys, &hash)).await.map_err(Problem::internal)??;
    Ok(files::response(&attachment, bytes, false))
}
