//! How petitioners look.

mod detail;
mod edit;
mod list;
mod merge;

pub use detail::{May, Revealed, detail};
pub use edit::{edit, particulars};
pub use list::{found, list};
pub use merge::{Candidates, merge};

use super::document_number::Sex;
use super::types::{DocumentStatus, Petitioner};
use chrono::NaiveDate;
use maud::{Markup, html};

/// 女 · 76岁 · 居民身份证 110105********002X · 138****5678
fn in_short(petitioner: &Petitioner, handles: bool, today: NaiveDate) -> String {
    let sex = petitioner.sex.map(Sex::label);
    let age = petitioner.age(today).map(|age| format!("{age}岁"));
    let document =
        petitioner.document_shown(handles).map(|number| format!("{} {number}", petitioner.doc_type.label()));
    let parts: Vec<String> = [sex.map(str::to_owned), age, document, petitioner.phone_masked.clone()]
        .into_iter()
        .flatten()
        .collect();
    parts.join(" · ")
}

fn cares(petitioner: &Petitioner, today: NaiveDate) -> Markup {
    html! {
        @for flag in petitioner.cares(today) { span.tag { (flag.label()) } " " }
        @if petitioner.confidential { span.tag.strong { "保密" } }
        @if petitioner.doc_status == DocumentStatus::Unverified { span.tag.warn { "证件未核实" } }
    }
}
