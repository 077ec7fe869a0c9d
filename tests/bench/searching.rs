//! Searches for what stands in stored rows, over the large court.

use crate::court::Bench;
use crate::{Line, ms, quantile};
use diesel::prelude::*;
use std::time::Instant;
use tingsong::app::demo::random::Random;
use tingsong::matters::{MatterId, store};
use tingsong::schema::{matter_cases, matters};
use tingsong::search::{self, Typed};

const ROUNDS: usize = 300;

pub fn measure(bench: &Bench) -> Vec<Line> {
    let rows: Vec<(String, String)> = sample(bench);
    let cases: Vec<String> = bench
        .app
        .database()
        .read(|conn| Ok(matter_cases::table.select(matter_cases::number).limit(20_000).load(conn)?))
        .unwrap();
    let mut random = Random::of(77, 7);
    let mut lines = Vec::new();
    let names = (0..ROUNDS).map(|_| random.pick_ref(&rows).0.clone()).collect();
    lines.push(line(bench, "search for a name", names));
    let numbers = (0..ROUNDS).map(|_| random.pick_ref(&cases).clone()).collect();
    lines.push(line(bench, "search for a case number", numbers));
    for length in 2..=4 {
        let words = (0..ROUNDS).map(|_| middle(&random.pick_ref(&rows).1.clone(), length, &mut random));
        lines.push(line(bench, &format!("search for {length} characters"), words.collect()));
    }
    lines
}

/// Names and summaries from all over the register.
fn sample(bench: &Bench) -> Vec<(String, String)> {
    let step = i64::from(bench.matters / 1_000).max(1);
    bench
        .app
        .database()
        .read(|conn| {
            let ids: Vec<i64> = matters::table.select(matters::id).order(matters::id).load(conn)?;
            let some: Vec<i64> = ids.into_iter().step_by(usize::try_from(step).unwrap()).collect();
            Ok(matters::table
                .filter(matters::id.eq_any(some).and(matters::people_count.eq(1)))
                .select((matters::petitioner_line, matters::summary))
                .load(conn)?)
        })
        .unwrap()
}

/// So many characters from the middle of a text, all of them Chinese.
fn middle(text: &str, length: usize, random: &mut Random) -> String {
    let chars: Vec<char> = text.chars().collect();
    let runs: Vec<&[char]> =
        chars.windows(length).filter(|run| run.iter().all(|c| ('一'..='龥').contains(c))).collect();
    random.pick_ref(&runs).iter().collect()
}

fn line(bench: &Bench, figure: &str, words: Vec<String>) -> Line {
    let scope = bench.act().by.scope;
    let mut times = Vec::new();
    for (round, word) in words.iter().chain(&words).enumerate() {
        let start = Instant::now();
        let typed = Typed::read(word).expect("there is something to look for");
        let found = bench.app.database().read(|conn| {
            search::page(conn, &typed, None, 50, |conn, ids| Ok(store::only_visible(conn, &scope, ids)?))
        });
        let found = found.unwrap();
        let ids: Vec<MatterId> = found.ids.iter().map(|id| MatterId(*id)).collect();
        let rows = bench.app.database().read(|conn| Ok(store::find_all(conn, &scope, &ids)?)).unwrap();
        assert_eq!(rows.len(), ids.len());
        // The first time round warms up.
        if round >= words.len() {
            times.push(start.elapsed());
        }
    }
    let value = format!("median {}, p99 {}", ms(quantile(&mut times, 0.5)), ms(quantile(&mut times, 0.99)));
    Line::new(figure, value, String::new(), "p99 within 50 ms")
}
