//! Somebody whose matter goes up to another court of the installation.

use super::trail_of;
use crate::audit::{self, Subject};
use crate::db::Conn;
use crate::error::Problem;
use crate::people::{Act, CourtId};
use crate::petitioners::store;
use crate::petitioners::types::{Key, Petitioner, PetitionerId};

/// This petitioner as `court` knows them: the record it has under the same document, else a copy of this one with
/// everything they are found by. A step within what brings the matter there; whoever may do that may do this.
///
/// # Errors
///
/// When it can't be read or written.
pub fn known_to(
    conn: &mut Conn,
    act: &Act,
    court: CourtId,
    id: PetitionerId,
) -> Result<PetitionerId, Problem> {
    let known = store::load(conn, id)?;
    let known = store::load(conn, known.survivor())?;
    if known.court_id == court {
        return Ok(known.id);
    }
    let keys = store::keys_of(conn, known.id)?;
    if let Some(there) = store::with_document(conn, court, &keys)? {
        return Ok(there);
    }
    let (by, at) = (act.by.staff_id, act.now.utc());
    let copy = Petitioner {
        id: PetitionerId::new(act.now),
        court_id: court,
        version: 0,
        created_at: at,
        created_by: by,
        updated_at: at,
        ..known
    };
    let own =
        |key: Key| Key { petitioner_id: copy.id, court_id: court, recorded_at: at, recorded_by: by, ..key };
    store::insert(conn, &copy)?;
    store::add_keys(conn, &keys.into_iter().map(own).collect::<Vec<_>>())?;
    audit::record(conn, act, "petitioner.saved", Subject::Petitioner(copy.id.0), &trail_of(&copy))?;
    Ok(copy.id)
}
