//! Links and merges.

use crate::db::{coded, id};
use crate::matters::MatterId;
use crate::matters::types::Stage;
use crate::people::{CourtId, StaffId};
use crate::schema::{matter_links, matter_merges};
use chrono::NaiveDateTime;
use diesel::prelude::*;

id!(
    /// Which link (关联).
    LinkId
);
id!(
    /// Which merge (并案).
    MergeId
);

coded! {
    /// In what way a later matter follows on its original (原事项).
    pub enum LinkKind {
        Repeat = "repeat" "重复信访",
        Review = "review" "复查复核",
        Retrial = "retrial" "申诉再审",
        Split = "split" "分案",
        Transferred = "transferred" "移送转来",
    }
}

impl LinkKind {
    /// Those that are entered by hand; a split makes its own.
    pub const BY_HAND: [LinkKind; 4] =
        [LinkKind::Repeat, LinkKind::Review, LinkKind::Retrial, LinkKind::Transferred];
}

/// A later matter and the original that it follows on. It is never deleted, only undone.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = matter_links, treat_none_as_default_value = false)]
pub struct Link {
    pub id: LinkId,
    pub court_id: CourtId,
    pub later_id: MatterId,
    pub kind: LinkKind,
    pub original_id: MatterId,
    pub note: String,
    pub made_at: NaiveDateTime,
    pub made_by: StaffId,
    pub undone_at: Option<NaiveDateTime>,
    pub undone_by: Option<StaffId>,
    pub undone_reason: Option<String>,
}

impl Link {
    /// The matter at the other end.
    pub fn other(&self, one: MatterId) -> MatterId {
        if self.later_id == one { self.original_id } else { self.later_id }
    }
}

/// A matter that ended in another, with what it takes to undo that.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = matter_merges, treat_none_as_default_value = false)]
pub struct Merge {
    pub id: MergeId,
    pub court_id: CourtId,
    pub merged_id: MatterId,
    pub survivor_id: MatterId,
    pub reason: String,
    pub stage_before: Stage,
    /// The reply that says that the survivor's will answer this one too.
    pub reply_id: i64,
    pub merged_at: NaiveDateTime,
    pub merged_by: StaffId,
    pub undone_at: Option<NaiveDateTime>,
    pub undone_by: Option<StaffId>,
    pub undone_reason: Option<String>,
}
