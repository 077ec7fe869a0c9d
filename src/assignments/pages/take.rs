//! The form that takes an assignment, on a page of its own and within the registration.

use crate::assignments::forms::TakeForm;
use crate::assignments::types::SenderKind;
use crate::matters::Matter;
use crate::matters::pages::head_line;
use crate::matters::stages::Event;
use crate::matters::urls;
use crate::web::Frame;
use crate::web::form::{Complaints, PostForm, date, select, text, textarea};
use maud::{Markup, html};

pub fn take(frame: &Frame, matter: &Matter, form: &TakeForm, complaints: &Complaints) -> Markup {
    frame.titled(Event::TakeAssignment.label(), "assignment#take").back(urls::matter(matter.id), &matter.number).body(
        html! {
            (head_line(matter))
            (complaints.summary())
            (PostForm::to(&urls::event(matter.id, Event::TakeAssignment), &frame.csrf).body(html! {
                (fields(form, complaints, false))
                div.columns {
                    (text("number", "来文编号").value(&form.number).hint("来文没有编号的不填").told(complaints))
                    (date("received_on", "收到日期").value(&form.received_on).hint("不填，就是今天").told(complaints))
                }
                button.primary { "登记" }
            }))
        },
    )
}

/// Who assigned it, what they ask for and by when. `optional`: on a form that is also for other things.
pub fn fields(form: &TakeForm, complaints: &Complaints, optional: bool) -> Markup {
    let kinds = SenderKind::ALL.iter().map(|kind| (kind.code(), kind.label()));
    let kinds = std::iter::once(("", "按名称推断")).chain(kinds);
    let sender = text("sender", "交办机关").value(&form.sender).told(complaints);
    html! {
        div.columns {
            (select("sender_kind", "机关类别", kinds).value(&form.sender_kind).told(complaints))
            @if optional { (sender) } @else { (sender.required().hint("写全称，例如 平阳市中级人民法院")) }
        }
        div.columns {
            (date("dated_on", "来文日期").value(&form.dated_on).told(complaints))
            (date("due_on", "要求报告结果的期限").value(&form.due_on).hint("来文没有写明的不填，按规则推算").told(complaints))
        }
        (textarea("demand", "交办要求", 2).value(&form.demand).told(complaints))
    }
}
