//! What people are told of sheets: the division, the period and how many, never a case.

use super::rules::Chase;
use super::types::Sweep;
use crate::mail::Content;
use crate::web::formats::date;
use maud::{DOCTYPE, html};

/// That a sheet should be answered, or should have been.
pub fn unanswered(sweep: &Sweep, division: &str, left: i64, step: Chase) -> Content {
    let name = sweep.title();
    let state = match left {
        0 => "案件都有了结论，还没有点“排查完毕”".to_owned(),
        left => format!("还有 {left} 件案件没有结论"),
    };
    let (subject, first) = match step {
        Chase::Near => (
            format!("排查快到期：{division}{name}"),
            format!("{division}的{name}应在{}以前答完，{state}。", date(sweep.due_on)),
        ),
        Chase::Late => (
            format!("排查没有答完：{division}{name}"),
            format!("{division}的{name}应在{}以前答完，{state}。", date(sweep.due_on)),
        ),
        Chase::Above => (
            format!("请督促排查：{division}{name}"),
            format!(
                "您分管的{division}，{name}已过期限（{}），{state}。请督促庭长尽快答完。",
                date(sweep.due_on)
            ),
        ),
    };
    let second = "请登录系统，打开“排查”，在这张表上逐件排查，最后点“排查完毕”。";
    let page = html! {
        (DOCTYPE)
        html lang="zh-CN" {
            head { meta charset="utf-8"; title { (subject) } }
            body { p { (first) } p { (second) } }
        }
    };
    Content { text: format!("{first}\n\n{second}\n"), html: page.into_string(), subject }
}
