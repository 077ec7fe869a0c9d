//! What inspection does about a review, and what the person reviewed may say. Nothing of it goes on a timeline or into a
//! mail; the trail has it under a subject that its own page alone shows.

use super::rules::{self, Refusal};
use super::store;
use super::types::{Cause, FaultKind, Review, ReviewId, Reviewed, State};
use crate::audit::{self, Subject};
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::{self, Matter, MatterId, audience};
use crate::people::types::Staff;
use crate::people::{self, Act, Permission, Role, StaffId};
use chrono::NaiveDate;
use diesel::OptionalExtension;

/// The outcome of a review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    pub kind: FaultKind,
    pub cause: Cause,
    pub findings: String,
    pub measure: String,
    pub decided_by: String,
    pub decided_on: NaiveDate,
}

/// Checks that the person who acts conducts the review of this matter, in which these are reviewed.
fn conducts(conn: &mut Conn, act: &Act, matter: &Matter, reviewed: &[StaffId]) -> Result<(), Problem> {
    act.require(Permission::SeeAccountability)?;
    let inspectors = people::with_role(conn, matter.court_id, Role::Inspector)?;
    let free = audience::who_see(conn, inspectors, act.now, matter.id)?;
    let free: Vec<StaffId> = free.into_iter().map(|one| one.id).collect();
    let of_inspection = act.by.may(Permission::ReviewAccountability);
    Ok(rules::conducts(act.by.person()?, of_inspection, &free, reviewed)?)
}

/// Opens a review (开展责任倒查) of a matter, of this person first.
///
/// # Errors
///
/// `Forbidden`, `NotFound`; `Refused` for a matter that isn't reviewed, or where it isn't this person's to conduct.
pub fn open(
    conn: &mut Conn,
    act: &Act,
    id: MatterId,
    staff: StaffId,
    grounds: &str,
) -> Result<ReviewId, Problem> {
    act.require(Permission::SeeAccountability)?;
    let matter = matters::find(conn, &act.by.scope, id)?;
    if !rules::is_reviewable(matter.stage, matter.tier) {
        return Err(Refusal::NotReviewable.into());
    }
    conducts(conn, act, &matter, &[staff])?;
    let person = colleague(conn, &matter, staff)?;
    let review = Review {
        id: ReviewId::new(act.now),
        court_id: matter.court_id,
        matter_id: matter.id,
        division_id: matter.division_id,
        state: State::Open,
        grounds: grounds.to_owned(),
        kind: None,
        cause: None,
        findings: String::new(),
        measure: String::new(),
        decided_by: String::new(),
        decided_on: None,
        opened_by: act.by.person()?,
        opened_at: act.now.utc(),
        version: 0,
    };
    store::insert(conn, &review)?;
    store::insert_person(conn, &unheard(review.id, staff))?;
    let values = [("matter", matter.number.as_str()), ("name", &person.name), ("reason", grounds)];
    audit::record(conn, act, "accountability.opened", Subject::Accountability(review.id.0), &values)?;
    Ok(review.id)
}

fn unheard(review_id: ReviewId, staff_id: StaffId) -> Reviewed {
    Reviewed {
        review_id,
        staff_id,
        finding: String::new(),
        measure: String::new(),
        notified_at: None,
        statement: String::new(),
        stated_at: None,
    }
}

/// Somebody of the matter's court, also who has left.
fn colleague(conn: &mut Conn, matter: &Matter, staff: StaffId) -> Result<Staff, Problem> {
    let found = people::staff_of_any_court(conn, staff).optional()?;
    let found = found.filter(|one| one.court_id == matter.court_id);
    found.ok_or_else(|| Refusal::NotOfTheCourt.into())
}

/// Loads a review that the person conducts and that is still at `version`, and counts the version on.
fn take(
    conn: &mut Conn,
    act: &Act,
    (id, version): (ReviewId, i64),
    also: Option<StaffId>,
) -> Result<(Review, Matter, Vec<Reviewed>), Problem> {
    act.require(Permission::SeeAccountability)?;
    let (review, matter) = store::find(conn, &act.by.scope, id)?;
    if review.version != version {
        return Err(Problem::Stale);
    }
    let persons = store::persons(conn, &[id])?;
    let mut reviewed: Vec<StaffId> = persons.iter().map(|person| person.staff_id).collect();
    reviewed.extend(also);
    conducts(conn, act, &matter, &reviewed)?;
    Ok((review, matter, persons))
}

