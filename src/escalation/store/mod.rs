//! Where tiers, groups, charges and papers are kept.

mod group;
mod lists;
mod papers;
mod rule_rows;
mod whatif;

pub use group::{
    act_of_submission, acts_of, charge_of, confirm_group, earlier_charge, end_charge, end_group, end_member,
    group_of, hold_own, insert_act, insert_charge, insert_group, insert_meeting, insert_members,
    meeting_of_submission, meetings_of, members_of, save_charge, set_charge_holder, touch_group,
};
pub use lists::{
    Hint, Hints, acts_of_all, agenda, charges_of_all, confirm_heard, count_groups_with, count_hints,
    find_hints, groups_with, heads_of_all, heard_row, in_charge_of_all, is_hint, last_moves, late_charges_of,
    loads, measures_of_all, refute_heard, tiered,
};
pub use papers::{
    count_measures_of, insert_measure, insert_plan, insert_report, late_measures_for_job, measure,
    measure_of_submission, measures_of, newest_plan, newest_report, save_measure, set_measure_owner,
};
pub use rule_rows::{add_rules, end_rule, late_rule_in_use, open_ended, rows as rule_rows, seed};
pub use whatif::{contacts_of_all, heard_of_all, open_of_court};

use super::types::{Escalation, EscalationId, Hold, Tier, ToldRow};
use crate::db::Conn;
use crate::deadlines::{ClockId, Code};
use crate::matters::MatterId;
use crate::matters::types::{HandPart, HeardAt, Matter, MatterKind, Stage};
use crate::on_each_database;
use crate::schema::{clocks, escalation_told, escalations, hands, heard_at, matters, tier_forms, tier_holds};
use chrono::NaiveDate;
use diesel::dsl::{exists, not, sql};
use diesel::prelude::*;
use diesel::sql_types::Bool;

/// How a clock is open, word for word as in its index, so that the index is used.
const OPEN: &str = "clocks.met_on IS NULL AND NOT clocks.cancelled";

/// Adds an escalation, unless the same fact has raised the matter to this tier before. Says whether it was added.
pub fn insert(conn: &mut Conn, new: &Escalation) -> QueryResult<bool> {
    let insert = diesel::insert_into(escalations::table).values(new).on_conflict_do_nothing();
    on_each_database!(conn, |c| insert.execute(c)).map(|added| added == 1)
}

/// A matter's escalations, the newest first. The matter has been found by scope.
pub fn of_matter(conn: &mut Conn, matter: MatterId) -> QueryResult<Vec<Escalation>> {
    escalations::table.filter(escalations::matter_id.eq(matter)).order(escalations::id.desc()).load(conn)
}

/// The facts by which a matter has risen, by their keys.
pub fn keys_of(conn: &mut Conn, matter: MatterId) -> QueryResult<Vec<String>> {
    escalations::table.filter(escalations::matter_id.eq(matter)).select(escalations::cause_key).load(conn)
}

/// The newest one: how it came to where it is.
pub fn newest(conn: &mut Conn, matter: MatterId) -> QueryResult<Option<Escalation>> {
    escalations::table
        .filter(escalations::matter_id.eq(matter))
        .order(escalations::id.desc())
        .first(conn)
        .optional()
}

/// The matter as it stands now, which nobody else changes until this transaction ends.
pub fn lock(conn: &mut Conn, matter: MatterId) -> QueryResult<Matter> {
    diesel::update(matters::table.find(matter))
        .set(matters::version.eq(matters::version + 1))
        .returning(matters::all_columns)
        .get_result(conn)
}

/// As [`lock`], for what leaves the matter's version as it is: whoever has its page open isn't told of a change.
pub fn keep_still(conn: &mut Conn, matter: MatterId) -> QueryResult<Matter> {
    diesel::update(matters::table.find(matter))
        .set(matters::version.eq(matters::version))
        .returning(matters::all_columns)
        .get_result(conn)
}

/// Puts the matter in this tier. The caller has locked it.
pub fn set_tier(conn: &mut Conn, matter: MatterId, tier: Option<Tier>) -> QueryResult<()> {
    diesel::update(matters::table.find(matter))
        .set(matters::tier.eq(tier.map(Tier::number)))
        .execute(conn)
        .map(drop)
}

/// Makes a sign a petition: its new number, and who came.
pub fn set_petition(conn: &mut Conn, matter: &Matter) -> QueryResult<()> {
    diesel::update(matters::table.find(matter.id))
        .set((
            matters::kind.eq(MatterKind::Petition),
            matters::number.eq(&matter.number),
            matters::year.eq(matter.year),
            matters::seq.eq(matter.seq),
            matters::petitioner_line.eq(&matter.petitioner_line),
            matters::anonymous.eq(matter.anonymous),
            matters::category_code.eq(&matter.category_code),
            matters::stage.eq(matter.stage),
            matters::close_reason.eq(matter.close_reason),
            matters::closed_at.eq(matter.closed_at),
            matters::to_archive_since.eq(matter.to_archive_since),
            matters::next_due_on.eq(matter.next_due_on),
            matters::version.eq(matters::version + 1),
        ))
        .execute(conn)
        .map(drop)
}

