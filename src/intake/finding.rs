//! Reading for the counter: who may be meant and what is open of theirs; what can be chosen; likely doubles.

use super::forms::IntakeForm;
use super::store;
use super::types::{
    Carried, Choices, Double, DraftFile, DraftId, DraftLine, Found, Guidance, MatterCard, PersonCard,
};
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::actions::register::{About, Registration, Who};
use crate::matters::{self, Matter, MatterId};
use crate::people::{self, Act, Permission, StaffId};
use crate::petitioners::rules::Ground;
use crate::petitioners::types::PetitionerKind;
use crate::petitioners::{self, Match, Petitioner, PetitionerId, Typed};
use crate::text::{is_han, tidy};
use crate::time::Moment;
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashMap};

/// Matters that are read for all the people on one page.
const MOST_MATTERS: i64 = 200;
/// Matters that are shown of one person.
const MOST_OF_ONE: usize = 8;

/// Everybody and everything that may be meant by what was typed into the one box.
pub fn find(conn: &mut Conn, act: &Act, text: &str) -> Result<Found, Problem> {
    let today = act.now.today();
    let scope = &act.by.scope;
    let typed = Typed::read(text, today);
    let number = matter_number(text);
    let looked = number.is_some() || !typed.is_empty();
    let mut found = Found { looked, carried: carried(text, &typed), ..Found::default() };
    if let Some(card) = &typed.card {
        found.conflicts.clone_from(&card.conflicts);
        found.conflicts.extend(card.document.as_ref().err().map(ToString::to_string));
    }
    if !found.looked {
        return Ok(found);
    }
    let matches = petitioners::find_matches(conn, scope, &act.keys, &typed)?;
    let people: Vec<(Petitioner, String)> =
        matches.into_iter().map(|found| (found.petitioner.clone(), found.reason())).collect();
    found.people = cards(conn, act, people)?;
    let mut direct = Vec::new();
    for number in &typed.cases {
        direct.extend(matters::store::about_case(conn, scope, number, 20)?);
    }
    if let Some(number) = number {
        direct.extend(optional(matters::store::find_by_number(conn, scope, &number))?);
    }
    let shown: Vec<MatterId> =
        found.people.iter().flat_map(|person| &person.matters).map(|matter| matter.id).collect();
    direct.retain(|matter| !shown.contains(&matter.id));
    found.matters = matter_cards(conn, &direct)?;
    Ok(found)
}

