//! What pages show of matters, put together from the stores by one scope.

use super::life::{self, Found};
use super::store;
use super::types::{
    Category, Contact, ContactFilter, ContactId, GuidanceReason, Hand, HandPart, HeardAt, Matter, MatterCase,
    MatterFilter, MatterId, Participant, Reply, TimelineEntry,
};
use crate::accountability;
use crate::assignments;
use crate::calendar;
use crate::call_backs;
use crate::db::Conn;
use crate::deadlines::{self, Clock, Rule};
use crate::enforcement;
use crate::error::Problem;
use crate::escalation;
use crate::files::Attachment;
use crate::instructions;
use crate::links;
use crate::people::{self, Act, Scope, StaffId};
use crate::petitioners::{self, Petitioner};
use crate::replies;
use crate::reviews::{self, ReviewRequest};
use crate::search;
use crate::supervision;
use crate::time::Moment;
use crate::web::{Due, Listing};
use chrono::NaiveDate;
use std::collections::HashMap;

/// A matter as a list shows it.
#[derive(Clone, Debug)]
pub struct Listed {
    pub matter: Matter,
    pub accountable: String,
    pub category: String,
    pub due: Option<Due>,
}

/// Where a list by date goes on.
pub type DueCursor = (NaiveDate, MatterId);

/// A page of the register of matters, the newest first.
///
/// # Errors
///
/// When the database is away.
pub fn newest(
    conn: &mut Conn,
    scope: &Scope,
    filter: &MatterFilter,
    after: Option<MatterId>,
    now: Moment,
    page: i64,
) -> Result<Listing<Listed>, Problem> {
    let rows = store::matters_newest(conn, scope, filter, after, page + 1)?;
    Listing::cut(rows, page).show(|rows| listed(conn, rows, now))
}

/// A page of the open matters, the next due first.
///
/// # Errors
///
/// When the database is away.
pub fn by_due(
    conn: &mut Conn,
    scope: &Scope,
    filter: &MatterFilter,
    after: Option<DueCursor>,
    now: Moment,
    page: i64,
) -> Result<Listing<Listed>, Problem> {
    let rows = store::matters_by_due(conn, scope, filter, after, page + 1)?;
    Listing::cut(rows, page).show(|rows| listed(conn, rows, now))
}

/// How far the counts of the workbench go; beyond it they say so.
pub const COUNTED: i64 = 999;

/// How many open matters there are of these, up to [`COUNTED`].
///
/// # Errors
///
/// When the database is away.
pub fn count(conn: &mut Conn, scope: &Scope, filter: &MatterFilter) -> Result<i64, Problem> {
    Ok(store::count_open(conn, scope, filter, COUNTED)?)
}

