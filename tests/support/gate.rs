//! What a test needs of the machine besides Rust. A test that can't have it says so loudly and is not run; with
//! `TINGSONG_TEST_ALL=1`, which `.ci/run` sets, it fails instead.

use std::io::Write;

/// The value of the environment variable `name`, or `None` after saying that this test is not run.
pub fn need(name: &str) -> Option<String> {
    if let Some(value) = std::env::var(name).ok().filter(|value| !value.is_empty()) {
        return Some(value);
    }
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("a test");
    assert!(
        std::env::var("TINGSONG_TEST_ALL").as_deref() != Ok("1"),
        "{test} needs {name}, which is not set, and TINGSONG_TEST_ALL=1 demands that it runs"
    );
    // Not by eprintln!, which the test harness swallows.
    writeln!(std::io::stderr(), "NOT RUN: {test} (set {name} to run it)").ok();
    None
}
