//! Facts: each raises the matter in the transaction in which it becomes known.

use super::{Raise, is_accepted, note, raise, rules_of};
use crate::audit::{self, Subject};
use crate::db::{Conn, next_id};
use crate::error::Problem;
use crate::escalation::rules::{self, Fact, Refusal};
use crate::escalation::store;
use crate::escalation::types::{Cause, EscalationId, Tier, TierRule};
use crate::matters::types::{
    Channel, Contact, HeardAt, HeardLevel, HeardManner, HeardSource, MatterKind, Stage,
};
use crate::matters::{self, Matter, MatterId};
use crate::people::{Act, Permission};
use chrono::NaiveDate;

pub(super) fn heard_fact(heard: &HeardAt) -> Fact {
    Fact::Heard {
        row: heard.id,
        level: heard.level,
        body: heard.body.clone(),
        manner: heard.manner,
        on: heard.heard_on,
        sure: heard.source != HeardSource::Visitor,
    }
}

pub(super) fn contact_fact(contact: &Contact) -> Fact {
    Fact::Contact {
        id: contact.id,
        nth: contact.nth,
        people: contact.people_count,
        in_person: contact.channel == Channel::Visit,
    }
}

/// Raises the matter by the highest rule that these facts call, if any does.
fn weigh(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    facts: &[Fact],
) -> Result<Option<EscalationId>, Problem> {
    let all = rules_of(conn, act, matter)?;
    let from = matter.tier.and_then(Tier::of);
    let Some(grounds) = rules::choose(&all, facts, is_accepted(matter.stage), from) else { return Ok(None) };
    let by = Raise {
        to: grounds.rule.tier,
        cause: grounds.rule.cause,
        key: grounds.fact.key(),
        rule: Some(grounds.rule),
        facts: grounds.fact.words(),
    };
    raise(conn, act, matter, &by)
}

/// What a contact that was just registered comes to: a step of its registration. `heard`: it came with places where the
/// matter has been heard. Nothing is asked of the database where no rule could be called.
///
/// # Errors
///
/// When the database is away; `Refused` where a clock's rule isn't in use.
pub fn came(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    contact: &Contact,
    heard: bool,
) -> Result<(), Problem> {
    if matter.stage == Stage::Closed || !(heard || is_accepted(matter.stage)) {
        return Ok(());
    }
    let mut facts = vec![contact_fact(contact)];
    if heard {
        let rows = store::heard_of(conn, matter.id)?;
        facts.extend(rows.iter().filter(|row| row.contact_id == Some(contact.id)).map(heard_fact));
    }
    weigh(conn, act, matter, &facts).map(drop)
}

/// What is known of a matter that has just been accepted (受理) comes to: a step of its screening.
///
/// # Errors
///
/// As [`came`].
pub fn accepted(conn: &mut Conn, act: &Act, matter: &Matter) -> Result<(), Problem> {
    let now = matters::of_job(conn, matter.id)?;
    let mut facts: Vec<Fact> = store::heard_of(conn, now.id)?.iter().map(heard_fact).collect();
    facts.extend(matters::store::contacts_of(conn, &now)?.iter().map(contact_fact));
    weigh(conn, act, &now, &facts).map(drop)
}

/// What opening a matter again after its reply comes to: a step of reopening. One that had a tier comes back at least to
/// that, its time beginning anew.
///
/// # Errors
///
/// As [`came`].
pub fn reopened(conn: &mut Conn, act: &Act, matter: &Matter) -> Result<(), Problem> {
    let now = matters::of_job(conn, matter.id)?;
    let fact = Fact::Reopened { matter: now.id, version: matter.version };
    let all = rules_of(conn, act, &now)?;
    let from = now.tier.and_then(Tier::of);
    let rule: Option<&TierRule> = all.iter().find(|rule| rule.in_use && rules::fits(rule, &fact, true));
    let to = match (rule, from) {
        (Some(rule), from) => rules::target(from, rule.tier, true),
        (None, from) => from,
    };
    let Some(to) = to else { return Ok(()) };
    let by = Raise { to, cause: Cause::BackAfterReply, key: fact.key(), rule, facts: fact.words() };
    raise(conn, act, &now, &by).map(drop)
}

/// Confirms what the visitor said about having been heard elsewhere (核实), which may raise the matter at once.
///
/// # Errors
///
/// `Forbidden`, `NotFound`; `Stale` where somebody confirmed it before.
pub fn confirm_heard(
    conn: &mut Conn,
    act: &Act,
    matter: MatterId,
    row: i64,
    how: &str,
) -> Result<Option<EscalationId>, Problem> {
    act.require(Permission::RunTiers)?;
    let matter = open(conn, act, matter)?;
    let heard = store::heard_row(conn, matter.id, row)?;
    if !store::set_heard_source(conn, row, HeardSource::Confirmed)? {
        return Err(Problem::Stale);
    }
    let heard = HeardAt { source: HeardSource::Confirmed, ..heard };
    let fact = heard_fact(&heard);
    note(conn, act, &matter, format!("核实：{}。{how}", fact.words()))?;
    let values = [("level", heard.level.code()), ("how", how)];
    audit::record(conn, act, "heard.confirmed", Subject::Matter(matter.id.0), &values)?;
    weigh(conn, act, &matter, &[fact])
}

/// Where a matter was heard, as a higher body's notice or the officer's own inquiry says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeardDraft {
    pub level: HeardLevel,
    pub body: String,
    pub manner: HeardManner,
    pub heard_on: NaiveDate,
    /// A notice, or confirmed; never the visitor's word.
    pub source: HeardSource,
    /// Number of the notice, or how it was confirmed.
    pub reference: String,
}

/// Keeps that a matter was heard elsewhere (上级通报), which may raise it at once.
///
/// # Errors
///
/// `Forbidden`, `NotFound`; `Refused` for a closed matter.
pub fn record_heard(
    conn: &mut Conn,
    act: &Act,
    matter: MatterId,
    draft: &HeardDraft,
) -> Result<Option<EscalationId>, Problem> {
    act.require(Permission::RunTiers)?;
    let matter = open(conn, act, matter)?;
    if matter.kind == MatterKind::Sign {
        return Err(Problem::refused("苗头还没有人来访。信访人反映过的，请先登记来访，再登记在何处反映。"));
    }
    let row = HeardAt {
        id: next_id(act.now),
        matter_id: matter.id,
        contact_id: None,
        level: draft.level,
        body: draft.body.clone(),
        manner: draft.manner,
        heard_on: Some(draft.heard_on),
        source: draft.source,
    };
    matters::store::insert_heard_at(conn, std::slice::from_ref(&row))?;
    let fact = heard_fact(&row);
    note(conn, act, &matter, format!("{}：{}。{}", row.source.label(), fact.words(), draft.reference))?;
    let values = [("level", row.level.code()), ("source", row.source.code())];
    audit::record(conn, act, "heard.recorded", Subject::Matter(matter.id.0), &values)?;
    weigh(conn, act, &matter, &[fact])
}

/// A matter that this person may see and that isn't closed.
pub(super) fn open(conn: &mut Conn, act: &Act, id: MatterId) -> Result<Matter, Problem> {
    let matter = matters::find(conn, &act.by.scope, id)?;
    if matter.stage == Stage::Closed { Err(Refusal::MatterClosed.into()) } else { Ok(matter) }
}
