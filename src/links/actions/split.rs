//! Splitting a matter in two.
//!
//! The new matter takes the chosen people and cases with it and a number of its own; the original keeps everything that
//! it has, and its contacts stay there. Whatever ran for the original runs for the new matter too, from the same day: a
//! split gives nobody more time.

use super::say;
use crate::audit::{self, Subject};
use crate::db::{Conn, next_id};
use crate::deadlines::{self, Code};
use crate::error::Problem;
use crate::escalation::actions as escalation;
use crate::links::rules::{self, Refusal};
use crate::links::store;
use crate::links::types::{Link, LinkId, LinkKind};
use crate::matters::actions::query_code;
use crate::matters::life::{self, Change, Found};
use crate::matters::rules::{number, petitioner_line};
use crate::matters::stages::Event;
use crate::matters::types::{Hand, HandId, HandPart, HeardAt, MatterCase, Participant};
use crate::matters::{self, EntryKind, Matter, MatterId, store as matter_store};
use crate::people::{self, Act};
use crate::petitioners::{self, PetitionerId};
use crate::search;
use chrono::{Datelike, NaiveDate};

/// What the new matter is about, and who and which cases go with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    pub claim: String,
    pub summary: String,
    pub people: Vec<PetitionerId>,
    /// Ids of the original's cases.
    pub cases: Vec<i64>,
    pub reason: String,
}

/// Splits a matter that is still at `version` (分案); returns the new one.
///
/// # Errors
///
/// `Forbidden`, `NotFound`, `Stale`; `Refused` by the stage, or where nobody goes along.
pub fn split(
    conn: &mut Conn,
    act: &Act,
    id: MatterId,
    version: i64,
    split: &Split,
) -> Result<MatterId, Problem> {
    let found = life::find_for(conn, act, id, Event::Split)?;
    let original = &found.matter;
    let people: Vec<Participant> = matter_store::participants(conn, original)?
        .into_iter()
        .filter(|one| split.people.contains(&one.petitioner_id))
        .collect();
    if people.is_empty() && !original.anonymous {
        return Err(Refusal::NobodyTaken.into());
    }
    let new = row(conn, act, original, split, &people)?;
    matter_store::insert(conn, &new)?;
    matter_store::insert_participants(conn, new.id, &people)?;
    let barred = matters::barred(conn, original)?;
    matter_store::insert_bars(conn, new.id, &barred)?;
    copy(conn, act, &found, &new, split)?;
    index(conn, &new, &people)?;
    store::insert_link(conn, &link(act, &new, original, split)?)?;
    let clocks = start_clocks(conn, act, original, &new)?;
    let text = format!("由{}分出，编号{}。理由：{}", original.number, new.number, split.reason);
    matters::note(conn, act, &new, EntryKind::Registered, text)?;
    let values = [("number", new.number.as_str()), ("from", original.number.as_str())];
    audit::record(conn, act, "matter.split", Subject::Matter(new.id.0), &values)?;
    let text = format!(
        "分出{}，{clocks}项在走的时限在新事项上从原来的起算日计算。理由：{}",
        new.number, split.reason
    );
    let unchanged = Matter { version, ..original.clone() };
    say(conn, act, &unchanged, text)?;
    life::move_on(conn, act, &new, new.version, Change::default())?;
    escalation::inherit(conn, act, original, &new)?;
    Ok(new.id)
}

fn row(
    conn: &mut Conn,
    act: &Act,
    original: &Matter,
    split: &Split,
    people: &[Participant],
) -> Result<Matter, Problem> {
    let names = names(conn, people)?;
    let count = i64::try_from(people.len().max(1)).unwrap_or(i64::MAX);
    let year = i64::from(act.now.today().year());
    let seq = matter_store::next_number(conn, original.court_id, "matter", year)?;
    let home = people::court(conn, original.court_id)?;
    Ok(Matter {
        id: MatterId::new(act.now),
        number: number(&home.number_pattern, &home.short_name, year, seq),
        year,
        seq,
        petitioner_line: petitioner_line(&names.iter().map(String::as_str).collect::<Vec<_>>(), count),
        claim: split.claim.clone(),
        summary: split.summary.clone(),
        registered_at: act.now.utc(),
        contact_count: 0,
        people_count: count,
        query_code: query_code(),
        version: 0,
        next_clock_id: None,
        tier: None,
        ..original.clone()
    })
}

