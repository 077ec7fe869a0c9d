//! Courts and divisions.

use crate::db::Conn;
use crate::people::types::{Court, CourtId, Division, DivisionId};
use crate::schema::{courts, divisions};
use diesel::prelude::*;

/// Every court of the installation, in the order of their codes.
pub fn courts(conn: &mut Conn) -> QueryResult<Vec<Court>> {
    courts::table.order((courts::code, courts::id)).load(conn)
}

pub fn court(conn: &mut Conn, id: CourtId) -> QueryResult<Court> {
    courts::table.find(id).first(conn)
}

pub fn court_by_code(conn: &mut Conn, code: &str) -> QueryResult<Option<Court>> {
    courts::table.filter(courts::code.eq(code)).first(conn).optional()
}

pub fn insert_court(conn: &mut Conn, court: &Court) -> QueryResult<()> {
    diesel::insert_into(courts::table).values(court).execute(conn).map(|_| ())
}

/// Saves a court that is still at `court.version` and counts the version on. Says whether it was.
pub fn save_court(conn: &mut Conn, court: &Court) -> QueryResult<bool> {
    let changed = diesel::update(courts::table.find(court.id).filter(courts::version.eq(court.version)))
        .set((
            courts::code.eq(&court.code),
            courts::name.eq(&court.name),
            courts::short_name.eq(&court.short_name),
            courts::level.eq(court.level),
            courts::parent_id.eq(court.parent_id),
            courts::address.eq(&court.address),
            courts::window_name.eq(&court.window_name),
            courts::telephone.eq(&court.telephone),
            courts::number_pattern.eq(&court.number_pattern),
            courts::tier_preset.eq(court.tier_preset),
            courts::version.eq(court.version + 1),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// The divisions in use, in the court's order.
pub fn division_list(conn: &mut Conn, court: CourtId) -> QueryResult<Vec<Division>> {
    divisions::table
        .filter(divisions::court_id.eq(court).and(divisions::active.eq(true)))
        .order((divisions::position, divisions::id))
        .load(conn)
}

/// All divisions, those no longer in use as well, in the court's order.
pub fn every_division(conn: &mut Conn, court: CourtId) -> QueryResult<Vec<Division>> {
    divisions::table
        .filter(divisions::court_id.eq(court))
        .order((divisions::position, divisions::id))
        .load(conn)
}

pub fn division(conn: &mut Conn, court: CourtId, id: DivisionId) -> QueryResult<Division> {
    divisions::table.find(id).filter(divisions::court_id.eq(court)).first(conn)
}

pub fn division_named(conn: &mut Conn, court: CourtId, name: &str) -> QueryResult<Option<Division>> {
    divisions::table
        .filter(divisions::court_id.eq(court).and(divisions::name.eq(name)))
        .first(conn)
        .optional()
}

pub fn insert_division(conn: &mut Conn, division: &Division) -> QueryResult<()> {
    diesel::insert_into(divisions::table).values(division).execute(conn).map(|_| ())
}

/// Saves a division that is still at `division.version` and counts the version on. Says whether it was.
pub fn save_division(conn: &mut Conn, division: &Division) -> QueryResult<bool> {
    let changed = diesel::update(
        divisions::table
            .find(division.id)
            .filter(divisions::court_id.eq(division.court_id))
            .filter(divisions::version.eq(division.version)),
    )
    .set((
        divisions::name.eq(&division.name),
        divisions::kind.eq(division.kind),
        divisions::telephone.eq(&division.telephone),
        divisions::position.eq(division.position),
        divisions::active.eq(division.active),
        divisions::version.eq(division.version + 1),
    ))
    .execute(conn)?;
    Ok(changed == 1)
}
