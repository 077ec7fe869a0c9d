//! Who is likely known already, and what this is likely a further contact on.

use super::cards::{MOST_MATTERS, cards};
use crate::db::Conn;
use crate::error::Problem;
use crate::intake::forms::IntakeForm;
use crate::intake::types::{Double, MatterCard, PersonCard};
use crate::matters::actions::register::{About, Registration, Who};
use crate::matters::{self, MatterId};
use crate::people::Act;
use crate::petitioners::rules::Ground;
use crate::petitioners::types::PetitionerKind;
use crate::petitioners::{self, Match, PetitionerId};
use chrono::NaiveDate;

/// People who are likely known already, and matters that this is likely a further contact on; shown before saving,
/// never in the way.
pub fn doubles(
    conn: &mut Conn,
    act: &Act,
    form: &IntakeForm,
    entered: &Registration,
) -> Result<Vec<Double>, Problem> {
    let about: Vec<MatterId> = same_case(conn, act, entered)?;
    let new = matches!(entered.about, About::New(_));
    let told_apart = form.told_apart();
    let rows = (0..form.person_rows()).filter(|row| !form.person(*row).is_blank());
    let mut doubles = Vec::new();
    for (row, person) in rows.zip(&entered.people) {
        let apart: Vec<PetitionerId> =
            told_apart.iter().filter(|(at, _)| *at == row).map(|(_, person)| *person).collect();
        let found: Vec<(Match, bool)> = match &person.who {
            Who::Known(_) if !new => Vec::new(),
            Who::Known(id) => {
                let petitioner = petitioners::store::find(conn, &act.by.scope, *id)?;
                vec![(Match { petitioner, grounds: Vec::new(), score: 0, found_as: None }, true)]
            }
            Who::New(details) if details.kind == PetitionerKind::Anonymous => Vec::new(),
            Who::New(details) => {
                let found = petitioners::likely_same(conn, &act.by.scope, &act.keys, details, &apart)?;
                found.into_iter().map(|found| (found, false)).collect()
            }
        };
        let people = found.iter().map(|(found, _)| (found.petitioner.clone(), found.reason())).collect();
        for (card, (found, known)) in cards(conn, act, people)?.into_iter().zip(found) {
            doubles.extend(double(row, card, &found, known, &about, act.now.today()));
        }
    }
    Ok(doubles)
}

/// Whether it is one: a record that is surely the same person, or somebody whose matter is about the same case, or who
/// was here today.
fn double(
    row: usize,
    mut card: PersonCard,
    found: &Match,
    known: bool,
    same_case: &[MatterId],
    today: NaiveDate,
) -> Option<Double> {
    let telling =
        |matter: &MatterCard| same_case.contains(&matter.id) || matter.last_contact.today() == today;
    let any = card.matters.iter().any(telling);
    let alike = !known && found.score >= Ground::Phone.score();
    if !any && !alike {
        return None;
    }
    if known {
        card.matters.retain(telling);
    }
    if !card.matters.is_empty() && any && !alike {
        let why = if card.matters.iter().any(|matter| same_case.contains(&matter.id)) {
            "有同一案号的事项"
        } else {
            "今天已经登记过"
        };
        card.reason =
            if card.reason.is_empty() { why.to_owned() } else { format!("{}，{why}", card.reason) };
    }
    Some(Double { row, known, person: card })
}

fn same_case(conn: &mut Conn, act: &Act, entered: &Registration) -> Result<Vec<MatterId>, Problem> {
    let About::New(new) = &entered.about else { return Ok(Vec::new()) };
    let mut ids = Vec::new();
    for case in &new.cases {
        let found = matters::store::about_case(conn, &act.by.scope, &case.number, MOST_MATTERS)?;
        ids.extend(found.into_iter().map(|matter| matter.id));
    }
    Ok(ids)
}

/// What the clerk has seen of these, to be sent along with the form.
pub fn seen(doubles: &[Double]) -> String {
    let mut ids: Vec<String> =
        doubles.iter().map(|double| format!("{}:{}", double.row, double.person.id)).collect();
    ids.sort();
    ids.join(" ")
}

/// Whether each of these was shown before.
pub fn all_seen(doubles: &[Double], seen: &str) -> bool {
    let seen: Vec<&str> = seen.split(' ').collect();
    doubles.iter().all(|double| seen.contains(&format!("{}:{}", double.row, double.person.id).as_str()))
}
