//! Bringing in a list of cases: the form, and one run with how far it has got.

use crate::sweeps::imports::{Import, ImportState, Outcome, Remark, Shown};
use crate::sweeps::types::RowKind;
use crate::sweeps::urls;
use crate::sweeps::views::ListedSweep;
use crate::time::Moment;
use crate::web::Frame;
use crate::web::form::{Complaints, PostForm, file, post_button, radios};
use crate::web::formats::short_moment;
use maud::{Markup, html};

/// Remarks that the page lists of each kind; the rest is in the workbook.
const MOST_LISTED: usize = 100;

/// What was chosen with the file.
#[derive(Clone, Debug, Default)]
pub struct ImportTyped {
    pub kind: String,
}

/// How far a run has got, in words.
pub(super) fn words(run: &Import) -> String {
    let some =
        |count: i64, words: &str| if count > 0 { format!("，{words} {count} 件") } else { String::new() };
    let bad = if run.rows_bad > 0 { format!("，没有读入 {} 行", run.rows_bad) } else { String::new() };
    format!(
        "共 {} 行：新登记 {} 件{}{}{bad}",
        run.rows_total,
        run.made,
        some(run.merged, "补充"),
        some(run.known, "已在表上")
    )
}

/// The form.
pub fn import(frame: &Frame, listed: &ListedSweep, typed: &ImportTyped, complaints: &Complaints) -> Markup {
    let kinds = [
        (RowKind::Filed.code(), "收案清单"),
        (RowKind::Closed.code(), "结案清单"),
        (RowKind::Both.code(), "当期收案并且结案的清单"),
    ];
    let id = listed.sweep.id;
    let title = format!("{}　{}", listed.division, listed.sweep.title());
    frame
        .titled("从 Excel 导入案件", "sweeps#import")
        .back(urls::sweep(id), &title)
        .lead(html! { "办案系统导出的清单可以直接用，只要有“案号”一列。已在表上的案件不会重复登记；同一份文件再传一次，接着上次没做完的做。" })
        .body(html! {
            (complaints.summary())
            (PostForm::to(&urls::import(id), &frame.csrf).multipart().body(html! {
                (file("list", "Excel 文件", ".xlsx,.xls", false).required().hint("一次最多 20,000 行").told(complaints))
                (radios("kind", "这是什么清单", kinds).value(&typed.kind).told(complaints)
                    .hint("表里有“收案或结案”一列的，以那一列为准。"))
                div.actions {
                    button.primary { "导入" }
                    a href=(urls::TEMPLATE) { "下载模板（Excel）" }
                }
            }))
        })
}

/// One run.
pub fn run(frame: &Frame, shown: &Shown, (listed, works): (&ListedSweep, bool), now: Moment) -> Markup {
    let run = &shown.import;
    let running = run.state == ImportState::Running;
    let sheet = urls::sweep(run.sweep_id);
    let action = html! {
        @if running { a.button href=(urls::run(run.id)) { "刷新" } }
        @else { a.button.primary href=(sheet) { "回到排查表" } }
    };
    let title = format!("导入：{}", run.name);
    let back = format!("{}　{}", listed.division, listed.sweep.title());
    frame.titled(&title, "sweeps#import").back(&sheet, &back).action(action).body(html! {
        (standing(run, now))
        p.soft { (shown.by) "，" (short_moment(Moment::from_utc(run.started_at))) "开始" }
        @if running {
            p.soft { "可以离开这一页去做别的事，导入会继续；服务器重启后会从停下的地方接着做。" }
        }
        @if works { (buttons(frame, run)) }
        (remarks(run, &shown.remarks))
    })
}

fn buttons(frame: &Frame, run: &Import) -> Markup {
    match run.state {
        ImportState::Running => post_button(&frame.csrf, &urls::stop(run.id), "停下", html! {}),
        ImportState::Stopped | ImportState::Failed => {
            post_button(&frame.csrf, &urls::resume(run.id), "继续导入", html! {})
        }
        ImportState::Done => html! {},
    }
}

/// How far it has got. While it runs the page draws this part anew by itself.
fn standing(run: &Import, now: Moment) -> Markup {
    let running = run.state == ImportState::Running;
    html! {
        div.next id="standing" role="status" data-follow[running] {
            h2 { (run.state.label()) "：" (words(run)) }
            @if run.state != ImportState::Done {
                progress max=(run.rows_good().max(1)) value=(run.rows_done()) aria-label="导入进度" {}
                p { "已处理 " (run.rows_done()) " 行，共 " (run.rows_good()) " 行。截至 " (short_moment(now)) "。" }
            }
            @if !run.message.is_empty() { p { (run.message) } }
        }
    }
}

fn remarks(run: &Import, all: &[Remark]) -> Markup {
    let of = |outcome: Outcome| all.iter().filter(move |remark| remark.outcome == outcome);
    let (bad, known) = (of(Outcome::Bad).count(), of(Outcome::Known).count());
    html! {
        @if !all.is_empty() {
            p { a href=(urls::faults(run.id)) { "下载没有读入和重复的清单（Excel）" } }
        }
        @if bad > 0 {
            h2 { "没有读入的行" }
            p.soft { "在表格里改好以后再传一次，读入过的不会重复；或者在排查表点“录入一件”。" }
            ul { @for one in of(Outcome::Bad).take(MOST_LISTED) { li { (one.place) "：" (one.why) } } }
            @if bad > MOST_LISTED { p.soft { "另有 " (bad - MOST_LISTED) " 处没有列在这里，请下载清单查看。" } }
        } @else if run.rows_bad > 0 {
            p.soft { "没有读入的清单保留三十天，已经清除。" }
        }
        @if known > 0 {
            details.more {
                summary { "已在表上、没有重复登记的 " (run.known) " 件" }
                ul { @for one in of(Outcome::Known).take(MOST_LISTED) { li { (one.place) "：" (one.why) } } }
            }
        }
    }
}
