//! Who calls whom.

use super::actions::{self, Depth};
use super::types::Report;
use super::{pages, store, urls};
use crate::app::App;
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::MatterId;
use crate::people::{Access, Permission, Routes, Scope, SignedIn};
use crate::web::Frame;
use maud::Markup;

pub fn routes(r: &mut Routes) {
    r.get(urls::CHECKS, Access::May(Permission::ViewChecks), show);
}

async fn show(app: App, by: SignedIn, frame: Frame) -> Result<Markup, Problem> {
    let act = app.act(&by);
    let anchor = app.config().data.join("anchor");
    let names = by.may(Permission::ViewMatters);
    let report = app
        .read(move |conn| {
            let report = actions::run(conn, &act, &anchor, Depth::End)?;
            if names { only_seen(conn, &act.by.scope, report) } else { Ok(without_names(report)) }
        })
        .await?;
    Ok(pages::report(&frame, &report, app.moment()))
}

/// Leaves out the matters that this person may not see: they must not read of them here either.
fn only_seen(conn: &mut Conn, scope: &Scope, mut report: Report) -> Result<Report, Problem> {
    let ids: Vec<MatterId> =
        report.findings.iter().flat_map(|f| &f.examples).filter_map(|example| example.matter).collect();
    let seen = if ids.is_empty() { Vec::new() } else { store::seen_of(conn, scope, &ids)? };
    for finding in &mut report.findings {
        finding.examples.retain(|example| example.matter.is_none_or(|id| seen.contains(&id)));
    }
    Ok(report)
}

/// Administrators see states and counts alone.
fn without_names(mut report: Report) -> Report {
    for finding in &mut report.findings {
        finding.examples.clear();
    }
    report
}
