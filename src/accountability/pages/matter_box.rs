//! The box on a matter's page, for the few who may see reviews.

use crate::accountability::urls;
use crate::accountability::views::BoxData;
use maud::{Markup, html};

/// The matter's reviews and the button; nothing where there is neither.
pub fn matter_box(data: &BoxData) -> Markup {
    html! {
        @if !data.rows.is_empty() || data.may_open {
            section.box aria-labelledby="accountability" {
                h2 id="accountability" { "责任倒查" }
                p.soft { "只有监察人员和院长看得到这一栏。" }
                ul.plain {
                    @for (id, state) in &data.rows { li { a href=(urls::review(*id)) { (state.label()) } } }
                }
                @if data.may_open {
                    div.actions { a.button href=(urls::open(data.matter)) { "责任倒查" } }
                }
            }
        }
    }
}
