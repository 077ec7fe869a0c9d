//! Who calls what of the tiers' pages.

mod conflict;
mod group;
mod heard;
mod lists;
mod naming;
mod papers;
mod rule_table;
mod signs;
mod work;

use super::urls;
use super::views::{self, Detail};
use crate::app::App;
use crate::error::Problem;
use crate::matters::MatterId;
use crate::people::{Access, Permission, Routes, SignedIn};
use crate::web::form::Complaints;
use crate::web::html;
use crate::web::{Frame, unprocessable};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use maud::Markup;

pub fn routes(routes: &mut Routes) {
    let view = Access::May(Permission::ViewMatters);
    let work = Access::May(Permission::RecordProgress);
    let mark = Access::May(Permission::MarkSign);
    let name = Access::May(Permission::NameLeader);
    routes.get(urls::LIST, view, lists::list);
    routes.get(urls::WALL, view, lists::wall);
    routes.get(urls::GROUPS, work, lists::groups);
    routes.get(urls::NEW_SIGN, mark, signs::new);
    routes.post(urls::NEW_SIGN, mark, signs::mark);
    routes.get("/tiers/of/{matter}", view, lists::show);
    routes.get("/tiers/of/{matter}/plan-paper", view, lists::plan_paper);
    routes.get("/tiers/of/{matter}/report-paper", view, lists::report_paper);
    routes.get("/tiers/of/{matter}/leader", name, naming::page);
    routes.post("/tiers/of/{matter}/leader", name, naming::name);
    routes.get("/tiers/of/{matter}/settle", work, signs::settle_page);
    routes.post("/tiers/of/{matter}/settle", work, signs::settle);
    routes.get("/tiers/of/{matter}/give-up", work, signs::give_up_page);
    routes.post("/tiers/of/{matter}/give-up", work, signs::give_up);
    routes.get("/tiers/of/{matter}/hold", work, signs::hold_page);
    routes.post("/tiers/of/{matter}/hold", work, signs::hold);
    routes.get(urls::HINTS, work, heard::hints);
    routes.get("/tiers/of/{matter}/heard", work, heard::page);
    routes.post("/tiers/of/{matter}/heard", work, heard::record);
    routes.get("/tiers/of/{matter}/heard/{row}", work, heard::hint_page);
    routes.post("/tiers/of/{matter}/heard/{row}", work, heard::answer_hint);
    rule_table::routes(routes);
    routes.get("/tiers/of/{matter}/act", work, work::act_page);
    routes.post("/tiers/of/{matter}/act", work, work::act);
    routes.get("/tiers/of/{matter}/meeting", work, work::meeting_page);
    routes.post("/tiers/of/{matter}/meeting", work, work::meeting);
    routes.get("/tiers/of/{matter}/measures", work, work::measure_page);
    routes.post("/tiers/of/{matter}/measures", work, work::measure);
    routes.get("/tiers/of/{matter}/measures/{measure}", work, papers::news_page);
    routes.post("/tiers/of/{matter}/measures/{measure}", work, papers::news);
    routes.get("/tiers/of/{matter}/plan", work, papers::plan_page);
    routes.post("/tiers/of/{matter}/plan", work, papers::plan);
    routes.get("/tiers/of/{matter}/report", work, papers::report_page);
    routes.post("/tiers/of/{matter}/report", work, papers::report);
    routes.post("/tiers/of/{matter}/confirm", work, group::confirm);
    routes.get("/tiers/of/{matter}/members", work, group::add_page);
    routes.post("/tiers/of/{matter}/members", work, group::add);
    routes.get("/tiers/of/{matter}/members/{member}", work, group::change_page);
    routes.post("/tiers/of/{matter}/members/{member}", work, group::change);
}

/// A key for a form that is kept once.
fn submission() -> String {
    crate::crypto::random_token()
}

async fn load(app: &App, by: &SignedIn, id: MatterId) -> Result<Detail, Problem> {
    let act = app.act(by);
    app.read(move |conn| views::detail(conn, &act, id)).await
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

/// The page with nothing wrong.
fn blank(draw: impl FnOnce(&Complaints) -> Markup) -> Markup {
    draw(&Complaints::default())
}

/// A frame, whose page they are on, and who looks.
type Asked<'a> = (&'a App, &'a SignedIn, &'a Frame);
