//! A reply as it is written, approved and served.

use crate::db::{coded, id};
use crate::matters::MatterId;
use crate::people::{CourtId, StaffId};
use crate::schema::{reply_drafts, reply_items};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

id!(
    /// Which version of a reply (答复意见书).
    DraftId
);

coded! {
    /// Where a version of a reply stands.
    pub enum DraftState {
        Drafted = "drafted" "起草中",
        Submitted = "submitted" "待审批",
        Returned = "returned" "已退回修改",
        Approved = "approved" "已批准，待送达",
        /// Taken back after approval to be changed, or no longer needed.
        Recalled = "recalled" "已撤下",
        Served = "served" "已送达",
    }
}

coded! {
    /// What is said to one claim (信访工作条例 32).
    pub enum Outcome {
        Supported = "supported" "予以支持",
        Explained = "explained" "解释说明",
        NotSupported = "not_supported" "不予支持",
    }
}

coded! {
    /// What the petitioner may do against the reply (救济途径).
    pub enum Remedy {
        /// No procedure of law exists: 复查 within 30 days (信访工作条例 35).
        Review = "review" "没有法定程序，可以申请复查",
        Procedure = "procedure" "有法定程序，按法定程序办理",
    }
}

coded! {
    /// How a reply was served (送达方式).
    pub enum ServiceManner {
        InPerson = "in_person" "直接送达",
        Post = "post" "邮寄送达",
        Sms = "sms" "短信送达",
        Agent = "agent" "委托代收",
        Online = "online" "网上送达",
        Notice = "notice" "留置送达",
    }
}

/// One version of a reply. Submitted ones are kept as they were; a change makes the next version.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = reply_drafts, treat_none_as_default_value = false)]
pub struct Draft {
    pub id: DraftId,
    pub court_id: CourtId,
    pub matter_id: MatterId,
    /// The how manieth version of its matter.
    pub number: i64,
    pub state: DraftState,
    /// When and how the matter came, as the first paragraph says it.
    pub receipt: String,
    pub remedy: Remedy,
    pub remedy_text: String,
    pub drafter_id: StaffId,
    pub drafted_at: NaiveDateTime,
    pub submitted_by: Option<StaffId>,
    pub submitted_at: Option<NaiveDateTime>,
    pub decided_by: Option<StaffId>,
    pub decided_at: Option<NaiveDateTime>,
    /// Why it was returned.
    pub reason: String,
    pub manner: Option<ServiceManner>,
    /// The number of the registered letter.
    pub tracking: String,
    /// Who took it.
    pub recipient: String,
    /// What proves the service, in words.
    pub proof: String,
    pub served_by: Option<StaffId>,
    pub served_on: Option<NaiveDate>,
    /// When the petitioner had it; the time for 复查 runs from here.
    pub received_on: Option<NaiveDate>,
    pub version: i64,
    /// Who was asked to approve it, where that is one person.
    pub approver_id: Option<StaffId>,
    /// Who writes it now; `drafter_id` began it, and stays among its writers whoever goes on with it.
    pub holder_id: Option<StaffId>,
    /// The oldest version that the holder's own page may show and still fit: since then it was only kept while they typed.
    pub base_version: i64,
}

/// The answer to one claim: what they ask, what was found, by which law, what follows.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = reply_items, treat_none_as_default_value = false)]
pub struct ItemRow {
    pub id: i64,
    pub draft_id: DraftId,
    pub position: i64,
    pub claim: String,
    pub facts: String,
    pub basis: String,
    pub outcome: Option<Outcome>,
    pub opinion: String,
}

/// The answer to one claim, as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    pub claim: String,
    pub facts: String,
    pub basis: String,
    /// `None` while it is not decided.
    pub outcome: Option<Outcome>,
    pub opinion: String,
}

impl From<ItemRow> for Item {
    fn from(row: ItemRow) -> Self {
        Item {
            claim: row.claim,
            facts: row.facts,
            basis: row.basis,
            outcome: row.outcome,
            opinion: row.opinion,
        }
    }
}

/// What a reply says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    pub receipt: String,
    pub items: Vec<Item>,
    pub remedy: Remedy,
    pub remedy_text: String,
}

/// How a reply was served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    pub manner: ServiceManner,
    pub tracking: String,
    pub recipient: String,
    pub proof: String,
    pub served_on: NaiveDate,
    pub received_on: Option<NaiveDate>,
}