pub fn insert_told(conn: &mut Conn, rows: Vec<ToldRow>) -> QueryResult<()> {
    let insert = diesel::insert_into(escalation_told::table).values(rows);
    on_each_database!(conn, |c| insert.execute(c)).map(drop)
}

/// Who was told of these escalations.
pub fn told_of(conn: &mut Conn, ids: &[EscalationId]) -> QueryResult<Vec<ToldRow>> {
    escalation_told::table
        .filter(escalation_told::escalation_id.eq_any(ids.to_vec()))
        .order(escalation_told::id)
        .load(conn)
}

/// What a form about tiers made already.
pub fn made_by_form(conn: &mut Conn, submission: &str) -> QueryResult<Option<MatterId>> {
    tier_forms::table.find(submission).select(tier_forms::matter_id).first(conn).optional()
}

/// Keeps that a form made this. Says whether none had, under the same key.
pub fn keep_form(conn: &mut Conn, submission: &str, matter: MatterId) -> QueryResult<bool> {
    let row = (tier_forms::submission.eq(submission), tier_forms::matter_id.eq(matter));
    let insert = diesel::insert_into(tier_forms::table).values(row).on_conflict_do_nothing();
    on_each_database!(conn, |c| insert.execute(c)).map(|added| added == 1)
}

/// Keeps a hold, unless this stay has been held before. Says whether it was kept.
pub fn insert_hold(conn: &mut Conn, hold: &Hold) -> QueryResult<bool> {
    let insert = diesel::insert_into(tier_holds::table).values(hold).on_conflict_do_nothing();
    on_each_database!(conn, |c| insert.execute(c)).map(|added| added == 1)
}

/// The hold of this stay in a tier.
pub fn hold_of(conn: &mut Conn, stay: EscalationId) -> QueryResult<Option<Hold>> {
    tier_holds::table.filter(tier_holds::escalation_id.eq(stay)).first(conn).optional()
}

/// Where a matter has been heard.
pub fn heard_of(conn: &mut Conn, matter: MatterId) -> QueryResult<Vec<HeardAt>> {
    heard_at::table.filter(heard_at::matter_id.eq(matter)).order(heard_at::id).load(conn)
}

/// A tier's clock that has run out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunOut {
    pub clock: ClockId,
    pub due_on: NaiveDate,
    pub matter: Matter,
}

/// Where a scan of run-out clocks goes on.
pub type Cursor = (NaiveDate, ClockId);

/// What a scan looks for.
#[derive(Clone, Copy, Debug)]
pub enum Which<'a> {
    /// These clocks, of matters that nobody has taken over.
    Unassigned(&'a [Code]),
    /// These clocks, of matters that somebody has taken over.
    Assigned(&'a [Code]),
    /// Every clock but these.
    NoneOf(&'a [Code]),
}

/// Open matters with an open clock that was due before `today`, the oldest first, after `after`, at most `limit`.
pub fn run_out_for_job(
    conn: &mut Conn,
    which: Which,
    today: NaiveDate,
    after: Option<Cursor>,
    limit: i64,
) -> QueryResult<Vec<RunOut>> {
    let handler = || {
        hands::table
            .filter(hands::matter_id.eq(matters::id).and(hands::until.is_null()))
            .filter(hands::part.eq(HandPart::Handler))
    };
    let mut query = clocks::table
        .inner_join(matters::table.on(matters::id.eq(clocks::matter_id)))
        .filter(sql::<Bool>(OPEN))
        .filter(clocks::due_on.lt(today))
        .filter(matters::stage.ne(Stage::Closed))
        .into_boxed();
    query = match which {
        Which::Unassigned(codes) => {
            query.filter(clocks::code.eq_any(codes.to_vec())).filter(not(exists(handler())))
        }
        Which::Assigned(codes) => query.filter(clocks::code.eq_any(codes.to_vec())).filter(exists(handler())),
        Which::NoneOf(codes) => query.filter(clocks::code.ne_all(codes.to_vec())),
    };
    if let Some((day, id)) = after {
        query = query.filter(clocks::due_on.gt(day).or(clocks::due_on.eq(day).and(clocks::id.gt(id))));
    }
    let rows: Vec<(ClockId, NaiveDate, Matter)> = query
        .order((clocks::due_on, clocks::id))
        .limit(limit)
        .select((clocks::id, clocks::due_on, matters::all_columns))
        .load(conn)?;
    Ok(rows.into_iter().map(|(clock, due_on, matter)| RunOut { clock, due_on, matter }).collect())
}
