//! One time that somebody came, wrote or called: the first about a matter, or a further one.

use super::people::{is_anonymous, line, participants};
use super::{Registered, Registration};
use crate::assignments;
use crate::audit::{self, Subject};
use crate::call_backs;
use crate::db::{Conn, next_id};
use crate::deadlines::Code;
use crate::error::Problem;
use crate::escalation;
use crate::matters::actions::clocks;
use crate::matters::timeline::{self, entry};
use crate::matters::types::{
    Contact, ContactId, EntryKind, HeardAt, HeardSource, Matter, MatterId, MatterKind, Participant, Stage,
};
use crate::matters::{index, rules, store};
use crate::people::{Act, CourtId, Permission};
use crate::time::Moment;

/// A further contact on a matter that is known. One about a closed matter is answered within its own time by pointing to
/// the reply; whether it brings something new is decided by reopening.
pub(super) fn add(
    conn: &mut Conn,
    act: &Act,
    court: CourtId,
    entered: &Registration,
    id: MatterId,
) -> Result<Registered, Problem> {
    let mut matter = store::find(conn, &act.by.scope, id)?;
    let sign = matter.kind == MatterKind::Sign;
    let (came, names) = participants(conn, act, court, &entered.people)?;
    let before = Moment::from_utc(matter.last_contact_at).today();
    let interval = rules::interval_days(before, entered.happened_at.today());
    let nth = store::count_contact(conn, id, entered.happened_at.utc(), entered.people_count)?;
    store::insert_participants(conn, id, &came)?;
    matter.petitioner_line = line(&entered.people, &names, entered.people_count);
    if sign {
        matter.anonymous = entered.people.iter().all(|person| is_anonymous(&person.who));
        matter = escalation::becomes_petition(conn, act, &matter)?;
        index::reindex(conn, &matter)?;
    }
    let interval = (nth > 1).then_some(interval);
    let contact = insert_contact(conn, act, &matter, entered, &came, nth, interval)?;
    let since = interval.map(|days| format!("，距上次{days}天")).unwrap_or_default();
    let text = format!("第{nth}次{}{since}。{}", contact.channel.label(), contact.summary);
    let entries = [entry(act, &matter, EntryKind::Contact, text, Some(contact.id))];
    store::insert_entries(conn, &entries)?;
    let owed = if matter.stage == Stage::Closed {
        vec![Code::RepeatAnswer]
    } else if rules::receipt_is_first_notice(entered.channel) {
        Vec::new()
    } else {
        rules::clocks_of_registration(entered.people.iter().all(|person| is_anonymous(&person.who)))
    };
    if !owed.is_empty() {
        clocks::start(conn, act, court, id, &owed, act.now.today())?;
        timeline::refresh_next(conn, &matter)?;
    }
    if matter.stage == Stage::Closed {
        call_backs::came_again(conn, act, &matter, nth)?;
    }
    let values = [("nth", nth.to_string()), ("channel", contact.channel.code().to_owned())];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    if let Some(assigned) = &entered.assigned {
        assignments::open(conn, act, &matter, Some(contact.id), assigned)?;
    }
    escalation::came(conn, act, &matter, &contact, !entered.heard_at.is_empty())?;
    audit::record(conn, act, "contact.registered", Subject::Contact(contact.id.0), &values)?;
    Ok(Registered { contact_id: contact.id, matter_id: id, repeated: false })
}

/// Only a petition officer can confirm what a visitor said; from others it stays the visitor's word.
fn sure(act: &Act, source: HeardSource) -> HeardSource {
    match source {
        HeardSource::Confirmed if !act.by.may(Permission::RunTiers) => HeardSource::Visitor,
        HeardSource::Confirmed | HeardSource::Visitor | HeardSource::Notice => source,
    }
}

pub(super) fn insert_contact(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    entered: &Registration,
    came: &[Participant],
    nth: i64,
    interval_days: Option<i64>,
) -> Result<Contact, Problem> {
    let said = entered.contact_summary.trim();
    let summary = if said.is_empty() && nth == 1 { matter.summary.as_str() } else { said };
    let contact = Contact {
        id: ContactId::new(act.now),
        court_id: matter.court_id,
        matter_id: matter.id,
        nth,
        channel: entered.channel,
        happened_at: entered.happened_at.utc(),
        registered_at: act.now.utc(),
        people_count: entered.people_count,
        petitioner_line: matter.petitioner_line.clone(),
        summary: summary.to_owned(),
        handed_in: entered.handed_in.clone(),
        received_by: act.by.person()?,
        outside_number: entered.outside_number.clone(),
        interval_days,
        submission_key: entered.submission_key.clone(),
    };
    store::insert_contact(conn, &contact)?;
    store::insert_contact_people(conn, contact.id, came)?;
    let heard: Vec<HeardAt> = entered
        .heard_at
        .iter()
        .map(|heard| HeardAt {
            id: next_id(act.now),
            matter_id: matter.id,
            contact_id: Some(contact.id),
            level: heard.level,
            body: heard.body.clone(),
            manner: heard.manner,
            heard_on: heard.heard_on,
            source: sure(act, heard.source),
            refuted: false,
        })
        .collect();
    store::insert_heard_at(conn, &heard)?;
    Ok(contact)
}
