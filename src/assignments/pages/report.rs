//! A report to whoever assigned a matter, on paper (案件情况汇报).

use crate::assignments::types::Step;
use crate::assignments::views::Report;
use crate::matters::urls;
use crate::web::{Frame, Paper, formats};
use maud::{Markup, html};

pub fn report(frame: &Frame, page: &Report) -> Markup {
    let Report { matter, court, assignment, event } = page;
    let title = if event.kind == Step::Result {
        "交办事项办理结果报告"
    } else {
        "交办事项办理进展报告"
    };
    let body = html! {
        h1 { (court.name) br; (title) }
        @if !event.number.is_empty() { p.sheet-number { (event.number) } }
        p { (assignment.sender) "：" }
        p {
            @if let Some(on) = assignment.dated_on { "贵单位" (formats::plain_date(on)) } @else { "贵单位" }
            "交办的" (matter.petitioner_line) "反映的事项"
            @if !assignment.number.is_empty() { "（" (assignment.number) "）" }
            "收悉，本院编号" (matter.number) "。现将办理情况报告如下："
        }
        p.keep-lines { (event.text) }
        p { "特此报告。" }
        div.sign {
            span { "（院印）" }
            span { (court.name) br; (formats::plain_date(event.on_day)) }
        }
        @if let Some(name) = &event.signed_name { p.soft { "签发：" (name) } }
    };
    frame.paper(title, Paper::A4, &urls::matter(matter.id), false, body)
}
