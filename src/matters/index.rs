//! What a matter is found by: its words, the names of who takes part, its own number and its cases'.

use super::store;
use super::types::Matter;
use crate::db::Conn;
use crate::error::Problem;
use crate::{petitioners, search};

/// Puts a matter into the search index under these names and numbers.
///
/// # Errors
///
/// When it can't be written.
pub fn index(conn: &mut Conn, matter: &Matter, names: &[&str], cases: &[&str]) -> Result<(), Problem> {
    let mut numbers: Vec<&str> = vec![&matter.number];
    numbers.extend(cases);
    let court = format!("court{}", matter.court_id);
    let document = search::Document {
        texts: &[&matter.claim, &matter.summary],
        names,
        numbers: &numbers,
        marks: &[&court],
    };
    search::put(conn, matter.id.0, &document)?;
    Ok(())
}

/// Puts a matter into the search index anew, as its people and cases stand now.
///
/// # Errors
///
/// When it can't be read or written.
pub fn reindex(conn: &mut Conn, matter: &Matter) -> Result<(), Problem> {
    let ids: Vec<_> = store::participants(conn, matter)?.into_iter().map(|one| one.petitioner_id).collect();
    let people = petitioners::store::load_all(conn, &ids)?;
    let names: Vec<String> = people.iter().map(petitioners::Petitioner::name_shown).collect();
    let cases: Vec<String> = store::cases_of(conn, matter)?.into_iter().map(|case| case.number).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let cases: Vec<&str> = cases.iter().map(String::as_str).collect();
    index(conn, matter, &names, &cases)
}
