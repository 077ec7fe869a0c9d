//! The demo court, built on both databases: everything in its script happened, and it keeps the promises that a real
//! court's data must keep.

use crate::support::{TestDatabase, monday_morning};
use diesel::prelude::*;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;
use tingsong::app::demo::{build, scale, script, staff};
use tingsong::audit::{self, Anchor};
use tingsong::checks::{self, Depth};
use tingsong::crypto::Keys;
use tingsong::db::{self, Conn, Database};
use tingsong::matters::types::{Channel, Contact, Matter, MatterKind, Stage};
use tingsong::people::{Act, passwords};
use tingsong::referrals::types::ReferralState;
use tingsong::schema::{
    accounts, clocks, contacts, counters, matters, referrals, replies, staff_roles, timeline,
};
use tingsong::search;

macro_rules! on_empty_databases {
    ($($name:ident),+ $(,)?) => {
        $(mod $name {
            #[test]
            fn sqlite() {
                super::$name(&crate::support::TestDatabase::sqlite());
            }

            #[test]
            fn postgres() {
                if let Some(database) = crate::support::TestDatabase::postgres() {
                    super::$name(&database);
                }
            }
        })+
    };
}

on_empty_databases! {
    the_script_happened_and_every_promise_is_kept,
    a_court_of_any_size_keeps_every_promise,
}

fn opened(test: &TestDatabase, keys: &Keys) -> Database {
    db::migrate(&test.url).unwrap();
    let anchor = Anchor::renew(&test.dir.path().join("anchor"), keys, None).unwrap();
    let database = Database::open(&test.url, Arc::new(anchor)).unwrap();
    tingsong::app::seed(&database, monday_morning()).unwrap();
    database
}

fn the_script_happened_and_every_promise_is_kept(test: &TestDatabase) {
    let keys = Arc::new(Keys::for_tests());
    let database = opened(test, &keys);
    let court = build::found(&database, &keys, monday_morning()).unwrap();
    build::tell(&database, &keys, monday_morning(), court).unwrap();
    assert!(build::found(&database, &keys, monday_morning()).is_err(), "a second court was founded");
    let conn = &mut *database.connection().unwrap();
    everybody_signs_in(conn);
    every_kind_is_there(conn);
    promises_are_kept(conn);
    let anchor = test.dir.path().join("anchor");
    checked(conn, &keys, &anchor);
}

/// More than one chunk, and people who return.
const MANY: u32 = 1_200;

fn a_court_of_any_size_keeps_every_promise(test: &TestDatabase) {
    let keys = Arc::new(Keys::for_tests());
    let database = opened(test, &keys);
    let now = monday_morning();
    let court = build::found(&database, &keys, now).unwrap();
    let mut heard = Vec::new();
    let conn = &mut *database.connection().unwrap();
    scale::load(conn, &keys, now, court, MANY, &mut |done, of| heard.push((done, of))).unwrap();
    build::tell(&database, &keys, now, court).unwrap();
    assert_eq!(heard.last(), Some(&(1_200, 1_200)));
    let all = ordinary(conn).len();
    assert_eq!(all, usize::try_from(MANY).unwrap() + script::matters().len());
    let of_bulk = |like: &str| contacts::table.filter(contacts::submission_key.like(like.to_owned())).count();
    assert_eq!(of_bulk("bulk-%").get_result::<i64>(conn).unwrap(), 3 * i64::from(MANY));
    promises_are_kept(conn);
    for name in ["王", "张"] {
        let typed = search::Typed::read(name).unwrap();
        assert!(search::query(conn, &typed, None, 50).unwrap().len() == 50, "{name}");
    }
    let newest: Matter = matters::table.order(matters::id.desc()).first(conn).unwrap();
    let typed = search::Typed::read(&newest.number).unwrap();
    assert_eq!(search::query(conn, &typed, None, 5).unwrap().first().map(|hit| hit.id), Some(newest.id.0));
    let anchor = test.dir.path().join("anchor");
    checked(conn, &keys, &anchor);
    assert!(audit::head(conn).unwrap().unwrap().count > 6 * i64::from(MANY));
}

/// What `tingsong check --trail` finds: nothing.
fn checked(conn: &mut Conn, keys: &Arc<Keys>, anchor: &Path) {
    let act = Act::system("自检", monday_morning(), keys.clone());
    let report = checks::run(conn, &act, anchor, Depth::WholeTrail).unwrap();
    assert!(report.is_clean(), "{}", checks::command::text(&report));
}