fn names(conn: &mut Conn, people: &[Participant]) -> Result<Vec<String>, Problem> {
    let ids: Vec<PetitionerId> = people.iter().map(|one| one.petitioner_id).collect();
    let known = petitioners::store::load_all(conn, &ids)?;
    let name =
        |id: &PetitionerId| known.iter().find(|one| one.id == *id).map(petitioners::Petitioner::name_shown);
    Ok(ids.iter().filter_map(name).collect())
}

/// Copies the chosen cases, where the claim has been heard, and who works on it.
fn copy(conn: &mut Conn, act: &Act, found: &Found, new: &Matter, split: &Split) -> Result<(), Problem> {
    let original = &found.matter;
    let cases: Vec<MatterCase> = matter_store::cases_of(conn, original)?
        .into_iter()
        .filter(|case| split.cases.contains(&case.id))
        .map(|case| MatterCase { id: next_id(act.now), matter_id: new.id, ..case })
        .collect();
    matter_store::insert_cases(conn, &cases)?;
    let heard: Vec<HeardAt> = matter_store::heard_at_of(conn, original)?
        .into_iter()
        .map(|heard| HeardAt { id: next_id(act.now), matter_id: new.id, contact_id: None, ..heard })
        .collect();
    matter_store::insert_heard_at(conn, &heard)?;
    let stays =
        |hand: &&Hand| matches!(hand.part, HandPart::Division | HandPart::Handler | HandPart::CaseJudge);
    for hand in found.hands.iter().filter(stays) {
        let hand =
            Hand { id: HandId::new(act.now), matter_id: new.id, since: act.now.today(), ..hand.clone() };
        matters::insert_hand(conn, &hand)?;
    }
    Ok(())
}

/// Starts for the new matter what runs for the original, from the same days; its reply where nothing else runs. Returns
/// how many.
fn start_clocks(conn: &mut Conn, act: &Act, original: &Matter, new: &Matter) -> Result<usize, Problem> {
    let mut running: Vec<(Code, NaiveDate)> = deadlines::of_matter(conn, original.id.0)?
        .into_iter()
        .filter(|(clock, _)| clock.is_open() && rules::goes_along(clock.code))
        .map(|(clock, _)| (clock.code, clock.starts_on))
        .collect();
    if running.is_empty() {
        running.push((Code::Reply, act.now.today()));
    }
    Ok(deadlines::start_all(conn, act, new.court_id, new.id.0, &running)?.len())
}

fn link(act: &Act, new: &Matter, original: &Matter, split: &Split) -> Result<Link, Problem> {
    Ok(Link {
        id: LinkId::new(act.now),
        court_id: new.court_id,
        later_id: new.id,
        kind: LinkKind::Split,
        original_id: original.id,
        note: split.reason.clone(),
        made_at: act.now.utc(),
        made_by: act.by.person()?,
        undone_at: None,
        undone_by: None,
        undone_reason: None,
    })
}

fn index(conn: &mut Conn, new: &Matter, people: &[Participant]) -> Result<(), Problem> {
    let names = names(conn, people)?;
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let cases: Vec<String> = matter_store::cases_of(conn, new)?.into_iter().map(|case| case.number).collect();
    let numbers: Vec<&str> =
        std::iter::once(new.number.as_str()).chain(cases.iter().map(String::as_str)).collect();
    let court = format!("court{}", new.court_id);
    let document = search::Document {
        texts: &[&new.claim, &new.summary],
        names: &names,
        numbers: &numbers,
        marks: &[&court],
    };
    Ok(search::put(conn, new.id.0, &document)?)
}
