//! One sheet, and the form to type a case.

use super::list::span;
use super::{case_row, share};
use crate::sweeps::forms::{CaseForm, SheetQuery};
use crate::sweeps::imports::{Import, ImportState};
use crate::sweeps::types::{RowKind, SweepState};
use crate::sweeps::urls;
use crate::sweeps::views::{ListedSweep, SheetPage};
use crate::time::Moment;
use crate::web::form::{Complaints, PostForm, date, hidden, post_button, radios, text};
use crate::web::formats::{date as long_date, short_moment};
use crate::web::listing::in_address;
use crate::web::{Column, Frame, Paging, Table, light};
use maud::{Markup, html};

/// One sheet.
pub fn sheet(frame: &Frame, page: &SheetPage, query: &SheetQuery) -> Markup {
    let listed = &page.listed;
    let sweep = &listed.sweep;
    let title = format!("{}　{}", listed.division, sweep.title());
    let mut titled = frame.titled(&title, "sweeps#sheet").back(urls::LIST, "排查");
    if page.works && listed.counts.unanswered > 0 {
        titled = titled.action(html! { a.button.primary href=(urls::triage(sweep.id)) { "逐件排查" } });
    } else if page.works && listed.counts.total == 0 {
        titled = titled.action(html! { a.button.primary href=(urls::import(sweep.id)) { "从 Excel 导入" } });
    }
    titled.body(html! {
        (standing(frame, page))
        (imports(&page.imports))
        (rows(page, query))
    })
}

fn standing(frame: &Frame, page: &SheetPage) -> Markup {
    let listed = &page.listed;
    let (sweep, counts) = (&listed.sweep, &listed.counts);
    html! {
        dl.facts {
            dt { "期间" } dd { (sweep.kind.label()) "，" (span(sweep)) }
            dt { "期限" }
            dd {
                (long_date(sweep.due_on)) "　"
                @match &listed.due { Some(due) => (due), None => (light::unlit(sweep.state.label())) }
            }
            dt { "由谁答" } dd { (listed.division) "庭长 " (listed.head.as_deref().unwrap_or("（空缺）")) "和承办人" }
            dt { "已有结论" } dd { (share(counts.answered(), counts.total)) "，其中列入一级 " (counts.tier_one) " 件，下月再看 " (counts.again) " 件" }
            dt { "打开" }
            dd { (page.opened_by.as_deref().unwrap_or("系统自动")) "，" (short_moment(Moment::from_utc(sweep.opened_at))) }
            @if let (Some(by), Some(at)) = (&page.finished_by, sweep.finished_at) {
                dt { "排查完毕" } dd { (by) "，" (short_moment(Moment::from_utc(at))) }
            }
        }
        @if page.works {
            div.actions {
                a.button href=(urls::import(sweep.id)) { "从 Excel 导入" }
                a.button href=(urls::add(sweep.id)) { "录入一件" }
                @if page.may_finish {
                    (post_button(&frame.csrf, &urls::finish(sweep.id), "排查完毕", hidden("version", sweep.version)))
                }
            }
            @if sweep.state == SweepState::Open && !page.may_finish && counts.unanswered == 0 && counts.total > 0 {
                p.soft { "案件都有了结论。期末三个工作日内可以点“排查完毕”；以后又有收案、结案的，先导入或者录入。" }
            }
            @if page.may_finish && counts.total == 0 {
                p.soft { "这一期确实没有收案和结案的，直接点“排查完毕”。" }
            }
        }
    }
}

fn imports(runs: &[Import]) -> Markup {
    html! {
        @if !runs.is_empty() {
            details.more open[runs.iter().any(|run| run.state != ImportState::Done)] {
                summary { "导入记录" }
                ul.plain {
                    @for run in runs {
                        li {
                            a href=(urls::run(run.id)) { (run.name) } "　" (run.state.label())
                            "　" span.soft { (short_moment(Moment::from_utc(run.started_at))) "　" (super::import::words(run)) }
                        }
                    }
                }
            }
        }
    }
}

fn rows(page: &SheetPage, query: &SheetQuery) -> Markup {
    let path = urls::sweep(page.listed.sweep.id);
    let next = page.rows.next(|last| last.row.id.to_string());
    let columns = vec![
        Column::new("案件").class("wide"),
        Column::new("收结").class("tight"),
        Column::new("承办人").class("tight"),
        Column::new("结论"),
    ];
    let tabs = [
        ("", "全部"),
        ("none", "没有结论"),
        ("tier_one", "列入一级"),
        ("again", "下月再看"),
        ("nothing", "无苗头"),
    ];
    let table = Table::new("案件", columns)
        .rows(page.rows.rows.iter().map(case_row))
        .paging(Paging::of(&path, query, next))
        .empty(html! {
            p { "这里还没有案件。" }
            p { "从办案系统导出本期的收案、结案清单，点“从 Excel 导入”；只有几件的，点“录入一件”。" }
        });
    html! {
        nav.tabs aria-label="按结论看" {
            @for (code, label) in tabs {
                @let to = SheetQuery { answer: code.to_owned(), after: String::new() };
                a href=(in_address(&path, &to)) aria-current=[(query.answer == code).then_some("true")] { (label) }
            }
        }
        (table.draw())
    }
}

/// The form to type a case.
pub fn add(frame: &Frame, listed: &ListedSweep, typed: &CaseForm, complaints: &Complaints) -> Markup {
    let kinds = [RowKind::Filed, RowKind::Closed, RowKind::Both].map(|kind| (kind.code(), kind.label()));
    let id = listed.sweep.id;
    let title = format!("{}　{}", listed.division, listed.sweep.title());
    frame.titled("录入一件", "sweeps#add").back(urls::sweep(id), &title).narrow().body(html! {
        (complaints.summary())
        (PostForm::to(&urls::add(id), &frame.csrf).enter_next().body(html! {
            (text("case_number", "案号").value(&typed.case_number).told(complaints).required().focus()
                .hint("如（2026）豫0404民初123号，括号全角半角都可以"))
            (radios("kind", "收案还是结案", kinds).value(&typed.kind).told(complaints))
            (text("cause", "案由").value(&typed.cause).told(complaints))
            (text("parties", "当事人").value(&typed.parties).told(complaints).hint("只保存姓氏和简称，例如“张某某、石龙公司”"))
            (text("judge", "承办人").value(&typed.judge).told(complaints).size("w-date"))
            (date("happened_on", "收案或者结案日期").value(&typed.happened_on).told(complaints))
            div.actions { button.primary { "录入" } }
        }))
    })
}
