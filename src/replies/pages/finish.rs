//! Ending a matter, and opening it again.

use super::titled;
use crate::enforcement;
use crate::matters::Matter;
use crate::matters::stages::Event;
use crate::matters::urls::{again, event};
use crate::replies::forms::{CloseForm, ConcludeForm, ReasonForm, ReopenForm};
use crate::web::Frame;
use crate::web::form::{Complaints, PostForm, radios, text, textarea, tick};
use maud::{Markup, html};

/// `hint` is what whoever closes it should know besides.
pub fn close(
    frame: &Frame,
    (matter, hint): (&Matter, Option<&str>),
    form: &CloseForm,
    complaints: &Complaints,
) -> Markup {
    let reasons = [("answered", "答复办结：已经依法答复"), ("settled", "息诉：信访人接受答复，不再反映")];
    titled(
        frame,
        matter,
        Event::Close,
        "life#close",
        html! {
            (enforcement::pages::closing_hint(hint))
            (complaints.summary())
            (PostForm::to(&event(matter.id, Event::Close), &frame.csrf).body(html! {
                (complaints.version("version", matter.version, form.version))
                (radios("reason", "办结方式", reasons).value(&form.reason).told(complaints))
                (tick("undertaking", "信访人签署的承诺书已存卷").value(&form.undertaking)
                    .hint("承诺书不影响信访人以后因新的情况再次反映。"))
                (textarea("note", "办结情况（可不填）", 3).value(&form.note).told(complaints))
                p.soft { "办结以后，由承办人以外的人询问信访人是否满意，并可能被抽中回访。" }
                button.primary { "办结" }
            }))
        },
    )
}

pub fn withdraw(
    frame: &Frame,
    (matter, hint): (&Matter, Option<&str>),
    form: &ReasonForm,
    complaints: &Complaints,
) -> Markup {
    titled(
        frame,
        matter,
        Event::PetitionerWithdraws,
        "life#withdraw",
        html! {
            p { "信访人自己要求撤回的，记录时间、方式和原因，以此说明为什么不再答复。不得劝说、诱导撤回。" }
            (enforcement::pages::closing_hint(hint))
            (complaints.summary())
            (PostForm::to(&event(matter.id, Event::PetitionerWithdraws), &frame.csrf).body(html! {
                (complaints.version("version", matter.version, form.version))
                (textarea("reason", "撤回的时间、方式和原因", 3).value(&form.reason).told(complaints))
                button.primary { "记录撤回" }
            }))
        },
    )
}

pub fn conclude(
    frame: &Frame,
    (matter, hint): (&Matter, Option<&str>),
    form: &ConcludeForm,
    complaints: &Complaints,
) -> Markup {
    titled(
        frame,
        matter,
        Event::Conclude,
        "life#close",
        html! {
            p { "终结由有权的上级机关决定，这里只记录决定。终结以后有新的事实、证据的，仍应登记。" }
            (enforcement::pages::closing_hint(hint))
            (complaints.summary())
            (PostForm::to(&event(matter.id, Event::Conclude), &frame.csrf).body(html! {
                (complaints.version("version", matter.version, form.version))
                (text("document", "决定机关和文号").value(&form.document).told(complaints))
                (textarea("reason", "终结理由", 3).value(&form.reason).told(complaints))
                button.primary { "记录终结" }
            }))
        },
    )
}

pub fn reopen(frame: &Frame, matter: &Matter, form: &ReopenForm, complaints: &Complaints) -> Markup {
    let whats = [("new", "有新的事实、证据或者请求"), ("same", "同一诉求再次反映")];
    titled(
        frame,
        matter,
        Event::Reopen,
        "life#reopen",
        html! {
            (complaints.summary())
            (PostForm::to(&event(matter.id, Event::Reopen), &frame.csrf).body(html! {
                (complaints.version("version", matter.version, form.version))
                (radios("what", "这次反映的是", whats).value(&form.what).told(complaints))
                (textarea("reason", "新的情况是什么", 3).value(&form.reason).told(complaints))
                p.soft {
                    "恢复办理以后由原责任人负责，答复期限从今天重新起算。同一诉求再次反映的，请"
                    a href=(again(matter.id)) { "登记再次来访" } "。"
                }
                button.primary { "恢复办理" }
            }))
        },
    )
}
