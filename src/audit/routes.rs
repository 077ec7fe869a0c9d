//! Who calls whom.

use super::command::{Report, verify};
use super::forms::FilterForm;
use super::pages::{self, Trail};
use super::store::{self, Filter, Shown};
use super::types::Subject;
use super::{actions, urls};
use crate::app::App;
use crate::error::Problem;
use crate::people::types::Staff;
use crate::people::{self, Access, Permission, Routes, SignedIn, StaffFilter};
use crate::web::form::Complaints;
use crate::web::{Form, Frame, html, unprocessable};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Query;
use serde::Deserialize;

/// How many lines are on one page.
const PAGE: i64 = 50;
/// How many people there are to choose from.
const MOST_PEOPLE: i64 = 2000;

pub fn routes(r: &mut Routes) {
    r.get(urls::TRAIL, Access::May(Permission::ReadAudit), show);
    r.post(urls::VERIFY, Access::May(Permission::ReadAudit), check);
}

/// What a page of the list shows.
struct Found {
    lines: Vec<Shown>,
    next: Option<i64>,
    people: Vec<Staff>,
}

async fn find(app: &App, by: &SignedIn, wanted: Option<(Filter, Option<i64>)>) -> Result<Found, Problem> {
    let (court, reader) = (by.court()?, by.person()?);
    app.read(move |conn| {
        let everyone = StaffFilter::default();
        let people = people::staff_page(conn, court, &everyone, None, MOST_PEOPLE)?;
        let mut lines = match &wanted {
            Some((filter, before)) => {
                let filter = Filter { hidden: store::hidden_from(conn, reader)?, ..filter.clone() };
                store::page(conn, &filter, *before, PAGE + 1)?
            }
            None => Vec::new(),
        };
        let full = usize::try_from(PAGE).is_ok_and(|page| lines.len() > page);
        if full {
            lines.pop();
        }
        let next = lines.last().map(|line| line.entry.seq).filter(|_| full);
        Ok(Found { lines, next, people: people.into_iter().map(|(one, _)| one).collect() })
    })
    .await
}

async fn show(
    app: App,
    by: SignedIn,
    frame: Frame,
    form: Query<FilterForm>,
) -> Result<HttpResponse, Problem> {
    let (wanted, told) = match form.check(by.court_id) {
        Ok(wanted) => (Some(wanted), Complaints::default()),
        Err(told) => (None, told),
    };
    let good = wanted.is_some();
    let Found { lines, next, people } = find(&app, &by, wanted).await?;
    let trail = Trail { form: &form, told: &told, people: &people, lines: &lines, next, verdict: None };
    let page = pages::trail(&frame, &trail);
    Ok(if good { html(StatusCode::OK, page) } else { unprocessable(page) })
}

#[derive(Deserialize)]
struct VerifyForm {
    #[serde(default)]
    head: String,
}

async fn check(
    app: App,
    by: SignedIn,
    frame: Frame,
    form: Form<VerifyForm>,
) -> Result<HttpResponse, Problem> {
    let act = app.act(&by);
    act.require(Permission::ReadAudit)?;
    let anchor = app.config().data.join("anchor");
    let (keys, head) =
        (app.keys().clone(), Some(form.head.trim().to_owned()).filter(|head| !head.is_empty()));
    let report: Report =
        app.read(move |conn| verify(conn, &keys, &anchor, head.as_deref(), &mut |_| {})).await?;
    let (lines, good) = (report.lines.to_string(), report.is_good());
    app.write(move |conn| {
        let result = if good { "完好" } else { "有问题" };
        actions::record(
            conn,
            &act,
            "audit.verified",
            Subject::System,
            &[("lines", &lines), ("result", result)],
        )
    })
    .await?;
    let form = FilterForm::default();
    let wanted = Filter { court: by.court_id, ..Filter::default() };
    let Found { lines, next, people } = find(&app, &by, Some((wanted, None))).await?;
    let told = Complaints::default();
    let trail =
        Trail { form: &form, told: &told, people: &people, lines: &lines, next, verdict: Some(&report) };
    Ok(html(StatusCode::OK, pages::trail(&frame, &trail)))
}
