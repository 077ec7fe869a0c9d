//! Bringing in a list: the form and the runs so far; one run, how far it has got and what was wrong.

use crate::intake::imports::types::{Fault, Shown};
use crate::intake::imports::{Import, ImportState, Policy};
use crate::intake::urls;
use crate::time::Moment;
use crate::web::form::{Complaints, PostForm, file, post_button, select};
use crate::web::formats::short_moment;
use crate::web::{Column, Frame, Row, Table};
use maud::{Markup, html};

/// Bad cells that the page lists; the rest is in the workbook.
const MOST_LISTED: usize = 200;

/// Draws the form, with the runs so far.
pub fn imports(frame: &Frame, policy: &str, told: &Complaints, runs: &[Shown]) -> Markup {
    let policy = if policy.is_empty() { Policy::All.code() } else { policy };
    let policies = [Policy::All, Policy::Good].map(|policy| (policy.code(), policy.label()));
    let body = html! {
        (told.summary())
        (PostForm::to(urls::IMPORT, &frame.csrf).multipart().body(html! {
            (file("list", "Excel 文件", ".xlsx,.xls", false).required().hint("一次最多 20,000 行").told(told))
            (select("take", "有错误时", policies).value(policy)
                .hint("“都不导入”要一次写完，几千行以上时其他人的登记要等几十秒").told(told))
            div.actions {
                button.primary { "检查并导入" }
                a href=(urls::IMPORT_TEMPLATE) { "下载模板（Excel）" }
            }
        }))
        (list(runs))
    };
    frame
        .titled("从 Excel 导入", "intake#import")
        .back(urls::INTAKE, "登记")
        .lead(html! {
            "网上信访平台导出的清单，或者以前的台账。每行登记为一件事项；导入过的行不会重复登记。"
        })
        .body(body)
}

fn list(runs: &[Shown]) -> Markup {
    if runs.is_empty() {
        return html! {};
    }
    let columns = vec![
        Column::new("文件"),
        Column::new("导入人").class("tight"),
        Column::new("开始").class("tight"),
        Column::new("状态").class("tight"),
        Column::new("进度").class("wide"),
    ];
    let rows = runs.iter().map(|shown| {
        let import = &shown.import;
        Row::link(urls::import(import.id))
            .cell(&import.name)
            .cell(&shown.by)
            .cell(short_moment(Moment::from_utc(import.started_at)))
            .cell(import.state.label())
            .cell(progress_words(import))
    });
    Table::new("导入记录", columns).rows(rows).draw()
}

fn progress_words(import: &Import) -> String {
    let bad = match import.rows_bad {
        0 => String::new(),
        bad => format!("，有错误 {bad} 行"),
    };
    let known = match import.known {
        0 => String::new(),
        known => format!("，以前导入过 {known} 件"),
    };
    format!("共 {} 行：登记 {} 件{known}{bad}", import.rows_total, import.made)
}

/// Draws one run.
pub fn import(frame: &Frame, shown: &Shown, faults: &[Fault], now: Moment) -> Markup {
    let import = &shown.import;
    let running = import.state == ImportState::Running;
    let action = html! {
        @if running { a.button href=(urls::import(import.id)) { "刷新" } }
        @else { a.button.primary href=(urls::IMPORT) { "再导入一张表" } }
    };
    let body = html! {
        (standing(import, now))
        @if running {
            p.soft { "可以离开这一页去做别的事，导入会继续；回到“从 Excel 导入”页随时可以查看。服务器重启后会从停下的地方接着做。" }
            (post_button(&frame.csrf, &urls::stop_import(import.id), "停止导入", html! {}))
        }
        (report(import, faults))
    };
    let title = format!("导入：{}", import.name);
    frame.titled(&title, "intake#import").back(urls::IMPORT, "从 Excel 导入").action(action).body(body)
}

/// How far it has got. While it runs the page draws this part anew by itself.
fn standing(import: &Import, now: Moment) -> Markup {
    let running = import.state == ImportState::Running;
    let words = format!("{}：{}", import.state.label(), progress_words(import));
    let (done, good) = (import.rows_done(), import.rows_good());
    html! {
        div.next id="standing" role="status" data-follow[running] {
            h2 { (words) }
            @if running {
                progress max=(good) value=[(import.policy == Policy::Good).then_some(done)] aria-label="导入进度" {}
                p {
                    @if import.policy == Policy::All { "正在一次写入 " (good) " 行，写完才会显示结果。" }
                    @else { "已处理 " (done) " 行，共 " (good) " 行可以登记。" }
                    "截至 " (short_moment(now)) "。"
                }
            }
            @if import.state == ImportState::Refused { p { "一行也没有登记。请在表格里改好下列单元格，再传一次。" } }
            @if !import.message.is_empty() { p { (import.message) } }
        }
    }
}

fn report(import: &Import, faults: &[Fault]) -> Markup {
    html! {
        @if !faults.is_empty() {
            h2 { "有错误的单元格" }
            p { a href=(urls::import_faults(import.id)) { "下载错误清单（Excel）" } }
            ul {
                @for fault in faults.iter().take(MOST_LISTED) { li { (fault.place) "：" (fault.why) } }
                @if faults.len() > MOST_LISTED { li { "另有 " (faults.len() - MOST_LISTED) " 处没有列在这里，请下载清单查看。" } }
            }
        } @else if import.rows_bad > 0 {
            p.soft { "错误清单保留三十天，已经清除。" }
        }
    }
}
