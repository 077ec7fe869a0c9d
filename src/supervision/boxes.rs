//! What a matter's page shows of its supervisions, and what the form to demand an answer starts with.

use super::forms::IssueForm;
use super::rules::{self, Latest};
use super::store;
use super::types::Round;
use super::views::{self, Listed};
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::types::Stage;
use crate::matters::{Matter, MatterId, audience};
use crate::people::{self, Act, Permission, StaffId};

/// A matter's supervisions, and whether this person may demand an answer now.
#[derive(Clone, Debug)]
pub struct BoxData {
    pub matter: MatterId,
    /// The newest first.
    pub rows: Vec<Listed>,
    pub next: Option<Round>,
}

/// The box on a matter's page. The matter has been found by scope.
///
/// # Errors
///
/// When the database is away.
pub fn box_for(conn: &mut Conn, act: &Act, matter: &Matter) -> Result<BoxData, Problem> {
    let rows: Vec<_> =
        store::of_matter(conn, matter.id)?.into_iter().map(|row| (row, matter.clone())).collect();
    let latest = rows.first().map(|(row, _)| Latest::from(row));
    let next = rules::next(matter.stage == Stage::Closed, latest, act.now.today()).ok();
    let next = next.map(|(_, round)| round).filter(|_| act.by.may(Permission::Supervise));
    Ok(BoxData { matter: matter.id, rows: views::listed(conn, rows, act.now)?, next })
}

/// What the page for demanding an answer is drawn from.
#[derive(Clone, Debug)]
pub struct Issuing {
    pub matter: Matter,
    pub round: Round,
    pub addressees: Vec<(StaffId, String)>,
    pub signers: Vec<(StaffId, String)>,
    /// As it is offered at first.
    pub form: IssueForm,
}

/// The form to demand an answer about this matter, filled as far as is known.
///
/// # Errors
///
/// `NotFound`; `Refused` where none may be demanded now.
pub fn issuing(conn: &mut Conn, act: &Act, id: MatterId) -> Result<Issuing, Problem> {
    let matter = crate::matters::find(conn, &act.by.scope, id)?;
    let latest = store::latest_of(conn, id)?;
    let standing = latest.as_ref().map(Latest::from);
    let (_, round) = rules::next(matter.stage == Stage::Closed, standing, act.now.today())?;
    let me = act.by.person()?;
    let mut addressees = audience::answerable(conn, &matter, act.now)?;
    addressees.retain(|one| one.id != me);
    if addressees.is_empty() {
        return Err(rules::Refusal::NobodyToAnswer.into());
    }
    let mut signers = vec![people::staff_of_any_court(conn, me)?];
    signers.extend(people::leaders(conn, matter.court_id)?);
    let signers = audience::who_see(conn, signers, act.now, id)?;
    let referral = store::assigned_number(conn, matter.court_id, id)?;
    let before = latest.filter(|_| round != Round::First);
    let form = IssueForm {
        after: standing.map_or_else(String::new, |latest| latest.id.to_string()),
        manner: "letter".to_owned(),
        addressee: before
            .as_ref()
            .map(|before| before.addressee_id)
            .filter(|id| addressees.iter().any(|one| one.id == *id))
            .or(addressees.first().map(|one| one.id))
            .map_or_else(String::new, |id| id.to_string()),
        signer: matter
            .supervising_leader_id
            .filter(|id| signers.iter().any(|one| one.id == *id))
            .unwrap_or(me)
            .to_string(),
        referral: before.as_ref().map(|before| before.referral.clone()).or(referral).unwrap_or_default(),
        demand: before.map_or_else(String::new, |before| before.demand),
        spoken: String::new(),
    };
    let named = |staff: Vec<people::types::Staff>| {
        staff.into_iter().map(|one| (one.id, format!("{}（{}）", one.name, one.post.label()))).collect()
    };
    Ok(Issuing { round, addressees: named(addressees), signers: named(signers), form, matter })
}
