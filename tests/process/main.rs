//! The system against real peers: a mail server, a killed process, a copy that is restored.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

#[path = "../support/gate.rs"]
mod gate;

#[path = "../it/support/databases.rs"]
mod databases;

mod backup;
mod killed;
mod mail;
mod mail_command;
mod operator;
mod outage;
mod server;
mod smtp;
