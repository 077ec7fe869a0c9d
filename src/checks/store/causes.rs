//! Nobody judges their own cause.

use super::{Places, Whose, places_of_matters};
use crate::db::Conn;
use diesel::prelude::*;

/// Where somebody may hold a part of a matter: the table, whose it is, and what of it is still going on.
const PARTS: [(&str, &str, &str); 11] = [
    ("hands", "staff_id", "p.until IS NULL AND p.part <> 'case_judge'"),
    ("work_group_members", "staff_id", "p.until IS NULL"),
    ("leader_charges", "leader_id", "p.ended_at IS NULL"),
    ("leader_charges", "responsible_id", "p.ended_at IS NULL"),
    ("tier_measures", "owner_id", "p.done_on IS NULL"),
    ("supervisions", "addressee_id", "p.state = 'open'"),
    ("instructions", "owner_id", "p.state = 'given'"),
    ("instructions", "leader_id", "p.state = 'asked'"),
    ("reply_drafts", "holder_id", "p.state = 'drafted'"),
    ("reply_drafts", "approver_id", "p.state = 'submitted'"),
    ("extension_requests", "approver_id", "p.state = 'asked'"),
];

/// Open matters of which somebody whom they complain about supervises, or holds some part.
pub fn own_causes(conn: &mut Conn, whose: Whose) -> QueryResult<Places> {
    let mut sql = String::from(
        "SELECT m.id AS id, m.number AS label FROM matter_bars b JOIN matters m ON m.id = b.matter_id \
         WHERE m.stage <> 'closed' AND m.supervising_leader_id = b.staff_id",
    );
    for (table, who, going_on) in PARTS {
        sql.push_str(&format!(
            " UNION SELECT m.id AS id, m.number AS label FROM matter_bars b JOIN matters m ON m.id = b.matter_id \
             JOIN {table} p ON p.matter_id = b.matter_id AND p.{who} = b.staff_id \
             WHERE m.stage <> 'closed' AND {going_on}"
        ));
    }
    places_of_matters(conn, whose, &sql)
}
