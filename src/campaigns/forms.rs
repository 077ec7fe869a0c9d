//! What is typed about campaigns, and what is chosen above the list.

use super::actions::CampaignDraft;
use super::types::{Campaign, CampaignId};
use crate::matters::MatterId;
use crate::people::StaffId;
use crate::web::form::{Complaints, one_of, paragraphs, read_date, words};
use serde::{Deserialize, Serialize};

/// What is chosen above the list of campaigns.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct CampaignQuery {
    /// `open`, `closed` or empty for all.
    pub state: String,
    pub after: String,
}

impl CampaignQuery {
    pub fn open(&self) -> Option<bool> {
        match self.state.as_str() {
            "open" => Some(true),
            "closed" => Some(false),
            _ => None,
        }
    }

    pub fn after(&self) -> Option<CampaignId> {
        self.after.parse().ok()
    }
}

/// Where the list of a campaign's matters goes on.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct MembersQuery {
    pub after: String,
}

impl MembersQuery {
    pub fn after(&self) -> Option<MatterId> {
        self.after.parse().ok()
    }
}

/// A campaign as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct CampaignForm {
    pub version: i64,
    pub name: String,
    pub goal: String,
    pub starts_on: String,
    pub ends_on: String,
    pub responsible: String,
}

impl CampaignForm {
    /// As the campaign stands.
    pub fn of(campaign: &Campaign) -> Self {
        CampaignForm {
            version: campaign.version,
            name: campaign.name.clone(),
            goal: campaign.goal.clone(),
            starts_on: campaign.starts_on.to_string(),
            ends_on: campaign.ends_on.to_string(),
            responsible: campaign.responsible_id.to_string(),
        }
    }

    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self) -> Result<CampaignDraft, Complaints> {
        let mut complaints = Complaints::default();
        let name = complaints.hear("name", words(&self.name, 2..=60));
        let goal = complaints.hear("goal", paragraphs(&self.goal, 5..=1000));
        let starts_on = complaints.hear("starts_on", read_date(&self.starts_on));
        let ends_on = complaints.hear("ends_on", read_date(&self.ends_on));
        let responsible =
            complaints.hear("responsible", one_of(&self.responsible, |id| id.parse::<StaffId>().ok()));
        if starts_on.zip(ends_on).is_some_and(|(from, to)| to < from) {
            complaints.add("ends_on", "结束日期不能早于开始日期。");
        }
        let draft = name.zip(goal).zip(starts_on.zip(ends_on)).zip(responsible).map(
            |(((name, goal), (starts_on, ends_on)), responsible)| CampaignDraft {
                name,
                goal,
                starts_on,
                ends_on,
                responsible,
            },
        );
        complaints.verdict(draft)
    }
}

/// What came of a campaign, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct CloseForm {
    pub version: i64,
    pub summary: String,
}

impl CloseForm {
    /// # Errors
    ///
    /// What is wrong with the summary.
    pub fn check(&self) -> Result<String, Complaints> {
        let mut complaints = Complaints::default();
        let summary = complaints.hear("summary", paragraphs(&self.summary, 10..=4000));
        complaints.verdict(summary)
    }
}

/// The most matters that are put in at once.
const MOST: usize = 300;

/// Numbers of matters, as typed or pasted: one a line, or with commas or spaces between.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PutInForm {
    pub numbers: String,
}

impl PutInForm {
    /// Each number once, in their order.
    ///
    /// # Errors
    ///
    /// Where there is none, or too many.
    pub fn check(&self) -> Result<Vec<String>, Complaints> {
        let between = |c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | ';' | '；');
        let mut numbers: Vec<String> = Vec::new();
        for number in self.numbers.split(between).filter(|number| !number.is_empty()) {
            if !numbers.iter().any(|known| known == number) {
                numbers.push(number.to_owned());
            }
        }
        let mut complaints = Complaints::default();
        if numbers.is_empty() {
            complaints.add("numbers", "请填写事项编号，每行一个。");
        } else if numbers.len() > MOST {
            complaints.add("numbers", format!("一次最多列入 {MOST} 件，请分几次填写。"));
        }
        complaints.verdict(Some(numbers))
    }
}

/// Which campaign a matter is put into.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ChooseForm {
    pub campaign: String,
}

impl ChooseForm {
    pub fn campaign(&self) -> Option<CampaignId> {
        self.campaign.parse().ok()
    }
}

/// Why a matter is taken out.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct TakeOutForm {
    pub reason: String,
}

impl TakeOutForm {
    /// # Errors
    ///
    /// What is wrong with the reason.
    pub fn check(&self) -> Result<String, Complaints> {
        let mut complaints = Complaints::default();
        let reason = complaints.hear("reason", paragraphs(&self.reason, 2..=300));
        complaints.verdict(reason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_campaign_ends_no_sooner_than_it_begins() {
        let form = CampaignForm {
            name: "春雷集中执行".into(),
            goal: "执结一批拖欠工资案件。".into(),
            starts_on: "2026-11-23".into(),
            ends_on: "2026-11-23".into(),
            responsible: "3".into(),
            ..CampaignForm::default()
        };
        assert_eq!(form.check().unwrap().responsible, StaffId(3));
        let wrong = CampaignForm { ends_on: "2026-11-22".into(), ..form };
        assert_eq!(wrong.check().unwrap_err().about("ends_on").count(), 1);
        let empty = CampaignForm::default().check().unwrap_err();
        for field in ["name", "goal", "starts_on", "ends_on", "responsible"] {
            assert_eq!(empty.about(field).count(), 1, "{field}");
        }
    }

    #[test]
    fn numbers_are_taken_as_they_are_pasted() {
        let numbers = |typed: &str| PutInForm { numbers: typed.into() }.check();
        let pasted = "石法访〔2026〕0001号\r\n石法访〔2026〕0002号、石法访〔2026〕0001号，\n";
        assert_eq!(numbers(pasted).unwrap(), ["石法访〔2026〕0001号", "石法访〔2026〕0002号"]);
        assert_eq!(numbers(" \n").unwrap_err().about("numbers").count(), 1);
        let many: Vec<String> = (0..=MOST).map(|n| n.to_string()).collect();
        assert!(numbers(&many.join("\n")).is_err());
    }
}
