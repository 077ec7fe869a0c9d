//! What is typed when a clock is paused, resumed, extended, or its matter's receipt is corrected.

use crate::deadlines::rules::allowed::{WantedPause, earliest_end, latest_end};
use crate::deadlines::types::PauseReason;
use crate::web::form::{Complaints, date_between, date_until, number_in, one_of, paragraphs, words};
use chrono::NaiveDate;
use serde::Deserialize;

/// A pause as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PauseForm {
    pub reason: String,
    pub from: String,
    pub until: String,
    pub note: String,
    /// The last event that was seen.
    pub seen: i64,
}

impl PauseForm {
    /// Beginning today.
    pub fn from(today: NaiveDate) -> Self {
        PauseForm { from: today.to_string(), ..PauseForm::default() }
    }

    /// The pause, and why.
    ///
    /// # Errors
    ///
    /// Every complaint at once.
    pub fn check(&self, today: NaiveDate) -> Result<(WantedPause, String), Complaints> {
        let mut complaints = Complaints::default();
        let reason = complaints.hear("reason", one_of(&self.reason, PauseReason::from_code));
        let from = complaints.hear("from", date_until(&self.from, today));
        let last = latest_end(from.unwrap_or(today));
        let until = complaints.hear("until", date_between(&self.until, earliest_end(today), last));
        let note = complaints.hear("note", paragraphs(&self.note, 4..=500));
        let wanted = (|| Some(WantedPause { reason: reason?, from: from?, until: until? }))();
        complaints.verdict(wanted.zip(note))
    }
}

/// The end of a pause as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ResumeForm {
    pub on: String,
    pub note: String,
    pub seen: i64,
}

impl ResumeForm {
    /// Counting again from today.
    pub fn from(today: NaiveDate) -> Self {
        ResumeForm { on: today.to_string(), ..ResumeForm::default() }
    }

    /// The day that counts again, and why.
    ///
    /// # Errors
    ///
    /// Every complaint at once.
    pub fn check(&self, today: NaiveDate) -> Result<(NaiveDate, String), Complaints> {
        let mut complaints = Complaints::default();
        let on = complaints.hear("on", date_until(&self.on, today));
        let note = complaints.hear("note", paragraphs(&self.note, 4..=500));
        complaints.verdict(on.zip(note))
    }
}

/// An extension as typed, asked for or decided at once.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ExtendForm {
    pub days: String,
    pub note: String,
    /// The sender's letter, where the sender decides.
    pub sender: String,
    pub seen: i64,
}

impl ExtendForm {
    /// How many days, and why.
    ///
    /// # Errors
    ///
    /// Every complaint at once.
    pub fn check(&self, most: u32) -> Result<(u32, String), Complaints> {
        let mut complaints = Complaints::default();
        let days = complaints.hear("days", number_in(&self.days, 1..=i64::from(most)));
        let days = days.and_then(|days| u32::try_from(days).ok());
        let note = complaints.hear("note", paragraphs(&self.note, 4..=500));
        complaints.verdict(days.zip(note))
    }

    /// As [`ExtendForm::check`], with the sender's letter.
    ///
    /// # Errors
    ///
    /// Every complaint at once.
    pub fn check_with_sender(&self, most: u32) -> Result<(u32, String, String), Complaints> {
        let sender = words(&self.sender, 4..=80);
        let checked = self.check(most);
        match (checked, sender) {
            (Ok((days, note)), Ok(sender)) => Ok((days, note, sender)),
            (checked, sender) => {
                let mut complaints = checked.err().unwrap_or_default();
                complaints.hear("sender", sender);
                Err(complaints)
            }
        }
    }
}

/// What was decided on a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    Granted { note: String, sender: Option<String> },
    Refused { note: String },
}

/// A decision on a request as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct DecideForm {
    /// `grant` or `refuse`.
    pub decision: String,
    pub note: String,
    pub sender: String,
    pub version: i64,
}

