//! One case of a sheet: its answers, visits, how it ended, its assessments.

use super::conclusion;
use super::triage::{answer_form, facts, known};
use crate::assessments;
use crate::sweeps::forms::{AnswerForm, ClosingForm, VisitForm};
use crate::sweeps::types::{Answer, Closing, Item, Mark};
use crate::sweeps::urls;
use crate::sweeps::views::RowPage;
use crate::time::Moment;
use crate::web::form::{Complaints, PostForm, date, hidden, radios, text, textarea};
use crate::web::formats::{short_date, short_moment};
use crate::web::{Frame, light};
use maud::{Markup, html};

/// What was typed on the page, and which of its forms was wrong.
pub struct CaseTyped<'a> {
    pub answer: &'a AnswerForm,
    pub visit: &'a VisitForm,
    pub closing: &'a ClosingForm,
    /// Whether the complaints are about the visit, and not about how it ended or the answer.
    pub told: (&'a Complaints, &'a Complaints, &'a Complaints),
}

/// One case of a sheet. The complaints come in the order of answer, visit, closing.
pub fn case(frame: &Frame, page: &RowPage, typed: &CaseTyped<'_>) -> Markup {
    let row = &page.listed.row;
    let back = format!("{}　{}", page.listed.division, page.sweep.title());
    frame.titled(&row.case_number, "sweeps#case").back(urls::sweep(page.sweep.id), &back).body(html! {
        (facts(row))
        (known(&page.about, &page.before))
        (typed.told.0.summary()) (typed.told.1.summary()) (typed.told.2.summary())
        (answers(frame, page, typed))
        (visits(frame, page, typed))
        @if row.kind.is_closed() { (closing(frame, page, typed)) }
        (assessed(page))
    })
}

fn answers(frame: &Frame, page: &RowPage, typed: &CaseTyped<'_>) -> Markup {
    let row = &page.listed.row;
    html! {
        section.box aria-labelledby="answers" {
            h2 id="answers" { "结论" }
            (conclusion(&page.listed))
            @if page.works && row.answer != Some(Answer::TierOne) { (answer_form(frame, row, typed.answer, typed.told.0)) }
            @if page.answers.len() > 1 {
                details.more {
                    summary { "每次的结论" }
                    ul.plain {
                        @for (one, by) in &page.answers {
                            li {
                                (short_moment(Moment::from_utc(one.answered_at))) "　" (by) "：" (one.answer.label())
                                @if !one.note.is_empty() { "　" span.soft { (one.note) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn visits(frame: &Frame, page: &RowPage, typed: &CaseTyped<'_>) -> Markup {
    let told = typed.told.1;
    html! {
        section.box aria-labelledby="visits" {
            h2 id="visits" { "实地走访" }
            @if page.visits.is_empty() { p.soft { "还没有走访。" } }
            ul.plain {
                @for (one, by) in &page.visits {
                    li {
                        (short_date(one.visited_on)) "　" (one.who) "："
                        span.keep-lines { (one.found) } br; span.soft { (by) "记录" }
                    }
                }
            }
            @if page.works {
                details.more open[!told.is_empty()] {
                    summary { "记录一次走访" }
                    (PostForm::to(&urls::visit(page.listed.row.id), &frame.csrf).body(html! {
                        (hidden("submission", &typed.visit.submission))
                        (date("visited_on", "哪一天").value(&typed.visit.visited_on).told(told).required())
                        (text("who", "谁去的").value(&typed.visit.who).told(told).required())
                        (textarea("found", "了解到的情况", 3).value(&typed.visit.found).told(told).required()
                            .hint("写案件和办理的情况：哪里还没有说清楚、还欠什么答复。"))
                        button { "记录走访" }
                    }))
                }
            }
        }
    }
}

fn closing(frame: &Frame, page: &RowPage, typed: &CaseTyped<'_>) -> Markup {
    let told = typed.told.2;
    let marks = || Mark::ALL.iter().map(|mark| (mark.code(), mark.label()));
    html! {
        section.box aria-labelledby="closing" {
            h2 id="closing" { "结案情况" }
            @match &page.closing {
                Some((one, by)) => (recorded(one, by)),
                None => p { (light::unlit("还没有登记")) },
            }
            @if page.works {
                details.more open[page.closing.is_none() || !told.is_empty()] {
                    summary { (if page.closing.is_some() { "更正结案情况" } else { "登记结案情况" }) }
                    (PostForm::to(&urls::closing(page.listed.row.id), &frame.csrf).body(html! {
                        (hidden("version", page.closing.as_ref().map_or(-1, |(one, _)| one.version)))
                        @for item in Item::ALL.iter().copied() {
                            (radios(item.code(), item.label(), marks()).value(typed.closing.typed(item)).told(told))
                        }
                        (textarea("note", "情况说明", 2).value(&typed.closing.note).told(told)
                            .hint("有选“否”的，写明原因或者打算什么时候补办。"))
                        button { "保存结案情况" }
                    }))
                }
            }
        }
    }
}

fn recorded(one: &Closing, by: &str) -> Markup {
    html! {
        dl.facts {
            @for item in Item::ALL.iter().copied() { dt { (item.label()) } dd { (one.mark(item).label()) } }
            @if !one.note.is_empty() { dt { "说明" } dd.keep-lines { (one.note) } }
            dt { "登记" } dd { (by) "，" (short_moment(Moment::from_utc(one.recorded_at))) }
        }
    }
}

fn assessed(page: &RowPage) -> Markup {
    html! {
        section.box aria-labelledby="assessed" {
            h2 id="assessed" { "风险评估" }
            @if page.assessments.is_empty() { p.soft { "这件案件还没有评估过。" } }
            ul.plain {
                @for one in &page.assessments {
                    li {
                        a href=(assessments::urls::assessment(one.row.id)) { (one.row.step.label()) "评估" }
                        "　" (one.row.points) " 分，" (one.row.state.label())
                        "　" span.soft { (one.assessed_by) "，" (short_moment(Moment::from_utc(one.row.assessed_at))) }
                    }
                }
            }
            @if page.may_assess { p { a href=(assessments::urls::of_row(page.listed.row.id)) { "评估这件案件" } } }
        }
    }
}
