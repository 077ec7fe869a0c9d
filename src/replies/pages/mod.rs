//! The pages of replies: writing, approving, serving, the paper; closing and opening again.

mod approvals;
mod decide;
mod draft;
mod finish;
mod matter_box;
mod paper;
mod receipt;
mod serve;

pub use approvals::approvals;
pub use decide::decide;
pub use draft::draft;
pub use finish::{close, conclude, reopen, withdraw};
pub use matter_box::matter_box;
pub use paper::{body, paper};
pub use receipt::receipt;
pub use serve::serve;

use crate::matters::pages::head_line;
use crate::matters::stages::Event;
use crate::matters::{Matter, urls};
use crate::web::Frame;
use maud::{Markup, html};

fn titled(frame: &Frame, matter: &Matter, event: Event, help: &str, body: Markup) -> Markup {
    frame
        .titled(event.label(), help)
        .back(urls::matter(matter.id), &matter.number)
        .body(html! { (head_line(matter)) (body) })
}
