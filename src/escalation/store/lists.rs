//! What the pages of all tiers list.

use super::OPEN;
use crate::db::Conn;
use crate::deadlines::Code;
use crate::escalation::types::{Charge, ChargeId, Group, LeaderAct, Measure, Member, Role, Tier};
use crate::matters::store::{heard_visible, visible};
use crate::matters::types::{HeardAt, HeardLevel, HeardManner, HeardSource, Stage};
use crate::matters::{Matter, MatterId};
use crate::people::{CourtId, Scope, StaffId};
use crate::schema::{
    clocks, heard_at, leader_acts, leader_charges, matter_bars, matters, tier_measures, timeline,
    work_group_members, work_groups,
};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::{count_star, exists, max, not, sql};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use std::collections::HashMap;

/// The open matters of these tiers that this person may see, the highest tier first, the oldest in it first; at most
/// `limit`.
pub fn tiered(conn: &mut Conn, scope: &Scope, tiers: &[Tier], limit: i64) -> QueryResult<Vec<Matter>> {
    let numbers: Vec<i64> = tiers.iter().map(|tier| tier.number()).collect();
    matters::table
        .filter(visible(scope))
        .filter(matters::tier.is_not_null().and(matters::tier.assume_not_null().eq_any(numbers)))
        .filter(matters::stage.ne(Stage::Closed))
        .order((matters::tier.desc(), matters::id))
        .limit(limit)
        .load(conn)
}

/// The leaders in charge of these matters. The caller has found them by scope, as in all of the following.
pub fn charges_of_all(conn: &mut Conn, ids: &[MatterId]) -> QueryResult<Vec<Charge>> {
    leader_charges::table
        .filter(leader_charges::matter_id.eq_any(ids.to_vec()).and(leader_charges::ended_at.is_null()))
        .load(conn)
}

/// The leaders in charge of these matters who may know of them: nobody whom the matter complains about.
pub fn in_charge_of_all(conn: &mut Conn, ids: &[MatterId]) -> QueryResult<Vec<(MatterId, StaffId)>> {
    let barred = matter_bars::table.filter(
        matter_bars::matter_id
            .eq(leader_charges::matter_id)
            .and(matter_bars::staff_id.eq(leader_charges::leader_id)),
    );
    leader_charges::table
        .filter(leader_charges::matter_id.eq_any(ids.to_vec()).and(leader_charges::ended_at.is_null()))
        .filter(not(exists(barred)))
        .select((leader_charges::matter_id, leader_charges::leader_id))
        .load(conn)
}

/// Which acts were done under these charges.
pub fn acts_of_all(conn: &mut Conn, ids: &[ChargeId]) -> QueryResult<Vec<(ChargeId, LeaderAct)>> {
    leader_acts::table
        .filter(leader_acts::charge_id.eq_any(ids.to_vec()))
        .select((leader_acts::charge_id, leader_acts::act))
        .distinct()
        .load(conn)
}

/// The heads of the work groups of these matters.
pub fn heads_of_all(conn: &mut Conn, ids: &[MatterId]) -> QueryResult<Vec<(MatterId, StaffId)>> {
    work_group_members::table
        .filter(work_group_members::matter_id.eq_any(ids.to_vec()))
        .filter(work_group_members::until.is_null().and(work_group_members::role.eq(Role::Head)))
        .select((work_group_members::matter_id, work_group_members::staff_id))
        .load(conn)
}

/// When something last happened to each of these matters.
pub fn last_moves(conn: &mut Conn, ids: &[MatterId]) -> QueryResult<HashMap<MatterId, NaiveDateTime>> {
    let rows: Vec<(MatterId, Option<NaiveDateTime>)> = timeline::table
        .filter(timeline::matter_id.eq_any(ids.to_vec()))
        .group_by(timeline::matter_id)
        .select((timeline::matter_id, max(timeline::at)))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(id, at)| Some((id, at?))).collect())
}

/// The measures of these matters that are not done.
pub fn measures_of_all(conn: &mut Conn, ids: &[MatterId]) -> QueryResult<Vec<Measure>> {
    tier_measures::table
        .filter(tier_measures::matter_id.eq_any(ids.to_vec()))
        .filter(tier_measures::done_on.is_null())
        .load(conn)
}

