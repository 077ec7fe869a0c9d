//! Keeps a filter, names it anew, drops it.

use super::rules::{self, Known};
use super::store;
use super::types::{Register, SavedFilter, SavedFilterId};
use crate::audit::{self, Subject};
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::forms::{ContactQuery, MatterQuery};
use crate::matters::store::categories;
use crate::people::{self, Act, Permission};
use crate::web::listing::in_address;
use serde::de::DeserializeOwned;

/// Keeps the filters of a register under a name. `typed` is what stood in the address; only codes, ids and days that the
/// court knows are kept of it.
///
/// # Errors
///
/// `Forbidden`; `Refused` as [`rules::Refusal`] says.
pub fn save(
    conn: &mut Conn,
    act: &Act,
    register: Register,
    (name, typed): (&str, &str),
) -> Result<SavedFilter, Problem> {
    act.require(Permission::ViewMatters)?;
    let owner = act.by.person()?;
    let query = match register {
        Register::Matters => {
            let known = known(conn, act)?;
            in_address("", &rules::kept_of_matters(&read::<MatterQuery>(typed)?, &known)?)
        }
        Register::Contacts => in_address("", &rules::kept_of_contacts(&read::<ContactQuery>(typed)?)?),
    };
    let kept = store::of(conn, owner)?;
    let names: Vec<&str> = kept.iter().map(|one| one.name.as_str()).collect();
    rules::may_add(&names, name)?;
    let filter = SavedFilter {
        id: SavedFilterId::new(act.now),
        staff_id: owner,
        register,
        name: name.to_owned(),
        query: query.trim_start_matches('?').to_owned(),
        saved_at: act.now.utc(),
    };
    store::insert(conn, &filter)?;
    audit::record(conn, act, "filter.saved", Subject::Staff(owner.0), &[("register", register.code())])?;
    Ok(filter)
}

fn read<T: DeserializeOwned>(typed: &str) -> Result<T, Problem> {
    serde_html_form::from_str(typed).map_err(|_error| rules::Refusal::Nothing.into())
}

fn known(conn: &mut Conn, act: &Act) -> Result<Known, Problem> {
    Ok(Known {
        categories: categories(conn)?.into_iter().map(|one| one.code).collect(),
        divisions: people::division_list(conn, act.by.court()?)?
            .into_iter()
            .map(|one| one.id.to_string())
            .collect(),
    })
}

/// Gives one's filter another name.
///
/// # Errors
///
/// `NotFound` for another's; `Refused` for a name that one uses already.
pub fn rename(conn: &mut Conn, act: &Act, id: SavedFilterId, name: &str) -> Result<(), Problem> {
    let owner = act.by.person()?;
    let filter = store::find(conn, owner, id)?;
    if filter.name == name {
        return Ok(());
    }
    if store::of(conn, owner)?.iter().any(|one| one.name == name) {
        return Err(rules::Refusal::NameTaken.into());
    }
    store::rename(conn, id, name)?;
    audit::record(conn, act, "filter.renamed", Subject::Staff(owner.0), &[])
}

/// Drops one's filter.
///
/// # Errors
///
/// `NotFound` for another's.
pub fn delete(conn: &mut Conn, act: &Act, id: SavedFilterId) -> Result<(), Problem> {
    let owner = act.by.person()?;
    let filter = store::find(conn, owner, id)?;
    store::delete(conn, filter.id)?;
    audit::record(conn, act, "filter.deleted", Subject::Staff(owner.0), &[])
}
