//! Work groups, leaders in charge, and what they did.

use crate::db::Conn;
use crate::escalation::types::{
    Charge, ChargeId, Group, GroupId, LeaderActRow, Meeting, MeetingId, Member, MemberId, Seat, Standin,
};
use crate::matters::MatterId;
use crate::on_each_database;
use crate::people::StaffId;
use crate::schema::{leader_acts, leader_charges, work_group_meetings, work_group_members, work_groups};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

/// The matter's group, while there is one.
pub fn group_of(conn: &mut Conn, matter: MatterId) -> QueryResult<Option<Group>> {
    work_groups::table
        .filter(work_groups::matter_id.eq(matter).and(work_groups::ended_at.is_null()))
        .first(conn)
        .optional()
}

pub fn insert_group(conn: &mut Conn, group: &Group) -> QueryResult<()> {
    diesel::insert_into(work_groups::table).values(group.clone()).execute(conn).map(drop)
}

/// Ends the matter's group and its seats.
pub fn end_group(conn: &mut Conn, matter: MatterId, at: NaiveDateTime, on: NaiveDate) -> QueryResult<()> {
    let open =
        work_groups::table.filter(work_groups::matter_id.eq(matter).and(work_groups::ended_at.is_null()));
    diesel::update(open).set(work_groups::ended_at.eq(at)).execute(conn)?;
    let seats = work_group_members::table
        .filter(work_group_members::matter_id.eq(matter).and(work_group_members::until.is_null()));
    diesel::update(seats).set(work_group_members::until.eq(on)).execute(conn).map(drop)
}

