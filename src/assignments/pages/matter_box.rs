//! What a matter's page shows of its assignments.

use crate::assignments::types::{AssignmentEvent, REPORTS};
use crate::assignments::urls;
use crate::assignments::views::Box;
use crate::matters::MatterId;
use crate::web::formats;
use maud::{Markup, html};

/// The assignments of a matter; nothing where there are none.
pub fn matter_box(data: &Box) -> Markup {
    html! {
        @if !data.rows.is_empty() {
            section.box aria-labelledby="assignments" {
                h2 id="assignments" { "上级交办" }
                ul.plain {
                    @for one in &data.rows {
                        li {
                            strong { (one.row.words()) } br;
                            (one.row.state.label())
                            @if one.row.state.owes() { "，" (formats::date(one.due_on)) "前报告" }
                            @if !one.row.demand.is_empty() { br; span.soft { "要求：" (one.row.demand) } }
                            @for event in &one.events { br; (said(data.matter, event)) }
                        }
                    }
                }
            }
        }
    }
}

fn said(matter: MatterId, event: &AssignmentEvent) -> Markup {
    html! {
        span.soft { (formats::plain_date(event.on_day)) "　" (event.kind.label()) }
        @if REPORTS.contains(&event.kind) { "　" a href=(urls::report(matter, event.id)) { "打印报告" } }
    }
}
