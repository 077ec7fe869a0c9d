//! What pages show of reviews, to those who may see them, and to a person reviewed of themselves.

use super::rules::{self, Counted};
use super::store;
use super::types::{Review, ReviewFilter, ReviewId, Reviewed, State};
use crate::audit::{self, Shown, SubjectKind};
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::{Matter, MatterId};
use crate::people::types::Staff;
use crate::people::{self, Act, DivisionId, Permission, StaffId};
use crate::web::Listing;
use std::collections::HashMap;

/// A review as a list shows it.
#[derive(Clone, Debug)]
pub struct Listed {
    pub row: Review,
    pub matter: Matter,
    /// The division that the matter is about.
    pub division: Option<String>,
    /// The persons reviewed.
    pub persons: Vec<String>,
}

fn listed(conn: &mut Conn, act: &Act, rows: Vec<(Review, Matter)>) -> Result<Vec<Listed>, Problem> {
    let ids: Vec<ReviewId> = rows.iter().map(|(row, _)| row.id).collect();
    let persons = store::persons(conn, &ids)?;
    let staff: Vec<StaffId> = persons.iter().map(|person| person.staff_id).collect();
    let names = people::names_of(conn, &staff)?;
    let divisions = divisions(conn, act)?;
    let named = |id: ReviewId| {
        let of = persons.iter().filter(move |person| person.review_id == id);
        of.filter_map(|person| names.get(&person.staff_id).cloned()).collect::<Vec<_>>()
    };
    Ok(rows
        .into_iter()
        .map(|(row, matter)| Listed {
            division: row.division_id.and_then(|id| divisions.get(&id).cloned()),
            persons: named(row.id),
            row,
            matter,
        })
        .collect())
}

fn divisions(conn: &mut Conn, act: &Act) -> Result<HashMap<DivisionId, String>, Problem> {
    let all = people::every_division(conn, act.by.court()?)?;
    Ok(all.into_iter().map(|division| (division.id, division.name)).collect())
}

/// A page of the list.
///
/// # Errors
///
/// `Forbidden` for those who may not see reviews.
pub fn page(
    conn: &mut Conn,
    act: &Act,
    filter: &ReviewFilter,
    after: Option<ReviewId>,
    size: i64,
) -> Result<Listing<Listed>, Problem> {
    act.require(Permission::SeeAccountability)?;
    let rows = store::page(conn, &act.by.scope, filter, after, size + 1)?;
    Listing::cut(rows, size).show(|rows| listed(conn, act, rows))
}

/// Everything that the page of one review shows.
#[derive(Clone, Debug)]
pub struct Detail {
    pub row: Review,
    pub matter: Matter,
    pub division: Option<String>,
    pub opened_by: String,
    pub persons: Vec<(Reviewed, String)>,
    /// Who may be added; empty where nobody may.
    pub staff: Vec<Staff>,
    /// Its lines of the trail, the newest first.
    pub trail: Vec<Shown>,
}

/// The most lines of the trail that a review's page shows.
const TRAIL: i64 = 100;

/// One review.
///
/// # Errors
///
/// `Forbidden`; `NotFound` when there is none, or none for this person.
pub fn detail(conn: &mut Conn, act: &Act, id: ReviewId) -> Result<Detail, Problem> {
    act.require(Permission::SeeAccountability)?;
    let (row, matter) = store::find(conn, &act.by.scope, id)?;
    let persons = store::persons(conn, &[id])?;
    let mut known: Vec<StaffId> = persons.iter().map(|person| person.staff_id).collect();
    known.push(row.opened_by);
    let names = people::names_of(conn, &known)?;
    let name = |id: StaffId| names.get(&id).cloned().unwrap_or_default();
    let staff = match row.state {
        State::Open => choices(conn, act, &known)?,
        State::Decided => Vec::new(),
    };
    let division = row.division_id.and_then(|id| divisions(conn, act).ok()?.remove(&id));
    Ok(Detail {
        division,
        opened_by: name(row.opened_by),
        persons: persons.into_iter().map(|person| (person.clone(), name(person.staff_id))).collect(),
        staff,
        trail: audit::history(conn, SubjectKind::Accountability, id.0, TRAIL)?,
        row,
        matter,
    })
}

