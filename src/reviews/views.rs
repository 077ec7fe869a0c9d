//! What pages show of reviews.

use super::rules;
use super::store;
use super::types::{ReviewKind, ReviewRequest, ReviewState};
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::life;
use crate::matters::stages::Event;
use crate::matters::{self, Matter, MatterId};
use crate::people::{self, Act};
use crate::replies;
use crate::web::Listing;
use crate::web::listing::PAGE;
use chrono::NaiveDate;
use std::collections::HashMap;

/// What the form for a request is drawn from.
#[derive(Clone, Debug)]
pub struct Requesting {
    pub matter: Matter,
    pub kind: ReviewKind,
    /// The court above, where it is known.
    pub above: String,
    pub served_on: NaiveDate,
    /// By when they may ask.
    pub until: NaiveDate,
}

/// How many days there are to ask (信访工作条例 35, 36).
const DAYS: u64 = 30;

/// The form for a request.
///
/// # Errors
///
/// `NotFound`, `Forbidden`; `Refused` where none may be asked for now.
pub fn requesting(conn: &mut Conn, act: &Act, id: MatterId) -> Result<Requesting, Problem> {
    let matter = life::find_for(conn, act, id, Event::RequestReview)?.matter;
    let draft = replies::current(conn, &matter)?.ok_or(Problem::Stale)?;
    let served_on = draft.served_on.ok_or(Problem::Stale)?;
    let requests = store::of_matter(conn, &matter)?;
    let kind = rules::standing(Some(draft.id), &requests).next.ok_or(Problem::Stale)?;
    let before = requests.iter().rfind(|request| request.draft_id == Some(draft.id));
    let before = before.and_then(|request| request.decided_on);
    let from = before.or(draft.received_on).unwrap_or(served_on);
    let parent = people::court(conn, matter.court_id)?.parent_id;
    let above = match parent {
        Some(parent) => people::court(conn, parent)?.name,
        None => String::new(),
    };
    let until = from.checked_add_days(chrono::Days::new(DAYS)).unwrap_or(from);
    Ok(Requesting { kind, matter, above, served_on, until })
}

/// A request that waits for `event`, with its matter.
///
/// # Errors
///
/// `NotFound`, `Forbidden`; `Refused` when `event` can't happen now.
pub fn open_for(
    conn: &mut Conn,
    act: &Act,
    id: MatterId,
    event: Event,
) -> Result<(Matter, ReviewRequest), Problem> {
    let matter = life::find_for(conn, act, id, event)?.matter;
    let open = store::of_matter(conn, &matter)?.into_iter().find(|one| one.state != ReviewState::Decided);
    Ok((matter, open.ok_or(Problem::Stale)?))
}

/// A matter that is the review of a lower court's reply and waits for the opinion, with the request.
///
/// # Errors
///
/// `NotFound`, `Forbidden`; `Refused` when no opinion can be given now.
pub fn here(conn: &mut Conn, act: &Act, id: MatterId) -> Result<(Matter, ReviewRequest), Problem> {
    let matter = life::find_for(conn, act, id, Event::DecideReview)?.matter;
    let request = store::of_above_matter(conn, id)?.ok_or(Problem::Stale)?;
    Ok((matter, request))
}

/// What a lower court sent up, as the court above sees it.
#[derive(Clone, Debug)]
pub struct SentUp {
    pub request: ReviewRequest,
    /// The matter's.
    pub number: String,
    /// The lower court's name.
    pub court: String,
    /// What it is at this court, where the person may see it.
    pub here: Option<MatterId>,
}

/// A page of what lower courts sent up to the person's court.
///
/// # Errors
///
/// When the database is away.
pub fn sent_up(
    conn: &mut Conn,
    act: &Act,
    after: Option<super::ReviewRequestId>,
) -> Result<Listing<SentUp>, Problem> {
    let page = Listing::cut(store::sent_up(conn, act.by.court()?, after, PAGE + 1)?, PAGE);
    let ids: Vec<MatterId> = page.rows.iter().filter_map(|(request, _)| request.above_matter_id).collect();
    let seen = matters::find_all(conn, &act.by.scope, &ids)?;
    let courts = people::courts(conn)?;
    let name = |id| courts.iter().find(|court| court.id == id).map(|court| court.name.clone());
    let sent = |(request, number): (ReviewRequest, String)| SentUp {
        court: name(request.court_id).unwrap_or_default(),
        here: request.above_matter_id.filter(|id| seen.iter().any(|matter| matter.id == *id)),
        request,
        number,
    };
    page.show(|rows| Ok(rows.into_iter().map(sent).collect()))
}

/// The most open requests that are looked through.
const MOST_OPEN: i64 = 1_000;

/// A request of this court that is not decided yet, with its matter.
#[derive(Clone, Debug)]
pub struct Open {
    pub request: ReviewRequest,
    pub matter: Matter,
}

/// The open requests about matters that this person may see, the oldest first.
///
/// # Errors
///
/// When the database is away.
pub fn open(conn: &mut Conn, act: &Act) -> Result<Vec<Open>, Problem> {
    let requests = store::open(conn, act.by.court()?, MOST_OPEN)?;
    let ids: Vec<MatterId> = requests.iter().map(|request| request.matter_id).collect();
    let seen = matters::find_all(conn, &act.by.scope, &ids)?;
    let seen: HashMap<MatterId, Matter> = seen.into_iter().map(|matter| (matter.id, matter)).collect();
    let open = |request: ReviewRequest| {
        let matter = seen.get(&request.matter_id)?.clone();
        Some(Open { request, matter })
    };
    Ok(requests.into_iter().filter_map(open).collect())
}
