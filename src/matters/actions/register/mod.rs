//! Registers a visitor, a letter, a call (登记): on a new matter, or as a further contact about one that is known.

pub mod answerable;
mod contact;
mod entered;
mod new_matter;
mod people;

pub use entered::{About, Heard, NewMatter, Person, Registration, TypedCase, Who};
pub use new_matter::query_code;

use crate::db::Conn;
use crate::error::Problem;
use crate::matters::rules::{self, Refusal};
use crate::matters::store;
use crate::matters::types::{ContactId, MatterId, Part};
use crate::people::{Act, Permission};

/// What registering made, or had made before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Registered {
    pub contact_id: ContactId,
    pub matter_id: MatterId,
    /// The same form had been registered already.
    pub repeated: bool,
}

/// Registers what was entered, in the clerk's own court.
///
/// # Errors
///
/// `Forbidden` without the permission; `NotFound` for a matter the clerk may not see; `Refused` by the rules: see
/// [`Refusal`].
pub fn register(conn: &mut Conn, act: &Act, entered: &Registration) -> Result<Registered, Problem> {
    act.require(Permission::RegisterMatter)?;
    let court = act.by.court()?;
    let made = store::contact_of_submission(conn, court, &entered.submission_key)?;
    if let Some((contact_id, matter_id)) = made {
        return Ok(Registered { contact_id, matter_id, repeated: true });
    }
    if entered.happened_at > act.now {
        return Err(Refusal::InTheFuture.into());
    }
    let parts: Vec<Part> = entered.people.iter().map(|person| person.part).collect();
    rules::check_people(&parts, entered.people_count)?;
    match &entered.about {
        About::New(new) => new_matter::open(conn, act, court, entered, new),
        About::Existing(id) => contact::add(conn, act, court, entered, *id),
    }
}
