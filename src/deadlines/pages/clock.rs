//! Why this date.

use super::super::types::{Explanation, Mark, Step};
use super::super::urls;
use crate::time::Moment;
use crate::web::{Frame, formats};
use maud::{Markup, html};

/// Why a clock is due when it is, day by day. `back` is the matter's page and its words.
pub fn explanation(frame: &Frame, told: &Explanation, back: (String, String)) -> Markup {
    let (clock, rule, derivation) = (&told.clock, &told.rule, &told.derivation);
    let title = format!("为什么是 {}", formats::date(clock.due_on));
    frame.titled(&title, "deadlines#why").back(back.0, back.1).narrow().body(html! {
        @for warning in derivation.warnings() { div.alert role="note" { p { (warning) } } }
        @if derivation.due.due_on != clock.due_on {
            div.note { p {
                "到期日 " (formats::date(clock.due_on))
                " 是按当时的日历算的；下面按现行日历重算，仅供对照。"
            } }
        }
        dl.facts {
            dt { "时限" } dd { a href=(urls::rule(rule.code)) { (rule.name) } " " span.tag { (rule.status.label()) } }
            dt { "依据" } dd { (rule.basis) }
            dt { "起算" } dd { (rule.trigger_event.label()) "，" (formats::date(clock.starts_on)) }
            dt { "期限" } dd { (derivation.count.words()) }
            dt { "计算期满" } dd { (formats::date(clock.raw_due_on)) }
            dt { "到期日" } dd { strong { (formats::date(clock.due_on)) } }
            @if let Some(original) = &told.original { dt { "原到期日" } dd { (formats::date(original.due_on)) "（延期以前）" } }
            @if let Some(met_on) = clock.met_on { dt { "履行日" } dd { (formats::date(met_on)) } }
            @if clock.cancelled { dt { "状态" } dd { "已取消，不再计算" } }
            @if !rule.note.is_empty() { dt { "说明" } dd { (rule.note) } }
        }
        @if !told.events.is_empty() {
            h2 { "起算以后的调整" }
            ul {
                @for event in &told.events {
                    li {
                        (formats::plain_date(Moment::from_utc(event.at).today())) "　" strong { (event.kind.label()) } "　"
                        (event.words()) (event.allowed_by) "决定，理由：" (event.note)
                    }
                }
            }
        }
        h2 { "怎么算" }
        p { (derivation.method()) }
        table {
            caption.unseen { "逐日说明" }
            thead { tr { th scope="col" { "日期" } th scope="col" { "是什么日子" } th scope="col" { "算不算" } } }
            tbody {
                @for stretch in stretches(&derivation.steps) { (row(stretch)) }
            }
        }
    })
}

/// The days one by one, but those of a pause in one row: they fare alike.
fn stretches(steps: &[Step]) -> impl Iterator<Item = &[Step]> {
    steps.chunk_by(|one, next| matches!(one.mark, Mark::Paused(_)) && one.mark == next.mark)
}

fn row(stretch: &[Step]) -> Markup {
    let (Some(first), Some(last)) = (stretch.first(), stretch.last()) else { return html! {} };
    let alone = stretch.len() == 1;
    html! {
        tr data-skipped[matches!(first.mark, Mark::Skipped | Mark::Paused(_) | Mark::RolledOver)] {
            td { (formats::date(first.date)) @if !alone { "至" (formats::date(last.date)) } }
            td { @if alone { (first.day) } @else { "共" (stretch.len()) "日" } }
            td { (first.words()) }
        }
    }
}
