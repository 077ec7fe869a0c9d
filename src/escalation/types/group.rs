//! Who solves it: the work group, the leader in charge, and what they did themselves.

use super::{EscalationId, Tier};
use crate::db::{coded, id};
use crate::matters::MatterId;
use crate::people::{CourtId, StaffId};
use crate::schema::{leader_acts, leader_charges, work_group_meetings, work_group_members, work_groups};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

id!(
    /// Which work group (工作组).
    GroupId
);
id!(
    /// Which seat in a work group, as somebody holds it.
    MemberId
);
id!(
    /// Which time somebody was named in charge (包案).
    ChargeId
);
id!(
    /// Which act of a leader.
    ActId
);
id!(
    /// Which meeting of a work group.
    MeetingId
);

/// Who is to solve a matter in its tier (工作组). One at a time.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = work_groups, treat_none_as_default_value = false)]
pub struct Group {
    pub id: GroupId,
    pub court_id: CourtId,
    pub matter_id: MatterId,
    pub tier: Tier,
    pub escalation_id: EscalationId,
    pub proposed_at: NaiveDateTime,
    /// When the petition officer or its head confirmed it.
    pub confirmed_at: Option<NaiveDateTime>,
    pub confirmed_by: Option<StaffId>,
    pub ended_at: Option<NaiveDateTime>,
    pub version: i64,
}

coded! {
    /// In what part somebody sits in a work group.
    pub enum Role {
        Head = "head" "组长",
        Deputy = "deputy" "副组长",
        Member = "member" "成员",
    }
}

coded! {
    /// By what office somebody sits in a work group (席位).
    pub enum Seat {
        President = "president" "院长",
        LeaderInCharge = "leader_in_charge" "包案领导",
        WeekLeader = "week_leader" "带班值周领导",
        OverDivision = "over_division" "分管庭室的院领导",
        OverPetitions = "over_petitions" "分管信访的院领导",
        DivisionHead = "division_head" "承办庭室负责人",
        CaseJudge = "case_judge" "原案承办人",
        Responsible = "responsible" "责任人",
        HeadOfFiling = "head_of_filing" "立案庭负责人",
        Officer = "officer" "信访专干",
        /// Asked in for a reason.
        Invited = "invited" "另行指定",
    }
}

coded! {
    /// Why somebody sits there for another.
    pub enum Standin {
        /// They hold the office themselves.
        Own = "own" "本人",
        Vacant = "vacant" "空缺代理",
        Recused = "recused" "回避代理",
        /// The petition officer put them there with a reason.
        Chosen = "chosen" "调整指定",
    }
}

/// Somebody on a seat of a work group, from a day and until a day.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = work_group_members, treat_none_as_default_value = false)]
pub struct Member {
    pub id: MemberId,
    pub group_id: GroupId,
    pub matter_id: MatterId,
    pub role: Role,
    pub seat: Seat,
    pub staff_id: StaffId,
    pub standin: Standin,
    /// Why it was changed; empty of what was proposed.
    pub reason: String,
    pub since: NaiveDate,
    pub until: Option<NaiveDate>,
}

/// A leader in charge (包案领导) with whoever works for them on it. One at a time.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = leader_charges, treat_none_as_default_value = false)]
pub struct Charge {
    pub id: ChargeId,
    pub court_id: CourtId,
    pub matter_id: MatterId,
    pub tier: Tier,
    pub leader_id: StaffId,
    pub responsible_id: StaffId,
    /// By when the president wants it solved.
    pub due_on: NaiveDate,
    /// `None`: by the rule, as the president is in tier three.
    pub named_by: Option<StaffId>,
    pub named_at: NaiveDateTime,
    pub ended_at: Option<NaiveDateTime>,
    pub version: i64,
}

coded! {
    /// What a leader in charge must do themselves (包案领导亲自办理).
    pub enum LeaderAct {
        Met = "met" "亲自接访",
        Studied = "studied" "亲自研究",
        Coordinated = "coordinated" "亲自协调",
    }
}

/// What a leader in charge did themselves. Never changed.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = leader_acts, treat_none_as_default_value = false)]
pub struct LeaderActRow {
    pub id: ActId,
    pub court_id: CourtId,
    pub matter_id: MatterId,
    pub charge_id: ChargeId,
    pub leader_id: StaffId,
    pub act: LeaderAct,
    pub done_on: NaiveDate,
    pub record: String,
    /// Who typed it.
    pub by_id: StaffId,
    pub at: NaiveDateTime,
    pub submission: String,
}

/// A meeting of a work group. Never changed.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = work_group_meetings, treat_none_as_default_value = false)]
pub struct Meeting {
    pub id: MeetingId,
    pub court_id: CourtId,
    pub matter_id: MatterId,
    pub group_id: GroupId,
    pub held_on: NaiveDate,
    /// Who was there, as typed.
    pub present: String,
    pub record: String,
    pub by_id: StaffId,
    pub at: NaiveDateTime,
    pub submission: String,
}
