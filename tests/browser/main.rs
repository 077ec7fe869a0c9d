//! The court's daily journeys in a real browser, against the real binary and a demo court.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

#[path = "../support/gate.rs"]
mod gate;
mod support;

mod journeys;
mod life;
mod pages;
mod sweeps;
