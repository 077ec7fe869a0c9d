//! What is done to campaigns.

use super::rules::{self, Refusal};
use super::store;
use super::types::{Campaign, CampaignId, Member};
use crate::audit::{self, Subject};
use crate::db::{Conn, next_id};
use crate::enforcement;
use crate::error::Problem;
use crate::matters::{self, EntryKind, MatterId};
use crate::people::{self, Act, Permission, StaffId};
use crate::time::Moment;
use chrono::NaiveDate;
use diesel::OptionalExtension;

/// A campaign as somebody describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CampaignDraft {
    pub name: String,
    pub goal: String,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub responsible: StaffId,
}

/// Opens a campaign (集中执行). The same one sent twice is opened once.
///
/// # Errors
///
/// `Forbidden`; `Refused` where there is another of the name, or the responsible person isn't of the court.
pub fn open(conn: &mut Conn, act: &Act, draft: &CampaignDraft) -> Result<CampaignId, Problem> {
    act.require(Permission::RunCampaign)?;
    let (court, me) = (act.by.court()?, act.by.person()?);
    of_court(conn, act, draft.responsible)?;
    let campaign = Campaign {
        id: CampaignId::new(act.now),
        court_id: court,
        name: draft.name.clone(),
        goal: draft.goal.clone(),
        starts_on: draft.starts_on,
        ends_on: draft.ends_on,
        responsible_id: draft.responsible,
        created_by: me,
        created_at: act.now.utc(),
        summary: String::new(),
        closed_by: None,
        closed_at: None,
        version: 0,
    };
    if let Some(known) = store::named(conn, court, &draft.name)? {
        let same = Campaign { id: known.id, created_at: known.created_at, ..campaign };
        return if same == known { Ok(known.id) } else { Err(Refusal::NameTaken.into()) };
    }
    store::insert(conn, &campaign)?;
    note(conn, act, &campaign, "campaign.opened", &[])?;
    Ok(campaign.id)
}

fn of_court(conn: &mut Conn, act: &Act, id: StaffId) -> Result<(), Problem> {
    let staff = people::staff_of_any_court(conn, id).optional()?;
    match staff.filter(|staff| staff.active && Some(staff.court_id) == act.by.court_id) {
        Some(_) => Ok(()),
        None => Err(Problem::refused("没有找到选择的负责人，请重新选择。")),
    }
}

fn note(
    conn: &mut Conn,
    act: &Act,
    campaign: &Campaign,
    action: &'static str,
    values: &[(&'static str, &str)],
) -> Result<(), Problem> {
    let mut all = vec![("name", campaign.name.as_str())];
    all.extend_from_slice(values);
    audit::record(conn, act, action, Subject::Campaign(campaign.id.0), &all)
}

/// A campaign that may still be changed.
fn find_open(conn: &mut Conn, act: &Act, id: CampaignId) -> Result<Campaign, Problem> {
    act.require(Permission::RunCampaign)?;
    let campaign = store::find(conn, &act.by.scope, id)?;
    rules::change(campaign.is_open())?;
    Ok(campaign)
}

/// Changes what a campaign that is still at `version` says of itself.
///
/// # Errors
///
/// `Forbidden`, `NotFound`; `Refused` where it is closed or the name is taken; `Stale`.
pub fn change(
    conn: &mut Conn,
    act: &Act,
    id: CampaignId,
    version: i64,
    draft: &CampaignDraft,
) -> Result<(), Problem> {
    let before = find_open(conn, act, id)?;
    of_court(conn, act, draft.responsible)?;
    if store::named(conn, before.court_id, &draft.name)?.is_some_and(|other| other.id != id) {
        return Err(Refusal::NameTaken.into());
    }
    let after = Campaign {
        name: draft.name.clone(),
        goal: draft.goal.clone(),
        starts_on: draft.starts_on,
        ends_on: draft.ends_on,
        responsible_id: draft.responsible,
        version,
        ..before.clone()
    };
    if !store::save(conn, &after)? {
        return Err(Problem::Stale);
    }
    let days = |one: &Campaign| format!("{} {}—{}", one.name, one.starts_on, one.ends_on);
    let values = [("before", days(&before)), ("after", days(&after))];
    let values = values.each_ref().map(|(field, value)| (*field, value.as_str()));
    note(conn, act, &after, "campaign.changed", &values)
}

/// Closes a campaign that is still at `version`, with what came of it (总结).
///
/// # Errors
///
/// `Forbidden`, `NotFound`; `Refused` where it is closed; `Stale`.
pub fn close(conn: &mut Conn, act: &Act, id: CampaignId, version: i64, summary: &str) -> Result<(), Problem> {
    let before = find_open(conn, act, id)?;
    let after = Campaign {
        summary: summary.to_owned(),
        closed_by: Some(act.by.person()?),
        closed_at: Some(act.now.utc()),
        version,
        ..before
    };
    if !store::save(conn, &after)? {
        return Err(Problem::Stale);
    }
    note(conn, act, &after, "campaign.closed", &[])
}

/// Puts matters into a campaign (列入集中执行), which so become enforcement matters. Those that are in it already stay.
/// Returns how many were put in.
///
/// # Errors
///
/// `Forbidden`; `NotFound` for a campaign or a matter that the person may not see; `Refused` where it is closed, or one of
/// the matters was over before it began.
pub fn put_in(conn: &mut Conn, act: &Act, id: CampaignId, ids: &[MatterId]) -> Result<usize, Problem> {
    let campaign = find_open(conn, act, id)?;
    let me = act.by.person()?;
    let mut added = 0;
    for matter in ids {
        let matter = matters::find(conn, &act.by.scope, *matter)?;
        let closed_on = matter.closed_at.map(|at| Moment::from_utc(at).today());
        rules::put_in(closed_on, campaign.starts_on)
            .map_err(|why| Problem::refused(format!("{}{why}一件都还没有列入。", matter.number)))?;
        let member = Member {
            id: next_id(act.now),
            campaign_id: id,
            court_id: campaign.court_id,
            matter_id: matter.id,
            put_in_by: me,
            put_in_at: act.now.utc(),
            taken_out_by: None,
            taken_out_at: None,
            reason: String::new(),
        };
        if !store::put_in(conn, &member)? {
            continue;
        }
        added += 1;
        enforcement::begin(conn, act, &matter)?;
        let text = format!("列入集中执行“{}”。", campaign.name);
        matters::note(conn, act, &matter, EntryKind::Enforcement, text)?;
        note(conn, act, &campaign, "campaign.matter_put_in", &[("matter", &matter.number)])?;
    }
    Ok(added)
}

/// Takes a matter out of a campaign, with the reason (移出).
///
/// # Errors
///
/// `Forbidden`, `NotFound`; `Refused` where it is closed or the matter isn't in it.
pub fn take_out(
    conn: &mut Conn,
    act: &Act,
    id: CampaignId,
    matter: MatterId,
    reason: &str,
) -> Result<(), Problem> {
    let campaign = find_open(conn, act, id)?;
    let matter = matters::find(conn, &act.by.scope, matter)?;
    let left = store::take_out(conn, (id, matter.id), (act.by.person()?, act.now.utc(), reason))?;
    if !left {
        return Err(Refusal::NotInIt.into());
    }
    let text = format!("移出集中执行“{}”：{reason}", campaign.name);
    matters::note(conn, act, &matter, EntryKind::Enforcement, text)?;
    let values = [("matter", matter.number.as_str()), ("reason", reason)];
    note(conn, act, &campaign, "campaign.matter_taken_out", &values)
}
