//! The tiers' rule table.

use crate::db::Conn;
use crate::escalation::defaults;
use crate::escalation::types::{Cause, TierRule};
use crate::on_each_database;
use crate::people::CourtId;
use crate::schema::escalation_rules;
use crate::time::Moment;
use chrono::NaiveDate;
use diesel::prelude::*;

/// The court's own rows and the installation's, the oldest first.
pub fn rows(conn: &mut Conn, court: CourtId) -> QueryResult<Vec<TierRule>> {
    escalation_rules::table
        .filter(escalation_rules::court_id.is_null().or(escalation_rules::court_id.eq(court)))
        .order((escalation_rules::effective_from, escalation_rules::id))
        .load(conn)
}

/// Adds the shipped rules that the installation lacks; doing it again changes nothing.
pub fn seed(conn: &mut Conn, now: Moment) -> QueryResult<()> {
    let there: Vec<TierRule> =
        escalation_rules::table.filter(escalation_rules::court_id.is_null()).load(conn)?;
    let missing: Vec<TierRule> = defaults::ALL
        .iter()
        .filter(|shipped| !there.iter().any(|row| row.cause == shipped.cause && row.preset == shipped.preset))
        .map(|shipped| defaults::row(shipped, now))
        .collect();
    if missing.is_empty() { Ok(()) } else { add_rules(conn, missing) }
}

pub fn add_rules(conn: &mut Conn, rules: Vec<TierRule>) -> QueryResult<()> {
    let insert = diesel::insert_into(escalation_rules::table).values(rules);
    on_each_database!(conn, |c| insert.execute(c)).map(drop)
}

/// The court's own row for this cause that goes on without an end.
pub fn open_ended(conn: &mut Conn, court: CourtId, cause: Cause) -> QueryResult<Option<TierRule>> {
    escalation_rules::table
        .filter(escalation_rules::court_id.eq(court).and(escalation_rules::cause.eq(cause)))
        .filter(escalation_rules::effective_to.is_null())
        .first(conn)
        .optional()
}

/// Ends a rule that is still at `version`; says whether it was. One that would end before it begins is taken out.
pub fn end_rule(conn: &mut Conn, rule: &TierRule, last_day: NaiveDate) -> QueryResult<bool> {
    let row = escalation_rules::table.find(rule.id).filter(escalation_rules::version.eq(rule.version));
    let changed = diesel::update(row)
        .set((
            escalation_rules::effective_to.eq(last_day.max(rule.effective_from)),
            escalation_rules::version.eq(rule.version + 1),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Whether any court may raise matters for being late.
pub fn late_rule_in_use(conn: &mut Conn) -> QueryResult<bool> {
    let used = escalation_rules::table
        .filter(escalation_rules::cause.eq(Cause::Overdue).and(escalation_rules::in_use.eq(true)));
    diesel::select(diesel::dsl::exists(used)).get_result(conn)
}
