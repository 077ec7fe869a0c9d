//! The box on a matter's page.

use crate::links::boxes::{BoxData, Came, Linked};
use crate::links::urls;
use crate::matters::urls as matter_urls;
use crate::time::Moment;
use crate::web::formats;
use maud::{Markup, html};

/// Where the matter ended, what ended in it, and what it is linked with; nothing where there is nothing.
pub fn matter_box(data: &BoxData) -> Markup {
    html! {
        @if data.survivor.is_some() || !data.came.is_empty() || !data.links.is_empty() {
            section.box aria-labelledby="links" {
                h2 id="links" { "关联和并案" }
                @if let Some((number, id)) = &data.survivor {
                    p { strong { "已并入" }
                        @match id { Some(id) => a href=(matter_urls::matter(*id)) { (number) }, None => (number) }
                        "，由该事项一并办理和答复。" }
                }
                @if !data.links.is_empty() { ul.plain { @for one in &data.links { (linked(one)) } } }
                @for one in &data.came { (came(one)) }
            }
        }
    }
}

fn linked(one: &Linked) -> Markup {
    html! {
        li {
            @if one.to_original { "原事项：" } @else { "后续事项：" }
            a href=(matter_urls::matter(one.other.id)) { (one.other.number) }
            " " span.tag { (one.link.kind.label()) }
            br; (one.other.petitioner_line) "：" (one.other.claim)
            @if !one.link.note.is_empty() { br; span.soft { (one.link.note) } }
            @if one.may_undo { br; a href=(urls::undo(one.link.id)) { "撤销关联" } }
        }
    }
}

fn came(one: &Came) -> Markup {
    html! {
        h3 {
            "并入的事项："
            @if one.opens { a href=(matter_urls::matter(one.matter.id)) { (one.matter.number) } } @else { (one.matter.number) }
        }
        p { (one.matter.petitioner_line) "：" (one.matter.claim) }
        ul.plain {
            @for (part, person) in &one.people {
                li { a href=(matter_urls::petitioner(person.survivor())) { (person.name_shown()) }
                    @if !part.relation.is_empty() { "　" span.soft { (part.relation) } } }
            }
            @for case in &one.cases { li { (case.number) } }
            @for contact in &one.contacts {
                li { "第" (contact.nth) "次　" (contact.channel.label()) "　" (formats::short_moment(Moment::from_utc(contact.happened_at))) }
            }
        }
    }
}
