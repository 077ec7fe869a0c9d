//! The form that splits a matter in two.

use crate::links::boxes::Splitting;
use crate::links::forms::SplitForm;
use crate::matters::pages::head_line;
use crate::matters::stages::Event;
use crate::matters::urls::{event as event_url, matter as matter_url};
use crate::web::Frame;
use crate::web::form::{Complaints, PostForm, checkboxes, text, textarea};
use maud::{Markup, html};

/// What the form is drawn from.
pub struct SplitPage<'a> {
    pub splitting: &'a Splitting,
    pub form: &'a SplitForm,
    pub complaints: &'a Complaints,
}

pub fn split(frame: &Frame, page: &SplitPage) -> Markup {
    let (matter, form, told) = (&page.splitting.matter, page.form, page.complaints);
    let people = page.splitting.people.iter().map(|(part, person)| {
        let relation =
            if part.relation.is_empty() { String::new() } else { format!("（{}）", part.relation) };
        (part.petitioner_id.to_string(), format!("{}{relation}", person.name_shown()))
    });
    let cases = page.splitting.cases.iter().map(|case| (case.id.to_string(), case.number.clone()));
    let address = event_url(matter.id, Event::Split);
    frame.titled(Event::Split.label(), "links#split").back(matter_url(matter.id), &matter.number).narrow().body(html! {
        (head_line(matter))
        p { "一件里反映了两个问题的，分成两件，各有编号。原事项保留全部内容；新事项由同一责任人负责，在走的时限从原来的起算日计算。" }
        (told.summary())
        (PostForm::to(&address, &frame.csrf).body(html! {
            (told.version("version", matter.version, form.version))
            (text("claim", "分出的诉求").value(&form.claim).told(told).required())
            (textarea("summary", "事实和理由", 4).value(&form.summary).told(told).required())
            @if !page.splitting.people.is_empty() {
                (checkboxes("people", "列入新事项的信访人", people).values(form.people.iter().cloned()).told(told))
            }
            @if !page.splitting.cases.is_empty() {
                (checkboxes("cases", "列入新事项的案件", cases).values(form.cases.iter().cloned()).told(told))
            }
            (textarea("reason", "分案理由", 2).value(&form.reason).told(told).required())
            button.primary { "分出一件" }
        }))
    })
}
