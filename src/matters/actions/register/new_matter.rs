//! A new matter: its number, its clocks, its first contact, and where it is found again.

use super::answerable::{accountable, supervising};
use super::contact::insert_contact;
use super::people::{is_anonymous, line, participants};
use super::{NewMatter, Registered, Registration, TypedCase};
use crate::assignments;
use crate::audit::{self, Subject};
use crate::call_backs;
use crate::db::{Conn, next_id};
use crate::deadlines::{self, Code};
use crate::error::Problem;
use crate::escalation;
use crate::matters::actions::entries::reply;
use crate::matters::actions::{clocks, screen};
use crate::matters::index::index;
use crate::matters::rules::{self, Outcome, Refusal};
use crate::matters::store;
use crate::matters::timeline::entry;
use crate::matters::types::{Contact, EntryKind, Matter, MatterCase, MatterId, MatterKind, Stage};
use crate::people::{self, Act, CourtId};
use chrono::Datelike;

/// A new matter with its first contact.
pub(super) fn open(
    conn: &mut Conn,
    act: &Act,
    court: CourtId,
    entered: &Registration,
    new: &NewMatter,
) -> Result<Registered, Problem> {
    let me = act.by.person()?;
    if new.complained_of.contains(&me) {
        return Err(Refusal::ComplaintAboutYourself.into());
    }
    let (came, names) = participants(conn, act, court, &entered.people)?;
    let outcome = rules::outcome(&new.screening);
    if entered.assigned.is_some() && outcome.stage == Stage::Closed {
        return Err(Refusal::ReportFirst.into());
    }
    let matter = row(conn, act, court, (entered, new), &outcome, &names)?;
    let id = matter.id;
    store::insert(conn, &matter)?;
    store::insert_participants(conn, id, &came)?;
    store::insert_bars(conn, id, &new.complained_of)?;
    store::insert_cases(conn, &cases(act, court, id, &new.cases))?;
    let contact = insert_contact(conn, act, &matter, entered, &came, 1, None)?;
    tell(conn, act, &matter, &contact, &outcome, new)?;
    let shown: Vec<&str> = names.iter().map(String::as_str).collect();
    let numbers: Vec<&str> = new.cases.iter().map(|case| case.number.as_str()).collect();
    index(conn, &matter, &shown, &numbers)?;
    if let Some(assigned) = &entered.assigned {
        assignments::open(conn, act, &matter, Some(contact.id), assigned)?;
    }
    if let Some(reason) = matter.close_reason {
        call_backs::begin(conn, act, &matter, reason)?;
    }
    escalation::came(conn, act, &matter, &contact, !entered.heard_at.is_empty())?;
    let values = [
        ("number", matter.number.as_str()),
        ("channel", contact.channel.code()),
        ("stage", matter.stage.code()),
    ];
    audit::record(conn, act, "matter.registered", Subject::Matter(id.0), &values)?;
    Ok(Registered { contact_id: contact.id, matter_id: id, repeated: false })
}

