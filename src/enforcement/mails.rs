//! What people are told of task sheets: numbers and dates, never names.

use super::types::TaskSheet;
use crate::mail::Content;
use crate::web::formats::date;
use chrono::NaiveDate;
use maud::{DOCTYPE, html};

fn content(subject: String, sentence: String) -> Content {
    let closing = "请登录系统，打开“涉执信访”页面，勾选“只看我名下的措施”查看和登记结果。";
    let page = html! {
        (DOCTYPE)
        html lang="zh-CN" {
            head { meta charset="utf-8"; title { (subject) } }
            body { p { (sentence) } p { (closing) } }
        }
    };
    Content { text: format!("{sentence}\n\n{closing}\n"), html: page.into_string(), subject }
}

/// To whoever has measures on it, the first of them due on `due`.
pub fn to_owner(sheet: &TaskSheet, matter: &str, count: usize, due: NaiveDate) -> Content {
    content(
        format!("执行任务单：{matter}"),
        format!(
            "信访事项{matter}的执行任务单（{}）有 {count} 项措施由您负责，最早的一项应在{}以前完成。",
            sheet.number,
            date(due)
        ),
    )
}

/// To the leader in whose name somebody else issued it.
pub fn to_issuer(sheet: &TaskSheet, matter: &str) -> Content {
    content(
        format!("以您的名义下达的执行任务单：{matter}"),
        format!(
            "信访事项{matter}的执行任务单（{}）已经录入系统，下达人是您，时限为{}。如有不符，请告知信访专干。",
            sheet.number,
            date(sheet.due_on)
        ),
    )
}
