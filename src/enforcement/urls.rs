//! Where task sheets, sums and what was said are.

use super::types::{MeasureId, PostingId, SheetId, TalkId};
use crate::matters::MatterId;

pub const LIST: &str = "/enforcement";
pub const EXPORT: &str = "/enforcement/export";

/// Everything about a matter's enforcement.
pub fn of_matter(matter: MatterId) -> String {
    format!("/matters/{matter}/enforcement")
}

pub fn issue(matter: MatterId) -> String {
    format!("/matters/{matter}/enforcement/task-sheet")
}

pub fn due(matter: MatterId) -> String {
    format!("/matters/{matter}/enforcement/due")
}

pub fn payment(matter: MatterId) -> String {
    format!("/matters/{matter}/enforcement/payment")
}

pub fn report(matter: MatterId) -> String {
    format!("/matters/{matter}/enforcement/report")
}

pub fn party(matter: MatterId) -> String {
    format!("/matters/{matter}/enforcement/party")
}

/// The paper (任务单).
pub fn paper(sheet: SheetId) -> String {
    format!("/enforcement/sheets/{sheet}/paper")
}

pub fn add_measure(sheet: SheetId) -> String {
    format!("/enforcement/sheets/{sheet}/measure")
}

pub fn result(measure: MeasureId) -> String {
    format!("/enforcement/measures/{measure}/result")
}

/// Gives a measure to somebody else.
pub fn pass_on(measure: MeasureId) -> String {
    format!("/enforcement/measures/{measure}/owner")
}

pub fn correct_posting(posting: PostingId) -> String {
    format!("/enforcement/postings/{posting}/correct")
}

pub fn correct_talk(talk: TalkId) -> String {
    format!("/enforcement/talks/{talk}/correct")
}
