//! Everything that the page of one petitioner shows, gathered in a bounded number of look-ups.

use super::matching::{Match, doubles};
use super::store;
use super::types::{Distinct, Key, Merge, Petitioner, PetitionerId};
use crate::crypto::Keys;
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::types::Contact;
use crate::matters::{self, Matter};
use crate::people::Scope;
use std::collections::HashMap;

/// Most matters and contacts that the page lists.
pub const MOST_LISTED: i64 = 50;

/// One petitioner with all that belongs to them, as far as the scope sees it.
#[derive(Clone, Debug)]
pub struct Profile {
    pub petitioner: Petitioner,
    /// The record that this one was merged into.
    pub survivor: Option<Petitioner>,
    /// Records that were merged into this one.
    pub merged: Vec<Petitioner>,
    pub history: Vec<Key>,
    pub merges: Vec<Merge>,
    /// Each with the other record, where it can be shown.
    pub distinct: Vec<(Distinct, Option<Petitioner>)>,
    /// Others that may be the same person.
    pub doubles: Vec<Match>,
    pub matters: Vec<Matter>,
    pub contacts: Vec<Contact>,
}

/// The profile of `id`.
///
/// # Errors
///
/// `NotFound` outside `scope`.
pub fn load(conn: &mut Conn, scope: &Scope, keys: &Keys, id: PetitionerId) -> Result<Profile, Problem> {
    let petitioner = store::find(conn, scope, id)?;
    let group = store::group_of(conn, id)?;
    let records: HashMap<PetitionerId, Petitioner> =
        store::load_all(conn, &group)?.into_iter().map(|record| (record.id, record)).collect();
    let said = store::distinct_from(conn, &group)?;
    let others: Vec<PetitionerId> =
        said.iter().flat_map(|pair| [pair.one_id, pair.other_id]).filter(|id| !group.contains(id)).collect();
    let others = store::load_all(conn, &others)?;
    let standing: Vec<PetitionerId> = others.iter().map(Petitioner::survivor).collect();
    let shown = store::visible(conn, scope, &standing, petitioner.court_id)?;
    let others: Vec<Petitioner> =
        others.into_iter().filter(|other| shown.contains(&other.survivor())).collect();
    let distinct = said
        .into_iter()
        .map(|pair| {
            let other = others.iter().find(|other| [pair.one_id, pair.other_id].contains(&other.id));
            (pair, other.cloned())
        })
        .collect();
    let matters = matters::store::of_petitioners(conn, scope, &group, MOST_LISTED)?;
    let ids: Vec<_> = matters.iter().map(|matter| matter.id).collect();
    let is_survivor = petitioner.merged_into.is_none();
    Ok(Profile {
        survivor: petitioner.merged_into.and_then(|id| records.get(&id).cloned()),
        merged: group
            .iter()
            .skip(1)
            .filter(|_| is_survivor)
            .filter_map(|id| records.get(id).cloned())
            .collect(),
        history: store::history(conn, &group)?,
        merges: store::merges(conn, &group)?,
        doubles: if is_survivor { doubles(conn, scope, keys, &petitioner)? } else { Vec::new() },
        contacts: store::contacts_in(conn, &group, &ids, MOST_LISTED)?,
        distinct,
        matters,
        petitioner,
    })
}
