//! What campaigns look like.

mod detail;
mod forms;
mod list;
mod matter;

pub use detail::{DetailPage, detail};
pub use forms::{CampaignPage, campaign, close, conflict, take_out};
pub use list::{ListPage, list};
pub use matter::of_matter;

use super::types::Campaign;
use super::views::Shown;
use crate::web::formats::plain_date;
use crate::web::light;
use chrono::NaiveDate;
use maud::{Markup, html};

/// From its first to its last day.
fn days(campaign: &Campaign) -> String {
    format!("{}至{}", plain_date(campaign.starts_on), plain_date(campaign.ends_on))
}

/// Where it stands, with its light while it is open.
fn standing(shown: &Shown, today: NaiveDate) -> Markup {
    match &shown.due {
        None => light::unlit("已总结"),
        Some(_) if today < shown.campaign.starts_on => light::unlit("还没有开始"),
        Some(due) if due.on < today => html! { (due) " " span.tag.late { "待总结" } },
        Some(due) => html! { (due) },
    }
}
