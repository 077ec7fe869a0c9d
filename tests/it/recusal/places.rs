//! What stands in the places of every route's pattern: things of the complaint, and of the ordinary matters.

use super::world::{Complaint, World};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use tingsong::db::Conn;
use tingsong::people::Role;

/// A kind of thing that addresses name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Thing {
    Matter,
    Closed,
    Petitioner,
    Staff,
    Campaign,
    /// The newest row of this table that belongs to the complaint, by this condition; `{m}` is its open matter.
    Row(&'static str, &'static str),
    /// Always the same, and none of the complaint's.
    Fixed(&'static str),
    /// A complaint never has one.
    None,
}

const OF_MATTER: &str = "matter_id = {m}";

/// The longest beginning of a pattern says what its first place is.
const PLACES: &[(&str, Thing)] = &[
    ("/account/sessions/", Thing::None),
    ("/accountability/", Thing::Row("accountability_reviews", "matter_id = {c}")),
    ("/accountability/mine/", Thing::Row("accountability_reviews", "matter_id = {c}")),
    ("/accountability/of/", Thing::Closed),
    ("/archive/", Thing::Closed),
    ("/assessments/", Thing::None),
    ("/attachments/", Thing::Row("attachments", OF_MATTER)),
    ("/bulk-referrals/", Thing::None),
    ("/campaigns/", Thing::Campaign),
    ("/clocks/", Thing::Row("clocks", OF_MATTER)),
    ("/enforcement/measures/", Thing::Row("enforcement_measures", OF_MATTER)),
    ("/enforcement/postings/", Thing::Row("enforcement_postings", OF_MATTER)),
    ("/enforcement/sheets/", Thing::Row("task_sheets", OF_MATTER)),
    ("/enforcement/talks/", Thing::Row("enforcement_talks", OF_MATTER)),
    ("/extensions/", Thing::Row("extension_requests", OF_MATTER)),
    ("/handover/lists/", Thing::Row("handovers", "1 = 1")),
    ("/handover/of/", Thing::Staff),
    ("/help/", Thing::Fixed("intake")),
    ("/instructions/", Thing::Row("instructions", OF_MATTER)),
    ("/instructions/ask/", Thing::Matter),
    ("/instructions/give/", Thing::Matter),
    ("/intake/drafts/", Thing::None),
    ("/intake/further/", Thing::Matter),
    ("/intake/import/", Thing::None),
    ("/intake/receipt/", Thing::Row("contacts", OF_MATTER)),
    ("/jobs/", Thing::Fixed("check")),
    ("/links/", Thing::Row("matter_links", "later_id = {m} OR original_id = {m}")),
    ("/mail/", Thing::Row("outbox", "subject LIKE '%{n}'")),
    ("/matters/", Thing::Matter),
    ("/petitioners/", Thing::Petitioner),
    ("/petitioners/distinct/", Thing::None),
    ("/petitioners/merges/", Thing::None),
    ("/saved-filters/", Thing::None),
    ("/settings/calendar/days/", Thing::Fixed("2026-12-21")),
    ("/settings/calendar/proposals/", Thing::None),
    ("/settings/calendar/years/", Thing::Fixed("2026")),
    ("/settings/categories/proposals/", Thing::None),
    ("/settings/divisions/", Thing::Fixed("2")),
    ("/settings/guidance/proposals/", Thing::None),
    ("/settings/portfolios/", Thing::Fixed("1")),
    ("/settings/questionnaire/proposals/", Thing::None),
    ("/settings/roles/", Thing::Staff),
    ("/settings/rules/of/", Thing::Fixed("reply")),
    ("/settings/rules/proposals/", Thing::None),
    ("/settings/staff/", Thing::Staff),
    ("/settings/tier-rules/of/", Thing::Fixed("marked")),
    ("/settings/tier-rules/proposals/", Thing::None),
    ("/settings/week-leaders/", Thing::None),
    ("/static/", Thing::Fixed("app.css")),
    ("/supervision/", Thing::Row("supervisions", OF_MATTER)),
    ("/supervision/of/", Thing::Matter),
    ("/sweeps/", Thing::None),
    ("/sweeps/imports/", Thing::None),
    ("/sweeps/rows/", Thing::None),
    ("/tiers/of/", Thing::Matter),
];

