//! People and matters as the counter shows them.

use crate::db::Conn;
use crate::error::Problem;
use crate::intake::forms::IntakeForm;
use crate::intake::store;
use crate::intake::types::{MatterCard, PersonCard};
use crate::matters::{self, Matter, MatterId};
use crate::people::{Act, StaffId};
use crate::petitioners::types::PetitionerKind;
use crate::petitioners::{self, Petitioner, PetitionerId};
use crate::time::Moment;
use chrono::NaiveDate;
use std::collections::HashMap;

/// Matters that are read for all the people on one page.
pub(super) const MOST_MATTERS: i64 = 200;
/// Matters that are shown of one person.
const MOST_OF_ONE: usize = 8;

/// People with their matters, in a fixed number of queries.
pub(super) fn cards(
    conn: &mut Conn,
    act: &Act,
    people: Vec<(Petitioner, String)>,
) -> Result<Vec<PersonCard>, Problem> {
    let ids: Vec<PetitionerId> = people.iter().map(|(person, _)| person.id).collect();
    let mut theirs = matters_by_person(conn, act, &ids)?;
    let today = act.now.today();
    Ok(people
        .into_iter()
        .map(|(person, reason)| {
            let matters = theirs.remove(&person.id).unwrap_or_default();
            person_card(&person, reason, matters, today)
        })
        .collect())
}

/// A person's card.
pub fn person_card(
    person: &Petitioner,
    reason: String,
    matters: Vec<MatterCard>,
    today: NaiveDate,
) -> PersonCard {
    let mut particulars = Vec::new();
    particulars.extend(person.sex.map(|sex| sex.label().to_owned()));
    particulars.extend(person.age(today).map(|age| format!("{age} 岁")));
    particulars.extend(person.document_shown(false));
    particulars.extend(person.phone_masked.clone());
    if person.kind == PetitionerKind::Organisation {
        particulars.insert(0, person.kind.label().to_owned());
    }
    PersonCard {
        id: person.id,
        name: person.name_shown(),
        particulars,
        cares: person.cares(today),
        reason,
        matters,
    }
}

fn matters_by_person(
    conn: &mut Conn,
    act: &Act,
    survivors: &[PetitionerId],
) -> Result<HashMap<PetitionerId, Vec<MatterCard>>, Problem> {
    if survivors.is_empty() {
        return Ok(HashMap::new());
    }
    let merged: HashMap<PetitionerId, PetitionerId> = store::merged_into(conn, survivors)?
        .into_iter()
        .filter_map(|(id, survivor)| Some((id, survivor?)))
        .collect();
    let mut all: Vec<PetitionerId> = survivors.to_vec();
    all.extend(merged.keys());
    let parts = store::parts_of(conn, &all, MOST_MATTERS)?;
    let ids: Vec<MatterId> = parts.iter().map(|(_, matter)| *matter).collect();
    let visible = matters::store::find_all(conn, &act.by.scope, &ids)?;
    let cards: HashMap<MatterId, MatterCard> =
        matter_cards(conn, &visible)?.into_iter().map(|card| (card.id, card)).collect();
    let mut by_person: HashMap<PetitionerId, Vec<MatterCard>> = HashMap::new();
    for (person, matter) in parts {
        let person = merged.get(&person).copied().unwrap_or(person);
        let theirs = by_person.entry(person).or_default();
        if let Some(card) = cards.get(&matter)
            && theirs.len() < MOST_OF_ONE
            && !theirs.iter().any(|known| known.id == card.id)
        {
            theirs.push(card.clone());
        }
    }
    Ok(by_person)
}

/// Matters as the counter shows them, in the order given.
pub fn matter_cards(conn: &mut Conn, matters: &[Matter]) -> Result<Vec<MatterCard>, Problem> {
    let ids: Vec<StaffId> = matters.iter().map(|matter| matter.accountable_id).collect();
    let names: HashMap<StaffId, String> =
        store::staff_named(conn, &ids)?.into_iter().map(|(id, name, _, _)| (id, name)).collect();
    Ok(matters
        .iter()
        .map(|matter| MatterCard {
            id: matter.id,
            number: matter.number.clone(),
            petitioner_line: matter.petitioner_line.clone(),
            claim: matter.claim.clone(),
            stage: matter.stage,
            accountable: names.get(&matter.accountable_id).cloned().unwrap_or_default(),
            contact_count: matter.contact_count,
            last_contact: Moment::from_utc(matter.last_contact_at),
            next_due_on: matter.next_due_on,
        })
        .collect())
}

/// The people in rows of a form that stand for records, in the order of their ids as given.
pub fn known(conn: &mut Conn, act: &Act, form: &IntakeForm) -> Result<Vec<PersonCard>, Problem> {
    let ids = form.known_people();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let court = act.by.court()?;
    let found = petitioners::store::load_all(conn, &ids)?;
    let own = found.iter().filter(|person| person.court_id == court);
    Ok(own.map(|person| person_card(person, String::new(), Vec::new(), act.now.today())).collect())
}
