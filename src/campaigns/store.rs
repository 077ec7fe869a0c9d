//! Where campaigns are kept.

use super::types::{Campaign, CampaignId, Member};
use crate::db::Conn;
use crate::matters::MatterId;
use crate::matters::store::campaign_visible;
use crate::matters::types::Matter;
use crate::on_each_database;
use crate::people::{CourtId, Scope, StaffId};
use crate::schema::{campaign_matters, campaigns, matters};
use chrono::NaiveDateTime;
use diesel::prelude::*;

/// No person has this court.
const NOWHERE: CourtId = CourtId(0);

/// One campaign of the person's court.
pub fn find(conn: &mut Conn, scope: &Scope, id: CampaignId) -> QueryResult<Campaign> {
    let court = scope.court_id.unwrap_or(NOWHERE);
    campaigns::table.find(id).filter(campaigns::court_id.eq(court)).first(conn)
}

/// A page of the campaigns of the person's court, the newest first; `open` only those open, or only those closed.
pub fn page(
    conn: &mut Conn,
    scope: &Scope,
    open: Option<bool>,
    after: Option<CampaignId>,
    limit: i64,
) -> QueryResult<Vec<Campaign>> {
    let mut query =
        campaigns::table.filter(campaigns::court_id.eq(scope.court_id.unwrap_or(NOWHERE))).into_boxed();
    query = match open {
        Some(true) => query.filter(campaigns::closed_at.is_null()),
        Some(false) => query.filter(campaigns::closed_at.is_not_null()),
        None => query,
    };
    if let Some(after) = after {
        query = query.filter(campaigns::id.lt(after));
    }
    query.order(campaigns::id.desc()).limit(limit).load(conn)
}

/// The campaign of this name.
pub fn named(conn: &mut Conn, court: CourtId, name: &str) -> QueryResult<Option<Campaign>> {
    campaigns::table
        .filter(campaigns::court_id.eq(court).and(campaigns::name.eq(name)))
        .first(conn)
        .optional()
}

/// The names of the open campaigns for which this person is responsible.
pub fn led_by(conn: &mut Conn, who: StaffId) -> QueryResult<Vec<String>> {
    campaigns::table
        .filter(campaigns::responsible_id.eq(who).and(campaigns::closed_at.is_null()))
        .order(campaigns::id)
        .select(campaigns::name)
        .load(conn)
}

pub fn insert(conn: &mut Conn, new: &Campaign) -> QueryResult<()> {
    diesel::insert_into(campaigns::table).values(new.clone()).execute(conn).map(drop)
}

/// Keeps a campaign that is still at `one.version`. Says whether it was.
pub fn save(conn: &mut Conn, one: &Campaign) -> QueryResult<bool> {
    let same = campaigns::table.find(one.id).filter(campaigns::version.eq(one.version));
    let changed = diesel::update(same)
        .set((
            campaigns::name.eq(&one.name),
            campaigns::goal.eq(&one.goal),
            campaigns::starts_on.eq(one.starts_on),
            campaigns::ends_on.eq(one.ends_on),
            campaigns::responsible_id.eq(one.responsible_id),
            campaigns::summary.eq(&one.summary),
            campaigns::closed_by.eq(one.closed_by),
            campaigns::closed_at.eq(one.closed_at),
            campaigns::version.eq(one.version + 1),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Puts a matter in, unless it is in already. Says whether it was put in.
pub fn put_in(conn: &mut Conn, new: &Member) -> QueryResult<bool> {
    let insert = diesel::insert_into(campaign_matters::table).values(new.clone()).on_conflict_do_nothing();
    on_each_database!(conn, |c| insert.execute(c)).map(|added| added == 1)
}

/// Takes a matter out. Says whether it was in.
pub fn take_out(
    conn: &mut Conn,
    (id, matter): (CampaignId, MatterId),
    (by, at, reason): (StaffId, NaiveDateTime, &str),
) -> QueryResult<bool> {
    let inside = campaign_matters::table
        .filter(campaign_matters::campaign_id.eq(id).and(campaign_matters::matter_id.eq(matter)))
        .filter(campaign_matters::taken_out_at.is_null());
    let changed = diesel::update(inside)
        .set((
            campaign_matters::taken_out_by.eq(by),
            campaign_matters::taken_out_at.eq(at),
            campaign_matters::reason.eq(reason),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// The matters in these campaigns that the person may see: in which, which, and since when it is closed.
pub fn members(
    conn: &mut Conn,
    scope: &Scope,
    ids: &[CampaignId],
) -> QueryResult<Vec<(CampaignId, MatterId, Option<NaiveDateTime>)>> {
    campaign_matters::table
        .inner_join(matters::table)
        .filter(campaign_matters::campaign_id.eq_any(ids.to_vec()))
        .filter(campaign_matters::taken_out_at.is_null())
        .filter(campaign_visible(scope))
        .order(campaign_matters::id)
        .select((campaign_matters::campaign_id, matters::id, matters::closed_at))
        .load(conn)
}

/// A page of the matters in a campaign that the person may see, the newest first.
pub fn member_page(
    conn: &mut Conn,
    scope: &Scope,
    id: CampaignId,
    after: Option<MatterId>,
    limit: i64,
) -> QueryResult<Vec<Matter>> {
    let mut query = campaign_matters::table
        .inner_join(matters::table)
        .filter(campaign_matters::campaign_id.eq(id))
        .filter(campaign_matters::taken_out_at.is_null())
        .filter(campaign_visible(scope))
        .select(matters::all_columns)
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(campaign_matters::matter_id.lt(after));
    }
    query.order(campaign_matters::matter_id.desc()).limit(limit).load(conn)
}

/// The campaigns in which a matter is, the newest first. The matter has been found by scope.
pub fn of_matter(conn: &mut Conn, matter: MatterId) -> QueryResult<Vec<Campaign>> {
    let ids = campaign_matters::table
        .filter(campaign_matters::matter_id.eq(matter).and(campaign_matters::taken_out_at.is_null()))
        .select(campaign_matters::campaign_id);
    campaigns::table.filter(campaigns::id.eq_any(ids)).order(campaigns::id.desc()).load(conn)
}
