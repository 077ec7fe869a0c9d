//! Who calls what of enforcement's pages.

mod money;
mod register;
mod talks;
mod tasks;

use super::urls;
use super::views::{self, Detail, Of, Offering};
use crate::app::App;
use crate::crypto::random_token;
use crate::error::Problem;
use crate::matters::MatterId;
use crate::people::{Access, Permission, Routes, SignedIn};

pub fn routes(routes: &mut Routes) {
    let view = Access::May(Permission::ViewMatters);
    let issue = Access::May(Permission::IssueTaskSheet);
    let record = Access::May(Permission::ManageEnforcement);
    routes.get(urls::LIST, view, register::list);
    routes.get(urls::EXPORT, Access::May(Permission::ExportRegister), register::export);
    routes.get("/matters/{id}/enforcement", view, register::show);
    routes.get("/matters/{id}/enforcement/task-sheet", issue, tasks::issue_page);
    routes.post("/matters/{id}/enforcement/task-sheet", issue, tasks::issue);
    routes.get("/enforcement/sheets/{id}/paper", view, tasks::paper);
    routes.get("/enforcement/sheets/{id}/measure", issue, tasks::measure_page);
    routes.post("/enforcement/sheets/{id}/measure", issue, tasks::add_measure);
    routes.get("/enforcement/measures/{id}/result", record, tasks::result_page);
    routes.post("/enforcement/measures/{id}/result", record, tasks::result);
    routes.get("/enforcement/measures/{id}/owner", issue, tasks::owner_page);
    routes.post("/enforcement/measures/{id}/owner", issue, tasks::pass_on);
    routes.get("/matters/{id}/enforcement/due", record, money::due_page);
    routes.post("/matters/{id}/enforcement/due", record, money::due);
    routes.get("/matters/{id}/enforcement/payment", record, money::payment_page);
    routes.post("/matters/{id}/enforcement/payment", record, money::payment);
    routes.get("/enforcement/postings/{id}/correct", record, money::correct_page);
    routes.post("/enforcement/postings/{id}/correct", record, money::correct);
    routes.get("/matters/{id}/enforcement/report", record, talks::report_page);
    routes.post("/matters/{id}/enforcement/report", record, talks::report);
    routes.get("/matters/{id}/enforcement/party", record, talks::party_page);
    routes.post("/matters/{id}/enforcement/party", record, talks::party);
    routes.get("/enforcement/talks/{id}/correct", record, talks::correct_page);
    routes.post("/enforcement/talks/{id}/correct", record, talks::correct);
}

async fn detail(app: &App, by: &SignedIn, id: MatterId) -> Result<Detail, Problem> {
    let act = app.act(by);
    app.read(move |conn| views::of_matter(conn, &act, id)).await
}

async fn detail_of(app: &App, by: &SignedIn, what: Of) -> Result<Detail, Problem> {
    let act = app.act(by);
    app.read(move |conn| {
        let id = views::matter_of(conn, &act, what)?;
        views::of_matter(conn, &act, id)
    })
    .await
}

async fn offering(app: &App, by: &SignedIn, id: MatterId) -> Result<Offering, Problem> {
    let act = app.act(by);
    app.read(move |conn| views::offering(conn, &act, id)).await
}

async fn offering_of(app: &App, by: &SignedIn, what: Of) -> Result<Offering, Problem> {
    let act = app.act(by);
    app.read(move |conn| {
        let id = views::matter_of(conn, &act, what)?;
        views::offering(conn, &act, id)
    })
    .await
}

/// What tells a form that was sent twice from two forms.
fn submission() -> String {
    random_token()
}