fn everybody_signs_in(conn: &mut Conn) {
    let all: Vec<(String, String, bool)> = accounts::table
        .select((accounts::user_name, accounts::password_hash, accounts::must_change))
        .load(conn)
        .unwrap();
    assert_eq!(all.len(), staff::STAFF.len());
    assert!(all.iter().all(|(_, hash, must_change)| !must_change && *hash == all[0].1));
    assert!(passwords::matches(staff::PASSWORD, Some(&all[0].1)));
    let users: HashSet<&str> = all.iter().map(|(user, ..)| user.as_str()).collect();
    for login in build::logins() {
        assert!(users.contains(login.user.as_str()));
        let id: i64 = accounts::table
            .filter(accounts::user_name.eq(&login.user))
            .select(accounts::staff_id)
            .first(conn)
            .unwrap();
        let has: i64 = staff_roles::table
            .filter(staff_roles::staff_id.eq(id).and(staff_roles::role.eq(login.role)))
            .count()
            .get_result(conn)
            .unwrap();
        assert_eq!(has, 1, "{login:?}");
    }
}

/// The matters that began with a contact: signs (苗头) have neither contacts nor numbers of this series.
fn ordinary(conn: &mut Conn) -> Vec<Matter> {
    matters::table.filter(matters::kind.eq(MatterKind::Petition)).load(conn).unwrap()
}

fn every_kind_is_there(conn: &mut Conn) {
    let all: Vec<Contact> = contacts::table.load(conn).unwrap();
    let keys: HashSet<&str> = all.iter().map(|c| c.submission_key.as_str()).collect();
    for m in script::matters() {
        assert!(keys.contains(format!("demo-{}", m.key).as_str()), "{} is missing", m.key);
    }
    let channels: HashSet<Channel> = all.iter().map(|c| c.channel).collect();
    assert_eq!(channels.len(), Channel::ALL.len());
    assert!(all.iter().any(Contact::is_group) && all.iter().any(|c| c.nth == 3));
    let rows = ordinary(conn);
    assert_eq!(rows.len(), script::matters().len());
    let tiers: Vec<Option<i64>> = matters::table.select(matters::tier).load(conn).unwrap();
    for tier in 1..=3 {
        assert!(tiers.contains(&Some(tier)), "tier {tier}");
    }
    for stage in Stage::ALL {
        assert!(rows.iter().any(|m| m.stage == *stage), "{stage:?}");
    }
    let waiting = || referrals::table.filter(referrals::state.eq(ReferralState::Pending)).count();
    let of_divisions: i64 = waiting().filter(referrals::staff_id.is_null()).get_result(conn).unwrap();
    let of_people: i64 = waiting().filter(referrals::staff_id.is_not_null()).get_result(conn).unwrap();
    assert!(
        of_divisions > 0 && of_people > 0,
        "waiting: {of_divisions} for divisions, {of_people} for people"
    );
    assert!(rows.iter().any(|m| m.anonymous) && rows.iter().any(|m| m.conduct));
    assert!(rows.iter().any(|m| m.next_due_on.is_some_and(|due| due < monday_morning().today())));
    assert!(timeline::table.count().get_result::<i64>(conn).unwrap() > 200);
}

/// A person and a date for every open matter, a reply for every closed one, no number twice or left out, every contact
/// counted, and nothing in the future.
fn promises_are_kept(conn: &mut Conn) {
    let rows = ordinary(conn);
    let replied: HashSet<i64> =
        replies::table.select(replies::matter_id).load(conn).unwrap().into_iter().collect();
    let nths: Vec<(i64, i64)> =
        contacts::table.select((contacts::matter_id, contacts::nth)).load(conn).unwrap();
    let mut counted: HashMap<i64, Vec<i64>> = HashMap::new();
    for (matter, nth) in nths {
        counted.entry(matter).or_default().push(nth);
    }
    let mut seqs: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for m in &rows {
        if m.kind == MatterKind::Petition {
            seqs.entry(m.year).or_default().push(m.seq);
        }
        let earliest: Option<chrono::NaiveDate> = clocks::table
            .filter(clocks::matter_id.eq(m.id).and(clocks::met_on.is_null()))
            .filter(clocks::cancelled.eq(false))
            .select(diesel::dsl::min(clocks::due_on))
            .first(conn)
            .unwrap();
        let closed = m.stage == Stage::Closed;
        assert_eq!(m.next_due_on, earliest.filter(|_| !closed), "{}", m.number);
        let answered = matches!(m.stage, Stage::Replied | Stage::Closed);
        assert!(!answered || replied.contains(&m.id.0), "{}", m.number);
        let mut nths = counted.remove(&m.id.0).unwrap_or_default();
        nths.sort_unstable();
        assert_eq!(nths, (1..=m.contact_count).collect::<Vec<_>>(), "{}", m.number);
        assert!(m.last_contact_at < monday_morning().utc() && m.registered_at < monday_morning().utc());
    }
    for (year, mut given) in seqs {
        given.sort_unstable();
        assert_eq!(given, (1..=i64::try_from(given.len()).unwrap()).collect::<Vec<_>>(), "{year}");
        let last: i64 = counters::table
            .filter(counters::year.eq(year).and(counters::series.eq("matter")))
            .select(counters::last)
            .first(conn)
            .unwrap();
        assert_eq!(last, *given.last().unwrap());
    }
}
