//! The tiers: one clock, one group, somebody in charge.

use super::{Places, Whose, places_of_matters};
use crate::db::Conn;
use crate::deadlines::Code;
use chrono::NaiveDate;
use diesel::prelude::*;

/// Matters whose tier has not exactly one clock that ends it, none while there is no tier or nothing is open; what was
/// answered in time needs none; and open ones in a tier without a work group, whose group has not exactly one head, whose
/// head doesn't see it, or with an open measure of somebody outside the group.
pub fn untended_tiers(conn: &mut Conn, whose: Whose) -> QueryResult<Places> {
    let ends = "('tier_one', 'tier_two', 'tier_three')";
    let own = "CASE m.tier WHEN 1 THEN 'tier_one' WHEN 2 THEN 'tier_two' ELSE 'tier_three' END";
    let running = "c.matter_id = m.id AND c.met_on IS NULL AND NOT c.cancelled";
    let group = "SELECT 1 FROM work_groups g JOIN work_group_members w ON w.group_id = g.id \
                 WHERE g.matter_id = m.id AND g.ended_at IS NULL AND g.tier = m.tier \
                 AND w.role = 'head' AND w.until IS NULL";
    let seen =
        "SELECT 1 FROM hands h WHERE h.matter_id = m.id AND h.staff_id = w.staff_id AND h.until IS NULL";
    let barred = "SELECT 1 FROM matter_bars b WHERE b.matter_id = m.id AND b.staff_id = w.staff_id";
    let heads = format!(
        "SELECT m.id AS id, m.number AS label FROM work_group_members w JOIN matters m ON m.id = w.matter_id \
         WHERE w.role = 'head' AND w.until IS NULL AND m.tier IS NOT NULL AND m.stage <> 'closed' \
         AND (NOT EXISTS ({seen}) OR EXISTS ({barred}))"
    );
    let measures = "SELECT m.id AS id, m.number AS label FROM tier_measures t JOIN matters m ON m.id = t.matter_id \
                    WHERE t.done_on IS NULL AND m.tier IS NOT NULL AND m.stage <> 'closed' \
                    AND NOT EXISTS (SELECT 1 FROM work_group_members w WHERE w.matter_id = m.id \
                    AND w.staff_id = t.owner_id AND w.until IS NULL)";
    places_of_matters(
        conn,
        whose,
        &format!(
            "SELECT m.id AS id, m.number AS label FROM matters m WHERE m.tier IS NOT NULL AND m.stage <> 'closed' \
             AND (m.stage <> 'replied' AND ((SELECT COUNT(*) FROM clocks c WHERE {running} AND c.code IN {ends}) <> 1 \
             OR NOT EXISTS (SELECT 1 FROM clocks c WHERE {running} AND c.code = {own})) OR NOT EXISTS ({group})) \
             UNION {heads} UNION {measures} \
             UNION SELECT m.id AS id, m.number AS label FROM clocks c JOIN matters m ON m.id = c.matter_id \
             WHERE c.code IN {ends} AND c.met_on IS NULL AND NOT c.cancelled \
             AND (m.tier IS NULL OR m.stage = 'closed')"
        ),
    )
}

/// Open matters of the third tier without a leader in charge, and those whose leader or responsible person has left, is of
/// another court, or is complained of in them.
pub fn idle_leaders(conn: &mut Conn, whose: Whose) -> QueryResult<Places> {
    places_of_matters(
        conn,
        whose,
        "SELECT m.id AS id, m.number AS label FROM matters m WHERE m.tier = 3 AND m.stage <> 'closed' \
         AND NOT EXISTS (SELECT 1 FROM leader_charges l WHERE l.matter_id = m.id AND l.ended_at IS NULL) \
         UNION SELECT m.id AS id, m.number AS label FROM leader_charges l JOIN matters m ON m.id = l.matter_id \
         JOIN staff s ON s.id = l.leader_id OR s.id = l.responsible_id WHERE l.ended_at IS NULL \
         AND m.stage <> 'closed' AND (NOT s.active OR s.court_id <> m.court_id \
         OR EXISTS (SELECT 1 FROM matter_bars b WHERE b.matter_id = m.id AND b.staff_id = s.id))",
    )
}

/// Open matters whose leader in charge should have done all three acts before `today` (包而未办).
pub fn without_leaders_acts(conn: &mut Conn, whose: Whose, today: NaiveDate) -> QueryResult<Places> {
    let code = Code::LeaderActs.code();
    places_of_matters(
        conn,
        whose,
        &format!(
            "SELECT m.id AS id, m.number AS label FROM clocks c JOIN matters m ON m.id = c.matter_id \
             WHERE c.code = '{code}' AND c.met_on IS NULL AND NOT c.cancelled AND c.due_on < '{today}' \
             AND m.stage <> 'closed'"
        ),
    )
}
