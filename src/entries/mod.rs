//! 经过: what those who work on a matter record as they go: progress, talks, explanations after judgment, mediation,
//! hearings, expert opinions, undertakings. Nothing recorded is ever edited; a correction is a new entry that names the old.

pub mod actions;
pub mod forms;
pub mod pages;
mod routes;
pub mod rules;
pub mod urls;

pub use routes::routes;
