use super::*;
use crate::crypto::Keys;
use crate::db::Database;
use crate::schema::job_state;
use crate::time::{Clock, Moment};
use diesel::prelude::*;
use std::sync::Arc;

/// Leaves a row behind each time, so that a test sees how often it took effect.
fn count(conn: &mut Conn, act: &Act, job: &str) -> QueryResult<usize> {
    diesel::insert_into(job_state::table)
        .values((job_state::job.eq(format!("{job} {}", act.now.utc())), job_state::cursor.eq("")))
        .execute(conn)
}

fn good(conn: &mut Conn, act: &Act) -> Result<String, Problem> {
    count(conn, act, "good")?;
    Ok("做完了。".to_owned())
}

fn bad(conn: &mut Conn, act: &Act) -> Result<String, Problem> {
    count(conn, act, "bad")?;
    Err(Problem::refused("今天做不成。"))
}

fn panics(conn: &mut Conn, act: &Act) -> Result<String, Problem> {
    count(conn, act, "panics")?;
    panic!("an accident in a job");
}

fn look(_: &mut Conn, _: &Act) -> Result<String, Problem> {
    Ok("看过了。".to_owned())
}

const DAILY: Schedule = Schedule::Daily { hour: 7, minute: 30 };
const ALL: &[Job] = &[
    Job { name: "bad", label: "坏", schedule: DAILY, work: Work::Write(bad) },
    Job { name: "panics", label: "崩", schedule: DAILY, work: Work::Write(panics) },
    Job { name: "good", label: "好", schedule: DAILY, work: Work::Write(good) },
    Job { name: "look", label: "看", schedule: DAILY, work: Work::Look(look) },
];
const GOOD: &[Job] = &[Job { name: "good", label: "好", schedule: DAILY, work: Work::Write(good) }];

struct Court {
    _dir: tempfile::TempDir,
    database: Database,
    clock: Clock,
    keys: Arc<Keys>,
}

impl Court {
    fn new() -> Court {
        let dir = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", dir.path().join("t.db").display());
        crate::db::migrate(&url).unwrap();
        let clock = Clock::stopped(at("2026-11-23T09:00:00"));
        let keys = Arc::new(Keys::create(&dir.path().join("key")).unwrap());
        Court { database: Database::open(&url, Arc::new(())).unwrap(), _dir: dir, clock, keys }
    }

    fn runner(&self, jobs: &'static [Job]) -> Runner {
        Runner::new(self.database.clone(), self.clock.clone(), self.keys.clone(), jobs)
    }

    fn effects(&self) -> Vec<String> {
        self.database.read(|conn| Ok(job_state::table.select(job_state::job).load(conn)?)).unwrap()
    }

    fn runs(&self, job: &str) -> Vec<Run> {
        self.database.read(|conn| Ok(store::newest(conn, job, 99)?)).unwrap()
    }

    fn act(&self) -> Act {
        Act::system("命令行", self.clock.now(), self.keys.clone())
    }
}

fn at(court: &str) -> Moment {
    Moment::from_court(court.parse().unwrap())
}

#[test]
fn each_period_is_run_once_whoever_looks_and_missed_ones_are_made_up_once() {
    let court = Court::new();
    let (one, other) = (court.runner(GOOD), court.runner(GOOD));
    assert_eq!((one.run_due().len(), other.run_due().len(), one.run_due().len()), (1, 0, 0));
    court.clock.set(at("2026-11-27T12:00:00"));
    assert_eq!((other.run_due().len(), one.run_due().len()), (1, 0));
    let periods: Vec<String> = court.runs("good").into_iter().map(|run| run.period).collect();
    assert_eq!(periods, ["2026-11-27", "2026-11-23"]);
    assert_eq!(court.effects().len(), 2);
}

#[test]
fn two_runners_at_once_make_one_run() {
    let court = Court::new();
    let runners = [court.runner(GOOD), court.runner(GOOD), court.runner(GOOD)];
    std::thread::scope(|scope| {
        for runner in &runners {
            scope.spawn(|| runner.run_due());
        }
    });
    assert_eq!(court.effects().len(), 1);
}

#[test]
fn a_job_that_fails_leaves_nothing_is_tried_three_times_and_stops_no_other() {
    let court = Court::new();
    let runner = court.runner(ALL);
    let outcomes: Vec<(&str, bool)> =
        runner.run_due().iter().map(|ran| (ran.job, ran.outcome.is_ok())).collect();
    assert_eq!(outcomes, [("bad", false), ("panics", false), ("good", true), ("look", true)]);
    assert!(court.effects().iter().all(|effect| effect.starts_with("good")));
    let [run] = &court.runs("bad")[..] else { panic!("one run") };
    assert_eq!((run.outcome, run.message.as_str()), (Outcome::Failed, "今天做不成。"));
    assert_eq!(court.runs("look")[0].message, "看过了。");

    for _ in 0..50 {
        court.clock.set(court.clock.now().plus(TimeDelta::minutes(10)));
        runner.run_due();
    }
    assert_eq!((court.runs("bad").len(), court.runs("bad")[0].attempts), (1, 3));
    let shown = court.database.read(|conn| overview(conn, court.clock.now(), ALL)).unwrap();
    let state = |name: &str| shown.iter().find(|job| job.name == name).map(|job| (job.late, job.failed));
    assert_eq!(state("bad"), Some((true, true)));
    assert_eq!(state("good"), Some((false, false)));
}

#[test]
fn a_person_may_ask_for_a_run_besides_the_regular_ones() {
    let court = Court::new();
    let runner = court.runner(GOOD);
    runner.run_due();
    let act = court.act();
    court.database.write(move |conn| ask(conn, &act, GOOD, "good")).unwrap();
    court.clock.set(court.clock.now().plus(TimeDelta::seconds(1)));
    assert_eq!(runner.run_due().len(), 1);
    assert_eq!((runner.run_due().len(), court.effects().len()), (0, 2));
    let act = court.act();
    let unknown = court.database.write(move |conn| ask(conn, &act, GOOD, "drop tables"));
    assert!(matches!(unknown, Err(Problem::NotFound)));
}

#[test]
fn a_run_whose_instance_died_is_taken_over_and_cannot_be_finished_twice() {
    let court = Court::new();
    let due = at("2026-11-23T07:30:00");
    let dead = move |conn: &mut Conn, now| Ok(store::take(conn, now, "good", "2026-11-23", due, "dead")?);
    let now = court.clock.now();
    assert_eq!(court.database.touch(move |conn| dead(conn, now)).unwrap(), Some(1));
    let runner = court.runner(GOOD);
    assert_eq!(runner.run_due().len(), 0);
    court.clock.set(now.plus(TimeDelta::hours(2)));
    assert_eq!(runner.run_due().len(), 1);
    let late = ("good", "2026-11-23", "dead");
    let finish = move |conn: &mut Conn| Ok(store::finish(conn, now, late, Outcome::Done, "")?);
    assert!(!court.database.touch(finish).unwrap());
}

#[test]
fn runs_of_four_hundred_days_ago_are_forgotten() {
    let court = Court::new();
    court.runner(GOOD).run_due();
    court.clock.set(court.clock.now().plus(TimeDelta::days(401)));
    court.runner(JOBS).run_due();
    assert!(court.runs("good").is_empty());
    assert!(court.runs("forget_runs")[0].message.contains("清理了 1 条"));
}
