//! The promises as queries. Each runs over the whole installation in the database itself, by indexes and in constant
//! memory, so that a court of a million matters is checked while people work.

mod causes;
mod late;
mod numbers;
mod tiers;

pub use causes::own_causes;
pub use late::{owed_after_closing, unarchived, undecided_reviews, unserved_replies};
pub use numbers::{numbers_of, series};
pub use tiers::{idle_leaders, untended_tiers, without_leaders_acts};

use crate::db::{Conn, MultiBackend};
use crate::deadlines::Code;
use crate::matters::MatterId;
use crate::matters::store::visible;
use crate::matters::types::Stage;
use crate::people::{CourtId, Permission, Role, Scope, StaffId};
use crate::schema::{enforcement_measures, matters, staff, staff_roles};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};

/// How many places of each kind are named.
pub const NAMED: i64 = 50;

/// What may be owed when a matter is closed.
const AFTER_CLOSING: [Code; 5] =
    [Code::Satisfaction, Code::CallBack, Code::RepeatAnswer, Code::FileHandover, Code::Assigned];

/// A place where something does not hold.
#[derive(Clone, Debug, PartialEq, Eq, QueryableByName)]
pub struct Place {
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    #[diesel(sql_type = Text)]
    pub label: String,
}

/// How many there are, and the first of them.
pub type Places = (i64, Vec<Place>);

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// Whose places are looked for: those of the whole installation, or what somebody may see of their court's.
#[derive(Clone, Copy, Debug)]
pub enum Whose<'a> {
    Everybody,
    Seen(&'a Scope),
}

impl Whose<'_> {
    /// The court that it is narrowed to.
    pub fn court(self) -> Option<CourtId> {
        match self {
            Whose::Everybody => None,
            Whose::Seen(scope) => scope.court_id,
        }
    }
}

/// Runs a query of ids and labels: counts its rows, and names the first where there are any.
fn places(conn: &mut Conn, sql: &str) -> QueryResult<Places> {
    let count =
        diesel::sql_query(format!("SELECT COUNT(*) AS n FROM ({sql}) AS v")).get_result::<Counted>(conn)?;
    let named = match count.n {
        0 => Vec::new(),
        _ => diesel::sql_query(format!("SELECT id, label FROM ({sql}) AS v ORDER BY id LIMIT {NAMED}"))
            .load(conn)?,
    };
    Ok((count.n, named))
}

/// The same of a query whose ids are those of matters: of those that are looked for.
fn places_of_matters(conn: &mut Conn, whose: Whose, sql: &str) -> QueryResult<Places> {
    let scope = match whose {
        Whose::Everybody => return places(conn, sql),
        Whose::Seen(scope) => scope,
    };
    let found = || diesel::dsl::sql::<Bool>(&format!("matters.id IN (SELECT v.id FROM ({sql}) AS v)"));
    let count = matters::table.filter(visible(scope)).filter(found()).count().get_result(conn)?;
    let named: Vec<(i64, String)> = matters::table
        .filter(visible(scope))
        .filter(found())
        .order(matters::id)
        .select((matters::id, matters::number))
        .limit(NAMED)
        .load(conn)?;
    Ok((count, named.into_iter().map(|(id, label)| Place { id, label }).collect()))
}

/// The places of these matters, of those that are looked for.
pub fn named(conn: &mut Conn, whose: Whose, ids: &[i64]) -> QueryResult<Vec<Place>> {
    let ids: Vec<MatterId> = ids.iter().copied().map(MatterId).collect();
    let mut query = matters::table.filter(matters::id.eq_any(ids)).into_boxed::<MultiBackend>();
    if let Whose::Seen(scope) = whose {
        query = query.filter(visible(scope));
    }
    let found: Vec<(i64, String)> =
        query.order(matters::id).select((matters::id, matters::number)).load(conn)?;
    Ok(found.into_iter().map(|(id, label)| Place { id, label }).collect())
}

/// The codes of these roles as they stand in a condition.
fn codes(roles: impl Iterator<Item = Role>) -> String {
    roles.map(|role| format!("'{}'", role.code())).collect::<Vec<_>>().join(", ")
}

/// Open matters whose accountable person has left, is of another court, is complained of in it, or has no role that
/// shows them matters.
pub fn without_accountable(conn: &mut Conn, whose: Whose) -> QueryResult<Places> {
    let sees = |role: &Role| role.permissions().contains(&Permission::ViewMatters);
    let may = codes(Role::ALL.iter().copied().filter(sees));
    let never = codes(Role::ALL.iter().copied().filter(|role| role.is_administrator()));
    let sql = format!(
        "SELECT m.id AS id, m.number AS label FROM matters m JOIN staff s ON s.id = m.accountable_id \
         WHERE m.stage <> 'closed' AND (NOT s.active OR s.court_id <> m.court_id \
         OR EXISTS (SELECT 1 FROM matter_bars b WHERE b.matter_id = m.id AND b.staff_id = s.id) \
         OR NOT EXISTS (SELECT 1 FROM staff_roles r WHERE r.staff_id = s.id AND r.role IN ({may})) \
         OR EXISTS (SELECT 1 FROM staff_roles r WHERE r.staff_id = s.id AND r.role IN ({never})))"
    );
    places_of_matters(conn, whose, &sql)
}

