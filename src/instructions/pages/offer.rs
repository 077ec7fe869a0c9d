//! The forms that ask a leader, and by which a leader instructs.

use crate::instructions::boxes::Offering;
use crate::instructions::forms::{AskForm, GiveForm};
use crate::instructions::urls;
use crate::matters;
use crate::people::StaffId;
use crate::web::Frame;
use crate::web::form::{Complaints, PostForm, date, select, textarea};
use maud::{Markup, html};

/// Staff as the choices of a list.
pub(super) fn people(staff: &[(StaffId, String)]) -> Vec<(String, String)> {
    staff.iter().map(|(id, name)| (id.to_string(), name.clone())).collect()
}

pub fn ask(frame: &Frame, offer: &Offering, form: &AskForm, told: &Complaints) -> Markup {
    let matter = &offer.matter;
    frame
        .titled("请示领导", "instructions#ask")
        .back(matters::urls::matter(matter.id), matter.number.clone())
        .lead(html! { (matter.petitioner_line) "：" (matter.claim) })
        .narrow()
        .body(html! {
            (told.summary())
            (PostForm::to(&urls::ask(matter.id), &frame.csrf).enter_next().body(html! {
                (select("leader", "请示哪位领导", people(&offer.staff)).value(&form.leader).told(told).required()
                    .hint("须回避的和看不到这件事项的领导不在名单里。"))
                (textarea("question", "请示的问题", 4).value(&form.question).told(told).required()
                    .hint("写明情况和需要领导决定什么。"))
                (textarea("proposal", "拟办意见", 3).value(&form.proposal).told(told).required()
                    .hint("您建议怎么办、由谁办、什么时候办完。"))
                div.actions { button.primary { "报领导批示" } }
            }))
        })
}

pub fn instruct(frame: &Frame, offer: &Offering, form: &GiveForm, told: &Complaints) -> Markup {
    let matter = &offer.matter;
    frame
        .titled("作出批示", "instructions#give")
        .back(matters::urls::matter(matter.id), matter.number.clone())
        .lead(html! { (matter.petitioner_line) "：" (matter.claim) })
        .narrow()
        .body(html! {
            (told.summary())
            (PostForm::to(&urls::give(matter.id), &frame.csrf).enter_next().body(html! {
                (giving(&people(&offer.staff), form, told))
                div.actions { button.primary { "发出批示" } }
            }))
        })
}

/// What is to be done, by whom, by when.
pub(super) fn giving(owners: &[(String, String)], form: &GiveForm, told: &Complaints) -> Markup {
    html! {
        (textarea("text", "批示内容", 4).value(&form.text).told(told).required())
        (select("owner", "由谁落实", owners.to_vec()).value(&form.owner).told(told).required())
        (date("due_on", "什么时候以前").value(&form.due_on).told(told).required())
    }
}