/// What an address is tried with where nothing has that number.
pub const NOTHING: &str = "7";

fn thing(pattern: &str) -> Thing {
    let fitting = PLACES.iter().filter(|(begin, _)| pattern.starts_with(begin));
    let longest = fitting.max_by_key(|(begin, _)| begin.len());
    longest.unwrap_or_else(|| panic!("say in PLACES what stands in {pattern}")).1
}

/// The pattern with these values in its places.
fn filled(pattern: &str, first: &str, second: &str) -> String {
    let mut values = [first, second].into_iter();
    let mut path = String::new();
    let mut inside = false;
    for c in pattern.chars() {
        match c {
            '{' => {
                inside = true;
                path.push_str(values.next().unwrap());
            }
            '}' => inside = false,
            _ if inside => {}
            other => path.push(other),
        }
    }
    path
}

/// The same pattern about the complaint, and about nothing.
pub fn hidden(world: &World, complaint: &Complaint, pattern: &str) -> Option<(String, String)> {
    let second = world.app.read(|conn| Ok(second(conn, complaint, pattern))).unwrap();
    let first = match thing(pattern) {
        Thing::Matter => complaint.open.to_string(),
        Thing::Closed => complaint.closed.to_string(),
        Thing::Petitioner => complaint.petitioner.to_string(),
        Thing::Row(table, condition) => {
            world.app.read(|conn| Ok(db_newest(conn, complaint, table, condition))).unwrap()
        }
        Thing::Campaign if pattern.contains("{matter}") => world.campaign.to_string(),
        Thing::Campaign | Thing::Staff | Thing::Fixed(_) | Thing::None => return None,
    };
    let nothing = if thing(pattern) == Thing::Campaign { &first } else { NOTHING };
    Some((filled(pattern, &first, &second), filled(pattern, nothing, NOTHING)))
}

/// What stands in the second place, where there is one.
fn second(conn: &mut Conn, complaint: &Complaint, pattern: &str) -> String {
    if pattern.contains("{entry}") {
        db_newest(conn, complaint, "timeline", OF_MATTER)
    } else if pattern.contains("{event}") {
        db_newest(conn, complaint, "assignment_events", "1 = 1")
    } else if pattern.contains("/{matter}") {
        complaint.open.to_string()
    } else {
        NOTHING.to_owned()
    }
}

fn db_newest(conn: &mut Conn, complaint: &Complaint, table: &str, condition: &str) -> String {
    #[derive(QueryableByName)]
    struct Id {
        #[diesel(sql_type = BigInt)]
        id: i64,
    }
    let number = tingsong::matters::of_job(conn, complaint.open).unwrap().number;
    let condition = condition
        .replace("{m}", &complaint.open.to_string())
        .replace("{c}", &complaint.closed.to_string())
        .replace("{n}", &number);
    let sql = format!("SELECT id FROM {table} WHERE {condition} ORDER BY id DESC LIMIT 1");
    let found = diesel::sql_query(sql).get_result::<Id>(conn).optional().unwrap();
    found.unwrap_or_else(|| panic!("the complaint has no row in {table}")).id.to_string()
}

/// The pattern about what isn't the complaint's; as it stands where it has no place.
pub fn open(world: &World, pattern: &str) -> Vec<String> {
    if !pattern.contains('{') {
        return vec![pattern.to_owned()];
    }
    let first = match thing(pattern) {
        Thing::Matter => vec![world.ordinary.to_string()],
        Thing::Petitioner => vec![world.petitioner.to_string()],
        Thing::Campaign => vec![world.campaign.to_string()],
        Thing::Staff => {
            let judge = world.app.person(Role::Handler);
            [judge, world.second(Role::Inspector), world.third()].map(|one| one.to_string()).to_vec()
        }
        Thing::Fixed(value) => vec![value.to_owned()],
        Thing::Closed | Thing::Row(..) | Thing::None => Vec::new(),
    };
    first.iter().map(|first| filled(pattern, first, NOTHING)).collect()
}