/// The row of a new matter: its number, clocks, and who answers for it.
fn row(
    conn: &mut Conn,
    act: &Act,
    court: CourtId,
    (entered, new): (&Registration, &NewMatter),
    outcome: &Outcome,
    names: &[String],
) -> Result<Matter, Problem> {
    let (me, today, id) = (act.by.person()?, act.now.today(), MatterId::new(act.now));
    let anonymous = entered.people.iter().all(|person| is_anonymous(&person.who));
    let clocks = start_clocks(conn, act, court, id, entered, outcome, anonymous)?;
    let next = clocks::earliest(&clocks);
    let category = store::category(conn, &new.category_code)?;
    let conduct = !new.complained_of.is_empty() || category.is_some_and(|category| category.conduct);
    let home = people::court(conn, court)?;
    let year = i64::from(today.year());
    let seq = store::next_number(conn, court, "matter", year)?;
    Ok(Matter {
        id,
        court_id: court,
        kind: MatterKind::Petition,
        number: rules::number(&home.number_pattern, &home.short_name, year, seq),
        year,
        seq,
        petitioner_line: line(&entered.people, names, entered.people_count),
        anonymous,
        category_code: new.category_code.clone(),
        case_stage: new.case_stage,
        claim: new.claim.clone(),
        summary: new.summary.clone(),
        conduct,
        division_id: new.division_id,
        stage: outcome.stage,
        close_reason: outcome.close_reason,
        track: screen::track(&new.screening),
        tier: None,
        first_receiver_id: me,
        accountable_id: accountable(conn, court, me, conduct, outcome, &new.complained_of)?,
        supervising_leader_id: supervising(conn, court, new, today)?,
        received_at: entered.happened_at.utc(),
        registered_at: act.now.utc(),
        closed_at: (outcome.stage == Stage::Closed).then(|| act.now.utc()),
        next_due_on: next.map(|(due_on, _)| due_on),
        next_clock_id: next.map(|(_, clock)| clock),
        contact_count: 1,
        last_contact_at: entered.happened_at.utc(),
        people_count: entered.people_count,
        query_code: query_code(),
        version: 0,
        to_archive_since: (outcome.stage == Stage::Closed).then(|| act.now.utc()),
    })
}

/// Starts the clocks of registration and of the screening's outcome. The receipt is the first notice for whoever stands
/// at the window.
fn start_clocks(
    conn: &mut Conn,
    act: &Act,
    court: CourtId,
    id: MatterId,
    entered: &Registration,
    outcome: &Outcome,
    anonymous: bool,
) -> Result<Vec<deadlines::Clock>, Problem> {
    if outcome.stage == Stage::Closed {
        return Ok(Vec::new());
    }
    let today = act.now.today();
    let of_outcome = outcome.clocks.iter().map(|code| (*code, outcome.from.unwrap_or(today)));
    let of_registration = rules::clocks_of_registration(anonymous).into_iter().map(|code| (code, today));
    let wanted: Vec<_> = of_outcome.chain(of_registration).collect();
    let mut started = deadlines::start_all(conn, act, court, id.0, &wanted)?;
    if !anonymous && rules::receipt_is_first_notice(entered.channel) {
        deadlines::meet(conn, id.0, Code::FirstNotice, act.now.today())?;
        started.retain(|clock| clock.code != Code::FirstNotice);
    }
    Ok(started)
}

/// Eight characters without those that are mixed up when read out.
pub fn query_code() -> String {
    const LETTERS: &[char] = &[
        '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'M', 'N', 'P',
        'Q', 'R', 'T', 'U', 'V', 'W', 'X', 'Y',
    ];
    (0..8).filter_map(|_| LETTERS.get(rand::random_range(0..LETTERS.len()))).collect()
}

fn cases(act: &Act, court: CourtId, matter: MatterId, typed: &[TypedCase]) -> Vec<MatterCase> {
    (0_i64..)
        .zip(typed)
        .map(|(position, case)| MatterCase {
            id: next_id(act.now),
            court_id: court,
            matter_id: matter,
            number: case.number.clone(),
            verified: case.verified,
            reason: case.reason.clone(),
            position,
        })
        .collect()
}

/// Writes what happened on the timeline, and the reply where the screening ended the matter.
fn tell(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    contact: &Contact,
    outcome: &Outcome,
    new: &NewMatter,
) -> Result<(), Problem> {
    let text = format!("{}登记，编号{}。", contact.channel.label(), matter.number);
    let mut entries = vec![entry(act, matter, EntryKind::Registered, text, Some(contact.id))];
    entries.extend(screen::entries(act, matter, &new.screening));
    store::insert_entries(conn, &entries)?;
    if let Some((manner, text)) = &outcome.reply {
        store::insert_reply(conn, &reply(act, matter.id, *manner, text)?)?;
    }
    Ok(())
}
