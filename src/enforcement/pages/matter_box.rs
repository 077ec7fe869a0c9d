//! The box on a matter's page, and the word above the forms that end the matter.

use crate::enforcement::boxes::BoxData;
use crate::enforcement::urls;
use crate::web::formats::{money, plain_date};
use maud::{Markup, html};

/// What is due, paid and next; nothing on matters that have nothing to do with enforcement and may have no task set.
pub fn matter_box(data: &BoxData) -> Markup {
    html! {
        @if data.row.is_some() || data.concerned {
            section.box aria-labelledby="enforcement" {
                h2 id="enforcement" { "涉执信访" }
                @match &data.row {
                    None => p.soft { "还没有任务单和到账记录。" },
                    Some(row) => {
                        ul.plain {
                            @if let Some(due) = row.due_fen { li { "应执行 " (money(due)) } }
                            li { "累计到账 " (money(row.paid_fen)) @if let Some(percent) = data.balance().percent() { "（" (percent) "%）" } }
                            @if row.open_measures > 0 { li {
                                "未完成的措施 " (row.open_measures) " 项"
                                @if let (Some(due), Some(on)) = (&data.due, row.next_due_on) { br; "最早 " (plain_date(on)) "　" (due) }
                            } }
                        }
                    }
                }
                div.actions {
                    a.button href=(urls::of_matter(data.matter)) { "执行任务和到账" }
                }
            }
        } @else if data.may_issue {
            p { a href=(urls::issue(data.matter)) { "作为涉执信访，下达执行任务单" } }
        }
    }
}

/// Above a form that ends a matter: what of its enforcement is left to do.
pub fn closing_hint(hint: Option<&str>) -> Markup {
    html! { @if let Some(hint) = hint { p.flash.notice { (hint) } } }
}