/// What each leader of a court has in charge: open matters, and those of them whose acts are overdue on `today`.
pub fn loads(conn: &mut Conn, court: CourtId, today: NaiveDate) -> QueryResult<HashMap<StaffId, (i64, i64)>> {
    let open = || {
        leader_charges::table
            .inner_join(matters::table)
            .filter(leader_charges::court_id.eq(court).and(leader_charges::ended_at.is_null()))
            .filter(matters::stage.ne(Stage::Closed))
    };
    let all: Vec<(StaffId, i64)> = open()
        .group_by(leader_charges::leader_id)
        .select((leader_charges::leader_id, count_star()))
        .load(conn)?;
    let late = clocks::table
        .filter(clocks::code.eq(Code::LeaderActs))
        .filter(sql::<Bool>(OPEN))
        .filter(clocks::due_on.lt(today))
        .select(clocks::matter_id);
    let late: Vec<i64> = late.load(conn)?;
    let late: Vec<MatterId> = late.into_iter().map(MatterId).collect();
    let late: Vec<(StaffId, i64)> = open()
        .filter(leader_charges::matter_id.eq_any(late))
        .group_by(leader_charges::leader_id)
        .select((leader_charges::leader_id, count_star()))
        .load(conn)?;
    let late: HashMap<StaffId, i64> = late.into_iter().collect();
    Ok(all.into_iter().map(|(who, open)| (who, (open, late.get(&who).copied().unwrap_or(0)))).collect())
}

/// Somewhere that a visitor says an open matter has been heard in person, above this court and not confirmed.
#[derive(Clone, Debug)]
pub struct Hint {
    pub heard: HeardAt,
    pub matter: Matter,
}

/// Whose hints are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hints {
    /// Of every matter that the person sees.
    All,
    /// Of complaints about conduct.
    OfConduct,
}

/// What is asked above this court, which alone can raise a matter.
const ABOVE: [HeardLevel; 3] = [HeardLevel::City, HeardLevel::Province, HeardLevel::Beijing];

/// The rows that wait for an answer.
macro_rules! waiting {
    ($scope:expr, $hints:expr) => {{
        let rows = heard_at::table
            .inner_join(matters::table)
            .filter(heard_at::source.eq(HeardSource::Visitor).and(heard_at::manner.eq(HeardManner::InPerson)))
            .filter(heard_at::level.eq_any(ABOVE).and(heard_at::refuted.eq(false)))
            .filter(heard_visible($scope))
            .filter(matters::stage.ne(Stage::Closed));
        let conduct = if $hints == Hints::All { vec![false, true] } else { vec![true] };
        rows.filter(matters::conduct.eq_any(conduct))
    }};
}

/// What visitors said and nobody answered, the newest first, those after `after`, at most `limit`.
pub fn find_hints(
    conn: &mut Conn,
    scope: &Scope,
    hints: Hints,
    after: Option<i64>,
    limit: i64,
) -> QueryResult<Vec<Hint>> {
    let rows: Vec<(HeardAt, Matter)> = waiting!(scope, hints)
        .filter(heard_at::id.lt(after.unwrap_or(i64::MAX)))
        .order(heard_at::id.desc())
        .limit(limit)
        .select((heard_at::all_columns, matters::all_columns))
        .load(conn)?;
    Ok(rows.into_iter().map(|(heard, matter)| Hint { heard, matter }).collect())
}

/// How many there are.
pub fn count_hints(conn: &mut Conn, scope: &Scope, hints: Hints) -> QueryResult<i64> {
    waiting!(scope, hints).count().get_result(conn)
}

/// Whether a matter's place is one of them.
pub fn is_hint(heard: &HeardAt) -> bool {
    heard.source == HeardSource::Visitor
        && heard.manner == HeardManner::InPerson
        && ABOVE.contains(&heard.level)
        && !heard.refuted
}

