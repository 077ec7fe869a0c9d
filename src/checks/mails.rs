//! What the petition officers are told when a check finds something.

use super::types::Report;
use crate::mail::Content;
use maud::{DOCTYPE, html};

/// The mail about what does not hold: how many, never which.
pub fn broken(report: &Report) -> Content {
    let verdict = report.verdict();
    let lines: Vec<String> = report
        .broken()
        .map(|finding| {
            format!("{}：{} 处不符合。{}", finding.check.label(), finding.count, finding.check.remedy())
        })
        .collect();
    let closing = "请登录系统，打开“自检”页面查看详情。";
    let text = format!("{verdict}\n\n{}\n\n{closing}\n", lines.join("\n\n"));
    let page = html! {
        (DOCTYPE)
        html lang="zh-CN" {
            head { meta charset="utf-8"; title { (verdict) } }
            body {
                p { (verdict) }
                ul { @for line in &lines { li { (line) } } }
                p { (closing) }
            }
        }
    };
    Content { subject: "听讼自检发现问题".to_owned(), text, html: page.into_string() }
}
