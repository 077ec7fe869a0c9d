//! Saved filters as links above a register and on the day's page, and the list to put them in order.

use super::forms::{RenameForm, SaveForm};
use super::types::{Register, SavedFilterId, Shown};
use super::urls;
use crate::matters::views::COUNTED;
use crate::web::Frame;
use crate::web::form::{Complaints, PostForm, hidden, text};
use maud::{Markup, html};

/// Above a register: the filters one keeps of it, and the form that keeps what is set now. `to_save` is what is set.
pub fn bar(frame: &Frame, register: Register, saved: &[Shown], to_save: Option<&str>) -> Markup {
    html! {
        @if !saved.is_empty() || to_save.is_some() {
            div.saved {
                @if !saved.is_empty() {
                    nav aria-label="保存的筛选" {
                        span.soft { "我的筛选：" }
                        @for one in saved { a href=(one.href) { (one.filter.name) } }
                        a.soft href=(urls::LIST) { "整理" }
                    }
                }
                @if let Some(query) = to_save {
                    details.more {
                        summary { "保存这个筛选" }
                        (save_form(frame, register, query, &SaveForm::default(), &Complaints::default()))
                    }
                }
            }
        }
    }
}

fn save_form(
    frame: &Frame,
    register: Register,
    query: &str,
    form: &SaveForm,
    complaints: &Complaints,
) -> Markup {
    PostForm::to(urls::LIST, &frame.csrf).body(html! {
        (hidden("register", register.code()))
        (hidden("query", query))
        (text("name", "名称").value(&form.name).hint("例如：执行类三天内到期。不要写姓名、电话、证件号码。").told(complaints))
        button { "保存" }
    })
}

/// The form again, with what is wrong.
pub fn save(frame: &Frame, register: Register, form: &SaveForm, complaints: &Complaints) -> Markup {
    frame.titled("保存这个筛选", "registers#saved").narrow().body(html! {
        (complaints.summary())
        (save_form(frame, register, &form.query, form, complaints))
    })
}

/// On the day's page: each filter with how many open matters it finds.
pub fn on_the_day(saved: &[Shown]) -> Markup {
    html! {
        @if !saved.is_empty() {
            section.saved aria-labelledby="saved" {
                h2 id="saved" { "我的筛选" }
                nav aria-labelledby="saved" {
                    @for one in saved { a href=(one.href) { (one.filter.name) @if let Some(n) = one.open { " " strong { (count(n)) } } } }
                    a.soft href=(urls::LIST) { "整理" }
                }
                p.soft { "数字是其中未办结的件数。" }
            }
        }
    }
}

fn count(open: i64) -> String {
    if open >= COUNTED { format!("{COUNTED}+") } else { open.to_string() }
}

/// The list to rename and delete in; `wrong` is what was typed for one of them and why it doesn't do.
pub fn list(
    frame: &Frame,
    saved: &[Shown],
    wrong: Option<(SavedFilterId, &RenameForm, &Complaints)>,
) -> Markup {
    frame.titled("我的筛选", "registers#saved").narrow().body(html! {
        @if saved.is_empty() {
            p { "您还没有保存筛选。" }
            p { "在“信访事项”或者“来访来信”台账上选好条件，按“筛选”，再按“保存这个筛选”。" }
        }
        @for one in saved {
            section.box {
                h2 { a href=(one.href) { (one.filter.name) } " " span.tag { (one.filter.register.label()) } }
                (one_form(frame, one, wrong.filter(|(id, _, _)| *id == one.filter.id)))
            }
        }
    })
}

fn one_form(frame: &Frame, one: &Shown, wrong: Option<(SavedFilterId, &RenameForm, &Complaints)>) -> Markup {
    let none = Complaints::default();
    let (typed, complaints) = wrong
        .map_or((one.filter.name.as_str(), &none), |(_, form, complaints)| (form.name.as_str(), complaints));
    html! {
        details.more open[wrong.is_some()] {
            summary { "改名或者删除" }
            (PostForm::to(&urls::rename(one.filter.id), &frame.csrf).body(html! {
                (text("name", "名称").value(typed).told(complaints))
                button { "改名" }
            }))
            (PostForm::to(&urls::delete(one.filter.id), &frame.csrf).body(html! { button { "删除这个筛选" } }))
        }
    }
}
