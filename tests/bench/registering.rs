//! Registering a visitor with a new matter, all of it in one durable transaction, against one bare durable insert of a
//! row in the same database; and many callers against one.

use crate::court::Bench;
use crate::{Line, median, ms, timed};
use chrono::TimeDelta;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tingsong::app::demo::names;
use tingsong::app::demo::random::Random;
use tingsong::app::demo::texts::Texts;
use tingsong::matters::actions::{About, NewMatter, Person, Registration, Who, register};
use tingsong::matters::rules::Screening;
use tingsong::matters::types::{CaseStage, Channel, Part};
use tingsong::petitioners::document_number::DocumentType;
use tingsong::petitioners::forms::PetitionerForm;

const WARM_UP: usize = 20;
const ROUNDS: usize = 300;
const CALLERS: u64 = 32;
const EACH: u64 = 40;
/// Nobody below this number lives in the court's register.
const STRANGERS: u64 = 4_100_000;

static NEXT: AtomicU64 = AtomicU64::new(0);

pub fn measure(bench: &Bench) -> Vec<Line> {
    let database = bench.app.database();
    let bare = "CREATE TABLE IF NOT EXISTS bench_bare (id INTEGER PRIMARY KEY NOT NULL, note TEXT NOT NULL)";
    database.connection().unwrap().batch_execute(bare).unwrap();
    let texts = Texts::shipped();
    let (mut bare, mut whole) = (Vec::new(), Vec::new());
    for round in 0..WARM_UP + ROUNDS {
        let (one, other) = (timed(|| insert_bare(bench)), registering(bench, &texts));
        if round >= WARM_UP {
            bare.push(one);
            whole.push(other);
        }
    }
    let (bare, alone) = (median(&mut bare), median(&mut whole));
    let ratio = bare.as_secs_f64() / alone.as_secs_f64();
    let rate = |time: Duration| 1.0 / time.as_secs_f64();
    let together = many(bench, &texts);
    database.connection().unwrap().batch_execute("DROP TABLE bench_bare").unwrap();
    vec![
        Line::new(
            "register a visitor with a new matter",
            format!("{}, {:.0} a second", ms(alone), rate(alone)),
            format!("{ratio:.2} of a bare durable insert ({})", ms(bare)),
            "at least 0.5",
        ),
        Line::new(
            "32 callers registering at once",
            format!("{together:.0} a second"),
            format!("{:.1} x one caller", together / rate(alone)),
            "at least 4 x",
        ),
    ]
}

fn insert_bare(bench: &Bench) {
    let id = i64::try_from(NEXT.fetch_add(1, Ordering::Relaxed)).unwrap();
    let insert = move |conn: &mut tingsong::db::Conn| {
        let row = diesel::sql_query("INSERT INTO bench_bare (id, note) VALUES ($1, $2)");
        row.bind::<BigInt, _>(id).bind::<Text, _>("one row").execute(conn)?;
        Ok(())
    };
    bench.app.database().touch(insert).unwrap();
}

/// Registers one; the form has been filled in before the clock starts.
fn registering(bench: &Bench, texts: &Texts) -> Duration {
    let act = bench.act();
    let entered = entered(bench, texts, NEXT.fetch_add(1, Ordering::Relaxed));
    timed(|| bench.app.database().write(move |conn| register(conn, &act, &entered)).unwrap())
}

/// How many are registered in a second by many callers at once.
fn many(bench: &Bench, texts: &Texts) -> f64 {
    let act = bench.act();
    let forms: Vec<Vec<Registration>> = (0..CALLERS)
        .map(|_| (0..EACH).map(|_| entered(bench, texts, NEXT.fetch_add(1, Ordering::Relaxed))).collect())
        .collect();
    let start = Instant::now();
    std::thread::scope(|scope| {
        for forms in forms {
            let act = &act;
            scope.spawn(move || {
                for entered in forms {
                    let act = act.clone();
                    bench.app.database().write(move |conn| register(conn, &act, &entered)).unwrap();
                }
            });
        }
    });
    (CALLERS * EACH) as f64 / start.elapsed().as_secs_f64()
}

fn entered(bench: &Bench, texts: &Texts, nth: u64) -> Registration {
    let now = bench.app.moment();
    let random = &mut Random::of(now.utc().and_utc().timestamp_micros().unsigned_abs(), nth);
    let person = names::person(5, STRANGERS + nth, now.today());
    let told = texts.grievance(random, now.today());
    let form = PetitionerForm {
        name: person.name,
        doc_type: DocumentType::Id.code().into(),
        doc_number: person.id_number,
        phone: person.phone,
        address: person.address,
        ..PetitionerForm::default()
    };
    let new = NewMatter {
        category_code: told.category.to_owned(),
        case_stage: CaseStage::from_code(told.case_stage).unwrap(),
        claim: told.claim,
        summary: told.summary,
        cases: Vec::new(),
        division_id: None,
        complained_of: Vec::new(),
        screening: Screening::Undecided,
    };
    Registration {
        submission_key: format!("bench-{}-{nth}", random.bits()),
        channel: Channel::Visit,
        happened_at: now.plus(-TimeDelta::minutes(5)),
        people_count: 1,
        people: vec![Person {
            who: Who::New(Box::new(form.check(now.today()).unwrap())),
            part: Part::Petitioner,
            relation: "当事人".into(),
        }],
        about: About::New(Box::new(new)),
        contact_summary: String::new(),
        handed_in: String::new(),
        outside_number: None,
        heard_at: Vec::new(),
        assigned: None,
    }
}
