//! Sums due, payments, corrections; reports heard and parties met.

use super::{staff, submission};
use crate::enforcement::actions::{Said, SumDraft};
use crate::enforcement::rules::AMOUNT;
use crate::enforcement::types::{PaidBy, TalkKind};
use crate::web::form::{Complaints, date_until, fen_in, one_of, optional, paragraphs, words};
use chrono::NaiveDate;
use serde::Deserialize;

/// A day that is past or today; today where it is left empty.
fn day(typed: &str, today: NaiveDate) -> Result<NaiveDate, String> {
    if typed.trim().is_empty() { Ok(today) } else { date_until(typed, today) }
}

/// A sum due as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct DueForm {
    pub submission: String,
    pub amount: String,
    pub fixed_on: String,
    pub reason: String,
}

impl DueForm {
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self, today: NaiveDate) -> Result<SumDraft, Complaints> {
        let mut complaints = Complaints::default();
        let submission = submission(&mut complaints, &self.submission);
        let amount = complaints.hear("amount", fen_in(&self.amount, AMOUNT));
        let happened_on = complaints.hear("fixed_on", day(&self.fixed_on, today));
        let note = complaints.hear("reason", paragraphs(&self.reason, 2..=500));
        let draft = amount.zip(happened_on).zip(note.zip(submission)).map(
            |((amount_fen, happened_on), (note, submission))| SumDraft {
                amount_fen,
                happened_on,
                manner: None,
                payer: String::new(),
                note,
                submission,
            },
        );
        complaints.verdict(draft)
    }
}

/// A payment as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PaymentForm {
    pub submission: String,
    pub amount: String,
    pub paid_on: String,
    pub manner: String,
    pub payer: String,
    pub note: String,
}

impl PaymentForm {
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self, today: NaiveDate) -> Result<SumDraft, Complaints> {
        let mut complaints = Complaints::default();
        let submission = submission(&mut complaints, &self.submission);
        let amount = complaints.hear("amount", fen_in(&self.amount, AMOUNT));
        let happened_on = complaints.hear("paid_on", day(&self.paid_on, today));
        let manner = complaints.hear("manner", one_of(&self.manner, PaidBy::from_code));
        let payer = complaints.hear("payer", words(&self.payer, 0..=60));
        let note = complaints.hear("note", paragraphs(&self.note, 0..=500));
        let draft = amount.zip(happened_on).zip(manner.zip(submission)).zip(payer.zip(note)).map(
            |(((amount_fen, happened_on), (manner, submission)), (payer, note))| SumDraft {
                amount_fen,
                happened_on,
                manner: Some(manner),
                payer,
                note,
                submission,
            },
        );
        complaints.verdict(draft)
    }
}

/// A posting's correction as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct CorrectForm {
    pub submission: String,
    /// What the amount should have been; empty where there should have been none.
    pub amount: String,
    pub reason: String,
}

impl CorrectForm {
    /// The right amount, if there is one, why, and the submission.
    ///
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self) -> Result<(Option<i64>, String, String), Complaints> {
        let mut complaints = Complaints::default();
        let submission = submission(&mut complaints, &self.submission);
        let amount = complaints.hear("amount", optional(&self.amount, |typed| fen_in(typed, AMOUNT)));
        let reason = complaints.hear("reason", paragraphs(&self.reason, 2..=500));
        let all = amount.zip(reason).zip(submission).map(|((amount, reason), own)| (amount, reason, own));
        complaints.verdict(all)
    }
}

/// A report heard, or a party met, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct TalkForm {
    pub submission: String,
    pub held_on: String,
    pub staff: String,
    pub party: String,
    pub said: String,
    pub decided: String,
}

impl TalkForm {
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self, kind: TalkKind, today: NaiveDate) -> Result<Said, Complaints> {
        let mut complaints = Complaints::default();
        let submission = submission(&mut complaints, &self.submission);
        let held_on = complaints.hear("held_on", day(&self.held_on, today));
        let staff = complaints.hear("staff", staff(&self.staff));
        let party = match kind {
            TalkKind::ReportHeard => Some(String::new()),
            TalkKind::PartyMet => complaints.hear("party", words(&self.party, 2..=60)),
        };
        let said = complaints.hear("said", paragraphs(&self.said, 5..=2000));
        let least = match kind {
            TalkKind::ReportHeard => 2,
            TalkKind::PartyMet => 0,
        };
        let decided = complaints.hear("decided", paragraphs(&self.decided, least..=1000));
        let talk = held_on.zip(staff).zip(party.zip(said)).zip(decided.zip(submission)).map(
            |(((held_on, staff), (party, said)), (decided, submission))| Said {
                kind,
                held_on,
                staff,
                party,
                said,
                decided,
                submission,
            },
        );
        complaints.verdict(talk)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        "2026-11-23".parse().unwrap()
    }

    #[test]
    fn a_payment_says_how_much_when_and_how() {
        let wrong = PaymentForm { paid_on: "2026-11-24".into(), ..PaymentForm::default() };
        let wrong = wrong.check(today()).unwrap_err();
        for field in ["", "amount", "paid_on", "manner"] {
            assert_eq!(wrong.about(field).count(), 1, "{field}");
        }
        let form = PaymentForm {
            submission: "abcdefgh".into(),
            amount: "1.2万元".into(),
            manner: "deducted".into(),
            ..PaymentForm::default()
        };
        let draft = form.check(today()).unwrap();
        assert_eq!((draft.amount_fen, draft.happened_on), (1_200_000, today()));
    }

    #[test]
    fn a_sum_due_has_a_reason_and_a_correction_perhaps_an_amount() {
        let due = DueForm { submission: "abcdefgh".into(), amount: "3万".into(), ..DueForm::default() };
        assert_eq!(due.check(today()).unwrap_err().about("reason").count(), 1);
        let correct = CorrectForm {
            submission: "abcdefgh".into(),
            reason: "记错了案件。".into(),
            ..CorrectForm::default()
        };
        assert_eq!(correct.check().unwrap().0, None);
        let correct = CorrectForm { amount: "500".into(), ..correct };
        assert_eq!(correct.check().unwrap().0, Some(50_000));
        let correct = CorrectForm { amount: "五百".into(), ..correct };
        assert_eq!(correct.check().unwrap_err().about("amount").count(), 1);
    }

    #[test]
    fn a_report_ends_in_a_decision_and_a_meeting_names_the_party() {
        let form = TalkForm {
            submission: "abcdefgh".into(),
            staff: "3".into(),
            said: "评估已经完成，下周上网拍卖。".into(),
            ..TalkForm::default()
        };
        let report = form.check(TalkKind::ReportHeard, today()).unwrap_err();
        assert_eq!((report.about("decided").count(), report.about("party").count()), (1, 0));
        let met = form.check(TalkKind::PartyMet, today()).unwrap_err();
        assert_eq!((met.about("decided").count(), met.about("party").count()), (0, 1));
    }
}
