//! From the script's words to what the counter enters.

use super::super::random::Random;
use super::super::script::{self, DemoMatter, WhoKind};
use super::super::{names, script::with_years};
use super::cast::{Cast, WRITING_DOWN};
use crate::assignments::{NewAssignment, SenderKind};
use crate::error::Problem;
use crate::matters::actions::{About, Heard, NewMatter, Person, Registration, TypedCase, Who};
use crate::matters::case_number::CaseNumber;
use crate::matters::rules::Screening;
use crate::matters::shipped;
use crate::matters::types::{
    CaseStage, Channel, HeardLevel, HeardManner, HeardSource, MatterId, Part, Track,
};
use crate::petitioners::document_number::{DocumentType, Sex};
use crate::petitioners::phone::Phone;
use crate::petitioners::types::{CareFlag, Document, PetitionerKind};
use crate::petitioners::{PetitionerDetails, PetitionerId};
use crate::time::Moment;
use chrono::{NaiveDate, TimeDelta};
use std::collections::HashMap;

/// Streams of chance of the script's people: nobody else's.
const SEED: u64 = 0x7469_6e67;

/// Whom the court knows already: by name and what kind they are.
pub(super) type Known = HashMap<(&'static str, String), PetitionerId>;

/// How somebody of the script is recognised.
pub(super) fn key_of(who: &script::Who) -> (&'static str, String) {
    (who.name, format!("{:?}", who.kind))
}

pub(super) fn channel(channel: script::Channel) -> Channel {
    match channel {
        script::Channel::Visit => Channel::Visit,
        script::Channel::Letter => Channel::Letter,
        script::Channel::Call => Channel::Call,
        script::Channel::Online => Channel::Online,
        script::Channel::Video => Channel::Video,
        script::Channel::Assigned => Channel::Assigned,
    }
}

pub(super) const fn part(part: script::Part) -> Part {
    match part {
        script::Part::Petitioner => Part::Petitioner,
        script::Part::Representative => Part::Representative,
        script::Part::Member => Part::Member,
        script::Part::Agent => Part::Agent,
        script::Part::Lawyer => Part::Lawyer,
    }
}

/// The registration of a matter of the script, `index`th of all, at `at`.
pub(super) fn registration(
    m: &DemoMatter,
    index: usize,
    at: Moment,
    cast: &Cast,
    known: &Known,
    screening: Screening,
) -> Result<Registration, Problem> {
    let today = at.today();
    let came = m.who.iter().filter(|who| !matches!(who.part, script::Part::Agent | script::Part::Lawyer));
    let complained_of =
        m.against.iter().map(|user| cast.staff(user).map(|staff| staff.id)).collect::<Result<_, _>>()?;
    let new = NewMatter {
        category_code: m.category.to_owned(),
        case_stage: CaseStage::from_code(m.case_stage).unwrap_or(CaseStage::Other),
        claim: with_years(m.claim, today),
        summary: with_years(m.summary, today),
        cases: m.cases.iter().map(|number| case(&with_years(number, today), today)).collect(),
        division_id: m.division.and_then(|name| cast.division(name)),
        complained_of,
        screening,
    };
    Ok(Registration {
        submission_key: format!("demo-{}", m.key),
        channel: channel(m.channel),
        happened_at: at.plus(-WRITING_DOWN),
        people_count: m.people.max(i64::try_from(came.count()).unwrap_or(i64::MAX)),
        people: people(m, index, known, today),
        about: About::New(Box::new(new)),
        contact_summary: String::new(),
        handed_in: with_years(m.materials, today),
        outside_number: m.outside_number.map(|number| with_years(number, today)),
        heard_at: m.heard.iter().filter_map(|heard| heard_at(heard, m, today)).collect(),
        assigned: m.assigned.map(|from| assigned(from, m, at)),
    })
}

/// Who assigned it, under the number of the paper.
fn assigned(from: &script::Assigned, m: &DemoMatter, at: Moment) -> NewAssignment {
    let today = at.today();
    NewAssignment {
        sender_kind: SenderKind::of(from.sender),
        sender: from.sender.to_owned(),
        number: m.outside_number.map(|number| with_years(number, today)).unwrap_or_default(),
        dated_on: Some(today - TimeDelta::days(2)),
        received_on: today,
        due_on: from.within_days.map(|days| today + TimeDelta::days(days)),
        demand: from.demand.to_owned(),
    }
}

/// A further contact on a matter, by whoever came first.
pub(super) fn further(
    m: &DemoMatter,
    step: usize,
    via: script::Channel,
    text: &str,
    at: Moment,
    (matter, first): (MatterId, PetitionerId),
) -> Registration {
    let (part, relation) = match m.who.first() {
        Some(who) => (part(who.part), who.relation.to_owned()),
        None => (Part::Petitioner, String::new()),
    };
    Registration {
        submission_key: format!("demo-{}-{step}", m.key),
        channel: channel(via),
        happened_at: at.plus(-WRITING_DOWN),
        people_count: m.people.max(1),
        people: vec![Person { who: Who::Known(first), part, relation }],
        about: About::Existing(matter),
        contact_summary: with_years(text, at.today()),
        handed_in: String::new(),
        outside_number: None,
        heard_at: Vec::new(),
        assigned: None,
    }
}

/// What the script decided on screening, in the rules' words; nothing while it waits.
pub(super) fn screening(m: &DemoMatter) -> Screening {
    match m.screening {
        script::Screening::Waiting | script::Screening::Sent { .. } => Screening::Undecided,
        script::Screening::Accepted { .. } => Screening::Accepted,
        script::Screening::Litigation { track, .. } => Screening::InLitigation(track_of(track), None),
        script::Screening::Elsewhere { reason, to, .. } => {
            let channel = shipped::guidance_reasons().find(|r| r.code == reason).map_or("", |r| r.channel);
            Screening::NotThisCourt { authority: to.to_owned(), guidance: format!("{channel}。") }
        }
        script::Screening::Answered { answer, .. } => {
            Screening::AnsweredOnTheSpot { answer: answer.to_owned() }
        }
    }
}

/// A suit and an appeal both go to the filing division to be filed.
fn track_of(word: &str) -> Track {
    Track::from_code(word).unwrap_or(Track::Filing)
}

fn case(number: &str, today: NaiveDate) -> TypedCase {
    match CaseNumber::parse_until(number, today) {
        Ok(parsed) => TypedCase { number: parsed.canonical(), verified: true, reason: None },
        Err(fault) => {
            TypedCase { number: number.to_owned(), verified: false, reason: Some(fault.to_string()) }
        }
    }
}

fn heard_at(heard: &script::Heard, m: &DemoMatter, today: NaiveDate) -> Option<Heard> {
    // Both are counted back from the demonstration.
    let before = heard.days_ago - m.days_ago;
    Some(Heard {
        level: HeardLevel::from_code(heard.level)?,
        body: heard.body.to_owned(),
        manner: HeardManner::from_code(heard.manner)?,
        heard_on: Some(today - TimeDelta::days(before.max(0))),
        source: HeardSource::from_code(heard.source)?,
    })
}

fn people(m: &DemoMatter, index: usize, known: &Known, today: NaiveDate) -> Vec<Person> {
    if m.who.is_empty() {
        let who = Who::New(Box::new(PetitionerDetails::anonymous()));
        return vec![Person { who, part: Part::Petitioner, relation: String::new() }];
    }
    m.who
        .iter()
        .enumerate()
        .map(|(nth, who)| Person {
            who: match known.get(&key_of(who)) {
                Some(id) => Who::Known(*id),
                None => Who::New(Box::new(details(who, index * 20 + nth, today))),
            },
            part: part(who.part),
            relation: who.relation.to_owned(),
        })
        .collect()
}

fn details(who: &script::Who, index: usize, today: NaiveDate) -> PetitionerDetails {
    let index = u64::try_from(index).unwrap_or(0);
    let mut random = Random::of(SEED, index);
    let (kind, sex, birth, document) = match who.kind {
        WhoKind::Person { male, born } => {
            let birth: Option<NaiveDate> = born.parse().ok();
            let number = birth.map(|born| citizen_number(born, male, index));
            let sex = if male { Sex::Male } else { Sex::Female };
            let document =
                number.flatten().map(|number| Document::Verified { kind: DocumentType::Id, number });
            (PetitionerKind::Person, Some(sex), birth, document)
        }
        WhoKind::Organisation => {
            let number = names::credit_code(index);
            let document = Some(Document::Verified { kind: DocumentType::Uscc, number });
            (PetitionerKind::Organisation, None, None, document)
        }
    };
    debug_assert!(birth.is_none_or(|birth| birth < today));
    PetitionerDetails {
        kind,
        name: who.name.to_owned(),
        sex,
        birth,
        document,
        phone: Phone::parse(&names::mobile(&mut random)).ok(),
        address: Some(names::address(&mut random)),
        care: care(who.care),
        confidential: false,
        dropped: Vec::new(),
    }
}

/// An ID number of the district for somebody born on this day.
fn citizen_number(born: NaiveDate, male: bool, index: u64) -> Option<String> {
    let sequence = 700 + (index % 100) * 2 + u64::from(male);
    let body = format!("410404{}{sequence:03}", born.format("%Y%m%d"));
    names::id_checksum(&body).map(|check| format!("{body}{check}"))
}

/// What the counter ticks.
pub fn care(care: names::Care) -> Vec<CareFlag> {
    [
        (care.elderly, CareFlag::Elderly),
        (care.disabled, CareFlag::Disabled),
        (care.ill, CareFlag::Ill),
        (care.interpreter, CareFlag::Interpreter),
    ]
    .into_iter()
    .filter(|(needed, _)| *needed)
    .map(|(_, flag)| flag)
    .collect()
}
