use super::*;
use crate::calendar::store::{replace_year, restamp};
use crate::calendar::types::{DayKind, SpecialDay, Year, YearStatus};
use crate::crypto::Keys;
use crate::db::{self, Connector};
use crate::deadlines::{seed, types::Unit};
use crate::people::types::{Court, CourtLevel, TierPreset};
use crate::schema::courts;
use crate::time::Moment;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::r2d2::ManageConnection;

const COURT: CourtId = CourtId(1);
const OTHER: CourtId = CourtId(2);
const MATTER: i64 = 77;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(text: &str) -> Moment {
    Moment::from_court(day(text).and_hms_opt(9, 0, 0).unwrap())
}

fn act() -> Act {
    Act::system("系统", at("2026-11-23"), Arc::new(Keys::for_tests()))
}

fn court(id: CourtId) -> Court {
    Court {
        id,
        code: format!("豫{id}"),
        name: format!("第{id}人民法院"),
        short_name: "石法".into(),
        level: CourtLevel::Basic,
        parent_id: None,
        address: String::new(),
        window_name: String::new(),
        telephone: String::new(),
        number_pattern: String::new(),
        tier_preset: TierPreset::Standard,
        version: 0,
    }
}

/// A matter with just its row, and its first receiver.
fn matter(id: i64) -> String {
    format!(
        "INSERT INTO staff (id, court_id, name, post, rank, active, version, created_at) VALUES (1, 1, '小林', \
     'court_clerk', 1, TRUE, 0, '2026-11-23 01:00:00'); INSERT INTO matters (id, court_id, kind, number, year, seq, petitioner_line, anonymous, category_code, case_stage, \
     claim, summary, conduct, stage, first_receiver_id, accountable_id, received_at, registered_at, next_due_on, \
     contact_count, last_contact_at, people_count, query_code, version) VALUES ({id}, 1, 'petition', \
     '石法访〔2026〕{id}号', 2026, {id}, '张三', FALSE, 'x', 'trial', '', '', FALSE, 'registered', 1, 1, \
     '2026-11-23 01:00:00', '2026-11-23 01:00:00', '2026-11-30', 1, '2026-11-23 01:00:00', 1, '', 0)"
    )
}

/// Runs `test` on SQLite, and on PostgreSQL where there is one.
fn on_each(test: fn(&mut Conn)) {
    let prepared = |mut conn: Conn| {
        db::migrate_on(&mut conn).unwrap();
        for id in [COURT, OTHER] {
            diesel::insert_into(courts::table).values(court(id)).execute(&mut conn).unwrap();
        }
        conn.batch_execute(&matter(MATTER)).unwrap();
        db::write(&mut conn, |conn| seed(conn, at("2026-11-23"))).unwrap();
        conn
    };
    test(&mut prepared(Connector::to("sqlite::memory:").unwrap().connect().unwrap()));
    let Ok(url) = std::env::var("TINGSONG_TEST_POSTGRES") else {
        assert!(std::env::var("TINGSONG_TEST_ALL").is_err(), "TINGSONG_TEST_POSTGRES is not set");
        eprintln!("not run on PostgreSQL: TINGSONG_TEST_POSTGRES is not set");
        return;
    };
    let mut conn = Connector::to(&url).unwrap().connect().unwrap();
    let schema = format!("deadlines_{}", rand::random::<u64>());
    conn.batch_execute(&format!("CREATE SCHEMA {schema}; SET search_path TO {schema}")).unwrap();
    let mut conn = prepared(conn);
    test(&mut conn);
    conn.batch_execute(&format!("DROP SCHEMA {schema} CASCADE")).unwrap();
}

#[test]
fn seeding_enters_every_year_and_rule_once() {
    on_each(|conn| {
        let stamp = calendar::store::stamp(conn).unwrap();
        let rules = store::rules(conn).unwrap();
        assert_eq!(rules.len(), Code::ALL.len());
        assert_eq!(calendar::store::load(conn).unwrap(), *WorkingDays::shipped());
        seed(conn, at("2027-01-05")).unwrap();
        assert_eq!(store::rules(conn).unwrap(), rules);
        assert_eq!(calendar::store::stamp(conn).unwrap(), stamp, "nothing changed, so nothing is read anew");
    });
}

#[test]
fn a_clock_runs_until_it_is_met_and_the_one_due_first_comes_first() {
    on_each(|conn| {
        let from = day("2026-09-18");
        let wanted = [(Code::ScreeningLatest, from), (Code::FirstNotice, from)];
        let started = start_all(conn, &act(), COURT, MATTER, &wanted).unwrap();
        assert_eq!(
            started.iter().map(|c| c.due_on).collect::<Vec<_>>(),
            [day("2026-10-08"), day("2026-09-28")]
        );
        assert_eq!(started[0].raw_due_on, day("2026-10-03"));
        let due = |conn: &mut Conn| next(conn, MATTER).unwrap().map(|(clock, rule)| (clock.code, rule.code));
        assert_eq!(due(conn), Some((Code::FirstNotice, Code::FirstNotice)));
        assert_eq!(meet(conn, MATTER, Code::FirstNotice, from).unwrap(), 1);
        assert_eq!(meet(conn, MATTER, Code::FirstNotice, from).unwrap(), 0, "met once");
        assert_eq!(due(conn), Some((Code::ScreeningLatest, Code::ScreeningLatest)));
        start(conn, &act(), COURT, MATTER, Code::Reply, from).unwrap();
        assert_eq!(cancel(conn, MATTER, Code::ScreeningLatest).unwrap(), 1);
        assert_eq!(due(conn), Some((Code::Reply, Code::Reply)));
        assert_eq!(cancel_open(conn, MATTER).unwrap(), 1);
        assert_eq!(due(conn), None);
        let all = of_matter(conn, MATTER).unwrap();
        assert_eq!(all.iter().filter(|(clock, _)| clock.is_open()).count(), 0);
        assert_eq!(all.len(), 3);
    });
}

