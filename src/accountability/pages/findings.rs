//! The findings of decided reviews, counted by kind: what the court has to mend.

use crate::accountability::forms::ReviewQuery;
use crate::accountability::rules::{Counted, crossed};
use crate::accountability::types::FaultKind;
use crate::accountability::urls;
use crate::people::DivisionId;
use crate::web::Frame;
use crate::web::listing::in_address;
use maud::{Markup, html};
use std::collections::{BTreeMap, HashMap};

pub fn findings(frame: &Frame, counted: &[Counted], divisions: &HashMap<DivisionId, String>) -> Markup {
    let by_cause = crossed(counted, |one| one.cause);
    let by_division = crossed(counted, |one| one.division);
    let cause_rows = by_cause.iter().map(|(cause, row)| {
        let query = ReviewQuery { cause: cause.code().to_owned(), ..decided() };
        (cause.label().to_owned(), query, row)
    });
    let division_rows = by_division.iter().map(|(id, row)| {
        let name = id.and_then(|id| divisions.get(&id).cloned()).unwrap_or_else(|| "没有指明庭室".to_owned());
        let query = ReviewQuery { division: id.map_or_else(String::new, |id| id.to_string()), ..decided() };
        (name, query, row)
    });
    frame
        .titled("责任倒查汇总", "accountability#findings")
        .back(urls::LIST, "责任倒查")
        .lead(html! { "已经认定的 " (counted.len()) " 件，按过错类别汇总：哪个环节出的问题多，就先改哪个环节。" })
        .body(html! {
            @if counted.is_empty() {
                p { "还没有已经认定的责任倒查。" }
            } @else {
                (table("按庭室", "庭室", division_rows))
                (table("按导致原因", "导致原因", cause_rows))
            }
        })
}

fn decided() -> ReviewQuery {
    ReviewQuery { state: "decided".to_owned(), ..ReviewQuery::default() }
}

type CrossedRow<'a> = (String, ReviewQuery, &'a BTreeMap<FaultKind, u64>);

fn table<'a>(caption: &str, head: &str, rows: impl Iterator<Item = CrossedRow<'a>>) -> Markup {
    html! {
        section.list {
            h2 { (caption) }
            table.cards {
                caption.unseen { (caption) }
                thead { tr {
                    th scope="col" { (head) }
                    @for kind in FaultKind::ALL { th.number scope="col" { (kind.label()) } }
                    th.number scope="col" { "合计" }
                } }
                tbody {
                    @for (name, query, row) in rows {
                        tr {
                            td data-label=(head) { a href=(in_address(urls::LIST, &query)) { (name) } }
                            @for kind in FaultKind::ALL {
                                td.number data-label=(kind.label()) { (cell(&query, *kind, row)) }
                            }
                            td.number data-label="合计" { (row.values().sum::<u64>()) }
                        }
                    }
                }
            }
        }
    }
}

/// The number, which opens the reviews that it counts.
fn cell(query: &ReviewQuery, kind: FaultKind, row: &BTreeMap<FaultKind, u64>) -> Markup {
    let query = ReviewQuery { kind: kind.code().to_owned(), ..query.clone() };
    html! {
        @match row.get(&kind) {
            Some(count) => a href=(in_address(urls::LIST, &query)) { (count) },
            None => "0",
        }
    }
}
