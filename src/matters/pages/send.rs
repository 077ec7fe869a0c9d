//! Handing an undecided matter to the petition office.

use super::detail::head_line;
use crate::matters::stages::Event;
use crate::matters::types::Matter;
use crate::matters::urls;
use crate::web::Frame;
use crate::web::form::{hidden, post_button};
use maud::{Markup, html};

pub fn send_for_screening(frame: &Frame, matter: &Matter) -> Markup {
    let here = urls::event(matter.id, Event::SendForScreening);
    frame.titled("送甄别", "life#screening").back(urls::matter(matter.id), &matter.number).body(html! {
        (head_line(matter))
        p { "拿不准是否受理的，送信访专干甄别。送出以后由信访专干负责，甄别期限从登记那天起算，不因送甄别而延长。" }
        (post_button(&frame.csrf, &here, "送信访专干甄别", html! { (hidden("version", matter.version)) }))
    })
}