/// Puts names, categories and lights to matters.
///
/// # Errors
///
/// When the database is away.
pub fn listed(conn: &mut Conn, matters: Vec<Matter>, now: Moment) -> Result<Vec<Listed>, Problem> {
    let mut ids: Vec<StaffId> = matters.iter().map(|matter| matter.accountable_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let names = people::names_of(conn, &ids)?;
    let categories = category_names(conn)?;
    let days = calendar::working_days(conn)?;
    let today = now.today();
    let due = |matter: &Matter| matter.next_due_on.map(|on| days.due(today, on));
    Ok(matters
        .into_iter()
        .map(|matter| Listed {
            accountable: names.get(&matter.accountable_id).cloned().unwrap_or_else(|| "（无）".to_owned()),
            category: categories
                .get(&matter.category_code)
                .cloned()
                .unwrap_or_else(|| matter.category_code.clone()),
            due: due(&matter),
            matter,
        })
        .collect())
}

/// The categories' names by code, a second-level one after its parent.
///
/// # Errors
///
/// When the database is away.
pub fn category_names(conn: &mut Conn) -> Result<HashMap<String, String>, Problem> {
    let all = store::categories(conn)?;
    let own: HashMap<&str, &str> = all.iter().map(|c| (c.code.as_str(), c.name.as_str())).collect();
    let full = |category: &Category| match category.parent_code.as_deref().and_then(|p| own.get(p)) {
        Some(parent) => format!("{parent}·{}", category.name),
        None => category.name.clone(),
    };
    Ok(all.iter().map(|category| (category.code.clone(), full(category))).collect())
}

/// A contact as a list shows it, with its matter.
#[derive(Clone, Debug)]
pub struct ListedContact {
    pub contact: Contact,
    pub number: String,
    pub receiver: String,
}

/// A page of the register of contacts, the newest first.
///
/// # Errors
///
/// When the database is away.
pub fn contacts(
    conn: &mut Conn,
    scope: &Scope,
    filter: &ContactFilter,
    after: Option<ContactId>,
    page: i64,
) -> Result<Listing<ListedContact>, Problem> {
    let page = Listing::cut(store::contacts(conn, scope, filter, after, page + 1)?, page);
    let matters: Vec<MatterId> = page.rows.iter().map(|contact| contact.matter_id).collect();
    let numbers: HashMap<MatterId, String> =
        store::find_all(conn, scope, &matters)?.into_iter().map(|m| (m.id, m.number)).collect();
    let receivers: Vec<StaffId> = page.rows.iter().map(|contact| contact.received_by).collect();
    let names = people::names_of(conn, &receivers)?;
    let rows = page
        .rows
        .into_iter()
        .map(|contact| ListedContact {
            number: numbers.get(&contact.matter_id).cloned().unwrap_or_default(),
            receiver: names.get(&contact.received_by).cloned().unwrap_or_default(),
            contact,
        })
        .collect();
    Ok(Listing { rows, more: page.more })
}

/// Everything that the page of one matter shows.
#[derive(Clone, Debug)]
pub struct Detail {
    pub listed: Listed,
    pub supervising: Option<String>,
    pub first_receiver: String,
    pub division: Option<String>,
    pub people: Vec<(Participant, Petitioner)>,
    pub cases: Vec<MatterCase>,
    pub contacts: Vec<Contact>,
    pub heard_at: Vec<HeardAt>,
    pub clocks: Vec<(Clock, Rule)>,
    pub timeline: Vec<TimelineEntry>,
    pub replies: Vec<Reply>,
    pub attachments: Vec<Attachment>,
    pub complained_of: Vec<String>,
    pub guidance: Vec<GuidanceReason>,
    pub assignments: assignments::Box,
    pub supervision: supervision::BoxData,
    pub escalation: escalation::BoxData,
    pub reply_versions: replies::views::BoxData,
    pub askings: Vec<call_backs::views::Listed>,
    pub reviews: Vec<ReviewRequest>,
    /// Who else has a hand in it: in what part, and their name.
    pub hands: Vec<(HandPart, String)>,
    /// How it stands, and how this person stands to it.
    pub found: Found,
    pub instructions: instructions::BoxData,
    pub links: links::BoxData,
    pub enforcement: enforcement::BoxData,
    /// `None` for everybody who may not see reviews.
    pub accountability: Option<accountability::BoxData>,
}

/// Timeline entries on a matter's page.
const TIMELINE: i64 = 200;

/// Who takes part in a matter, each with their record.
fn people_of(conn: &mut Conn, matter: &Matter) -> Result<Vec<(Participant, Petitioner)>, Problem> {
    let participants = store::participants(conn, matter)?;
    let ids: Vec<_> = participants.iter().map(|person| person.petitioner_id).collect();
    let known: HashMap<_, Petitioner> =
        petitioners::store::load_all(conn, &ids)?.into_iter().map(|p| (p.id, p)).collect();
    let record = |person: Participant| Some((person.clone(), known.get(&person.petitioner_id).cloned()?));
    Ok(participants.into_iter().filter_map(record).collect())
}

/// Everything about one matter that this person may see.
///
/// # Errors
///
/// `NotFound` when there is none, or none for them.
pub fn detail(conn: &mut Conn, act: &Act, key: &str) -> Result<Detail, Problem> {
    let scope = &act.by.scope;
    let matter = match key.parse::<MatterId>() {
        Ok(id) => store::find(conn, scope, id)?,
        Err(_) => store::find_by_number(conn, scope, key)?,
    };
    let found = life::stand(conn, act, matter.clone())?;
    let barred = store::barred(conn, &matter)?;
    let mut staff = barred.clone();
    staff.extend(found.hands.iter().filter_map(|hand| hand.staff_id));
    staff.extend(std::iter::once(matter.first_receiver_id).chain(matter.supervising_leader_id));
    let names = people::names_of(conn, &staff)?;
    let divisions = people::every_division(conn, matter.court_id)?;
    let division_name = |id| divisions.iter().find(|one| Some(one.id) == id).map(|one| one.name.clone());
    let name = |id: StaffId| names.get(&id).cloned();
    let shown = |hand: &Hand| {
        let who = hand.staff_id.and_then(name).or_else(|| division_name(hand.division_id))?;
        (hand.part != HandPart::Group).then_some((hand.part, who))
    };
    let hands = found.hands.iter().filter_map(shown).collect();
    let reply_versions = replies::views::box_for(conn, act, &found)?;
    Ok(Detail {
        supervising: matter.supervising_leader_id.and_then(name),
        first_receiver: name(matter.first_receiver_id).unwrap_or_default(),
        division: division_name(matter.division_id),
        hands,
        found,
        people: people_of(conn, &matter)?,
        cases: store::cases_of(conn, &matter)?,
        contacts: store::contacts_of(conn, &matter)?,
        heard_at: store::heard_at_of(conn, &matter)?,
        clocks: deadlines::of_matter(conn, matter.id.0)?,
        timeline: store::timeline_of(conn, &matter, None, TIMELINE)?,
        replies: store::replies_of(conn, &matter)?,
        attachments: crate::files::list(conn, matter.id.0)?,
        complained_of: barred.into_iter().filter_map(name).collect(),
        assignments: assignments::box_for(conn, &matter)?,
        escalation: escalation::box_for(conn, act, &matter)?,
        supervision: supervision::box_for(conn, act, &matter)?,
        instructions: instructions::box_for(conn, act, &matter)?,
        links: links::box_for(conn, act, &matter)?,
        enforcement: enforcement::box_for(conn, act, &matter)?,
        accountability: accountability::box_for(conn, act, &matter)?,
        reply_versions,
        askings: call_backs::views::box_for(conn, act, &matter)?,
        reviews: reviews::of_matter(conn, &matter)?,
        guidance: store::guidance_reasons(conn)?.into_iter().filter(|reason| reason.active).collect(),
        listed: listed(conn, vec![matter], act.now)?.remove(0),
    })
}

/// What a search found.
#[derive(Clone, Debug, Default)]
pub struct Searched {
    pub matters: Vec<Listed>,
    /// Where to look on for older ones.
    pub more_before: Option<i64>,
    pub petitioners: Vec<petitioners::Match>,
}

/// Searches matters by name, pinyin, number or words, and petitioners by whatever they are found by, within scope.
///
/// # Errors
///
/// When the database is away.
pub fn search(conn: &mut Conn, act: &Act, typed: &str, before: Option<i64>) -> Result<Searched, Problem> {
    let scope = &act.by.scope;
    let mut found = Searched::default();
    if before.is_none() {
        let query = petitioners::Typed::read(typed, act.now.today());
        found.petitioners = petitioners::find_matches(conn, scope, &act.keys, &query)?;
    }
    let court = format!("court{}", scope.court_id.map_or(0, |court| court.0));
    if let Some(query) = search::Typed::read(typed) {
        let query = query.marked(&[&court]);
        let page =
            search::page(conn, &query, before, 30, |conn, ids| Ok(store::only_visible(conn, scope, ids)?))?;
        let ids: Vec<MatterId> = page.ids.iter().map(|id| MatterId(*id)).collect();
        let mut rows = store::find_all(conn, scope, &ids)?;
        rows.sort_unstable_by_key(|matter| std::cmp::Reverse(matter.id));
        found.matters = listed(conn, rows, act.now)?;
        found.more_before = page.more_before;
    }
    Ok(found)
}