impl DecideForm {
    /// The decision. A refusal says why; a grant names the sender's letter, where the sender decides.
    ///
    /// # Errors
    ///
    /// Every complaint at once.
    pub fn check(&self, by_sender: bool) -> Result<Decision, Complaints> {
        let mut complaints = Complaints::default();
        let decision = match self.decision.as_str() {
            "grant" => {
                let note = complaints.hear("note", paragraphs(&self.note, 0..=500));
                let sender = by_sender.then(|| complaints.hear("sender", words(&self.sender, 4..=80)));
                match sender {
                    None => note.map(|note| Decision::Granted { note, sender: None }),
                    Some(sender) => note
                        .zip(sender)
                        .map(|(note, sender)| Decision::Granted { note, sender: Some(sender) }),
                }
            }
            "refuse" => {
                let note = complaints.hear("note", paragraphs(&self.note, 4..=500));
                note.map(|note| Decision::Refused { note })
            }
            _ => {
                complaints.add("decision", "请选择批准或者不批准。");
                None
            }
        };
        complaints.verdict(decision)
    }
}

/// A corrected day of receipt as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReceivedForm {
    pub received_on: String,
    pub reason: String,
    /// `1` once what would move was shown and agreed to.
    pub confirm: String,
    /// What was shown.
    pub seen: String,
}

impl ReceivedForm {
    /// The day, and why it is corrected.
    ///
    /// # Errors
    ///
    /// Every complaint at once.
    pub fn check(&self, today: NaiveDate) -> Result<(NaiveDate, String), Complaints> {
        let mut complaints = Complaints::default();
        let on = complaints.hear("received_on", date_until(&self.received_on, today));
        let reason = complaints.hear("reason", paragraphs(&self.reason, 4..=500));
        complaints.verdict(on.zip(reason))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn fields(complaints: &Complaints) -> Vec<&str> {
        complaints.iter().map(|(field, _)| field).collect()
    }

    #[test]
    fn a_pause_ends_after_today_and_begins_by_today() {
        let today = day("2026-11-23");
        let form = PauseForm {
            reason: "appraisal".into(),
            until: "2026-12-10".into(),
            note: "委托鉴定机构鉴定".into(),
            ..PauseForm::from(today)
        };
        let (wanted, note) = form.check(today).unwrap();
        assert_eq!(
            (wanted.reason, wanted.from, wanted.until),
            (PauseReason::Appraisal, today, day("2026-12-10"))
        );
        assert_eq!(note, "委托鉴定机构鉴定");
        let wrong =
            PauseForm { from: "2026-11-24".into(), until: "2026-11-23".into(), ..PauseForm::default() };
        assert_eq!(fields(&wrong.check(today).unwrap_err()), ["reason", "from", "until", "note"]);
    }

    #[test]
    fn an_extension_keeps_to_what_its_rule_allows() {
        let form =
            |days: &str| ExtendForm {
                days: days.into(), note: "案情复杂".into(), ..ExtendForm::default()
            };
        assert_eq!(form("30").check(30), Ok((30, "案情复杂".to_owned())));
        assert_eq!(fields(&form("31").check(30).unwrap_err()), ["days"]);
        assert_eq!(fields(&form("0").check_with_sender(30).unwrap_err()), ["days", "sender"]);
    }

    #[test]
    fn a_refusal_says_why_and_a_senders_grant_names_its_letter() {
        let form = |decision: &str, note: &str, sender: &str| DecideForm {
            decision: decision.into(),
            note: note.into(),
            sender: sender.into(),
            version: 0,
        };
        let granted = Decision::Granted { note: String::new(), sender: None };
        assert_eq!(form("grant", "", "").check(false), Ok(granted));
        assert_eq!(fields(&form("grant", "", "").check(true).unwrap_err()), ["sender"]);
        assert_eq!(fields(&form("refuse", "", "").check(false).unwrap_err()), ["note"]);
        assert_eq!(fields(&form("", "", "").check(false).unwrap_err()), ["decision"]);
    }
}
