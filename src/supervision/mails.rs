//! What people are told of supervisions: numbers and dates, never names.

use super::types::{Round, Supervision};
use crate::mail::Content;
use crate::web::formats::date;
use maud::{DOCTYPE, html};

fn content(subject: String, lines: &[String]) -> Content {
    let page = html! {
        (DOCTYPE)
        html lang="zh-CN" {
            head { meta charset="utf-8"; title { (subject) } }
            body { @for line in lines { p { (line) } } }
        }
    };
    Content { text: format!("{}\n", lines.join("\n\n")), html: page.into_string(), subject }
}

/// That an answer is demanded: to the addressee, or to those above.
pub fn issued(row: &Supervision, matter: &str, addressee: bool) -> Content {
    let subject = match row.round {
        Round::First | Round::Second => format!("{}：{matter}", row.round.label()),
        Round::Report => format!("两次督办未答复，报告院长：{matter}"),
    };
    let late = match row.late_days {
        0 => String::new(),
        days => format!("，已超期 {days} 天"),
    };
    let asked = if addressee {
        format!("请在{}以前答复。", date(row.due_on))
    } else {
        format!("答复期限为{}。", date(row.due_on))
    };
    let lines = [
        format!("信访事项{matter}{late}，现发出{}（{}）。{asked}", row.round.label(), row.number),
        "请登录系统，打开“督办”页面查看要求并答复。".to_owned(),
    ];
    content(subject, &lines)
}

/// That an answer was given: to whoever demanded it.
pub fn answered(row: &Supervision, matter: &str) -> Content {
    let lines = [
        format!("信访事项{matter}的{}（{}）已经答复。", row.round.label(), row.number),
        "请登录系统，打开“督办”页面查看答复内容。".to_owned(),
    ];
    content(format!("督办已答复：{matter}"), &lines)
}