/// The court's staff but these and the person who asks.
fn choices(conn: &mut Conn, act: &Act, but: &[StaffId]) -> Result<Vec<Staff>, Problem> {
    let mut staff = people::staff_in_court(conn, act.by.court()?)?;
    staff.retain(|one| !but.contains(&one.id) && Some(one.id) != act.by.staff_id);
    Ok(staff)
}

/// What the page for opening a review is drawn from.
#[derive(Clone, Debug)]
pub struct Opening {
    pub matter: Matter,
    pub staff: Vec<Staff>,
}

/// For opening a review of this matter.
///
/// # Errors
///
/// `Forbidden`, `NotFound`; `Refused` where it isn't reviewed.
pub fn opening(conn: &mut Conn, act: &Act, id: MatterId) -> Result<Opening, Problem> {
    act.require(Permission::SeeAccountability)?;
    let matter = crate::matters::find(conn, &act.by.scope, id)?;
    if !rules::is_reviewable(matter.stage, matter.tier) {
        return Err(rules::Refusal::NotReviewable.into());
    }
    Ok(Opening { staff: choices(conn, act, &[])?, matter })
}

/// The decided reviews that this person may see, as the figures count them, and the divisions' names.
///
/// # Errors
///
/// `Forbidden`.
pub fn counted(conn: &mut Conn, act: &Act) -> Result<(Vec<Counted>, HashMap<DivisionId, String>), Problem> {
    act.require(Permission::SeeAccountability)?;
    let filter = ReviewFilter { state: Some(State::Decided), ..ReviewFilter::default() };
    let rows = store::page(conn, &act.by.scope, &filter, None, i64::MAX)?;
    let count = |(row, _): &(Review, Matter)| {
        Some(Counted { kind: row.kind?, cause: row.cause?, division: row.division_id })
    };
    Ok((rows.iter().filter_map(count).collect(), divisions(conn, act)?))
}

/// What somebody is told about themselves: their own finding, and who decided when.
///
/// # Errors
///
/// When the database is away.
pub fn own(conn: &mut Conn, act: &Act) -> Result<Vec<(Reviewed, Review)>, Problem> {
    Ok(store::own(conn, act.by.person()?)?)
}

/// Whether this person was notified of a finding to which they haven't said anything yet: for the day's page.
///
/// # Errors
///
/// When the database is away.
pub fn delivered(conn: &mut Conn, act: &Act) -> Result<bool, Problem> {
    Ok(notified(conn, act)?.is_some())
}

/// The newest review of which this person was notified and to which they have said nothing yet.
///
/// # Errors
///
/// When the database is away.
pub fn notified(conn: &mut Conn, act: &Act) -> Result<Option<ReviewId>, Problem> {
    let own = store::own(conn, act.by.person()?)?;
    Ok(own.into_iter().find(|(person, _)| person.stated_at.is_none()).map(|(person, _)| person.review_id))
}

/// A matter's reviews, for the few who may see them.
#[derive(Clone, Debug)]
pub struct BoxData {
    pub matter: MatterId,
    pub rows: Vec<(ReviewId, State)>,
    pub may_open: bool,
}

/// The box on a matter's page; `None` for everybody who may not see reviews. The matter has been found by scope.
///
/// # Errors
///
/// When the database is away.
pub fn box_for(conn: &mut Conn, act: &Act, matter: &Matter) -> Result<Option<BoxData>, Problem> {
    if act.by.is_system() || !act.by.may(Permission::SeeAccountability) {
        return Ok(None);
    }
    let rows = store::of_matter(conn, &act.by.scope, matter.id)?;
    Ok(Some(BoxData {
        matter: matter.id,
        rows: rows.into_iter().map(|(row, _)| (row.id, row.state)).collect(),
        may_open: rules::is_reviewable(matter.stage, matter.tier)
            && act.by.may(Permission::ReviewAccountability),
    }))
}

/// A matter's newest review that this person may see, and its version.
///
/// # Errors
///
/// When the database is away.
pub fn latest(conn: &mut Conn, act: &Act, matter: MatterId) -> Result<Option<(ReviewId, i64)>, Problem> {
    let rows = store::of_matter(conn, &act.by.scope, matter)?;
    Ok(rows.first().map(|(row, _)| (row.id, row.version)))
}
