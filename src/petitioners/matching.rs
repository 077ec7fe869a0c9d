//! Finding a petitioner again: each way of looking is one look-up in an index, whatever the size of the register.

use super::document_number::tails;
use super::rules::{Ground, score, telling};
use super::store::{self, Look};
use super::typed::Typed;
use super::types::{KeyKind, Petitioner, PetitionerDetails, PetitionerId};
use crate::crypto::{Domain, Keys};
use crate::db::Conn;
use crate::error::Problem;
use crate::people::Scope;

/// Most petitioners that are proposed at once.
const MOST_PROPOSED: usize = 20;

/// A petitioner who may be meant, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The record that stands for the person now.
    pub petitioner: Petitioner,
    /// Surest first.
    pub grounds: Vec<Ground>,
    /// Of 100 and a little more.
    pub score: i32,
    /// The name of the merged record that was found, where it is another one.
    pub found_as: Option<String>,
}

impl Match {
    /// Somebody whom a person chose by hand.
    pub fn chosen(petitioner: Petitioner) -> Self {
        Match { petitioner, grounds: Vec::new(), score: 0, found_as: None }
    }

    /// `证件号码相同，姓名相同`, with the merged record's name where that was what was found.
    pub fn reason(&self) -> String {
        let reasons: Vec<_> = self.grounds.iter().map(|ground| ground.reason()).collect();
        let mut text = reasons.join("，");
        if let Some(name) = &self.found_as {
            text.push_str(&format!("（已并入的记录“{name}”）"));
        }
        text
    }

    /// Whether this is somebody known already, beyond reasonable doubt.
    pub fn is_sure(&self) -> bool {
        self.score >= Ground::NameAndBirth.score()
    }
}

/// Everybody within `scope` who may be meant by `typed`, likeliest first.
///
/// # Errors
///
/// That the database cannot be read.
pub fn find_matches(
    conn: &mut Conn,
    scope: &Scope,
    keys: &Keys,
    typed: &Typed,
) -> Result<Vec<Match>, Problem> {
    let Some(court) = scope.court_id else { return Ok(Vec::new()) };
    let mut hits: Vec<(PetitionerId, Ground)> = Vec::new();
    for (look, ground) in ways(keys, typed).iter().map(|(way, ground)| (way.look(), *ground)) {
        let found = store::look(conn, scope, court, look)?;
        hits.extend(found.into_iter().map(|id| (id, ground)));
    }
    let mut ids: Vec<PetitionerId> = hits.iter().map(|(id, _)| *id).collect();
    ids.sort();
    ids.dedup();
    let (found, survivors) = store::survivors_of(conn, scope, court, &ids)?;
    Ok(rank(hits, &found, survivors, typed))
}

/// Everybody who may be the person with these particulars, before they are saved; those in `not` were said to be others.
///
/// # Errors
///
/// That the database cannot be read.
pub fn likely_same(
    conn: &mut Conn,
    scope: &Scope,
    keys: &Keys,
    details: &PetitionerDetails,
    not: &[PetitionerId],
) -> Result<Vec<Match>, Problem> {
    let mut matches = find_matches(conn, scope, keys, &Typed::of(details))?;
    matches.retain(|found| !not.contains(&found.petitioner.id));
    Ok(matches)
}

/// Other records that may be the same person as `petitioner`: same document, same phone, or same name and birth date;
/// without those that somebody said are not.
///
/// # Errors
///
/// That the database cannot be read, or a sealed value cannot be opened.
pub fn doubles(
    conn: &mut Conn,
    scope: &Scope,
    keys: &Keys,
    petitioner: &Petitioner,
) -> Result<Vec<Match>, Problem> {
    let group = store::group_of(conn, petitioner.id)?;
    let distinct = store::distinct_from(conn, &group)?;
    let mut typed = Typed {
        name: Some(super::rules::name_key(&petitioner.name)),
        birth: petitioner.birth_on,
        ..Typed::default()
    };
    if let Some(sealed) = &petitioner.doc_sealed {
        typed.documents.push(keys.open(sealed)?);
    }
    if let Some(sealed) = &petitioner.phone_sealed {
        typed.phones.extend(super::phone::Phone::parse(&keys.open(sealed)?).ok().map(|phone| phone.key()));
    }
    let mut matches = find_matches(conn, scope, keys, &typed)?;
    matches.retain(|found| {
        let id = found.petitioner.id;
        let said = distinct.iter().any(|pair| pair.one_id == id || pair.other_id == id);
        !group.contains(&id) && !said && found.score >= Ground::Phone.score()
    });
    Ok(matches)
}

