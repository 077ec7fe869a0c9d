//! How sweeps look.

mod case;
mod figures;
mod import;
mod list;
mod sheet;
mod triage;

pub use case::{CaseTyped, case};
pub(super) use figures::assessed_words;
pub use figures::{HindsightPage, figures, hindsight};
pub use import::{ImportTyped, import, run};
pub use list::{RowsPage, list, open, rows};
pub use sheet::{add, sheet};
pub use triage::triage;

use super::types::{Answer, SweepRow};
use super::urls;
use super::views::ListedRow;
use crate::escalation;
use crate::web::{Row, light};
use maud::{Markup, html};

/// How many of how many, and the share.
pub(super) fn share(part: i64, whole: i64) -> String {
    if whole == 0 {
        return "—".to_owned();
    }
    format!("{part} / {whole}（{}%）", part * 100 / whole)
}

/// An answer with its note, its sign, and who gave it.
pub(super) fn conclusion(listed: &ListedRow) -> Markup {
    let row = &listed.row;
    html! {
        div {
            @match row.answer {
                None => (light::unlit("没有结论")),
                Some(Answer::TierOne) => span.tag.warn { (Answer::TierOne.label()) },
                Some(answer) => (answer.label()),
            }
            @if let Some(sign) = &listed.sign { "　" a href=(escalation::urls::of(sign.id)) { (sign.number) } }
            @if !row.note.is_empty() { br; span.soft { (row.note) } }
            @if let Some(by) = &listed.answered_by { br; span.soft { (by) } }
        }
    }
}

/// A case in a list, leading to its own page.
pub(super) fn case_row(listed: &ListedRow) -> Row {
    let row = &listed.row;
    Row::link(urls::row(row.id))
        .cell(case_line(row))
        .cell(row.kind.label())
        .cell(&row.judge)
        .cell(conclusion(listed))
}

/// A case in two lines.
pub(super) fn case_line(row: &SweepRow) -> Markup {
    html! {
        div {
            (row.case_number)
            @if !row.cause.is_empty() || !row.parties.is_empty() {
                br; span.soft { (row.cause) @if !row.parties.is_empty() { "　" (row.parties) } }
            }
        }
    }
}
