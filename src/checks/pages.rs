//! The page of the checks.

use super::types::{Finding, Report};
use crate::time::Moment;
use crate::web::formats::moment;
use crate::web::{Column, Frame, Light, Row, Table};
use maud::{Markup, html};

/// How many places of each kind are shown.
const SHOWN: usize = 10;

/// Every check with what it found, what does not hold first.
pub fn report(frame: &Frame, report: &Report, now: Moment) -> Markup {
    let columns = vec![
        Column::new("应当如此"),
        Column::new("结果").class("tight"),
        Column::new("哪里不符合，怎么办").class("wide"),
    ];
    let good = report.findings.iter().filter(|finding| finding.is_good());
    let rows = report.broken().chain(report.hints()).chain(good).map(row);
    frame.titled("自检", "checks").lead(html! { (report.verdict()) "（" (moment(now)) "）" }).body(html! {
        (Table::new("自检项目", columns).rows(rows).draw())
        p.hint {
            "每天凌晨系统会自动检查一遍，并逐条校验留痕；发现问题时发邮件给信访专干。本页只核对留痕的末尾，逐条校验请审计管理员在留痕页面进行。"
        }
    })
}

fn row(finding: &Finding) -> Row {
    let (light, words) = match (finding.is_good(), finding.check.is_hint()) {
        (true, _) => (Light::Green, "符合".to_owned()),
        (false, true) => (Light::Yellow, format!("提醒 {} 处", finding.count)),
        (false, false) => (Light::Red, format!("{} 处不符合", finding.count)),
    };
    Row::plain()
        .light(light)
        .cell(html! {
            strong { (finding.check.label()) }
            @if let Some(promise) = finding.check.promise() { " " span.soft { "（承诺 " (promise) "）" } }
            p.soft { (finding.check.explanation()) }
        })
        .cell(html! { span.light data-light=(light.code()) { (words) } })
        .cell(html! { @if !finding.is_good() { (places(finding)) } })
}

fn places(finding: &Finding) -> Markup {
    let shown = finding.examples.iter().take(SHOWN);
    let rest = finding.count - i64::try_from(finding.examples.len().min(SHOWN)).unwrap_or(finding.count);
    html! {
        @if !finding.examples.is_empty() {
            ul { @for example in shown { li { a href=(example.href) { (example.what) } } } }
        }
        @if rest > 0 && !finding.examples.is_empty() { p { "另有 " (rest) " 处。" } }
        p { (finding.check.remedy()) }
    }
}
