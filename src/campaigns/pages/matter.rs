//! A matter's campaigns, on the page of its enforcement.

use super::days;
use crate::campaigns::urls;
use crate::campaigns::views::OfMatter;
use crate::web::Frame;
use crate::web::form::{PostForm, select};
use maud::{Markup, html};

/// The campaigns that the matter is in, and the form that puts it into another; nothing where there is neither.
pub fn of_matter(frame: &Frame, data: &OfMatter) -> Markup {
    let offered = data.offered.iter().map(|one| (one.id.to_string(), one.name.clone()));
    html! {
        @if !data.inside.is_empty() || !data.offered.is_empty() {
            section aria-labelledby="campaigns" {
                h2 id="campaigns" { "集中执行" }
                @if data.inside.is_empty() { p.soft { "没有列入集中执行。" } }
                ul.plain {
                    @for campaign in &data.inside {
                        li {
                            a href=(urls::campaign(campaign.id)) { (campaign.name) } "　" span.soft { (days(campaign)) }
                            @if campaign.is_open() && data.may_run {
                                "　" a href=(urls::take_out(campaign.id, data.matter)) aria-label={ "从" (campaign.name) "移出" } { "移出" }
                            }
                        }
                    }
                }
                @if !data.offered.is_empty() {
                    (PostForm::to(&urls::put_matter(data.matter), &frame.csrf).body(html! {
                        (select("campaign", "列入集中执行", offered))
                        div.actions { button { "列入" } }
                    }))
                }
            }
        }
    }
}
