use super::{JOBS, ask, overview, pages, urls};
use crate::app::App;
use crate::error::Problem;
use crate::people::{Access, Permission, Routes, SignedIn};
use crate::web::{Flash, Frame, see_other_saying};
use actix_web::HttpResponse;
use actix_web::web::Path;
use maud::Markup;

pub fn routes(r: &mut Routes) {
    let view = Access::May(Permission::ViewJobs);
    r.get(urls::LIST, view, list);
    r.post("/jobs/{name}/run", view, run);
}

async fn list(app: App, _by: SignedIn, frame: Frame) -> Result<Markup, Problem> {
    let now = app.moment();
    let jobs = app.read(move |conn| overview(conn, now, JOBS)).await?;
    Ok(pages::list(&frame, &jobs))
}

async fn run(app: App, by: SignedIn, name: Path<String>) -> Result<HttpResponse, Problem> {
    let act = app.act(&by);
    app.write(move |conn| ask(conn, &act, JOBS, &name)).await?;
    let flash = Flash::done("已经安排运行，十几秒后刷新本页查看结果。");
    Ok(see_other_saying(urls::LIST, &flash))
}
