//! Two records of one person made one.

use super::super::forms::MergeForm;
use super::super::matching::Match;
use super::super::types::{Petitioner, PetitionerId};
use super::super::urls;
use super::in_short;
use crate::web::Frame;
use crate::web::form::{Choice, Complaints, PostForm, radios, search, text};
use chrono::NaiveDate;
use maud::{Markup, html};

/// Whom a record may be merged with.
#[derive(Clone, Debug, Default)]
pub struct Candidates {
    pub matches: Vec<Match>,
    /// What was searched for; empty for those that were found by themselves.
    pub typed: String,
}

/// The page on which a record is merged with another.
pub fn merge(
    frame: &Frame,
    petitioner: &Petitioner,
    candidates: &Candidates,
    form: &MergeForm,
    complaints: &Complaints,
    today: NaiveDate,
) -> Markup {
    let find = urls::merge_search(petitioner.id);
    let action = urls::merge(petitioner.id);
    let others: Vec<&Match> =
        candidates.matches.iter().filter(|m| m.petitioner.id != petitioner.id).collect();
    let title = format!("合并重复记录：{}", petitioner.name_shown());
    frame.titled(&title, "petitioners#merge").back(urls::petitioner(petitioner.id), "信访人").body(html! {
        p.lead { "本记录：" (in_short(petitioner, true, today)) "。合并不会移动或删除任何内容，随时可以撤销。" }
        (PostForm::to(&find, &frame.csrf).class("finder").body(html! {
            div.beside {
                (search("q", "查找另一条记录").value(&candidates.typed).hint("姓名、证件号码、电话都可以。"))
                button { "查找" }
            }
        }))
        (complaints.summary())
        @if others.is_empty() {
            div.empty { p {
                @if candidates.typed.is_empty() { "没有发现可能是同一人的记录，请用上面的查找框找到它。" }
                @else { "没有找到别的记录，请换一种方式再查。" }
            } }
        } @else {
            (PostForm::to(&action, &frame.csrf).body(html! {
                (radios("other", "与哪一条记录是同一人", others.iter().map(|found| choice(found, today)))
                    .value(&form.other).told(complaints))
                (radios("keep", "合并后以哪一条为准", [("this", "以本记录为准"), ("other", "以所选的记录为准")])
                    .value(if form.keep.is_empty() { "this" } else { &form.keep }).told(complaints))
                (text("reason", "理由").hint("例如：当面核对身份证，确认为同一人。").value(&form.reason)
                    .told(complaints).required())
                div.actions { button.primary { "合并" } }
            }))
        }
    })
}

fn choice(found: &Match, today: NaiveDate) -> Choice {
    let id: PetitionerId = found.petitioner.id;
    let hint = format!("{}　{}", in_short(&found.petitioner, true, today), found.reason());
    Choice { hint: Some(hint), ..Choice::from((id.to_string(), found.petitioner.name_shown())) }
}
