//! What a matter's page shows of its links and merges, and what the forms about them are drawn from.

use super::store;
use super::types::{Link, LinkKind};
use crate::db::Conn;
use crate::enforcement;
use crate::error::Problem;
use crate::matters::life::{self, Found};
use crate::matters::stages::Event;
use crate::matters::types::{Contact, MatterCase, Participant, Stage};
use crate::matters::{self, Matter, MatterId, store as matter_store};
use crate::people::{Act, Permission};
use crate::petitioners::{self, Petitioner};

/// A link as one of its ends shows it.
#[derive(Clone, Debug)]
pub struct Linked {
    pub link: Link,
    pub other: Matter,
    /// The other matter is the original.
    pub to_original: bool,
    pub may_undo: bool,
}

/// What came with a matter that was merged into this one.
#[derive(Clone, Debug)]
pub struct Came {
    pub matter: Matter,
    /// The person sees its page as well.
    pub opens: bool,
    pub people: Vec<(Participant, Petitioner)>,
    pub cases: Vec<MatterCase>,
    pub contacts: Vec<Contact>,
}

/// A matter's links and merges.
#[derive(Clone, Debug, Default)]
pub struct BoxData {
    /// Only those to matters that this person may see.
    pub links: Vec<Linked>,
    /// Where it ended, if it was merged: the number, and the id where this person may see it.
    pub survivor: Option<(String, Option<MatterId>)>,
    /// What ended in it.
    pub came: Vec<Came>,
}

/// The box on a matter's page. The matter has been found by scope. What came with a merge is shown to whoever sees the
/// survivor: the bars of both have become the same.
///
/// # Errors
///
/// When the database is away.
pub fn box_for(conn: &mut Conn, act: &Act, matter: &Matter) -> Result<BoxData, Problem> {
    let survivor = match store::merge_of(conn, matter.id)? {
        Some(merge) => {
            let number = matters::of_job(conn, merge.survivor_id)?.number;
            let seen = matter_store::find_all(conn, &act.by.scope, &[merge.survivor_id])?;
            Some((number, seen.first().map(|seen| seen.id)))
        }
        None => None,
    };
    let merges = store::merged_into(conn, matter.id)?;
    let came = merges.iter().map(|merge| came(conn, act, merge.merged_id)).collect::<Result<_, _>>()?;
    Ok(BoxData { links: linked(conn, act, matter.id)?, survivor, came })
}

fn linked(conn: &mut Conn, act: &Act, id: MatterId) -> Result<Vec<Linked>, Problem> {
    let links = store::links_of(conn, id)?;
    let others: Vec<MatterId> = links.iter().map(|link| link.other(id)).collect();
    let seen = matter_store::find_all(conn, &act.by.scope, &others)?;
    let may = act.by.may(Permission::LinkMatters);
    Ok(links
        .into_iter()
        .filter_map(|link| {
            let other = seen.iter().find(|other| other.id == link.other(id))?.clone();
            let (to_original, may_undo) = (link.later_id == id, may && link.kind != LinkKind::Split);
            Some(Linked { link, other, to_original, may_undo })
        })
        .collect())
}

fn came(conn: &mut Conn, act: &Act, id: MatterId) -> Result<Came, Problem> {
    let matter = matters::of_job(conn, id)?;
    Ok(Came {
        opens: !matter_store::find_all(conn, &act.by.scope, &[id])?.is_empty(),
        people: people(conn, &matter)?,
        cases: matter_store::cases_of(conn, &matter)?,
        contacts: matter_store::contacts_of(conn, &matter)?,
        matter,
    })
}

/// Who takes part in a matter.
fn people(conn: &mut Conn, matter: &Matter) -> Result<Vec<(Participant, Petitioner)>, Problem> {
    let parts = matter_store::participants(conn, matter)?;
    let ids: Vec<_> = parts.iter().map(|one| one.petitioner_id).collect();
    let known = petitioners::store::load_all(conn, &ids)?;
    let with = |one: Participant| {
        let person = known.iter().find(|person| person.id == one.petitioner_id)?.clone();
        Some((one, person))
    };
    Ok(parts.into_iter().filter_map(with).collect())
}

/// What the forms that link and merge are drawn from.
#[derive(Clone, Debug)]
pub struct Choices {
    pub matter: Matter,
    /// Other matters of the same people or about the same cases, the newest first.
    pub near: Vec<Matter>,
    /// What of its enforcement is left to do, where it would end.
    pub hint: Option<String>,
}

/// How many are offered.
const OFFERED: i64 = 12;

/// Other matters with which this one may have to do; only open ones to merge into.
///
/// # Errors
///
/// As [`life::find_for`].
pub fn choices(conn: &mut Conn, act: &Act, id: MatterId, event: Event) -> Result<Choices, Problem> {
    let matter = life::find_for(conn, act, id, event)?.matter;
    let scope = &act.by.scope;
    let people: Vec<_> =
        matter_store::participants(conn, &matter)?.into_iter().map(|one| one.petitioner_id).collect();
    let mut near = matter_store::of_petitioners(conn, scope, &people, OFFERED)?;
    for case in matter_store::cases_of(conn, &matter)? {
        near.extend(matter_store::about_case(conn, scope, &case.number, OFFERED)?);
    }
    near.sort_unstable_by_key(|other| std::cmp::Reverse(other.id));
    near.dedup_by_key(|other| other.id);
    near.retain(|other| {
        other.id != id
            && (event != Event::Merge || other.stage != Stage::Closed && other.conduct == matter.conduct)
    });
    let hint = if event == Event::Merge { enforcement::closing_hint(conn, &matter)? } else { None };
    Ok(Choices { matter, near, hint })
}

/// What the form that splits is drawn from.
#[derive(Clone, Debug)]
pub struct Splitting {
    pub matter: Matter,
    pub people: Vec<(Participant, Petitioner)>,
    pub cases: Vec<MatterCase>,
}

/// The people and cases of a matter that may be split.
///
/// # Errors
///
/// As [`life::find_for`].
pub fn splitting(conn: &mut Conn, act: &Act, id: MatterId) -> Result<Splitting, Problem> {
    let Found { matter, .. } = life::find_for(conn, act, id, Event::Split)?;
    Ok(Splitting { people: people(conn, &matter)?, cases: matter_store::cases_of(conn, &matter)?, matter })
}

/// What the page that undoes a merge is drawn from.
#[derive(Clone, Debug)]
pub struct Unmerging {
    pub matter: Matter,
    pub survivor: String,
    /// The stage it goes back to.
    pub stage: Stage,
}

/// A merge that may be undone.
///
/// # Errors
///
/// As [`life::find_for`].
pub fn unmerging(conn: &mut Conn, act: &Act, id: MatterId) -> Result<Unmerging, Problem> {
    let matter = life::find_for(conn, act, id, Event::Unmerge)?.matter;
    let merge = store::merge_of(conn, id)?.ok_or(Problem::Stale)?;
    let survivor = matters::find(conn, &act.by.scope, merge.survivor_id)?.number;
    Ok(Unmerging { matter, survivor, stage: merge.stage_before })
}
