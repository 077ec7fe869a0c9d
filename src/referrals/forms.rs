//! What is typed to refer a matter and to answer a referral.

use crate::people::{DivisionId, StaffId};
use crate::web::form::{Complaints, paragraphs};
use serde::{Deserialize, Serialize};

/// To whom a matter goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    pub division: DivisionId,
    /// `None`: to the head of the division.
    pub staff: Option<StaffId>,
    /// What is asked of them.
    pub note: String,
    /// Why the judge of the case is to handle it all the same.
    pub excuse: String,
}

impl Default for Destination {
    /// To no division: to be filled in.
    fn default() -> Self {
        Destination { division: DivisionId(0), staff: None, note: String::new(), excuse: String::new() }
    }
}

/// A referral as typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ReferForm {
    pub version: i64,
    /// `d7` for a division's head, `d7s12` for a person of it.
    pub to: String,
    pub note: String,
    pub excuse: String,
}

impl ReferForm {
    /// To whom it goes.
    ///
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self) -> Result<Destination, Complaints> {
        let mut complaints = Complaints::default();
        let to = complaints.hear("to", read_to(&self.to));
        let note = complaints.hear("note", paragraphs(&self.note, 0..=500));
        let excuse = complaints.hear("excuse", paragraphs(&self.excuse, 0..=200));
        let destination = to.zip(note).zip(excuse).map(|(((division, staff), note), excuse)| Destination {
            division,
            staff,
            note,
            excuse,
        });
        complaints.verdict(destination)
    }
}

/// How a division's head is written in the select.
pub fn to_head(division: DivisionId) -> String {
    format!("d{division}")
}

/// How a person of a division is written in the select.
pub fn to_person(division: DivisionId, staff: StaffId) -> String {
    format!("d{division}s{staff}")
}

fn read_to(typed: &str) -> Result<(DivisionId, Option<StaffId>), String> {
    let missing = || "请选择转给哪个庭室或者哪个人。".to_owned();
    let rest = typed.strip_prefix('d').ok_or_else(missing)?;
    let (division, staff) = match rest.split_once('s') {
        Some((division, staff)) => (division, Some(staff.parse::<StaffId>().ok().ok_or_else(missing)?)),
        None => (rest, None),
    };
    Ok((division.parse::<DivisionId>().ok().ok_or_else(missing)?, staff))
}

/// An answer to a referral, or its withdrawal.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct AnswerForm {
    pub version: i64,
    /// Somebody of the division who is to handle it; empty: oneself.
    pub pass_to: String,
    pub reason: String,
}

impl AnswerForm {
    /// The reason that sending back and withdrawing need.
    ///
    /// # Errors
    ///
    /// That it is missing or too long.
    pub fn reason(&self) -> Result<String, Complaints> {
        let mut complaints = Complaints::default();
        let reason = complaints.hear("reason", paragraphs(&self.reason, 0..=500));
        if reason.as_ref().is_some_and(String::is_empty) {
            complaints.add("reason", "请写明理由，对方要凭它决定下一步怎么办。");
        }
        complaints.verdict(reason)
    }

    /// To whom it is passed on at once.
    ///
    /// # Errors
    ///
    /// That the choice makes no sense.
    pub fn pass_to(&self) -> Result<Option<StaffId>, Complaints> {
        let mut complaints = Complaints::default();
        let read = match self.pass_to.as_str() {
            "" => Ok(None),
            id => id.parse().ok().map(Some).ok_or_else(|| "请重新选择承办人。".to_owned()),
        };
        let read = complaints.hear("pass_to", read);
        complaints.verdict(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_destination_is_a_division_or_a_person_of_it() {
        assert_eq!(read_to(&to_head(DivisionId(7))), Ok((DivisionId(7), None)));
        assert_eq!(read_to(&to_person(DivisionId(7), StaffId(12))), Ok((DivisionId(7), Some(StaffId(12)))));
        for wrong in ["", "7", "d", "dx", "d7sx", "s7"] {
            assert!(read_to(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn sending_back_needs_a_reason() {
        assert!(AnswerForm { reason: "  ".into(), ..AnswerForm::default() }.reason().is_err());
        let reason = AnswerForm { reason: "不属于本庭案件".into(), ..AnswerForm::default() }.reason();
        assert_eq!(reason.unwrap(), "不属于本庭案件");
    }
}
