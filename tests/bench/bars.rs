//! `cargo bench`: the bars of speed and size, each as a ratio within one run, on a court of ten thousand and one of a
//! million matters. `TINGSONG_BENCH_DATA` names a folder in which the courts are kept from run to run (else they are made
//! anew); `TINGSONG_BENCH_MATTERS` makes the large court smaller.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::print_stdout,
    reason = "a benchmark fails by panicking and prints its table"
)]

mod court;
mod http;
mod pages;
mod process;
mod registering;
mod searching;

use court::Bench;
use std::time::{Duration, Instant};

/// A line of the table.
pub struct Line {
    pub figure: String,
    pub value: String,
    pub ratio: String,
    pub bar: &'static str,
}

impl Line {
    pub fn new(figure: impl Into<String>, value: String, ratio: String, bar: &'static str) -> Self {
        let line = Line { figure: figure.into(), value, ratio, bar };
        eprintln!("  {}: {} {}", line.figure, line.value, line.ratio);
        line
    }
}

/// How long `work` takes.
pub fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    std::hint::black_box(work());
    start.elapsed()
}

/// The duration below which this share of them lies.
pub fn quantile(times: &mut [Duration], share: f64) -> Duration {
    times.sort_unstable();
    times[((times.len() - 1) as f64 * share).round() as usize]
}

pub fn median(times: &mut [Duration]) -> Duration {
    quantile(times, 0.5)
}

pub fn ms(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}

fn main() {
    // Cargo's test runner asks for a list; there is nothing to list.
    if std::env::args().any(|arg| arg == "--list") {
        return;
    }
    let matters =
        std::env::var("TINGSONG_BENCH_MATTERS").ok().and_then(|n| n.parse().ok()).unwrap_or(1_000_000);
    let small = Bench::of(10_000.min(matters));
    let large = Bench::of(matters);
    let mut lines = Vec::new();
    lines.extend(pages::measure(&small, &large));
    lines.extend(searching::measure(&large));
    lines.extend(http::measure(&large));
    lines.extend(process::measure(&small));
    // Last, because it adds matters.
    lines.extend(registering::measure(&small));
    println!("\nA court of {} and one of {matters} matters, SQLite.\n", small.matters);
    println!("| figure | value | ratio | bar |\n| --- | --- | --- | --- |");
    for Line { figure, value, ratio, bar } in lines {
        println!("| {figure} | {value} | {ratio} | {bar} |");
    }
}