#[test]
fn a_clock_explains_itself_with_its_rule() {
    on_each(|conn| {
        let clock = start(conn, &act(), COURT, MATTER, Code::Reply, day("2026-11-23")).unwrap();
        assert_eq!((clock.due_on, clock.provisional), (day("2027-01-22"), true));
        let lines = explain(conn, clock.id).unwrap().lines();
        assert_eq!(lines[0], "时限：答复（院定）");
        assert!(lines[1].contains("《信访工作条例》第三十四条"));
        assert!(lines.iter().any(|line| line.starts_with("注意：2027年放假安排尚未公布")), "{lines:?}");
        assert!(matches!(explain(conn, ClockId(5)), Err(Problem::NotFound)));
    });
}

#[test]
fn a_rule_that_a_court_does_not_keep_is_refused() {
    on_each(|conn| {
        let refused = start(conn, &act(), COURT, MATTER, Code::ReplyThreeMonths, day("2026-11-23"));
        assert!(matches!(refused, Err(Problem::Refused(sentence)) if sentence.contains("没有启用")));
        assert_eq!(next(conn, MATTER).unwrap(), None);
    });
}

#[test]
fn an_edit_ends_a_rule_and_only_its_own_court_and_later_dates_see_the_next() {
    on_each(|conn| {
        let shipped = rule_on(conn, COURT, Code::Reply, day("2026-11-23")).unwrap().unwrap();
        let own = Rule {
            id: RuleId(9),
            court_id: Some(COURT),
            amount: 45,
            unit: Unit::Day,
            effective_from: day("2026-12-01"),
            ..shipped.clone()
        };
        let last =
            Rule { id: RuleId(10), amount: 30, effective_from: day("2027-01-01"), version: 0, ..own.clone() };
        store::insert_rules(conn, vec![own.clone()]).unwrap();
        assert!(store::insert_rules(conn, vec![last.clone()]).is_err(), "two rows without an end");
        assert!(store::end_rule(conn, own.id, 0, day("2026-12-31")).unwrap());
        assert!(!store::end_rule(conn, own.id, 0, day("2026-12-31")).unwrap(), "changed meanwhile");
        store::insert_rules(conn, vec![last]).unwrap();
        restamp(conn).unwrap();
        let mut amount =
            |court, date: &str| rule_on(conn, court, Code::Reply, day(date)).unwrap().unwrap().amount;
        assert_eq!(amount(COURT, "2019-06-01"), 60, "before all rules the first one holds");
        assert_eq!(amount(COURT, "2026-11-30"), 60);
        assert_eq!(amount(COURT, "2026-12-01"), 45);
        assert_eq!(amount(COURT, "2026-12-31"), 45);
        assert_eq!(amount(COURT, "2027-01-01"), 30);
        assert_eq!(amount(OTHER, "2027-01-01"), 60);
    });
}

#[test]
fn what_is_kept_in_memory_follows_the_stamp() {
    on_each(|conn| {
        let before = calendar::working_days(conn).unwrap();
        assert!(Arc::ptr_eq(&before, &calendar::working_days(conn).unwrap()), "read once");
        let off = SpecialDay { date: day("2026-11-24"), kind: DayKind::Holiday, name: "院庆".into() };
        let year = Year { status: YearStatus::Official, source: "试".into() };
        let undone: Result<(), Problem> = db::write(conn, |conn| {
            replace_year(conn, 2026, &year, std::slice::from_ref(&off), at("2026-11-23"))?;
            restamp(conn)?;
            assert!(!calendar::working_days(conn)?.is_working_day(off.date), "seen inside the transaction");
            Err(Problem::refused("不作数。"))
        });
        assert!(undone.is_err());
        assert!(calendar::working_days(conn).unwrap().is_working_day(off.date), "rolled back");
    });
}

#[test]
fn an_announced_year_moves_the_clocks_that_rest_on_it() {
    on_each(|conn| {
        let clock = start(conn, &act(), COURT, MATTER, Code::Reply, day("2026-11-23")).unwrap();
        let other = start(conn, &act(), COURT, 78, Code::FirstNotice, day("2026-11-23")).unwrap();
        let met = start(conn, &act(), COURT, 79, Code::Reply, day("2026-11-23")).unwrap();
        meet(conn, 79, Code::Reply, day("2026-11-23")).unwrap();
        let off = SpecialDay { date: day("2027-01-22"), kind: DayKind::Holiday, name: "元旦".into() };
        let year = Year { status: YearStatus::Official, source: "通知".into() };
        replace_year(conn, 2027, &year, &[off], at("2026-11-23")).unwrap();
        restamp(conn).unwrap();
        let moved = redate(conn, &act(), day("2027-01-01"), day("2027-12-31")).unwrap();
        assert_eq!(moved.len(), 1);
        assert_eq!((moved[0].clock.id, moved[0].before), (clock.id, day("2027-01-22")));
        let now = store::clock(conn, clock.id).unwrap().unwrap();
        assert_eq!((now.due_on, now.provisional), (day("2027-01-25"), false));
        assert_eq!(store::clock(conn, other.id).unwrap().unwrap(), other);
        let kept = explain(conn, met.id).unwrap();
        assert_eq!(kept.clock.due_on, day("2027-01-22"), "what was met is history");
        assert!(kept.lines().iter().any(|line| line.contains("旧日历")));
    });
}
