//! 时限: the table of rules, the clocks that run by them, and dates that explain themselves.

pub mod rules;
pub mod types;
