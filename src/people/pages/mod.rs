//! The pages about people, drawn from ready values.

pub mod account;
pub mod courts;
pub mod entry;
pub mod roles;
pub mod staff;
pub mod week_leaders;

use crate::people::types::{Division, Staff};
use crate::time::Moment;
use crate::web::form::Choice;
use crate::web::formats;
use chrono::NaiveDateTime;

/// Every value of a coded enum as something to choose.
macro_rules! choices {
    ($coded:ty) => {
        <$coded>::ALL.iter().map(|one| (one.code(), one.label()))
    };
}
pub(super) use choices;

/// `2026-11-23 09:00` by the court's clocks.
fn moment(at: NaiveDateTime) -> String {
    formats::moment(Moment::from_utc(at))
}

/// The divisions to choose from, and none.
fn division_choices(divisions: &[Division]) -> Vec<Choice> {
    let none = Choice::from(("", "（不属于任何庭室）"));
    let one = |division: &Division| Choice::from((division.id.to_string(), division.name.clone()));
    std::iter::once(none).chain(divisions.iter().map(one)).collect()
}

/// A division's name, for somebody who is in it.
pub fn division_name<'a>(divisions: &'a [Division], of: &Staff) -> &'a str {
    divisions.iter().find(|one| Some(one.id) == of.division_id).map_or("—", |one| one.name.as_str())
}