fn optional<T>(read: diesel::QueryResult<T>) -> Result<Option<T>, Problem> {
    match read {
        Ok(value) => Ok(Some(value)),
        Err(diesel::result::Error::NotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// A matter's own number, with the brackets it is kept with.
fn matter_number(text: &str) -> Option<String> {
    let text: String = crate::text::squeeze(text);
    let number: String = text
        .chars()
        .map(|c| match c {
            '(' | '[' | '（' | '【' => '〔',
            ')' | ']' | '）' | '】' => '〕',
            other => other,
        })
        .collect();
    (number.contains('〔') && number.chars().count() <= 40).then_some(number)
}

/// What goes along into the form for somebody new.
fn carried(text: &str, typed: &Typed) -> Carried {
    if let Some(card) = &typed.card {
        return Carried {
            name: card.name.clone().unwrap_or_default(),
            doc_type: card.kind.code().to_owned(),
            doc_number: card.number.clone(),
            sex: card.sex.map_or_else(String::new, |sex| sex.code().to_owned()),
            birth: card.birth.map_or_else(String::new, |birth| birth.to_string()),
            address: card.address.clone().unwrap_or_default(),
            ..Carried::default()
        };
    }
    let mut carried = Carried::default();
    if let Some(number) = typed.cases.first() {
        carried.case_number.clone_from(number);
    } else if !typed.phones.is_empty() {
        carried.phone = tidy(text);
    } else if typed.documents.iter().any(|number| number.chars().count() >= 8) {
        carried.doc_number = tidy(text);
    } else if typed.name.is_some() && text.chars().any(is_han) {
        carried.name = tidy(text);
    }
    carried
}

/// People with their matters, in a fixed number of queries.
fn cards(conn: &mut Conn, act: &Act, people: Vec<(Petitioner, String)>) -> Result<Vec<PersonCard>, Problem> {
    let ids: Vec<PetitionerId> = people.iter().map(|(person, _)| person.id).collect();
    let mut theirs = matters_by_person(conn, act, &ids)?;
    let today = act.now.today();
    Ok(people
        .into_iter()
        .map(|(person, reason)| {
            let matters = theirs.remove(&person.id).unwrap_or_default();
            person_card(&person, reason, matters, today)
        })
        .collect())
}

/// A person's card.
pub fn person_card(
    person: &Petitioner,
    reason: String,
    matters: Vec<MatterCard>,
    today: NaiveDate,
) -> PersonCard {
    let mut particulars = Vec::new();
    particulars.extend(person.sex.map(|sex| sex.label().to_owned()));
    particulars.extend(person.age(today).map(|age| format!("{age} 岁")));
    particulars.extend(person.document_shown(false));
    particulars.extend(person.phone_masked.clone());
    if person.kind == PetitionerKind::Organisation {
        particulars.insert(0, person.kind.label().to_owned());
    }
    PersonCard {
        id: person.id,
        name: person.name_shown(),
        particulars,
        cares: person.cares(today),
        reason,
        matters,
    }
}

fn matters_by_person(
    conn: &mut Conn,
    act: &Act,
    survivors: &[PetitionerId],
) -> Result<HashMap<PetitionerId, Vec<MatterCard>>, Problem> {
    if survivors.is_empty() {
        return Ok(HashMap::new());
    }
    let merged: HashMap<PetitionerId, PetitionerId> = store::merged_into(conn, survivors)?
        .into_iter()
        .filter_map(|(id, survivor)| Some((id, survivor?)))
        .collect();
    let mut all: Vec<PetitionerId> = survivors.to_vec();
    all.extend(merged.keys());
    let parts = store::parts_of(conn, &all, MOST_MATTERS)?;
    let ids: Vec<MatterId> = parts.iter().map(|(_, matter)| *matter).collect();
    let visible = matters::store::find_all(conn, &act.by.scope, &ids)?;
    let cards: HashMap<MatterId, MatterCard> =
        matter_cards(conn, &visible)?.into_iter().map(|card| (card.id, card)).collect();
    let mut by_person: HashMap<PetitionerId, Vec<MatterCard>> = HashMap::new();
    for (person, matter) in parts {
        let person = merged.get(&person).copied().unwrap_or(person);
        let theirs = by_person.entry(person).or_default();
        if let Some(card) = cards.get(&matter)
            && theirs.len() < MOST_OF_ONE
            && !theirs.iter().any(|known| known.id == card.id)
        {
            theirs.push(card.clone());
        }
    }
    Ok(by_person)
}

/// Matters as the counter shows them, in the order given.
pub fn matter_cards(conn: &mut Conn, matters: &[Matter]) -> Result<Vec<MatterCard>, Problem> {
    let ids: Vec<StaffId> = matters.iter().map(|matter| matter.accountable_id).collect();
    let names: HashMap<StaffId, String> =
        store::staff_named(conn, &ids)?.into_iter().map(|(id, name, _, _)| (id, name)).collect();
    Ok(matters
        .iter()
        .map(|matter| MatterCard {
            id: matter.id,
            number: matter.number.clone(),
            petitioner_line: matter.petitioner_line.clone(),
            claim: matter.claim.clone(),
            stage: matter.stage,
            accountable: names.get(&matter.accountable_id).cloned().unwrap_or_default(),
            contact_count: matter.contact_count,
            last_contact: Moment::from_utc(matter.last_contact_at),
            next_due_on: matter.next_due_on,
        })
        .collect())
}

/// The people in rows of a form that stand for records, in the order of their ids as given.
pub fn known(conn: &mut Conn, act: &Act, form: &IntakeForm) -> Result<Vec<PersonCard>, Problem> {
    let ids = form.known_people();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let court = act.by.court()?;
    let found = petitioners::store::load_all(conn, &ids)?;
    let own = found.iter().filter(|person| person.court_id == court);
    Ok(own.map(|person| person_card(person, String::new(), Vec::new(), act.now.today())).collect())
}

/// What can be chosen in the form.
pub fn choices(conn: &mut Conn, act: &Act) -> Result<Choices, Problem> {
    let court = act.by.court()?;
    let categories = matters::store::categories(conn)?;
    let first = categories.iter().filter(|c| c.active && c.parent_code.is_none());
    let groups = first
        .map(|parent| {
            let below =
                categories.iter().filter(|c| c.active && c.parent_code.as_ref() == Some(&parent.code));
            let mut below: Vec<(String, String)> =
                below.map(|category| (category.code.clone(), category.name.clone())).collect();
            if below.is_empty() {
                below.push((parent.code.clone(), parent.name.clone()));
            }
            (parent.name.clone(), below)
        })
        .collect();
    let divisions: Vec<_> = people::division_list(conn, court)?
        .into_iter()
        .map(|division| (division.id, division.name))
        .collect();
    let everyone = people::staff_in_court(conn, court)?;
    let mut staff: Vec<(String, Vec<(StaffId, String)>)> = Vec::new();
    let mut placed: BTreeMap<usize, Vec<(StaffId, String)>> = BTreeMap::new();
    for person in everyone {
        let place = divisions.iter().position(|(id, _)| Some(*id) == person.division_id);
        let label = format!("{}（{}）", person.name, person.post.label());
        placed.entry(place.unwrap_or(divisions.len())).or_default().push((person.id, label));
    }
    for (place, people) in placed {
        let title = divisions.get(place).map_or("其他", |(_, name)| name.as_str());
        staff.push((title.to_owned(), people));
    }
    let guidance = matters::store::guidance_reasons(conn)?.into_iter().filter(|reason| reason.active);
    let guidance = guidance
        .map(|reason| Guidance {
            code: reason.code,
            name: reason.name,
            channel: reason.channel,
            legal_source: reason.legal_source,
        })
        .collect();
    Ok(Choices {
        categories: groups,
        divisions,
        staff,
        guidance,
        may_screen: act.by.may(Permission::ScreenMatter),
        may_tell_apart: act.by.may(Permission::EditPetitioner),
    })
}

/// This person's drafts.
pub fn drafts(conn: &mut Conn, act: &Act) -> Result<Vec<DraftLine>, Problem> {
    let me = act.by.person()?;
    store::drafts_of(conn, me)?
        .into_iter()
        .map(|draft| {
            let form = opened(act, &draft)?;
            Ok(DraftLine { id: draft.id, words: form.words(), saved_at: Moment::from_utc(draft.saved_at) })
        })
        .collect()
}

fn opened(act: &Act, draft: &store::Draft) -> Result<IntakeForm, Problem> {
    let text = act.keys.open(&draft.sealed)?;
    serde_json::from_str(&text).map_err(Problem::internal)
}

/// One of this person's drafts, as it was left.
pub fn draft(conn: &mut Conn, act: &Act, id: DraftId) -> Result<IntakeForm, Problem> {
    let draft = store::find_draft(conn, act.by.person()?, id)?;
    let mut form = opened(act, &draft)?;
    form.tidy_rows();
    Ok(form)
}

/// The files that the form's draft holds.
pub fn files(conn: &mut Conn, act: &Act, form: &IntakeForm) -> Result<Vec<DraftFile>, Problem> {
    match form.draft() {
        Some(draft) => Ok(store::files_of(conn, act.by.person()?, draft)?),
        None => Ok(Vec::new()),
    }
}

/// People who are likely known already, and matters that this is likely a further contact on; shown before saving,
/// never in the way.
pub fn doubles(
    conn: &mut Conn,
    act: &Act,
    form: &IntakeForm,
    entered: &Registration,
) -> Result<Vec<Double>, Problem> {
    let about: Vec<MatterId> = same_case(conn, act, entered)?;
    let new = matches!(entered.about, About::New(_));
    let told_apart = form.told_apart();
    let rows = (0..form.person_rows()).filter(|row| !form.person(*row).is_blank());
    let mut doubles = Vec::new();
    for (row, person) in rows.zip(&entered.people) {
        let apart: Vec<PetitionerId> =
            told_apart.iter().filter(|(at, _)| *at == row).map(|(_, person)| *person).collect();
        let found: Vec<(Match, bool)> = match &person.who {
            Who::Known(_) if !new => Vec::new(),
            Who::Known(id) => {
                let petitioner = petitioners::store::find(conn, &act.by.scope, *id)?;
                vec![(Match { petitioner, grounds: Vec::new(), score: 0, found_as: None }, true)]
            }
            Who::New(details) if details.kind == PetitionerKind::Anonymous => Vec::new(),
            Who::New(details) => {
                let found = petitioners::likely_same(conn, &act.by.scope, &act.keys, details, &apart)?;
                found.into_iter().map(|found| (found, false)).collect()
            }
        };
        let people = found.iter().map(|(found, _)| (found.petitioner.clone(), found.reason())).collect();
        for (card, (found, known)) in cards(conn, act, people)?.into_iter().zip(found) {
            doubles.extend(double(row, card, &found, known, &about, act.now.today()));
        }
    }
    Ok(doubles)
}

/// Whether it is one: a record that is surely the same person, or somebody whose matter is about the same case, or who
/// was here today.
fn double(
    row: usize,
    mut card: PersonCard,
    found: &Match,
    known: bool,
    same_case: &[MatterId],
    today: NaiveDate,
) -> Option<Double> {
    let telling =
        |matter: &MatterCard| same_case.contains(&matter.id) || matter.last_contact.today() == today;
    let any = card.matters.iter().any(telling);
    let alike = !known && found.score >= Ground::Phone.score();
    if !any && !alike {
        return None;
    }
    if known {
        card.matters.retain(telling);
    }
    if !card.matters.is_empty() && any && !alike {
        let why = if card.matters.iter().any(|matter| same_case.contains(&matter.id)) {
            "有同一案号的事项"
        } else {
            "今天已经登记过"
        };
        card.reason =
            if card.reason.is_empty() { why.to_owned() } else { format!("{}，{why}", card.reason) };
    }
    Some(Double { row, known, person: card })
}

fn same_case(conn: &mut Conn, act: &Act, entered: &Registration) -> Result<Vec<MatterId>, Problem> {
    let About::New(new) = &entered.about else { return Ok(Vec::new()) };
    let mut ids = Vec::new();
    for case in &new.cases {
        let found = matters::store::about_case(conn, &act.by.scope, &case.number, MOST_MATTERS)?;
        ids.extend(found.into_iter().map(|matter| matter.id));
    }
    Ok(ids)
}

/// What the clerk has seen of these, to be sent along with the form.
pub fn seen(doubles: &[Double]) -> String {
    let mut ids: Vec<String> =
        doubles.iter().map(|double| format!("{}:{}", double.row, double.person.id)).collect();
    ids.sort();
    ids.join(" ")
}

/// Whether each of these was shown before.
pub fn all_seen(doubles: &[Double], seen: &str) -> bool {
    let seen: Vec<&str> = seen.split(' ').collect();
    doubles.iter().all(|double| seen.contains(&format!("{}:{}", double.row, double.person.id).as_str()))
}
