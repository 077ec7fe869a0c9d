//! Who calls whom.

use super::actions::{self, Depth};
use super::types::Report;
use super::{pages, urls};
use crate::app::App;
use crate::error::Problem;
use crate::people::{Access, Permission, Routes, SignedIn};
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
            Ok(if names { report } else { without_names(report) })
        })
        .await?;
    Ok(pages::report(&frame, &report, app.moment()))
}

/// Administrators see states and counts alone.
fn without_names(mut report: Report) -> Report {
    for finding in &mut report.findings {
        finding.examples.clear();
    }
    report
}
