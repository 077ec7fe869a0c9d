//! Staff, their roles and their portfolios.

use crate::db::Conn;
use crate::people::types::{CourtId, Portfolio, PortfolioId, Role, Staff, StaffFilter, StaffId};
use crate::schema::{accounts, portfolios, staff, staff_roles};
use chrono::NaiveDate;
use diesel::prelude::*;

pub fn staff(conn: &mut Conn, court: CourtId, id: StaffId) -> QueryResult<Staff> {
    staff::table.find(id).filter(staff::court_id.eq(court)).first(conn)
}

/// Somebody of any court, for the command line and for sessions, which know the court only from the person.
pub fn staff_of_any_court(conn: &mut Conn, id: StaffId) -> QueryResult<Staff> {
    staff::table.find(id).first(conn)
}

/// Whether there is anyone at all yet.
pub fn any_staff(conn: &mut Conn) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(staff::table.select(staff::id))).get_result(conn)
}

pub fn insert_staff(conn: &mut Conn, new: &Staff) -> QueryResult<()> {
    diesel::insert_into(staff::table).values(new).execute(conn).map(|_| ())
}

/// Saves someone who is still at `one.version` and counts the version on. Says whether it was.
pub fn save_staff(conn: &mut Conn, one: &Staff) -> QueryResult<bool> {
    let changed = diesel::update(
        staff::table
            .find(one.id)
            .filter(staff::court_id.eq(one.court_id))
            .filter(staff::version.eq(one.version)),
    )
    .set((
        staff::division_id.eq(one.division_id),
        staff::name.eq(&one.name),
        staff::post.eq(one.post),
        staff::rank.eq(one.rank),
        staff::mail.eq(&one.mail),
        staff::mail_confirmed_at.eq(one.mail_confirmed_at),
        staff::telephone.eq(&one.telephone),
        staff::active.eq(one.active),
        staff::version.eq(one.version + 1),
    ))
    .execute(conn)?;
    Ok(changed == 1)
}

/// The court's staff with their user names, in the order they were entered, those after `after`, at most `limit`.
pub fn staff_page(
    conn: &mut Conn,
    court: CourtId,
    filter: &StaffFilter,
    after: Option<StaffId>,
    limit: i64,
) -> QueryResult<Vec<(Staff, Option<String>)>> {
    let mut query = staff::table
        .left_join(accounts::table.on(accounts::staff_id.eq(staff::id)))
        .filter(staff::court_id.eq(court))
        .into_boxed();
    if !filter.text.is_empty() {
        let like = format!("%{}%", escaped(&filter.text));
        query = query.filter(
            staff::name.like(like.clone()).escape('\\').or(accounts::user_name
                .nullable()
                .like(like)
                .escape('\\')
                .assume_not_null()),
        );
    }
    if let Some(division) = filter.division_id {
        query = query.filter(staff::division_id.eq(division));
    }
    if let Some(active) = filter.active {
        query = query.filter(staff::active.eq(active));
    }
    if let Some(after) = after {
        query = query.filter(staff::id.gt(after));
    }
    query
        .order(staff::id)
        .limit(limit)
        .select((staff::all_columns, accounts::user_name.nullable()))
        .load(conn)
}

/// `%`, `_` and `\` stand for themselves in a LIKE that escapes with `\`.
fn escaped(text: &str) -> String {
    text.chars().flat_map(|c| matches!(c, '%' | '_' | '\\').then_some('\\').into_iter().chain([c])).collect()
}

pub fn roles_of(conn: &mut Conn, id: StaffId) -> QueryResult<Vec<Role>> {
    let mut roles: Vec<Role> =
        staff_roles::table.filter(staff_roles::staff_id.eq(id)).select(staff_roles::role).load(conn)?;
    roles.sort();
    Ok(roles)
}

/// Who has which roles in the court, in no order.
pub fn roles_in_court(conn: &mut Conn, court: CourtId) -> QueryResult<Vec<(StaffId, Role)>> {
    let people = staff::table.filter(staff::court_id.eq(court)).select(staff::id);
    staff_roles::table
        .filter(staff_roles::staff_id.eq_any(people))
        .select((staff_roles::staff_id, staff_roles::role))
        .load(conn)
}

/// Gives somebody these roles and no others.
pub fn set_roles(conn: &mut Conn, id: StaffId, roles: &[Role]) -> QueryResult<()> {
    diesel::delete(staff_roles::table.filter(staff_roles::staff_id.eq(id))).execute(conn)?;
    for role in roles {
        diesel::insert_into(staff_roles::table)
            .values((staff_roles::staff_id.eq(id), staff_roles::role.eq(*role)))
            .execute(conn)?;
    }
    Ok(())
}

/// How many active staff of the court besides this one have the role.
pub fn others_with_role(conn: &mut Conn, court: CourtId, role: Role, but: StaffId) -> QueryResult<i64> {
    let holders = staff_roles::table.filter(staff_roles::role.eq(role)).select(staff_roles::staff_id);
    staff::table
        .filter(staff::court_id.eq(court).and(staff::active.eq(true)).and(staff::id.ne(but)))
        .filter(staff::id.eq_any(holders))
        .count()
        .get_result(conn)
}

/// The court's portfolio entries, the newest first, past and future ones as well.
pub fn portfolios_in_court(conn: &mut Conn, court: CourtId) -> QueryResult<Vec<Portfolio>> {
    portfolios::table
        .filter(portfolios::court_id.eq(court))
        .order((portfolios::from_on.desc(), portfolios::id.desc()))
        .load(conn)
}

/// What somebody is over on this day.
pub fn portfolios_on(conn: &mut Conn, id: StaffId, day: NaiveDate) -> QueryResult<Vec<Portfolio>> {
    portfolios::table
        .filter(portfolios::staff_id.eq(id).and(portfolios::from_on.le(day)))
        .filter(portfolios::to_on.is_null().or(portfolios::to_on.ge(day)))
        .order(portfolios::id)
        .load(conn)
}

pub fn portfolio(conn: &mut Conn, court: CourtId, id: PortfolioId) -> QueryResult<Portfolio> {
    portfolios::table.find(id).filter(portfolios::court_id.eq(court)).first(conn)
}

pub fn insert_portfolio(conn: &mut Conn, new: &Portfolio) -> QueryResult<()> {
    diesel::insert_into(portfolios::table).values(new).execute(conn).map(|_| ())
}

/// Sets the last day of a portfolio entry.
pub fn end_portfolio(conn: &mut Conn, id: PortfolioId, to_on: NaiveDate) -> QueryResult<()> {
    diesel::update(portfolios::table.find(id)).set(portfolios::to_on.eq(to_on)).execute(conn).map(|_| ())
}

/// Takes out a portfolio entry that has not begun.
pub fn delete_portfolio(conn: &mut Conn, id: PortfolioId) -> QueryResult<()> {
    diesel::delete(portfolios::table.find(id)).execute(conn).map(|_| ())
}

/// The names of these people, also of those who have left.
pub fn names_of(conn: &mut Conn, ids: &[StaffId]) -> QueryResult<std::collections::HashMap<StaffId, String>> {
    if ids.is_empty() {
        return Ok(std::collections::HashMap::new());
    }
    let rows: Vec<(StaffId, String)> =
        staff::table.filter(staff::id.eq_any(ids.to_vec())).select((staff::id, staff::name)).load(conn)?;
    Ok(rows.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_stand_for_themselves() {
        assert_eq!(escaped("张_三%\\"), "张\\_三\\%\\\\");
    }
}
