//! The receipt (登记回执) on A4 and on an 80 mm slip, with the guidance sheet where there is one.

use crate::intake::types::Receipt;
use crate::intake::urls;
use crate::matters::types::GROUP_FROM;
use crate::matters::{self, ContactId};
use crate::web::formats::{date, moment};
use crate::web::{Frame, Paper};
use maud::{Markup, html};

/// Draws it. `auto`: it prints by itself, right after registering.
pub fn receipt(frame: &Frame, id: ContactId, receipt: &Receipt, slip: bool, auto: bool) -> Markup {
    let paper = if slip { Paper::Slip80 } else { Paper::A4 };
    let bar = html! {
        @if slip { a href=(urls::receipt(id)) { "A4 回执" } } @else { a href=(urls::receipt_slip(id)) { "小票（80 毫米）" } }
        a href=(matters::urls::matter(receipt.matter_id)) { "打开这件事项" }
        a href=(urls::INTAKE) { "登记下一位" }
    };
    let body = html! {
        (sheet(receipt))
        @if let Some((title, lines)) = &receipt.guidance { (guidance(receipt, title, lines)) }
    };
    frame.paper_with("登记回执", paper, urls::INTAKE, auto, bar, body)
}

fn sheet(receipt: &Receipt) -> Markup {
    html! {
        h1 { (receipt.court) br; "信访登记回执" }
        dl.facts {
            dt { "事项编号" } dd { strong { (receipt.number) } }
            dt { "查询码" } dd.code { (receipt.query_code) }
            dt { "信访人" } dd { (receipt.petitioners) }
            dt { "登记" } dd {
                (moment(receipt.happened_at)) "，" (receipt.channel) "，" (nth(receipt))
                @if receipt.people_count >= GROUP_FROM { "，集体访 " (receipt.people_count) " 人" }
            }
            dt { "请求" } dd { (receipt.claim) }
            @if !receipt.cases.is_empty() { dt { "案号" } dd { (receipt.cases.join("、")) } }
            @if !receipt.handed_in.is_empty() { dt { "收到材料" } dd { (receipt.handed_in) } }
            @if let Some(number) = &receipt.outside_number { dt { "来文编号" } dd { (number) } }
        }
        h2 { "接下来" }
        p { (receipt.next) }
        (promises(receipt))
        dl.facts {
            dt { "责任人" } dd { (receipt.accountable) }
            dt { "首问责任人" } dd { (receipt.received_by) }
            dt { "查询和联系" } dd { (window(receipt)) "\n" (receipt.address) }
        }
        p { "查询时请说出事项编号和查询码。" }
        (privacy(receipt))
    }
}

fn nth(receipt: &Receipt) -> String {
    match (receipt.nth, receipt.interval_days) {
        (1, _) => "初次登记".to_owned(),
        (nth, Some(0)) => format!("第 {nth} 次，与上次同一天"),
        (nth, Some(days)) => format!("第 {nth} 次，距上次 {days} 天"),
        (nth, None) => format!("第 {nth} 次"),
    }
}

fn promises(receipt: &Receipt) -> Markup {
    html! {
        @if !receipt.promises.is_empty() {
            ul {
                @for promise in &receipt.promises {
                    li {
                        strong { (date(promise.due_on)) } "前：" (promise.what) "。"
                        @if promise.provisional { "（当年放假安排公布后可能调整）" }
                        br; span.soft.small { (promise.basis) }
                    }
                }
            }
        }
    }
}

/// Where to ask, with the telephone where there is one.
fn window(receipt: &Receipt) -> String {
    if receipt.telephone.is_empty() {
        return receipt.window.clone();
    }
    format!("{}，电话 {}", receipt.window, receipt.telephone)
}

/// What 个人信息保护法 17 asks to be told.
fn privacy(receipt: &Receipt) -> Markup {
    html! {
        div.foot {
            p {
                strong { "个人信息处理告知（个人信息保护法第十七条）　" }
                "处理者：" (receipt.court) "，联系方式：" (window(receipt)) "。"
                "目的：登记、办理、答复您反映的事项，并依法统计。"
                "种类：姓名、证件号码、电话、住址、所反映的案件和事由，以及您递交的材料；证件号码、电话、住址加密保存，查看原文须写明理由并留痕。"
                "方式：在本院内部网络的信访登记系统中保存和使用，依法转交办理机关的除外。"
                "保存期限：至该事项的信访档案依法保管期满。"
                "您可以到上述窗口查阅、复制、更正您的个人信息，依法要求删除，或者要求解释处理规则。"
            }
            p { "登记时间：" (moment(receipt.registered_at)) }
        }
    }
}

fn guidance(receipt: &Receipt, title: &str, lines: &[String]) -> Markup {
    html! {
        section.next-sheet {
            h1 { (receipt.court) br; (title) }
            p { (receipt.petitioners) "：" }
            @for line in lines { p.keep-lines { (line) } }
            dl.facts {
                dt { "事项编号" } dd { (receipt.number) }
                dt { "咨询" } dd { (window(receipt)) }
            }
            div.sign { span { "（盖章）" } span { (date(receipt.registered_at.today())) } }
        }
    }
}
