//! One request and its instruction: what was asked, what was said, who does it by when, and the step that is next.

use super::offer::{giving, people};
use super::register::standing;
use crate::instructions::forms::{GiveForm, SayForm};
use crate::instructions::rules::Step;
use crate::instructions::types::State;
use crate::instructions::urls;
use crate::instructions::views::{Detail, Listed};
use crate::matters;
use crate::time::Moment;
use crate::web::form::{Complaints, PostForm, hidden, post_button, select, textarea};
use crate::web::{Frame, formats};
use chrono::NaiveDateTime;
use maud::{Markup, html};

/// The forms of the page, as typed.
pub struct Forms<'a> {
    pub give: &'a GiveForm,
    pub say: &'a SayForm,
    pub told: &'a Complaints,
}

pub fn detail(frame: &Frame, detail: &Detail, forms: &Forms) -> Markup {
    let shown = &detail.shown;
    frame
        .titled(&shown.row.number, "instructions#detail")
        .back(urls::LIST, "批示")
        .action(html! { a.button.primary href=(urls::sheet(shown.row.id)) { "打印请示单" } })
        .body(html! {
            p.lead {
                a href=(matters::urls::matter(shown.matter.id)) { (shown.matter.number) }
                "　" (shown.matter.petitioner_line) "：" (shown.matter.claim)
            }
            (strip(shown))
            (forms.told.summary())
            (request(shown))
            @if detail.steps.contains(&Step::Give) { (instructing(frame, detail, forms)) }
            @if detail.steps.contains(&Step::Finish) { (finishing(frame, shown, forms)) }
            @if detail.steps.contains(&Step::Confirm) { (confirming(frame, shown, forms)) }
            @if detail.steps.contains(&Step::Withdraw) {
                div.actions {
                    (post_button(&frame.csrf, &urls::step(shown.row.id, "withdraw"), "撤回请示",
                        hidden("version", shown.row.version)))
                }
            }
            (what(shown))
            @if detail.steps.contains(&Step::HandOn) && !detail.owners.is_empty() {
                (handing_on(frame, detail, forms))
            }
        })
}

/// Another owner, where the first has left or was moved.
fn handing_on(frame: &Frame, detail: &Detail, forms: &Forms) -> Markup {
    let none = (String::new(), "请选择".to_owned());
    let others = std::iter::once(none).chain(people(&detail.owners));
    html! {
        details.more open[!forms.say.owner.is_empty() || forms.told.about("owner").next().is_some()] {
            summary { "改由他人落实" }
            (PostForm::to(&urls::step(detail.shown.row.id, "hand-on"), &frame.csrf).body(html! {
                (hidden("version", forms.say.version))
                (select("owner", "改由谁落实", others).value(&forms.say.owner).told(forms.told).required()
                    .hint("原承办人调离、轮岗或者须回避的，改由他人落实；落实期限不变。"))
                (textarea("remark", "理由", 2).value(&forms.say.remark).told(forms.told).required())
                div.actions { button { "改由他人落实" } }
            }))
        }
    }
}

fn strip(shown: &Listed) -> Markup {
    html! {
        dl.facts.strip {
            div { dt { "状态" } dd { (shown.row.state.label()) } }
            @if let Some(asker) = &shown.asker { div { dt { "请示人" } dd { (asker) } } }
            div { dt { "批示领导" } dd { (shown.leader) } }
            @if let Some(owner) = &shown.owner { div { dt { "承办人" } dd { (owner) } } }
            @if shown.row.due_on.is_some() { div { dt { "落实期限" } dd { (standing(shown)) } } }
        }
    }
}

