//! The printed request sheet (重要信访请示单), with the instruction where it has been given and room for it where not.

use crate::instructions::urls;
use crate::instructions::views::{Detail, Listed};
use crate::time::Moment;
use crate::web::formats::{date, plain_date};
use crate::web::{Frame, Paper};
use chrono::NaiveDateTime;
use maud::{Markup, html};

pub fn sheet(frame: &Frame, detail: &Detail) -> Markup {
    let shown = &detail.shown;
    let title = if shown.row.asked_at.is_some() { "重要信访请示单" } else { "领导批示单" };
    let body = html! {
        h1 { (detail.court) br; (title) }
        p.sheet-number { (shown.row.number) }
        table {
            tbody {
                (line("事项编号", html! { (shown.matter.number) }))
                (line("信访人", html! { (shown.matter.petitioner_line) }))
                (line("诉求", html! { (shown.matter.claim) }))
                @if shown.row.asked_at.is_some() { (asked(shown)) }
                (instruction(shown))
                (line("落实情况", carried_out(shown)))
            }
        }
        div.sign {
            span { "承办人签收：＿＿＿＿＿＿" }
            span { "＿＿年＿＿月＿＿日" }
        }
    };
    frame.paper(title, Paper::A4, &urls::instruction(shown.row.id), false, body)
}

fn line(label: &str, value: Markup) -> Markup {
    html! { tr { th scope="row" { (label) } td.keep-lines { (value) } } }
}

fn day(at: Option<NaiveDateTime>) -> String {
    at.map_or_else(String::new, |at| plain_date(Moment::from_utc(at).today()))
}

fn asked(shown: &Listed) -> Markup {
    html! {
        (line("请示人", html! { (shown.asker.as_deref().unwrap_or("")) "，" (day(shown.row.asked_at)) }))
        (line("请示问题", html! { (shown.row.question) }))
        (line("拟办意见", html! { (shown.row.proposal) }))
    }
}

fn instruction(shown: &Listed) -> Markup {
    let given = shown.row.given_at.is_some();
    html! {
        (line("领导批示", html! {
            @if given { (shown.row.text) br; (shown.leader) "，" (day(shown.row.given_at)) }
            @else { div.blank-lines {} (shown.leader) "　＿＿年＿＿月＿＿日" }
        }))
        (line("由谁落实", html! { (shown.owner.as_deref().unwrap_or("")) }))
        (line("落实期限", html! { @if let Some(due) = shown.row.due_on { (date(due)) "以前" } }))
    }
}

fn carried_out(shown: &Listed) -> Markup {
    html! {
        @if shown.row.done_at.is_some() {
            (shown.row.evidence) br; (day(shown.row.done_at))
            @if let Some(by) = &shown.confirmed_by { "，" (by) "确认" }
        } @else { div.blank-lines {} }
    }
}
