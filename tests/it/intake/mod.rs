//! The counter: found, registered, once and with everything; nothing typed is lost; nothing personal in an address.

mod files;
mod form;
mod registering;

use crate::support::{Answer, TestApp, on_both_databases};
use diesel::prelude::*;
use tingsong::people::Role;
use tingsong::schema::{contacts, drafts, matters, petitioner_distinct, petitioners};
use tingsong::sheets::{Cell, Column, Kind, Stamp, Table};

const CLERK: Role = Role::FilingClerk;
const CARD: &str = "王桂兰|女|汉|19491231|石龙区龙兴街道1号|11010519491231002X|某分局|20100101|长期";

/// The value of a hidden field on a page.
fn hidden(page: &Answer, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let at = page.html.find(&mark).unwrap_or_else(|| panic!("no {name} on the page:\n{}", page.html));
    page.html[at + mark.len()..].split('"').next().unwrap().to_owned()
}

/// A form as it stands on a page that was just opened, to be filled in.
fn opened(page: &Answer) -> Vec<(String, String)> {
    ["submission_key", "draft_id", "matter_id", "seen_doubles"]
        .map(|name| (name.to_owned(), hidden(page, name)))
        .to_vec()
}

async fn send(app: &TestApp, form: &[(String, String)], more: &[(&str, &str)]) -> Answer {
    let mut all: Vec<(&str, &str)> =
        form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    all.extend_from_slice(more);
    app.post(CLERK, "/intake/register", &all).await
}

const VISIT: [(&str, &str); 6] = [
    ("channel", "visit"),
    ("person_id", ""),
    ("name", "王桂兰"),
    ("doc_number", "11010519491231002X"),
    ("category", "enforcement.slow"),
    ("claim", "要求尽快执行到位"),
];

/// A category that ships.
fn category() -> &'static str {
    tingsong::matters::shipped::categories().find(|category| category.parent.is_some()).unwrap().code
}

/// `VISIT` with a category that there is, and these instead or besides.
fn visit(more: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let mut fields: Vec<(&str, &str)> =
        VISIT.iter().copied().filter(|(name, _)| !more.iter().any(|(other, _)| other == name)).collect();
    for (name, value) in &mut fields {
        if *name == "category" {
            *value = category();
        }
    }
    fields.extend_from_slice(more);
    fields
}

/// Registers a visit and follows to its receipt.
async fn registered(app: &TestApp, more: &[(&'static str, &'static str)]) -> Answer {
    let form = opened(app.get(CLERK, "/intake/new").await.is(200));
    let answer = send(app, &form, &visit(more)).await;
    answer.is(303);
    let receipt = answer.location.clone().unwrap();
    assert!(receipt.starts_with("/intake/receipt/"), "{receipt}");
    app.get(CLERK, &receipt).await
}

fn count(app: &TestApp) -> (i64, i64, i64) {
    app.read(|conn| {
        Ok((
            matters::table.count().get_result(conn)?,
            contacts::table.count().get_result(conn)?,
            petitioners::table.count().get_result(conn)?,
        ))
    })
    .unwrap()
}

fn sheet(titles: &[&'static str], rows: &[&[&'static str]]) -> Vec<u8> {
    let columns: Vec<Column<'_>> =
        titles.iter().map(|title| Column { title, width: 12.0, kind: Kind::Text }).collect();
    let stamp = Stamp { by: "周专干".to_owned(), at: crate::support::monday_morning() };
    let mut table = Table::start("表", &stamp, &columns).unwrap();
    for row in rows {
        let cells: Vec<Cell<'_>> = row.iter().map(|text| Cell::text(*text)).collect();
        table.row(&cells).unwrap();
    }
    table.finish().unwrap()
}
