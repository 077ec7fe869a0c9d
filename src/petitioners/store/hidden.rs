//! Whom a complaint hides together with itself (promise 9).

use super::load_all;
use crate::db::Conn;
use crate::matters;
use crate::people::StaffId;
use crate::petitioners::types::{Petitioner, PetitionerId};
use crate::schema::{matter_petitioners, petitioners};
use diesel::prelude::*;

/// Everybody who came to this court with complaints about this member of staff, and with nothing else: their name alone
/// would say that there is one.
///
/// # Errors
///
/// That the database cannot be read.
pub fn hidden_from(conn: &mut Conn, staff: StaffId) -> QueryResult<Vec<PetitionerId>> {
    let barred: Vec<i64> =
        matters::complaints_about(conn, staff)?.into_iter().map(|matter| matter.0).collect();
    if barred.is_empty() {
        return Ok(Vec::new());
    }
    let came: Vec<PetitionerId> = matter_petitioners::table
        .filter(matter_petitioners::matter_id.eq_any(&barred))
        .select(matter_petitioners::petitioner_id)
        .load(conn)?;
    let survivors: Vec<PetitionerId> = load_all(conn, &came)?.iter().map(Petitioner::survivor).collect();
    let group: Vec<(PetitionerId, Option<PetitionerId>)> = petitioners::table
        .filter(petitioners::id.eq_any(&survivors).or(petitioners::merged_into.eq_any(&survivors)))
        .select((petitioners::id, petitioners::merged_into))
        .load(conn)?;
    let members: Vec<PetitionerId> = group.iter().map(|(id, _)| *id).collect();
    let otherwise: Vec<PetitionerId> = matter_petitioners::table
        .filter(matter_petitioners::petitioner_id.eq_any(members))
        .filter(matter_petitioners::matter_id.ne_all(barred))
        .select(matter_petitioners::petitioner_id)
        .distinct()
        .load(conn)?;
    let stands_for = |(id, into): &(PetitionerId, Option<PetitionerId>)| into.unwrap_or(*id);
    let known: Vec<PetitionerId> =
        group.iter().filter(|(id, _)| otherwise.contains(id)).map(stands_for).collect();
    Ok(group.iter().filter(|one| !known.contains(&stands_for(one))).map(|(id, _)| *id).collect())
}
