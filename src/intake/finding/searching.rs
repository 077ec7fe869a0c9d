//! What was typed into the one box.

use super::cards::{cards, matter_cards};
use crate::db::Conn;
use crate::error::Problem;
use crate::intake::types::{Carried, Found};
use crate::matters::{self, MatterId};
use crate::people::Act;
use crate::petitioners::{self, Petitioner, Typed};
use crate::text::{is_han, tidy};

/// Everybody and everything that may be meant by what was typed into the one box.
pub fn find(conn: &mut Conn, act: &Act, text: &str) -> Result<Found, Problem> {
    let today = act.now.today();
    let scope = &act.by.scope;
    let typed = Typed::read(text, today);
    let number = matter_number(text);
    let looked = number.is_some() || !typed.is_empty();
    let mut found = Found { looked, carried: carried(text, &typed), ..Found::default() };
    if let Some(card) = &typed.card {
        found.conflicts.clone_from(&card.conflicts);
        found.conflicts.extend(card.document.as_ref().err().map(ToString::to_string));
    }
    if !found.looked {
        return Ok(found);
    }
    let matches = petitioners::find_matches(conn, scope, &act.keys, &typed)?;
    let people: Vec<(Petitioner, String)> =
        matches.into_iter().map(|found| (found.petitioner.clone(), found.reason())).collect();
    found.people = cards(conn, act, people)?;
    let mut direct = Vec::new();
    for number in &typed.cases {
        direct.extend(matters::store::about_case(conn, scope, number, 20)?);
    }
    if let Some(number) = number {
        direct.extend(optional(matters::store::find_by_number(conn, scope, &number))?);
    }
    let shown: Vec<MatterId> =
        found.people.iter().flat_map(|person| &person.matters).map(|matter| matter.id).collect();
    direct.retain(|matter| !shown.contains(&matter.id));
    found.matters = matter_cards(conn, &direct)?;
    Ok(found)
}

fn optional<T>(read: diesel::QueryResult<T>) -> Result<Option<T>, Problem> {
    match read {
        Ok(value) => Ok(Some(value)),
        Err(diesel::result::Error::NotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// A matter's own number, with the brackets it is kept with.
fn matter_number(text: &str) -> Option<String> {
    let text: String = crate::text::squeeze(text);
    let number: String = text
        .chars()
        .map(|c| match c {
            '(' | '[' | '（' | '【' => '〔',
            ')' | ']' | '）' | '】' => '〕',
            other => other,
        })
        .collect();
    (number.contains('〔') && number.chars().count() <= 40).then_some(number)
}

/// What goes along into the form for somebody new.
fn carried(text: &str, typed: &Typed) -> Carried {
    if let Some(card) = &typed.card {
        return Carried {
            name: card.name.clone().unwrap_or_default(),
            doc_type: card.kind.code().to_owned(),
            doc_number: card.number.clone(),
            sex: card.sex.map_or_else(String::new, |sex| sex.code().to_owned()),
            birth: card.birth.map_or_else(String::new, |birth| birth.to_string()),
            address: card.address.clone().unwrap_or_default(),
            ..Carried::default()
        };
    }
    let mut carried = Carried::default();
    if let Some(number) = typed.cases.first() {
        carried.case_number.clone_from(number);
    } else if !typed.phones.is_empty() {
        carried.phone = tidy(text);
    } else if typed.documents.iter().any(|number| number.chars().count() >= 8) {
        carried.doc_number = tidy(text);
    } else if typed.name.is_some() && text.chars().any(is_han) {
        carried.name = tidy(text);
    }
    carried
}
