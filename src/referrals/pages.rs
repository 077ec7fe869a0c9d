//! The forms of a referral: to whom, taking it over, sending it back, taking it back.

use super::forms::{AnswerForm, ReferForm};
use super::types::Referral;
use super::views::{Candidate, Place};

use crate::matters::Matter;
use crate::matters::pages::head_line;
use crate::matters::stages::Event;
use crate::matters::urls::event as event_url;
use crate::web::form::{Complaints, PostForm, select, select_grouped, textarea};
use crate::web::{Frame, formats};
use maud::{Markup, html};

/// What the form of a referral is drawn from.
pub struct ReferPage<'a> {
    pub matter: &'a Matter,
    pub places: &'a [Place],
    /// An officer may give a matter to the judge of the case, saying why.
    pub officer: bool,
    pub form: &'a ReferForm,
    pub complaints: &'a Complaints,
}

pub fn refer(frame: &Frame, page: &ReferPage) -> Markup {
    let groups = page.places.iter().map(Place::choices);
    let none = (String::new(), vec![(String::new(), "请选择".to_owned())]);
    let form = page.form;
    titled(
        frame,
        page.matter,
        Event::Refer,
        "life#refer",
        html! {
            (page.complaints.summary())
            (PostForm::to(&event_url(page.matter.id, Event::Refer), &frame.csrf).body(html! {
                (page.complaints.version("version", page.matter.version, page.form.version))
                (select_grouped("to", "转给", std::iter::once(none).chain(groups)).value(&form.to).told(page.complaints))
                (textarea("note", "要求（可不填）", 3).value(&form.note).told(page.complaints))
                @if page.officer {
                    (textarea("excuse", "由原案承办人办理的理由（转给原案承办人时才填）", 2).value(&form.excuse).told(page.complaints))
                }
                p.soft { "对方接办之前，仍由现在的责任人负责。逾期不接办也不退回的，系统会通知信访专干和主管领导。" }
                button.primary { "转办" }
            }))
        },
    )
}

/// What the form that answers a referral is drawn from.
pub struct AnswerPage<'a> {
    pub matter: &'a Matter,
    pub referral: &'a Referral,
    pub sender: &'a str,
    /// Those of the division to whom a head may pass it on; empty for anybody else.
    pub colleagues: &'a [Candidate],
    pub form: &'a AnswerForm,
    pub complaints: &'a Complaints,
}

fn received(page: &AnswerPage) -> Markup {
    html! {
        dl.facts {
            dt { "转办人" } dd { (page.sender) }
            dt { "答复期限" } dd { (formats::date(page.referral.due_on)) "前接办或者退回" }
            @if !page.referral.note.is_empty() { dt { "要求" } dd { (page.referral.note) } }
        }
    }
}

pub fn take_over(frame: &Frame, page: &AnswerPage) -> Markup {
    let oneself = (String::new(), "本人承办".to_owned());
    let others = page.colleagues.iter().map(|one| (one.staff.id.to_string(), one.words()));
    titled(
        frame,
        page.matter,
        Event::TakeOver,
        "life#take-over",
        html! {
            (received(page))
            (page.complaints.summary())
            (PostForm::to(&event_url(page.matter.id, Event::TakeOver), &frame.csrf).body(html! {
                (page.complaints.version("version", page.matter.version, page.form.version))
                @if !page.colleagues.is_empty() {
                    (select("pass_to", "由谁承办", std::iter::once(oneself).chain(others)).value(&page.form.pass_to).told(page.complaints)
                        .hint("交给别人的，对方接办之前由您负责。"))
                }
                button.primary { "接办" }
            }))
            p { "不属于本庭或者本人办理的，" a href=(event_url(page.matter.id, Event::SendBack)) { "写明理由退回" } "。" }
        },
    )
}

pub fn send_back(frame: &Frame, page: &AnswerPage) -> Markup {
    reasoned(frame, page, Event::SendBack, "life#send-back", "退回理由", "退回")
}

pub fn withdraw(frame: &Frame, page: &AnswerPage) -> Markup {
    reasoned(frame, page, Event::Withdraw, "life#refer", "撤回理由", "撤回转办")
}

fn reasoned(frame: &Frame, page: &AnswerPage, event: Event, help: &str, label: &str, button: &str) -> Markup {
    titled(
        frame,
        page.matter,
        event,
        help,
        html! {
            (received(page))
            (page.complaints.summary())
            (PostForm::to(&event_url(page.matter.id, event), &frame.csrf).body(html! {
                (page.complaints.version("version", page.matter.version, page.form.version))
                (textarea("reason", label, 3).value(&page.form.reason).told(page.complaints))
                button.primary { (button) }
            }))
        },
    )
}

fn titled(frame: &Frame, matter: &Matter, event: Event, help: &str, body: Markup) -> Markup {
    frame
        .titled(event.label(), help)
        .back(crate::matters::urls::matter(matter.id), &matter.number)
        .body(html! { (head_line(matter)) (body) })
}
