//! The box on a matter's page.

use super::register::standing;
use crate::instructions::boxes::BoxData;
use crate::instructions::urls;
use maud::{Markup, html};

/// The matter's requests and instructions, newest first, and the buttons; nothing where there is neither.
pub fn matter_box(data: &BoxData) -> Markup {
    html! {
        @if !data.rows.is_empty() || data.may_ask || data.may_instruct {
            section.box aria-labelledby="instructions" {
                h2 id="instructions" { "领导批示" }
                @if data.rows.is_empty() { p.soft { "还没有请示和批示。" } }
                ul.plain {
                    @for one in &data.rows {
                        li {
                            a href=(urls::instruction(one.row.id)) { (one.leader) "：" (one.row.state.label()) }
                            @if let Some(owner) = &one.owner { br; "由" (owner) "落实" }
                            @if one.due.is_some() { br; (standing(one)) }
                        }
                    }
                }
                @if data.may_ask || data.may_instruct {
                    div.actions {
                        @if data.may_instruct { a.button href=(urls::give(data.matter)) { "作出批示" } }
                        @if data.may_ask { a.button href=(urls::ask(data.matter)) { "请示领导" } }
                    }
                }
            }
        }
    }
}
