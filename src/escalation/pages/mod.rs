//! What tiers look like.

mod board;
mod detail;
mod hints;
mod lists;
mod matter_box;
mod papers;
mod rule_table;
mod steps;

pub use detail::detail;
pub use hints::hints;
pub use lists::{groups, list, wall};
pub use matter_box::{matter_box, reason, told};
pub use papers::{plan as plan_paper, report as report_paper};
pub use rule_table::{edit_rule, rule, rules};
pub use steps::{
    NamingPage, SignPage, act, give_up, heard, hint, hold, measure, meeting, member, naming, news, plan,
    report, settle, sign,
};

use super::views::{Choice, Detail};
use crate::matters::{self, Matter};
use crate::people::StaffId;
use crate::web::Frame;
use crate::web::page::Page;
use maud::html;

/// A page about one step of one matter.
fn step<'a>(frame: &'a Frame, title: &'a str, help: &'a str, matter: &Matter) -> Page<'a> {
    frame
        .titled(title, help)
        .back(super::urls::of(matter.id), matter.number.clone())
        .lead(html! { (matter.petitioner_line) "：" (matter.claim) })
        .narrow()
}

/// People as a select offers them.
fn offered(people: &[Choice]) -> Vec<(String, String)> {
    std::iter::once((String::new(), "请选择".to_owned()))
        .chain(people.iter().map(|(id, name)| (id.to_string(), name.clone())))
        .collect()
}

/// Those of the choices who sit in the group.
fn sitting(detail: &Detail) -> Vec<Choice> {
    let sits = |id: StaffId| detail.members.iter().any(|one| one.member.staff_id == id);
    detail.choices.iter().filter(|(id, _)| sits(*id)).cloned().collect()
}

fn back_to_matter(matter: &Matter) -> String {
    matters::urls::matter(matter.id)
}
