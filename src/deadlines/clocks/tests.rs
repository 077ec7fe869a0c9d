use super::*;
use crate::calendar::store::{replace_year, restamp};
use crate::calendar::types::{DayKind, SpecialDay, Year, YearStatus};
use crate::crypto::Keys;
use crate::db::{self, Connector};
use crate::deadlines::rules::replay::projected;
use crate::deadlines::types::{ClockEvent, ClockEventId, End, Event, EventKind, PauseReason};
use crate::deadlines::{seed, types::Unit};
use crate::people::types::{Court, CourtLevel, TierPreset};
use crate::schema::courts;
use crate::time::Moment;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::r2d2::ManageConnection;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

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
fn a_court_that_keeps_the_three_months_counts_the_reply_by_them() {
    on_each(|conn| {
        let shipped = rule_on(conn, COURT, Code::ReplyThreeMonths, day("2026-11-23")).unwrap();
        assert_eq!(shipped, None, "shipped, and not in use");
        let rows = table(conn).unwrap();
        let months = rows.row_on(None, Code::ReplyThreeMonths, day("2026-11-23")).unwrap();
        let own = Rule { id: RuleId(9), court_id: Some(COURT), in_use: true, ..months.clone() };
        store::insert_rules(conn, vec![own]).unwrap();
        restamp(conn).unwrap();
        let clock = start(conn, &act(), COURT, MATTER, Code::Reply, day("2026-11-23")).unwrap();
        assert_eq!((clock.code, clock.raw_due_on), (Code::ReplyThreeMonths, day("2027-02-23")));
        let other = start(conn, &act(), OTHER, MATTER, Code::Reply, day("2026-11-23")).unwrap();
        assert_eq!((other.code, other.raw_due_on), (Code::Reply, day("2027-01-22")));
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

fn new(event: Event) -> NewEvent<'static> {
    NewEvent { event, note: "委托鉴定", allowed_by: "庭长孙立", request: None }
}

fn paused(from: &str, until: &str) -> Event {
    Event::Paused { from: day(from), until: day(until), reason: PauseReason::Appraisal }
}

fn lived(conn: &mut Conn, id: ClockId, events: &[Event]) -> Result<Clock, Problem> {
    for event in events {
        let history = history(conn, id)?;
        happen(conn, &act(), &history, new(*event))?;
    }
    Ok(store::clock(conn, id)?.unwrap())
}

#[test]
fn what_happens_to_a_clock_moves_its_row_and_never_changes() {
    on_each(|conn| {
        let clock = start(conn, &act(), COURT, MATTER, Code::Reply, day("2026-09-01")).unwrap();
        assert_eq!(clock.raw_due_on, day("2026-10-31"));
        let now = lived(conn, clock.id, &[paused("2026-09-10", "2026-09-20")]).unwrap();
        assert_eq!((now.raw_due_on, now.due_on), (day("2026-11-10"), day("2026-11-10")));
        let events = [Event::Resumed { on: day("2026-09-15") }, Event::Extended { days: 30 }];
        let now = lived(conn, clock.id, &events).unwrap();
        assert_eq!(now.raw_due_on, day("2026-12-05"));
        let told = history(conn, clock.id).unwrap();
        assert_eq!(told.state.original.as_ref().unwrap().raw_due_on, day("2026-11-05"));
        let kinds: Vec<EventKind> = told.events.iter().map(|event| event.kind).collect();
        assert_eq!(kinds, [EventKind::Paused, EventKind::Resumed, EventKind::Extended]);
        assert_eq!(told.events[0].due_before, clock.due_on);
        let again = happen(conn, &act(), &told, new(Event::Extended { days: 1 }));
        assert!(matches!(again, Err(Problem::Refused(sentence)) if sentence.contains("已经延期过一次")));
        let twice = ClockEvent { id: ClockEventId(9), ..told.events[2].clone() };
        let nested = |conn: &mut Conn, work: &dyn Fn(&mut Conn) -> QueryResult<()>| {
            db::write(conn, |conn| work(conn).map_err(Problem::from)).is_err()
        };
        assert!(nested(conn, &|conn| store::insert_event(conn, &twice)), "the database knows it too");
        for sql in ["UPDATE clock_events SET note = ''", "DELETE FROM clock_events"] {
            assert!(nested(conn, &|conn| conn.batch_execute(sql)), "{sql}");
        }
        assert_eq!(misfits(conn, 9).unwrap(), (0, vec![]));
        let lines = explain(conn, clock.id).unwrap().lines();
        assert!(lines.iter().any(|line| line.starts_with("原到期日：2026年11月5日")), "{lines:?}");
        assert!(lines.iter().any(|line| line.contains("至迟自2026年9月20日起恢复")), "{lines:?}");
    });
}

#[test]
fn a_corrected_start_is_kept_beside_the_one_before() {
    on_each(|conn| {
        let clock = start(conn, &act(), COURT, MATTER, Code::FirstNotice, day("2026-11-23")).unwrap();
        let first = Event::StartCorrected { to: day("2026-11-20") };
        let second = Event::StartCorrected { to: day("2026-11-19") };
        let now = lived(conn, clock.id, &[first, second]).unwrap();
        assert_eq!((now.starts_on, now.due_on), (day("2026-11-19"), day("2026-11-26")));
        let told = history(conn, clock.id).unwrap();
        assert_eq!(told.events[0].other_day, Some(day("2026-11-23")));
        assert_eq!(projected(&now, &told.state), now);
        assert_eq!(told.events[1].words(), "起算日由2026年11月20日更正为2026年11月19日。");
    });
}

#[test]
fn a_clock_that_was_ended_by_mistake_runs_on_as_before() {
    on_each(|conn| {
        let clock = start(conn, &act(), COURT, MATTER, Code::Reply, day("2026-11-23")).unwrap();
        assert!(reopen(conn, &act(), clock.id, "没有结束").is_err());
        meet(conn, MATTER, Code::Reply, day("2026-11-24")).unwrap();
        assert_eq!(reopen(conn, &act(), clock.id, "答复没有送达").unwrap(), clock);
        cancel(conn, MATTER, Code::Reply).unwrap();
        let history = history(conn, clock.id).unwrap();
        assert_eq!(history.events[0].other_day, Some(day("2026-11-24")));
        assert_eq!(history.state.course.end, Some(End::Cancelled));
        assert_eq!(reopen(conn, &act(), clock.id, "撤销并案").unwrap(), clock);
        assert_eq!(misfits(conn, 9).unwrap().0, 0);
    });
}

#[test]
fn a_clock_keeps_the_rule_under_which_it_started() {
    on_each(|conn| {
        let clock = start(conn, &act(), COURT, MATTER, Code::Reply, day("2026-11-23")).unwrap();
        let shipped = rule_on(conn, COURT, Code::Reply, day("2026-11-23")).unwrap().unwrap();
        let shorter = Rule {
            id: RuleId(9),
            court_id: Some(COURT),
            amount: 30,
            max_extension_days: None,
            extension_by: None,
            effective_from: day("2026-11-23"),
            ..shipped.clone()
        };
        store::insert_rules(conn, vec![shorter]).unwrap();
        restamp(conn).unwrap();
        assert_eq!(redate(conn, &act(), day("2020-01-01"), day("2030-01-01")).unwrap(), []);
        let told = history(conn, clock.id).unwrap();
        assert_eq!((told.rule.id, told.clock.due_on), (shipped.id, day("2027-01-22")));
        let now = lived(conn, clock.id, &[Event::Extended { days: 3 }]).unwrap();
        assert_eq!(now.raw_due_on, day("2027-01-25"));
        let next = start(conn, &act(), COURT, MATTER, Code::Reply, day("2026-11-23")).unwrap();
        assert_eq!(next.raw_due_on, day("2026-12-23"));
    });
}

#[test]
fn a_changed_calendar_replays_what_happened() {
    on_each(|conn| {
        let clock = start(conn, &act(), COURT, MATTER, Code::Screening, day("2026-11-23")).unwrap();
        let paused = lived(conn, clock.id, &[paused("2026-11-25", "2026-12-01")]).unwrap();
        assert_eq!(paused.due_on, day("2026-12-04"));
        let about = Year { status: YearStatus::Official, source: "试".into() };
        let off = |date: &str| SpecialDay { date: day(date), kind: DayKind::Holiday, name: "院庆".into() };
        let days = [off("2026-11-26"), off("2026-12-02")];
        replace_year(conn, 2026, &about, &days, at("2026-11-23")).unwrap();
        restamp(conn).unwrap();
        assert_eq!(misfits(conn, 9).unwrap(), (1, vec![MATTER]), "until it is redated");
        let moved = redate(conn, &act(), day("2026-01-01"), day("2026-12-31")).unwrap();
        assert_eq!(moved.len(), 1);
        assert_eq!(moved[0].clock.due_on, day("2026-12-07"), "the holiday within the pause costs nothing");
        assert_eq!(misfits(conn, 9).unwrap().0, 0);
    });
}

/// Whatever is tried, in whatever order, the row is what the events come to.
#[test]
fn the_row_is_always_what_its_events_come_to() {
    on_each(|conn| {
        let mut runner = TestRunner::deterministic();
        let one = prop_oneof![
            3 => (0i64..90, 1i64..60).prop_map(|(at, long)| {
                let from = day("2026-09-01") + chrono::TimeDelta::days(at);
                Event::Paused { from, until: from + chrono::TimeDelta::days(long), reason: PauseReason::Above }
            }),
            2 => (0i64..120).prop_map(|at| Event::Resumed { on: day("2026-09-01") + chrono::TimeDelta::days(at) }),
            1 => (1u32..40).prop_map(|days| Event::Extended { days }),
            1 => (-20i64..20).prop_map(|by| {
                Event::StartCorrected { to: day("2026-09-01") + chrono::TimeDelta::days(by) }
            }),
            1 => (-20i64..90).prop_map(|by| {
                Event::DueNamed { on: day("2026-09-01") + chrono::TimeDelta::days(by) }
            }),
            1 => Just(Event::Reopened),
        ];
        let sequences = proptest::collection::vec((one, 0u8..8), 1..10);
        for _ in 0..25 {
            let clock = start(conn, &act(), COURT, MATTER, Code::Reply, day("2026-09-01")).unwrap();
            for (event, end) in sequences.new_tree(&mut runner).unwrap().current() {
                if end == 0 {
                    meet(conn, MATTER, Code::Reply, day("2026-11-01")).unwrap();
                }
                let before = history(conn, clock.id).unwrap();
                let went =
                    db::write(conn, |conn| happen(conn, &act(), &before, new(event)).map(drop)).is_ok();
                let after = history(conn, clock.id).unwrap();
                assert_eq!(projected(&after.clock, &after.state), after.clock, "{event:?}");
                assert_eq!(went, after.events.len() > before.events.len());
                assert!(went || after.clock == before.clock, "what was refused moves nothing");
                assert!(after.clock.starts_on <= after.clock.due_on);
            }
            cancel_open(conn, MATTER).unwrap();
        }
        assert_eq!(misfits(conn, 9).unwrap().0, 0);
    });
}
