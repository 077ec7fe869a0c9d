//! What people are told of instructions: numbers and dates, never names.

use super::types::Instruction;
use crate::mail::Content;
use crate::web::formats::date;
use maud::{DOCTYPE, html};

fn content(subject: String, sentence: String) -> Content {
    let closing = "请登录系统，打开“批示”页面查看和办理。";
    let page = html! {
        (DOCTYPE)
        html lang="zh-CN" {
            head { meta charset="utf-8"; title { (subject) } }
            body { p { (sentence) } p { (closing) } }
        }
    };
    Content { text: format!("{sentence}\n\n{closing}\n"), html: page.into_string(), subject }
}

fn until(row: &Instruction) -> String {
    row.due_on.map_or_else(String::new, |due| format!("落实期限为{}。", date(due)))
}

/// To the leader who is asked.
pub fn asked(row: &Instruction, matter: &str) -> Content {
    content(
        format!("请示待批示：{matter}"),
        format!("信访事项{matter}有一份请示（{}）等您批示。", row.number),
    )
}

/// To the owner, and to whoever asked.
pub fn given(row: &Instruction, matter: &str) -> Content {
    let sentence = format!("信访事项{matter}有新的批示（{}）。{}", row.number, until(row));
    content(format!("领导批示：{matter}"), sentence)
}

/// To whoever asked.
pub fn returned(row: &Instruction, matter: &str) -> Content {
    content(format!("请示被退回：{matter}"), format!("信访事项{matter}的请示（{}）已被退回。", row.number))
}

/// To the leader and to whoever asked.
pub fn done(row: &Instruction, matter: &str) -> Content {
    let sentence = format!("信访事项{matter}的批示（{}）已经落实，等待确认。", row.number);
    content(format!("批示已落实，待确认：{matter}"), sentence)
}

/// To the owner.
pub fn sent_back(row: &Instruction, matter: &str) -> Content {
    let sentence =
        format!("信访事项{matter}的批示（{}）落实情况被退回，请继续办理。{}", row.number, until(row));
    content(format!("批示退回重办：{matter}"), sentence)
}

/// To the owner who no longer has to do it.
pub fn handed_on(row: &Instruction, matter: &str) -> Content {
    let sentence = format!("信访事项{matter}的批示（{}）已改由他人落实，您不用再办。", row.number);
    content(format!("批示改由他人落实：{matter}"), sentence)
}

/// To the owner and the leader, once the day is past.
pub fn overdue(row: &Instruction, matter: &str) -> Content {
    let sentence = format!("信访事项{matter}的批示（{}）逾期没有落实。{}", row.number, until(row));
    content(format!("批示逾期未落实：{matter}"), sentence)
}