/// Open matters whose next date is not that of the clock it names, or not the earliest of their running clocks.
pub fn without_next_date(conn: &mut Conn, whose: Whose) -> QueryResult<Places> {
    places_of_matters(
        conn,
        whose,
        "SELECT m.id AS id, m.number AS label FROM matters m WHERE m.stage <> 'closed' AND (\
         NOT EXISTS (SELECT 1 FROM clocks c WHERE c.id = m.next_clock_id AND c.matter_id = m.id \
           AND c.due_on = m.next_due_on AND c.met_on IS NULL AND NOT c.cancelled) \
         OR EXISTS (SELECT 1 FROM clocks c WHERE c.matter_id = m.id AND c.due_on < m.next_due_on \
           AND c.met_on IS NULL AND NOT c.cancelled))",
    )
}

/// Running clocks of matters that are closed, or that are not there; but for what is owed only after closing: to ask, to
/// call back, to answer who comes again, to hand a file over to the court above, to report to whoever assigned it.
pub fn stray_clocks(conn: &mut Conn, whose: Whose) -> QueryResult<Places> {
    places_of_matters(
        conn,
        whose,
        &format!(
            "SELECT c.matter_id AS id, COALESCE(MIN(m.number), '') AS label \
             FROM clocks c LEFT JOIN matters m ON m.id = c.matter_id WHERE c.met_on IS NULL AND NOT c.cancelled \
             AND (m.id IS NULL OR m.stage = 'closed' AND c.code NOT IN ({})) GROUP BY c.matter_id",
            AFTER_CLOSING.map(|code| format!("'{}'", code.code())).join(", ")
        ),
    )
}

/// Matters whose referrals and addressees don't belong together: more than one waits, one waits without somebody to answer
/// it or the other way round, or one waits on a closed matter.
pub fn lost_referrals(conn: &mut Conn, whose: Whose) -> QueryResult<Places> {
    let waiting = "(SELECT COUNT(*) FROM referrals r WHERE r.matter_id = m.id AND r.state = 'pending')";
    let asked = "(SELECT COUNT(*) FROM hands h WHERE h.matter_id = m.id AND h.part = 'addressee' AND h.until IS NULL)";
    places_of_matters(
        conn,
        whose,
        &format!(
            "SELECT m.id AS id, m.number AS label FROM matters m WHERE m.id IN \
             (SELECT matter_id FROM referrals WHERE state = 'pending' \
             UNION SELECT matter_id FROM hands WHERE part = 'addressee' AND until IS NULL) \
             AND ({waiting} <> {asked} OR {waiting} > 1 OR m.stage = 'closed')"
        ),
    )
}

/// Open matters that somebody handles, helps with or is asked to take over who has left or is complained of in them, or
/// that two people or two divisions handle.
pub fn idle_hands(conn: &mut Conn, whose: Whose) -> QueryResult<Places> {
    places_of_matters(
        conn,
        whose,
        "SELECT m.id AS id, m.number AS label FROM hands h JOIN matters m ON m.id = h.matter_id \
         JOIN staff s ON s.id = h.staff_id WHERE h.until IS NULL AND h.part <> 'case_judge' \
         AND m.stage <> 'closed' AND (NOT s.active OR s.court_id <> m.court_id \
         OR EXISTS (SELECT 1 FROM matter_bars b WHERE b.matter_id = m.id AND b.staff_id = s.id)) \
         UNION SELECT m.id AS id, m.number AS label FROM hands h JOIN matters m ON m.id = h.matter_id \
         WHERE h.until IS NULL AND h.part IN ('handler', 'division') AND m.stage <> 'closed' \
         GROUP BY m.id, m.number, h.part HAVING COUNT(*) > 1",
    )
}

/// Whose open measures there are in which open matters, by owner.
pub fn open_measures(conn: &mut Conn) -> QueryResult<Vec<(StaffId, MatterId)>> {
    let open = matters::table.filter(matters::stage.ne(Stage::Closed)).select(matters::id);
    enforcement_measures::table
        .filter(enforcement_measures::done_on.is_null())
        .filter(enforcement_measures::matter_id.eq_any(open))
        .order((enforcement_measures::owner_id, enforcement_measures::matter_id))
        .select((enforcement_measures::owner_id, enforcement_measures::matter_id))
        .distinct()
        .load(conn)
}

/// Closed matters with neither a reply nor why none is owed.
pub fn without_reply(conn: &mut Conn, whose: Whose) -> QueryResult<Places> {
    places_of_matters(
        conn,
        whose,
        "SELECT m.id AS id, m.number AS label FROM matters m WHERE m.stage = 'closed' AND NOT EXISTS \
         (SELECT 1 FROM replies r WHERE r.matter_id = m.id AND r.text <> '')",
    )
}

