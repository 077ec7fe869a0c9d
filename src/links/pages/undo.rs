//! Undoing a link or a merge, with the reason.

use crate::links::boxes::{Linked, Unmerging};
use crate::links::forms::UndoForm;
use crate::links::urls;
use crate::matters::Matter;
use crate::matters::pages::head_line;
use crate::matters::stages::Event;
use crate::matters::urls::{event as event_url, matter as matter_url};
use crate::web::Frame;
use crate::web::form::{Complaints, PostForm, textarea};
use maud::{Markup, html};

pub fn undo_link(
    frame: &Frame,
    matter: &Matter,
    linked: &Linked,
    form: &UndoForm,
    told: &Complaints,
) -> Markup {
    let what = html! { p { "与" (linked.other.number) "（" (linked.other.petitioner_line) "：" (linked.other.claim) "）的关联："
    (linked.link.kind.label()) "。" } };
    page(frame, ("撤销关联", &urls::undo(linked.link.id)), matter, what, form, told)
}

pub fn unmerge(frame: &Frame, unmerging: &Unmerging, form: &UndoForm, told: &Complaints) -> Markup {
    let matter = &unmerging.matter;
    let what = html! {
        p { "已并入" (unmerging.survivor) "。撤销后本事项回到“" (unmerging.stage.label())
            "”，并案时在走的时限从原来的起算日接着算，并案期间的日子照算，已经过了的就是超期。" }
    };
    page(frame, (Event::Unmerge.label(), &event_url(matter.id, Event::Unmerge)), matter, what, form, told)
}

fn page(
    frame: &Frame,
    (title, address): (&str, &str),
    matter: &Matter,
    what: Markup,
    form: &UndoForm,
    told: &Complaints,
) -> Markup {
    frame.titled(title, "links#undo").back(matter_url(matter.id), &matter.number).narrow().body(html! {
        (head_line(matter))
        (what)
        (told.summary())
        (PostForm::to(address, &frame.csrf).body(html! {
            (told.version("version", matter.version, form.version))
            (textarea("reason", "撤销理由", 2).value(&form.reason).told(told).required())
            button.primary { (title) }
        }))
    })
}
