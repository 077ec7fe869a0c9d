//! Those who came, and the names that lists show of them.

use super::{Person, Who};
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::rules;
use crate::matters::types::{Part, Participant};
use crate::people::{Act, CourtId};
use crate::petitioners;

/// Those who came, each with a record: new ones get theirs here.
pub(super) fn participants(
    conn: &mut Conn,
    act: &Act,
    court: CourtId,
    people: &[Person],
) -> Result<(Vec<Participant>, Vec<String>), Problem> {
    let mut came = Vec::with_capacity(people.len());
    let mut names = Vec::with_capacity(people.len());
    for person in people {
        let petitioner_id = match &person.who {
            Who::New(details) => {
                names.push(if details.confidential {
                    petitioners::types::mask_name(&details.name)
                } else {
                    details.name.clone()
                });
                petitioners::actions::save_new_in(conn, act, court, details)?
            }
            Who::Known(id) => {
                let known = petitioners::store::find(conn, &act.by.scope, *id)?;
                if known.court_id != court {
                    return Err(Problem::NotFound);
                }
                let survivor = petitioners::store::load(conn, known.survivor())?;
                names.push(survivor.name_shown());
                survivor.id
            }
        };
        came.push(Participant { petitioner_id, part: person.part, relation: person.relation.clone() });
    }
    Ok((came, names))
}

/// The names to be shown in lists: those who came, before those who act for them.
pub(super) fn line(people: &[Person], names: &[String], count: i64) -> String {
    let came = people.iter().zip(names).filter(|(p, _)| !matches!(p.part, Part::Agent | Part::Lawyer));
    let shown: Vec<&str> = came.map(|(_, name)| name.as_str()).collect();
    rules::petitioner_line(&shown, count)
}

pub(super) fn is_anonymous(who: &Who) -> bool {
    match who {
        Who::New(details) => details.kind == petitioners::types::PetitionerKind::Anonymous,
        Who::Known(_) => false,
    }
}
