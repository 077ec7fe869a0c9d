//! Who stands where: leaders, heads, petition officers, and who supervises what.

use crate::db::Conn;
use crate::people::permissions::Permission;
use crate::people::types::{CourtId, DivisionId, DivisionKind, Post, Role, Staff, StaffId};
use crate::schema::{divisions, portfolios, staff, staff_roles};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::HashSet;

/// The posts of the court's leading group, the highest first.
const LEADERS: [Post; 4] =
    [Post::President, Post::ExecutiveVicePresident, Post::VicePresident, Post::CommitteeMemberFullTime];

/// By post, then by rank within it, then by who came first.
fn by_rank(mut people: Vec<Staff>) -> Vec<Staff> {
    people.sort_by_key(|one| (one.post, one.rank, one.id));
    people
}

/// The court's active leaders (院领导), by post and rank.
pub fn leaders(conn: &mut Conn, court: CourtId) -> QueryResult<Vec<Staff>> {
    staff::table
        .filter(staff::court_id.eq(court).and(staff::active.eq(true)))
        .filter(staff::post.eq_any(LEADERS))
        .load(conn)
        .map(by_rank)
}

/// Everyone active in the court, by post and rank.
pub fn staff_in_court(conn: &mut Conn, court: CourtId) -> QueryResult<Vec<Staff>> {
    staff::table.filter(staff::court_id.eq(court).and(staff::active.eq(true))).load(conn).map(by_rank)
}

/// The active petition officers (信访专干), by post and rank.
pub fn petition_officers(conn: &mut Conn, court: CourtId) -> QueryResult<Vec<Staff>> {
    with_role(conn, court, Role::PetitionOfficer)
}

/// The active staff with this role, by post and rank.
pub fn with_role(conn: &mut Conn, court: CourtId, role: Role) -> QueryResult<Vec<Staff>> {
    let holders = staff_roles::table.filter(staff_roles::role.eq(role)).select(staff_roles::staff_id);
    staff::table
        .filter(staff::court_id.eq(court).and(staff::active.eq(true)))
        .filter(staff::id.eq_any(holders))
        .load(conn)
        .map(by_rank)
}

/// The active staff whom one of their roles allows this, in no order.
pub fn who_may(conn: &mut Conn, court: CourtId, permission: Permission) -> QueryResult<HashSet<StaffId>> {
    let roles = Role::ALL.iter().copied().filter(|role| role.permissions().contains(&permission));
    let active = staff::table.filter(staff::court_id.eq(court).and(staff::active.eq(true))).select(staff::id);
    let holders: Vec<StaffId> = staff_roles::table
        .filter(staff_roles::role.eq_any(roles.collect::<Vec<_>>()))
        .filter(staff_roles::staff_id.eq_any(active))
        .select(staff_roles::staff_id)
        .load(conn)?;
    Ok(holders.into_iter().collect())
}

/// The head (庭长) of the court's division of this kind, or who stands in: its deputy head. Active only.
pub fn head_of(conn: &mut Conn, court: CourtId, kind: DivisionKind) -> QueryResult<Option<Staff>> {
    let of_kind = divisions::table
        .filter(divisions::court_id.eq(court).and(divisions::active.eq(true)))
        .filter(divisions::kind.eq(kind))
        .select(divisions::id.nullable());
    heads(conn, court, |query| query.filter(staff::division_id.eq_any(of_kind)))
}

/// The head (庭长) of this division, or who stands in: its deputy head. Active only.
pub fn head_of_division(conn: &mut Conn, court: CourtId, division: DivisionId) -> QueryResult<Option<Staff>> {
    heads(conn, court, |query| query.filter(staff::division_id.eq(division)))
}

fn heads<'a>(
    conn: &mut Conn,
    court: CourtId,
    narrow: impl FnOnce(BoxedStaff<'a>) -> BoxedStaff<'a>,
) -> QueryResult<Option<Staff>> {
    let query = staff::table
        .filter(staff::court_id.eq(court).and(staff::active.eq(true)))
        .filter(staff::post.eq_any([Post::DivisionHead, Post::DeputyDivisionHead]))
        .into_boxed();
    narrow(query).load(conn).map(|people| by_rank(people).into_iter().next())
}

type BoxedStaff<'a> = diesel::helper_types::IntoBoxed<'a, staff::table, <Conn as Connection>::Backend>;

/// Who supervises (主管领导) matters of this division on this day: the leader whose portfolio holds it, else the one in
/// charge of petitions, else the executive vice president, else the other vice presidents by rank, else the president;
/// nobody of those who must keep `away`. Active only; none where nobody is left.
pub fn supervising_leader(
    conn: &mut Conn,
    court: CourtId,
    division: Option<DivisionId>,
    today: NaiveDate,
    away: &[StaffId],
) -> QueryResult<Option<StaffId>> {
    let mut leaders = leaders(conn, court)?;
    leaders.retain(|leader| !away.contains(&leader.id));
    let held: Vec<(StaffId, Option<DivisionId>)> = portfolios::table
        .filter(portfolios::court_id.eq(court).and(portfolios::from_on.le(today)))
        .filter(portfolios::to_on.is_null().or(portfolios::to_on.ge(today)))
        .select((portfolios::staff_id, portfolios::division_id))
        .load(conn)?;
    let over = |wanted: Option<DivisionId>| {
        leaders.iter().find(|leader| held.contains(&(leader.id, wanted))).map(|leader| leader.id)
    };
    let with_post = |post| leaders.iter().find(|leader| leader.post == post).map(|leader| leader.id);
    Ok(division
        .and_then(|division| over(Some(division)))
        .or_else(|| over(None))
        .or_else(|| with_post(Post::ExecutiveVicePresident))
        .or_else(|| with_post(Post::VicePresident))
        .or_else(|| with_post(Post::President)))
}

/// Who is over what on this day: a division, or, for `None`, the court's petition work.
pub fn portfolios_in_force(
    conn: &mut Conn,
    court: CourtId,
    today: NaiveDate,
) -> QueryResult<Vec<(StaffId, Option<DivisionId>)>> {
    portfolios::table
        .filter(portfolios::court_id.eq(court).and(portfolios::from_on.le(today)))
        .filter(portfolios::to_on.is_null().or(portfolios::to_on.ge(today)))
        .order(portfolios::id)
        .select((portfolios::staff_id, portfolios::division_id))
        .load(conn)
}

/// Who heads this division, then who stands in: heads before deputy heads. Active only.
pub fn heads_of_division(conn: &mut Conn, court: CourtId, division: DivisionId) -> QueryResult<Vec<Staff>> {
    staff::table
        .filter(staff::court_id.eq(court).and(staff::active.eq(true)))
        .filter(staff::post.eq_any([Post::DivisionHead, Post::DeputyDivisionHead]))
        .filter(staff::division_id.eq(division))
        .load(conn)
        .map(by_rank)
}

/// Who heads the court's divisions of this kind, heads before deputy heads. Active only.
pub fn heads_of(conn: &mut Conn, court: CourtId, kind: DivisionKind) -> QueryResult<Vec<Staff>> {
    let of_kind = divisions::table
        .filter(divisions::court_id.eq(court).and(divisions::active.eq(true)))
        .filter(divisions::kind.eq(kind))
        .select(divisions::id.nullable());
    staff::table
        .filter(staff::court_id.eq(court).and(staff::active.eq(true)))
        .filter(staff::post.eq_any([Post::DivisionHead, Post::DeputyDivisionHead]))
        .filter(staff::division_id.eq_any(of_kind))
        .load(conn)
        .map(by_rank)
}
