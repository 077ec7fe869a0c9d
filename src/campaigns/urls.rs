//! Where campaigns are.

use super::types::CampaignId;
use crate::matters::MatterId;

pub const LIST: &str = "/campaigns";
pub const NEW: &str = "/campaigns/new";

pub fn campaign(id: CampaignId) -> String {
    format!("/campaigns/{id}")
}

pub fn edit(id: CampaignId) -> String {
    format!("/campaigns/{id}/edit")
}

pub fn close(id: CampaignId) -> String {
    format!("/campaigns/{id}/close")
}

pub fn export(id: CampaignId) -> String {
    format!("/campaigns/{id}/export")
}

/// Puts matters in by their numbers.
pub fn put_in(id: CampaignId) -> String {
    format!("/campaigns/{id}/matters")
}

pub fn take_out(id: CampaignId, matter: MatterId) -> String {
    format!("/campaigns/{id}/take-out/{matter}")
}

/// Puts this matter into a campaign.
pub fn put_matter(matter: MatterId) -> String {
    format!("/matters/{matter}/campaign")
}
