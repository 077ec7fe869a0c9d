//! The forms that name another matter: to link with it, to merge into it.

use crate::enforcement;
use crate::links::boxes::Choices;
use crate::links::forms::OtherForm;
use crate::links::types::LinkKind;
use crate::matters::Matter;
use crate::matters::pages::head_line;
use crate::matters::stages::Event;
use crate::matters::urls::{event as event_url, matter as matter_url};
use crate::web::Frame;
use crate::web::form::{Complaints, PostForm, radios, text, textarea};
use maud::{Markup, html};

/// What the forms are drawn from.
pub struct OtherPage<'a> {
    pub choices: &'a Choices,
    pub form: &'a OtherForm,
    pub complaints: &'a Complaints,
}

pub fn link(frame: &Frame, page: &OtherPage) -> Markup {
    let (matter, form, told) = (&page.choices.matter, page.form, page.complaints);
    let kinds = LinkKind::BY_HAND.iter().map(|kind| (kind.code(), kind.label()));
    let ways = [("later", "对方是原事项，本事项在后"), ("original", "本事项是原事项，对方在后")];
    let address = event_url(matter.id, Event::Link);
    frame.titled(Event::Link.label(), "links#link").back(matter_url(matter.id), &matter.number).narrow().body(
        html! {
            (head_line(matter))
            (told.summary())
            (PostForm::to(&address, &frame.csrf).body(html! {
                (told.version("version", matter.version, form.version))
                (which(page, "和哪一件关联"))
                (radios("kind", "是什么关系", kinds).value(&form.kind).told(told).required())
                (radios("way", "谁是原事项", ways).value(&form.way).told(told).required())
                (textarea("note", "说明（可不填）", 2).value(&form.note).told(told))
                p.soft { "关联后两件事项的页面互相指引，各自的责任人和时限不变。建错了可以撤销。" }
                button.primary { "建立关联" }
            }))
        },
    )
}

pub fn merge(frame: &Frame, page: &OtherPage) -> Markup {
    let (matter, form, told) = (&page.choices.matter, page.form, page.complaints);
    let address = event_url(matter.id, Event::Merge);
    frame.titled(Event::Merge.label(), "links#merge").back(matter_url(matter.id), &matter.number).narrow().body(html! {
        (head_line(matter))
        p { "本事项将办结（并案），由要并入的那一件继续办理和答复。两个编号都能查到，那一件的责任人和时限不变，信访人、案件和来访来信在那一件的页面上一并显示。" }
        (enforcement::pages::closing_hint(page.choices.hint.as_deref()))
        (told.summary())
        (PostForm::to(&address, &frame.csrf).body(html! {
            (told.version("version", matter.version, form.version))
            (which(page, "并入哪一件"))
            (textarea("note", "并案理由", 2).value(&form.note).told(told).required())
            p.soft { "并错了可以撤销：本事项回到现在的阶段，时限从原来的起算日接着算，期间的日子照算。" }
            button.primary { "并入" }
        }))
    })
}

fn which(page: &OtherPage, label: &str) -> Markup {
    let offered = page.choices.near.iter().map(|other| (other.number.clone(), line(other)));
    let typed =
        if page.choices.near.is_empty() { "对方的编号" } else { "不在上面的，填写编号" };
    html! {
        @if !page.choices.near.is_empty() {
            (radios("pick", label, offered).value(&page.form.pick).hint("同一信访人或者同一案件的事项。"))
        }
        (text("number", typed).value(&page.form.number).told(page.complaints))
    }
}

fn line(other: &Matter) -> String {
    format!("{}　{}：{}（{}）", other.number, other.petitioner_line, other.claim, other.stage.label())
}
