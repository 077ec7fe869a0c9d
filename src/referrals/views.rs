//! To whom matters may be referred, with what they carry already.

use super::forms::{to_head, to_person};
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::{self, Matter};
use crate::people::types::{Division, Staff};
use crate::people::{self, Act, CourtId, DivisionKind, Permission};

/// Somebody to whom a matter may go, with what they carry already.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub staff: Staff,
    /// Open matters that they answer for.
    pub open: i64,
    /// Of these, past their date.
    pub overdue: i64,
}

impl Candidate {
    /// As a choice says it.
    pub fn words(&self) -> String {
        format!("{}　在办 {} 件，超期 {} 件", self.staff.name, self.open, self.overdue)
    }
}

/// A division and those of it who handle matters.
#[derive(Clone, Debug)]
pub struct Place {
    pub division: Division,
    pub people: Vec<Candidate>,
}

impl Place {
    /// The division's head and people, as a select offers them under the division's name.
    pub fn choices(&self) -> (String, Vec<(String, String)>) {
        let head = (to_head(self.division.id), format!("{}（负责人接办）", self.division.name));
        let person =
            |one: &Candidate| (to_person(self.division.id, one.staff.id), format!("　{}", one.words()));
        let people = self.people.iter().map(person);
        (self.division.name.clone(), std::iter::once(head).chain(people).collect())
    }

    /// What the choice `to` is called, where it is one of these.
    pub fn named(&self, to: &str) -> Option<String> {
        let division = &self.division;
        if to == to_head(division.id) {
            return Some(format!("{}（负责人接办）", division.name));
        }
        let one = self.people.iter().find(|one| to == to_person(division.id, one.staff.id))?;
        Some(format!("{}{}", division.name, one.staff.name))
    }
}

/// The divisions of a court and their people who take matters over.
///
/// # Errors
///
/// When the database is away.
pub fn places_of_court(conn: &mut Conn, act: &Act, court: CourtId) -> Result<Vec<Place>, Problem> {
    let loads = matters::loads(conn, (court, act.by.staff_id), act.now.today())?;
    let handlers = people::who_may(conn, court, Permission::TakeReferral)?;
    let mut everyone = people::staff_in_court(conn, court)?;
    everyone.retain(|staff| handlers.contains(&staff.id));
    let place = |division: Division| {
        let members = everyone.iter().filter(|staff| staff.division_id == Some(division.id));
        let candidate = |staff: &Staff| {
            let (open, overdue) = loads.get(&staff.id).copied().unwrap_or_default();
            Candidate { staff: staff.clone(), open, overdue }
        };
        Place { people: members.map(candidate).collect(), division }
    };
    let all = people::division_list(conn, court)?.into_iter().map(place);
    Ok(all.filter(|place| !place.people.is_empty()).collect())
}

/// The divisions and their people to whom this matter may go: not who answers for it, not who is complained of, and
/// complaints about conduct to inspection only.
///
/// # Errors
///
/// When the database is away.
pub fn places(conn: &mut Conn, act: &Act, matter: &Matter) -> Result<Vec<Place>, Problem> {
    let barred = matters::barred(conn, matter)?;
    let mut all = places_of_court(conn, act, matter.court_id)?;
    all.retain(|place| !matter.conduct || place.division.kind == DivisionKind::Inspection);
    for place in &mut all {
        place.people.retain(|one| one.staff.id != matter.accountable_id && !barred.contains(&one.staff.id));
    }
    all.retain(|place| !place.people.is_empty());
    Ok(all)
}
