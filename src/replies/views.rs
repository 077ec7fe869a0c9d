//! What pages show of replies, put together by one scope.

use super::forms::Base;
use super::rules;
use super::store;
use super::types::{Content, Draft, DraftState, Item};
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::life::{self, Found};
use crate::matters::stages::{Event, Relation};
use crate::matters::{self, Matter, MatterId};
use crate::people::{self, Act, Permission, StaffId};
use crate::time::Moment;
use crate::web::formats::plain_date;

/// A version of a reply with the names of those who had to do with it.
#[derive(Clone, Debug)]
pub struct Shown {
    pub draft: Draft,
    pub drafter: String,
    pub submitted_by: Option<String>,
    pub decided_by: Option<String>,
    pub served_by: Option<String>,
}

/// What a matter's page shows of its replies: the versions, the newest first.
#[derive(Clone, Debug)]
pub struct BoxData {
    pub matter: MatterId,
    pub versions: Vec<Shown>,
    /// This person may note when the newest, which was served, was received.
    pub may_receive: bool,
}

/// Whether somebody who stands to a matter so may note when its reply was received: those who may serve it.
pub fn receives(relations: &[Relation]) -> bool {
    let theirs = [Relation::Accountable, Relation::Handler, Relation::Officer];
    theirs.iter().any(|relation| relations.contains(relation))
}

/// The box on a matter's page. The matter has been found by scope.
///
/// # Errors
///
/// When the database is away.
pub fn box_for(conn: &mut Conn, act: &Act, found: &Found) -> Result<BoxData, Problem> {
    let versions = store::versions(conn, &found.matter)?;
    let served = versions.first().is_some_and(|newest| newest.state == DraftState::Served);
    let may_receive = served && receives(&found.relations) && act.by.may(Permission::CloseMatter);
    Ok(BoxData { matter: found.matter.id, versions: shown(conn, versions)?, may_receive })
}

fn shown(conn: &mut Conn, drafts: Vec<Draft>) -> Result<Vec<Shown>, Problem> {
    let involved = |draft: &Draft| {
        let rest = [draft.submitted_by, draft.decided_by, draft.served_by];
        std::iter::once(draft.drafter_id).chain(rest.into_iter().flatten()).collect::<Vec<_>>()
    };
    let ids: Vec<StaffId> = drafts.iter().flat_map(involved).collect();
    let names = people::names_of(conn, &ids)?;
    let name = |id: StaffId| names.get(&id).cloned().unwrap_or_default();
    let shown = |draft: Draft| Shown {
        drafter: name(draft.drafter_id),
        submitted_by: draft.submitted_by.map(name),
        decided_by: draft.decided_by.map(name),
        served_by: draft.served_by.map(name),
        draft,
    };
    Ok(drafts.into_iter().map(shown).collect())
}

/// What the page on which a reply is written starts with.
#[derive(Clone, Debug)]
pub struct Writing {
    pub found: Found,
    pub base: Base,
    pub content: Content,
    /// Why the version before was returned.
    pub returned: Option<String>,
    /// What is changed now has been approved already.
    pub approved: bool,
}

/// The reply as it stands, or a first draft from the template.
///
/// # Errors
///
/// `NotFound`, `Forbidden`; `Refused` when it can't be written now.
pub fn writing(conn: &mut Conn, act: &Act, id: MatterId) -> Result<Writing, Problem> {
    let found = life::find_for(conn, act, id, Event::DraftReply)?;
    let versions = store::versions(conn, &found.matter)?;
    let this_round = versions.iter().take_while(|one| one.state != DraftState::Served);
    let returned = this_round.clone().find(|one| one.state == DraftState::Returned);
    let returned = returned.map(|one| one.reason.clone());
    let newest = this_round.clone().next();
    let content = match newest {
        Some(draft) => content(conn, draft)?,
        None => template(conn, &found.matter)?,
    };
    let base = match (newest, versions.first()) {
        (Some(draft), _) => Base { number: draft.number, version: draft.version },
        (None, Some(served)) => Base { number: served.number, version: 0 },
        (None, None) => Base::default(),
    };
    let approved = newest.is_some_and(|draft| draft.state == DraftState::Approved);
    Ok(Writing { found, base, content, returned, approved })
}

/// What a version says.
///
/// # Errors
///
/// When the database is away.
pub fn content(conn: &mut Conn, draft: &Draft) -> Result<Content, Problem> {
    Ok(Content {
        receipt: draft.receipt.clone(),
        items: store::items_of(conn, draft.id)?,
        remedy: draft.remedy,
        remedy_text: draft.remedy_text.clone(),
    })
}

/// The first draft: how the matter came, an item for each claim, the remedy that usually fits.
fn template(conn: &mut Conn, matter: &Matter) -> Result<Content, Problem> {
    let first = matters::store::contacts_of(conn, matter)?.pop();
    let cases = matters::store::cases_of(conn, matter)?;
    let came = first.as_ref().map_or("反映", |contact| contact.channel.label());
    let remedy = rules::usual_remedy(matter.case_stage, !cases.is_empty());
    let items = rules::claims(&matter.claim).into_iter().map(|claim| Item { claim, ..Item::default() });
    Ok(Content {
        receipt: format!(
            "{}，本院收到您{came}反映的信访事项，{}登记受理，编号{}。现答复如下。",
            plain_date(Moment::from_utc(matter.received_at).today()),
            plain_date(Moment::from_utc(matter.registered_at).today()),
            matter.number
        ),
        items: items.collect(),
        remedy,
        remedy_text: rules::remedy_text(remedy).to_owned(),
    })
}

/// A reply with its matter, for the pages that show all of it.
#[derive(Clone, Debug)]
pub struct Whole {
    pub matter: Matter,
    pub shown: Shown,
    pub content: Content,
    pub court: String,
    /// Whom it is for.
    pub petitioners: String,
}

/// The newest version of a matter's reply, whole.
///
/// # Errors
///
/// `NotFound` where the person may not see the matter, or it has no reply.
pub fn whole(conn: &mut Conn, act: &Act, id: MatterId) -> Result<Whole, Problem> {
    let matter = matters::find(conn, &act.by.scope, id)?;
    let draft = store::current(conn, &matter)?.ok_or(Problem::NotFound)?;
    let content = content(conn, &draft)?;
    let court = people::court(conn, matter.court_id)?.name;
    let shown = shown(conn, vec![draft])?.pop().ok_or(Problem::NotFound)?;
    Ok(Whole { petitioners: matter.petitioner_line.clone(), court, content, shown, matter })
}

/// A reply that waits for `event`, whole.
///
/// # Errors
///
/// `NotFound`, `Forbidden`; `Refused` when `event` can't happen now.
pub fn whole_for(conn: &mut Conn, act: &Act, id: MatterId, event: Event) -> Result<Whole, Problem> {
    life::find_for(conn, act, id, event)?;
    whole(conn, act, id)
}
