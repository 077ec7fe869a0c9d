//! The system in process: the house's rules, then each capability on both databases.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "a test fails by panicking"
)]

#[path = "../support/gate.rs"]
mod gate;
mod support;

mod accountability;
mod after_closing;
mod architecture;
mod archive;
mod assessments;
mod assignments;
mod audit;
mod audit_page;
mod backup;
mod bulk_referrals;
mod calendar;
mod call_backs;
mod campaigns;
mod checks;
mod clocks;
mod conflicts;
mod demo;
mod enforcement;
mod entries;
mod escalation;
mod handover;
mod imports;
mod instructions;
mod intake;
mod jobs;
mod life;
mod links;
mod mail;
mod matters;
mod measure_owners;
mod migrations;
mod own_cause;
mod people;
mod permissions;
mod petitioners;
mod queries;
mod recusal;
mod referrals;
mod registers;
mod replies;
mod reviews;
mod rotate;
mod saved_filters;
mod supervision;
mod sweeps;