/// Marks the group as confirmed, if it is still at `version`. Says whether it was.
pub fn confirm_group(
    conn: &mut Conn,
    group: &Group,
    version: i64,
    by: StaffId,
    at: NaiveDateTime,
) -> QueryResult<bool> {
    let row = work_groups::table
        .find(group.id)
        .filter(work_groups::version.eq(version).and(work_groups::ended_at.is_null()));
    let changed = diesel::update(row)
        .set((
            work_groups::confirmed_at.eq(at),
            work_groups::confirmed_by.eq(by),
            work_groups::version.eq(version + 1),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Counts the group's version on, if it is still at `version`. Says whether it was.
pub fn touch_group(conn: &mut Conn, group: GroupId, version: i64) -> QueryResult<bool> {
    let row = work_groups::table
        .find(group)
        .filter(work_groups::version.eq(version).and(work_groups::ended_at.is_null()));
    let changed = diesel::update(row).set(work_groups::version.eq(version + 1)).execute(conn)?;
    Ok(changed == 1)
}

pub fn insert_members(conn: &mut Conn, members: Vec<Member>) -> QueryResult<()> {
    let insert = diesel::insert_into(work_group_members::table).values(members);
    on_each_database!(conn, |c| insert.execute(c)).map(drop)
}

/// The seats of a group that are held, in their order.
pub fn members_of(conn: &mut Conn, group: GroupId) -> QueryResult<Vec<Member>> {
    work_group_members::table
        .filter(work_group_members::group_id.eq(group).and(work_group_members::until.is_null()))
        .order(work_group_members::id)
        .load(conn)
}

/// Whoever is named in charge or responsible sits there themselves, for nobody else.
pub fn hold_own(conn: &mut Conn, group: GroupId) -> QueryResult<()> {
    let seats = work_group_members::table
        .filter(work_group_members::group_id.eq(group).and(work_group_members::until.is_null()))
        .filter(work_group_members::seat.eq_any([Seat::LeaderInCharge, Seat::Responsible]));
    diesel::update(seats).set(work_group_members::standin.eq(Standin::Own)).execute(conn).map(drop)
}

/// Ends somebody's time on a seat. Says whether they were still on it.
pub fn end_member(conn: &mut Conn, id: MemberId, on: NaiveDate) -> QueryResult<bool> {
    let open = work_group_members::table.find(id).filter(work_group_members::until.is_null());
    diesel::update(open).set(work_group_members::until.eq(on)).execute(conn).map(|ended| ended == 1)
}

/// The matter's leader in charge, while there is one.
pub fn charge_of(conn: &mut Conn, matter: MatterId) -> QueryResult<Option<Charge>> {
    leader_charges::table
        .filter(leader_charges::matter_id.eq(matter).and(leader_charges::ended_at.is_null()))
        .first(conn)
        .optional()
}

pub fn insert_charge(conn: &mut Conn, charge: &Charge) -> QueryResult<()> {
    diesel::insert_into(leader_charges::table).values(charge.clone()).execute(conn).map(drop)
}

/// Keeps a charge as it is now, if it is still at the version before. Says whether it was.
pub fn save_charge(conn: &mut Conn, charge: &Charge) -> QueryResult<bool> {
    let row = leader_charges::table.find(charge.id).filter(leader_charges::version.eq(charge.version - 1));
    let changed = diesel::update(row)
        .set((
            leader_charges::responsible_id.eq(charge.responsible_id),
            leader_charges::due_on.eq(charge.due_on),
            leader_charges::ended_at.eq(charge.ended_at),
            leader_charges::version.eq(charge.version),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// The charge that this leader had before in the matter's present stay in its tier.
pub fn earlier_charge(conn: &mut Conn, matter: MatterId, leader: StaffId) -> QueryResult<Option<Charge>> {
    let Some(group) = group_of(conn, matter)? else { return Ok(None) };
    leader_charges::table
        .filter(leader_charges::matter_id.eq(matter).and(leader_charges::leader_id.eq(leader)))
        .filter(leader_charges::named_at.ge(group.proposed_at))
        .order(leader_charges::id.desc())
        .first(conn)
        .optional()
}

/// Ends the matter's charge. Says whether there was one at `version`, where one is named.
pub fn end_charge(
    conn: &mut Conn,
    matter: MatterId,
    version: Option<i64>,
    at: NaiveDateTime,
) -> QueryResult<bool> {
    let open = leader_charges::table
        .filter(leader_charges::matter_id.eq(matter).and(leader_charges::ended_at.is_null()));
    let set = leader_charges::ended_at.eq(at);
    let ended = match version {
        Some(version) => {
            diesel::update(open.filter(leader_charges::version.eq(version))).set(set).execute(conn)?
        }
        None => diesel::update(open).set(set).execute(conn)?,
    };
    Ok(ended == 1)
}

/// Makes `to` the leader of a charge, or the responsible person; says how many rows there were.
pub fn set_charge_holder(conn: &mut Conn, id: ChargeId, leader: bool, to: StaffId) -> QueryResult<usize> {
    let open = leader_charges::table.find(id).filter(leader_charges::ended_at.is_null());
    let version = leader_charges::version.eq(leader_charges::version + 1);
    if leader {
        diesel::update(open).set((leader_charges::leader_id.eq(to), version)).execute(conn)
    } else {
        diesel::update(open).set((leader_charges::responsible_id.eq(to), version)).execute(conn)
    }
}

/// What a leader did under this charge, the oldest first.
pub fn acts_of(conn: &mut Conn, charge: ChargeId) -> QueryResult<Vec<LeaderActRow>> {
    leader_acts::table.filter(leader_acts::charge_id.eq(charge)).order(leader_acts::id).load(conn)
}

/// Whether this form has been kept already.
pub fn act_of_submission(conn: &mut Conn, matter: MatterId, key: &str) -> QueryResult<bool> {
    let same =
        leader_acts::table.filter(leader_acts::matter_id.eq(matter).and(leader_acts::submission.eq(key)));
    diesel::select(diesel::dsl::exists(same)).get_result(conn)
}

pub fn insert_act(conn: &mut Conn, act: &LeaderActRow) -> QueryResult<()> {
    diesel::insert_into(leader_acts::table).values(act.clone()).execute(conn).map(drop)
}

/// The meetings of a matter's groups, the newest first.
pub fn meetings_of(conn: &mut Conn, matter: MatterId) -> QueryResult<Vec<Meeting>> {
    work_group_meetings::table
        .filter(work_group_meetings::matter_id.eq(matter))
        .order(work_group_meetings::id.desc())
        .load(conn)
}

/// The meeting that this form made already.
pub fn meeting_of_submission(conn: &mut Conn, matter: MatterId, key: &str) -> QueryResult<Option<MeetingId>> {
    work_group_meetings::table
        .filter(work_group_meetings::matter_id.eq(matter).and(work_group_meetings::submission.eq(key)))
        .select(work_group_meetings::id)
        .first(conn)
        .optional()
}

pub fn insert_meeting(conn: &mut Conn, meeting: &Meeting) -> QueryResult<()> {
    diesel::insert_into(work_group_meetings::table).values(meeting.clone()).execute(conn).map(drop)
}
