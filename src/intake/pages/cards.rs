//! A person and a matter in a few lines, wherever the counter shows them.

use crate::intake::types::{MatterCard, PersonCard};
use crate::matters;
use crate::matters::types::Stage;
use crate::web::formats::short_date;
use maud::{Markup, html};

/// Name, particulars, and what to mind in serving them.
pub fn person_line(person: &PersonCard) -> Markup {
    html! {
        a href=(matters::urls::petitioner(person.id)) { (person.name) }
        @for flag in &person.cares { " " span.tag.warn { (flag.label()) } }
        @if !person.particulars.is_empty() { " " span.soft.small { (person.particulars.join(" · ")) } }
    }
}

/// What a matter is about, and whose turn it is.
pub fn matter_line(matter: &MatterCard, with_people: bool) -> Markup {
    html! {
        a href=(matters::urls::matter(matter.id)) { (matter.number) }
        " " span.tag.strong[matter.stage != Stage::Closed] { (matter.stage.label()) }
        " " (matter.claim)
        div.why {
            @if with_people { (matter.petitioner_line) " · " }
            "责任人 " (matter.accountable) " · 已来 " (matter.contact_count) " 次，最近 " (short_date(matter.last_contact.today()))
            @if let Some(due) = matter.next_due_on { " · 下一期限 " (short_date(due)) }
        }
    }
}