fn advance(conn: &mut Conn, review: &Review) -> Result<(), Problem> {
    if store::advance(conn, review.id, review.version)? { Ok(()) } else { Err(Problem::Stale) }
}

/// Reviews one person more (添加被核查人).
///
/// # Errors
///
/// `Forbidden`, `NotFound`, `Stale`, `Refused`.
pub fn add_person(conn: &mut Conn, act: &Act, at: (ReviewId, i64), staff: StaffId) -> Result<(), Problem> {
    let (review, matter, persons) = take(conn, act, at, Some(staff))?;
    rules::is_open(review.state)?;
    if persons.iter().any(|person| person.staff_id == staff) {
        return Err(Refusal::AlreadyThere.into());
    }
    let person = colleague(conn, &matter, staff)?;
    advance(conn, &review)?;
    store::insert_person(conn, &unheard(review.id, staff))?;
    let subject = Subject::Accountability(review.id.0);
    audit::record(conn, act, "accountability.person_added", subject, &[("name", &person.name)])
}

/// Keeps what was found about a person and what is to be done (核查意见).
///
/// # Errors
///
/// `Forbidden`, `NotFound`, `Stale`, `Refused`.
pub fn find_about(
    conn: &mut Conn,
    act: &Act,
    at: (ReviewId, i64),
    staff: StaffId,
    found: (&str, &str),
) -> Result<(), Problem> {
    let (review, _, _) = take(conn, act, at, None)?;
    rules::is_open(review.state)?;
    advance(conn, &review)?;
    if !store::find_about(conn, review.id, staff, found)? {
        return Err(Problem::NotFound);
    }
    let name = people::staff_of_any_court(conn, staff)?.name;
    let subject = Subject::Accountability(review.id.0);
    let values = [("name", name.as_str()), ("what", found.0), ("result", found.1)];
    audit::record(conn, act, "accountability.found", subject, &values)
}

/// Keeps the outcome (认定), after which nothing of it changes.
///
/// # Errors
///
/// `Forbidden`, `NotFound`, `Stale`, `Refused`.
pub fn decide(conn: &mut Conn, act: &Act, at: (ReviewId, i64), decision: &Decision) -> Result<(), Problem> {
    let (review, _, persons) = take(conn, act, at, None)?;
    rules::decide(review.state, decision.kind, persons.iter().map(|person| person.finding.as_str()))?;
    let decided = Review {
        kind: Some(decision.kind),
        cause: Some(decision.cause),
        findings: decision.findings.clone(),
        measure: decision.measure.clone(),
        decided_by: decision.decided_by.clone(),
        decided_on: Some(decision.decided_on),
        ..review
    };
    if !store::decide(conn, &decided)? {
        return Err(Problem::Stale);
    }
    let values = [("kind", decision.kind.code()), ("reason", decision.cause.code())];
    audit::record(conn, act, "accountability.decided", Subject::Accountability(decided.id.0), &values)
}

/// Tells a person what was found about them (送达): from now on they see that, and nothing else of the review.
///
/// # Errors
///
/// `Forbidden`, `NotFound`, `Stale`, `Refused`.
pub fn notify(conn: &mut Conn, act: &Act, at: (ReviewId, i64), staff: StaffId) -> Result<(), Problem> {
    let (review, _, persons) = take(conn, act, at, None)?;
    let person = persons.into_iter().find(|person| person.staff_id == staff).ok_or(Problem::NotFound)?;
    rules::notify(review.state, person.notified_at.is_some())?;
    advance(conn, &review)?;
    if !store::notify(conn, review.id, staff, act.now.utc())? {
        return Err(Refusal::AlreadyNotified.into());
    }
    let name = people::staff_of_any_court(conn, staff)?.name;
    let subject = Subject::Accountability(review.id.0);
    audit::record(conn, act, "accountability.notified", subject, &[("name", &name)])
}

/// Keeps what a notified person says to their finding (申辩意见), once.
///
/// # Errors
///
/// `NotFound` where they were notified of no such review; `Refused` where they have said something.
pub fn state(conn: &mut Conn, act: &Act, id: ReviewId, statement: &str) -> Result<(), Problem> {
    let me = act.by.person()?;
    if !store::own(conn, me)?.iter().any(|(person, _)| person.review_id == id) {
        return Err(Problem::NotFound);
    }
    if !store::state(conn, id, me, (statement, act.now.utc()))? {
        return Err(Refusal::AlreadyStated.into());
    }
    audit::record(conn, act, "accountability.stated", Subject::Accountability(id.0), &[])
}
