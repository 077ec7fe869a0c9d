//! The one search box, what it found, and the ways on.

use super::cards::{matter_line, person_line};
use crate::intake::types::{Carried, DraftLine, Found, MatterCard, PersonCard};
use crate::intake::urls;
use crate::petitioners::PetitionerId;
use crate::time::Moment;
use crate::web::Frame;
use crate::web::form::{PostForm, hidden, post_button, search};
use crate::web::formats::ago;
use maud::{Markup, html};

/// The counter's first page.
pub struct Finder<'a> {
    pub frame: &'a Frame,
    /// What was typed.
    pub text: &'a str,
    pub found: Option<&'a Found>,
    pub drafts: &'a [DraftLine],
    pub may_import: bool,
    pub now: Moment,
}

const WORDS: &str = "姓名、证件号码、电话、案号或事项编号；也可以直接刷身份证";

/// Draws it.
pub fn finder(page: &Finder<'_>) -> Markup {
    let csrf = &page.frame.csrf;
    let body = html! {
        (PostForm::to(urls::FIND, csrf).class("finder").body(html! {
            div.beside {
                @let found_someone = page.found.is_some_and(|found| found.looked);
                @let field = search("q", "谁来了？").hint(WORDS).value(page.text)
                    .live(urls::MATCHES, "matches").live_fields("q");
                @if found_someone { (field) } @else { (field.focus()) }
                button.primary { "查找" }
            }
        }))
        div id="matches" aria-live="polite" {
            @if let Some(found) = page.found { (results(csrf, found, true)) }
        }
        section {
            h2 { "不用查找" }
            div.actions {
                a.button href=(urls::NEW) { "空白登记表" }
                (carry(csrf, "匿名来信", "", &Carried { kind: "anonymous".into(), channel: "letter".into(), ..Carried::default() }, false))
                @if page.may_import { a.button href=(urls::IMPORT) { "从 Excel 导入" } }
            }
        }
        @if !page.drafts.is_empty() { (drafts(page)) }
    };
    page.frame.titled("登记", "intake").body(body)
}

fn drafts(page: &Finder<'_>) -> Markup {
    html! {
        section {
            h2 { "我的草稿" }
            ul.plain {
                @for draft in page.drafts {
                    li {
                        a href=(urls::draft(draft.id)) { (draft.words) }
                        " " span.soft.small { (ago(draft.saved_at, page.now)) "保存" } " "
                        (post_button(&page.frame.csrf, &urls::discard(draft.id), "删除草稿", html! {}))
                    }
                }
            }
        }
    }
}

/// What follows the typing: the same as on the page, without a focus of its own.
pub fn matches(csrf: &str, found: &Found) -> Markup {
    results(csrf, found, false)
}

fn results(csrf: &str, found: &Found, focus: bool) -> Markup {
    let nobody = found.people.is_empty() && found.matters.is_empty();
    html! {
        @for conflict in &found.conflicts { p.note { (conflict) } }
        @if found.looked {
            h2 {
                @if nobody { "没有找到登记过的人" }
                @else if found.people.is_empty() { "找到 " (found.matters.len()) " 件事项" }
                @else { "可能是这 " (found.people.len()) " 位" }
            }
            ul.matches {
                @for (n, person) in found.people.iter().enumerate() { li.match { (one(csrf, person, &found.carried, focus && n == 0)) } }
                @for (n, matter) in found.matters.iter().enumerate() {
                    li.match { (matter_row(matter, None, true, focus && n == 0 && found.people.is_empty())) }
                }
            }
            div.actions {
                (carry(csrf, "登记新的信访人", if nobody { "primary" } else { "" }, &found.carried, focus && nobody))
                @if !nobody { span.soft { "以上都不是。" @if !found.carried.name.is_empty() || !found.carried.doc_number.is_empty() { "已填的内容会带到登记表。" } } }
            }
        }
    }
}

fn one(csrf: &str, person: &PersonCard, carried: &Carried, focus: bool) -> Markup {
    let new = Carried {
        person_id: person.id.to_string(),
        case_number: carried.case_number.clone(),
        ..Carried::default()
    };
    html! {
        h3 { (person_line(person)) }
        @if !person.reason.is_empty() { p.why { (person.reason) } }
        @if !person.matters.is_empty() {
            ul.plain {
                @for (n, matter) in person.matters.iter().enumerate() {
                    li { (matter_row(matter, Some(person.id), false, focus && n == 0)) }
                }
            }
        }
        div.actions { (carry(csrf, "登记新事项", "", &new, focus && person.matters.is_empty())) }
    }
}

fn matter_row(matter: &MatterCard, by: Option<PetitionerId>, with_people: bool, focus: bool) -> Markup {
    html! {
        div.match-matter {
            div { (matter_line(matter, with_people)) }
            a.button href=(urls::further(matter.id, by)) autofocus[focus] { "再次来访" span.unseen { "：" (matter.number) } }
        }
    }
}

/// A button into the form, with what was typed or read in the form's body, never in the address.
fn carry(csrf: &str, label: &str, class: &str, carried: &Carried, focus: bool) -> Markup {
    let fields = [
        ("kind", &carried.kind),
        ("channel", &carried.channel),
        ("name", &carried.name),
        ("doc_type", &carried.doc_type),
        ("doc_number", &carried.doc_number),
        ("sex", &carried.sex),
        ("birth", &carried.birth),
        ("address", &carried.address),
        ("phone", &carried.phone),
        ("case_number", &carried.case_number),
        ("person_id", &carried.person_id),
    ];
    PostForm::to(urls::NEW, csrf).class("one-button").body(html! {
        @for (name, value) in fields { @if !value.is_empty() { (hidden(name, value)) } }
        button class=[(!class.is_empty()).then_some(class)] autofocus[focus] { (label) }
    })
}
