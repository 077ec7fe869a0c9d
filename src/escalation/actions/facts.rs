//! Facts: each raises the matter in the transaction in which it becomes known.

use super::{Raise, is_accepted, note, raise, rules_of, runs};
use crate::audit::{self, Subject};
use crate::db::{Conn, next_id};
use crate::error::Problem;
use crate::escalation::rules::{self, Fact, Refusal};
use crate::escalation::store;
use crate::escalation::types::{Cause, EscalationId, Tier, TierRule};
use crate::matters::types::{
    Channel, CloseReason, Contact, HeardAt, HeardLevel, HeardManner, HeardSource, MatterKind, Stage,
};
use crate::matters::{self, Matter, MatterId};
use crate::people::Act;
use chrono::NaiveDate;

pub(super) fn heard_fact(heard: &HeardAt) -> Fact {
    Fact::Heard {
        row: heard.id,
        level: heard.level,
        body: heard.body.clone(),
        manner: heard.manner,
        on: heard.heard_on,
        sure: heard.source != HeardSource::Visitor && !heard.refuted,
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

/// Raises the matter by the highest rule that these facts call, if any does. A fact that has raised it before is not
/// weighed again.
pub(super) fn weigh(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    facts: &[Fact],
) -> Result<Option<EscalationId>, Problem> {
    let all = rules_of(conn, act, matter)?;
    let from = matter.tier.and_then(Tier::of);
    let used = store::keys_of(conn, matter.id)?;
    let facts: Vec<Fact> = facts.iter().filter(|fact| !used.contains(&fact.key())).cloned().collect();
    let Some(grounds) = rules::choose(&all, &facts, is_accepted(matter.stage), from) else { return Ok(None) };
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
    let facts = known(conn, &now)?;
    weigh(conn, act, &now, &facts).map(drop)
}

/// Everything that is known of a matter and was not weighed before a meeting put its tier right.
pub(super) fn known(conn: &mut Conn, matter: &Matter) -> Result<Vec<Fact>, Problem> {
    let all = store::of_matter(conn, matter.id)?;
    let put_right = all.iter().find(|one| one.cause == Cause::Correction).map_or(0, |one| one.id.0);
    let heard = store::heard_of(conn, matter.id)?;
    let contacts = matters::store::contacts_of(conn, matter)?;
    let heard = heard.iter().filter(|row| row.id > put_right).map(heard_fact);
    let contacts = contacts.iter().filter(|contact| contact.id.0 > put_right).map(contact_fact);
    Ok(heard.chain(contacts).collect())
}

/// What opening a matter again after its reply comes to: a step of reopening. One that had a tier comes back at least to
/// that, its time beginning anew; what became known while it was closed is weighed now, and may take it higher.
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
    let floor = Matter { tier: to.or(from).map(Tier::number), ..now.clone() };
    let known = known(conn, &now)?;
    if weigh(conn, act, &floor, &known)?.is_some() {
        return Ok(());
    }
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
    let matter = open(conn, act, matter)?;
    runs(act, &matter)?;
    let heard = store::heard_row(conn, matter.id, row)?;
    if !store::confirm_heard(conn, row)? {
        return Err(Problem::Stale);
    }
    let heard = HeardAt { source: HeardSource::Confirmed, ..heard };
    let fact = heard_fact(&heard);
    note(conn, act, &matter, format!("核实：{}。{how}", fact.words()))?;
    let values = [("level", heard.level.code()), ("how", how)];
    audit::record(conn, act, "heard.confirmed", Subject::Matter(matter.id.0), &values)?;
    weigh(conn, act, &matter, &[fact])
}

/// Keeps that nobody there knows of what the visitor said (查无此事): it waits for nobody any more.
///
/// # Errors
///
/// `Forbidden`, `NotFound`; `Stale` where somebody answered it before.
pub fn refute_heard(
    conn: &mut Conn,
    act: &Act,
    matter: MatterId,
    row: i64,
    why: &str,
) -> Result<(), Problem> {
    let matter = open(conn, act, matter)?;
    runs(act, &matter)?;
    let heard = store::heard_row(conn, matter.id, row)?;
    if !store::refute_heard(conn, row)? {
        return Err(Problem::Stale);
    }
    note(conn, act, &matter, format!("查无此事：{}。{why}", heard_fact(&heard).words()))?;
    audit::record(conn, act, "heard.refuted", Subject::Matter(matter.id.0), &[("why", why)])
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

/// Keeps that a matter was heard elsewhere (上级通报), which may raise it at once; of a closed one it is weighed when that is
/// opened again.
///
/// # Errors
///
/// `Forbidden`, `NotFound`; `Refused` for a sign, and for what was merged into another.
pub fn record_heard(
    conn: &mut Conn,
    act: &Act,
    matter: MatterId,
    draft: &HeardDraft,
) -> Result<Option<EscalationId>, Problem> {
    matters::find(conn, &act.by.scope, matter)?;
    let matter = store::keep_still(conn, matter)?;
    runs(act, &matter)?;
    if matter.close_reason == Some(CloseReason::Merged) {
        return Err(Problem::refused("这件事项已经并入另一件，请在并入的事项上登记。"));
    }
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
        refuted: false,
    };
    matters::store::insert_heard_at(conn, std::slice::from_ref(&row))?;
    let fact = heard_fact(&row);
    note(conn, act, &matter, format!("{}：{}。{}", row.source.label(), fact.words(), draft.reference))?;
    let values = [("level", row.level.code()), ("source", row.source.code())];
    audit::record(conn, act, "heard.recorded", Subject::Matter(matter.id.0), &values)?;
    if matter.stage == Stage::Closed { Ok(None) } else { weigh(conn, act, &matter, &[fact]) }
}

/// As [`record_heard`], once for a form: the same form sent twice raises nothing more.
///
/// # Errors
///
/// As [`record_heard`]; `Stale` where the two came at the same moment.
pub fn record_heard_once(
    conn: &mut Conn,
    act: &Act,
    matter: MatterId,
    (draft, submission): (&HeardDraft, &str),
) -> Result<Option<EscalationId>, Problem> {
    if store::made_by_form(conn, submission)? == Some(matter) {
        return Ok(None);
    }
    let raised = record_heard(conn, act, matter, draft)?;
    if store::keep_form(conn, submission, matter)? { Ok(raised) } else { Err(Problem::Stale) }
}

/// A matter that this person may see and that isn't closed, nor will be while this transaction lasts.
pub(super) fn open(conn: &mut Conn, act: &Act, id: MatterId) -> Result<Matter, Problem> {
    matters::find(conn, &act.by.scope, id)?;
    let matter = store::keep_still(conn, id)?;
    if matter.stage == Stage::Closed { Err(Refusal::MatterClosed.into()) } else { Ok(matter) }
}