fn instructing(frame: &Frame, detail: &Detail, forms: &Forms) -> Markup {
    let id = detail.shown.row.id;
    html! {
        section.next aria-labelledby="give" {
            h2 id="give" { "等您批示" }
            (PostForm::to(&urls::step(id, "give"), &frame.csrf).enter_next().body(html! {
                (hidden("version", forms.give.version))
                (giving(&people(&detail.owners), forms.give, forms.told))
                div.actions { button.primary { "发出批示" } }
            }))
            details.more {
                summary { "退回请示" }
                (PostForm::to(&urls::step(id, "return"), &frame.csrf).body(html! {
                    (hidden("version", forms.say.version))
                    (textarea("remark", "退回的理由", 2).value(&forms.say.remark).told(forms.told).required())
                    div.actions { button { "退回请示" } }
                }))
            }
        }
    }
}

fn finishing(frame: &Frame, shown: &Listed, forms: &Forms) -> Markup {
    html! {
        section.next aria-labelledby="finish" {
            h2 id="finish" { "由您落实" }
            @if !shown.row.remark.is_empty() { p { strong { "退回重办：" } (shown.row.remark) } }
            (PostForm::to(&urls::step(shown.row.id, "finish"), &frame.csrf).enter_next().body(html! {
                (hidden("version", forms.say.version))
                (textarea("evidence", "落实情况", 4).value(&forms.say.evidence).told(forms.told).required()
                    .hint("写明做了什么、结果怎样、凭什么证明，例如：款项已发放，凭证号……。"))
                div.actions { button.primary { "已经落实" } }
            }))
        }
    }
}

fn confirming(frame: &Frame, shown: &Listed, forms: &Forms) -> Markup {
    let id = shown.row.id;
    html! {
        section.next aria-labelledby="confirm" {
            h2 id="confirm" { "等您确认落实情况" }
            p.keep-lines { (shown.row.evidence) }
            div.actions {
                (PostForm::to(&urls::step(id, "confirm"), &frame.csrf).class("one-button").body(html! {
                    (hidden("version", shown.row.version))
                    button.primary { "确认已落实" }
                }))
            }
            details.more {
                summary { "没有落实到位，退回重办" }
                (PostForm::to(&urls::step(id, "send-back"), &frame.csrf).body(html! {
                    (hidden("version", forms.say.version))
                    (textarea("remark", "还差什么", 2).value(&forms.say.remark).told(forms.told).required())
                    div.actions { button { "退回重办" } }
                }))
            }
        }
    }
}

fn at(moment: Option<NaiveDateTime>) -> String {
    moment.map_or_else(String::new, |at| formats::moment(Moment::from_utc(at)))
}

/// What was asked: it comes before the form that answers it.
fn request(shown: &Listed) -> Markup {
    let row = &shown.row;
    html! {
        @if row.asked_at.is_some() {
            section {
                h2 { "请示" }
                dl.facts {
                    dt { "请示问题" } dd { (row.question) }
                    dt { "拟办意见" } dd { (row.proposal) }
                    dt { "请示时间" } dd { (at(row.asked_at)) }
                    @if row.state == State::Returned { dt { "退回理由" } dd { (row.remark) } }
                }
            }
        }
    }
}

fn what(shown: &Listed) -> Markup {
    let row = &shown.row;
    html! {
        @if row.given_at.is_some() {
            section {
                h2 { "批示" }
                dl.facts {
                    dt { "批示内容" } dd { (row.text) }
                    dt { "批示时间" } dd { (at(row.given_at)) "，" (shown.leader) }
                    dt { "由谁落实" } dd { (shown.owner.as_deref().unwrap_or("")) }
                    @if let Some(due) = row.due_on { dt { "落实期限" } dd { (formats::date(due)) } }
                }
            }
        }
        @if row.done_at.is_some() {
            section {
                h2 { "落实" }
                dl.facts {
                    dt { "落实情况" } dd { (row.evidence) }
                    dt { "报告时间" } dd { (at(row.done_at)) }
                    @if row.state == State::Given && !row.remark.is_empty() { dt { "退回重办" } dd { (row.remark) } }
                    @if let Some(by) = &shown.confirmed_by { dt { "确认" } dd { (by) "，" (at(row.confirmed_at)) } }
                }
            }
        }
    }
}
