//! Who calls what of the sweeps' pages.

mod cases;
mod figures;
mod importing;
mod sheets;

use super::urls;
use crate::error::Problem;
use crate::people::{Access, Permission, Routes};
use crate::web::form::Complaints;
use crate::web::{html, unprocessable};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use maud::Markup;

pub fn routes(routes: &mut Routes) {
    let see = Access::May(Permission::SeeSweeps);
    let work = Access::May(Permission::SweepCases);
    let export = Access::May(Permission::ExportRegister);
    routes.get(urls::LIST, see, sheets::list);
    routes.get(urls::EXPORT, export, sheets::export);
    routes.get(urls::NEW, work, sheets::open_page);
    routes.post(urls::NEW, work, sheets::open);
    routes.get(urls::ROWS, see, cases::rows);
    routes.get(urls::ROWS_EXPORT, export, cases::export);
    routes.get(urls::FIGURES, see, figures::show);
    routes.get(urls::FIGURES_EXPORT, export, figures::export);
    routes.get(urls::HINDSIGHT, see, figures::hindsight);
    routes.get(urls::HINDSIGHT_EXPORT, export, figures::hindsight_export);
    routes.get(urls::TEMPLATE, work, importing::template);
    routes.get("/sweeps/imports/{id}", see, importing::show);
    routes.get("/sweeps/imports/{id}/export", see, importing::faults);
    routes.post("/sweeps/imports/{id}/stop", work, importing::stop);
    routes.post("/sweeps/imports/{id}/resume", work, importing::resume);
    routes.get("/sweeps/rows/{id}", see, cases::show);
    routes.post("/sweeps/rows/{id}/answer", work, cases::answer);
    routes.post("/sweeps/rows/{id}/visit", work, cases::visit);
    routes.post("/sweeps/rows/{id}/closing", work, cases::closing);
    routes.get("/sweeps/{id}", see, sheets::show);
    routes.get("/sweeps/{id}/add", work, sheets::add_page);
    routes.post("/sweeps/{id}/add", work, sheets::add);
    routes.get("/sweeps/{id}/triage", work, cases::triage);
    routes.post("/sweeps/{id}/finish", work, sheets::finish);
    routes.get("/sweeps/{id}/import", work, importing::form);
    routes.upload("/sweeps/{id}/import", work, importing::take);
}

/// A refusal belongs beside the form; a stale form is shown again with how things stand.
fn answered<T>(
    done: Result<T, Problem>,
    again: impl FnOnce(&Complaints) -> Markup,
) -> Result<Result<T, HttpResponse>, Problem> {
    match done {
        Ok(value) => Ok(Ok(value)),
        Err(Problem::Refused(sentence)) => {
            let mut told = Complaints::default();
            told.add("", sentence);
            Ok(Err(unprocessable(again(&told))))
        }
        Err(Problem::Stale) => Ok(Err(html(StatusCode::CONFLICT, again(&Complaints::of_stale())))),
        Err(
            problem @ (Problem::NotFound
            | Problem::Forbidden
            | Problem::SignedOut
            | Problem::TooLarge(_)
            | Problem::Unavailable(_)
            | Problem::Internal(_)),
        ) => Err(problem),
    }
}