/// Assignments from above whose result is owed and whose clock doesn't run, or the other way round.
pub fn unwatched_assignments(conn: &mut Conn, whose: Whose) -> QueryResult<Places> {
    places_of_matters(
        conn,
        whose,
        "SELECT m.id AS id, MIN(m.number) AS label FROM assignments a JOIN matters m ON m.id = a.matter_id \
         JOIN clocks c ON c.id = a.clock_id WHERE (a.state IN ('open', 'objected')) \
         <> (c.met_on IS NULL AND NOT c.cancelled) GROUP BY m.id",
    )
}

/// Submissions that were registered more than once, by the first contact of each.
pub fn doubled_submissions(conn: &mut Conn, whose: Whose) -> QueryResult<Places> {
    places_of_matters(
        conn,
        whose,
        "SELECT d.matter_id AS id, m.number AS label FROM (SELECT MIN(c.matter_id) AS matter_id FROM contacts c \
         GROUP BY c.court_id, c.submission_key HAVING COUNT(*) > 1) AS d JOIN matters m ON m.id = d.matter_id",
    )
}

/// Matters that count other contacts than there are.
pub fn miscounted_contacts(conn: &mut Conn, whose: Whose) -> QueryResult<Places> {
    places_of_matters(
        conn,
        whose,
        "SELECT m.id AS id, m.number AS label FROM matters m \
         WHERE m.contact_count <> (SELECT COUNT(*) FROM contacts c WHERE c.matter_id = m.id) \
         OR m.contact_count <> COALESCE((SELECT MAX(c.nth) FROM contacts c WHERE c.matter_id = m.id), 0)",
    )
}

/// Enforcement matters whose row says other sums than their postings come to, or with a counter-entry that doesn't cancel
/// what it takes back.
pub fn unbalanced_enforcement(conn: &mut Conn, whose: Whose) -> QueryResult<Places> {
    places_of_matters(
        conn,
        whose,
        "SELECT e.matter_id AS id, m.number AS label FROM enforcement_matters e JOIN matters m ON m.id = e.matter_id \
         WHERE e.paid_fen <> COALESCE((SELECT SUM(p.amount_fen) FROM enforcement_postings p \
           WHERE p.matter_id = e.matter_id AND p.kind = 'paid'), 0) \
         OR COALESCE(e.due_fen, 0) <> COALESCE((SELECT p.amount_fen FROM enforcement_postings p \
           WHERE p.matter_id = e.matter_id AND p.kind = 'due' AND p.reverses_id IS NULL AND NOT EXISTS \
           (SELECT 1 FROM enforcement_postings r WHERE r.reverses_id = p.id) \
           ORDER BY p.happened_on DESC, COALESCE(p.replaces_id, p.id) DESC LIMIT 1), 0) \
         OR e.outstanding_fen <> CASE WHEN e.due_fen > e.paid_fen THEN e.due_fen - e.paid_fen ELSE 0 END \
         OR EXISTS (SELECT 1 FROM enforcement_postings r JOIN enforcement_postings p ON p.id = r.reverses_id \
           WHERE r.matter_id = e.matter_id \
           AND (r.amount_fen <> -p.amount_fen OR r.kind <> p.kind OR r.matter_id <> p.matter_id))",
    )
}

/// Petitioners merged into a record that is itself merged, or of another court.
pub fn tangled_merges(conn: &mut Conn, whose: Whose) -> QueryResult<Places> {
    let within = whose.court().map_or_else(String::new, |court| format!(" AND p.court_id = {court}"));
    places(
        conn,
        &format!(
            "SELECT p.id AS id, p.name AS label FROM petitioners p JOIN petitioners t ON t.id = p.merged_into \
             WHERE p.merged_into IS NOT NULL AND (t.merged_into IS NOT NULL OR t.court_id <> p.court_id){within}"
        ),
    )
}

/// Everybody's name and roles, of those that are looked for.
pub fn roles(conn: &mut Conn, whose: Whose) -> QueryResult<Vec<(StaffId, String, Role)>> {
    let mut query = staff_roles::table.inner_join(staff::table).into_boxed::<MultiBackend>();
    if let Some(court) = whose.court() {
        query = query.filter(staff::court_id.eq(court));
    }
    query.order((staff::id, staff_roles::role)).select((staff::id, staff::name, staff_roles::role)).load(conn)
}

/// Which of these matters the scope sees.
pub fn seen_of(conn: &mut Conn, scope: &Scope, ids: &[MatterId]) -> QueryResult<Vec<MatterId>> {
    matters::table
        .filter(matters::id.eq_any(ids.to_vec()))
        .filter(visible(scope))
        .order(matters::id)
        .select(matters::id)
        .load(conn)
}
