//! `tingsong check`: the promises, from the command line. Ends with 1 when something does not hold.

use super::types::{Finding, Report};
use serde_json::{Value, json};

/// How many places of each kind are printed.
const PRINTED: usize = 10;

/// What `tingsong check` takes.
#[derive(Clone, Debug, clap::Args)]
pub struct CheckArgs {
    /// 连同留痕逐条校验（记录多时较慢）
    #[arg(long)]
    pub trail: bool,
    /// 以 JSON 输出
    #[arg(long)]
    pub json: bool,
}

/// The report in plain lines: the verdict first.
pub fn text(report: &Report) -> String {
    let told = report.broken().map(|finding| format!("\n{}", lines(finding)));
    let hints = report.hints().map(|finding| {
        let (label, count) = (finding.check.label(), finding.count);
        format!("\n· 提醒：{label}，还有 {count} 处。{}", finding.check.remedy())
    });
    std::iter::once(report.verdict()).chain(told).chain(hints).collect::<Vec<_>>().join("\n")
}

/// What does not hold, where, and what to do about it, in plain lines.
pub fn lines(finding: &Finding) -> String {
    let mut lines = vec![
        format!("× {}：{} 处不符合。", title(finding), finding.count),
        format!("  {}", finding.check.explanation()),
    ];
    for example in finding.examples.iter().take(PRINTED) {
        lines.push(format!("  - {}  {}", example.what.replace('\n', " "), example.href));
    }
    lines.push(format!("  怎么办：{}", finding.check.remedy()));
    lines.join("\n")
}

fn title(finding: &Finding) -> String {
    match finding.check.promise() {
        Some(promise) => format!("承诺 {promise}，{}", finding.check.label()),
        None => finding.check.label().to_owned(),
    }
}

/// The report for programs: one object, `clean` is the verdict.
pub fn json(report: &Report) -> String {
    let finding = |finding: &Finding| -> Value {
        json!({
            "check": finding.check.code(),
            "promise": finding.check.promise(),
            "count": finding.count,
            "hint": finding.check.is_hint(),
            "examples": finding.examples,
        })
    };
    json!({
        "clean": report.is_clean(),
        "findings": report.findings.iter().map(finding).collect::<Vec<_>>(),
    })
    .to_string()
}
