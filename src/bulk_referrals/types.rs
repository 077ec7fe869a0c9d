//! Several matters sent to one place in one go, and what became of each.

use crate::db::id;
use crate::matters::{Matter, MatterId};
use crate::people::{CourtId, DivisionId, StaffId};
use crate::schema::{referral_batch_items, referral_batches};
use chrono::NaiveDateTime;
use diesel::prelude::*;

id!(
    /// Which bulk referral (批量转办).
    BatchId
);

/// The most matters of one bulk referral.
pub const MOST: usize = 50;

/// A bulk referral.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = referral_batches, treat_none_as_default_value = false)]
pub struct Batch {
    pub id: BatchId,
    pub court_id: CourtId,
    pub staff_id: StaffId,
    /// Made with the form: the same key is the same act.
    pub submission_key: String,
    pub division_id: DivisionId,
    /// `None`: to the head of the division.
    pub to_id: Option<StaffId>,
    pub note: String,
    pub sent_at: NaiveDateTime,
}

/// What became of one of its matters.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = referral_batch_items)]
pub struct BatchItem {
    pub id: i64,
    pub batch_id: BatchId,
    pub matter_id: MatterId,
    pub referred: bool,
    /// A sentence, where it wasn't.
    pub why_not: String,
}

/// A matter that was ticked, as somebody saw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticked {
    pub id: MatterId,
    /// The matter's when the preview was shown.
    pub version: i64,
}

/// A ticked matter, and whether it can be referred there; `Err` is a sentence that says why not.
#[derive(Clone, Debug)]
pub struct Previewed {
    pub matter: Matter,
    /// It would go to the judge of the case: an officer has to say why, for this matter.
    pub case_judge: bool,
    pub verdict: Result<(), String>,
}

/// What became of one, with the matter where it may be seen.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub item: BatchItem,
    pub matter: Option<Matter>,
}

/// A bulk referral as its page shows it.
#[derive(Clone, Debug)]
pub struct Done {
    pub batch: Batch,
    /// The division, and the person where one was named.
    pub to: String,
    pub outcomes: Vec<Outcome>,
}