/// One place where this matter has been heard.
pub fn heard_row(conn: &mut Conn, matter: MatterId, id: i64) -> QueryResult<HeardAt> {
    heard_at::table.find(id).filter(heard_at::matter_id.eq(matter)).first(conn)
}

/// Marks the visitor's word as confirmed; says whether it was still a hint.
pub fn confirm_heard(conn: &mut Conn, id: i64) -> QueryResult<bool> {
    let hint = heard_at::table
        .find(id)
        .filter(heard_at::source.eq(HeardSource::Visitor).and(heard_at::refuted.eq(false)));
    let set = heard_at::source.eq(HeardSource::Confirmed);
    diesel::update(hint).set(set).execute(conn).map(|changed| changed == 1)
}

/// Marks the visitor's word as refuted; says whether it was still a hint.
pub fn refute_heard(conn: &mut Conn, id: i64) -> QueryResult<bool> {
    let hint = heard_at::table
        .find(id)
        .filter(heard_at::source.eq(HeardSource::Visitor).and(heard_at::refuted.eq(false)));
    diesel::update(hint).set(heard_at::refuted.eq(true)).execute(conn).map(|changed| changed == 1)
}

/// The groups in which this person sits now, with the seats they hold there.
pub fn groups_with(conn: &mut Conn, who: StaffId) -> QueryResult<Vec<(Group, Member)>> {
    work_groups::table
        .inner_join(work_group_members::table.on(work_group_members::group_id.eq(work_groups::id)))
        .filter(work_group_members::staff_id.eq(who).and(work_group_members::until.is_null()))
        .filter(work_groups::ended_at.is_null())
        .order((work_groups::tier.desc(), work_groups::id))
        .load(conn)
}

/// Open matters of a court that a meeting should hear of, as far as one query says: those of the third tier, and those of
/// the second with a tier's clock or the leader's acts overdue on `today`.
pub fn agenda(conn: &mut Conn, scope: &Scope, codes: &[Code], today: NaiveDate) -> QueryResult<Vec<Matter>> {
    let late: Vec<i64> = clocks::table
        .filter(clocks::code.eq_any(codes.to_vec()))
        .filter(sql::<Bool>(OPEN))
        .filter(clocks::due_on.lt(today))
        .select(clocks::matter_id)
        .load(conn)?;
    let late: Vec<MatterId> = late.into_iter().map(MatterId).collect();
    let tier = matters::tier.assume_not_null();
    matters::table
        .filter(visible(scope))
        .filter(matters::stage.ne(Stage::Closed).and(matters::tier.is_not_null()))
        .filter(tier.eq(Tier::Three.number()).or(tier.eq(Tier::Two.number()).and(matters::id.eq_any(late))))
        .order((matters::tier.desc(), matters::id))
        .load(conn)
}

/// How many open matters this person leads in charge without all three acts in time.
pub fn late_charges_of(conn: &mut Conn, who: StaffId, today: NaiveDate) -> QueryResult<i64> {
    let mine: Vec<MatterId> = leader_charges::table
        .inner_join(matters::table)
        .filter(leader_charges::leader_id.eq(who).and(leader_charges::ended_at.is_null()))
        .filter(matters::stage.ne(Stage::Closed))
        .select(leader_charges::matter_id)
        .load(conn)?;
    let mine: Vec<i64> = mine.into_iter().map(|id| id.0).collect();
    clocks::table
        .filter(clocks::matter_id.eq_any(mine).and(clocks::code.eq(Code::LeaderActs)))
        .filter(sql::<Bool>(OPEN))
        .filter(clocks::due_on.lt(today))
        .count()
        .get_result(conn)
}

/// In how many groups of open matters this person sits.
pub fn count_groups_with(conn: &mut Conn, who: StaffId) -> QueryResult<i64> {
    let ids: Vec<MatterId> = work_group_members::table
        .filter(work_group_members::staff_id.eq(who).and(work_group_members::until.is_null()))
        .select(work_group_members::matter_id)
        .distinct()
        .load(conn)?;
    matters::table
        .filter(matters::id.eq_any(ids).and(matters::stage.ne(Stage::Closed)))
        .count()
        .get_result(conn)
}
