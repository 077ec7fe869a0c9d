//! What somebody holds, and a handover of all of it.

use crate::db::{coded, id};
use crate::matters::{Matter, MatterId};
use crate::people::{CourtId, StaffId};
use crate::schema::{handover_items, handovers};
use chrono::NaiveDateTime;
use diesel::prelude::*;

id!(
    /// Which handover (移交).
    HandoverId
);

coded! {
    /// In what way somebody holds a matter (经手情况).
    pub enum Holding {
        Accountable = "accountable" "责任人",
        Handler = "handler" "承办人",
        Helper = "helper" "协办",
        Addressee = "addressee" "待接办",
        Sender = "sender" "已转出、等待接办",
        /// Waits for their division's head, which they are.
        DivisionAddressee = "division_addressee" "庭室待接办",
        Supervising = "supervising" "主管领导",
        Supervision = "supervision" "督办待答复",
        Instruction = "instruction" "批示待落实",
        InstructionLeader = "instruction_leader" "请示待批示",
        ReplyDraft = "reply_draft" "答复起草中",
        ReplyApproval = "reply_approval" "答复待审批",
        Extension = "extension" "延期待决定",
        Measure = "measure" "执行措施待完成",
        LeaderInCharge = "leader_in_charge" "包案领导",
        Responsible = "responsible" "包案责任人",
        WorkGroup = "work_group" "工作组",
        TierMeasure = "tier_measure" "化解措施待完成",
    }
}

/// One thing that somebody holds.
#[derive(Clone, Debug)]
pub struct Held {
    pub holding: Holding,
    /// The supervision, instruction, reply, request or measure, where it is one of these; 0 for what the matter itself says.
    pub row: i64,
    pub matter: Matter,
}

/// One thing, and to whom it would go; `Err` says why to nobody.
#[derive(Clone, Debug)]
pub struct Planned {
    pub held: Held,
    pub to: Result<StaffId, super::rules::Unfit>,
}

/// A handover that took place.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = handovers, treat_none_as_default_value = false)]
pub struct Handover {
    pub id: HandoverId,
    pub court_id: CourtId,
    pub from_id: StaffId,
    pub by_id: StaffId,
    pub at: NaiveDateTime,
    pub reason: String,
}

/// A line of its list.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = handover_items, treat_none_as_default_value = false)]
pub struct Item {
    pub id: i64,
    pub handover_id: HandoverId,
    pub matter_id: MatterId,
    pub holding: Holding,
    pub to_id: StaffId,
}

/// A handover that took place, with its lines, numbers and names, for printing. Lines of matters that this person may not
/// see keep their number to themselves.
#[derive(Clone, Debug)]
pub struct Printed {
    pub handover: Handover,
    pub from: String,
    pub by: String,
    pub lines: Vec<Line>,
}

/// A line of a printed list.
#[derive(Clone, Debug)]
pub struct Line {
    /// Number and who came; `None` where they may not be seen.
    pub matter: Option<(String, String)>,
    pub holding: Holding,
    pub to: String,
}
