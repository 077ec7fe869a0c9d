//! What enforcement matters look like.

mod detail;
mod matter_box;
mod money;
mod paper;
mod register;
mod talks;
mod tasks;

pub use detail::detail;
pub use matter_box::{closing_hint, matter_box};
pub use money::{correct_posting, due, payment};
pub use paper::paper;
pub use register::{RegisterPage, register, waiting};
pub use talks::{TalkPage, talk, talk_conflict};
pub use tasks::{add_measure, conflict, issue, owner_conflict, pass_on, result};

use super::urls;
use super::views::Detail;
use crate::matters::pages::head_line;
use crate::people::StaffId;
use crate::web::Frame;
use maud::{Markup, html};

/// A form about a matter's enforcement.
fn form(frame: &Frame, detail: &Detail, (title, help): (&str, &str), body: Markup) -> Markup {
    frame
        .titled(title, help)
        .back(urls::of_matter(detail.matter.id), "执行任务和到账")
        .narrow()
        .body(html! { (head_line(&detail.matter)) (body) })
}

/// Staff as a list of choices.
fn choices(staff: &[(StaffId, String)]) -> impl Iterator<Item = (String, String)> {
    staff.iter().map(|(id, name)| (id.to_string(), name.clone()))
}
