//! Bringing in a list: what is taken, and what became of it.

use crate::intake::urls;
use crate::sheets::Report;
use crate::web::Frame;
use crate::web::form::{Complaints, PostForm, file, select};
use maud::{Markup, html};

/// What bringing in a list came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    pub report: Report,
    /// Registered now.
    pub made: usize,
    /// Had been brought before.
    pub repeated: usize,
}

/// Bad cells that are listed; the rest is counted.
const MOST_LISTED: usize = 200;

/// Draws the page, with the outcome of the list that was just sent.
pub fn import(frame: &Frame, take: &str, told: &Complaints, outcome: Option<&Outcome>) -> Markup {
    let body = html! {
        (told.summary())
        @if let Some(outcome) = outcome { (became(outcome)) }
        (PostForm::to(urls::IMPORT, &frame.csrf).multipart().body(html! {
            (file("list", "Excel 文件", ".xlsx,.xls", false).required().hint("一次最多 1,000 行").told(told))
            (select("take", "有错误时", [("", "一行也不导入，改好再传"), ("good", "先导入没有错误的行")]).value(take))
            div.actions {
                button.primary { "导入" }
                a href=(urls::IMPORT_TEMPLATE) { "下载模板（Excel）" }
            }
        }))
    };
    frame
        .titled("从 Excel 导入", "intake#import")
        .back(urls::INTAKE, "登记")
        .lead(
            html! { "网上信访平台导出的清单，或者以前的台账。每行登记为一件事项；导入过的行不会重复登记。" },
        )
        .narrow()
        .body(body)
}

fn became(outcome: &Outcome) -> Markup {
    let bad = outcome.report.bad_rows().len();
    html! {
        div.next role="status" {
            h2 { "共 " (outcome.report.rows) " 行：登记 " (outcome.made) " 件，以前导入过 " (outcome.repeated) " 件，有错误 " (bad) " 行" }
            @if bad > 0 && outcome.made == 0 { p { "一行也没有登记。请在表格里改好下列单元格，再传一次。" } }
        }
        @if bad > 0 {
            ul {
                @for cell in outcome.report.bad.iter().take(MOST_LISTED) { li { (cell.to_string()) } }
                @if outcome.report.bad.len() > MOST_LISTED { li { "另有 " (outcome.report.bad.len() - MOST_LISTED) " 处没有列出。" } }
            }
        }
    }
}
