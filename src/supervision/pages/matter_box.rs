//! The box on a matter's page.

use super::register::due;
use crate::supervision::boxes::BoxData;
use crate::supervision::types::Round;
use crate::supervision::urls;
use maud::{Markup, html};

/// The matter's supervisions, newest first, and the button; nothing where there is neither.
pub fn matter_box(data: &BoxData) -> Markup {
    html! {
        @if !data.rows.is_empty() || data.next.is_some() {
            section.box aria-labelledby="supervision" {
                h2 id="supervision" { "督办" }
                @if data.rows.is_empty() { p.soft { "还没有督办过。" } }
                ul.plain {
                    @for one in &data.rows {
                        li {
                            a href=(urls::supervision(one.row.id)) { (one.row.round.label()) "（" (one.row.manner.label()) "）" }
                            br; "收件人 " (one.addressee)
                            br; (due(one))
                        }
                    }
                }
                @if let Some(round) = data.next {
                    div.actions { a.button href=(urls::issue(data.matter)) {
                        @match round { Round::First => "督办", Round::Second | Round::Report => (round.label()) }
                    } }
                }
            }
        }
    }
}