/// One way of looking, with the text it needs.
enum Way {
    Whole(KeyKind, String),
    NameBegins(String),
    Pinyin(String),
    Initials(String),
    Case(String),
}

impl Way {
    fn look(&self) -> Look<'_> {
        match self {
            Way::Whole(kind, key) => Look::Whole(*kind, key),
            Way::NameBegins(name) => Look::NameBegins(name),
            Way::Pinyin(latin) => Look::Pinyin(latin),
            Way::Initials(latin) => Look::Initials(latin),
            Way::Case(number) => Look::Case(number),
        }
    }
}

fn ways(keys: &Keys, typed: &Typed) -> Vec<(Way, Ground)> {
    let indexed = |kind, domain, text: &str| Way::Whole(kind, keys.index(domain, text));
    let mut ways = Vec::new();
    for number in &typed.documents {
        ways.push((indexed(KeyKind::Document, Domain::Document, number), Ground::Document));
    }
    for phone in &typed.phones {
        ways.push((indexed(KeyKind::Phone, Domain::Phone, phone), Ground::Phone));
    }
    for tail in &typed.document_tails {
        let ground = if tail.chars().count() == 6 { Ground::LongDocumentTail } else { Ground::DocumentTail };
        ways.push((indexed(KeyKind::DocumentTail, Domain::DocumentTail, tail), ground));
    }
    for tail in &typed.phone_tails {
        ways.push((indexed(KeyKind::PhoneTail, Domain::PhoneTail, tail), Ground::PhoneTail));
    }
    for number in &typed.cases {
        ways.push((Way::Case(number.clone()), Ground::CaseNumber));
    }
    if let Some(name) = &typed.name {
        ways.push((Way::Whole(KeyKind::Name, name.clone()), Ground::Name));
        if typed.name_may_go_on {
            ways.push((Way::NameBegins(name.clone()), Ground::NameBegins));
        }
    }
    if let Some(latin) = &typed.latin {
        ways.push((Way::Pinyin(latin.clone()), Ground::Pinyin));
        ways.push((Way::Initials(latin.clone()), Ground::Initials));
    }
    ways
}

fn rank(
    hits: Vec<(PetitionerId, Ground)>,
    found: &[Petitioner],
    survivors: Vec<Petitioner>,
    typed: &Typed,
) -> Vec<Match> {
    let mut matches: Vec<Match> = survivors
        .into_iter()
        .map(|survivor| {
            let own: Vec<&Petitioner> =
                found.iter().filter(|record| record.survivor() == survivor.id).collect();
            let mut grounds: Vec<Ground> = hits
                .iter()
                .filter(|(id, _)| own.iter().any(|record| record.id == *id))
                .map(|(_, ground)| *ground)
                .collect();
            let born_alike = typed.birth.is_some() && own.iter().any(|record| record.birth_on == typed.birth);
            if grounds.contains(&Ground::Name) && born_alike {
                grounds.push(Ground::NameAndBirth);
            }
            let grounds = telling(grounds);
            let as_itself = own.iter().any(|record| record.id == survivor.id);
            let found_as = own.first().filter(|_| !as_itself).map(|record| record.name_shown());
            Match { score: score(&grounds), grounds, found_as, petitioner: survivor }
        })
        .collect();
    matches.sort_by_key(|found| (-found.score, -found.petitioner.id.0));
    matches.truncate(MOST_PROPOSED);
    matches
}

/// What a document number is found by: the whole, and its tails.
pub(super) fn document_keys(keys: &Keys, number: &str) -> Vec<(KeyKind, String)> {
    let whole = (KeyKind::Document, keys.index(Domain::Document, number));
    let tails = tails(number).into_iter();
    std::iter::once(whole)
        .chain(tails.map(|tail| (KeyKind::DocumentTail, keys.index(Domain::DocumentTail, &tail))))
        .collect()
}

/// What a phone is found by: the whole, and its last four digits.
pub(super) fn phone_keys(keys: &Keys, phone: &super::phone::Phone) -> Vec<(KeyKind, String)> {
    vec![
        (KeyKind::Phone, keys.index(Domain::Phone, &phone.key())),
        (KeyKind::PhoneTail, keys.index(Domain::PhoneTail, &phone.tail())),
    ]
}
